/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is known of an arm, and the totals of what flows through its stations. */
#include "theory-floor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct theory_formula_row theory_formulas[THEORY_FORMULA_COUNT] = {
#define X(id, name, source, conditions) {name, source, conditions},
    THEORY_FORMULAS(X)
#undef X
};

/* ---- models and values ---- */

struct theory_model *theory_add(struct theory *theory, const char *object,
                                enum theory_formula formula, const char *name,
                                enum theory_kind kind, const char *why) {
    if (theory->model_count == theory->model_room) {
        int32_t room = theory->model_room ? 2 * theory->model_room : 16;
        struct theory_model **models = arena_take(theory->arena, (size_t)room * sizeof *models);
        if (theory->model_count)
            memcpy(models, theory->models, (size_t)theory->model_count * sizeof *models);
        theory->models = models;
        theory->model_room = room;
    }
    struct theory_model *model = arena_take(theory->arena, sizeof *model);
    *model = (struct theory_model){.object = object,
                                   .formula = formula,
                                   .name = name ? name : theory_formulas[formula].name,
                                   .kind = kind,
                                   .why = why};
    theory->models[theory->model_count++] = model;
    return model;
}

static struct theory_value *value_add(struct theory_model *model) {
    CHECK(model->value_count < THEORY_VALUES_MOST);
    return &model->values[model->value_count++];
}

static const struct kpi *kpi_named(enum result_section section, const char *name) {
    for (int32_t i = 0; i < kpi_count; i++)
        if (kpis[i].section == section && strcmp(kpis[i].name, name) == 0) return &kpis[i];
    CHECK(false);
}

void theory_result(struct theory *theory, struct theory_model *model, enum result_section section,
                   const char *object, const char *name, enum kpi_stat stat, double value) {
    const struct kpi *kpi = kpi_named(section, name);
    *value_add(model) = (struct theory_value){
        .path = layout_path(theory->arena, kpi, object, stat),
        .name = arena_text(theory->arena, "%s%s", name, kpi_stat_suffixes[stat]),
        .unit = kpi->unit,
        .value = value,
        .kind = model->kind};
}

void theory_fact(struct theory_model *model, const char *name, enum result_unit unit,
                 double value) {
    *value_add(model) =
        (struct theory_value){.name = name, .unit = unit, .value = value, .kind = model->kind};
}

const struct theory_value *theory_find(const struct theory *theory, const char *path,
                                       const struct theory_model **model) {
    const struct theory_value *found = NULL;
    for (int32_t m = 0; m < theory->model_count; m++)
        for (int32_t i = 0; i < theory->models[m]->value_count; i++) {
            const struct theory_value *value = &theory->models[m]->values[i];
            if (!value->path || strcmp(value->path, path) != 0) continue;
            if (found && found->kind >= value->kind) continue;
            found = value;
            *model = theory->models[m];
        }
    return found;
}

/* ---- totals ---- */

/* Sums over some of the flows. */
struct total {
    double lots;   /* released per hour */
    double inside; /* lots on the floor */
    double queue;  /* of them, waiting */
    double out;    /* pieces finished per hour */
    enum theory_kind kind;
    bool scrap;
    bool unclear;    /* how much is turned away */
    bool joins;      /* lots wait for parts that are made for them, */
    bool joined;     /* and a formula knows how long */
    const char *why; /* it is no better than this kind */
};

static void add_visit(const struct floor *floor, const struct floor_visit *visit,
                      struct total *total) {
    const struct floor_station *station = &floor->stations[visit->station];
    double stretch = station->natural.mean > 0 ? station->work.mean / station->natural.mean : 1;
    double rate = visit->rate * (1 - station->lost);
    if (station->kind < total->kind) {
        total->kind = station->kind;
        total->why =
            arena_text(floor->arena, "station %s", floor->plant->stations[visit->station].name);
    }
    total->inside += rate * (visit->wait + visit->work.mean * stretch);
    total->queue += rate * visit->wait;
    total->scrap |= (floor->plant->steps[visit->step].flags & STEP_SCRAP) != 0;
}

/* Pieces that leave a route finished, per piece released: as if each went by itself. */
static double share_finished(const struct plant *plant, int32_t item) {
    double *visits = memory_zeroed((size_t)plant->step_count, 2 * sizeof *visits), out = 0;
    double *passed = visits + plant->step_count;
    int32_t first = plant->items[item].first_step, end = first + plant->items[item].step_count;
    load_visits(plant, item, NOBODY, 1, visits);
    for (int32_t at = first; at < end; at++) {
        bool loses = plant->steps[at].flags & STEP_SCRAP;
        out += visits[at] * (loses ? 1 - plant->settings.steps[at].scrap : 1);
        for (int32_t to = first; to < end; to++) passed[to] = 0;
        load_pass_on(plant, at, 1, visits[at], passed);
        for (int32_t to = first; to < end; to++) out -= passed[to];
    }
    free(visits);
    return out;
}

