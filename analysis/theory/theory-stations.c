/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which formula holds for a station that work comes to and goes from freely.
 *
 * The question is always the same: what disturbs the conditions of a formula? A station whose
 * arrivals are Poisson streams and which lets what it does go again as a Poisson stream (M/M/c
 * first come first served, or without a queue: Burke 1956, Baskett and others 1975) disturbs
 * nothing, so a network of such stations is exact, and so is whatever one of another kind does with
 * what comes out of them. Everything else is an approximation, with the first reason in words. */
#include "theory-arrivals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A formula picked for a station, and what it says. */
struct answer {
    enum theory_formula formula;
    const char *name; /* NULL: the formula's own */
    enum theory_kind kind;
    const char *why;
    double wait, lost;
    double busy; /* share of time at work, when it is not the static load */
};

/* ---- formulas ---- */

static struct answer none(const char *why) {
    return (struct answer){.formula = FORMULA_OF_NOTHING, .why = why, .wait = NAN, .busy = NAN};
}

static struct answer exact(enum theory_formula formula, const char *name, double wait) {
    return (struct answer){
        .formula = formula, .name = name, .kind = THEORY_EXACT, .wait = wait, .busy = NAN};
}

static struct answer general(const struct floor *floor, int32_t id, const char *why) {
    const struct floor_station *facts = &floor->stations[id];
    int32_t machines = floor->plant->stations[id].machine_count;
    double cv2 = floor->stations[id].arrivals_cv2;
    double wait = queueing_ggc_wait(facts->rate, facts->work.mean, machines, cv2, facts->work.cv2);
    return (struct answer){.formula = FORMULA_OF_GGC,
                           .name = arena_text(floor->arena, "G/G/%d", machines),
                           .kind = THEORY_APPROXIMATE,
                           .why = why,
                           .wait = wait,
                           .busy = NAN};
}

/* Room for so many: who finds none is lost, if it is said so and all come from outside. */
static struct answer limited(struct floor *floor, int32_t id, const struct arrivals *arrivals) {
    const struct plant *plant = floor->plant;
    const struct floor_station *facts = &floor->stations[id];
    int32_t machines = plant->stations[id].machine_count, room = plant->settings.stations[id].room;
    if (arrivals->why || !arrivals->alone) return none("there is little room before it");
    for (int32_t s = 0; s < plant->release_count; s++)
        if (floor->from_source[(ptrdiff_t)s * plant->station_count + id] > 0 &&
            plant->settings.sources[s].if_full != IF_FULL_LOSE)
            return none("there is little room before it, and lots wait outside");
    if (!station_exponential(floor, id) || station_service(floor, id) != SERVICE_FIFO ||
        plant->stations[id].stop_count || station_set_up(floor, id))
        return none("there is little room before it, and work is not exponential");
    const char *name = arena_text(floor->arena, "M/M/%d/%d", machines, machines + room);
    struct queueing_loss queue = queueing_mmck(facts->rate, facts->natural.mean, machines, room);
    struct answer answer =
        exact(FORMULA_OF_MMCK, name, queue.in_queue / (facts->rate * (1 - queue.lost)));
    answer.lost = queue.lost;
    return answer;
}

static struct answer batches(struct floor *floor, int32_t id, const struct arrivals *arrivals) {
    const struct plant *plant = floor->plant;
    const struct floor_station *facts = &floor->stations[id];
    if (facts->first < 0) return none("no lots come to it");
    const struct step_settings *settings = &plant->settings.steps[floor->visits[facts->first].step];
    const struct station *station = &plant->stations[id];
    double rate = facts->rate, work = facts->work.mean, most = (double)settings->batch_max;
    for (int32_t v = 0; v < floor->visit_count; v++) {
        const struct step_settings *other = &plant->settings.steps[floor->visits[v].step];
        if (floor->visits[v].station == id &&
            (other->batch_min != settings->batch_min || other->batch_max != settings->batch_max))
            return none("its steps differ in their batches");
    }
    if (station->batch_pieces || settings->batch_wait != TICK_NEVER)
        return none("its batches count pieces or wait for a time");
    if (!facts->alike && station->batch_of != BATCH_OF_ANY)
        return none("its batches are of several kinds");
    if (!arrivals->why && !arrivals->feedback && station_exponential(floor, id) &&
        station->machine_count == 1 && !station->stop_count && !station_set_up(floor, id) &&
        station_service(floor, id) == SERVICE_FIFO) {
        struct queueing_batches queue =
            queueing_batches(rate, work, (int32_t)settings->batch_min, (int32_t)most);
        const char *name = arena_text(floor->arena, "M/M(%d,%d)/1", (int)settings->batch_min,
                                      (int)settings->batch_max);
        struct answer answer = exact(FORMULA_OF_BATCHES, name, queue.in_queue / rate);
        answer.busy = queue.load;
        return answer;
    }
    if (settings->batch_min != settings->batch_max) return none("its batches differ in size");
    double wait = queueing_ggc_wait(rate / most, work, station->machine_count,
                                    facts->arrivals_cv2 / most, facts->work.cv2) +
                  (most - 1) / (2 * rate);
    return (struct answer){.formula = FORMULA_OF_BATCHES_FULL,
                           .kind = THEORY_APPROXIMATE,
                           .why = "a queue of whole batches after the wait for a full one",
                           .wait = wait,
                           .busy = NAN};
}

