/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of plans, and of what plans of requirements assume of items. */
#include "../plan/forecast.h"
#include "../plan/lots.h"
#include "../plan/promise.h"
#include "../plan/sop.h"
#include "rows.h"

#include <math.h>

/* ---- items.NAME.planning ---- */
static const struct field lots_amount_fields[] = {
    FIELD(lots_amount, amount, AMOUNT, FIXED | MAIN, NULL, 1e-3, 1e12, NULL, "The amount."),
};
static const struct field lots_period_fields[] = {
    FIELD(lots_period, time, TIME, FIXED | MAIN, NULL, 0, 0, NULL, "How much time together."),
};
#define LOTS_PLAIN(WORD, HELP)                                                                     \
    { WORD, sizeof(struct lots_period_spec), 0, NULL, NULL, HELP, NULL }
static const struct rows lot_for_lot_rows = LOTS_PLAIN("lot-for-lot", "What each period needs.");
static const struct rows lots_multiple_rows =
    ROWS_NAMED("multiple", lots_amount, lots_amount_fields, "Rounded up: `multiple 50`.");
static const struct rows lots_fixed_rows =
    ROWS_NAMED("fixed", lots_amount, lots_amount_fields,
               "Orders of one size, as many as it takes: `fixed 200`.");
static const struct rows lots_period_rows = ROWS_NAMED(
    "period", lots_period, lots_period_fields, "What so much time needs, together: `period 2 wk`.");
static const struct rows lots_eoq_rows =
    LOTS_PLAIN("eoq", "The economic order quantity of mean needs.");
static const struct rows lots_silver_meal_rows =
    LOTS_PLAIN("silver-meal", "Periods together as long as the mean cost of a period falls.");
static const struct rows lots_wagner_whitin_rows =
    LOTS_PLAIN("wagner-whitin", "The least cost over the horizon.");
static const struct rows *const lots_kinds[LOTS_COUNT] = {
    [LOTS_LOT_FOR_LOT] = &lot_for_lot_rows,
    [LOTS_MULTIPLE] = &lots_multiple_rows,
    [LOTS_FIXED] = &lots_fixed_rows,
    [LOTS_PERIOD] = &lots_period_rows,
    [LOTS_EOQ] = &lots_eoq_rows,
    [LOTS_SILVER_MEAL] = &lots_silver_meal_rows,
    [LOTS_WAGNER_WHITIN] = &lots_wagner_whitin_rows};
static const struct variants lots_variants = {"rule", LOTS_COUNT, lots_kinds};

static const struct field planning_fields[] = {
    FIELD(planning, lead_time, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "From release to receipt, in whole periods of the plan; by itself what its sources take "
          "on average."),
    FIELD(planning, safety_time, TIME, FIXED, "0 s", 0, 0, NULL,
          "So much earlier than needed it is to come, in whole periods."),
    FIELD(planning, safety_stock, AMOUNT, FIXED, "0", 0, 1e12, NULL,
          "The plan keeps at least this on hand."),
    FIELD(planning, lots, NONE, FIXED, "none", 0, 0, &lots_variants,
          "How needs become orders; by itself lot for lot."),
    FIELD(planning, order_cost, MONEY, FIXED, "0", 0, 1e12, NULL,
          "Cost of an order, for rules that weigh it against holding; only the plan sees it."),
};
const struct rows planning_rows =
    ROWS(planning, planning_fields, NULL, "What plans of requirements assume of an item.");

/* ---- plans ---- */
static const struct word kinds[PLAN_KIND_COUNT] = {
    [PLAN_FORECAST] = {"forecast", "what will be asked for"},
    [PLAN_SOP] = {"sop", "how much to make in the months to come, and how: sales and operations"},
    [PLAN_MRP] = {"mrp", "what has to be ordered when, down the bill of materials"},
    [PLAN_SCHEDULE] = {"schedule", "what is made when: from a list, or levelled on its cadence"},
    [PLAN_PROMISE] = {"promise", "when customers' orders are due"}};
const struct words plan_kind_words = WORDS(kinds);
static const struct word levels[] = {{"production", "the shop floor, for the next days"},
                                     {"operations", "the whole chain, for months"}};
static const struct words level_words = WORDS(levels);
static const struct word methods[] = {
#define X(name, word, functions, help) {word, help},
    FORECAST_METHODS(X)
#undef X
#define X(name, word, help) {word, help},
        PROMISE_METHODS(X)
#undef X
};
static const struct words method_words = WORDS(methods);

