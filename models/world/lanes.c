/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of sites and lanes: where things are, and how they get from one place to another. */
#include "rows.h"

#include <math.h>

/* ---- sites ---- */
static const struct field axis_fields[] = {
    FIELD(axis, length, LENGTH, FIXED | MAIN, NULL, 0, 0, NULL, "Along this axis of the map."),
};
static const struct rows axis_rows = ROWS(axis, axis_fields, NULL, "A coordinate.");

static void check_site(const void *block, struct place place, struct faults *faults) {
    const struct site_spec *site = block;
    if (site->at.count != 0 && site->at.count != 2)
        fault_error(faults, place, "at: [120 m, 40 m]", "a place on the map has two coordinates");
}

const struct target target_site = {1u << SECTION_SITES, "site", NULL, {0, NULL}};
static const struct field site_fields[] = {
    FIELD(site, in, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site,
          "The site that it is part of."),
    FIELD(site, at, NONE, FIXED, "[]", 0, 0, &axis_rows,
          "Where it lies on the map: two coordinates, for distances that lanes do not give."),
    FIELD(site, cost, MONEY_RATE, FIXED, "0 /h", 0, 0, NULL, "Overhead of the site."),
    FIELD(site, room, AMOUNT, FIXED | OPTIONAL, NULL, 0, 1e12, NULL,
          "What all stocks there, and in the sites in it, hold together: units, a mass or a "
          "volume; by "
          "itself unlimited."),
};
const struct rows site_rows = ROWS(site, site_fields, check_site, "A place.");

/* ---- vehicles ---- */
static const struct field vehicle_cost_fields[] = {
    FIELD(vehicle_cost, hour, MONEY_RATE, FIXED, "0 /h", 0, 0, NULL,
          "Of a vehicle at work: driving, loading and unloading."),
    FIELD(vehicle_cost, distance, MONEY_LENGTH, FIXED, "0 /km", 0, 0, NULL,
          "Of what it drives, with cargo or without."),
};
static const struct rows vehicle_cost_rows =
    ROWS_NAMED("cost", vehicle_cost, vehicle_cost_fields, "What vehicles cost.");

static const struct word vehicle_rules[] = {
    {"nearest", "the free vehicle and the cargo that are nearest to each other"},
    {"oldest", "the cargo that waits longest, and the free vehicle nearest to it"}};
static const struct words vehicle_rule_words = WORDS(vehicle_rules);
static const struct word breakdown_clocks[] = {{"up", "time since it goes again"},
                                               {"calendar", "from start to start"},
                                               {"busy", "time in which it is not free"}};
static const struct words breakdown_clock_words = WORDS(breakdown_clocks);
static const struct field breakdown_fields[] = {
    FIELD(breakdown, clock, NONE, FIXED | OPTIONAL, NULL, 0, 0, &breakdown_clock_words,
          "What `after` counts; by itself busy."),
    FIELD(breakdown, after, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "Time until it stands."),
    FIELD(breakdown, first, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "The first time, from the beginning of the run; by itself as after."),
    FIELD(breakdown, lasts, TIME, LIVE | MAIN, NULL, 0, 0, NULL, "How long it stands."),
    FIELD(breakdown, at, NONE, FIXED, "[]", 0, 0, &moment_rows,
          "Moments or dates, instead of `after`."),
    FIELD(breakdown, needs, NONE, FIXED, "{}", 0, 0, &need_rows,
          "People who repair it; by itself nobody has to be waited for."),
};
static void check_breakdown(const void *block, struct place place, struct faults *faults) {
    const struct breakdown_spec *breakdown = block;
    check_clock(&breakdown->clock, &breakdown->after, &breakdown->first, &breakdown->at, place,
                faults);
}
static const struct rows breakdown_rows = ROWS(breakdown, breakdown_fields, check_breakdown,
                                               "When each vehicle breaks down, each on its own.");

