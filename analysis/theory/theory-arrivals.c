/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theory-arrivals.h"

#include <math.h>
#include <stdlib.h>

/* ---- what is so at this station ---- */

/* The only name in a rule, with a minus before it or not; JOB_NAME_COUNT for a longer expression.
 */
static int32_t key_name(const struct queue_key *key, bool *negative) {
    const struct formula_op *ops = key->formula->ops;
    int32_t count = key->formula->op_count;
    *negative = count == 2 && ops[1].code == FORMULA_NEGATE;
    bool single = ops[0].code == FORMULA_VARIABLE && ops[0].what >= 0 && count - *negative == 1;
    return single ? ops[0].what : JOB_NAME_COUNT;
}

enum service station_service(const struct floor *floor, int32_t id) {
    const struct queue_rule *rule = &floor->plant->settings.stations[id].rule;
    const struct station *station = &floor->plant->stations[id];
    if (station->preempt || station->reserve) return SERVICE_OTHER;
    if (rule->key_count == 0) return SERVICE_FIFO;
    bool negative;
    switch (key_name(&rule->keys[0], &negative)) {
    case JOB_ARRIVED:
    case JOB_SERIAL:
    case JOB_RANDOM: return SERVICE_BLIND;
    case JOB_DUE:
    case JOB_RELEASED: return floor->stations[id].alike ? SERVICE_BLIND : SERVICE_OTHER;
    case JOB_PRIORITY: return rule->key_count == 1 ? SERVICE_PRIORITY : SERVICE_OTHER;
    case JOB_WORK_HERE: return negative ? SERVICE_OTHER : SERVICE_SHORTEST;
    default: return SERVICE_OTHER;
    }
}

bool station_exponential(const struct floor *floor, int32_t id) {
    const struct floor_station *facts = &floor->stations[id];
    return facts->alike && facts->first >= 0 &&
           floor->visits[facts->first].law.kind == LAW_EXPONENTIAL;
}

bool station_set_up(const struct floor *floor, int32_t id) {
    const struct floor_station *facts = &floor->stations[id];
    return floor->plant->stations[id].has_setup && facts->busy > facts->rate * facts->natural.mean;
}

/* Something of the station that keeps every formula from being exact. */
const char *station_disturbed(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct floor_station *facts = &floor->stations[id];
    if (floor->doubt) return floor->doubt;
    if (facts->unknown) return facts->unknown;
    if (facts->blocked_by != NOBODY)
        return arena_text(floor->arena, "%s has little room and blocks it",
                          plant->stations[facts->blocked_by].name);
    return NULL;
}

/* Why a station does not let a Poisson stream go again as one, in product form; NULL when it
 * does. */
const char *station_opaque(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    const struct floor_station *facts = &floor->stations[id];
    const char *disturbed = station_disturbed(floor, id), *how = NULL;
    if (disturbed) return disturbed;
    if (facts->unclear) how = "has work that no formula knows";
    if (station->calendar != NOBODY) how = "closes by its calendar";
    if (station->has_batch) how = "works in batches";
    if (station->stop_count) how = "fails";
    if (station_set_up(floor, id)) how = "is set up";
    if (plant->settings.stations[id].room != INT32_MAX) how = "has little room before it";
    if (!how && !station->unlimited && facts->natural.mean > 0) {
        if (facts->load >= 1) how = "has more work than it can do";
        if (station_service(floor, id) != SERVICE_FIFO) how = "is not first come, first served";
        if (!station_exponential(floor, id)) how = "has work that is not exponential alike for all";
    }
    return how ? arena_text(floor->arena, "%s %s", station->name, how) : NULL;
}

/* ---- what comes to it ---- */