static const struct word strategies[] = {
#define X(name, word, help) {word, help},
    SOP_STRATEGIES(X)
#undef X
};
static const struct words strategy_words = WORDS(strategies);
static const struct word capacities[] = {
    {"ignore", "releases do not look at it"},
    {"check", "what a station has no hours for is released earlier"}};
static const struct words capacity_words = WORDS(capacities);
static const struct field plan_set_fields[] = {
    FIELD(plan_set, path, NONE, MAIN, NULL, 0, 0, NULL, "A path."),
    FIELD(plan_set, least, COUNT, FIXED, "0", 0, 1e4, NULL, "Of people: so many stay."),
    FIELD(
        plan_set, most, COUNT, FIXED | OPTIONAL, NULL, 0, 1e4, NULL,
        "Of people: not more than so many; by itself as many as all machines and vehicles can use "
        "at once, or as there are."),
};
static const struct rows plan_set_rows = ROWS(plan_set, plan_set_fields, NULL, "What a plan sets.");

static const struct field sees_fields[] = {
    FIELD(sees, age, TIME, FIXED, "0 s", 0, 0, NULL, "What it knows is so old;"),
    FIELD(sees, error, SHARE, FIXED, "0 %", 0, 10, NULL,
          "wrong by a normal factor with this standard deviation;"),
    FIELD(sees, per, TIME, FIXED | OPTIONAL, NULL, 0, 0, &cadence_words,
          "and counted by periods of this length; by itself its cadence."),
};
static const struct rows sees_rows = ROWS(sees, sees_fields, NULL, "How a plan sees the world.");

static const struct target target_planned = {
    1u << SECTION_ITEMS | 1u << SECTION_CUSTOMERS, "item or customer", NULL, {0, NULL}};