static const struct field battery_fields[] = {
    FIELD(battery, range, RANGE, FIXED, NULL, 0, 0, NULL,
          "How far it drives with a full battery, with cargo or without; or how long, at its "
          "`speed`."),
    FIELD(battery, charge, TIME, LIVE, NULL, 0, 0, NULL,
          "How long it is charged from empty to full; as much of that as is missing."),
    FIELD(battery, at, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site,
          "Where it is charged; by itself where it stands."),
    FIELD(battery, below, SHARE, FIXED, "0 %", 0, 1, NULL,
          "One that has less than this when it has unloaded goes to be charged; by itself only "
          "when it "
          "cannot do what waits."),
};
static void check_battery(const void *block, struct place place, struct faults *faults) {
    const struct battery_spec *battery = block;
    if (!(battery->range.value > 0))
        fault_error(faults, place, "range: 8 km", "a range is above 0");
}
static const struct rows battery_rows =
    ROWS_CHECKED("battery", battery, battery_fields, check_battery, "Range and charging.");

static const struct field vehicle_fields[] = {
    FIELD(vehicle, number, COUNT, FIXED | MAIN, "1", 1, 1e5, NULL, "How many there are."),
    FIELD(
        vehicle, speed, SPEED, FIXED | OPTIONAL, NULL, 0, 0, NULL,
        "For lanes that give no time, and to drive without cargo; by itself that takes as long as "
        "the lane."),
    FIELD(vehicle, carries, AMOUNT, FIXED, "1", 0, 1e12, NULL,
          "Most that one carries: pieces, a mass or a volume."),
    FIELD(vehicle, load, TIME, LIVE, "0 s", 0, 0, NULL, "Time to load, before each trip."),
    FIELD(vehicle, unload, TIME, LIVE, "0 s", 0, 0, NULL, "Time to unload, after each trip."),
    FIELD(vehicle, rule, NONE, FIXED, "nearest", 0, 0, &vehicle_rule_words, "Who goes where."),
    FIELD(vehicle, home, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site,
          "Where they stand at the start and go when nothing waits; by itself they stay where they "
          "are."),
    FIELD(vehicle, cost, NONE, FIXED, "none", 0, 0, &vehicle_cost_rows, "What they cost."),
    FIELD(vehicle, needs, NONE, FIXED, "{}", 0, 0, &need_rows,
          "People who drive it, load and unload; by itself it drives alone."),
    FIELD(vehicle, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When they are sent to fetch something; who is under way finishes. By itself always."),
    FIELD(vehicle, failures, NONE, FIXED, "{}", 0, 0, &breakdown_rows,
          "Stops of each vehicle, each with a name."),
    FIELD(vehicle, battery, NONE, FIXED, "none", 0, 0, &battery_rows,
          "How far each drives until it is charged; by itself as far as you like."),
};
const struct rows vehicle_rows = ROWS(vehicle, vehicle_fields, NULL, "What moves things.");
static const struct target target_vehicle = {1u << SECTION_VEHICLES, "vehicle", NULL, {0, NULL}};

/* ---- lanes ---- */
static const struct field lane_cost_fields[] = {
    FIELD(lane_cost, order, MONEY, FIXED, "0", 0, 0, NULL,
          "Of each lot or delivery that is handed over."),
    FIELD(lane_cost, load, MONEY, FIXED, "0", 0, 0, NULL, "Of each trip, however full."),
    FIELD(lane_cost, unit, PRICE, FIXED, "0", 0, 0, NULL,
          "Of each unit; a price of a kg is of its weight, one of a m3 of its volume."),
    FIELD(lane_cost, distance, MONEY_LENGTH, FIXED, "0 /km", 0, 0, NULL,
          "Of each trip for its distance."),
    FIELD(lane_cost, value, SHARE, FIXED, "0 %", 0, 0, NULL,
          "Tariff: share of the worth of what is carried, its `cost` or else its standard cost."),
};
static const struct rows lane_cost_rows =
    ROWS_NAMED("cost", lane_cost, lane_cost_fields, "What transport costs.");

static const struct field hold_fields[] = {
    FIELD(hold, until, AMOUNT, FIXED | OPTIONAL, NULL, 0, 1e12, NULL,
          "A trip leaves as soon as so much waits,"),
    FIELD(hold, wait, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "or when the first of it has waited so long; by itself it waits for ever."),
};
static void check_hold(const void *block, struct place place, struct faults *faults) {
    const struct hold_spec *hold = block;
    if (!hold->until.given && hold->wait.ticks == ABSENT_TICKS)
        fault_error(faults, place, "hold: {until: 160 pieces, wait: 2 d}",
                    "goods are held until what?");
}
static const struct rows hold_rows =
    ROWS_CHECKED("hold", hold, hold_fields, check_hold, "Goods wait for others to go with them.");

static const struct word closure_clocks[] = {{"up", "time since it is open again"},
                                             {"calendar", "from start to start"}};
static const struct words closure_clock_words = WORDS(closure_clocks);
static const struct word closure_parts[] = {
    {"orders", "no trip leaves, and those under way stand still and go on afterwards"},
    {"shipments", "no trip leaves; those under way go on"},
    {"receipts", "what comes is let in afterwards"}};
static const struct words closure_part_words = WORDS(closure_parts);
static const struct field closure_part_fields[] = {
    FIELD(outage_part, what, NONE, FIXED | MAIN, NULL, 0, 0, &closure_part_words, "What stops."),
};
static const struct rows closure_part_rows =
    ROWS(outage_part, closure_part_fields, NULL, "What stops while a lane is closed.");
static const struct field closure_fields[] = {
    FIELD(outage, clock, NONE, FIXED | OPTIONAL, NULL, 0, 0, &closure_clock_words,
          "What `after` counts; by itself up."),
    FIELD(outage, after, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "Time until it is closed."),
    FIELD(outage, first, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "The first time, from the beginning of the run; by itself as after."),
    FIELD(outage, at, NONE, FIXED, "[]", 0, 0, &moment_rows,
          "Moments or dates, instead of `after`."),
    FIELD(outage, lasts, TIME, LIVE | MAIN, NULL, 0, 0, NULL, "How long it is closed."),
    FIELD(outage, stops, NONE, FIXED, "[shipments]", 0, 0, &closure_part_rows,
          "What stops: `orders`, `shipments`, `receipts`."),
};
static void check_closure(const void *block, struct place place, struct faults *faults) {
    const struct outage_spec *closure = block;
    check_clock(&closure->clock, &closure->after, &closure->first, &closure->at, place, faults);
}
static const struct rows closure_rows =
    ROWS_CHECKED("failure", outage, closure_fields, check_closure, "When a lane is closed.");

static const struct field way_fields[] = {
    FIELD(way, time, TIME, LIVE, "0 s", 0, 0, NULL, "How long a trip takes."),
    FIELD(way, distance, LENGTH, FIXED | OPTIONAL, NULL, 0, 1e12, NULL,
          "How far it is; by itself as the crow flies between sites that lie on the map."),
    FIELD(way, load, AMOUNT, FIXED | OPTIONAL, NULL, 0, 1e12, NULL,
          "Most that a trip carries: pieces, a mass or a volume; by itself unlimited."),
    FIELD(way, cost, NONE, FIXED, "none", 0, 0, &lane_cost_rows, "What it costs."),
    FIELD(way, hold, NONE, FIXED, "none", 0, 0, &hold_rows,
          "Consolidation: goods wait for others to go with them."),
    FIELD(way, every, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "A timetable: a trip leaves at the beginning of the run and then so often, with what is "
          "there."),
    FIELD(way, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When trips may leave, and vehicles come and load; by itself always."),
    FIELD(way, co2, EMISSION, FIXED, "0", 0, 0, NULL,
          "Emissions: mass for each mass carried, or of each trip for its distance."),
    FIELD(way, by, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_vehicle,
          "The vehicles that carry it; by itself nothing has to be waited for."),
    FIELD(
        way, failures, NONE, FIXED, "{}", 0, 0, &closure_rows,
        "When it is closed, each cause with a name. A mode is only chosen while it is closed when "
        "all are."),
};
static const struct rows way_rows = ROWS(way, way_fields, NULL, "A way of going.");

static const struct word any_list[] = {{"any", "every place"}};
static const struct target target_from = {
    1u << SECTION_SITES | 1u << SECTION_STATIONS | 1u << SECTION_STOCKS | 1u << SECTION_SUPPLIERS,
    "place", "Goods come from sites, stations, stocks and suppliers", WORDS(any_list)};
static const struct target target_to = {
    1u << SECTION_SITES | 1u << SECTION_STATIONS | 1u << SECTION_STOCKS | 1u << SECTION_CUSTOMERS,
    "place", "Goods go to sites, stations, stocks and customers", WORDS(any_list)};

static void check_way(const struct way_spec *way, struct place place, struct faults *faults) {
    const struct hold_spec *hold = way->hold.block;
    if (hold && way->every.ticks != ABSENT_TICKS)
        fault_error(faults, place, "leave one of the two out",
                    "a lane with a timetable (`every`) does not hold goods back (`hold`)");
    if (way->by.name && (hold || way->every.ticks != ABSENT_TICKS))
        fault_error(faults, place, "leave it out: a vehicle takes what is there when it comes",
                    "a lane by vehicles has no `hold` or `every`");
    if (way->every.ticks != ABSENT_TICKS && way->every.ticks <= 0)
        fault_error(faults, place, NULL, "the time between departures is above 0");
    if (hold && hold->until.given && way->load.given && hold->until.value > way->load.value)
        fault_error(faults, place, NULL, "goods are held until %g, and a trip carries %g at most",
                    hold->until.value, way->load.value);
    for (int32_t i = 0; way->by.name && i < way->failures.count; i++) {
        const struct outage_spec *closure = (const struct outage_spec *)way->failures.things + i;
        const struct outage_part_spec *parts = closure->stops.things;
        for (int32_t p = 0; p < closure->stops.count; p++)
            if (parts[p].what.index == OUTAGE_ORDERS)
                fault_error(faults, closure->thing.place,
                            "the vehicles stand still by their own `failures`",
                            "on a lane by vehicles what is under way does not stand still");
    }
    if (way->load.given && !(way->load.value > 0))
        fault_error(faults, place, "leave it out where there is no limit",
                    "the most that a trip carries is above 0");
}

static void check_mode(const void *block, struct place place, struct faults *faults) {
    check_way(&((const struct mode_spec *)block)->way, place, faults);
}
static const struct field mode_fields[] = {
    FIELD(mode, way, NONE, INLINE, "{}", 0, 0, &way_rows, ""),
};
static const struct rows mode_rows =
    ROWS(mode, mode_fields, check_mode, "One of several ways of going.");

static void check_lane(const void *block, struct place place, struct faults *faults) {
    const struct lane_spec *lane = block;
    check_way(&lane->way, place, faults);
    if (lane->modes.count > 0 && lane->way.failures.count > 0)
        fault_error(faults, place, "modes: {sea: {failures: ...}}",
                    "a lane with modes is closed mode by mode");
    if (lane->modes.count > 0 && !(law_constant(&lane->way.time) && lane->way.time.a == 0))
        fault_error(faults, place, "each mode has a time of its own",
                    "a lane has a time, or modes that have one");
}
static const struct scope_name mode_names[] = {
#define X(name, word, help) {word, MODE_##name, {0}, help, NULL},
    MODE_NAMES(X)
#undef X
};
static const struct scope mode_name_scope = {"lane", MODE_NAME_COUNT, mode_names, &result_scope,
                                             NULL};
static const struct scope_name mode_rules[] = {
#define X(name, word, help) {word, MODE_NAME_COUNT + MODE_##name, {0}, help, NULL},
    MODE_RULES(X)
#undef X
};
static const struct target target_mode = {TARGET_LOOSE, "mode", NULL, {0, NULL}};
const struct scope mode_scope = {"choose of a lane", MODE_RULE_COUNT, mode_rules, &mode_name_scope,
                                 &target_mode};
static const struct field lane_fields[] = {
    FIELD(lane, from, NONE, FIXED, NULL, 0, 0, &target_from, "From this place, or all in it,"),
    FIELD(lane, to, NONE, FIXED, NULL, 0, 0, &target_to, "to this place, or all in it."),
    FIELD(lane, way, NONE, INLINE, "{}", 0, 0, &way_rows, ""),
    FIELD(lane, modes, NONE, FIXED, "{}", 0, 0, &mode_rows,
          "Several ways, each with its own time, cost and timetable."),
    FIELD(lane, choose, PLAIN, LIVE | OPTIONAL, NULL, 0, 0, &mode_scope,
          "Which of them: a rule, or an expression that names one; by itself cheapest."),
};
const struct rows lane_rows = ROWS(lane, lane_fields, check_lane, "How things move.");
