/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Releases: work that starts by itself. A source gives lots at moments (a law, a rate, moments, a
 * list) or, `always`, whenever the first station would starve or a card is free. The n-th lot of a
 * source has the same luck in every arm. */
#include "quick.h"

#include <math.h>

/* ---- when ---- */
/* Thinning (Lewis and Shedler 1979): candidates come at the highest rate that there will be, and
 * each is an order with the chance rate / highest. A constant rate is its own highest, and takes
 * every candidate. */
static tick gap_drawn(const struct run *run, struct draw *draw, double mean) {
    if (UNLIKELY(run->plant->antithetic)) return law_round(-mean * log1p(-run_uniform(run, draw)));
    const struct law gap = {.kind = LAW_EXPONENTIAL, .a = mean};
    return law_ticks(&gap, draw, NULL);
}

/* Who has a calendar is open then: `every` counts open time only, and a rate holds in it. */
static bool is_open(const struct run *run, const struct source *source, tick at) {
    return source->calendar < 0 || shift_open(&run->settings.shifts[source->calendar].shift, at);
}

static tick next_open(const struct run *run, const struct source *source, tick at) {
    return is_open(run, source, at) ? at
                                    : shift_next(&run->settings.shifts[source->calendar].shift, at);
}

tick source_open_after(const struct run *run, int32_t id, tick after) {
    const struct source *source = &run->plant->sources[id];
    tick at = next_open(run, source, run->now);
    while (at != TICK_NEVER && after > 0) {
        tick closes = shift_next(&run->settings.shifts[source->calendar].shift, at);
        if (closes == TICK_NEVER) return after < TICK_NEVER - at ? at + after : TICK_NEVER;
        if (after < closes - at) return at + after;
        after -= closes - at;
        at = next_open(run, source, closes);
    }
    return at;
}

/* Orders would be missing: better none at all than too few. */
static void stop_thinning(struct run *run, const struct source *source, double rate) {
    run_stop(run, "the rate of %s rises to %.6g /h, and no more than %.6g /h was foreseen",
             source->name, rate * (double)TICK_H, source->rate_max * (double)TICK_H);
}

static tick next_of_rate(struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    const struct formula *rate = run->settings.sources[id].rate;
    struct source_state *state = &run->sources[id];
    if (!(source->rate_max > 0)) return TICK_NEVER;
    double mean = 1 / source->rate_max;
    if (rate->constant && !source->rate_changes && source->calendar < 0) {
        struct draw draw = feed_draw(&state->every);
        tick after = gap_drawn(run, &draw, mean);
        return after >= TICK_NEVER - run->now ? TICK_NEVER : run->now + after;
    }
    struct run then = {.plant = run->plant, /* what formulas see at the candidate's time */
                       .now = run->now,
                       .seed = run->seed,
                       .replication = run->replication,
                       .driver_memory = run->driver_memory,
                       .settings = run->settings};
    struct formula_env env = {.read = world_read, .context = &then};
    tick length = run->plant->length == TICK_NEVER ? 10 * TICK_Y : run->plant->length;
    tick end =
        run->plant->warm_up + length; /* a rate that has sunk to nothing is looked at no longer */
    while (then.now <= source->until && then.now <= end) {
        struct draw draw = feed_draw(&state->every);
        tick after = gap_drawn(run, &draw, mean);
        if (after >= TICK_NEVER - then.now) return TICK_NEVER;
        then.now += after;
        if (!is_open(run, source, then.now)) continue;
        double now = formula_value(rate, &env);
        if (UNLIKELY(now > source->rate_max * (1 + 1e-9))) {
            stop_thinning(run, source, now);
            return TICK_NEVER;
        }
        if (run_uniform(run, &draw) * source->rate_max < now) return then.now;
    }
    return TICK_NEVER;
}

ALWAYS_INLINE tick next_of_law(struct run *run, int32_t source) {
    struct feed *feed = &run->sources[source].every;
    const struct law *law = &run->settings.sources[source].every;
    double value;
    tick after;
    if (law_value_at_once(law, feed_word(feed), 1, &value)) {
        feed->next++;
        after = law_round(value);
    } else {
        struct draw draw = feed_draw(feed);
        struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
        after = law_ticks(law, &draw, &env);
    }
    return after == TICK_NEVER ? TICK_NEVER : run->now + after;
}

