/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "selected.h"

#include "json.h"
#include "summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct column *column_of(const struct takt_results *results) {
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct layout *layout = results->points[p].layout;
        int32_t column = layout_find(layout, results->selection.path);
        if (column >= 0) return &layout->columns[column];
    }
    return NULL;
}

static struct interval interval_of(const struct takt_results *results, int32_t point) {
    const struct selection_found *found = &results->selection;
    int32_t column = layout_find(results->points[point].layout, found->path);
    if (column < 0) return (struct interval){.mean = NAN, .half_width = NAN, .sd = NAN};
    return summary_interval(results, point, found->horizon, column);
}

/* A point less the best, over the replications that both have, on the same luck. */
static struct interval difference_of(const struct takt_results *results, int32_t point) {
    const struct selection_found *found = &results->selection;
    struct interval none = {.mean = NAN, .half_width = NAN, .sd = NAN};
    if (found->best < 0) return none;
    const struct point *points[2] = {&results->points[point], &results->points[found->best]};
    int32_t columns[2], n = results->replication_count;
    for (int i = 0; i < 2; i++) {
        columns[i] = layout_find(points[i]->layout, found->path);
        if (columns[i] < 0) return none;
        if (points[i]->replication_count < n) n = points[i]->replication_count;
    }
    size_t room = (size_t)results->replication_count + 1;
    double *values = memory_zeroed(2 * room, sizeof *values);
    summary_values(results, point, found->horizon, columns[0], values);
    summary_values(results, found->best, found->horizon, columns[1], values + room);
    struct interval difference = interval_paired(values, values + room, n, results->confidence);
    free(values);
    return difference;
}

/* ---- For people ---- */

struct place_in_race {
    int32_t point, out; /* after so many replications; INT32_MAX: it stayed */
    double worth;
};

/* Who stayed longest comes first; then the better one, by its difference from the best; without a
 * mean it is the worst. */
static int compare_places(const void *a, const void *b) {
    const struct place_in_race *x = a, *y = b;
    if (x->out != y->out) return x->out < y->out ? 1 : -1;
    if (x->worth != y->worth) return x->worth < y->worth ? 1 : -1;
    return x->point - y->point;
}

static struct place_in_race *ranking(const struct takt_results *results) {
    const struct selection_found *found = &results->selection;
    size_t points = (size_t)results->point_count;
    struct place_in_race *places = memory_zeroed(points, sizeof *places);
    for (int32_t p = 0; p < results->point_count; p++) {
        double worth = found->sign * difference_of(results, p).mean;
        places[p] = (struct place_in_race){.point = p,
                                           .out = found->out[p] > 0 ? found->out[p] : INT32_MAX,
                                           .worth = isnan(worth) ? -INFINITY : worth};
    }
    qsort(places, points, sizeof *places, compare_places);
    return places;
}

static void note_kn(const struct page *page, const char *best, const char *zone) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    if (found->decided)
        table_note(page,
                   "With %g %% confidence %s is the best, if no other is within %s of the best. "
                   "(KN, on the same luck)",
                   100 * results->confidence, best, zone);
    else
        table_note(page,
                   "%" PRId32 " of %" PRId32
                   " points may still be the best: more budget would tell, "
                   "or a wider zone than %s. (KN, on the same luck)",
                   found->left, results->point_count, zone);
    if (found->screened)
        table_note(page,
                   "The first %" PRId32 " replications of each point only screened: those that are "
                   "out after them take no part in the rest.",
                   found->first_stage);
}

static void note_guarantee(const struct page *page, const char *best,
                           const struct friendly_unit *unit) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    char number[FRIENDLY_SIZE], zone[FRIENDLY_SIZE + 20];
    friendly_number(number, found->zone * unit->factor);
    snprintf(zone, sizeof zone, "%s%s%s", number, unit->name[0] ? " " : "", unit->name);
    if (found->best < 0 && !results->complete)
        table_note(page, "It was interrupted before anything could be said.");
    else if (found->best < 0)
        table_note(page, "No point has a mean: there is no best.");
    else if (!results->chance)
        table_note(page, "Without chance one replication of each says all.");
    else if (found->ocba)
        table_note(page,
                   "With a probability of about %.3g %% %s is the best: an estimate, no promise. "
                   "(OCBA, on the same luck)",
                   100 * floor(found->probability * 1e3) / 1e3, best);
    else
        note_kn(page, best, zone);
}