/* How much a full station turns away, and no theory says. */
static bool loses_unknown(const struct floor *floor, const struct flow *flow, int32_t station) {
    const struct settings *settings = &floor->plant->settings;
    return flow->source != NOBODY && settings->sources[flow->source].if_full == IF_FULL_LOSE &&
           settings->stations[station].room != INT32_MAX &&
           floor->stations[station].kind == THEORY_NONE;
}

/* ---- parts that are made for lots ---- */
/* The only visit of a flow, at a machine that nobody else comes to and that has an exact wait of
 * M/M/1; or NULL. */
static const struct floor_visit *alone_at(const struct floor *floor, int32_t flow) {
    const struct floor_visit *found = NULL;
    for (int32_t v = 0; v < floor->visit_count; v++) {
        if (floor->visits[v].flow != flow) continue;
        if (found) return NULL;
        found = &floor->visits[v];
    }
    if (!found) return NULL;
    const struct floor_station *station = &floor->stations[found->station];
    const struct station *machine = &floor->plant->stations[found->station];
    bool single = !machine->unlimited && machine->machine_count == 1 && !machine->stop_count;
    bool all = fabs(station->rate - found->rate) <= 1e-9 * station->rate;
    bool exponential = station->alike && found->plain && found->law.kind == LAW_EXPONENTIAL;
    return single && all && exponential && station->kind == THEORY_EXACT ? found : NULL;
}

/* Until the last of COUNT parts is made that are begun together at M/M/1 queues of their own, over
 * the time at one of them: for two Flatto and Hahn 1984, "Two parallel queues created by arrivals
 * with two demands", SIAM Journal on Applied Mathematics 44; for more the approximation of Nelson
 * and Tantawi 1988, "Approximate analysis of fork/join synchronization in parallel queues", IEEE
 * Transactions on Computers 37. */
static double last_of(int32_t count, double load) {
    double harmonic = 0, two = (12 - load) / 8;
    for (int32_t i = 1; i <= count; i++) harmonic += 1.0 / i;
    if (count == 1) return 1;
    double more = harmonic / 1.5;
    return (more + 4 * load / 11 * (1 - more)) * two;
}

/* Hours that a lot of an item waits for its parts; NaN when no formula knows. */
static double hours_for_parts(const struct floor *floor, int32_t item, struct total *total) {
    const struct plant *plant = floor->plant;
    const struct floor_visit *first = NULL;
    int32_t count = 0;
    for (int32_t k = 0; k < plant->kit_use_count; k++) {
        if (plant->kit_uses[k].user != item) continue;
        const struct floor_visit *visit = alone_at(floor, plant->kit_uses[k].flow);
        if (!visit) return NAN;
        if (!first) first = visit;
        if (fabs(visit->work.mean - first->work.mean) > 1e-9 * first->work.mean) return NAN;
        count++;
    }
    if (count > 2 && total->kind == THEORY_EXACT) {
        total->kind = THEORY_APPROXIMATE;
        total->why = "more than two parts";
    }
    return last_of(count, first->rate * first->work.mean) * (first->wait + first->work.mean);
}

static void add_flow(const struct floor *floor, int32_t id, struct total *total) {
    const struct plant *plant = floor->plant;
    const struct flow *flow = &plant->flows[id];
    double pieces, lots = load_flow_lots(plant, id, &pieces) * (double)TICK_H;
    if (plant->items[flow->item].first_step == NOBODY || !(lots > 0)) return;
    double entered = lots;
    if (plant->items[flow->item].kits) {
        double hours = hours_for_parts(floor, flow->item, total);
        total->joins |= isnan(hours);
        total->joined = true;
        total->inside += lots * hours;
    }
    for (int32_t v = 0; v < floor->visit_count; v++) {
        if (floor->visits[v].flow != id) continue;
        add_visit(floor, &floor->visits[v], total);
        if (loses_unknown(floor, flow, floor->visits[v].station)) total->unclear = true;
        entered = fmin(entered, lots * (1 - floor->stations[floor->visits[v].station].lost));
    }
    total->lots += entered;
    total->out += entered * pieces * share_finished(plant, flow->item);
}

