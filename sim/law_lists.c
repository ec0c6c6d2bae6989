/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the laws that are lists of values or of other laws: their tables, and how to pick from them
 * with one word. */
#include "law.h"

#include "law_table.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    double value, weight;
};

static int by_value(const void *left, const void *right) {
    double a = ((const struct pair *)left)->value, b = ((const struct pair *)right)->value;
    return (a > b) - (a < b);
}

static const char *weights_fit(const double *weights, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) {
        if (!(weights[i] >= 0) || !isfinite(weights[i])) return "a weight must not be negative";
        sum += weights[i];
    }
    return sum > 0 ? NULL : "one of its weights must be positive";
}

/* Vose's way to Walker's slots: one that has too little is filled up by one that has too much. */
static const struct alias *aliases_of(struct arena *arena, const double *shares, int32_t count) {
    struct alias *slots = arena_take(arena, (size_t)count * sizeof *slots);
    double *fill = memory_zeroed((size_t)count, sizeof *fill);
    int32_t *stack = memory_zeroed((size_t)count, sizeof *stack);
    int32_t poor = 0, rich = count; /* the poor grow from below, the rich from above */
    for (int32_t i = count - 1; i >= 0; i--) {
        fill[i] = shares[i] * count;
        slots[i] = (struct alias){.keep = UINT64_MAX, .other = i};
        stack[fill[i] < 1 ? poor++ : --rich] = i;
    }
    while (poor > 0 && rich < count) {
        int32_t low = stack[--poor], high = stack[rich];
        slots[low] = (struct alias){.keep = (uint64_t)(fill[low] * 0x1p64), .other = high};
        fill[high] -= 1 - fill[low];
        if (fill[high] >= 1) continue;
        rich++;
        stack[poor++] = high;
    }
    free(stack);
    free(fill);
    return slots;
}

static void table_moments(struct law_table *table) {
    for (int32_t i = 0; i < table->count; i++) table->mean += table->shares[i] * table->values[i];
    for (int32_t i = 0; i < table->count; i++) {
        double off = table->values[i] - table->mean;
        table->variance += table->shares[i] * off * off;
    }
}

/* Values in rising order, those that are equal or never taken left out. WEIGHTS may be NULL: all
 * alike. */
static const char *make_table(struct arena *arena, struct law_table *table, const double *values,
                              const double *weights, int32_t count) {
    const char *reason = weights ? weights_fit(weights, count) : NULL;
    if (reason) return reason;
    struct pair *pairs = memory_zeroed((size_t)count, sizeof *pairs);
    double sum = 0;
    for (int32_t i = 0; i < count; i++) {
        pairs[i] = (struct pair){values[i], weights ? weights[i] : 1};
        sum += pairs[i].weight;
    }
    qsort(pairs, (size_t)count, sizeof *pairs, by_value);
    double *kept = arena_take(arena, (size_t)count * sizeof *kept);
    double *shares = arena_take(arena, (size_t)count * sizeof *shares);
    for (int32_t i = 0; i < count; i++) {
        if (pairs[i].weight == 0) continue;
        if (table->count == 0 || kept[table->count - 1] < pairs[i].value)
            kept[table->count++] = pairs[i].value;
        shares[table->count - 1] += pairs[i].weight / sum;
    }
    free(pairs);
    table->values = kept;
    table->shares = shares;
    table->aliases = aliases_of(arena, shares, table->count);
    table_moments(table);
    return NULL;
}

static const char *make_sequence(struct arena *arena, struct law_table *table,
                                 const struct law_arguments *arguments) {
    size_t size = (size_t)arguments->count * sizeof(double);
    double *values = arena_take(arena, size);
    memcpy(values, arguments->values, size);
    double *shares = arena_take(arena, size);
    for (int32_t i = 0; i < arguments->count; i++) shares[i] = 1.0 / arguments->count;
    table->count = arguments->count;
    table->then = arguments->then;
    table->values = values;
    table->shares = shares;
    table_moments(table);
    return NULL;
}

/* Copies the inner laws. A normal among them has the same meaning below 0 as the whole. */
static const struct law *inner_laws(struct arena *arena, const struct law_arguments *arguments,
                                    int32_t count) {
    struct law *laws = arena_take(arena, (size_t)count * sizeof *laws);
    memcpy(laws, arguments->laws, (size_t)count * sizeof *laws);
    for (int32_t i = 0; i < count; i++)
        laws[i].non_negative = laws[i].non_negative || arguments->non_negative;
    return laws;
}

static const char *make_mixture(struct arena *arena, struct law_table *table,
                                const struct law_arguments *arguments) {
    const char *reason = weights_fit(arguments->weights, arguments->count);
    if (reason) return reason;
    double *shares = arena_take(arena, (size_t)arguments->count * sizeof *shares), sum = 0;
    table->count = arguments->count;
    table->laws = inner_laws(arena, arguments, arguments->count);
    for (int32_t i = 0; i < table->count; i++) sum += arguments->weights[i];
    for (int32_t i = 0; i < table->count; i++) shares[i] = arguments->weights[i] / sum;
    table->shares = shares;
    table->aliases = aliases_of(arena, shares, table->count);
    for (int32_t i = 0; i < table->count; i++) table->mean += shares[i] * law_mean(&table->laws[i]);
    for (int32_t i = 0; i < table->count; i++) {
        double off = law_mean(&table->laws[i]) - table->mean;
        table->variance += shares[i] * (law_variance(&table->laws[i]) + off * off);
    }
    return NULL;
}

static const char *make_truncated(struct arena *arena, struct law *law, struct law_table *table,
                                  const struct law_arguments *arguments) {
    law->a = arguments->value[LAW_ARGUMENT_LOW], law->b = arguments->value[LAW_ARGUMENT_HIGH];
    if (law->a >= law->b) return "low must be below high";
    table->count = 1;
    table->laws = inner_laws(arena, arguments, 1);
    law->c = law_cdf(table->laws, nextafter(law->a, -INFINITY));
    law->d = law_cdf(table->laws, law->b) - law->c;
    if (isnan(law->d)) return "only a law with a distribution can be truncated, not this one";
    if (law->d < 1e-6) return "its law hardly ever lies between low and high";
    law_truncated_moments(law, &table->mean, &table->variance);
    return NULL;
}

const char *law_from_lists(struct arena *arena, struct law *law, enum law_kind kind,
                           const struct law_arguments *arguments) {
    if (kind != LAW_TRUNCATED && arguments->count < 1) return "it needs at least one value";
    for (int32_t i = 0; arguments->values && i < arguments->count; i++)
        if (!isfinite(arguments->values[i])) return "its values must be finite";
    struct law_table *table = arena_take(arena, sizeof *table);
    *law = (struct law){
        .kind = (int32_t)kind, .non_negative = arguments->non_negative, .table = table};
    switch (law_kinds[kind].takes) {
    case LAW_TAKES_PAIRS:
        return make_table(arena, table, arguments->values, arguments->weights, arguments->count);
    case LAW_TAKES_VALUES:
        return make_table(arena, table, arguments->values, NULL, arguments->count);
    case LAW_TAKES_TRACE: return make_sequence(arena, table, arguments);
    case LAW_TAKES_MIXTURE: return make_mixture(arena, table, arguments);
    case LAW_TAKES_LAW: return make_truncated(arena, law, table, arguments);
    case LAW_TAKES_NUMBERS:
    case LAW_TAKES_INTERNAL: break;
    }
    CHECK(false);
}
