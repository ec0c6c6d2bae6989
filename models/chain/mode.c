/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a way costs and how long it takes, and which of the modes of a lane is taken: the best by a
 * rule, or the one that an expression names. A mode that is closed is not taken while another is
 * open, whoever names it. */
#include "lane.h"
#include "../floor/quick.h"

#include <math.h>

/* ---- what it costs, and how long it takes ---- */
double cargo_freight(const struct run *run, const struct way *way, const struct cargo *cargo) {
    const struct item *item = &run->plant->items[cargo->item];
    double units = (double)cargo->amount / 1000;
    return way->order_cost + units * (way->unit_cost + way->mass_cost * item->weight +
                                      way->volume_cost * item->volume);
}

double cargo_tariff(const struct run *run, const struct way *way, const struct cargo *cargo) {
    return (double)cargo->amount / 1000 * way->tariff *
           item_worth(run->plant, &run->settings, cargo->item);
}

int64_t cargo_size(const struct run *run, const struct way *way, const struct cargo *cargo) {
    if (way->size == SIZE_UNITS) return cargo->amount;
    return llrint((double)cargo->amount * item_size(&run->plant->items[cargo->item], way->size));
}

int64_t way_loads(const struct way *way, int64_t size) {
    return size > way->load ? (size + way->load - 1) / way->load : 1;
}

static double way_expected(const struct run *run, int32_t way) {
    struct formula_env env = {.read = world_read, .context = run};
    return law_expected(&run->settings.ways[way].time, &env);
}

double lane_expected(const struct run *run, int32_t id) {
    const struct lane *lane = &run->plant->lanes[id];
    double least = way_expected(run, lane->way_first);
    for (int32_t i = 1; i < lane->way_count; i++)
        least = fmin(least, way_expected(run, lane->way_first + i));
    return least;
}

/* As if it went alone. */
static double way_cost(const struct run *run, int32_t id, const struct cargo *cargo) {
    const struct way *way = &run->plant->ways[id];
    return cargo_freight(run, way, cargo) + cargo_tariff(run, way, cargo) +
           way->load_cost * (double)way_loads(way, cargo_size(run, way, cargo));
}

/* ---- rules that pick ---- */
bool way_is_closed(const struct run *run, int32_t way) {
    const int32_t *stopped = run->ways[way].stopped;
    return UNLIKELY(stopped[OUTAGE_ORDERS] > 0 || stopped[OUTAGE_SHIPMENTS] > 0);
}

bool way_is_open(const struct run *run, int32_t way) {
    int32_t calendar = run->plant->ways[way].calendar;
    return !way_is_closed(run, way) && (calendar == NOBODY || run->shift_is_open[calendar]);
}

static double score(const struct run *run, enum mode_rule rule, int32_t id,
                    const struct cargo *cargo) {
    return rule == MODE_FASTEST ? way_expected(run, id) : way_cost(run, id, cargo);
}

/* One that is open, if any is. */
static int32_t picked(const struct run *run, const struct lane *lane, enum mode_rule rule,
                      const struct cargo *cargo) {
    int32_t best = lane->way_first;
    double least = score(run, rule, best, cargo);
    bool closed = way_is_closed(run, best);
    for (int32_t id = best + 1; id < lane->way_first + lane->way_count; id++) {
        double value = score(run, rule, id, cargo);
        bool is_closed = way_is_closed(run, id);
        if (is_closed == closed ? !(value < least) : is_closed) continue;
        best = id;
        least = value;
        closed = is_closed;
    }
    return best;
}

/* The first written that is open in place of one that is not; itself if none is. */
static int32_t open_instead(const struct run *run, const struct lane *lane, int32_t id) {
    if (LIKELY(!way_is_closed(run, id))) return id;
    for (int32_t i = lane->way_first; i < lane->way_first + lane->way_count; i++)
        if (!way_is_closed(run, i)) return i;
    return id;
}

/* ---- an expression that names a mode ---- */
struct mode_view {
    struct run *run;
    const struct lane *lane;
    const struct cargo *cargo;
};

/* Modes are the hashes of their names. */
static double mode_read(const void *context, int32_t what, int32_t index) {
    const struct mode_view *view = context;
    const struct plant *plant = view->run->plant;
    if (what == FORMULA_LOOSE) return index;
    if (what == MODE_PIECES) return (double)view->cargo->amount / 1000;
    if (what < MODE_NAME_COUNT) return world_read(view->run, what, index);
    enum mode_rule rule = (enum mode_rule)(what - MODE_NAME_COUNT);
    return plant->ways[picked(view->run, view->lane, rule, view->cargo)].mode;
}

static int32_t named(struct run *run, const struct lane *lane, const struct cargo *cargo,
                     const struct formula *choose) {
    struct draw draw = draw_at(run_stream(run, lane->choose_stream), cargo->luck, cargo->number,
                               run->replication, 0);
    struct mode_view view = {run, lane, cargo};
    struct formula_env env = {.read = mode_read, .context = &view, .draw = &draw};
    seen_by(run, choose);
    double mode = formula_value(choose, &env);
    for (int32_t id = lane->way_first; id < lane->way_first + lane->way_count; id++)
        if ((double)run->plant->ways[id].mode == mode) return open_instead(run, lane, id);
    run_stop(run, "`choose` of lane %s gives no mode of it: %s", lane->name, choose->text);
    return lane->way_first;
}

int32_t lane_way(struct run *run, int32_t id, const struct cargo *cargo) {
    const struct lane *lane = &run->plant->lanes[id];
    const struct lane_settings *settings = &run->settings.lanes[id];
    if (lane->way_count == 1) return lane->way_first;
    return settings->choose == MODE_RULE_COUNT
               ? named(run, lane, cargo, settings->choose_formula)
               : picked(run, lane, (enum mode_rule)settings->choose, cargo);
}

double lane_cost(struct run *run, int32_t lane, int32_t item, int64_t amount) {
    const struct cargo cargo = {.kind = CARGO_DELIVERY, .item = item, .amount = amount};
    return way_cost(run, lane_way(run, lane, &cargo), &cargo);
}
