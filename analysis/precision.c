/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "precision.h"

#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_LOOK = 10 };

int32_t precision_next(int32_t n, double ratio, int32_t most) {
    double needed = ceil(n * ratio * ratio), least = n + ceil(n / 10.0), twice = 2.0 * n;
    if (!(needed < twice)) needed = twice; /* also when it is not known */
    if (needed < least) needed = least;
    return needed < most ? (int32_t)needed : most;
}

/* Does PATTERN, a path that may hold `*`, mean this column? */
static bool means(const struct layout *layout, const char *pattern, int32_t column) {
    return summary_matches(pattern, layout->columns[column].path) ||
           layout_find(layout, pattern) == column;
}

static bool is_wanted(const struct precision_wanted *wanted, const struct layout *layout,
                      int32_t column) {
    for (int32_t i = 0; i < wanted->path_count; i++)
        if (means(layout, wanted->paths[i], column)) return true;
    return false;
}

/* Half-width over mean; none for what is alike in every replication, for that is known. */
static double relative_width(struct interval interval) {
    if (interval.half_width == 0) return 0;
    return interval.half_width / fabs(interval.mean);
}

/* The widest of the wanted quantities over all points, into FOUND. */
static void look(const struct precision_wanted *wanted, const struct takt_results *results,
                 struct precision_found *found) {
    found->widest = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct layout *layout = results->points[p].layout;
        for (int32_t c = 0; c < layout->column_count; c++) {
            if (!is_wanted(wanted, layout, c)) continue;
            struct interval interval = summary_interval(results, p, results->horizon_count - 1, c);
            double width = relative_width(interval);
            if (found->path && width <= found->widest) continue;
            if (isnan(found->widest)) continue;
            found->widest = width;
            found->path = layout->columns[c].path;
            found->point = p;
        }
    }
}

/* What tables show when the scenario says neither `of` nor `show`. */
static void choose(struct precision_wanted *wanted, const struct takt_results *results,
                   const char **chosen, int32_t room) {
    if (wanted->path_count) return;
    wanted->paths = results->show_count ? results->show : chosen;
    wanted->path_count =
        results->show_count ? results->show_count : summary_choose(results, chosen, room);
}

enum { CHOSEN_MOST = 12 };

enum takt_status precision_replicate(struct units *units, const struct precision_wanted *asked,
                                     struct takt_results *results) {
    struct precision_wanted wanted = *asked;
    struct precision_found *found = &results->precision;
    const char *chosen[CHOSEN_MOST];
    size_t points = (size_t)results->point_count;
    int32_t *targets = memory_zeroed(points, sizeof *targets);
    int32_t n = FIRST_LOOK < wanted.most ? FIRST_LOOK : wanted.most;
    enum takt_status status;
    found->asked = wanted.half_width;
    for (;;) {
        for (size_t p = 0; p < points; p++) targets[p] = n;
        status = units_run(units, targets);
        if (results->replication_count == 0) break;
        choose(&wanted, results, chosen, CHOSEN_MOST);
        found->path = NULL;
        look(&wanted, results, found);
        found->reached = found->widest <= wanted.half_width;
        if (status != TAKT_OK || found->reached || n == wanted.most || isnan(found->widest)) break;
        units_note_precision(units, found->widest, wanted.half_width);
        n = precision_next(n, found->widest / wanted.half_width, wanted.most);
    }
    free(targets);
    return status;
}

/* ---- Paths that name nothing ---- */

static bool names_any(const char *pattern, const struct prepared *arms, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        const struct layout *layout = &arms[i].plant->layout;
        for (int32_t c = 0; c < layout->column_count; c++)
            if (means(layout, pattern, c)) return true;
    }
    return false;
}

/* Where the scenario says it; the place of `run` when --set has changed it. */
static struct place place_of(const struct node *root, int32_t entry) {
    static const char *const keys[] = {"run", "precision", "of"};
    const struct node *node = root;
    for (size_t i = 0; node && node->kind == NODE_MAP && i < 3; i++) {
        root = node;
        node = node_child(node, keys[i]);
    }
    if (!node) return root->place;
    const struct node *child = node->first;
    for (int32_t i = 0; child && i < entry; i++) child = child->next;
    return child ? child->place : node->place;
}

void precision_check(struct takt_scenario *scenario, const struct prepared *arms, int32_t count) {
    const struct scenario_arm *base = &scenario->scenario->base;
    const struct precision_spec *spec = base->spec->question.run.precision.block;
    struct faults *faults = &scenario->scenario->faults;
    if (!spec) return;
    const struct text_entry_spec *of = spec->of.things;
    const struct layout *layout = &arms[0].plant->layout;
    for (int32_t i = 0; i < spec->of.count; i++) {
        if (names_any(of[i].text, arms, count)) continue;
        const char *nearest = summary_nearest(layout, of[i].text);
        const char *hint =
            nearest ? arena_text(&scenario->scenario->arena, "did you mean '%s'?", nearest)
                    : "such as system.cycle-time";
        fault_error(faults, place_of(base->root, i), hint, "there is no result '%s'", of[i].text);
    }
}
