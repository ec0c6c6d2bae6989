/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of items, their routes, and of what starts work: releases and customers. */
#include "rows.h"

static const struct field choice_fields[] = {
    FIELD(use, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(use, amount, AMOUNT, MAIN, "1", 0, 1e9, NULL, "Needed for one unit."),
    FIELD(use, from, NONE, OPTIONAL, NULL, 0, 0, &target_stock,
          "Stock that it is taken from; by itself the one that holds the item, of several that of "
          "the station's site."),
};
static const struct rows choice_rows =
    ROWS_OF_NAMES(use, choice_fields, NULL, "What may be used instead.", &target_item);

static const struct field use_fields[] = {
    FIELD(use, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(use, amount, AMOUNT, MAIN, "1", 0, 1e9, NULL, "Needed for one unit."),
    FIELD(use, from, NONE, OPTIONAL, NULL, 0, 0, &target_stock,
          "Stock that it is taken from; by itself the one that holds the item, of several that of "
          "the station's site. An item that has a route and that no stock holds is made for each "
          "lot."),
    FIELD(use, or, NONE, FIXED, "{}", 0, 0, &choice_rows,
          "What is taken instead when there is not enough, in this order."),
};
const struct rows use_rows = ROWS_OF_NAMES(use, use_fields, NULL, "A part needed.", &target_item);

static const struct field make_fields[] = {
    FIELD(make, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(make, amount, AMOUNT, MAIN, "1", 0, 1e9, NULL, "Comes out of each piece."),
    FIELD(make, to, NONE, OPTIONAL, NULL, 0, 0, &target_stock,
          "Stock that it goes to; by itself the one that holds the item, of several that of the "
          "station's site."),
};
static const struct rows make_rows =
    ROWS_OF_NAMES(make, make_fields, NULL, "What comes out beside the item.", &target_item);

static const struct field share_fields[] = {
    FIELD(share, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(share, share, SHARE, MAIN, "100 %", 0, 1e9, NULL,
          "Share; shares are relative to their sum."),
};
const struct rows item_share_rows =
    ROWS_OF_NAMES(share, share_fields, NULL, "An item and its share.", &target_item_or_each);
static const struct field origin_fields[] = {
    FIELD(share, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(share, share, SHARE, MAIN | LIVE, "100 %", 0, 1e9, NULL,
          "Share; shares are relative to their sum."),
};
const struct rows source_share_rows =
    ROWS_OF_NAMES(share, origin_fields, NULL, "A source and its share.", &target_source);
static const struct rows customer_source_rows = ROWS_OF_NAMES(
    share, share_fields, NULL, "A source of a customer, and its share.", &target_customer_source);
static const struct field instead_fields[] = {
    FIELD(share, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(share, share, SHARE, FIXED | MAIN, "100 %", 0, 1, NULL, "Share of those who take it."),
};
static const struct rows instead_rows =
    ROWS_OF_NAMES(share, instead_fields, NULL, "An item taken instead.", &target_item);
static const struct field place_fields[] = {
    FIELD(share, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(share, share, SHARE, FIXED | MAIN | OPTIONAL, NULL, 0, 1e9, NULL,
          "Share of the lots that go there; shares are relative to their sum."),
};
static const struct rows place_rows =
    ROWS_OF_NAMES(share, place_fields, NULL, "A station of a step.", &target_station);
static const struct field branch_fields[] = {
    FIELD(share, share, SHARE, MAIN, "100 %", 0, 1, NULL,
          "Share; shares are relative to their sum."),
};
const struct rows branch_rows =
    ROWS(share, branch_fields, NULL, "A next step, or `out`, and its share.");

static const struct scope_name place_names[] = {
#define X(name, word, help) {word, JOB_NAME_COUNT + PLACE_##name, {0}, help, NULL},
    PLACE_RULES(X)
#undef X
};
const struct scope place_scope = {"choose of a step", PLACE_RULE_COUNT, place_names, &job_scope,
                                  &target_station};

static const struct word rework_thens[] = {{"scrap", "it is lost"},
                                           {"pass", "it goes on as it is"}};
static const struct words rework_then_words = WORDS(rework_thens);

static const struct word bads[] = {{"bad", "lots in which the inspection finds bad pieces"}};
static const struct words bad_words = WORDS(bads);
static const struct field rework_fields[] = {
    FIELD(rework, share, SHARE, LIVE | MAIN, NULL, 0, 1, &bad_words,
          "Share of the lots that are worked again; or those that the step's `inspect` finds bad: "
          "they are made good."),
    FIELD(rework, to, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Step to go back to; by itself this one."),
    FIELD(rework, times, COUNT, LIVE, "1000000", 0, 1e6, NULL, "Most times for one lot."),
    FIELD(rework, then, NONE, LIVE, "scrap", 0, 0, &rework_then_words,
          "What becomes of it after that."),
};
static const struct rows rework_rows =
    ROWS(rework, rework_fields, NULL, "Work that is done again.");

static const struct field step_setup_fields[] = {
    FIELD(step_setup, time, TIME, LIVE | MAIN, NULL, 0, 0, NULL, "How long it takes."),
    FIELD(step_setup, cost, MONEY, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Its cost; by itself the station's."),
};
static const struct rows step_setup_rows =
    ROWS(step_setup, step_setup_fields, NULL, "How a machine is set up for a step.");
static const struct field limit_fields[] = {
    FIELD(limit, time, TIME, LIVE | MAIN, NULL, 0, 0, &job_scope,
          "It must start before so much time has passed"),
    FIELD(limit, of, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "since the end of this step, or since the `release`; by itself the step written before."),
    /* `else` is no name for a member in C. */
    {"else", offsetof(struct limit_spec, otherwise), SHAPE_TEXT, UNIT_NONE, FIXED, "report", 0, 0,
     NULL,
     "If it has not: `report` counts it, `scrap` loses it, `out` lets it leave unfinished, a step "
     "is where it goes instead."},
};
static const struct rows limit_rows =
    ROWS_NAMED("start-within", limit, limit_fields,
               "How long a lot may wait for a step: a limit or patience.");

static const struct field measure_fields[] = {
    FIELD(measure, value, ANY, LIVE, NULL, 0, 0, &job_scope, "What is measured, of each piece."),
    FIELD(measure, low, ANY, LIVE | OPTIONAL, NULL, 0, 0, NULL, "A piece with less is bad."),
    FIELD(measure, high, ANY, LIVE | OPTIONAL, NULL, 0, 0, NULL, "A piece with more is bad."),
};
static const struct rows measure_rows =
    ROWS(measure, measure_fields, NULL, "A measured value and its limits.");

static const struct field inspect_fields[] = {
    FIELD(inspect, sample, SHARE, LIVE | MAIN, "100 %", 0, 1, NULL,
          "Chance of each piece to be looked at."),
    FIELD(inspect, pieces, COUNT, LIVE | OPTIONAL, NULL, 1, 1e6, NULL,
          "Instead: so many pieces of each lot are looked at."),
    FIELD(inspect, accept, COUNT, LIVE | OPTIONAL, NULL, 0, 1e6, NULL,
          "Lots are judged: one with no more found goes on as it is, another is lost or worked "
          "again as a whole; by itself pieces are judged, and those found are lost."),
    FIELD(inspect, finds, SHARE, LIVE, "100 %", 0, 1, NULL,
          "Share of the bad pieces looked at that are found."),
    FIELD(inspect, false_alarms, SHARE, LIVE, "0", 0, 1, NULL,
          "Share of the good pieces looked at that are called bad."),
};
static const struct rows inspect_rows =
    ROWS(inspect, inspect_fields, NULL, "Looks for bad pieces.");

static const struct field step_batch_fields[] = {
    FIELD(step_batch, min, AMOUNT, LIVE | OPTIONAL, NULL, 1, 1e6, NULL,
          "Starts with no fewer; by itself the station's."),
    FIELD(step_batch, max, AMOUNT, LIVE | MAIN | OPTIONAL, NULL, 1, 1e6, NULL,
          "Takes no more; by itself the station's."),
    FIELD(step_batch, wait, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Longest wait of a lot for the minimum; by itself the station's."),
};
static const struct rows step_batch_rows =
    ROWS(step_batch, step_batch_fields, NULL, "Limits of batches.");

static const struct field step_fields[] = {
    FIELD(step, at, NONE, FIXED, "{}", 0, 0, &place_rows,
          "Station, or several of which each lot goes to one; by itself the one that has the "
          "step's name."),
    FIELD(step, choose, PLAIN, LIVE | OPTIONAL, NULL, 0, 0, &place_scope,
          "Which of several stations: a rule, or an expression that names one; by itself "
          "shortest-queue, or share where `at` says shares."),
    FIELD(step, time, WORK_TIME, LIVE | MAIN | OPTIONAL, NULL, 0, 0, &job_scope,
          "Work on the machine; by itself the station's."),
    FIELD(step, load, WORK_TIME, LIVE | OPTIONAL, NULL, 0, 0, &job_scope,
          "Time to load before the work."),
    FIELD(step, unload, WORK_TIME, LIVE | OPTIONAL, NULL, 0, 0, &job_scope,
          "Time to unload after it."),
    FIELD(step, scrap, SHARE, LIVE | OPTIONAL, NULL, 0, 1, NULL,
          "Share of the pieces that is lost here."),
    FIELD(step, defects, SHARE, LIVE, "0", 0, 1, NULL,
          "Share of the pieces that is made bad here, which only an inspection sees."),
    FIELD(step, measure, NONE, FIXED, "none", 0, 0, &measure_rows,
          "A measured value of each piece; outside its limits the piece is bad."),
    FIELD(step, inspect, NONE, FIXED, "none", 0, 0, &inspect_rows,
          "Looks for bad pieces when the work is done."),
    FIELD(step, rework, NONE, FIXED, "none", 0, 0, &rework_rows,
          "Share of the lots that is worked again."),
    FIELD(step, start_within, NONE, FIXED, "none", 0, 0, &limit_rows,
          "How long a lot may wait before this step; acts at the moment it is broken."),
    FIELD(step, next, NONE, FIXED, "{}", 0, 0, &branch_rows,
          "What comes after: a step, or several with their shares; `out` leaves. By itself the "
          "next written."),
    FIELD(step, uses, NONE, FIXED, "{}", 0, 0, &use_rows,
          "Parts taken for each piece when the step starts."),
    FIELD(step, makes, NONE, FIXED, "{}", 0, 0, &make_rows,
          "Parts that come out beside the item, of each piece that the step does not lose or send "
          "back: disassembly, by-products."),
    FIELD(step, cost, MONEY, LIVE, "0", 0, 1e9, NULL, "Cost of each piece worked."),
    FIELD(step, transfer, COUNT, LIVE | OPTIONAL, NULL, 1, 1e6, NULL,
          "Pieces that move on together without waiting for the rest; by itself the lot."),
    FIELD(step, cascade, WORK_TIME, LIVE | OPTIONAL, NULL, 0, 0, &job_scope,
          "Time after which the next lot may start, while this one is still inside."),
    FIELD(step, tool, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Tool that the machine is set up with, at a station with `when: tool changes`."),
    FIELD(step, setup, NONE, FIXED, "none", 0, 0, &step_setup_rows,
          "Setup for this step, instead of the station's."),
    FIELD(step, batch, NONE, FIXED, "none", 0, 0, &step_batch_rows,
          "Batches that begin with a lot for this step, where they differ from the station's."),
    FIELD(step, needs, NONE, FIXED, "{}", 0, 0, &step_needs_rows,
          "People who must be there; by itself the station's."),
    FIELD(step, sample, SHARE, LIVE, "100 %", 0, 1, NULL,
          "Share of the lots that do the step; the others pass it at once."),
    FIELD(step, same_machine_as, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "A step at the same station: only the machine that did it may do this one."),
};
const struct rows step_rows = ROWS(step, step_fields, NULL, "A step of a route.");

static const struct field route_fields[] = {
    FIELD(route, steps, NONE, FIXED | MAIN, NULL, 0, 0, &step_rows, "Steps in order."),
    FIELD(route, share, SHARE, FIXED | OPTIONAL, NULL, 0, 1e9, NULL,
          "Share of the lots that go it; shares are relative to their sum."),
};
static const struct rows route_rows =
    ROWS(route, route_fields, NULL, "One of several routes of an item.");

static const struct scope_name route_names[] = {
#define X(name, word, help) {word, JOB_NAME_COUNT + ROUTE_##name, {0}, help, NULL},
    ROUTE_RULES(X)
#undef X
};
static const struct target target_route = {TARGET_LOOSE, "route", NULL, {0, NULL}};
const struct scope route_scope = {"choose of a route", ROUTE_RULE_COUNT, route_names, &job_scope,
                                  &target_route};

int32_t world_name_hash(const char *name) {
    return (int32_t)(stream_hash(name) & INT32_MAX);
}

static const struct word orders[] = {{"written", "one after the other as written"},
                                     {"random", "in an order drawn for each job"}};
static const struct words order_words = WORDS(orders);

static const struct field item_fields[] = {
    FIELD(item, unit, NONE, FIXED, "piece", 0, 0, NULL,
          "Unit that amounts of it count: piece, kg, m, l ..."),
    FIELD(item, cost, PRICE, LIVE, "0", 0, 1e12, NULL, "Purchase or standard cost of a unit."),
    FIELD(item, price, PRICE, LIVE, "0", 0, 1e12, NULL, "Sales price of a unit."),
    FIELD(
        item, holding, HOLDING, LIVE, "0 %/y", 0, 0, NULL,
        "Cost of keeping one unit: share of its cost (without one, its standard cost), or money."),
    FIELD(item, lot, COUNT, LIVE, "1", 1, 1e6, NULL, "Pieces that move and are worked together."),
    FIELD(item, uses, NONE, FIXED, "{}", 0, 0, &use_rows,
          "Parts for one unit, taken when a lot is released, or begun then and waited for."),
    FIELD(item, route, NONE, FIXED | MAIN, "{}", 0, 0, &step_rows,
          "Steps in order; without any the item is bought."),
    FIELD(item, order, NONE, FIXED, "written", 0, 0, &order_words,
          "The order in which the steps are done."),
    FIELD(item, family, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Family, for setups and batches; by itself one of its own."),
    FIELD(item, weight, MASS, FIXED, "0 kg", 0, 1e12, NULL,
          "Mass of a unit, for lanes that count it; of an item that is counted in kg, 1 kg."),
    FIELD(
        item, volume, VOLUME, FIXED, "0 m3", 0, 1e12, NULL,
        "Volume of a unit, for lanes, vehicles and rooms that count it; of an item that is counted "
        "in l or m3, that."),
    FIELD(item, routes, NONE, FIXED, "{}", 0, 0, &route_rows,
          "Several named routes instead, of which each lot goes one."),
    FIELD(item, choose, PLAIN, LIVE | OPTIONAL, NULL, 0, 0, &route_scope,
          "Which of several routes: a rule, or an expression that names one; by itself share."),
    FIELD(item, shelf_life, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "From receipt, or from when it is made, until it is waste; by itself it keeps."),
    FIELD(item, planning, NONE, FIXED, "{}", 0, 0, &planning_rows,
          "What plans of requirements assume of it."),
};

static void check_item(const void *block, struct place place, struct faults *faults) {
    const struct item_spec *item = block;
    if (item->route.count && item->routes.count)
        fault_error(faults, place, "routes: {first: [...], second: [...]}",
                    "'route' and 'routes' exclude each other");
    if (item->choose.formula && item->routes.count < 2)
        fault_error(faults, place, "routes: {first: [...], second: [...]}",
                    "there is nothing to choose: the item has no two `routes`");
}
const struct rows item_rows = ROWS(item, item_fields, check_item, "What is made or bought.");

/* ---- releases and customers ---- */
static const struct field list_entry_fields[] = {
    FIELD(list_entry, at, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "When it comes, from the start of measuring; by itself at the beginning of the run, for "
          "work in process: a row with step, work-left or released."),
    FIELD(list_entry, item, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_item,
          "What is ordered; by itself the source's."),
    FIELD(list_entry, size, AMOUNT, FIXED | OPTIONAL, NULL, 0, 1e9, NULL,
          "How much; by itself the source's size."),
    FIELD(list_entry, pieces, COUNT, FIXED | OPTIONAL, NULL, 1, 1e9, NULL, "Pieces in the lot."),
    FIELD(list_entry, due, TIME, FIXED | OPTIONAL, NULL, 0, 0, &job_scope,
          "Due this long after it came."),
    FIELD(list_entry, priority, COUNT, FIXED | OPTIONAL, NULL, -1e6, 1e6, NULL,
          "Larger is more urgent."),
    FIELD(list_entry, step, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Step for which the lot already waits or is worked; by itself the first."),
    FIELD(list_entry, work_left, TIME, FIXED | OPTIONAL, NULL, 0, 1e9, NULL,
          "It is on a machine already, with this much to do."),
    FIELD(list_entry, released, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "When it was released, such as -9 d: its cycle time counts from then."),
};

bool list_entry_stands(const struct list_entry_spec *entry) {
    return entry->step || entry->work_left.ticks != ABSENT_TICKS ||
           entry->released.ticks != ABSENT_TICKS;
}

static void check_list_entry(const void *block, struct place place, struct faults *faults) {
    const struct list_entry_spec *entry = block;
    if (entry->at.ticks == ABSENT_TICKS && !list_entry_stands(entry))
        fault_error(faults, place, "step: NAME is for work that stands on the floor at the start",
                    "'at' must be given: when it comes");
    if (entry->work_left.ticks != ABSENT_TICKS && entry->at.ticks != ABSENT_TICKS &&
        entry->at.ticks > 0)
        fault_error(faults, place, "leave out `at`",
                    "a lot with work-left is on a machine when the run begins");
}
static const struct rows list_entry_rows =
    ROWS(list_entry, list_entry_fields, check_list_entry, "One order of a list.");

static const struct field moment_fields[] = {
    FIELD(moment, moment, NONE, MAIN, NULL, 0, 0, NULL,
          "A time from the start of measuring, or a date."),
};
const struct rows moment_rows = ROWS(moment, moment_fields, NULL, "A moment.");

void check_clock(const struct choice *clock, const struct law *after, const struct law *first,
                 const struct list *at, struct place place, struct faults *faults) {
    bool counts = after->kind != (int32_t)ABSENT_LAW;
    if (counts == (at->count > 0))
        fault_error(faults, place, "after: exponential(40 h), or at: [100 h, 200 h]",
                    "exactly one of 'after' and 'at' must be given");
    if (at->count && (clock->index >= 0 || first->kind != (int32_t)ABSENT_LAW))
        fault_error(faults, place, "leave them out",
                    "with 'at' there is no 'clock' and no 'first'");
}

/* INLINE in releases and customers. */
static const struct field source_fields[] = {
    FIELD(source, every, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "Time between one and the next."),
    FIELD(source, rate, RATE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "A Poisson stream; may use drivers."),
    FIELD(source, at, NONE, FIXED, "[]", 0, 0, &moment_rows, "Moments."),
    FIELD(source, list, NONE, FIXED, "[]", 0, 0, &list_entry_rows,
          "A list of orders, each with its own data."),
    FIELD(source, first, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "The first one; by itself drawn like the others, or at once when the time between is "
          "constant."),
    FIELD(source, until, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL, "None after this."),
    FIELD(source, size, AMOUNT, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "How much each time; by itself one lot, or one unit."),
    FIELD(source, due, TIME, LIVE | OPTIONAL, NULL, 0, 0, &job_scope,
          "Due this long after the order."),
    FIELD(source, priority, COUNT, LIVE, "0", -1e6, 1e6, NULL, "Larger is more urgent."),
    FIELD(
        source, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
        "When it is open: a rate holds then, and the time between counts then; by itself always."),
};
const struct rows source_rows =
    ROWS(source, source_fields, NULL, "When work or demand comes, and how much.");

static int32_t ways_given(const struct source_spec *source) {
    return (source->every.kind != ABSENT_LAW) + (source->rate.formula != NULL) +
           (source->at.count > 0) + (source->list.count > 0);
}

static void check_open_hours(const struct source_spec *source, struct place place,
                             struct faults *faults) {
    bool stream = source->every.kind != ABSENT_LAW || source->rate.formula;
    if (source->calendar.name && !stream)
        fault_error(faults, place, "leave it out, or give `every` or `rate`",
                    "a `calendar` is for what comes by `every` or `rate`");
}

static void check_release(const void *block, struct place place, struct faults *faults) {
    const struct release_spec *release = block;
    int32_t ways = ways_given(&release->source) + (release->when.index == WHEN_ALWAYS);
    if (ways != 1)
        fault_error(faults, place, "when: always keeps the first station fed",
                    "exactly one of every, rate, at, list and when must be given; here are %d",
                    ways);
    check_open_hours(&release->source, place, faults);
    if (release->item.count == 0 && release->source.list.count == 0)
        fault_error(faults, place, NULL, "'item' must be given: what is started");
}

static void check_customer(const void *block, struct place place, struct faults *faults) {
    const struct customer_spec *customer = block;
    int32_t ways = ways_given(&customer->source);
    if (ways != 1)
        fault_error(faults, place, "rate: 8 /h is a Poisson stream",
                    "exactly one of every, rate, at and list must be given; here are %d", ways);
    check_open_hours(&customer->source, place, faults);
    bool loses =
        customer->if_short.index == SHORT_LOSE || customer->if_short.index == SHORT_PART_LOSE;
    if (loses && customer->patience.kind != (int32_t)ABSENT_LAW)
        fault_error(faults, place, "if-short: wait",
                    "who does not wait when goods are short needs no patience");
    if (customer->churn.block && !customer->judges.block)
        fault_error(faults, place, "judges: {by: on-time, over: 8 wk}",
                    "who leaves for being dissatisfied must say what satisfies: `judges`");
}

static const struct word whens[] = {
    {"never", "as the other keys say"},
    {"always", "another is ready whenever the first station would starve or a card is free"}};
static const struct words when_words = WORDS(whens);
static const struct word if_fulls[] = {{"wait", "it waits outside"}, {"lose", "it is lost"}};
static const struct words if_full_words = WORDS(if_fulls);

static const struct field release_fields[] = {
    FIELD(release, item, NONE, FIXED, "{}", 0, 0, &item_share_rows,
          "What is started: an item, several with shares, or each."),
    FIELD(release, source, NONE, INLINE, "{}", 0, 0, &source_rows, ""),
    FIELD(release, when, NONE, FIXED, "never", 0, 0, &when_words,
          "always: an endless pile of orders."),
    FIELD(release, lot, COUNT, LIVE | OPTIONAL, NULL, 1, 1e6, NULL,
          "Pieces in a lot; by itself the item's."),
    FIELD(release, to, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_stock,
          "Where finished lots go; by itself they leave."),
    FIELD(release, if_full, NONE, LIVE, "wait", 0, 0, &if_full_words,
          "When the first queue is full."),
    FIELD(release, weight, PLAIN, LIVE, "1", 0, 1e9, NULL, "Weight of its lots in queue rules."),
};
const struct rows release_rows =
    ROWS(release, release_fields, check_release, "Work that starts by itself.");

static const struct word if_shorts[] = {{"wait", "the whole order waits"},
                                        {"lose", "the whole order is lost"},
                                        {"part-wait", "what is there is served, the rest waits"},
                                        {"part-lose", "what is there is served, the rest is lost"}};
const struct words if_short_words = WORDS(if_shorts);

static const struct scope_name buys_names[] = {
#define X(name, word, in_time, help) {word, BUYS_##name, {.time = in_time}, help, NULL},
    BUYS_NAMES(X)
#undef X
};
static const struct scope buys_name_scope = {"customer's order", BUYS_NAME_COUNT, buys_names,
                                             &result_scope, NULL};
static const struct scope_name buys_rules[] = {
#define X(name, word, help) {word, BUYS_NAME_COUNT + BUYS_##name, {0}, help, NULL},
    BUYS_RULES(X)
#undef X
};
const struct scope buys_scope = {"choose of a customer", BUYS_RULE_COUNT, buys_rules,
                                 &buys_name_scope, &target_customer_source};

static const struct field returns_fields[] = {
    FIELD(returns, share, SHARE, LIVE | MAIN, NULL, 0, 1, NULL,
          "Share of what is delivered that comes back; of pieces, each with this chance."),
    FIELD(returns, after, TIME, LIVE, "0 s", 0, 0, NULL, "How long after the delivery."),
};
static const struct rows returns_rows =
    ROWS(returns, returns_fields, NULL, "What comes back, for its price.");

static const struct scope_name judge_names[] = {
#define X(name, word, in_time, help) {word, JUDGE_##name, {.time = in_time}, help, NULL},
    JUDGE_NAMES(X)
#undef X
};
const struct scope judge_scope = {"customer's judgement", JUDGE_NAME_COUNT, judge_names, NULL,
                                  NULL};

static const struct field judges_fields[] = {
    FIELD(
        judges, by, PLAIN, FIXED, NULL, 0, 0, &judge_scope,
        "What an order was worth to him: 0 nothing, 1 all that he could wish; beyond is cut off."),
    FIELD(judges, over, TIME, FIXED, NULL, 0, 0, NULL,
          "How long he remembers: an order of so long ago weighs 1/e = 37 % of one of now."),
};
static void check_judges(const void *block, struct place place, struct faults *faults) {
    const struct judges_spec *judges = block;
    if (judges->over.ticks <= 0)
        fault_error(faults, place, "over: 8 wk", "a customer remembers for some time");
}
static const struct rows judges_rows =
    ROWS(judges, judges_fields, check_judges, "What makes a customer content.");

static const struct field churn_fields[] = {
    FIELD(churn, below, SHARE, LIVE, NULL, 0, 1, NULL, "Satisfaction below which customers leave,"),
    FIELD(churn, rate, SHARE_RATE, LIVE, NULL, 0, 0, NULL,
          "so large a share of those who are left a time;"),
    FIELD(churn, returns_above, SHARE, LIVE | OPTIONAL, NULL, 0, 1, NULL,
          "above which those who have left come back at the same rate. By itself never."),
};
static void check_churn(const void *block, struct place place, struct faults *faults) {
    const struct churn_spec *churn = block;
    if (churn->returns_above < churn->below)
        fault_error(faults, place, NULL, "customers would leave and come back at once");
    if (!(churn->rate.value >= 0))
        fault_error(faults, place, "rate: 2 %/mo", "a share that leaves is not below 0");
}
static const struct rows churn_rows =
    ROWS(churn, churn_fields, check_churn, "Demand that leaves, and comes back.");

static const struct field customer_fields[] = {
    FIELD(customer, buys, NONE, FIXED, NULL, 0, 0, &item_share_rows,
          "What is bought: an item, or several with shares."),
    FIELD(customer, from, NONE, FIXED, NULL, 0, 0, &customer_source_rows,
          "A stock, or `factory`: made to order; or several, of which those that have the item "
          "count."),
    FIELD(customer, choose, PLAIN, LIVE | OPTIONAL, NULL, 0, 0, &buys_scope,
          "Which of several sources an order goes to: a rule, or an expression that names one; by "
          "itself share."),
    FIELD(customer, source, NONE, INLINE, "{}", 0, 0, &source_rows, ""),
    FIELD(customer, if_short, NONE, LIVE, "wait", 0, 0, &if_short_words,
          "When the stock does not reach."),
    FIELD(customer, patience, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "How long an order waits; what is not delivered then is lost. By itself for ever."),
    FIELD(customer, instead, NONE, FIXED, "{}", 0, 0, &instead_rows,
          "Items taken instead when the stock does not reach and there is enough of them: tried as "
          "written, each by the share of those who take it."),
    FIELD(customer, returns, NONE, FIXED, "none", 0, 0, &returns_rows, "What comes back."),
    FIELD(customer, judges, NONE, FIXED, "none", 0, 0, &judges_rows,
          "What makes him content: `satisfaction`."),
    FIELD(customer, churn, NONE, FIXED, "none", 0, 0, &churn_rows,
          "What he does when he is not: needs `judges`."),
    FIELD(customer, late_cost, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL,
          "Cost of a unit and time from the due date on."),
    FIELD(customer, owed_cost, MONEY_RATE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Cost of a unit and time from the order until he has it; it takes the place of his "
          "stock's, "
          "which it is by itself."),
    FIELD(customer, lost_cost, PRICE, LIVE, "0", 0, 0, NULL, "Cost of a unit that is lost."),
    FIELD(customer, price, PRICE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Price of a unit; by itself the item's."),
    FIELD(customer, promise, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_plan,
          "Plan that promises the due dates of his orders; `due` is what he wants."),
    FIELD(customer, pays, TIME, LIVE, "0 s", 0, 0, NULL,
          "Payment term: he pays this long after a delivery."),
    FIELD(customer, site, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site,
          "Where goods are delivered."),
};
const struct rows customer_rows = ROWS(customer, customer_fields, check_customer, "Who buys.");
