/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items with several routes: each lot goes one of them.
 *
 * A lot chooses when it comes onto the floor: at its door, every time that it is tried there, so
 * that one that had to wait chooses by what is there when it comes in. As with the stations of a
 * step (place.c), a rule looks only at routes that begin where there is room, and of these first at
 * those whose cards are free; who finds none waits for room at any of them. `share` and an
 * expression that names a route say where to go, room or not. */
#include "quick.h"

#include <math.h>

/* ---- the beginning of a route ---- */
/* The first step of the route that the lot does, or NOBODY. */
static int32_t begins(const struct run *run, const struct part *part, const struct route *route) {
    const struct step *step = &run->plant->steps[route->first_step];
    if (!run->plant->items[step->item].chooses) return route->first_step;
    return choice_ahead(run, part, route->first_step);
}

/* At the station where it begins; of several, at the best of them. */
static double least_at(const struct run *run, int32_t at,
                       double measure(const struct run *, int32_t station)) {
    const struct step *step = &run->plant->steps[at];
    double least = step->place_count ? INFINITY : measure(run, step->station);
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        least = fmin(least, measure(run, run->plant->steps[i].station));
    return least;
}

static double not_at_once(const struct run *run, int32_t station) {
    return !place_able(run, station);
}

static double no_room(const struct run *run, int32_t station) {
    return !floor_has_room(run, station);
}

static bool has_cards(struct run *run, struct part *part, int32_t at) {
    const struct step *step = &run->plant->steps[at];
    bool any = false;
    part->step = at;
    if (step->place_count == 0) any = cards_free(run, part);
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++) {
        part->step = i;
        any |= floor_has_room(run, run->plant->steps[i].station) && cards_free(run, part);
    }
    return any;
}

/* ---- rules ---- */
/* Work to be expected on the route, at the cost of its stations or (COSTS false) as it is. */
static double whole(const struct run *run, const struct part *part, int32_t first, bool costs) {
    double sum = 0;
    for (int32_t at = first; at < plant_route_end(run->plant, first); at++) {
        const struct step_settings *settings = &run->settings.steps[at];
        double work = standard_here(run, part, at);
        if (costs) work *= run->settings.stations[run->plant->steps[at].station].work_cost_per_tick;
        if (costs) work += (double)settings->piece_cost_micro * part->pieces / 1e6;
        sum += settings->sample * work;
    }
    return sum;
}

/* The least goes first. AT: where it begins. */
static double score(const struct run *run, const struct part *part, enum route_rule rule,
                    const struct route *route, int32_t at) {
    switch (rule) {
    case ROUTE_FASTEST: return whole(run, part, route->first_step, false);
    case ROUTE_CHEAPEST: return whole(run, part, route->first_step, true);
    case ROUTE_SHORTEST_QUEUE: return at == NOBODY ? 0 : least_at(run, at, place_lots);
    case ROUTE_LEAST_WORK: return at == NOBODY ? 0 : least_at(run, at, place_work);
    case ROUTE_FIRST_ABLE:
        if (at == NOBODY || least_at(run, at, not_at_once) == 0) return -1;
        return least_at(run, at, place_lots);
    case ROUTE_SHARE:
    case ROUTE_RULE_COUNT: break;
    }
    return 0;
}

static struct draw draw_of(const struct run *run, const struct part *part, const struct item *item,
                           uint64_t what) {
    return draw_at(run_stream(run, item->choose_stream), part->luck, 0, run->replication, what);
}

static int32_t drawn(const struct run *run, const struct part *part, const struct item *item) {
    struct draw draw = draw_of(run, part, item, 0);
    double u = run_uniform(run, &draw);
    int32_t route = item->route_first, last = route + item->route_count - 1;
    while (route < last && u >= run->plant->routes[route].upto) route++;
    return route;
}

static int32_t least(struct run *run, struct part *part, const struct item *item,
                     enum route_rule rule) {
    int32_t best = NOBODY;
    bool best_cards = false;
    double best_score = 0;
    for (int32_t i = item->route_first; i < item->route_first + item->route_count; i++) {
        const struct route *route = &run->plant->routes[i];
        int32_t at = begins(run, part, route);
        if (at != NOBODY && least_at(run, at, no_room) > 0) continue;
        bool cards = at == NOBODY || has_cards(run, part, at);
        double its = score(run, part, rule, route, at);
        if (best != NOBODY && (cards != best_cards ? best_cards : !(its < best_score))) continue;
        best = i;
        best_cards = cards;
        best_score = its;
    }
    return best;
}

