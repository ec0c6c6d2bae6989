/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps with several stations, of which each lot goes to one: see floor/place.c. */
#include "build.h"

#include <math.h>
#include <string.h>

int32_t build_place_count(const struct step_spec *spec) {
    return spec->at.count > 1 ? spec->at.count : 0;
}

/* ---- the rule ---- */
/* Are the shares of the stations given? A fault when only some are. */
static bool has_shares(struct build *build, const struct step_spec *spec) {
    const struct share_spec *at = spec->at.things;
    int32_t given = 0;
    for (int32_t i = 0; i < spec->at.count; i++) given += !isnan(at[i].share);
    if (given > 0 && given < spec->at.count)
        fault_error(build->faults, spec->thing.place, "at: {a: 70 %, b: 30 %}",
                    "only some stations of step '%s' have a share", spec->thing.name);
    return given == spec->at.count;
}

/* What lots of the step are to be expected at each station. Where a rule decides, it is taken that
 * each station gets as much as its machines are of all. */
static void build_shares_of(struct build *build, int32_t self, bool given) {
    struct plant *plant = build->plant;
    const struct step *step = &plant->steps[self];
    const struct share_spec *at = step->spec->at.things;
    double sum = 0, so_far = 0;
    for (int32_t pass = 0; pass < 2; pass++)
        for (int32_t i = 0; i < step->place_count; i++) {
            struct step *place = &plant->steps[step->place_first + i];
            double weight = given ? at[i].share
                            : plant->settings.steps[self].choose == PLACE_SHARE
                                ? 1
                                : fmax(1, plant->stations[place->station].machine_count);
            if (pass == 0) sum += weight;
            if (pass == 1) place->place_upto = (so_far += weight / sum);
        }
    if (!(sum > 0))
        fault_error(build->faults, step->spec->thing.place, NULL,
                    "the shares of the stations of step '%s' are all 0", step->name);
}

int32_t build_rule_alone(const struct formula *formula, int32_t first, int32_t count) {
    const struct formula_op *op = formula->ops;
    bool alone = formula->op_count == 1 && op->code == FORMULA_VARIABLE;
    int32_t rule = op->what - first;
    return alone && rule >= 0 && rule < count ? rule : count;
}

static bool is_station_of(const struct plant *plant, const struct step *step, int32_t station) {
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        if (plant->steps[i].station == station) return true;
    return false;
}

/* Every station in the expression is one of the step. */
static void check_names(struct build *build, int32_t self, const struct formula *formula) {
    const struct step *step = &build->plant->steps[self];
    bool names = false;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        if (op->code != FORMULA_VARIABLE) continue;
        bool is_station = op->what == FORMULA_THING - SECTION_STATIONS;
        int32_t rule = op->what - JOB_NAME_COUNT;
        names |= is_station || (rule >= 0 && rule < PLACE_RULE_COUNT);
        if (is_station && !is_station_of(build->plant, step, op->index))
            fault_error(build->faults, step->spec->thing.place, "write it in its `at`",
                        "`choose` of step '%s' names what is no station of it: %s", step->name,
                        formula->text);
    }
    if (!names)
        fault_error(build->faults, step->spec->thing.place,
                    "choose: if pieces > 10 then large else small",
                    "`choose` of step '%s' names no station: %s", step->name, formula->text);
}

/* Without a lane or a site nobody knows what is near. */
static void check_near(struct build *build, int32_t self, int32_t rule) {
    const struct plant *plant = build->plant;
    const struct step *step = &plant->steps[self];
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        if (rule == PLACE_NEAREST && plant->station_spots[plant->steps[i].station] == SPOT_ANY) {
            fault_error(build->faults, step->spec->thing.place, "choose: shortest-queue",
                        "it is not known where '%s' stands, and step '%s' goes to the nearest",
                        plant->stations[plant->steps[i].station].name, step->name);
            return;
        }
}