static tick source_next(struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    tick next;
    if (UNLIKELY(source->moment_count)) {
        int32_t at = run->sources[id].list_next;
        next = at < source->moment_count ? source->moments[at] : TICK_NEVER;
    } else
        next = UNLIKELY(run->settings.sources[id].rate != NULL) ? next_of_rate(run, id)
                                                                : next_of_law(run, id);
    bool waits = source->calendar >= 0 && !run->settings.sources[id].rate;
    if (UNLIKELY(waits) && next != TICK_NEVER) next = source_open_after(run, id, next - run->now);
    return next > source->until ? TICK_NEVER : next;
}

ALWAYS_INLINE void plan_at(struct run *run, int32_t id, tick next) {
    if (next != TICK_NEVER) run_plan(run, run->plant->source_slot + id, next, CLASS_DEMAND);
}

void source_plan(struct run *run, int32_t id) {
    plan_at(run, id, source_next(run, id));
}

static bool starts_at_once(const struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    return !source->list_count && !source->moment_count && !run->settings.sources[id].rate &&
           law_constant(&run->settings.sources[id].every);
}

/* Orders that come by a law, are one lot each without a due date, and find nothing that could keep
 * them outside. */
static bool source_is_straight(const struct run *run, const struct source *source,
                               const struct source_settings *settings) {
    if (!source->one_lot || source->moment_count || settings->rate || source->calendar >= 0 ||
        settings->due.kind != (int32_t)ABSENT_LAW)
        return false;
    for (int32_t i = 0; i < source->share_count; i++) {
        const struct flow *flow = &run->plant->flows[source->flow_first + i];
        int32_t station = run->plant->steps[flow->first_step].station;
        if (!flow->enters_freely || run->stations[station].room != INT32_MAX) return false;
    }
    return true;
}

void sources_start(struct run *run) {
    for (int32_t id = 0; id < run->plant->source_count; id++) {
        const struct source *source = &run->plant->sources[id];
        if (!source->is_customer)
            run->sources[id].straight = source_is_straight(run, source, &run->settings.sources[id]);
        if (run->sources[id].led) continue;
        if (source->always) {
            if (source->feeds == NOBODY) release_always(run, id);
        } else if (source->first != TICK_NEVER || starts_at_once(run, id)) {
            tick first = source->first == TICK_NEVER ? run->now : source->first;
            first = next_open(run, source, first);
            if (first <= source->until) plan_at(run, id, first);
        } else
            source_plan(run, id);
    }
}

/* ---- what ---- */
int32_t source_flow_drawn(const struct run *run, int32_t id, int64_t number) {
    const struct source *source = &run->plant->sources[id];
    struct feed *items = &run->sources[id].items;
    items->next = (uint64_t)number;
    struct draw draw = feed_draw(items);
    double u = run_uniform(run, &draw);
    const struct share *shares = run->plant->shares + source->share_first;
    int32_t i = 0;
    while (i < source->share_count - 1 && u >= shares[i].upto) i++;
    return source->flow_first + i;
}

static double law_at(const struct run *run, const struct law *law, uint64_t stream, int64_t number,
                     const struct part *part) {
    struct draw draw = draw_at(run_stream(run, stream), (uint64_t)number, 0, run->replication, 0);
    struct job job = {run, part, NOBODY};
    struct formula_env env = {.read = job_read, .context = &job, .draw = &draw};
    return law_value(law, &draw, &env);
}

static void set_due(struct run *run, const struct source *source, int32_t part, int64_t number,
                    const struct law *due) {
    tick after = law_round(law_at(run, due, source->due_stream, number, &run->parts[part]));
    if (after != TICK_NEVER) run->parts[part].due = run->now + after;
}

/* The release's own size of lots, else the item's. */
static inline int32_t lot_size(const struct run *run, int32_t id, int32_t flow) {
    int32_t lot = run->settings.sources[id].lot;
    return lot > 0 ? lot : run->settings.items[run->plant->flows[flow].item].lot;
}

ALWAYS_INLINE int32_t make_lot(struct run *run, int32_t id, int32_t flow, int32_t pieces) {
    const struct source *source = &run->plant->sources[id];
    const struct source_settings *settings = &run->settings.sources[id];
    struct source_state *state = &run->sources[id];
    int64_t number = state->number++;
    state->orders++;
    int32_t part = part_make(run, flow, source->luck + (uint64_t)number, pieces);
    run->parts[part].priority = settings->priority;
    if (UNLIKELY(settings->due.kind != (int32_t)ABSENT_LAW))
        set_due(run, source, part, number, &settings->due);
    return part;
}

static int32_t lot_of_entry(struct run *run, int32_t id, int32_t flow, int32_t pieces,
                            const struct list_entry_spec *entry) {
    int32_t part = make_lot(run, id, flow, pieces);
    if (entry && entry->priority != ABSENT_COUNT) run->parts[part].priority = entry->priority;
    if (entry && entry->due.kind != (int32_t)ABSENT_LAW)
        set_due(run, &run->plant->sources[id], part, run->sources[id].number - 1, &entry->due);
    return part;
}

