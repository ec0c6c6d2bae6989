/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of suppliers: what they ask for, how long they take, and what stops them. */
#include "rows.h"

/* ---- outages ---- */
static const struct word outage_clocks[] = {{"up", "time since he is back"},
                                            {"calendar", "from start to start"}};
static const struct words outage_clock_words = WORDS(outage_clocks);
static const struct word outage_parts[] = {
    {"orders", "he takes and works on none; those at hand stand still"},
    {"shipments", "what is ready does not leave"},
    {"receipts", "what comes is not received"}};
static const struct words outage_part_words = WORDS(outage_parts);
static const struct field outage_part_fields[] = {
    FIELD(outage_part, what, NONE, FIXED | MAIN, NULL, 0, 0, &outage_part_words, "What stops."),
};
static const struct rows outage_part_rows =
    ROWS(outage_part, outage_part_fields, NULL, "What stops in an outage.");

static const struct field outage_fields[] = {
    FIELD(outage, clock, NONE, FIXED | OPTIONAL, NULL, 0, 0, &outage_clock_words,
          "What `after` counts; by itself up."),
    FIELD(outage, after, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "Time until it begins."),
    FIELD(outage, first, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "The first time, from the beginning of the run; by itself as after."),
    FIELD(outage, lasts, TIME, LIVE | MAIN, NULL, 0, 0, NULL, "How long it lasts."),
    FIELD(outage, stops, NONE, FIXED, "[orders, shipments]", 0, 0, &outage_part_rows,
          "What stops: `orders`, `shipments`, `receipts`."),
    FIELD(outage, at, NONE, FIXED, "[]", 0, 0, &moment_rows,
          "Moments or dates, instead of `after`."),
};
static void check_outage(const void *block, struct place place, struct faults *faults) {
    const struct outage_spec *outage = block;
    check_clock(&outage->clock, &outage->after, &outage->first, &outage->at, place, faults);
}
static const struct rows outage_rows = ROWS(outage, outage_fields, check_outage, "An outage.");

/* ---- prices ---- */
static const struct field price_break_fields[] = {
    FIELD(price_break, from, AMOUNT, FIXED, NULL, 0, 1e12, NULL, "For orders of this and more,"),
    FIELD(price_break, price, PRICE, FIXED | MAIN, NULL, 0, 0, NULL, "the price of a unit."),
};
static const struct rows price_break_rows =
    ROWS(price_break, price_break_fields, NULL, "A price for large orders.");

static const struct word breaks_ons[] = {
    {"all units", "the price holds for the whole order"},
    {"increment", "the price holds for what lies above `from`"}};
static const struct words breaks_on_words = WORDS(breaks_ons);

/* What an item may say otherwise than its supplier. */
static const struct field supply_fields[] = {
    FIELD(supply, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(supply, price, PRICE, LIVE | MAIN | OPTIONAL, NULL, 0, 0, NULL,
          "Of a unit; by itself the supplier's."),
    FIELD(supply, breaks, NONE, FIXED, "[]", 0, 0, &price_break_rows,
          "Prices of larger orders, ascending; by themselves the supplier's."),
    FIELD(supply, breaks_on, NONE, FIXED | OPTIONAL, NULL, 0, 0, &breaks_on_words,
          "By itself the supplier's."),
    FIELD(supply, lead_time, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "By itself the supplier's."),
    FIELD(supply, processing, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "By itself the supplier's."),
    FIELD(supply, capacity, AMOUNT_RATE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "By itself the supplier's."),
    FIELD(supply, min_order, AMOUNT, LIVE | OPTIONAL, NULL, 0, 1e12, NULL,
          "By itself the supplier's."),
    FIELD(supply, multiple, AMOUNT, LIVE | OPTIONAL, NULL, 0, 1e12, NULL,
          "By itself the supplier's."),
};
static const struct rows supply_rows =
    ROWS_OF_NAMES(supply, supply_fields, NULL, "An item supplied.", &target_item);

static const struct field supplier_fields[] = {
    FIELD(supplier, supplies, NONE, FIXED, NULL, 0, 0, &supply_rows, "What he sells."),
    FIELD(supplier, price, PRICE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Of a unit; by itself the item's cost."),
    FIELD(supplier, breaks, NONE, FIXED, "[]", 0, 0, &price_break_rows,
          "Prices of larger orders, ascending."),
    FIELD(supplier, breaks_on, NONE, FIXED, "all units", 0, 0, &breaks_on_words,
          "What a break holds for."),
    FIELD(supplier, lead_time, TIME, LIVE, "0 s", 0, 0, NULL,
          "From order to receipt, beside processing and the wait for his capacity."),
    FIELD(supplier, processing, TIME, LIVE, "0 s", 0, 0, NULL,
          "Time before the goods leave, of each order by itself."),
    FIELD(supplier, capacity, AMOUNT_RATE, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Most that he makes in a time, one order after the other as they come; by itself "
          "unlimited."),
    FIELD(supplier, order_cost, MONEY, LIVE, "0", 0, 0, NULL, "Cost of each order."),
    FIELD(supplier, min_order, AMOUNT, LIVE, "0", 0, 1e12, NULL, "Least that may be ordered."),
    FIELD(supplier, multiple, AMOUNT, LIVE, "0", 0, 1e12, NULL,
          "Orders are multiples of this; 0: anything."),
    FIELD(supplier, crossing, NONE, FIXED, "yes", 0, 0, NULL, "May a later order arrive first?"),
    FIELD(supplier, yield, SHARE, LIVE, "100 %", 0, 1, NULL,
          "Share of an order that he can deliver, drawn for each; only this is paid."),
    FIELD(supplier, partial, NONE, FIXED, "yes", 0, 0, NULL,
          "Does he deliver what the yield left? If not, what is missing is made again first."),
    FIELD(supplier, defects, SHARE, LIVE, "0 %", 0, 1, NULL,
          "Share of what is delivered and paid that is bad, and thrown away at receipt."),
    FIELD(supplier, failures, NONE, FIXED, "{}", 0, 0, &outage_rows, "Outages, each with a name."),
    FIELD(supplier, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When he works and ships; by itself always."),
    FIELD(supplier, site, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site,
          "Where his goods leave; with a lane from there, his lead time comes before it."),
    FIELD(supplier, pays, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Payment term: his bill is paid this long after the goods are received. By itself it is "
          "paid when the order reaches him."),
};
const struct rows supplier_rows =
    ROWS(supplier, supplier_fields, NULL, "Who delivers from outside.");
