/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines with work without end: closed by cards (CONWIP), or saturated. */
#include "closed.h"
#include "theory-floor.h"

#include <math.h>
#include <stdlib.h>

enum { JOBS_MOST = 2000 }; /* beyond, the convolution takes too long */

static void refuse(struct theory *theory, const char *why) {
    theory_add(theory, "the line", FORMULA_OF_NOTHING, NULL, THEORY_NONE, why);
}

/* ---- what is so on the line ---- */

/* The stations of the line in the order of its route, as a closed network sees them. */
struct line {
    struct floor *floor;
    int32_t count, *ids;
    struct closed_station *stations;
    double pieces;                      /* in a lot */
    bool exponential, constant, single; /* at every station that queues */
    bool straight;                      /* every station is visited once, in order */
    const char *doubt;                  /* what no formula takes into account, or NULL */
};

static const char *station_doubt(const struct floor *floor, int32_t id) {
    const struct station *station = &floor->plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    const char *name = station->name;
    struct arena *arena = floor->arena;
    if (facts->unknown) return facts->unknown;
    if (station->stop_count) return arena_text(arena, "%s fails", name);
    if (facts->busy > facts->rate * facts->natural.mean)
        return arena_text(arena, "%s is set up", name);
    if (floor->plant->settings.stations[id].rule.key_count || station->preempt || station->reserve)
        return arena_text(arena, "%s is not first come, first served", name);
    return NULL;
}

static const char *station_refusal(const struct floor *floor, int32_t id) {
    const struct station *station = &floor->plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    struct arena *arena = floor->arena;
    if (facts->unclear) return facts->unclear;
    if (station->calendar != NOBODY)
        return arena_text(arena, "%s closes by its calendar", station->name);
    if (station->has_batch) return arena_text(arena, "%s works in batches", station->name);
    return NULL;
}

static void line_add(struct line *line, int32_t id) {
    const struct plant *plant = line->floor->plant;
    const struct floor_station *facts = &line->floor->stations[id];
    const struct law *law = &line->floor->visits[facts->first].law;
    int32_t machines = plant->stations[id].unlimited ? 0 : plant->stations[id].machine_count;
    bool plain = facts->alike && facts->work.mean == facts->natural.mean;
    line->ids[line->count] = id;
    line->stations[line->count++] = (struct closed_station){.work = facts->work.mean,
                                                            .visits = facts->rate,
                                                            .cv2 = facts->work.cv2,
                                                            .servers = machines};
    line->constant = line->constant && plain && law_constant(law);
    if (machines == 0) return;
    line->exponential = line->exponential && plain && law->kind == LAW_EXPONENTIAL;
    line->single = line->single && machines == 1;
    if (!line->doubt) line->doubt = station_doubt(line->floor, id);
}

/* False, with a reason, when nothing can be said. */
static bool line_make(struct line *line, struct floor *floor, struct theory *theory) {
    const struct plant *plant = floor->plant;
    size_t room = (size_t)plant->station_count;
    *line = (struct line){.floor = floor,
                          .exponential = true,
                          .constant = true,
                          .single = true,
                          .straight = true,
                          .doubt = floor->doubt};
    line->ids = arena_take(floor->arena, room * sizeof *line->ids);
    line->stations = arena_take(floor->arena, room * sizeof *line->stations);
    for (int32_t v = 0; v < floor->visit_count; v++) {
        const struct floor_visit *visit = &floor->visits[v];
        const struct step *step = &plant->steps[visit->step];
        if (visit->flow != floor->visits[0].flow) {
            refuse(theory, "lots of several kinds share the floor");
            return false;
        }
        line->pieces = visit->pieces;
        if (step->flags & (STEP_BRANCH | STEP_REWORK | STEP_SCRAP)) line->straight = false;
        if (floor->stations[visit->station].first != v) {
            line->straight = false; /* it has been here before */
            continue;
        }
        const char *why = station_refusal(floor, visit->station);
        if (why) {
            refuse(theory, why);
            return false;
        }
        line_add(line, visit->station);
    }
    return line->count > 0;
}

/* ---- closed by cards ---- */

static bool loop_spans_line(const struct line *line) {
    const struct plant *plant = line->floor->plant;
    const struct item *item = &plant->items[plant->flows[line->floor->visits[0].flow].item];
    int32_t last = item->first_step + item->step_count - 1;
    return plant->loop_count == 1 &&
           plant->loops[0].from == plant->steps[item->first_step].station &&
           plant->loops[0].to == plant->steps[last].station;
}