static int32_t priority_of(const struct floor *floor, const struct floor_visit *visit) {
    int32_t source = floor->plant->flows[visit->flow].source;
    return source == NOBODY ? 0 : floor->plant->settings.sources[source].priority;
}

/* What matters to a lot is who is more urgent, and who is just as urgent. */
static struct answer priorities(struct floor *floor, int32_t id) {
    const struct floor_station *facts = &floor->stations[id];
    int32_t machines = floor->plant->stations[id].machine_count;
    double offered = facts->rate * facts->work.mean, wait = 0;
    double residual = 0.5 * offered * facts->work.mean * (1 + facts->work.cv2);
    if (machines > 1)
        residual = queueing_erlang_wait(offered, machines) * facts->work.mean / machines;
    for (int32_t v = 0; v < floor->visit_count; v++) {
        struct floor_visit *visit = &floor->visits[v];
        struct queueing_class classes[2] = {{0, 1, 0}, {0, 1, 0}}; /* rates of work done in 1 */
        if (visit->station != id) continue;
        for (int32_t o = 0; o < floor->visit_count; o++) {
            const struct floor_visit *other = &floor->visits[o];
            int32_t before = priority_of(floor, other) - priority_of(floor, visit);
            if (other->station == id && before >= 0)
                classes[before == 0].rate += other->rate * other->work.mean;
        }
        queueing_priorities(classes, 2, machines, residual);
        visit->wait = classes[1].wait;
        wait += visit->rate * visit->wait / facts->rate;
    }
    return exact(FORMULA_OF_PRIORITY, NULL, wait);
}

static struct answer shortest(struct floor *floor, int32_t id) {
    size_t count = 0, most = (size_t)floor->visit_count;
    struct law *laws = memory_zeroed(most, sizeof *laws);
    double *rates = memory_zeroed(most, sizeof *rates), wait = NAN;
    bool plain = true;
    for (int32_t v = 0; v < floor->visit_count; v++) {
        const struct floor_visit *visit = &floor->visits[v];
        if (visit->station != id) continue;
        plain = plain && visit->plain;
        laws[count] = visit->law;
        rates[count++] = visit->rate / (double)TICK_H;
    }
    if (plain) wait = queueing_shortest_wait(laws, rates, (int32_t)count) / (double)TICK_H;
    free(rates);
    free(laws);
    if (isnan(wait)) return general(floor, id, "several lots are equally short");
    return exact(FORMULA_OF_SHORTEST, NULL, wait);
}

/* ---- machines that fail ---- */

/* Why failures keep M/G/1 of completion times from being exact, or NULL. */
static const char *failures_doubt(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++) {
        const struct stop_settings *stop = &plant->settings.stops[i];
        int32_t then = stop->then == THEN_STATION ? station->interrupted : stop->then;
        if (stop->after.kind != LAW_EXPONENTIAL)
            return "times between failures are not exponential";
        if (stop->stops != STOPS_NOW) return "failures wait for the end of the part";
        if (then != THEN_RESUME) return "a failure spoils the work at hand";
        if (plant->stops[i].clock != CLOCK_BUSY) return "failures do not count work alone";
    }
    return station->stop_count && station->has_setup ? "it is set up, and fails" : NULL;
}

static bool fails_at_any_time(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    const struct stop_settings *stop = &plant->settings.stops[station->stop_first];
    int32_t then = stop->then == THEN_STATION ? station->interrupted : stop->then;
    return station->stop_count == 1 && plant->stops[station->stop_first].clock == CLOCK_UP &&
           stop->after.kind == LAW_EXPONENTIAL && stop->lasts.kind == LAW_EXPONENTIAL &&
           stop->stops == STOPS_NOW && then == THEN_RESUME && !station->has_setup;
}