static void note_cost(const struct page *page) {
    const struct selection_found *found = &page->results->selection;
    char spent[FRIENDLY_SIZE], rinott[FRIENDLY_SIZE];
    friendly_fixed(spent, (double)found->spent, 0);
    friendly_fixed(rinott, found->rinott, 0);
    if (isfinite(found->rinott))
        table_note(page,
                   "%s replications in all. Rinott's two-stage procedure, with luck of its own for "
                   "each point, would take %s.",
                   spent, rinott);
    else
        table_note(page, "%s replications in all.", spent);
}

enum { SHOWN_MOST = 20 };

static bool several_arms(const struct takt_results *results) {
    int32_t last = results->point_count - 1;
    return strcmp(results->points[0].arm, results->points[last].arm) != 0;
}

/* Arm and factors, as far as they differ; row 0 has their names. */
static void set_point(struct grid *grid, int32_t row, const struct takt_results *results,
                      int32_t point) {
    int32_t at = 0;
    if (several_arms(results) || results->factor_count == 0)
        grid_set(grid, row, at++, "%s", row ? results->points[point].arm : "arm");
    for (int32_t f = 0; f < results->factor_count; f++)
        grid_set(grid, row, at++, "%s",
                 row ? table_factor(results, f, point) : results->factors[f].path);
}

static void set_numbers(struct grid *grid, int32_t row, const struct page *page, int32_t point,
                        const struct friendly_unit *unit) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    bool best = point == found->best;
    char text[FRIENDLY_SIZE];
    int32_t at = grid->label_count;
    friendly_interval(text, interval_of(results, point), unit->factor, false);
    grid_set(grid, row, at, "%s %s", text, best && found->decided ? "★" : " ");
    friendly_interval(text, difference_of(results, point), unit->factor, true);
    if (!best) grid_set(grid, row, at + 1, "%s", text);
    grid_set(grid, row, at + 2, "%" PRId32, results->points[point].replication_count);
    if (found->out[point] > 0) grid_set(grid, row, at + 3, "%" PRId32, found->out[point]);
}

static void print_points(const struct page *page, const struct friendly_unit *unit) {
    const struct takt_results *results = page->results;
    struct place_in_race *places = ranking(results);
    int32_t count = results->point_count;
    int32_t labels = results->factor_count + (several_arms(results) || !results->factor_count);
    if (!page->all && count > SHOWN_MOST) count = SHOWN_MOST;
    struct grid grid;
    bool race = !results->selection.ocba && results->chance;
    grid_init(&grid, 1 + count, labels + 3 + race, labels);
    set_point(&grid, 0, results, 0);
    grid_set(&grid, 0, labels, "%s  ", unit->name[0] ? unit->name : "mean");
    grid_set(&grid, 0, labels + 1, "less the best");
    grid_set(&grid, 0, labels + 2, "replications");
    if (race) grid_set(&grid, 0, labels + 3, "out after");
    for (int32_t i = 0; i < count; i++) {
        set_point(&grid, 1 + i, results, places[i].point);
        set_numbers(&grid, 1 + i, page, places[i].point, unit);
    }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
    if (count < results->point_count)
        table_note(page, "and %" PRId32 " more: --all shows them", results->point_count - count);
    free(places);
}

void selected_print(const struct page *page) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    const struct column *column = found->path ? column_of(results) : NULL;
    if (!column) return;
    double largest = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        largest = fmax(largest, fabs(interval_of(results, p).mean));
    struct friendly_unit unit = friendly_unit(results, column, largest);
    table_title(page, "The %s %s after %s", found->sign > 0 ? "most" : "least", found->path,
                results->horizon_texts[found->horizon]);
    print_points(page, &unit);
    struct arena arena;
    arena_init(&arena);
    const char *best = found->best < 0 ? "" : results_point_name(results, found->best, &arena);
    note_guarantee(page, best, &unit);
    note_cost(page);
    arena_clear(&arena);
}

/* ---- For scripts ---- */

static const char *method_of(const struct selection_found *found) {
    return found->ocba ? "ocba" : "kn";
}

