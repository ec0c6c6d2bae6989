/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bound.h"

#include "../floor/floor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL_SDS = 7, BRANCHES_MOST = 12, PIECES_MOST = 2000, PERIODS_MOST = 100000 };

/* From LOW to HIGH; infinite where nothing is known. */
struct range {
    double low, high;
};

static const struct range unknown = {-INFINITY, INFINITY};

struct piece { /* of time, both ends in it */
    const struct plant *plant;
    tick from, to;
};

static struct range hull(struct range a, struct range b) {
    return (struct range){fmin(a.low, b.low), fmax(a.high, b.high)};
}

/* The hull of the values at the corners; a value that is none makes it unknown. */
static struct range of_values(const double *values, int32_t count) {
    struct range range = {INFINITY, -INFINITY};
    for (int32_t i = 0; i < count; i++) {
        if (isnan(values[i])) return unknown;
        range = hull(range, (struct range){values[i], values[i]});
    }
    return range;
}

/* ---- functions ---- */
static struct range product(struct range a, struct range b) {
    const double corners[] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    return of_values(corners, 4);
}

static struct range quotient(struct range a, struct range b) {
    if (b.low <= 0 && b.high >= 0) return unknown;
    return product(a, (struct range){1 / b.high, 1 / b.low});
}

/* Of a base above 0 it is monotone in both; of any base for a whole exponent. */
static struct range power(struct range a, struct range b) {
    const double corners[] = {pow(a.low, b.low), pow(a.low, b.high), pow(a.high, b.low),
                              pow(a.high, b.high)};
    if (a.low > 0 || (a.low == 0 && b.low > 0)) return of_values(corners, 4);
    if (b.low != b.high || b.low != floor(b.low) || b.low < 0) return unknown;
    struct range range = of_values(corners, 4);
    if (fmod(b.low, 2) == 0 && a.high > 0) range.low = b.low == 0 ? 1 : 0;
    return range;
}

/* Does the piece hold a moment AT + k * 2 pi? */
static bool passes(struct range x, double at) {
    return floor((x.high - at) / (2 * M_PI)) >= ceil((x.low - at) / (2 * M_PI));
}

static struct range sine(struct range x) {
    if (!isfinite(x.low) || !isfinite(x.high)) return (struct range){-1, 1};
    const double ends[] = {sin(x.low), sin(x.high)};
    struct range range = of_values(ends, 2);
    if (passes(x, M_PI / 2)) range.high = 1;
    if (passes(x, -M_PI / 2)) range.low = -1;
    return range;
}

static struct range magnitude(struct range x) {
    double far = fmax(fabs(x.low), fabs(x.high)), near = fmin(fabs(x.low), fabs(x.high));
    return (struct range){x.low <= 0 && x.high >= 0 ? 0 : near, far};
}

/* Of a condition: is it always, never, or sometimes so? */
static struct range truth(bool always, bool never) {
    return (struct range){always ? 1 : 0, never ? 0 : 1};
}

static struct range compared(int32_t code, struct range a, struct range b) {
    switch (code) {
    case FORMULA_LESS: return truth(a.high < b.low, a.low >= b.high);
    case FORMULA_LESS_EQUAL: return truth(a.high <= b.low, a.low > b.high);
    case FORMULA_GREATER: return truth(a.low > b.high, a.high <= b.low);
    case FORMULA_GREATER_EQUAL: return truth(a.low >= b.high, a.high < b.low);
    default: break;
    }
    bool same = a.low == a.high && b.low == b.high && a.low == b.low;
    bool apart = a.high < b.low || a.low > b.high;
    return code == FORMULA_EQUAL ? truth(same, apart) : truth(apart, same);
}

