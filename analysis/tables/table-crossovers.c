/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crossovers as sentences. */
#include "table.h"

#include "../comparison.h"

#include <math.h>
#include <string.h>

/* Who is better where A less B has this sign. */
static const char *better(const struct takt_results *results, const struct crossover *crossover,
                          int32_t sign) {
    const struct layout *layout = results->points[0].layout;
    int32_t column = layout_find(layout, crossover->kpi);
    int direction = column < 0 ? 0 : comparison_better(&layout->columns[column]);
    return sign * (direction ? direction : 1) > 0 ? crossover->a : crossover->b;
}

static const char *verb(const struct takt_results *results, const struct crossover *crossover) {
    const struct layout *layout = results->points[0].layout;
    int32_t column = layout_find(layout, crossover->kpi);
    return column >= 0 && comparison_better(&layout->columns[column]) ? "better" : "higher";
}

static void print_found(const struct page *page, const struct crossover *crossover) {
    const struct takt_results *results = page->results;
    char low[FRIENDLY_SIZE], high[FRIENDLY_SIZE], at[FRIENDLY_SIZE];
    const char *gap = *crossover->unit ? " " : "";
    friendly_number(low, crossover->low);
    friendly_number(high, crossover->high);
    friendly_number(at, crossover->estimate);
    table_note(page,
               "In %s %s is %s up to %s %s%s%s, and %s from %s%s%s on%s%s%s%s (%d values looked "
               "at).",
               crossover->kpi, better(results, crossover, crossover->sign_from),
               verb(results, crossover), crossover->path, low, gap, crossover->unit,
               better(results, crossover, crossover->sign_to), high, gap, crossover->unit,
               crossover->whole ? "" : "; the means cross at ", crossover->whole ? "" : at,
               crossover->whole ? "" : gap, crossover->whole ? "" : crossover->unit,
               crossover->values);
}

static void print_other(const struct page *page, const struct crossover *crossover) {
    char from[FRIENDLY_SIZE], to[FRIENDLY_SIZE];
    const char *gap = *crossover->unit ? " " : "";
    friendly_number(from, crossover->from);
    friendly_number(to, crossover->to);
    if (crossover->crossing == CROSSING_NONE)
        table_note(page, "In %s %s is %s than %s at both ends of %s %s .. %s%s%s.", crossover->kpi,
                   better(page->results, crossover, crossover->sign_from),
                   verb(page->results, crossover),
                   better(page->results, crossover, -crossover->sign_from), crossover->path, from,
                   to, gap, crossover->unit);
    else
        table_note(page,
                   "In %s no difference between %s and %s is shown at an end of %s %s .. %s%s%s: "
                   "more replications, or a wider range.",
                   crossover->kpi, crossover->a, crossover->b, crossover->path, from, to, gap,
                   crossover->unit);
}

void table_crossovers(const struct page *page) {
    const struct takt_results *results = page->results;
    if (results->crossover_count == 0) return;
    table_title(page, "Crossovers");
    for (int32_t i = 0; i < results->crossover_count; i++)
        if (results->crossovers[i].crossing == CROSSING_FOUND)
            print_found(page, &results->crossovers[i]);
        else
            print_other(page, &results->crossovers[i]);
}
