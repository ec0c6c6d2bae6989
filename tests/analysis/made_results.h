/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results made by hand with everything that results can have, and how two of them are compared. */
#ifndef TAKT_TESTS_ANALYSIS_MADE_RESULTS_H
#define TAKT_TESTS_ANALYSIS_MADE_RESULTS_H

#include "../../analysis/results/results.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* ---- Results made by hand: two points that are not made of the same things ---- */

enum { POINTS = 2, REPLICATIONS = 3, HORIZONS = 2, GRID = 5, STOPPED = 2 };

struct objects {
    const char *names[3];
};

static const struct objects objects_of[POINTS][RESULT_SECTION_COUNT] = {
    {[RESULT_SYSTEM] = {{""}},
     [RESULT_ITEMS] = {{"chair", "table"}},
     [RESULT_STATIONS] = {{"saw", "drill"}},
     [RESULT_FAILURES] = {{"saw.breakdown", "saw.jam"}},
     [RESULT_MONEY] = {{""}}},
    {[RESULT_SYSTEM] = {{""}},
     [RESULT_ITEMS] = {{"table"}},
     [RESULT_STATIONS] = {{"mill", "drill", "saw"}},
     [RESULT_FAILURES] = {{"mill.jam"}},
     [RESULT_STOCKS] = {{"boards-\xc3\xa9t\xc3\xa9"}},
     [RESULT_MONEY] = {{""}}},
};

static void columns_fill(struct layout *layout) {
    size_t most = 0;
    for (int s = 0; s < RESULT_SECTION_COUNT; s++)
        most += (size_t)(layout->object_counts[s] * kpi_count * KPI_STAT_COUNT);
    struct column *columns = arena_take(&layout->arena, most * sizeof *columns);
    for (int s = 0; s < RESULT_SECTION_COUNT; s++)
        for (int32_t o = 0; o < layout->object_counts[s]; o++)
            for (int32_t k = 0; k < kpi_count; k++)
                for (int stat = 0; stat < KPI_STAT_COUNT; stat++) {
                    const struct kpi *kpi = &kpis[k];
                    if ((int)kpi->section != s || !kpi_has(kpi->shape, stat)) continue;
                    columns[layout->column_count++] =
                        (struct column){k, o, (enum kpi_stat)stat,
                                        layout_path(&layout->arena, kpi, layout->object_names[s][o],
                                                    (enum kpi_stat)stat)};
                }
    layout->columns = columns;
}

static const tick horizons[HORIZONS] = {TICK_WK, 4 * TICK_WK};
static const struct series_column series[3] = {
    {"system.wip", RESULT_UNIT_LOTS},
    {"stations.saw.queue.length", RESULT_UNIT_LOTS},
    {"stations.saw-queue.length", RESULT_UNIT_LOTS}, /* the same with `_` for `.` and `-` */
};
static const struct sequence_column sequences[2] = {{"stocks.a.ordered-now", 4},
                                                    {"customers.b.demand", 6}};

static struct layout *layout_make(int point) {
    struct layout *layout = memory_zeroed(1, sizeof *layout);
    arena_init(&layout->arena);
    for (int s = 0; s < RESULT_SECTION_COUNT; s++) {
        layout->object_names[s] = arena_take(&layout->arena, 3 * sizeof(char *));
        for (int i = 0; i < 3 && objects_of[point][s].names[i]; i++)
            layout->object_names[s][layout->object_counts[s]++] = objects_of[point][s].names[i];
    }
    columns_fill(layout);
    layout->horizons = horizons;
    layout->horizon_count = HORIZONS;
    layout->series = series;
    layout->series_count = 3 - point;
    layout->grid_count = GRID - point;
    layout->grid_step = TICK_D;
    layout->sequences = sequences + point;
    layout->sequence_count = 2 - point;
    layout_finish(layout);
    return layout;
}

/* Numbers with all 53 bits in use, some of them special. */
static double number(uint64_t i) {
    static const double special[] = {0.0,       -0.0,   INFINITY,
                                     -INFINITY, 5e-324, 1.7976931348623157e308};
    if (i % 97 < 6) return special[i % 97];
    if (i % 97 == 6) return NAN;
    uint64_t bits = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    return ldexp((double)(bits >> 11), -40) - 4096;
}

