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

/* ---- For people ---- */

/* Points from the best mean to the worst; those without one last, equals as they were. */
static int32_t *ranking(const struct takt_results *results) {
    size_t points = (size_t)results->point_count;
    int32_t *order = memory_zeroed(points, sizeof *order);
    double *worth = memory_zeroed(points, sizeof *worth);
    for (int32_t p = 0; p < results->point_count; p++) {
        worth[p] = results->selection.sign * interval_of(results, p).mean;
        if (isnan(worth[p])) worth[p] = -INFINITY;
        int32_t at = p;
        for (; at > 0 && worth[order[at - 1]] < worth[p]; at--) order[at] = order[at - 1];
        order[at] = p;
    }
    free(worth);
    return order;
}

static void note_kn(const struct page *page, const char *zone) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    if (found->decided)
        table_note(page,
                   "With %g %% confidence %s is the best, if no other is within %s of the best. "
                   "(KN, on the same luck)",
                   100 * results->confidence, results->points[found->best].arm, zone);
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

static void note_guarantee(const struct page *page, const struct friendly_unit *unit) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    char number[FRIENDLY_SIZE], zone[FRIENDLY_SIZE + 20];
    friendly_number(number, found->zone * unit->factor);
    snprintf(zone, sizeof zone, "%s%s%s", number, unit->name[0] ? " " : "", unit->name);
    if (found->best < 0)
        table_note(page, "No point has a mean: there is no best.");
    else if (!results->chance)
        table_note(page, "Without chance one replication of each says all.");
    else if (found->ocba)
        table_note(page,
                   "With a probability of about %.4g %% %s is the best: an estimate, no promise. "
                   "(OCBA)",
                   100 * floor(found->probability * 1e4) / 1e4, results->points[found->best].arm);
    else
        note_kn(page, zone);
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

static void print_points(const struct page *page, const struct friendly_unit *unit) {
    const struct takt_results *results = page->results;
    const struct selection_found *found = &results->selection;
    int32_t *order = ranking(results), count = results->point_count;
    if (!page->all && count > SHOWN_MOST) count = SHOWN_MOST;
    struct grid grid;
    grid_init(&grid, 1 + count, 4, 1);
    grid_set(&grid, 0, 0, "point");
    grid_set(&grid, 0, 1, "%s%s%s", found->path, unit->name[0] ? " " : "", unit->name);
    grid_set(&grid, 0, 2, "replications");
    grid_set(&grid, 0, 3, "out after");
    for (int32_t i = 0; i < count; i++) {
        int32_t p = order[i];
        char text[FRIENDLY_SIZE];
        friendly_interval(text, interval_of(results, p), unit->factor, false);
        bool best = p == found->best && found->decided;
        grid_set(&grid, 1 + i, 0, "%s%s", results->points[p].arm, best ? " ★" : "");
        grid_set(&grid, 1 + i, 1, "%s", text);
        grid_set(&grid, 1 + i, 2, "%" PRId32, results->points[p].replication_count);
        if (found->out[p] > 0) grid_set(&grid, 1 + i, 3, "%" PRId32, found->out[p]);
    }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
    if (count < results->point_count)
        table_note(page, "and %" PRId32 " more: --all", results->point_count - count);
    free(order);
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
    note_guarantee(page, &unit);
    note_cost(page);
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
        fprintf(file, "%s\n  {\"point\":%" PRId32 ",\"arm\":", p ? "," : "", p);
        json_text(file, results->points[p].arm);
        fputs(",\"mean\":", file);
        json_number(file, interval.mean);
        fputs(",\"half_width\":", file);
        json_number(file, interval.half_width);
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