void selected_json(const struct takt_results *results, FILE *file) {
    const struct selection_found *found = &results->selection;
    if (!found->path) return;
    fputs(",\"selection\":{\"kpi\":", file);
    json_text(file, found->path);
    fputs(",\"horizon\":", file);
    json_text(file, results->horizon_texts[found->horizon]);
    fprintf(file, ",\"goal\":\"%s\",\"method\":\"%s\",\"confidence\":",
            found->sign > 0 ? "most" : "least", method_of(found));
    json_number(file, found->ocba ? NAN : results->confidence);
    fputs(",\"indifference\":", file);
    json_number(file, found->zone > 0 ? found->zone : NAN);
    fputs(",\"budget\":", file);
    json_number(file, found->budget > 0 ? (double)found->budget : NAN);
    fprintf(file, ",\"decided\":%s,\"best\":", found->decided ? "true" : "false");
    json_number(file, found->best < 0 ? NAN : (double)found->best);
    fputs(",\"arm\":", file);
    json_text(file, found->best < 0 ? NULL : results->points[found->best].arm);
    fprintf(file, ",\"left\":%" PRId32 ",\"probability\":", found->left);
    json_number(file, found->probability);
    fprintf(file, ",\"replications\":%" PRId64 ",\"rinott\":", found->spent);
    json_number(file, found->rinott);
    fputs(",\"points\":[", file);
    for (int32_t p = 0; p < results->point_count; p++) {
        struct interval interval = interval_of(results, p);
        struct interval difference = difference_of(results, p);
        fprintf(file, "%s\n  {\"point\":%" PRId32 ",\"arm\":", p ? "," : "", p);
        json_text(file, results->points[p].arm);
        fputs(",\"mean\":", file);
        json_number(file, interval.mean);
        fputs(",\"half_width\":", file);
        json_number(file, interval.half_width);
        fputs(",\"less_best\":", file);
        json_number(file, difference.mean);
        fputs(",\"less_best_half_width\":", file);
        json_number(file, difference.half_width);
        fprintf(file, ",\"replications\":%" PRId32 ",\"out_after\":",
                results->points[p].replication_count);
        json_number(file, found->out[p] > 0 ? (double)found->out[p] : NAN);
        fputc('}', file);
    }
    fputs("]}", file);
}

/* ---- For the file ---- */

/* What is one number. X(name, kind, type, member, in words) */
#define NUMBERS(X)                                                                                 \
    X("horizon", HDF5_INT32, int32_t, horizon, "which of the horizons")                            \
    X("sign", HDF5_INT32, int32_t, sign, "1: more is better, -1: less")                            \
    X("ocba", HDF5_INT32, int32_t, ocba, "1: OCBA, 0: KN")                                         \
    X("indifference", HDF5_REAL, double, zone,                                                     \
      "a difference that does not matter; 0: none was given")                                      \
    X("budget", HDF5_INT64, int64_t, budget, "0: as many as it takes")                             \
    X("replications", HDF5_INT64, int64_t, spent, "of all points")                                 \
    X("first_stage", HDF5_INT32, int32_t, first_stage, "of each point")                            \
    X("best", HDF5_INT32, int32_t, best, "the point; -1: none")                                    \
    X("decided", HDF5_INT32, int32_t, decided, "0: it did not come to its end")                    \
    X("screened", HDF5_INT32, int32_t, screened, "1: the first stage only screened")               \
    X("left", HDF5_INT32, int32_t, left, "points that were in the race at its end")                \
    X("probability", HDF5_REAL, double, probability, "that the best mean is the best, of OCBA")    \
    X("rinott", HDF5_REAL, double, rinott, "replications that Rinott's procedure would take")

void selected_write(struct results_writer *writer, struct hdf5_group statistics) {
    const struct selection_found *found = &writer->results->selection;
    if (!found->path) return;
    struct hdf5_writer *file = &writer->file;
    struct hdf5_group group = hdf5_group(file, statistics, "selection");
    const struct hdf5_space one = {0};
    hdf5_column(file, group, "path", HDF5_TEXT, one, &found->path);
#define X(name, kind, type, member, words)                                                         \
    hdf5_column(file, group, name, kind, one, &(type){found->member});                             \
    hdf5_attribute_text(file, group, name, "long_name", words);
    NUMBERS(X)
#undef X
    hdf5_column(file, group, "out_after", HDF5_INT32, HDF5_SPACE(writer->point), found->out);
    hdf5_attribute_text(file, group, "out_after", "long_name",
                        "replications after which the point was out; 0: it stayed");
}

void selected_read(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct selection_found *found = &results->selection;
    struct hdf5_reader *file = &reader->file;
    if (!hdf5_count(file, "/statistics/selection/path")) return;
    hdf5_read(file, "/statistics/selection/path", HDF5_TEXT, 1, &found->path);
#define X(name, kind, type, member, words)                                                         \
    type member = 0;                                                                               \
    hdf5_read(file, "/statistics/selection/" name, kind, 1, &member);                              \
    found->member = member;
    NUMBERS(X)
#undef X
    size_t points = (size_t)results->point_count;
    found->out = arena_take(&results->arena, points * sizeof *found->out);
    hdf5_read(file, "/statistics/selection/out_after", HDF5_INT32, (int64_t)points, found->out);
    if (file->why) return;
    if (found->horizon < 0 || found->horizon >= results->horizon_count || found->best < -1 ||
        found->best >= results->point_count || (found->sign != 1 && found->sign != -1))
        hdf5_wrong(file, "its selection is of no point");
}
