/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of stocks and how they reorder; and the world as a whole. */
#include "rows.h"

/* ---- reorder: the first key picks the rows ---- */
#define REVIEW(TYPE)                                                                               \
    FIELD(TYPE, every, TIME, LIVE | OPTIONAL, NULL, 0, 0, &cadence_words,                          \
          "Time between reviews, or the beginning of each such part of the calendar; by itself "   \
          "at every change.")                                                                      \
    , FIELD(TYPE, first, NONE, LIVE | OPTIONAL, NULL, 0, 0, NULL,                                  \
            "The first review; by itself the beginning of the run.")                               \
    , FIELD(TYPE, scope, NONE, FIXED, "local", 0, 0, &scope_words,                                 \
            "Whose inventory position the policy looks at.")

static const struct word scopes[] = {
    {"local", "its own"}, {"echelon", "its own and that of all stocks which are refilled from it"}};
static const struct words scope_words = WORDS(scopes);

static const struct field source_level_fields[] = {
    FIELD(source_level, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(source_level, level, AMOUNT, LIVE | MAIN, NULL, 0, 0, &stock_scope,
          "This source raises what can be there when its goods come to this."),
};
static const struct rows source_level_rows =
    ROWS_OF_NAMES(source_level, source_level_fields, NULL, "A level of a source.", &target_source);

static const struct field base_stock_fields[] = {
    FIELD(base_stock, level, AMOUNT, LIVE | OPTIONAL, NULL, 0, 0, &stock_scope,
          "Orders what the position lacks to this: an amount or an expression."),
    FIELD_WRITTEN_OUT(base_stock, "level", levels, &source_level_rows,
                      "Or one for each source, with `choose: dual-index`."),
    REVIEW(base_stock),
};
static void check_base_stock(const void *block, struct place place, struct faults *faults) {
    const struct base_stock_spec *policy = block;
    if (!policy->level.formula && policy->levels.count == 0)
        fault_error(faults, place, "level: 40", "'level' must be given: to what it orders up");
}
static const struct rows base_stock_rows = ROWS_CHECKED("base-stock", base_stock, base_stock_fields,
                                                        check_base_stock, "Order up to a level.");

static const struct field min_max_fields[] = {
    FIELD(min_max, min, AMOUNT, LIVE, NULL, 0, 0, &stock_scope,
          "Orders when the position is at or below this,"),
    FIELD(min_max, max, AMOUNT, LIVE, NULL, 0, 0, &stock_scope, "up to this."),
    REVIEW(min_max),
};
static void check_min_max(const void *block, struct place place, struct faults *faults) {
    const struct min_max_spec *policy = block;
    const struct formula *min = policy->min.formula, *max = policy->max.formula;
    if (min && max && min->constant && max->constant && max->value < min->value)
        fault_error(faults, place, NULL, "max (%g) lies below min (%g)", max->value, min->value);
}
static const struct rows min_max_rows =
    ROWS_CHECKED("min-max", min_max, min_max_fields, check_min_max,
                 "Order up to a maximum from a minimum: (s, S).");

static const struct rows vmi_rows = ROWS_CHECKED(
    "vmi", min_max, min_max_fields, check_min_max,
    "Decided at the source: as min-max, without delay, and never more than the source has.");

static const struct field newsvendor_fields[] = {
    FIELD(newsvendor, service, SHARE, LIVE, NULL, 0.001, 0.9999, NULL,
          "Chance that the stock lasts from an order until the receipt of the next."),
    FIELD(newsvendor, every, TIME, LIVE, NULL, 0, 0, &cadence_words, "Time between reviews."),
    FIELD(newsvendor, first, NONE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "The first review; by itself the beginning of the run."),
    FIELD(newsvendor, scope, NONE, FIXED, "local", 0, 0, &scope_words,
          "Whose inventory position the policy looks at."),
};
static const struct rows newsvendor_rows =
    ROWS_NAMED("newsvendor", newsvendor, newsvendor_fields,
               "Order up to a level for a normal demand with the mean and deviation seen so far.");

static const struct field fixed_fields[] = {
    FIELD(fixed, point, AMOUNT, LIVE, NULL, 0, 0, &stock_scope,
          "Orders when the position is at or below this,"),
    FIELD(fixed, quantity, AMOUNT, LIVE, NULL, 0, 0, &stock_scope,
          "this much, or as many times this as it takes."),
    REVIEW(fixed),
};
static void check_fixed(const void *block, struct place place, struct faults *faults) {
    const struct fixed_spec *policy = block;
    const struct formula *quantity = policy->quantity.formula;
    if (quantity && quantity->constant && quantity->value <= 0)
        fault_error(faults, place, NULL, "quantity must be above 0");
}
static const struct rows fixed_rows = ROWS_CHECKED("fixed", fixed, fixed_fields, check_fixed,
                                                   "Order a fixed quantity at a point: (r, Q).");

static const struct field rule_reorder_fields[] = {
    FIELD(rule_reorder, order, PLAIN, LIVE, NULL, 0, 0, &stock_scope,
          "How much to order, in the item's unit; nothing when it is not above 0."),
    FIELD(rule_reorder, forecast, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_plan,
          "Plan whose forecast of what is asked of this stock `order` sees."),
    REVIEW(rule_reorder),
};
static const struct rows rule_reorder_rows =
    ROWS_NAMED("rule", rule_reorder, rule_reorder_fields, "Order what an expression says.");

static const struct field cards_reorder_fields[] = {
    FIELD(cards_reorder, every, TIME, FIXED | OPTIONAL, NULL, 0, 0, &cadence_words,
          "Time between reviews; by itself whenever a card is free."),
    FIELD(cards_reorder, first, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "The first review; by itself the beginning of the run."),
};
static const struct rows cards_reorder_rows =
    ROWS_NAMED("cards", cards_reorder, cards_reorder_fields,
               "Every free card of the loop that ends at the stock orders what it stands for.");

static const struct field forecast_reorder_fields[] = {
    FIELD(forecast_reorder, forecast, NONE, FIXED, NULL, 0, 0, &target_plan,
          "Plan that forecasts what is asked of this stock."),
    FIELD(forecast_reorder, service, SHARE, LIVE, "95 %", 0.01, 0.9999, NULL,
          "Chance that the stock lasts from an order until the receipt of the next."),
    REVIEW(forecast_reorder),
};
static const struct rows forecast_reorder_rows = ROWS_NAMED(
    "forecast", forecast_reorder, forecast_reorder_fields,
    "Order up to what a forecast expects until the receipt of the next order, and a safety stock.");

static const struct field plan_reorder_fields[] = {
    FIELD(plan_reorder, plan, NONE, FIXED, NULL, 0, 0, &target_plan,
          "Plan of requirements, or schedule, that orders for it."),
};
static const struct rows plan_reorder_rows =
    ROWS_NAMED("plan", plan_reorder, plan_reorder_fields, "Order what a plan releases.");

static const struct field ddmrp_fields[] = {
    FIELD(ddmrp, plan, NONE, FIXED, NULL, 0, 0, &target_plan,
          "Forecast that gives the average daily usage."),
    FIELD(ddmrp, lead_time_factor, SHARE, LIVE, "50 %", 0, 10, NULL,
          "Part of the usage over a lead time that the red base is; and the green zone at least."),
    FIELD(ddmrp, variability_factor, SHARE, LIVE, "50 %", 0, 10, NULL,
          "The red safety relative to the red base."),
    FIELD(ddmrp, min_order, AMOUNT, LIVE, "0", 0, 1e12, NULL, "The green zone is at least this,"),
    FIELD(ddmrp, cycle, TIME, LIVE, "0 s", 0, 0, NULL, "and the usage of this time."),
    FIELD(ddmrp, spike_threshold, SHARE, LIVE, "50 %", 0, 100, NULL,
          "A day to come on which orders above this part of the red zone are due counts at once,"),
    FIELD(ddmrp, spike_horizon, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "if it lies within this time; by itself a lead time."),
    FIELD(ddmrp, every, TIME, LIVE | OPTIONAL, NULL, 0, 0, &cadence_words,
          "Time between reviews; by itself at every change."),
    FIELD(ddmrp, first, NONE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "The first review; by itself the beginning of the run."),
};
static const struct rows ddmrp_rows = ROWS_NAMED(
    "ddmrp", ddmrp, ddmrp_fields,
    "Order up to the top of green from the top of yellow: a buffer of demand driven MRP.");

static const struct rows *const reorder_kinds[] = {
    [REORDER_BASE_STOCK] = &base_stock_rows, [REORDER_MIN_MAX] = &min_max_rows,
    [REORDER_FIXED] = &fixed_rows,           [REORDER_RULE] = &rule_reorder_rows,
    [REORDER_CARDS] = &cards_reorder_rows,   [REORDER_FORECAST] = &forecast_reorder_rows,
    [REORDER_PLAN] = &plan_reorder_rows,     [REORDER_NEWSVENDOR] = &newsvendor_rows,
    [REORDER_DDMRP] = &ddmrp_rows,           [REORDER_VMI] = &vmi_rows};
static const struct variants reorder_variants = {
    "policy", sizeof reorder_kinds / sizeof *reorder_kinds, reorder_kinds};

/* ---- stocks ---- */
static const struct field pipeline_entry_fields[] = {
    FIELD(pipeline_entry, amount, AMOUNT, MAIN, NULL, 0, 1e12, NULL, "How much,"),
    FIELD(pipeline_entry, moment, NONE, FIXED, NULL, 0, 0, NULL, "and when it arrives."),
};
static const struct rows pipeline_entry_rows =
    ROWS(pipeline_entry, pipeline_entry_fields, NULL, "What is on its way: `4 at 1 wk`.");

static const struct target target_customer = {1u << SECTION_CUSTOMERS, "customer", NULL, {0, NULL}};
static const struct field reserve_fields[] = {
    FIELD(reserve, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(reserve, amount, AMOUNT, LIVE | MAIN, NULL, 0, 1e12, NULL,
          "He gets only what lies above this."),
};
static const struct rows reserve_rows =
    ROWS_OF_NAMES(reserve, reserve_fields, NULL, "Kept back from a customer.", &target_customer);

static const struct word serves[] = {{"fifo", "the order that waits longest"},
                                     {"priority", "the most urgent customer first"},
                                     {"share", "what is there, divided as what is open"}};
static const struct words serve_words = WORDS(serves);

static const struct word issues[] = {{"oldest", "those that expire first"},
                                     {"newest", "those that keep longest: customers who look"}};
static const struct words issue_words = WORDS(issues);

static const struct field stock_fields[] = {
    FIELD(stock, holds, NONE, FIXED, NULL, 0, 0, &target_item, "Its item."),
    FIELD(stock, from, NONE, LIVE, "{}", 0, 0, &source_share_rows,
          "Where goods come from: a supplier, a stock, `factory` or, by one of the routes of the "
          "item, `factory.ROUTE`; several with shares."),
    FIELD(stock, choose, PLAIN, LIVE, "share", 0, 0, &choose_scope,
          "Which of several sources gets an order: a rule, or an expression that names one."),
    FIELD(stock, steady, AMOUNT, LIVE | OPTIONAL, NULL, 0, 1e12, NULL,
          "What the first source gets at every review with `choose: base-surge`; by itself its "
          "share of the demand between reviews, on average so far."),
    FIELD(stock, lead_time, TIME, LIVE, "0 s", 0, 0, NULL,
          "Transport from its source; a supplier's own comes before."),
    FIELD(stock, order_delay, TIME, LIVE, "0 s", 0, 0, NULL,
          "Time until an order reaches the source."),
    FIELD(stock, if_short, NONE, LIVE, "wait", 0, 0, &if_short_words,
          "What becomes of an order that the source cannot fill."),
    FIELD(stock, start, AMOUNT, FIXED, "0", 0, 1e12, NULL, "On hand at the start."),
    FIELD(stock, ordered, NONE, FIXED, "[]", 0, 0, &pipeline_entry_rows,
          "Orders on the way to the source at the start."),
    FIELD(stock, shipped, NONE, FIXED, "[]", 0, 0, &pipeline_entry_rows,
          "Goods on the way here at the start."),
    FIELD(stock, reorder, NONE, LIVE, "none", 0, 0, &reorder_variants,
          "Who refills it: `policy` picks the keys that follow."),
    FIELD(stock, holding, MONEY_RATE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Cost of a unit and time; by itself the item's."),
    FIELD(stock, holding_under_way, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL,
          "The same for goods on their way here."),
    FIELD(
        stock, owed_cost, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL,
        "Cost of a unit and time that is owed, but to customers with an `owed-cost` of their own."),
    FIELD(stock, serve, NONE, LIVE, "fifo", 0, 0, &serve_words, "Who gets what."),
    FIELD(stock, reserve, NONE, FIXED, "{}", 0, 0, &reserve_rows,
          "Kept back from customers, for those who are more important."),
    FIELD(stock, issue, NONE, LIVE, "oldest", 0, 0, &issue_words,
          "Which goods leave first, where the item has a shelf life."),
    FIELD(stock, site, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site, "Where it lies."),
    FIELD(stock, room, AMOUNT, LIVE | OPTIONAL, NULL, 0, 1e12, NULL,
          "Most that may lie there; what brings more is blocked. By itself unlimited."),
};
const struct rows stock_rows = ROWS(stock, stock_fields, NULL, "One item at one place.");

static const struct field flow_fields[] = {
    FIELD(flow, amount, MONEY, MAIN, NULL, 0, 0, NULL, "Received; paid when negative,"),
    FIELD(flow, moment, NONE, FIXED, NULL, 0, 0, NULL, "and when."),
};
static const struct rows flow_rows = ROWS(flow, flow_fields, NULL, "A payment: `-100 EUR at 0 y`.");

static const struct word depreciation_methods[] = {
    {"straight", "evenly"},
    {"declining", "twice the even rate of what is left, and evenly as soon as that is more"}};
static const struct words depreciation_words = WORDS(depreciation_methods);
static const struct field depreciation_fields[] = {
    FIELD(depreciation, over, TIME, MAIN, NULL, 1, 1e9, NULL, "Time until nothing is left of it."),
    FIELD(depreciation, method, NONE, FIXED, "straight", 0, 0, &depreciation_words, "How it goes."),
};
static const struct rows depreciation_rows =
    ROWS(depreciation, depreciation_fields, NULL, "How what is bought loses its worth.");

static const struct field money_fields[] = {
    FIELD(money, fixed, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL, "Overhead."),
    FIELD(money, rate, SHARE_RATE, FIXED, "0 %/y", -0.9, 100, NULL,
          "Discount rate a year, for the net present value."),
    FIELD(money, cash, MONEY, FIXED, "0", 0, 0, NULL, "Cash when measuring begins."),
    FIELD(money, tax, SHARE, FIXED, "0 %", 0, 1, NULL,
          "Share of the profit so far, each month; losses are carried forward."),
    FIELD(money, flows, NONE, FIXED, "[]", 0, 0, &flow_rows,
          "Other payments, such as `-100 EUR at 0 y`; they lie in measured time."),
    FIELD(money, energy_price, MONEY_ENERGY, LIVE, "0 /kWh", 0, 0, NULL,
          "Of the energy that stations draw."),
    FIELD(money, energy_co2, MASS_ENERGY, FIXED, "0 kg/kWh", 0, 0, NULL, "What it emits."),
    FIELD(money, carbon, MONEY_MASS, LIVE, "0 /kg", 0, 0, NULL,
          "Price of emissions, of energy and of lanes."),
    FIELD(money, depreciation, NONE, FIXED, "none", 0, 0, &depreciation_rows,
          "Of what programmes buy; without it, it costs when it is paid."),
};
static const struct rows money_rows = ROWS(money, money_fields, NULL, "Rates and cash.");

/* ---- the world ---- */
static const struct field world_fields[] = {
    FIELD(world, calendars, NONE, FIXED, "{}", 0, 0, &calendar_rows, "When work is done."),
    FIELD(world, crews, NONE, FIXED, "{}", 0, 0, &crew_rows, "People."),
    FIELD(world, drivers, NONE, FIXED, "{}", 0, 0, &driver_rows, "What changes in the world."),
    FIELD(world, sites, NONE, FIXED, "{}", 0, 0, &site_rows, "Places."),
    FIELD(world, lanes, NONE, FIXED, "{}", 0, 0, &lane_rows,
          "How things move from place to place."),
    FIELD(world, vehicles, NONE, FIXED, "{}", 0, 0, &vehicle_rows, "What moves them."),
    FIELD(world, money, NONE, FIXED, "{}", 0, 0, &money_rows, "Rates and cash."),
    FIELD(world, items, NONE, FIXED, "{}", 0, 0, &item_rows, "What is made or bought, and how."),
    FIELD(world, releases, NONE, FIXED, "{}", 0, 0, &release_rows, "Work that starts by itself."),
    FIELD(world, stations, NONE, FIXED, "{}", 0, 0, &station_rows, "Where work is done."),
    FIELD(world, cards, NONE, FIXED, "{}", 0, 0, &cards_rows, "What may be started."),
    FIELD(world, stocks, NONE, FIXED, "{}", 0, 0, &stock_rows, "What lies in store."),
    FIELD(world, suppliers, NONE, FIXED, "{}", 0, 0, &supplier_rows, "Who delivers from outside."),
    FIELD(world, customers, NONE, FIXED, "{}", 0, 0, &customer_rows, "Who buys."),
    FIELD(world, plans, NONE, FIXED, "{}", 0, 0, &plan_rows,
          "Policies that are computed on a cadence."),
    FIELD(world, programmes, NONE, FIXED, "{}", 0, 0, &programme_rows,
          "Changes with a date, a cost and a ramp."),
};
const struct rows world_rows =
    ROWS(world, world_fields, NULL, "The world: factory, suppliers, customers.");

const char *const world_section_keys[SECTION_COUNT] = {
#define X(name, key) #key,
    WORLD_SECTIONS(X)
#undef X
};

#define ONE(SECTION) (1u << SECTION_##SECTION)
static const struct word each_list[] = {{"each", "all items that have a route, one of each"}};
static const struct word factory_list[] = {{"factory", "it is made here"}};
const struct target target_item = {ONE(ITEMS), "item", NULL, {0, NULL}};
const struct target target_item_or_each = {ONE(ITEMS), "item", NULL, WORDS(each_list)};
const struct target target_station = {ONE(STATIONS), "station", NULL, {0, NULL}};
const struct target target_stock = {ONE(STOCKS), "stock", NULL, {0, NULL}};
const struct target target_source = {ONE(SUPPLIERS) | ONE(STOCKS) | TARGET_LEADS, "source",
                                     "Sources are suppliers, stocks and factory",
                                     WORDS(factory_list)};
const struct target target_customer_source = {
    ONE(STOCKS), "source", "Sources of a customer are stocks and factory", WORDS(factory_list)};
const struct target target_plan = {ONE(PLANS), "plan", NULL, {0, NULL}};
const struct target target_calendar = {ONE(CALENDARS), "calendar", NULL, {0, NULL}};

static const struct scope_name stock_names[] = {
#define X(name, word, in_time, help) {word, STOCK_##name, {.time = in_time}, help, NULL},
    STOCK_NAMES(X)
#undef X
};
const struct scope stock_scope = {"stock", STOCK_NAME_COUNT, stock_names, &result_scope, NULL};

static const struct scope_name choose_names[] = {
#define X(name, word, divides, help) {word, STOCK_NAME_COUNT + CHOOSE_##name, {0}, help, NULL},
    CHOOSE_RULES(X)
#undef X
};
const struct scope choose_scope = {"choose", CHOOSE_RULE_COUNT, choose_names, &stock_scope,
                                   &target_source};