static struct answer failing(struct floor *floor, int32_t id, const struct arrivals *arrivals) {
    const struct plant *plant = floor->plant;
    const struct floor_station *facts = &floor->stations[id];
    const struct station *station = &plant->stations[id];
    enum service service = station_service(floor, id);
    if (arrivals->why) return general(floor, id, arrivals->why);
    if (station->machine_count > 1 || arrivals->feedback)
        return general(floor, id, "it fails or is set up, and is no single M/G/1");
    if (service != SERVICE_FIFO && service != SERVICE_BLIND)
        return general(floor, id, "its rule looks at the lots");
    if (fails_at_any_time(floor, id)) {
        const struct stop_settings *stop = &plant->settings.stops[station->stop_first];
        double in_system = queueing_failing_in_system(facts->rate, facts->natural,
                                                      law_mean(&stop->after) / (double)TICK_H,
                                                      law_mean(&stop->lasts) / (double)TICK_H);
        return exact(FORMULA_OF_MG1_FAILURES_UP, NULL, in_system / facts->rate - facts->work.mean);
    }
    const char *doubt = failures_doubt(floor, id);
    if (!doubt && station->has_setup && !station->setup_each_lot && station_set_up(floor, id))
        doubt = "a setup depends on the lot before";
    if (doubt) return general(floor, id, doubt);
    double wait = queueing_mg1_wait(facts->rate, facts->work.mean, facts->work.cv2);
    return exact(station->stop_count ? FORMULA_OF_MG1_FAILURES : FORMULA_OF_MG1, NULL, wait);
}

/* ---- arrivals that are no Poisson stream ---- */

/* The only source of a station, or NOBODY. */
static int32_t only_source(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    int32_t only = NOBODY;
    for (int32_t s = 0; s < plant->source_count; s++) {
        const double *row = floor->from_source + (ptrdiff_t)s * plant->station_count;
        if (row[id] <= 0) continue;
        if (only != NOBODY || fabs(row[id] - floor->stations[id].rate) > 1e-9 * row[id])
            return NOBODY;
        double all = 0;
        for (int32_t i = 0; i < plant->station_count; i++) all += row[i];
        if (all > row[id]) return NOBODY;
        only = s;
    }
    return only;
}

/* Independent times between arrivals, one lot each, from one source. */
static struct answer renewal(struct floor *floor, int32_t id, const struct arrivals *arrivals) {
    const struct plant *plant = floor->plant;
    const struct floor_station *facts = &floor->stations[id];
    int32_t source = arrivals->alone ? only_source(floor, id) : NOBODY;
    enum service service = station_service(floor, id);
    struct law every;
    if (source == NOBODY || plant->settings.sources[source].rate || !facts->alike ||
        !plant->sources[source].one_lot || (service != SERVICE_FIFO && service != SERVICE_BLIND) ||
        !load_law(plant, &plant->settings.sources[source].every, 1, &every))
        return general(floor, id, arrivals->why);
    const struct law *work = &floor->visits[facts->first].law;
    int32_t machines = plant->stations[id].machine_count;
    if (law_constant(&every) && law_constant(work) && floor->visits[facts->first].plain)
        return exact(FORMULA_OF_DD1, arena_text(floor->arena, "D/D/%d", machines), 0);
    if (machines > 1 || !station_exponential(floor, id)) return general(floor, id, arrivals->why);
    double root = queueing_gm1_root(&every, work->a);
    if (isnan(root)) return general(floor, id, arrivals->why);
    return exact(FORMULA_OF_GM1, law_constant(&every) ? "D/M/1" : NULL,
                 facts->natural.mean * root / (1 - root));
}

/* ---- the choice ---- */

static struct answer poisson(struct floor *floor, int32_t id, const struct arrivals *arrivals) {
    struct arena *arena = floor->arena;
    const struct floor_station *facts = &floor->stations[id];
    int32_t machines = floor->plant->stations[id].machine_count;
    enum service service = station_service(floor, id);
    bool exponential = station_exponential(floor, id), network = !arrivals->alone;
    double erlang = queueing_mmc_wait(facts->rate, facts->natural.mean, machines);
    if (!station_opaque(floor, id))
        return exact(network ? FORMULA_OF_JACKSON : FORMULA_OF_MMC,
                     arena_text(arena, "M/M/%d%s", machines, network ? " in a network" : ""),
                     erlang);
    if (arrivals->feedback) return general(floor, id, "what it does comes back to it");
    if (service == SERVICE_PRIORITY && (machines == 1 || exponential)) return priorities(floor, id);
    if (service == SERVICE_SHORTEST && machines == 1) return shortest(floor, id);
    if (service != SERVICE_FIFO && service != SERVICE_BLIND)
        return general(floor, id, "its rule looks at the lots");
    if (exponential) return exact(FORMULA_OF_MMC, arena_text(arena, "M/M/%d", machines), erlang);
    if (machines > 1) return general(floor, id, "work is not exponential");
    double wait = queueing_mg1_wait(facts->rate, facts->natural.mean, facts->natural.cv2);
    return exact(FORMULA_OF_MG1, facts->natural.cv2 == 0 ? "M/D/1" : NULL, wait);
}