/* Orders of a stock that is refilled one for one come as its customers do. */
static const char *stock_stream(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct stock *stock = &plant->stocks[id];
    struct arena *arena = floor->arena;
    const struct stock_settings *settings = &plant->settings.stocks[id];
    bool one_for_one = settings->policy == REORDER_BASE_STOCK && settings->every == 0;
    for (int32_t s = 0; s < plant->stock_count; s++)
        for (int32_t o = 0; o < plant->stocks[s].origin_count; o++) {
            const struct origin *origin = &plant->origins[plant->stocks[s].origin_first + o];
            if (origin->kind == FROM_STOCK && origin->index == id) one_for_one = false;
        }
    for (int32_t c = plant->release_count; c < plant->source_count && one_for_one; c++) {
        const struct customer_settings *customer =
            &plant->settings.customers[plant->sources[c].index];
        if (plant->sources[c].from != id) continue;
        one_for_one = plant->settings.sources[c].rate &&
                      plant->settings.sources[c].rate->constant &&
                      plant->settings.sources[c].size.kind == (int32_t)ABSENT_LAW &&
                      (customer->if_short == SHORT_WAIT || customer->if_short == SHORT_PART_WAIT);
    }
    return one_for_one ? NULL
                       : arena_text(arena, "orders of stock %s are no Poisson stream", stock->name);
}

/* Parts made for lots come as these lots do: one each, if a lot needs one lot of them, and no two
 * lots of its parts go to the same station. */
static const char *part_stream(const struct floor *floor, const struct flow *parts, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct kit_use *use = &plant->kit_uses[parts->kit_use];
    int32_t together = 0, users = 0;
    for (int32_t v = 0; v < floor->visit_count; v++) {
        const struct flow *flow = &plant->flows[floor->visits[v].flow];
        bool kit = flow->kit_use != NOBODY && plant->kit_uses[flow->kit_use].user == use->user;
        together += kit && floor->visits[v].station == id;
    }
    for (int32_t f = 0; f < plant->flow_count; f++) {
        const struct flow *flow = &plant->flows[f];
        if (flow->item != use->user) continue;
        double cv2, pieces;
        if (flow->source == NOBODY || floor_source_stream(floor, flow->source, &cv2))
            return "lots that parts are made for are no Poisson stream";
        load_flow_lots(plant, f, &pieces);
        if ((double)use->amount * pieces > 1000.0 * plant->settings.items[parts->item].lot)
            return "several lots of parts are made for one lot";
        users++;
    }
    return together == 1 && users ? NULL : "parts that are made for a lot come together";
}

static const char *streams_at(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    for (int32_t s = 0; s < plant->source_count; s++) {
        double cv2;
        if (floor->from_source[(ptrdiff_t)s * plant->station_count + id] <= 0) continue;
        const char *why = floor_source_stream(floor, s, &cv2);
        if (why) return why;
    }
    for (int32_t v = 0; v < floor->visit_count; v++) {
        const struct flow *flow = &plant->flows[floor->visits[v].flow];
        if (floor->visits[v].station != id) continue;
        if (plant->items[flow->item].kits) return "lots come when their parts are made";
        if (flow->source != NOBODY) continue;
        const char *why =
            flow->stock == NOBODY ? part_stream(floor, flow, id) : stock_stream(floor, flow->stock);
        if (why) return why;
    }
    return NULL;
}

/* Marks all stations that feed this one, directly or not; itself, when work comes back. */
static void mark_upstream(const struct floor *floor, int32_t id, bool *upstream) {
    int32_t count = floor->plant->station_count;
    bool *seen = memory_zeroed((size_t)count, sizeof *seen);
    seen[id] = true;
    for (bool again = true; again;) {
        again = false;
        for (int32_t to = 0; to < count; to++)
            for (int32_t from = 0; seen[to] && from < count; from++)
                if (!upstream[from] && floor->flows[(ptrdiff_t)from * count + to] > 0)
                    upstream[from] = seen[from] = again = true;
    }
    free(seen);
}

struct arrivals station_arrivals(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    bool *upstream = memory_zeroed((size_t)plant->station_count, sizeof *upstream);
    mark_upstream(floor, id, upstream);
    struct arrivals arrivals = {
        .why = streams_at(floor, id), .alone = true, .feedback = upstream[id]};
    for (int32_t s = 0; s < plant->station_count; s++) {
        if (!upstream[s]) continue;
        arrivals.alone = false;
        if (!arrivals.why) arrivals.why = streams_at(floor, s);
        if (!arrivals.why) arrivals.why = station_opaque(floor, s);
    }
    free(upstream);
    return arrivals;
}