static int32_t picked(struct run *run, struct part *part, const struct item *item,
                      enum route_rule rule) {
    return rule == ROUTE_SHARE ? drawn(run, part, item) : least(run, part, item, rule);
}

/* ---- an expression that names a route ---- */
struct route_view {
    struct job job;
    struct run *run;
    struct part *part;
    const struct item *item;
    bool *full;
};

/* Routes are the hashes of their names. */
static double route_read(const void *context, int32_t what, int32_t index) {
    const struct route_view *view = context;
    int32_t rule = what - JOB_NAME_COUNT;
    if (what == FORMULA_LOOSE) return index;
    if (rule < 0 || rule >= ROUTE_RULE_COUNT) return job_read(&view->job, what, index);
    int32_t at = view->part->step;
    int32_t route = picked(view->run, view->part, view->item, (enum route_rule)rule);
    view->part->step = at;
    *view->full |= route == NOBODY;
    return route == NOBODY ? NAN : (double)world_name_hash(view->run->plant->routes[route].name);
}

static int32_t named(struct run *run, struct part *part, const struct item *item,
                     const struct formula *choose) {
    bool full = false;
    struct route_view view = {{run, part, NOBODY}, run, part, item, &full};
    struct draw draw = draw_of(run, part, item, 1);
    struct formula_env env = {.read = route_read, .context = &view, .draw = &draw};
    double hash = formula_value(choose, &env);
    for (int32_t i = item->route_first; i < item->route_first + item->route_count; i++)
        if ((double)world_name_hash(run->plant->routes[i].name) == hash) return i;
    if (!full)
        run_stop(run, "`choose` of item %s gives no route of it: %s", item->name, choose->text);
    return NOBODY;
}

bool route_found(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    int32_t self = run->plant->flows[part->flow].item;
    const struct item *item = &run->plant->items[self];
    const struct item_settings *settings = &run->settings.items[self];
    part->step = item->first_step;
    int32_t given = run->plant->flows[part->flow].route;
    int32_t route = given != NOBODY ? given
                    : settings->choose == ROUTE_RULE_COUNT
                        ? named(run, part, item, settings->choose_formula)
                        : picked(run, part, item, (enum route_rule)settings->choose);
    part->step = route == NOBODY ? item->first_step : begins(run, part, &run->plant->routes[route]);
    return route != NOBODY;
}

/* ---- who waits for a card ---- */
static bool takes(struct run *run, int32_t id, int32_t at, int32_t loop) {
    struct part *part = &run->parts[id];
    part->step = at;
    return cards_need(run, part, loop) && cards_free(run, part);
}

static bool by_rule(int32_t choose, int32_t share, int32_t count) {
    return choose != share && choose != count;
}

/* Might a rule send the lot to this step, when it is tried anew? */
static bool may_go(const struct run *run, const struct part *part, bool outside, int32_t at) {
    const struct plant *plant = run->plant;
    int32_t written = plant->steps[at].written, self = plant->steps[at].item;
    const struct item *item = &plant->items[self];
    if (plant->steps[at].place_count || !floor_has_room(run, plant->steps[at].station))
        return false;
    if (at != written &&
        !by_rule(run->settings.steps[written].choose, PLACE_SHARE, PLACE_RULE_COUNT))
        return false;
    if (written == plant->steps[part->step].written) return at != written;
    if (!outside || plant->flows[part->flow].route != NOBODY ||
        !by_rule(run->settings.items[self].choose, ROUTE_SHARE, ROUTE_RULE_COUNT))
        return false;
    for (int32_t i = item->route_first; i < item->route_first + item->route_count; i++)
        if (begins(run, part, &plant->routes[i]) == written) return true;
    return false;
}

bool routing_takes(struct run *run, int32_t id, bool outside, int32_t loop) {
    const struct plant *plant = run->plant;
    int32_t was = run->parts[id].step;
    if (was == NOBODY) return false;
    if (takes(run, id, was, loop)) return true;
    const struct item *item = &plant->items[plant->steps[was].item];
    int32_t end = item->first_step + item->step_count;
    if (item->pool == NOBODY && plant->steps[was].pool == NOBODY) return false;
    for (int32_t at = item->first_step; at < end; at++) {
        run->parts[id].step = was;
        if (may_go(run, &run->parts[id], outside, at) && takes(run, id, at, loop)) return true;
    }
    run->parts[id].step = was;
    return false;
}
