/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of drivers. */
#include "rows.h"

#include <math.h>

static const struct field driver_value_fields[] = {
    FIELD(driver_value, value, PLAIN, FIXED | MAIN, NULL, 0, 0, NULL, "The value of a period."),
};
static const struct rows driver_value_rows =
    ROWS(driver_value, driver_value_fields, NULL, "A period.");

static const struct field pulse_fields[] = {
    FIELD(pulse, value, PLAIN, FIXED, NULL, 0, 0, NULL, "The value while it lasts,"),
    FIELD(pulse, from, NONE, FIXED, NULL, 0, 0, NULL, "from this moment on,"),
    FIELD(pulse, to, NONE, FIXED, NULL, 0, 0, NULL, "to this one."),
};
static const struct rows pulse_rows = ROWS(pulse, pulse_fields, NULL, "A promotion or a shock.");

static const struct word cadence_list[] = {{"day", "from midnight"},
                                           {"week", "from Monday 00:00"},
                                           {"month", "from the first"},
                                           {"quarter", "from the first of January, April, ..."},
                                           {"year", "from the first of January"}};
const struct words cadence_words = WORDS(cadence_list);
static const struct word driver_then_list[] = {
    {"last", "the last value stays"}, {"repeat", "from the first value again"}, {"stop", "0"}};
static const struct words driver_then_words = WORDS(driver_then_list);

static void check_driver(const void *block, struct place place, struct faults *faults) {
    const struct driver_spec *driver = block;
    bool table = driver->table.count > 0, level = !isnan(driver->ar1);
    bool pulses = driver->pulses.count > 0, period = driver->every.ticks != ABSENT_TICKS;
    int32_t kinds = (driver->value.formula != NULL) + table + level + pulses;
    if (kinds != 1)
        fault_error(faults, place, "season: {table: season.csv, every: month}",
                    "a driver has one of value, table, ar1 and pulses; '%s' has %s",
                    driver->thing.name, kinds ? "several" : "none");
    else if ((table || level) && !period)
        fault_error(faults, place, "every: month", "how long is a period of '%s'?",
                    driver->thing.name);
    else if (!table && !level && period)
        fault_error(faults, place, NULL, "'%s' has no periods, so `every` means nothing",
                    driver->thing.name);
    if (level && isnan(driver->sd))
        fault_error(faults, place, "{ar1: 0.7, sd: 0.15, every: 1 wk}",
                    "a random level needs its standard deviation `sd`");
    if (!level && !isnan(driver->sd))
        fault_error(faults, place, "{ar1: 0.7, sd: 0.15, every: 1 wk}",
                    "`sd` belongs to a random level, which `ar1` makes");
    for (int32_t i = 0; i < driver->pulses.count; i++) {
        const struct pulse_spec *pulse = (const struct pulse_spec *)driver->pulses.things + i;
        if (pulse->from.ticks >= pulse->to.ticks)
            fault_error(faults, place, NULL, "a pulse of '%s' ends before it begins",
                        driver->thing.name);
    }
}

static const struct field driver_fields[] = {
    FIELD(driver, value, ANY, MAIN | OPTIONAL, NULL, 0, 0, NULL,
          "Its value: a number or an expression. Or:"),
    FIELD(driver, table, NONE, FIXED, "[]", 0, 0, &driver_value_rows,
          "one value a period, from a file or a list; the first holds in the period in which "
          "measuring begins. Or:"),
    FIELD(driver, ar1, PLAIN, FIXED | OPTIONAL, NULL, -0.999, 0.999, NULL,
          "a random level around 1, the same for all who use it: correlation from one period to "
          "the next. Or:"),
    FIELD(driver, pulses, NONE, FIXED, "[]", 0, 0, &pulse_rows,
          "promotions and shocks; 1 otherwise, and the product where they overlap."),
    FIELD(driver, every, TIME, FIXED | OPTIONAL, NULL, 0, 0, &cadence_words,
          "The period of a table or of a random level; a time counts from when measuring begins."),
    FIELD(driver, then, NONE, FIXED, "last", 0, 0, &driver_then_words, "After the table."),
    FIELD(driver, sd, PLAIN, FIXED | OPTIONAL, NULL, 0, 10, NULL,
          "Standard deviation of the random level, which is normal; below 0 it is 0."),
    FIELD(driver, about, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL, "What it stands for."),
};
const struct rows driver_rows =
    ROWS(driver, driver_fields, check_driver, "A named number of the world.");