static bool rooms_matter(const struct line *line, int32_t jobs) {
    for (int32_t i = 0; i < line->count; i++)
        if (line->floor->plant->settings.stations[line->ids[i]].room < jobs) return true;
    return false;
}

/* Work in process, throughput and cycle time, which are one thing by Little's law. */
static void put_line(struct theory *theory, struct theory_model *model, const struct line *line,
                     double throughput, double jobs) {
    theory_result(theory, model, RESULT_SYSTEM, "", "throughput", STAT_MEAN,
                  throughput * line->pieces);
    theory_result(theory, model, RESULT_SYSTEM, "", "cycle-time", STAT_MEAN, jobs / throughput);
    theory_result(theory, model, RESULT_SYSTEM, "", "wip", STAT_MEAN, jobs);
}

static void put_limits(struct theory_model *model, const struct closed_limits *limits) {
    theory_fact(model, "bottleneck rate", RESULT_UNIT_PER_HOUR, limits->bottleneck_rate);
    theory_fact(model, "raw process time", RESULT_UNIT_HOURS, limits->raw_time);
    theory_fact(model, "critical wip", RESULT_UNIT_LOTS, limits->critical_wip);
    theory_fact(model, "throughput, best case", RESULT_UNIT_PER_HOUR, limits->best);
    theory_fact(model, "practical worst case", RESULT_UNIT_PER_HOUR, limits->practical_worst);
    theory_fact(model, "worst case", RESULT_UNIT_PER_HOUR, limits->worst);
    for (int32_t i = model->value_count - 6; i < model->value_count; i++)
        model->values[i].kind = THEORY_EXACT;
}

static void put_closed_stations(struct theory *theory, const struct line *line,
                                enum theory_formula formula, enum theory_kind kind, const char *why,
                                double throughput) {
    for (int32_t i = 0; i < line->count; i++) {
        const struct closed_station *at = &line->stations[i];
        const struct station *station = &line->floor->plant->stations[line->ids[i]];
        const struct floor_station *facts = &line->floor->stations[line->ids[i]];
        double busy = throughput * at->visits * at->work;
        if (at->servers == 0) continue;
        struct theory_model *model =
            theory_add(theory, arena_text(theory->arena, "station %s", station->name), formula,
                       NULL, kind, why);
        theory_result(theory, model, RESULT_STATIONS, station->name, "utilization", STAT_MEAN,
                      throughput * facts->busy / at->servers);
        if (formula == FORMULA_OF_CLOSED_CONSTANT) continue;
        theory_result(theory, model, RESULT_STATIONS, station->name, "queue.length", STAT_MEAN,
                      at->jobs - busy);
        theory_result(theory, model, RESULT_STATIONS, station->name, "queue.wait", STAT_MEAN,
                      (at->jobs - busy) / throughput / at->visits);
    }
}

static void closed_theory(struct theory *theory, struct line *line) {
    const struct plant *plant = line->floor->plant;
    int64_t count = loop_limit(&plant->settings.loops[0]);
    int32_t jobs = count > JOBS_MOST ? JOBS_MOST + 1 : (int32_t)count;
    if (!loop_spans_line(line)) {
        refuse(theory, "its cards do not go from its first station to its last");
        return;
    }
    if (rooms_matter(line, jobs) || jobs > JOBS_MOST) {
        refuse(theory, jobs > JOBS_MOST ? "it has more than 2000 cards"
                                        : "there is little room before its stations");
        return;
    }
    struct closed_limits limits = closed_limits(line->stations, line->count, jobs);
    enum theory_formula formula = FORMULA_OF_CLOSED;
    enum theory_kind kind = line->doubt ? THEORY_APPROXIMATE : THEORY_EXACT;
    const char *why = line->doubt;
    double throughput;
    if (line->constant && line->single && line->straight) {
        formula = FORMULA_OF_CLOSED_CONSTANT;
        throughput = limits.best;
    } else if (line->exponential || !line->single) {
        throughput = closed_exponential(line->stations, line->count, jobs);
        if (!line->exponential && !why) why = "as if work were exponential";
    } else {
        formula = FORMULA_OF_CLOSED_GENERAL;
        throughput = closed_general(line->stations, line->count, jobs);
        if (!why) why = "work is not exponential";
    }
    if (why) kind = THEORY_APPROXIMATE;
    struct theory_model *model = theory_add(theory, "the line", formula, NULL, kind, why);
    put_line(theory, model, line, throughput, jobs);
    put_limits(model, &limits);
    put_closed_stations(theory, line, formula, kind, why, throughput);
}