/* Machines that differ in speed. What lots spend on them depends on who takes them, so the mean
 * work is part of the answer. */
static struct answer uneven(struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    struct floor_station *facts = &floor->stations[id];
    double rates[QUEUEING_UNEVEN_MOST], speed = 0;
    int32_t machines = station->machine_count;
    struct arrivals arrivals = station_arrivals(floor, id);
    const char *why = station_disturbed(floor, id);
    for (int32_t m = 0; m < machines; m++)
        speed += plant->settings.machines[station->machine_first + m].speed;
    if (plant->settings.stations[id].room != INT32_MAX)
        return none("there is little room before it");
    if (facts->load >= 1) return none("more work comes than it can do");
    if (!why) why = arrivals.why;
    if (!why && arrivals.feedback) why = "what it does comes back to it";
    if (!why && !station_exponential(floor, id)) why = "work is not exponential alike for all";
    if (!why && station_service(floor, id) != SERVICE_FIFO) why = "its rule looks at the lots";
    if (!why && machines > QUEUEING_UNEVEN_MOST) why = "it has more than five machines";
    if (why) {
        facts->work.mean = facts->natural.mean * machines / speed;
        return general(
            floor, id,
            arena_text(floor->arena, "%s; as if its machines had their mean speed", why));
    }
    for (int32_t m = 0; m < machines; m++)
        rates[m] = plant->settings.machines[station->machine_first + m].speed / facts->natural.mean;
    struct queueing_uneven queue = queueing_uneven(facts->rate, rates, machines);
    facts->work.mean = queue.busy / facts->rate;
    struct answer answer = exact(
        FORMULA_OF_UNEVEN, arena_text(floor->arena, "M/M/%d with machines that differ", machines),
        queue.in_queue / facts->rate);
    answer.busy = queue.busy / machines;
    return answer;
}

static struct answer answer_of(struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    if (facts->uneven) return uneven(floor, id);
    if (facts->unclear) return none(facts->unclear);
    if (station->calendar != NOBODY) return none("it closes by its calendar");
    if (station->unlimited && !station->has_batch && !station_set_up(floor, id)) {
        struct answer answer = exact(FORMULA_OF_INFINITE, NULL, 0);
        answer.why = station_disturbed(floor, id);
        if (answer.why) answer.kind = THEORY_APPROXIMATE;
        return answer;
    }
    if (station->unlimited) return none("it has unlimited machines, and batches or setups");
    const char *disturbed = station_disturbed(floor, id);
    struct arrivals arrivals = station_arrivals(floor, id);
    if (disturbed) arrivals.why = disturbed;
    if (plant->settings.stations[id].room != INT32_MAX) {
        struct answer even = renewal(floor, id, &arrivals); /* nobody waits: room does not matter */
        bool nobody_waits = even.formula == FORMULA_OF_DD1 && facts->load <= 1 && !disturbed;
        return nobody_waits ? even : limited(floor, id, &arrivals);
    }
    if (station->has_batch) return batches(floor, id, &arrivals);
    if (disturbed) {
        if (facts->load >= 1) return none("more work comes than it can do");
        return general(floor, id, disturbed);
    }
    if (arrivals.why && facts->load <= 1 && !station->stop_count && !station_set_up(floor, id)) {
        struct answer answer = renewal(floor, id, &arrivals);
        if (answer.kind == THEORY_EXACT) return answer;
    }
    if (facts->load >= 1)
        return none("more work comes than it can do: its queue grows without end");
    if (station->stop_count || station_set_up(floor, id)) return failing(floor, id, &arrivals);
    return arrivals.why ? renewal(floor, id, &arrivals) : poisson(floor, id, &arrivals);
}

/* ---- what it says ---- */

