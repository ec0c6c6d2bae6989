/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver.h"

#include "../floor/floor.h"

#include <math.h>

/* ---- periods ---- */
static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* By counting years from the first of March, so that a leap day is the last of its year. */
int64_t calendar_months(int64_t second) {
    int64_t days = floor_divide(second, 86400) + 719468; /* since 0000-03-01 */
    int64_t era = floor_divide(days, 146097), day = days - 146097 * era;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t month = (5 * (day - (365 * year + year / 4 - year / 100)) + 2) / 153; /* from March */
    return 12 * (400 * era + year) + month + 2;
}

static int64_t months(const struct plant *plant, tick at) {
    return calendar_months(plant->start_second + floor_divide(at - plant->warm_up, TICK_S));
}

/* Counted from any beginning; AT is a moment of the run. */
static int64_t cadence_number(const struct plant *plant, int64_t word, tick at) {
    static const int32_t in_a_period[] = {
        [EVERY_MONTH] = 1, [EVERY_QUARTER] = 3, [EVERY_YEAR] = 12};
    switch (word) {
    case EVERY_DAY: return floor_divide(plant->day_start + at, TICK_D);
    case EVERY_WEEK: return floor_divide(plant->day_start + at, TICK_WK);
    default: return floor_divide(months(plant, at), in_a_period[word]);
    }
}

/* The period in which measuring begins is 0. */
int64_t driver_period(const struct plant *plant, const struct driver *driver, tick at) {
    for (int64_t word = EVERY_DAY; word <= EVERY_YEAR; word++)
        if (driver->every.ticks == SPAN_WORD(word))
            return cadence_number(plant, word, at) - cadence_number(plant, word, plant->warm_up);
    return floor_divide(at - plant->warm_up, driver->every.ticks);
}

/* By halving: periods are no shorter than what lies between here and there. */
tick cadence_next(const struct plant *plant, struct span every, tick at) {
    if (every.ticks >= 0) return (floor_divide(at, every.ticks) + 1) * every.ticks;
    int64_t word = EVERY_DAY;
    while (word < EVERY_YEAR && every.ticks != SPAN_WORD(word)) word++;
    int64_t period = cadence_number(plant, word, at);
    tick before = at, behind = at + 367 * TICK_D;
    while (behind - before > 1) {
        tick middle = before + (behind - before) / 2;
        if (cadence_number(plant, word, middle) == period)
            before = middle;
        else
            behind = middle;
    }
    return behind;
}

tick cadence_length(struct span every) {
    if (every.ticks == SPAN_WORD(EVERY_DAY)) return TICK_D;
    if (every.ticks == SPAN_WORD(EVERY_WEEK)) return TICK_WK;
    if (every.ticks == SPAN_WORD(EVERY_MONTH)) return TICK_Y / 12;
    if (every.ticks == SPAN_WORD(EVERY_QUARTER)) return TICK_Y / 4;
    if (every.ticks == SPAN_WORD(EVERY_YEAR)) return TICK_Y;
    return every.ticks;
}

/* ---- values ---- */
double driver_table_value(const struct driver *driver, int64_t period) {
    int64_t count = driver->value_count;
    if (driver->then == DRIVER_THEN_REPEAT) period -= floor_divide(period, count) * count;
    if (period < 0) period = 0; /* the warm-up is like the first period */
    if (period < count) return driver->values[period].value;
    return driver->then == DRIVER_THEN_LAST ? driver->values[count - 1].value : 0;
}

static double pulses_value(const struct driver *driver, tick measured) {
    double value = 1;
    for (int32_t i = 0; i < driver->pulse_count; i++)
        if (measured >= driver->pulses[i].from.ticks && measured < driver->pulses[i].to.ticks)
            value *= driver->pulses[i].value;
    return value;
}

static double shock(const struct run *run, const struct driver *driver, int64_t period) {
    struct draw draw =
        draw_at(run_stream(run, driver->stream), (uint64_t)period, 0, run->replication, 0);
    double normal = ziggurat_normal(&draw);
    return run->mirrored ? -normal : normal;
}

static double level_drawn(const struct run *run, const struct driver *driver, int64_t period) {
    double a = driver->correlation, sum = 0;
    for (int64_t k = period - driver->memory; k <= period; k++)
        sum = a * sum + shock(run, driver, k);
    double level = 1 + driver->sd * sqrt(1 - a * a) * sum;
    return level > 0 ? level : 0;
}

/* Before there is any run, its mean. */
static double level_value(const struct run *run, const struct driver *driver, int32_t id) {
    if (!run->driver_memory) return 1;
    int64_t period = driver_period(run->plant, driver, run->now);
    struct driver_level *known = &run->driver_memory[id].levels[period & (LEVELS_KEPT - 1)];
    if (!known->known || known->period != period)
        *known = (struct driver_level){period, level_drawn(run, driver, period), true};
    return known->level;
}

double driver_value(const struct run *run, int32_t id) {
    const struct driver *driver = &run->plant->drivers[id];
    struct formula_env env = {.read = world_read, .context = run};
    switch (driver->kind) {
    case DRIVER_FORMULA: return formula_value(driver->formula, &env);
    case DRIVER_TABLE:
        return driver_table_value(driver, driver_period(run->plant, driver, run->now));
    case DRIVER_LEVEL: return level_value(run, driver, id);
    case DRIVER_PULSES: return pulses_value(driver, run->now - run->plant->warm_up);
    }
    return NAN;
}