/* ---- saturated ---- */

/* Room between the stations: none of it limited, all of it, or some. */
static int32_t limited_rooms(const struct line *line) {
    int32_t limited = 0;
    for (int32_t i = 1; i < line->count; i++)
        limited += line->floor->plant->settings.stations[line->ids[i]].room != INT32_MAX;
    return limited;
}

static double blocking_throughput(const struct line *line) {
    double *rates = memory_zeroed((size_t)line->count, sizeof *rates);
    int32_t *rooms = memory_zeroed((size_t)line->count, sizeof *rooms);
    for (int32_t i = 0; i < line->count; i++) {
        rates[i] = 1 / line->stations[i].work;
        if (i > 0) rooms[i - 1] = line->floor->plant->settings.stations[line->ids[i]].room;
    }
    double throughput = closed_blocking(rates, rooms, line->count);
    free(rooms);
    free(rates);
    return throughput;
}

/* One station that never rests: a lot comes when its work begins, so its cycle time is the
 * effective time of its work. Of its spread more is known when failures come without memory. */
static void put_single(struct theory *theory, struct theory_model *model, const struct line *line) {
    const struct plant *plant = line->floor->plant;
    const struct station *station = &plant->stations[line->ids[0]];
    struct queueing_time work = line->floor->stations[line->ids[0]].work;
    theory_result(theory, model, RESULT_SYSTEM, "", "cycle-time", STAT_MEAN, work.mean);
    theory_result(theory, model, RESULT_SYSTEM, "", "cycle-time", STAT_SD,
                  work.mean * sqrt(work.cv2));
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++)
        if (plant->settings.stops[i].after.kind != LAW_EXPONENTIAL)
            for (int32_t k = 1; k <= 2; k++) /* it may strike just between two lots */
                model->values[model->value_count - k].kind = THEORY_APPROXIMATE;
}

static void put_paced(struct theory *theory, const struct line *line, enum theory_formula formula,
                      const char *why, double throughput) {
    const struct floor_station *first = &line->floor->stations[line->ids[0]];
    struct theory_model *model =
        theory_add(theory, "the line", formula, NULL, why ? THEORY_APPROXIMATE : THEORY_EXACT, why);
    theory_result(theory, model, RESULT_SYSTEM, "", "throughput", STAT_MEAN,
                  throughput * line->pieces);
    if (line->count == 1 && line->straight) put_single(theory, model, line);
    for (int32_t i = 0; i < line->count; i++) {
        const struct closed_station *at = &line->stations[i];
        if (at->servers == 0) continue;
        const char *name = line->floor->plant->stations[line->ids[i]].name;
        theory_result(theory, model, RESULT_STATIONS, name, "utilization", STAT_MEAN,
                      throughput * line->floor->stations[line->ids[i]].busy / at->servers);
        struct theory_value *value = &model->values[model->value_count - 1];
        value->name = arena_text(theory->arena, "%s.utilization", name);
        if (model->value_count + 4 > THEORY_VALUES_MOST) break;
    }
    if (first->work.mean == first->natural.mean) return;
    theory_fact(model, "effective time of work", RESULT_UNIT_HOURS, first->work.mean);
    theory_fact(model, "its cv²", RESULT_UNIT_COUNT, first->work.cv2);
}

/* Failures that count work alone stretch it, whatever their laws. */
static bool only_stretched(const struct line *line, int32_t index) {
    const struct plant *plant = line->floor->plant;
    const struct station *station = &plant->stations[line->ids[index]];
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++)
        if (plant->stops[i].clock != CLOCK_BUSY || plant->settings.stops[i].stops != STOPS_NOW ||
            (plant->settings.stops[i].then != THEN_RESUME &&
             (plant->settings.stops[i].then != THEN_STATION ||
              station->interrupted != THEN_RESUME)))
            return false;
    return !line->floor->stations[line->ids[index]].unknown && !line->floor->doubt &&
           !station->has_setup;
}