static void block_fill(struct point *point, int replication, uint64_t seed) {
    const struct layout *layout = point->layout;
    double *block = memory_zeroed((size_t)layout->value_count, sizeof *block);
    bool stopped = point->stopped[replication] != NULL;
    for (int64_t i = 0; i < layout->value_count; i++)
        block[i] = stopped ? NAN : number(seed + (uint64_t)i);
    for (int32_t s = 0; s < layout->sequence_count; s++) /* the last two have not happened */
        for (int32_t i = layout->sequences[s].capacity - 2; i < layout->sequences[s].capacity; i++)
            block[layout_sequence_at(layout, s, i)] = NAN;
    point->blocks[replication] = block;
}

/* Rows with codes of what the point has, whatever they mean together. */
static void log_fill(struct point *point, struct log *log, int32_t replication, int64_t rows) {
    struct log_names names = log_names_of(point->layout, point->log_steps, point->log_step_count);
    *log = (struct log){.replication = replication,
                        .from = -TICK_H,
                        .to = rows * TICK_S,
                        .cut = replication == 3,
                        .count = rows,
                        .rows = memory_zeroed((size_t)rows, sizeof *log->rows)};
    for (int64_t i = 0; i < rows; i++) {
        struct record *row = &log->rows[i];
        row->at = i * TICK_S - TICK_H;
        row->value = number((uint64_t)i);
        row->what = (int32_t)(i % RECORD_KIND_COUNT);
        for (int c = 0; c < LOG_COLUMN_COUNT; c++) {
            int32_t codes = log_columns[c].codes;
            int32_t count = codes == RECORD_NUMBERS ? 1000 : names.counts[codes];
            *(int32_t *)((char *)row + log_columns[c].offset) =
                (int32_t)((i + c) % (count + 1)) - 1;
        }
    }
}

static const char *const log_step_names[] = {"chair.saw", "table.saw", "table.drill"};

static void logs_fill(struct point *point, int p) {
    point->log_steps = log_step_names + p;
    point->log_step_count = 2;
    point->logs = arena_take(&point->layout->arena, 2 * sizeof *point->logs);
    point->log_count = 2 - p;
    log_fill(point, &point->logs[0], 1, 300 + p);
    if (p == 0) log_fill(point, &point->logs[1], 3, 200);
}

static const char *shown[] = {"system.throughput", "stations.saw.utilization"};
static const char *horizon_texts[] = {"1 wk", "4 wk"};
static double horizon_hours[] = {168, 672};
static struct claim_result claims[] = {{.text = "stations.saw.queue.wait = 0.75 h",
                                        .source = "Law, 2015",
                                        .verdict = VERDICT_SUPPORTED,
                                        .low = 0.7,
                                        .high = 0.8,
                                        .unit = "h",
                                        .left = 0.749,
                                        .right = 0.75},
                                       {.text = "a < b",
                                        .verdict = VERDICT_UNDECIDED,
                                        .low = NAN,
                                        .high = NAN,
                                        .compared = true,
                                        .left = 1,
                                        .right = 2,
                                        .why = "the interval holds zero"}};
static const char *stream_names[] = {"stations/saw/repair", "stations/drill/repair",
                                     "stations/mill/repair"};
static uint64_t stream_hashes[] = {UINT64_C(0xfedcba9876543210), 2, UINT64_MAX};

