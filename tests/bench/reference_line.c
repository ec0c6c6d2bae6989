/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten stations in line, exponential work of mean 1, room for 5 between, the first never starved.
 *
 * Blocking after service: a finished part stays on its machine until there is room. Each station
 * has one event, the end of its work, and a slot in the tree of clocks. A level that is weighted
 * with time costs one addition a change: when it falls, its area grows by the time, when it rises
 * it shrinks by it. */
#include "reference.h"

#define STATIONS 10
#define ROOM     5

struct station {
    double came[8];   /* when the parts waiting here came, as a ring */
    uint32_t in, out; /* parts that came to wait here, and that started */
    bool working, blocked;
    double wait_sum, wait_squares, wait_max;
    double queue_area, busy_area, blocked_area;
};

struct line {
    struct clocks clocks;
    struct station stations[STATIONS + 1]; /* the last is never used: it ends a loop */
    double now;
};

static inline void start(struct line *l, struct chance *c, unsigned i) {
    struct station *s = &l->stations[i];
    s->working = true;
    s->busy_area -= l->now;
    clocks_set(&l->clocks, i, l->now + chance_exponential(c));
}

static inline void push(struct line *l, struct station *s) {
    s->came[s->in++ % 8] = l->now;
    s->queue_area -= l->now;
}

static inline void pull(struct line *l, struct station *s) {
    double wait = l->now - s->came[s->out++ % 8];
    s->wait_sum += wait;
    s->wait_squares += wait * wait;
    s->wait_max = wait > s->wait_max ? wait : s->wait_max;
    s->queue_area += l->now;
}

/* Station i is free: it takes the next part, which makes room for a blocked machine before it,
 * which is free then. */
static inline void feed(struct line *l, struct chance *c, unsigned i) {
    for (;; i--) {
        struct station *s = &l->stations[i];
        if (i == 0) {
            start(l, c, 0);
            return;
        }
        if (s->in == s->out) return;
        pull(l, s);
        start(l, c, i);
        struct station *before = s - 1;
        if (!before->blocked) return;
        before->blocked = false;
        before->blocked_area += l->now;
        push(l, s);
    }
}

static void run(struct line *l, struct chance *c, int64_t jobs) {
    clocks_init(&l->clocks);
    start(l, c, 0);
    for (int64_t done = 0; done < jobs;) {
        unsigned i = clocks_first(&l->clocks, &l->now);
        struct station *s = &l->stations[i], *next = s + 1;
        s->working = false;
        s->busy_area += l->now;
        if (i == STATIONS - 1) {
            done++;
        } else if (!next->working && !next->blocked) {
            push(l, next);
            pull(l, next);
            start(l, c, i + 1);
        } else if (next->in - next->out < ROOM) {
            push(l, next);
        } else {
            s->blocked = true;
            s->blocked_area -= l->now;
            clocks_set(&l->clocks, i, INFINITY);
            continue;
        }
        if (i > 0 && s->in == s->out)
            clocks_set(&l->clocks, i, INFINITY);
        else
            feed(l, c, i);
    }
}

int main(int argc, char **argv) {
    int64_t jobs = jobs_asked(argc, argv, 1000000);
    static struct line line;
    static struct chance chance;
    chance_start(&chance, 1);
    run(&line, &chance, jobs);
    for (int i = 0; i < STATIONS; i++) {
        struct station *s = &line.stations[i];
        double n = s->out ? s->out : 1, mean = s->wait_sum / n;
        printf("station %d wait %.4f sd %.4f max %.1f queue %.4f utilization %.4f blocked %.4f\n",
               i + 1, mean, sqrt(s->wait_squares / n - mean * mean), s->wait_max,
               (s->queue_area + (s->in - s->out) * line.now) / line.now,
               (s->busy_area + s->working * line.now) / line.now,
               (s->blocked_area + s->blocked * line.now) / line.now);
    }
    printf("throughput %.5f\n", (double)jobs / line.now);
    print_speed(jobs);
}
