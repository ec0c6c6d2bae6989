/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a selection, from the texts of its options. */
#include "selection.h"

#include "comparison.h"
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_STAGE = 10 };

struct reading {
    struct scenario *scenario;
    const struct prepared *points;
    int32_t count;
    const struct takt_run_options *options;
    const struct column *column; /* of the quantity, once it is known */
    struct selection_wanted *wanted;
};

/* An option as a source of its own, so that faults show it as faults of a file. */
static struct place option_place(struct reading *reading, const char *name, const char *text) {
    const char *source = arena_text(&reading->scenario->arena, "%s %s", name, text);
    return (struct place){
        .source = source_add_text(&reading->scenario->sources, source, text, strlen(text)),
        .line = 1,
        .column = 1};
}

/* ---- Of which quantity, and when ---- */

static const struct column *column_named(const struct reading *reading, const char *path) {
    for (int32_t i = 0; i < reading->count; i++) {
        const struct layout *layout = &reading->points[i].plant->layout;
        int32_t column = layout_find(layout, path);
        if (column >= 0) return &layout->columns[column];
    }
    return NULL;
}

static void say_unknown_path(struct reading *reading, struct place place, const char *path) {
    const struct layout *layout = &reading->points[0].plant->layout;
    const char *nearest = summary_nearest(layout, path), *hint = "such as money.profit";
    if (nearest) hint = arena_text(&reading->scenario->arena, "did you mean '%s'?", nearest);
    fault_error(&reading->scenario->faults, place, hint, "there is no result '%s'", path);
}

/* "4 wk" as one of the horizons. */
static void read_horizon(struct reading *reading, struct place place, const char *text) {
    const struct layout *layout = &reading->points[0].plant->layout;
    tick at;
    if (!value_moment(&reading->points[0].arm.reader->value, text, place, &at)) return;
    for (int32_t h = 0; h < layout->horizon_count; h++) {
        if (layout->horizons[h] != at) continue;
        reading->wanted->horizon = h;
        return;
    }
    fault_error(&reading->scenario->faults, place, "run.horizons says when there are results",
                "there are no results at %s", text);
}

static void read_quantity(struct reading *reading, const char *text) {
    struct arena *arena = &reading->scenario->arena;
    const struct layout *layout = &reading->points[0].plant->layout;
    struct place place = option_place(reading, "--of", text ? text : "");
    reading->wanted->horizon = layout->horizon_count - 1;
    if (!text) {
        fault_error(&reading->scenario->faults, place, "such as --of money.profit",
                    "what is to be the best? A result is wanted");
        return;
    }
    const char *at = strstr(text, " at ");
    size_t size = at ? (size_t)(at - text) : strlen(text);
    reading->wanted->path = arena_copy(arena, text, size);
    reading->column = column_named(reading, reading->wanted->path);
    if (!reading->column) say_unknown_path(reading, place, reading->wanted->path);
    if (at) read_horizon(reading, text_place(place, text, at + 4), at + 4);
}

/* ---- What is better ---- */

static void read_goal(struct reading *reading, const char *goal) {
    struct faults *faults = &reading->scenario->faults;
    int better = reading->column ? comparison_better(reading->column) : 1;
    if (strcmp(goal, "most") == 0) {
        reading->wanted->sign = 1;
    } else if (strcmp(goal, "least") == 0) {
        reading->wanted->sign = -1;
    } else if (strcmp(goal, "best") != 0) {
        fault_error(faults, option_place(reading, "--select", goal), "best, most or least",
                    "'%s' is no goal", goal);
    } else if (better == 0) {
        fault_error(faults, option_place(reading, "--select", goal),
                    "--select most, or --select least", "more of %s is neither better nor worse",
                    reading->wanted->path);
    } else {
        reading->wanted->sign = better;
    }
}

/* ---- How ---- */