static double clamped(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

#define MONOTONE(FUNCTION, X)                                                                      \
    { FUNCTION((X).low), FUNCTION((X).high) }

static struct range applied(int32_t code, const struct range *x) {
    switch ((enum formula_code)code) {
    case FORMULA_NEGATE: return (struct range){-x->high, -x->low};
    case FORMULA_ADD: return (struct range){x[0].low + x[1].low, x[0].high + x[1].high};
    case FORMULA_SUBTRACT: return (struct range){x[0].low - x[1].high, x[0].high - x[1].low};
    case FORMULA_MULTIPLY: return product(x[0], x[1]);
    case FORMULA_DIVIDE: return quotient(x[0], x[1]);
    case FORMULA_POWER: return power(x[0], x[1]);
    case FORMULA_NOT: return truth(x->low == 0 && x->high == 0, x->low > 0 || x->high < 0);
    case FORMULA_ABS: return magnitude(*x);
    case FORMULA_SQRT: return x->low < 0 ? unknown : (struct range)MONOTONE(sqrt, *x);
    case FORMULA_EXP: return (struct range)MONOTONE(exp, *x);
    case FORMULA_LN: return x->low <= 0 ? unknown : (struct range)MONOTONE(log, *x);
    case FORMULA_FLOOR: return (struct range)MONOTONE(floor, *x);
    case FORMULA_CEIL: return (struct range)MONOTONE(ceil, *x);
    case FORMULA_ROUND: return (struct range)MONOTONE(round, *x);
    case FORMULA_SIN: return sine(*x);
    case FORMULA_MIN: return (struct range){fmin(x[0].low, x[1].low), fmin(x[0].high, x[1].high)};
    case FORMULA_MAX: return (struct range){fmax(x[0].low, x[1].low), fmax(x[0].high, x[1].high)};
    case FORMULA_CLAMP:
        return (struct range){clamped(x[0].low, x[1].low, x[2].low),
                              clamped(x[0].high, x[1].high, x[2].high)};
    default: return compared(code, x[0], x[1]);
    }
}

/* ---- what changes with time ---- */
static struct range formula_range(const struct piece *, const struct formula *);

static struct range hours(const struct piece *piece) {
    tick from = piece->plant->day_start + piece->from, to = piece->plant->day_start + piece->to;
    if (from / TICK_D != to / TICK_D) return (struct range){0, 24};
    return (struct range){(double)(from % TICK_D) / (double)TICK_H,
                          (double)(to % TICK_D) / (double)TICK_H};
}

/* Of a count that goes up by one and starts anew at 1 after MOST. */
static struct range in_turn(int64_t from, int64_t to, int64_t most) {
    int64_t a = from % most, b = to % most;
    if (to - from >= most || b < a) return (struct range){1, (double)most};
    return (struct range){(double)(a + 1), (double)(b + 1)};
}

static int64_t month_at(const struct plant *plant, tick at) {
    return calendar_months(plant->start_second + (at - plant->warm_up) / TICK_S);
}

static struct range table_range(const struct plant *plant, const struct driver *driver,
                                const struct piece *piece) {
    int64_t first = driver_period(plant, driver, piece->from),
            last = driver_period(plant, driver, piece->to);
    if (last - first > PERIODS_MOST) last = first + PERIODS_MOST;
    double value = driver_table_value(driver, first);
    struct range range = {value, value};
    for (int64_t i = first + 1; i <= last; i++) {
        value = driver_table_value(driver, i);
        range = hull(range, (struct range){value, value});
    }
    return range;
}

static struct range pulses_range(const struct driver *driver, const struct piece *piece) {
    tick from = piece->from - piece->plant->warm_up, to = piece->to - piece->plant->warm_up;
    struct range range = {1, 1};
    for (int32_t i = 0; i < driver->pulse_count; i++) {
        const struct pulse_spec *pulse = &driver->pulses[i];
        if (from >= pulse->to.ticks || to < pulse->from.ticks) continue;
        struct range factor = {pulse->value, pulse->value};
        bool whole = from >= pulse->from.ticks && to < pulse->to.ticks;
        if (!whole) factor = hull(factor, (struct range){1, 1});
        range = product(range, factor);
    }
    return range;
}

static struct range driver_range(const struct piece *piece, int32_t id) {
    const struct driver *driver = &piece->plant->drivers[id];
    switch (driver->kind) {
    case DRIVER_FORMULA: return formula_range(piece, driver->formula);
    case DRIVER_TABLE: return table_range(piece->plant, driver, piece);
    case DRIVER_PULSES: return pulses_range(driver, piece);
    case DRIVER_LEVEL:
        return (struct range){fmax(0, 1 - LEVEL_SDS * driver->sd), 1 + LEVEL_SDS * driver->sd};
    }
    return unknown;
}

static struct range variable_range(const struct piece *piece, const struct formula_op *op) {
    const struct plant *plant = piece->plant;
    switch (op->what) {
    case FORMULA_NOW:
        return (struct range){(double)(piece->from - plant->warm_up),
                              (double)(piece->to - plant->warm_up)};
    case FORMULA_HOUR: return hours(piece);
    case FORMULA_WEEKDAY:
        return in_turn((plant->day_start + piece->from) / TICK_D,
                       (plant->day_start + piece->to) / TICK_D, 7);
    case FORMULA_MONTH:
        return in_turn(month_at(plant, piece->from), month_at(plant, piece->to), 12);
    case FORMULA_DRIVER: return driver_range(piece, op->index);
    case FORMULA_PARAMETER:
        return (struct range){plant->settings.parameters[op->index].value,
                              plant->settings.parameters[op->index].value};
    default: return unknown;
    }
}

/* A law stands for its mean, as it does where a rate is evaluated. */
static struct range law_range(const struct law *law) {
    double mean = law_needs_env(law) ? NAN : law_mean(law);
    return of_values(&mean, 1);
}

/* ---- a formula ---- */
struct stack {
    struct range of[FORMULA_DEPTH];
    int32_t count;
};

static void push(struct stack *stack, struct range range) {
    CHECK(stack->count < FORMULA_DEPTH);
    stack->of[stack->count++] = range;
}

/* From op AT to the end. Where a condition holds at some moments only, both ways are gone. */
static struct range walk(const struct piece *piece, const struct formula *formula, int32_t at,
                         const struct stack *before, int32_t branches) {
    struct stack stack = *before;
    for (int32_t i = at; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        switch ((enum formula_code)op->code) {
        case FORMULA_NUMBER: push(&stack, (struct range){op->number, op->number}); break;
        case FORMULA_VARIABLE: push(&stack, variable_range(piece, op)); break;
        case FORMULA_DRAW: push(&stack, law_range(op->law)); break;
        case FORMULA_POP: stack.count--; break;
        case FORMULA_JUMP: i = op->index - 1; break;
        case FORMULA_JUMP_IF_FALSE: {
            struct range *top = &stack.of[stack.count - 1];
            if (top->low > 0 || top->high < 0) break;
            if (top->low == 0 && top->high == 0) {
                i = op->index - 1;
                break;
            }
            if (branches == BRANCHES_MOST) return unknown;
            struct range otherwise = walk(piece, formula, i + 1, &stack, branches + 1);
            *top = (struct range){0, 0};
            return hull(otherwise, walk(piece, formula, op->index, &stack, branches + 1));
        }
        default:
            stack.count -= formula_arguments(op->code);
            push(&stack, applied(op->code, &stack.of[stack.count]));
        }
    }
    return stack.of[0];
}

static struct range formula_range(const struct piece *piece, const struct formula *formula) {
    struct stack empty = {.count = 0};
    if (formula->constant) return (struct range){formula->value, formula->value};
    return walk(piece, formula, 0, &empty, 0);
}

/* ---- branch and bound ---- */
struct bounded {
    tick from, to;
    double high;
};

static double high_of(const struct plant *plant, const struct formula *rate, tick from, tick to) {
    const struct piece piece = {plant, from, to};
    return formula_range(&piece, rate).high;
}

static int32_t highest(const struct bounded *pieces, int32_t count) {
    int32_t best = 0;
    for (int32_t i = 1; i < count; i++)
        if (pieces[i].high > pieces[best].high) best = i;
    return best;
}

/* Of many moments that fit no hour, day or season. */
static double highest_seen(const struct plant *plant, const struct formula *rate, tick end) {
    enum { POINTS = 20011 };
    struct run then = {.plant = plant};
    struct formula_env env = {.read = world_read, .context = &then};
    double most = 0;
    for (int32_t i = 0; i <= POINTS; i++) {
        then.now = (tick)((double)end * i / POINTS);
        most = fmax(most, formula_value(rate, &env));
    }
    return 1.1 * most;
}

double bound_rate(const struct plant *plant, const struct formula *rate, tick end, bool *sure) {
    *sure = true;
    if (rate->constant) return rate->value;
    struct bounded *pieces = memory_zeroed(PIECES_MOST, sizeof *pieces);
    pieces[0] = (struct bounded){0, end, high_of(plant, rate, 0, end)};
    double reached = 0, bound;
    for (int32_t count = 1;; count++) {
        struct bounded *top = &pieces[highest(pieces, count)];
        bound = top->high;
        tick middle = top->from + (top->to - top->from) / 2;
        reached = fmax(reached, high_of(plant, rate, middle, middle));
        if (bound <= 1.01 * reached || top->to == top->from || count == PIECES_MOST) break;
        pieces[count] =
            (struct bounded){middle + 1, top->to, high_of(plant, rate, middle + 1, top->to)};
        *top = (struct bounded){top->from, middle, high_of(plant, rate, top->from, middle)};
    }
    free(pieces);
    *sure = isfinite(bound);
    return *sure ? fmax(bound, 0) : highest_seen(plant, rate, end);
}