/* Flows that a result sums up: of the system, an item (section ITEMS) or a release. */
static struct total total_of(const struct floor *floor, enum result_section section, int32_t id) {
    const struct plant *plant = floor->plant;
    struct total total = {.kind = THEORY_EXACT};
    for (int32_t f = 0; f < plant->flow_count; f++)
        if ((section == RESULT_SYSTEM && plant->flows[f].kit_use == NOBODY) ||
            (section == RESULT_ITEMS && plant->flows[f].item == id) ||
            (section == RESULT_RELEASES && plant->flows[f].source == id))
            add_flow(floor, f, &total);
    if (floor->doubt && total.kind == THEORY_EXACT) {
        total.kind = THEORY_APPROXIMATE;
        total.why = floor->doubt;
    }
    return total;
}

/* All lots that pass the stations are finished in the long run, however long they wait. */
static bool all_keep_up(const struct floor *floor) {
    for (int32_t s = 0; s < floor->plant->station_count; s++)
        if (floor->stations[s].load > 1) return false;
    return true;
}

static void put_total(struct theory *theory, const struct floor *floor, enum result_section section,
                      const char *object, const char *title, const struct total *total) {
    if (!(total->lots > 0)) return;
    if (total->joins) {
        theory_add(theory, title, FORMULA_OF_NOTHING, NULL, THEORY_NONE,
                   "no formula here knows how long lots wait for parts that are made for them");
        return;
    }
    const char *why =
        total->why && total->kind != THEORY_EXACT
            ? arena_text(theory->arena, total->why == floor->doubt ? "%s" : "lots pass %s",
                         total->why)
            : NULL;
    struct theory_model *model = theory_add(
        theory, title, total->joined ? FORMULA_OF_JOINED : FORMULA_OF_SUM, NULL, total->kind, why);
    if (all_keep_up(floor) && !total->unclear) {
        theory_result(theory, model, section, object, "throughput", STAT_MEAN, total->out);
        model->values[model->value_count - 1].kind =
            floor->doubt ? THEORY_APPROXIMATE : THEORY_EXACT;
    }
    if (isnan(total->inside)) return;
    theory_result(theory, model, section, object, "wip", STAT_MEAN, total->inside);
    theory_result(theory, model, section, object, "time-in.queue", STAT_MEAN,
                  total->queue / total->lots);
    if (total->scrap) model->values[model->value_count - 1].kind = THEORY_APPROXIMATE;
    theory_result(theory, model, section, object, "cycle-time", STAT_MEAN,
                  total->inside / total->lots);
    if (total->scrap) model->values[model->value_count - 1].kind = THEORY_APPROXIMATE;
}

void theory_routes(struct theory *theory, const struct floor *floor) {
    const struct plant *plant = floor->plant;
    struct arena *arena = theory->arena;
    struct total all = total_of(floor, RESULT_SYSTEM, 0);
    put_total(theory, floor, RESULT_SYSTEM, "", "the whole floor", &all);
    for (int32_t i = 0; i < plant->item_count && plant->item_count > 1; i++) {
        struct total total = total_of(floor, RESULT_ITEMS, i);
        put_total(theory, floor, RESULT_ITEMS, plant->items[i].name,
                  arena_text(arena, "item %s", plant->items[i].name), &total);
    }
    for (int32_t i = 0; i < plant->release_count && plant->release_count > 1; i++) {
        struct total total = total_of(floor, RESULT_RELEASES, i);
        put_total(theory, floor, RESULT_RELEASES, plant->sources[i].name,
                  arena_text(arena, "release %s", plant->sources[i].name), &total);
    }
}

/* ---- all of it ---- */

static void name_bottleneck(struct theory *theory, const struct floor *floor) {
    const struct plant *plant = floor->plant;
    int32_t most = NOBODY;
    if (floor->always != NOBODY) return; /* theory_lines knows */
    for (int32_t s = 0; s < plant->station_count; s++)
        if (floor->stations[s].first >= 0 &&
            (most == NOBODY || floor->stations[s].load > floor->stations[most].load))
            most = s;
    if (most == NOBODY || !(floor->stations[most].load > 0)) return;
    theory->bottleneck = arena_text(theory->arena, "station %s, load %.4g %%",
                                    plant->stations[most].name, 100 * floor->stations[most].load);
}

struct theory *theory_make(struct arena *arena, const struct prepared *prepared) {
    struct theory *theory = arena_take(arena, sizeof *theory);
    struct floor floor;
    theory->arena = arena;
    floor_facts(&floor, arena, prepared);
    if (floor.refusal && floor.plant->step_count > 0)
        theory_add(theory, "the whole floor", FORMULA_OF_NOTHING, NULL, THEORY_NONE, floor.refusal);
    else if (floor.always != NOBODY)
        theory_lines(theory, &floor);
    else if (!floor.refusal) {
        theory_stations(theory, &floor);
        theory_routes(theory, &floor);
        name_bottleneck(theory, &floor);
    }
    theory_stocks(theory, &floor);
    return theory;
}