/* Shares of time: exact whatever the laws, when all work that comes is done. */
static void put_shares(struct theory *theory, const struct floor *floor, int32_t id,
                       struct theory_model *model, const struct answer *answer) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    if (station->unlimited || facts->load > 1 || (facts->unclear && !facts->uneven)) return;
    if ((station->has_batch || facts->uneven) && isnan(answer->busy)) return;
    bool is_limited = plant->settings.stations[id].room != INT32_MAX;
    if (is_limited && answer->kind != THEORY_EXACT) return;
    double busy = station->has_batch || facts->uneven
                      ? answer->busy
                      : facts->busy * (1 - answer->lost) / (station->machine_count * facts->open);
    bool sure = !floor->doubt && !facts->unknown &&
                !(station_set_up(floor, id) && !station->setup_each_lot);
    theory_result(theory, model, RESULT_STATIONS, station->name, "utilization", STAT_MEAN, busy);
    struct theory_value *value = &model->values[model->value_count - 1];
    value->kind = sure ? THEORY_EXACT : THEORY_APPROXIMATE;
}

/* Repairs of a clock of work take their share of the work, those of any other of all time. */
static void put_failures(struct theory *theory, const struct floor *floor, int32_t id,
                         struct theory_model *model) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    if (station->stop_count != 1 || station->calendar != NOBODY || facts->load > 1 ||
        plant->stops[station->stop_first].planned)
        return;
    const struct stop_settings *stop = &plant->settings.stops[station->stop_first];
    double part = law_mean(&stop->lasts) / law_mean(&stop->after);
    int32_t clock = plant->stops[station->stop_first].clock;
    double busy = facts->busy / station->machine_count, down = NAN;
    if (clock == CLOCK_BUSY && stop->stops == STOPS_NOW) down = busy * part;
    if (clock == CLOCK_UP && stop->stops == STOPS_NOW) down = part / (1 + part);
    if (isnan(down)) return;
    theory_result(theory, model, RESULT_STATIONS, station->name, "states.failed", STAT_MEAN, down);
    model->values[model->value_count - 1].kind =
        floor->doubt || facts->unknown || station_set_up(floor, id) ? THEORY_APPROXIMATE
                                                                    : THEORY_EXACT;
}

static void put_facts(const struct floor *floor, int32_t id, struct theory_model *model) {
    const struct station *station = &floor->plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    if (facts->unclear) return;
    bool shown = model->value_count > 0 && !station->has_batch && !station->stop_count;
    if (!station->unlimited && (!shown || facts->lost > 0 || facts->load > 1))
        theory_fact(model, "load", RESULT_UNIT_DIMENSIONLESS, facts->load);
    if (facts->lost > 0)
        theory_fact(model, "share that is lost", RESULT_UNIT_DIMENSIONLESS, facts->lost);
    if (station->stop_count || station_set_up(floor, id)) {
        theory_fact(model, "effective time of work", RESULT_UNIT_HOURS, facts->work.mean);
        theory_fact(model, "its cv²", RESULT_UNIT_COUNT, facts->work.cv2);
    }
    if (model->formula != FORMULA_OF_GGC) return;
    theory_fact(model, "cv² of arrivals", RESULT_UNIT_COUNT, facts->arrivals_cv2);
    if (!station->stop_count) theory_fact(model, "cv² of work", RESULT_UNIT_COUNT, facts->work.cv2);
}

/* Waits of all lots are alike, unless a class is more urgent. */
static void share_wait(struct floor *floor, int32_t id, const struct answer *answer) {
    for (int32_t v = 0; v < floor->visit_count; v++)
        if (floor->visits[v].station == id && answer->formula != FORMULA_OF_PRIORITY)
            floor->visits[v].wait = answer->wait;
}

static void station_theory(struct theory *theory, struct floor *floor, int32_t id) {
    const struct station *station = &floor->plant->stations[id];
    struct floor_station *facts = &floor->stations[id];
    struct answer answer = answer_of(floor, id);
    facts->kind = answer.kind;
    facts->lost = answer.lost;
    share_wait(floor, id, &answer);
    struct theory_model *model =
        theory_add(theory, arena_text(theory->arena, "station %s", station->name), answer.formula,
                   answer.name, answer.kind, answer.why);
    if (answer.kind != THEORY_NONE) {
        double length = facts->rate * (1 - answer.lost) * answer.wait;
        theory_result(theory, model, RESULT_STATIONS, station->name, "queue.wait", STAT_MEAN,
                      answer.wait);
        theory_result(theory, model, RESULT_STATIONS, station->name, "queue.length", STAT_MEAN,
                      length);
    }
    put_shares(theory, floor, id, model, &answer);
    put_failures(theory, floor, id, model);
    put_facts(floor, id, model);
}

void theory_stations(struct theory *theory, struct floor *floor) {
    for (int32_t s = 0; s < floor->plant->station_count; s++)
        if (floor->stations[s].first >= 0) station_theory(theory, floor, s);
}
