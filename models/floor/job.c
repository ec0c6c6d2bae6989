/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See job.h: what each name is worth for a job that waits. */
#include "quick.h"

#include <math.h>

#define DIMENSION_PLAIN                                                                            \
    { 0 }
#define DIMENSION_TIME                                                                             \
    { .time = 1 }
#define DIMENSION_MONEY                                                                            \
    { .money = 1 }

static const struct scope_name job_names[] = {
#define X(name, word, dimension, changes, help)                                                    \
    {word, JOB_##name, DIMENSION_##dimension, help, NULL},
    JOB_NAMES(X)
#undef X
};
static const struct scope_name rule_names[] = {
#define X(word, expression, help) {word, 0, DIMENSION_PLAIN, help, expression},
    QUEUE_RULES(X)
#undef X
#define X(name, word, dimension, changes, help)                                                    \
    {word, JOB_##name, DIMENSION_##dimension, help, NULL},
        STATION_NAMES(X)
#undef X
};

static const struct scope_name queue_names[] = {
#define X(name, word, dimension, changes, help)                                                    \
    {word, JOB_##name, DIMENSION_##dimension, help, NULL},
    QUEUE_NAMES(X)
#undef X
};

#define COUNT_OF(LIST) (int32_t)(sizeof(LIST) / sizeof *(LIST))
const struct scope job_scope = {"job", COUNT_OF(job_names), job_names, NULL, NULL};
const struct scope rule_scope = {"queue rule", COUNT_OF(rule_names), rule_names, &job_scope, NULL};
const struct scope overtime_scope = {"overtime", COUNT_OF(queue_names), queue_names, NULL, NULL};

bool job_name_changes(int32_t name) {
    static const bool changes_of[] = {
#define X(name, word, dimension, changes, help) changes,
        JOB_NAMES(X) STATION_NAMES(X)
#undef X
    };
    return changes_of[name];
}

/* ---- the job's work ---- */
/* Will it do this step? What it is at, it does. */
static bool does(const struct run *run, const struct part *part, int32_t at) {
    return at == run->plant->steps[part->step].written || choice_does(run, part, at);
}

/* Where it has chosen a station, the work is that there. */
static double work_of(const struct run *run, const struct part *part, int32_t at) {
    bool here = at == run->plant->steps[part->step].written;
    return (double)work_time(run, part, here ? part->step : at);
}

/* Sum over the steps FROM.. of the route as written. */
static double work_from(const struct run *run, const struct part *part, int32_t from) {
    const struct plant *plant = run->plant;
    double sum = 0;
    if (plant->items[plant->steps[from].item].shuffled) {
        int32_t steps[ORDER_MOST], count = order_rest(run, part, from, steps);
        for (int32_t i = 0; i < count; i++)
            if (does(run, part, steps[i])) sum += work_of(run, part, steps[i]);
        return sum;
    }
    for (int32_t at = plant->steps[from].written; at < plant_route_end(plant, from); at++)
        if (does(run, part, at)) sum += work_of(run, part, at);
    return sum;
}

static double work_here(const struct run *run, const struct part *part) {
    return (double)(part->ahead >= 0 ? part->ahead : work_time(run, part, part->step));
}

/* ---- what waits at a station ---- */
int32_t queue_waiting(const struct run *run, int32_t station, int32_t index, int32_t before) {
    const struct queue *queue = &run->stations[station].queue;
    if (queue->mode == QUEUE_HEAP) return queue->heap[index].part;
    return index == 0 ? queue->first : run->parts[before].next;
}

static double queue_work(const struct run *run, int32_t station) {
    double sum = 0;
    for (int32_t i = 0, id = NOBODY; i < run->stations[station].queue.count; i++) {
        id = queue_waiting(run, station, i, id);
        sum += work_here(run, &run->parts[id]);
    }
    return sum;
}

static bool is_shuffled(const struct run *run, const struct part *part) {
    return run->plant->items[run->plant->steps[part->step].item].shuffled;
}

static int32_t route_first(const struct run *run, const struct part *part) {
    return is_shuffled(run, part) ? order_first(run, part)
                                  : plant_route_first(run->plant, part->step);
}

static double queue_next(const struct run *run, const struct part *part) {
    const struct step *step = &run->plant->steps[part->step];
    int32_t next = is_shuffled(run, part) ? order_next(run, part, part->step) : step->next;
    if (step->flags & STEP_BRANCH) return 0;
    if (run->plant->items[step->item].chooses) next = choice_ahead(run, part, next);
    if (next == NOBODY) return 0;
    const struct step *to = &run->plant->steps[next]; /* of several stations, all together */
    double sum = to->place_count ? 0 : queue_work(run, to->station);
    for (int32_t i = to->place_first; i < to->place_first + to->place_count; i++)
        sum += queue_work(run, run->plant->steps[i].station);
    return sum;
}

static double steps_left(const struct run *run, const struct part *part) {
    int32_t steps[ORDER_MOST], left = 0;
    const struct step *step = &run->plant->steps[part->step];
    int32_t written = step->steps_in_route - step->position;
    bool shuffled = is_shuffled(run, part);
    if (shuffled) written = order_rest(run, part, part->step, steps);
    if (!run->plant->items[step->item].chooses) return written;
    for (int32_t i = 0; i < written; i++)
        left += does(run, part, shuffled ? steps[i] : step->written + i);
    return left;
}

static double alike(const struct run *run, const struct step *step) {
    int32_t count = 0;
    for (int32_t i = 0, id = NOBODY; i < run->stations[step->station].queue.count; i++) {
        id = queue_waiting(run, step->station, i, id);
        count += run->plant->steps[run->parts[id].step].item == step->item;
    }
    return count;
}

static double up(const struct run *run, int32_t station) {
    const int32_t *in_state = run->stations[station].in_state;
    int32_t count = 0;
    for (int32_t i = 0; i < STATE_COUNT; i++) count += in_state[i];
    return count - in_state[STATE_INACTIVE] - in_state[STATE_OFF_SHIFT] - in_state[STATE_FAILED] -
           in_state[STATE_MAINTENANCE] - in_state[STATE_WAITING_REPAIR];
}

/* Drawn anew at every choice. A number that stayed would make some jobs wait as the last of all. */
static double random_of(const struct run *run, const struct part *part, int32_t station) {
    struct draw draw = draw_at(run_stream(run, run->plant->stations[station].random_stream),
                               part->luck, part->visits, run->replication, (uint64_t)run->now);
    return run_uniform(run, &draw);
}

static double weight(const struct run *run, const struct part *part) {
    int32_t source = run->plant->flows[part->flow].source;
    return source == NOBODY ? 1 : run->settings.sources[source].weight;
}

/* ---- all ---- */
double station_value(const struct run *run, int32_t station, int32_t name) {
    switch (name) {
    case JOB_QUEUE_LENGTH: return run->stations[station].queue.count;
    case JOB_QUEUE_WORK: return queue_work(run, station);
    case JOB_MACHINES:
        return run->plant->stations[station].machine_count -
               run->stations[station].in_state[STATE_INACTIVE];
    case JOB_UP: return up(run, station);
    default: return NAN;
    }
}

static double moment(const struct run *run, tick at) {
    return at == TICK_NEVER ? INFINITY : (double)(at - run->plant->warm_up);
}

double job_value(const struct run *run, const struct part *part, int32_t name, int32_t machine) {
    const struct plant *plant = run->plant;
    const struct step *step = &plant->steps[part->step];
    int32_t station = step->station;
    switch ((enum job_name)name) {
    case JOB_DUE: return moment(run, part->due);
    case JOB_ARRIVED: return moment(run, part->since);
    case JOB_RELEASED: return moment(run, part->born);
    case JOB_WORK: return work_from(run, part, route_first(run, part));
    case JOB_WORK_HERE: return work_here(run, part);
    case JOB_WORK_LEFT: return work_from(run, part, part->step);
    case JOB_STANDARD: return standard_from(run, part, route_first(run, part));
    case JOB_STANDARD_HERE: return standard_here(run, part, part->step);
    case JOB_STANDARD_LEFT: return standard_from(run, part, part->step);
    case JOB_STEPS_LEFT: return steps_left(run, part);
    case JOB_SERIAL: return (double)part->serial;
    case JOB_PIECES: return part->pieces;
    case JOB_PRIORITY: return (double)part->priority;
    case JOB_WEIGHT: return weight(run, part);
    case JOB_PRICE: return run->settings.items[step->item].price;
    case JOB_COST: return run->settings.items[step->item].cost;
    case JOB_SETUP_HERE: return machine == NOBODY ? 0 : (double)setup_time(run, part, machine);
    case JOB_QUEUE_NEXT: return queue_next(run, part);
    case JOB_ALIKE: return alike(run, step);
    case JOB_RANDOM: return random_of(run, part, station);
    case JOB_QUEUE_LENGTH:
    case JOB_QUEUE_WORK:
    case JOB_MACHINES:
    case JOB_UP: return station_value(run, station, name);
    case JOB_NAME_COUNT: break;
    }
    return NAN;
}

double job_read(const void *context, int32_t what, int32_t index) {
    const struct job *job = context;
    if (what >= 0 && what < JOB_NAME_COUNT)
        return job_value(job->run, job->part, what, job->machine);
    return world_read(job->run, what, index);
}