void build_choose(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct step *step = &plant->steps[self];
    const struct step_spec *spec = step->spec;
    const struct formula *formula = spec->choose.formula;
    struct step_settings *settings = &plant->settings.steps[self];
    settings->choose = PLACE_SHORTEST_QUEUE;
    if (step->place_count == 0) {
        if (formula || (spec->at.count && has_shares(build, spec)))
            fault_error(build->faults, spec->thing.place, "at: [a, b]",
                        "step '%s' has one station, so there is nothing to choose",
                        spec->thing.name);
        return;
    }
    bool given = has_shares(build, spec);
    settings->choose_formula = formula;
    settings->choose = formula ? build_rule_alone(formula, JOB_NAME_COUNT, PLACE_RULE_COUNT)
                       : given ? PLACE_SHARE
                               : PLACE_SHORTEST_QUEUE;
    if (given && settings->choose != PLACE_SHARE && settings->choose != PLACE_RULE_COUNT)
        fault_error(build->faults, spec->thing.place, "choose: share, or leave out the shares",
                    "step '%s' has shares for its stations, and does not choose by them",
                    spec->thing.name);
    if (settings->choose == PLACE_RULE_COUNT) check_names(build, self, formula);
    check_near(build, self, settings->choose);
    build_shares_of(build, self, given);
    plant->chance |= settings->choose == PLACE_SHARE || (formula && formula->draw_count > 0) ||
                     (formula && strstr(formula->text, "share"));
    plant->items[step->item].extra = true;
}

/* ---- pools ---- */
static bool holds(const struct plant *plant, const struct pool *pool, int32_t station) {
    for (int32_t i = pool->first; i < pool->first + pool->count; i++)
        if (plant->pool_stations[i] == station) return true;
    return false;
}

/* No machine is kept for lots of WHO that may still go elsewhere; NULL: none of them was on its way
 * before. */
static void add_station(struct build *build, struct pool *pool, int32_t station,
                        const struct thing *who) {
    struct plant *plant = build->plant;
    plant->stations[station].pooled = true;
    if (holds(plant, pool, station)) return;
    plant->pool_stations[pool->first + pool->count++] = station;
    if (who && plant->stations[station].reserve)
        fault_error(build->faults, who->place, "leave out `reserve`",
                    "station '%s' keeps machines for lots on their way, and those of '%s' may "
                    "still go elsewhere",
                    plant->stations[station].name, who->name);
}

/* The stations that a lot may go to when it comes to this step. */
static void add_step(struct build *build, struct pool *pool, int32_t at, const struct thing *who) {
    const struct step *step = &build->plant->steps[at];
    if (step->place_count == 0) add_station(build, pool, step->station, who);
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        add_station(build, pool, build->plant->steps[i].station, who);
}

/* Who chooses among the same stations waits for room there in one line. */
static int32_t pool_of(struct plant *plant, const struct pool *wanted) {
    for (int32_t i = 0; i < plant->pool_count; i++) {
        bool same = plant->pools[i].count == wanted->count;
        for (int32_t s = wanted->first; s < wanted->first + wanted->count && same; s++)
            same = holds(plant, &plant->pools[i], plant->pool_stations[s]);
        if (same) return i;
    }
    plant->pools[plant->pool_count] = *wanted;
    return plant->pool_count++;
}

void build_pools(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, pools, plant->step_count + plant->item_count);
    BUILD_TAKE(build, pool_stations, 2 * plant->step_count);
    if (build->faults->error_count) return; /* a route may be empty */
    int32_t used = 0;
    for (int32_t at = 0; at < plant->step_count; at++) {
        struct step *step = &plant->steps[at];
        struct pool pool = {used, 0};
        if (step->place_count == 0) continue;
        add_step(build, &pool, at, &step->spec->thing);
        step->pool = pool_of(plant, &pool);
        used += pool.count;
    }
    for (int32_t i = 0; i < plant->item_count; i++) {
        struct item *item = &plant->items[i];
        struct pool pool = {used, 0};
        item->pool = NOBODY;
        if (item->route_count == 0) continue;
        for (int32_t r = item->route_first; r < item->route_first + item->route_count; r++)
            add_step(build, &pool, plant->routes[r].first_step, NULL);
        item->pool = pool_of(plant, &pool);
        used += pool.count;
    }
}

/* ---- places are as their steps ---- */
/* What was found out about a step as written after it was built. */
void build_places(struct build *build) {
    struct plant *plant = build->plant;
    enum { OF_THE_STEP = STEP_LIMITED | STEP_QUALITY | STEP_KIT };
    for (int32_t at = 0; at < plant->step_count; at++) {
        struct step *place = &plant->steps[at];
        const struct step *step = &plant->steps[place->written];
        if (place->written == at) continue;
        place->flags |= step->flags & (uint32_t)OF_THE_STEP;
        place->quality = step->quality;
        place->bad_stream = step->bad_stream;
        place->kit_first = step->kit_first;
        place->kit_count = step->kit_count;
    }
}