static const struct field plan_of_fields[] = {
    FIELD(plan_of, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
};
static const struct rows plan_of_rows =
    ROWS_OF_NAMES(plan_of, plan_of_fields, NULL, "What a plan is of.", &target_planned);

static const struct target target_class = {1u << SECTION_CUSTOMERS, "customer", NULL, {0, NULL}};
static const struct field class_fields[] = {
    FIELD(class, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(class, share, SHARE, FIXED | MAIN, "100 %", 0, 1, NULL,
          "What he may take of what is available."),
};
static const struct rows class_rows =
    ROWS_OF_NAMES(class, class_fields, NULL, "A customer and his share.", &target_class);

static const struct field schedule_row_fields[] = {
    FIELD(schedule_row, at, NONE, FIXED, NULL, 0, 0, NULL,
          "When it is ordered, from the start of measuring."),
    FIELD(schedule_row, stock, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_stock,
          "For which stock; by itself the only one that orders by this plan."),
    FIELD(schedule_row, amount, AMOUNT, FIXED, NULL, 0, 1e9, NULL, "How much."),
};
static const struct rows schedule_row_rows =
    ROWS(schedule_row, schedule_row_fields, NULL, "A row of a schedule.");

static enum plan_kind method_kind(int32_t method) {
    return method < FORECAST_COUNT ? PLAN_FORECAST : PLAN_PROMISE;
}

/* Which keys belong to one kind of plan alone, and was one given to another? */
static void check_plan(const void *block, struct place place, struct faults *faults) {
    const struct plan_spec *plan = block;
    bool sop = plan->kind.index == PLAN_SOP, schedule = plan->kind.index == PLAN_SCHEDULE;
    const struct {
        const char *key;
        bool given;
        enum plan_kind kind;
    } keys[] = {
        {"of", plan->of.count > 0, PLAN_FORECAST},
        {"method", plan->method.index >= 0, method_kind(plan->method.index)},
        {"classes", plan->classes.count > 0, PLAN_PROMISE},
        {"season", plan->season.ticks != ABSENT_TICKS, PLAN_FORECAST},
        {"window", plan->window.ticks != ABSENT_TICKS, PLAN_FORECAST},
        {"alpha", !isnan(plan->alpha), PLAN_FORECAST},
        {"beta", !isnan(plan->beta), PLAN_FORECAST},
        {"gamma", !isnan(plan->gamma), PLAN_FORECAST},
        {"sees", plan->sees.block != NULL, PLAN_FORECAST},
        {"forecast", plan->forecast.name != NULL && !sop && !schedule, PLAN_MRP},
        {"strategy", plan->strategy.index >= 0, PLAN_SOP},
        {"sets", plan->sets.count > 0, PLAN_SOP},
        {"capacity", plan->capacity.index >= 0 && !schedule, PLAN_MRP},
        {"list", plan->list.count > 0, PLAN_SCHEDULE},
        {"frozen", plan->frozen.ticks != ABSENT_TICKS, PLAN_MRP},
        {"slushy", plan->slushy.ticks != ABSENT_TICKS, PLAN_MRP},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].given && (int32_t)keys[i].kind != plan->kind.index)
            fault_error(faults, place, NULL, "`%s` belongs to a plan with `kind: %s`, this is %s",
                        keys[i].key, kinds[keys[i].kind].name, kinds[plan->kind.index].name);
    if (plan->kind.index == PLAN_FORECAST && plan->of.count == 0)
        fault_error(faults, place, "of: ITEM", "what does this plan forecast?");
    if (sop && plan->sets.count == 0)
        fault_error(faults, place, "sets: [stocks.NAME.reorder.level]", "what does this plan set?");
    if (plan->every.ticks == 0)
        fault_error(faults, place, "every: week", "there is no time between one and the next");
}

static const struct field plan_fields[] = {
    FIELD(plan, kind, NONE, FIXED, NULL, 0, 0, &plan_kind_words, "What it plans."),
    FIELD(plan, level, NONE, FIXED | OPTIONAL, NULL, 0, 0, &level_words,
          "Level of policy that it belongs to; by itself operations, of a schedule production."),
    FIELD(
        plan, every, TIME, FIXED, "week", 0, 0, &cadence_words,
        "How often it is computed: at the beginning of the run and then by the calendar, or after "
        "this time."),
    FIELD(plan, takes, TIME, FIXED, "0 s", 0, 0, NULL, "Until it is decided and acts."),
    FIELD(plan, costs, MONEY, FIXED, "0", 0, 1e12, NULL, "Cost of each time that it is computed."),
    FIELD(plan, sees, NONE, FIXED, "none", 0, 0, &sees_rows, "How a forecast sees demand."),
    FIELD(plan, of, NONE, FIXED, "{}", 0, 0, &plan_of_rows,
          "Items whose demand is forecast; customers: only what they order."),
    FIELD(plan, method, NONE, FIXED | OPTIONAL, NULL, 0, 0, &method_words,
          "How a forecast is made, by itself ses; how dates are promised, by itself atp."),
    FIELD(plan, horizon, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "How far it looks ahead; by itself twelve of its periods."),
    FIELD(plan, season, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Season of methods that know one, in whole periods."),
    FIELD(plan, window, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Window of a moving average, in whole periods; by itself four."),
    FIELD(plan, alpha, PLAIN, FIXED | OPTIONAL, NULL, 0, 1, NULL,
          "Weight of the newest value in the level; by itself 0.2."),
    FIELD(plan, beta, PLAIN, FIXED | OPTIONAL, NULL, 0, 1, NULL,
          "The same in the trend, or in the chance of a demand; by itself 0.1."),
    FIELD(plan, gamma, PLAIN, FIXED | OPTIONAL, NULL, 0, 1, NULL,
          "The same in the season; by itself 0.1."),
    FIELD(plan, forecast, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_plan,
          "Plans of requirements, of sales and operations, schedules: the forecast that counts "
          "beside customers' orders."),
    FIELD(plan, frozen, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Within this, what the plan before released stays and nothing is added."),
    FIELD(plan, slushy, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "Within this, it stays and may grow."),
    FIELD(plan, classes, NONE, FIXED, "{}", 0, 0, &class_rows,
          "Customers who may take only a share of what is available to promise."),
    FIELD(plan, capacity, NONE, FIXED | OPTIONAL, NULL, 0, 0, &capacity_words,
          "Plan of requirements, schedule: does it look at the hours of stations? By itself not."),
    FIELD(plan, list, NONE, FIXED, "[]", 0, 0, &schedule_row_rows,
          "Of a schedule: what is ordered when, rows of at stock amount; by itself it is made on "
          "its cadence."),
    FIELD(plan, strategy, NONE, FIXED | OPTIONAL, NULL, 0, 0, &strategy_words,
          "Of sales and operations planning; by itself cheapest."),
    FIELD(plan, sets, NONE, FIXED, "[]", 0, 0, &plan_set_rows,
          "What sales and operations planning sets: stocks.NAME.reorder.level, stocks.NAME.steady, "
          "crews.NAME.overtime.up-to, stations.NAME.overtime.up-to, and crews.NAME.people or "
          "{path: crews.NAME.people, least: 2, most: 20}."),
};
const struct rows plan_rows =
    ROWS(plan, plan_fields, check_plan, "A policy that is computed on a cadence.");