static void read_zone(struct reading *reading, const char *text) {
    struct faults *faults = &reading->scenario->faults;
    struct value_context *context = &reading->points[0].arm.reader->value;
    struct place place = option_place(reading, "--indifference", text);
    struct quantity_text quantity;
    const char *at = text;
    if (!reading->column) return;
    if (!quantity_read(context, text, place, &at, &quantity)) {
        if (!fault_known(faults, place))
            fault_error(faults, place, "such as 2 kEUR, or 5 min", "a quantity is wanted here");
        return;
    }
    enum result_unit unit = summary_unit_of(reading->column);
    struct dimension wanted = claim_unit_dimension(unit);
    if (*text_skip_blanks(at)) {
        quantity_rest(context, text, place, at, !quantity.has_unit);
        return;
    }
    if (!dimension_same(quantity.unit.dimension, wanted)) {
        struct arena *arena = &reading->scenario->arena;
        fault_error(faults, place, quantity.has_unit ? NULL : "write the unit behind the number",
                    "this is %s, but %s is %s",
                    units_dimension_name(arena, quantity.unit.dimension), reading->wanted->path,
                    units_dimension_name(arena, wanted));
        return;
    }
    reading->wanted->zone = quantity_value(&quantity) / claim_unit_factor(unit);
    if (!(reading->wanted->zone > 0))
        fault_error(faults, place, NULL, "a difference that does not matter is more than zero");
}

static void read_method(struct reading *reading, const struct takt_selection *select) {
    struct faults *faults = &reading->scenario->faults;
    const char *method = select->method;
    bool kn = method ? strcmp(method, "kn") == 0 : select->indifference != NULL;
    reading->wanted->method = kn ? SELECTION_KN : SELECTION_OCBA;
    if (method && !kn && strcmp(method, "ocba") != 0) {
        fault_error(faults, option_place(reading, "--method", method), "kn or ocba",
                    "'%s' is no method of selection", method);
        return;
    }
    struct place place = option_place(reading, "--select", select->goal);
    if (!method && !select->indifference && select->budget == 0)
        fault_error(faults, place,
                    "--indifference '2 kEUR': a difference that does not matter, for a promise; or "
                    "--budget 500: so many replications, as well used as can be",
                    "when is the best found?");
    else if (kn && !select->indifference)
        fault_error(faults, place, "--indifference '2 kEUR': a difference that does not matter",
                    "kn wants to know which difference matters");
    else if (!kn && select->budget == 0)
        fault_error(faults, place, "--budget 500: replications of all points together",
                    "ocba shares out a budget");
    else if (!kn && select->indifference)
        fault_error(faults, place, "--method kn, or no --indifference",
                    "ocba knows no difference that does not matter");
}

/* Something to choose from, and enough for a first stage that shows how much points vary. */
static void check_stage(struct reading *reading) {
    const struct selection_wanted *wanted = reading->wanted;
    struct faults *faults = &reading->scenario->faults;
    int64_t least = (int64_t)wanted->first_stage * reading->count;
    const char *text = arena_text(&reading->scenario->arena, "%lld", (long long)wanted->budget);
    if (reading->count < 2)
        fault_error(faults, option_place(reading, "--select", "best"),
                    "write arms, or give a parameter several values: --set PATH=1..4",
                    "there is nothing to choose from: this is one point");
    else if (wanted->first_stage < 2)
        fault_error(faults, option_place(reading, "--replications", "1"), "--replications 10",
                    "the first stage wants at least two replications of each point");
    else if (wanted->budget > 0 && wanted->budget < least)
        fault_error(faults, option_place(reading, "--budget", text),
                    "--replications makes the first stage smaller",
                    "the first stage alone takes %lld: %d of each of %d points", (long long)least,
                    wanted->first_stage, reading->count);
}

enum takt_status selection_read(struct takt_scenario *scenario, const struct prepared *points,
                                int32_t count, const struct takt_run_options *options,
                                struct selection_wanted *wanted) {
    const struct takt_selection *select = options->select;
    struct reading reading = {.scenario = scenario->scenario,
                              .points = points,
                              .count = count,
                              .options = options,
                              .wanted = wanted};
    *wanted = (struct selection_wanted){
        .path = "",
        .sign = 1,
        .first_stage = options->replications > 0 ? options->replications : FIRST_STAGE,
        .budget = select->budget};
    read_quantity(&reading, select->of);
    read_goal(&reading, select->goal);
    if (select->indifference) read_zone(&reading, select->indifference);
    read_method(&reading, select);
    check_stage(&reading);
    return scenario->scenario->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}