/* A machine with exponential work that fails, if at all, in one way of exponential times. */
static bool fails_simply(const struct line *line, int32_t index, struct closed_machine *machine) {
    const struct plant *plant = line->floor->plant;
    const struct floor_station *facts = &line->floor->stations[line->ids[index]];
    const struct station *station = &plant->stations[line->ids[index]];
    const struct stop_settings *stop = &plant->settings.stops[station->stop_first];
    if (!only_stretched(line, index) || !facts->alike || station->stop_count > 1 ||
        line->floor->visits[facts->first].law.kind != LAW_EXPONENTIAL)
        return false;
    *machine = (struct closed_machine){.rate = 1 / facts->natural.mean, .repairs = 1};
    if (station->stop_count == 0) return true;
    if (stop->after.kind != LAW_EXPONENTIAL || stop->lasts.kind != LAW_EXPONENTIAL) return false;
    machine->fails = (double)TICK_H / law_mean(&stop->after);
    machine->repairs = (double)TICK_H / law_mean(&stop->lasts);
    return true;
}

/* Two machines that fail, with room for so many between them. False: they are of another kind. */
static bool failing_theory(struct theory *theory, struct line *line) {
    struct closed_machine machines[2];
    if (line->count != 2 || !line->single || !fails_simply(line, 0, &machines[0]) ||
        !fails_simply(line, 1, &machines[1]))
        return false;
    int32_t room = line->floor->plant->settings.stations[line->ids[1]].room;
    double throughput = closed_failing(machines, room);
    if (isnan(throughput)) return false;
    put_paced(theory, line, FORMULA_OF_FAILING, NULL, throughput);
    return true;
}

/* What is left: machines that differ from the exponential, or too many states. */
static void paired_theory(struct theory *theory, struct line *line, const char *why) {
    double *rates = memory_zeroed((size_t)line->count, sizeof *rates);
    int32_t *rooms = memory_zeroed((size_t)line->count, sizeof *rooms);
    for (int32_t i = 0; i < line->count; i++) {
        rates[i] = 1 / line->stations[i].work;
        if (i > 0) rooms[i - 1] = line->floor->plant->settings.stations[line->ids[i]].room;
    }
    put_paced(theory, line, FORMULA_OF_PAIRS, why, closed_decomposed(rates, rooms, line->count));
    free(rooms);
    free(rates);
}

static void saturated_theory(struct theory *theory, struct line *line) {
    struct closed_limits limits = closed_limits(line->stations, line->count, 1);
    int32_t limited = limited_rooms(line);
    const char *why = line->doubt;
    if (!line->straight && line->count > 1) {
        refuse(theory, "work without end, and routes that branch or come back");
        return;
    }
    if (line->single && line->exponential && limited == line->count - 1 && line->count > 1) {
        double throughput = blocking_throughput(line);
        if (isnan(throughput))
            paired_theory(theory, line, "the Markov chain of the line has too many states");
        else
            put_paced(theory, line, FORMULA_OF_BLOCKING, why, throughput);
        return;
    }
    bool even = line->constant && line->single;
    if (limited == 1 && line->count == 2 && failing_theory(theory, line)) return;
    if (limited > 0 && !even) {
        if (line->single)
            paired_theory(theory, line,
                          "every machine as one with exponential work of its effective mean, with "
                          "failures and setups, and the line as pairs of them");
        else
            refuse(theory, "there are several machines at a station, and little room");
        return;
    }
    if (!line->straight) why = why ? why : "lots come back or are lost";
    if (line->count == 1 && only_stretched(line, 0) && line->straight) why = NULL;
    put_paced(theory, line, FORMULA_OF_PACE, why, limits.bottleneck_rate);
}

void theory_lines(struct theory *theory, struct floor *floor) {
    const struct plant *plant = floor->plant;
    struct line line;
    for (int32_t s = 0; s < plant->source_count; s++)
        if (!plant->sources[s].always && plant->sources[s].from == NOBODY) {
            refuse(theory, "work without end, and other work besides");
            return;
        }
    if (plant->sources[floor->always].share_count != 1 || floor->visit_count == 0) {
        refuse(theory, "lots of several kinds share the floor");
        return;
    }
    if (!line_make(&line, floor, theory)) return;
    struct closed_limits limits = closed_limits(line.stations, line.count, 1);
    if (!isinf(limits.bottleneck_rate))
        theory->bottleneck =
            arena_text(theory->arena, "station %s, at most %.4g lots an hour",
                       plant->stations[line.ids[limits.bottleneck]].name, limits.bottleneck_rate);
    if (plant->loop_count > 0)
        closed_theory(theory, &line);
    else
        saturated_theory(theory, &line);
}