/* Pieces of the next order, in lots of the item's or the release's size, the last one smaller. */
static void release_lots(struct run *run, int32_t id, int32_t flow, int64_t pieces,
                         const struct list_entry_spec *entry) {
    int32_t lot = entry && entry->pieces != ABSENT_COUNT ? entry->pieces : lot_size(run, id, flow);
    if (pieces <= 0) pieces = lot;
    for (; pieces > 0; pieces -= lot)
        floor_bring(run, id,
                    lot_of_entry(run, id, flow, pieces < lot ? (int32_t)pieces : lot, entry));
}

static int64_t pieces_drawn(struct run *run, int32_t id) {
    const struct law *size = &run->settings.sources[id].size;
    if (size->kind == (int32_t)ABSENT_LAW) return 0;
    double value =
        law_at(run, size, run->plant->sources[id].size_stream, run->sources[id].number, NULL);
    return isnan(value) ? 0 : (int64_t)llrint(value);
}

static void release_entry(struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    int32_t row = source->list_order[run->sources[id].list_next];
    const struct list_entry_spec *entry = &source->list[row];
    int32_t flow = source->flow_first;
    for (int32_t i = 0; i < source->share_count; i++)
        if (entry->item.index == run->plant->flows[source->flow_first + i].item)
            flow = source->flow_first + i;
    int64_t pieces = entry->size.given ? (int64_t)llrint(entry->size.value) : 0;
    if (source->list_steps[row] == NOBODY)
        release_lots(run, id, flow, pieces, entry);
    else {
        int32_t lot = entry->pieces != ABSENT_COUNT ? entry->pieces
                      : pieces > 0                  ? (int32_t)pieces
                                                    : lot_size(run, id, flow);
        standing_put(run, lot_of_entry(run, id, flow, lot, entry), source->list_steps[row], entry);
    }
}

void release_standing(struct run *run) {
    for (int32_t id = 0; id < run->plant->release_count; id++)
        while (run->sources[id].list_next < run->plant->sources[id].standing_count) {
            release_entry(run, id);
            run->sources[id].list_next++;
        }
}

static inline void say_release(struct run *run, int32_t id) {
    SAY(run, CLASS_DEMAND, run->plant->sources[id].name, "releases lot %lld",
        (long long)run->serial);
}

/* release_event where nothing has to be asked: see source_is_straight. */
static void release_straight(struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    struct source_state *state = &run->sources[id];
    say_release(run, id);
    int32_t flow = source_flow(run, id, state->number);
    int32_t part_id =
        part_make(run, flow, source->luck + (uint64_t)state->number, lot_size(run, id, flow));
    struct part *part = &run->parts[part_id];
    part->priority = run->settings.sources[id].priority;
    state->number++;
    state->orders++;
    part_release(run, part);
    TELL(run, released, part);
    queue_push(run, run->plant->steps[part->step].station, part_id);
    tick next = next_of_law(run, id);
    if (next <= source->until) plan_at(run, id, next);
}

/* Lists, several items, sizes, due dates, rates, doors. */
static void release_any(struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    say_release(run, id);
    if (source->list_count)
        release_entry(run, id);
    else if (source->each)
        for (int32_t i = 0; i < source->share_count; i++)
            release_lots(run, id, source->flow_first + i, pieces_drawn(run, id), NULL);
    else
        release_lots(run, id, source_flow(run, id, run->sources[id].number), pieces_drawn(run, id),
                     NULL);
    run->sources[id].list_next++;
    source_plan(run, id);
}

void release_event(struct run *run, int32_t id) {
    if (LIKELY(run->sources[id].straight))
        release_straight(run, id);
    else
        release_any(run, id);
}

/* ---- always ---- */
int32_t release_feed(struct run *run, int32_t id) {
    int32_t flow = source_flow(run, id, run->sources[id].number);
    int32_t part = make_lot(run, id, flow, lot_size(run, id, flow));
    part_release(run, &run->parts[part]);
    TELL(run, released, &run->parts[part]);
    if (UNLIKELY(run->plant->flows[flow].extra)) extra_released(run, part);
    if (UNLIKELY(run->plant->kit_use_count)) kits_begin(run, part, NOBODY);
    return part;
}

void release_always(struct run *run, int32_t id) {
    int32_t flow = source_flow(run, id, run->sources[id].number);
    door_push(run, id, make_lot(run, id, flow, lot_size(run, id, flow)));
}
