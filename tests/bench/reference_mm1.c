/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One machine, one queue (M/M/1): arrivals 1 apart on average, work .9, first come first served.
 *
 * Two events, so that two variables are the calendar. The mean wait is rho / (1 - rho) * .9 = 8.1,
 * the mean queue 8.1 and the utilization .9. */
#include "reference.h"

#define ROOM 4096 /* the queue is longer than this once in 10^187 */
#define WORK 0.9

struct shop {
    double now, arrival, departure;
    double queue_area, busy_area;            /* time-weighted */
    double wait_sum, wait_squares, wait_max; /* of each job */
    uint64_t in, started;                    /* jobs that came, and that left the queue */
    double came[ROOM];
};

static inline void start(struct shop *s, struct chance *c) {
    double wait = s->now - s->came[s->started++ % ROOM];
    s->wait_sum += wait;
    s->wait_squares += wait * wait;
    s->wait_max = wait > s->wait_max ? wait : s->wait_max;
    s->departure = s->now + WORK * chance_exponential(c);
}

static inline void move_clock(struct shop *s, double to) {
    double passed = to - s->now;
    s->queue_area += passed * (double)(int64_t)(s->in - s->started);
    s->busy_area += s->departure < INFINITY ? passed : 0;
    s->now = to;
}

static void run(struct shop *s, struct chance *c, int64_t jobs) {
    s->arrival = chance_exponential(c);
    s->departure = INFINITY;
    for (int64_t done = 0; done < jobs;) {
        if (s->arrival < s->departure) {
            move_clock(s, s->arrival);
            if (s->in - s->started == ROOM) abort();
            s->came[s->in++ % ROOM] = s->now;
            s->arrival = s->now + chance_exponential(c);
            if (s->departure == INFINITY) start(s, c);
        } else {
            move_clock(s, s->departure);
            done++;
            s->departure = INFINITY;
            if (s->in != s->started) start(s, c);
        }
    }
}

int main(int argc, char **argv) {
    int64_t jobs = jobs_asked(argc, argv, 10000000);
    static struct shop shop;
    static struct chance chance;
    chance_start(&chance, 1);
    run(&shop, &chance, jobs);
    double n = (double)shop.started, mean = shop.wait_sum / n;
    printf("wait %.4f sd %.4f max %.1f queue %.4f utilization %.5f throughput %.5f\n", mean,
           sqrt(shop.wait_squares / n - mean * mean), shop.wait_max, shop.queue_area / shop.now,
           shop.busy_area / shop.now, (double)jobs / shop.now);
    print_speed(jobs);
}
