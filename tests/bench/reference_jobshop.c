/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job shop of Law and Kelton: five groups of machines, three types of job, Erlang-2 work.
 *
 * Jobs come every .25 h on average; the groups have 3, 2, 4, 3 and 1 machines and are .96, .99,
 * .725, .9733 and .8 busy. Each machine, and the arrival, has a slot in the tree of clocks. Jobs
 * live in a pool, the one freed last is used next; queues are chained through it. */
#include "reference.h"

enum { GROUPS = 5, TYPES = 3, STEPS = 5, MACHINES = 13, ARRIVAL = MACHINES, ROOM = 1 << 20 };

struct step {
    int32_t group; /* -1: the job is done */
    double half;   /* of the mean work: Erlang-2 is the sum of two exponentials of this mean */
};

static const struct step routes[TYPES][STEPS + 1] = {
    {{2, .25}, {0, .3}, {1, .425}, {4, .25}, {-1, 0}, {-1, 0}},
    {{3, .55}, {0, .4}, {2, .375}, {-1, 0}, {-1, 0}, {-1, 0}},
    {{1, .6}, {4, .125}, {0, .35}, {3, .45}, {2, .5}, {-1, 0}},
};
static const uint32_t machine_first[GROUPS + 1] = {0, 3, 5, 9, 12, 13};
static const uint8_t group_of[MACHINES] = {0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4};

struct job {
    const struct step *step;
    double released, came; /* to the shop, to the queue */
    double waited;
    int32_t type, next;
};

struct group {
    int32_t first, last, waiting;
    uint32_t idle; /* one bit a machine */
    double wait_sum, wait_squares, wait_max;
    uint64_t waits;
    double queue_area, busy_area; /* minus the time when the level rises, plus when it falls */
};

struct type {
    uint64_t done;
    double waited_sum, cycle_sum, cycle_squares;
};

struct shop {
    struct clocks clocks;
    struct group groups[GROUPS];
    struct type types[TYPES];
    double now;
    int32_t free, fresh; /* the job freed last, and how many were ever used */
    int32_t on_machine[MACHINES];
    struct job jobs[ROOM];
};

static inline void start(struct shop *s, struct chance *c, uint32_t machine, int32_t id) {
    struct job *job = &s->jobs[id];
    struct group *g = &s->groups[job->step->group];
    double wait = s->now - job->came;
    job->waited += wait;
    g->waits++;
    g->wait_sum += wait;
    g->wait_squares += wait * wait;
    g->wait_max = wait > g->wait_max ? wait : g->wait_max;
    s->on_machine[machine] = id;
    double work = job->step->half * (chance_exponential(c) + chance_exponential(c));
    clocks_set(&s->clocks, machine, s->now + work);
}

static inline void arrive(struct shop *s, struct chance *c, int32_t id) {
    struct job *job = &s->jobs[id];
    struct group *g = &s->groups[job->step->group];
    job->came = s->now;
    if (g->idle) {
        uint32_t machine = (uint32_t)__builtin_ctz(g->idle);
        g->idle &= g->idle - 1;
        g->busy_area -= s->now;
        start(s, c, machine, id);
        return;
    }
    job->next = -1;
    if (g->waiting++)
        s->jobs[g->last].next = id;
    else
        g->first = id;
    g->last = id;
    g->queue_area -= s->now;
}

static inline void release(struct shop *s, struct chance *c) {
    clocks_set(&s->clocks, ARRIVAL, s->now + .25 * chance_exponential(c));
    int32_t id = s->free;
    if (id >= 0) {
        s->free = s->jobs[id].next;
    } else {
        id = s->fresh++;
        if (id == ROOM) abort();
    }
    double u = chance_uniform(c);
    int32_t type = (u >= .3) + (u >= .8);
    s->jobs[id] = (struct job){.step = routes[type], .released = s->now, .type = type};
    arrive(s, c, id);
}

static inline bool finish(struct shop *s, struct chance *c, uint32_t machine) {
    int32_t id = s->on_machine[machine];
    struct job *job = &s->jobs[id];
    struct group *g = &s->groups[group_of[machine]];
    if (g->waiting) {
        int32_t next = g->first;
        g->first = s->jobs[next].next;
        g->waiting--;
        g->queue_area += s->now;
        start(s, c, machine, next);
    } else {
        g->idle |= 1u << machine;
        g->busy_area += s->now;
        clocks_set(&s->clocks, machine, INFINITY);
    }
    job->step++;
    if (job->step->group >= 0) {
        arrive(s, c, id);
        return false;
    }
    struct type *t = &s->types[job->type];
    double cycle = s->now - job->released;
    t->done++;
    t->waited_sum += job->waited;
    t->cycle_sum += cycle;
    t->cycle_squares += cycle * cycle;
    job->next = s->free;
    s->free = id;
    return true;
}

static void run(struct shop *s, struct chance *c, int64_t jobs) {
    clocks_init(&s->clocks);
    s->free = -1;
    for (int i = 0; i < GROUPS; i++)
        s->groups[i].idle = (1u << machine_first[i + 1]) - (1u << machine_first[i]);
    clocks_set(&s->clocks, ARRIVAL, .25 * chance_exponential(c));
    for (int64_t done = 0; done < jobs;) {
        unsigned slot = clocks_first(&s->clocks, &s->now);
        if (slot == ARRIVAL)
            release(s, c);
        else
            done += finish(s, c, slot);
    }
}

int main(int argc, char **argv) {
    int64_t jobs = jobs_asked(argc, argv, 1000000);
    static struct shop shop;
    static struct chance chance;
    chance_start(&chance, 1);
    run(&shop, &chance, jobs);
    for (int i = 0; i < GROUPS; i++) {
        struct group *g = &shop.groups[i];
        double n = (double)g->waits, mean = g->wait_sum / n;
        uint32_t machines = machine_first[i + 1] - machine_first[i];
        uint32_t busy = machines - (uint32_t)__builtin_popcount(g->idle);
        printf("group %d wait %.4f sd %.4f max %.1f queue %.4f utilization %.5f\n", i + 1, mean,
               sqrt(g->wait_squares / n - mean * mean), g->wait_max,
               (g->queue_area + g->waiting * shop.now) / shop.now,
               (g->busy_area + busy * shop.now) / shop.now / machines);
    }
    static const double share[TYPES] = {.3, .5, .2};
    double overall = 0;
    for (int i = 0; i < TYPES; i++) {
        struct type *t = &shop.types[i];
        double n = (double)t->done, cycle = t->cycle_sum / n;
        overall += share[i] * t->waited_sum / n;
        printf("type %d done %.4f delay %.4f cycle %.4f sd %.4f\n", i + 1, n / (double)jobs,
               t->waited_sum / n, cycle, sqrt(t->cycle_squares / n - cycle * cycle));
    }
    printf("overall delay %.4f throughput %.5f\n", overall, (double)jobs / shop.now);
    print_speed(jobs);
}