static struct takt_results *results_make(void) {
    struct takt_results *results = results_create();
    results_size(results, POINTS, REPLICATIONS);
    results->title = "Saws & drills \xe2\x80\x93 a test";
    results->scenario_path = "line.yaml";
    results->scenario_text = "takt: 1\ntitle: Saws\n";
    results->resolved_json = "{\"takt\":1}";
    results->currency = "EUR";
    strcpy(results->sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    results->arithmetic = "0123456789abcdef";
    results->seed = UINT64_MAX;
    results->horizon_count = HORIZONS;
    results->horizon_texts = horizon_texts;
    results->horizon_hours = horizon_hours;
    results->show = shown;
    results->show_count = 2;
    results->claims = claims;
    results->claim_count = 2;
    results->chance = true;
    results->complete = true;
    results->confidence = 0.95;
    for (int p = 0; p < POINTS; p++) {
        struct point *point = &results->points[p];
        point->arm = p ? "mill" : "base";
        point->layout = layout_make(p);
        point->stream_names = stream_names + p;
        point->stream_hashes = stream_hashes + p;
        point->stream_count = 2;
        logs_fill(point, p);
        if (p) point->stopped[STOPPED] = "deadlock: saw waits for drill, drill waits for saw";
        for (int r = 0; r < REPLICATIONS; r++)
            block_fill(point, r, (uint64_t)(p * 1000003 + r * 1009));
    }
    return results;
}

/* ---- Comparing ---- */

static bool same(double a, double b) {
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static void expect_text(const char *a, const char *b) {
    cr_expect((!a && !b) || (a && b && strcmp(a, b) == 0), "'%s' is not '%s'", a ? a : "(none)",
              b ? b : "(none)");
}

static void expect_layout(const struct layout *a, const struct layout *b) {
    cr_assert_eq(a->column_count, b->column_count);
    for (int32_t i = 0; i < a->column_count; i++) {
        expect_text(a->columns[i].path, b->columns[i].path);
        cr_expect_eq(a->columns[i].kpi, b->columns[i].kpi);
        cr_expect_eq(a->columns[i].object, b->columns[i].object);
        cr_expect_eq(a->columns[i].stat, b->columns[i].stat);
        cr_expect_eq(layout_find(b, a->columns[i].path), i);
    }
    for (int s = 0; s < RESULT_SECTION_COUNT; s++) {
        cr_assert_eq(a->object_counts[s], b->object_counts[s]);
        for (int32_t i = 0; i < a->object_counts[s]; i++)
            expect_text(a->object_names[s][i], b->object_names[s][i]);
    }
    for (int32_t h = 0; h < a->horizon_count; h++) cr_expect_eq(a->horizons[h], b->horizons[h]);
    cr_assert_eq(a->series_count, b->series_count);
    for (int32_t i = 0; i < a->series_count; i++) {
        expect_text(a->series[i].path, b->series[i].path);
        cr_expect_eq(a->series[i].unit, b->series[i].unit);
    }
    cr_assert_eq(a->sequence_count, b->sequence_count);
    for (int32_t i = 0; i < a->sequence_count; i++) {
        expect_text(a->sequences[i].path, b->sequences[i].path);
        cr_expect_eq(a->sequences[i].capacity, b->sequences[i].capacity);
    }
    cr_expect_eq(a->grid_step, b->grid_step);
    cr_assert_eq(a->grid_count, b->grid_count);
    cr_assert_eq(a->value_count, b->value_count);
}

/* Bit for bit, but for raw series of later replications: a file keeps their statistics. */
static void expect_blocks(const struct point *a, const struct point *b) {
    int64_t series_first = layout_series_at(a->layout, 0, 0);
    int64_t series_end = layout_sequence_at(a->layout, 0, 0);
    for (int r = 0; r < REPLICATIONS; r++) {
        int64_t wrong = 0;
        for (int64_t i = 0; i < a->layout->value_count; i++) {
            bool kept = r == 0 || i < series_first || i >= series_end;
            double expected = kept ? a->blocks[r][i] : NAN;
            wrong += !same(expected, b->blocks[r][i]);
        }
        cr_expect_eq(wrong, 0, "replication %d: %ld values differ", r, (long)wrong);
        expect_text(a->stopped[r], b->stopped[r]);
    }
}

static void expect_series(const struct takt_results *a, const struct takt_results *b, int32_t p) {
    for (int32_t s = 0; s < a->points[p].layout->series_count; s++)
        for (int stat = 0; stat < SERIES_STAT_COUNT; stat++) {
            double x[GRID], y[GRID];
            results_series(a, p, s, (enum series_stat)stat, x);
            results_series(b, p, s, (enum series_stat)stat, y);
            for (int32_t i = 0; i < a->points[p].layout->grid_count; i++)
                cr_expect(same(x[i], y[i]), "series %d, %d: %g is not %g", s, stat, x[i], y[i]);
        }
}

/* By what the codes mean: a file may give another number to a step. */
static void expect_log(const struct point *a, const struct point *b, const struct log *x,
                       const struct log *y) {
    struct log_names of_a = log_names_of(a->layout, a->log_steps, a->log_step_count);
    struct log_names of_b = log_names_of(b->layout, b->log_steps, b->log_step_count);
    cr_expect_eq(x->replication, y->replication);
    cr_expect_eq(x->from, y->from);
    cr_expect_eq(x->to, y->to);
    cr_expect_eq(x->cut, y->cut);
    cr_assert_eq(x->count, y->count);
    for (int64_t i = 0; i < x->count; i++) {
        cr_assert_eq(x->rows[i].at, y->rows[i].at);
        cr_assert_eq(x->rows[i].what, y->rows[i].what);
        cr_assert(same(x->rows[i].value, y->rows[i].value));
        for (int c = 0; c < LOG_COLUMN_COUNT; c++) {
            const struct log_column *column = &log_columns[c];
            int32_t code = log_code(&x->rows[i], column), other = log_code(&y->rows[i], column);
            if (column->codes == RECORD_NUMBERS) cr_assert_eq(code, other);
            expect_text(log_name(&of_a, column->codes, code),
                        log_name(&of_b, column->codes, other));
        }
    }
}

static void expect_results(const struct takt_results *a, const struct takt_results *b) {
    expect_text(a->title, b->title);
    expect_text(a->scenario_path, b->scenario_path);
    expect_text(a->scenario_text, b->scenario_text);
    expect_text(a->resolved_json, b->resolved_json);
    expect_text(a->currency, b->currency);
    expect_text(a->sha256, b->sha256);
    expect_text(a->arithmetic, b->arithmetic);
    cr_expect_eq(a->seed, b->seed);
    cr_expect_eq(a->chance, b->chance);
    cr_expect_eq(a->complete, b->complete);
    cr_expect(same(a->confidence, b->confidence));
    cr_assert_eq(a->show_count, b->show_count);
    for (int32_t i = 0; i < a->show_count; i++) expect_text(a->show[i], b->show[i]);
    cr_assert_eq(a->horizon_count, b->horizon_count);
    for (int32_t i = 0; i < a->horizon_count; i++) {
        expect_text(a->horizon_texts[i], b->horizon_texts[i]);
        cr_expect(same(a->horizon_hours[i], b->horizon_hours[i]));
    }
    cr_assert_eq(a->claim_count, b->claim_count);
    for (int32_t i = 0; i < a->claim_count; i++) {
        const struct claim_result *x = &a->claims[i], *y = &b->claims[i];
        expect_text(x->text, y->text);
        expect_text(x->source, y->source);
        expect_text(x->why, y->why);
        expect_text(x->unit, y->unit);
        cr_expect_eq(x->verdict, y->verdict);
        cr_expect_eq(x->compared, y->compared);
        cr_expect(same(x->low, y->low) && same(x->high, y->high));
        cr_expect(same(x->left, y->left) && same(x->right, y->right));
    }
    cr_assert_eq(a->point_count, b->point_count);
    cr_assert_eq(a->replication_count, b->replication_count);
    for (int32_t p = 0; p < a->point_count; p++) {
        const struct point *x = &a->points[p], *y = &b->points[p];
        expect_text(x->arm, y->arm);
        expect_layout(x->layout, y->layout);
        expect_blocks(x, y);
        expect_series(a, b, p);
        cr_assert_eq(x->log_count, y->log_count);
        for (int32_t i = 0; i < x->log_count; i++) expect_log(x, y, &x->logs[i], &y->logs[i]);
        cr_assert_eq(x->stream_count, y->stream_count);
        for (uint64_t i = 0; i < x->stream_count; i++) {
            expect_text(x->stream_names[i], y->stream_names[i]);
            cr_expect_eq(x->stream_hashes[i], y->stream_hashes[i]);
        }
    }
}

#endif
