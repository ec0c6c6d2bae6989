/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Theory beside simulation: each formula with its numbers, what a run gave, and whether the two
 * agree. The interval is that of claims with `=`, so that both say the same. */
#include "../json.h"
#include "../summary.h"
#include "../tables/table.h"
#include "theory.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* What is printed: the theory, and the run beside it (without points when there is none). */
struct sheet {
    const struct theory *theory;
    const struct takt_results *results;
    const struct sweep_points *points; /* where --set gives several values */
    int32_t point;
    FILE *file;
    int32_t width;
    bool colour, beside;
};

enum agreement { AGREEMENT_UNKNOWN, AGREEMENT_INSIDE, AGREEMENT_OUTSIDE };

struct comparison {
    struct interval simulated; /* NaN when it was not measured */
    enum agreement agreement;
};

/* ---- the two numbers ---- */

static struct comparison compare(const struct sheet *sheet, const struct theory_value *value) {
    static const double rounding = 1e-6; /* of times to microseconds */
    struct comparison comparison = {.simulated = {.mean = NAN, .half_width = NAN}};
    if (!sheet->beside || !value->path) return comparison;
    const struct takt_results *results = sheet->results;
    int32_t column = layout_find(results->points[sheet->point].layout, value->path);
    if (column < 0) return comparison;
    struct interval interval =
        summary_interval(results, sheet->point, results->horizon_count - 1, column);
    interval = interval_widened(interval, CONFIDENCE_EQUAL);
    if (!results->chance) interval.half_width = 0;
    comparison.simulated = interval;
    if (isnan(interval.mean) || isnan(interval.half_width)) return comparison;
    double apart = fabs(value->value - interval.mean);
    bool inside = apart <= interval.half_width + rounding * fabs(value->value);
    comparison.agreement = inside ? AGREEMENT_INSIDE : AGREEMENT_OUTSIDE;
    return comparison;
}

/* ---- for a person ---- */

/* Any quantity with this unit, so that a number without a result is shown as those with one. */
static struct column column_of_unit(enum result_unit unit) {
    int32_t kpi = 0;
    while (kpi < kpi_count && kpis[kpi].unit != unit) kpi++;
    CHECK(kpi < kpi_count);
    return (struct column){.kpi = kpi, .stat = STAT_MEAN};
}

static void set_number(struct grid *grid, int32_t row, int32_t column, double value) {
    char text[FRIENDLY_SIZE];
    if (fabs(value) >= 1e6 || !isfinite(value))
        grid_set(grid, row, column, "%s", friendly_number(text, value));
    else
        grid_set(grid, row, column, "%.6g", value);
}

static void set_beside(struct grid *grid, int32_t row, const struct sheet *sheet,
                       const struct theory_value *value, double factor) {
    static const char *const words[] = {"", "inside", "outside"};
    struct comparison comparison = compare(sheet, value);
    char text[FRIENDLY_SIZE];
    if (isnan(comparison.simulated.mean)) return;
    grid_set(grid, row, 3, "%s", friendly_interval(text, comparison.simulated, factor, false));
    double off = 100 * (value->value / comparison.simulated.mean - 1);
    if (isfinite(off)) grid_set(grid, row, 4, fabs(off) < 0.005 ? "0 %%" : "%+.2f %%", off);
    grid_set(grid, row, 5, "%s", words[comparison.agreement]);
}

static void print_values(const struct sheet *sheet, const struct theory_model *model) {
    if (model->value_count == 0) return;
    struct grid grid;
    grid_init(&grid, model->value_count + 1, sheet->beside ? 6 : 3, 2);
    static const char *const heads[] = {"quantity", "", "theory", "simulated", "off", ""};
    for (int32_t i = 0; i < grid.column_count; i++) grid_set(&grid, 0, i, "%s", heads[i]);
    for (int32_t i = 0; i < model->value_count; i++) {
        const struct theory_value *value = &model->values[i];
        struct column column = column_of_unit(value->unit);
        struct friendly_unit unit = friendly_unit(sheet->results, &column, fabs(value->value));
        bool other = value->kind != model->kind;
        grid_set(&grid, i + 1, 0, "%s%s", value->name,
                 !other                        ? ""
                 : value->kind == THEORY_EXACT ? " (exact)"
                                               : " (approximate)");
        grid_set(&grid, i + 1, 1, "%s", unit.name);
        set_number(&grid, i + 1, 2, value->value * unit.factor);
        if (sheet->beside) set_beside(&grid, i + 1, sheet, value, unit.factor);
    }
    grid_print(&grid, sheet->file, sheet->width, sheet->colour);
    grid_clear(&grid);
}

/* A sentence broken between words, indented by two. */
static void print_sentence(const struct sheet *sheet, const char *text) {
    int32_t at = 0;
    while (*text) {
        size_t size = strcspn(text, " ");
        char word[FRIENDLY_SIZE * 4];
        snprintf(word, sizeof word, "%.*s", (int)size, text);
        int32_t width = grid_width(word);
        if (at == 0 || at + 1 + width > sheet->width) {
            fputs(at ? "\n  " : "  ", sheet->file);
            at = 2;
        } else {
            fputc(' ', sheet->file);
            at++;
        }
        grid_text(sheet->file, word);
        at += width;
        text += size;
        text += strspn(text, " ");
    }
    fputc('\n', sheet->file);
}

static const char *const kind_words[] = {"no theory", "approximate", "exact"};

/* FIRST: no model before has this formula, so that its source is named. */
static void print_model(const struct sheet *sheet, const struct theory_model *model, bool first) {
    const struct theory_formula_row *formula = &theory_formulas[model->formula];
    fprintf(sheet->file, "\n%s", sheet->colour ? "\033[1m" : "");
    fputc(toupper((unsigned char)*model->object), sheet->file);
    grid_text(sheet->file, model->object + 1);
    fputs(sheet->colour ? "\033[0m: " : ": ", sheet->file);
    if (model->formula != FORMULA_OF_NOTHING) fprintf(sheet->file, "%s, ", model->name);
    fputs(kind_words[model->kind], sheet->file);
    if (model->why && model->kind == THEORY_NONE) {
        fputs(": ", sheet->file);
        grid_text(sheet->file, model->why);
    }
    fputc('\n', sheet->file);
    struct arena *arena = sheet->theory->arena;
    if (model->kind == THEORY_EXACT && first)
        print_sentence(sheet, arena_text(arena, "%s: %s", formula->source, formula->conditions));
    else if (model->kind == THEORY_APPROXIMATE)
        print_sentence(sheet,
                       arena_text(arena, "%s%snot exact: %s", first ? formula->source : "",
                                  first ? "; " : "", model->why ? model->why : "an approximation"));
    print_values(sheet, model);
}

/* Little's law holds for every stable system, whatever the laws: a check of the run itself. */
struct little {
    double wip, rate, cycle;
    bool known;
};

static struct little little_of(const struct sheet *sheet) {
    struct little little = {0};
    if (!sheet->beside) return little;
    const struct takt_results *results = sheet->results;
    const struct layout *layout = results->points[sheet->point].layout;
    int32_t last = results->horizon_count - 1;
    int32_t wip = layout_find(layout, "system.wip");
    int32_t cycle = layout_find(layout, "system.cycle-time");
    int32_t count = layout_find(layout, "system.cycle-time.count");
    if (wip < 0 || cycle < 0 || count < 0 || !(results->horizon_hours[last] > 0)) return little;
    little.wip = summary_interval(results, sheet->point, last, wip).mean;
    little.cycle = summary_interval(results, sheet->point, last, cycle).mean;
    little.rate =
        summary_interval(results, sheet->point, last, count).mean / results->horizon_hours[last];
    little.known = little.wip > 0 && little.cycle > 0;
    return little;
}

static void print_little(const struct sheet *sheet) {
    struct little little = little_of(sheet);
    if (!little.known) return;
    fprintf(sheet->file,
            "\nLittle's law in the run: %.4g lots finished an hour x %.4g h in the system = %.4g "
            "lots;\nthe mean work in process was %.4g (what is inside at the ends makes the "
            "difference)\n",
            little.rate, little.cycle, little.rate * little.cycle, little.wip);
}

static void print_legend(const struct sheet *sheet) {
    bool exact_outside = false, approximate = false;
    for (int32_t m = 0; m < sheet->theory->model_count; m++)
        for (int32_t i = 0; i < sheet->theory->models[m]->value_count; i++) {
            const struct theory_value *value = &sheet->theory->models[m]->values[i];
            approximate = approximate || value->kind == THEORY_APPROXIMATE;
            if (value->kind == THEORY_EXACT && compare(sheet, value).agreement == AGREEMENT_OUTSIDE)
                exact_outside = true;
        }
    if (exact_outside || approximate) fputc('\n', sheet->file);
    if (exact_outside)
        print_sentence(sheet, "An exact value lies outside: formulas are of the long run, so look "
                              "at the warm-up and the length of the run first.");
    if (approximate)
        print_sentence(sheet, "Approximate: `off` says how far the formula is from the simulated "
                              "mean, which is nearer to the truth.");
}

static int32_t replications_of(const struct sheet *sheet) {
    return sheet->beside ? sheet->results->points[sheet->point].replication_count : 0;
}

static void print_heading(const struct sheet *sheet, const char *title, const char *arm) {
    int32_t n = replications_of(sheet);
    grid_text(sheet->file, title);
    fputs("\nTheory", sheet->file);
    if (strcmp(arm, "base") != 0) fprintf(sheet->file, " of arm %s", arm);
    if (sheet->beside)
        fprintf(sheet->file, " beside simulation: %" PRId32 " replication%s, seed %" PRIu64 "%s", n,
                n == 1 ? "" : "s", sheet->results->seed, n > 1 ? "; ± is a 99.9 % interval" : "");
    for (int32_t f = 0; f < sheet->points->factor_count; f++)
        fprintf(sheet->file, "\nwith %s %s", sheet->points->factors[f]->path,
                sweep_text(sheet->theory->arena, sweep_value(sheet->points, sheet->point, f)));
    fputc('\n', sheet->file);
}

static void print_sheet(const struct sheet *sheet, const char *title, const char *arm) {
    print_heading(sheet, title, arm);
    if (sheet->theory->bottleneck)
        fprintf(sheet->file, "Bottleneck: %s\n", sheet->theory->bottleneck);
    bool named[THEORY_FORMULA_COUNT] = {false};
    for (int32_t m = 0; m < sheet->theory->model_count; m++) {
        const struct theory_model *model = sheet->theory->models[m];
        print_model(sheet, model, !named[model->formula]);
        named[model->formula] = true;
    }
    if (sheet->theory->model_count == 0)
        fputs("There is nothing here that theory knows.\n", sheet->file);
    print_little(sheet);
    print_legend(sheet);
}

/* ---- as JSON ---- */

static void write_value(const struct sheet *sheet, const struct theory_value *value) {
    static const char *const words[] = {NULL, "inside", "outside"};
    struct comparison comparison = compare(sheet, value);
    char unit[16];
    FILE *file = sheet->file;
    fputs("{\"name\":", file);
    json_text(file, value->name);
    fputs(",\"path\":", file);
    json_text(file, value->path);
    fputs(",\"unit\":", file);
    json_text(file, summary_unit(sheet->results, value->unit, unit));
    fputs(",\"kind\":", file);
    json_text(file, kind_words[value->kind]);
    fputs(",\"theory\":", file);
    json_number(file, value->value);
    if (sheet->beside) {
        fputs(",\"mean\":", file);
        json_number(file, comparison.simulated.mean);
        fputs(",\"half_width\":", file);
        json_number(file, comparison.simulated.half_width);
        fputs(",\"verdict\":", file);
        json_text(file, words[comparison.agreement]);
    }
    fputc('}', file);
}

static void write_model(const struct sheet *sheet, const struct theory_model *model) {
    const struct theory_formula_row *formula = &theory_formulas[model->formula];
    FILE *file = sheet->file;
    fputs("  {\"object\":", file);
    json_text(file, model->object);
    fputs(",\"formula\":", file);
    json_text(file, *model->name ? model->name : NULL);
    fputs(",\"kind\":", file);
    json_text(file, kind_words[model->kind]);
    fputs(",\"source\":", file);
    json_text(file, *formula->source ? formula->source : NULL);
    fputs(",\"conditions\":", file);
    json_text(file, *formula->conditions ? formula->conditions : NULL);
    fputs(",\"why\":", file);
    json_text(file, model->why);
    fputs(",\"values\":[", file);
    for (int32_t i = 0; i < model->value_count; i++) {
        fputs(i ? ",\n    " : "\n    ", file);
        write_value(sheet, &model->values[i]);
    }
    fputs("]}", file);
}

static void write_sheet(const struct sheet *sheet, const char *arm) {
    FILE *file = sheet->file;
    fputs("{\"arm\":", file);
    json_text(file, arm);
    fputs(",\"settings\":{", file);
    for (int32_t f = 0; f < sheet->points->factor_count; f++) {
        if (f) fputc(',', file);
        json_text(file, sheet->points->factors[f]->path);
        fputc(':', file);
        json_text(file,
                  sweep_text(sheet->theory->arena, sweep_value(sheet->points, sheet->point, f)));
    }
    fprintf(file, "},\"replications\":%" PRId32 ",\"bottleneck\":", replications_of(sheet));
    json_text(file, sheet->theory->bottleneck);
    fputs(",\"models\":[", file);
    for (int32_t m = 0; m < sheet->theory->model_count; m++) {
        fputs(m ? ",\n" : "\n", file);
        write_model(sheet, sheet->theory->models[m]);
    }
    fputs("]}", file);
}

/* ---- the public door ---- */

enum { USUAL_WIDTH = 100 };

static void one_point(struct sheet *sheet, const struct takt_scenario *scenario,
                      const struct prepared *prepared, bool json) {
    struct arena arena;
    arena_init(&arena);
    const char *title = prepared->arm.spec->question.title;
    struct takt_results nothing = {.currency = prepared->arm.reader->value.currency};
    const struct takt_results *results = sheet->results;
    sheet->theory = theory_make(&arena, prepared);
    if (!results) sheet->results = &nothing;
    sheet->beside = results && results->points[sheet->point].replication_count > 0;
    if (json)
        write_sheet(sheet, prepared->arm.name);
    else
        print_sheet(sheet, title ? title : scenario->scenario->path, prepared->arm.name);
    sheet->results = results;
    arena_clear(&arena);
}

enum takt_status takt_theory(struct takt_scenario *scenario, const char *arm,
                             const struct takt_results *results, FILE *file,
                             const struct takt_table_options *options, bool json) {
    struct prepared *prepared;
    struct sweep_points points;
    int32_t count;
    enum takt_status status =
        prepare_points(scenario, &arm, 1, SWEEP_SETTINGS, 1, &points, &prepared, &count);
    if (json && status == TAKT_OK) {
        fputs("{\"scenario\":", file);
        json_text(file, scenario->scenario->path);
        fputs(",\"points\":[\n", file);
    }
    for (int32_t i = 0; i < count && status == TAKT_OK; i++) {
        struct sheet sheet = {.results = results,
                              .points = &points,
                              .point = i,
                              .file = file,
                              .width = options && options->width > 0 ? options->width : USUAL_WIDTH,
                              .colour = options && options->colour};
        if (i) fputs(json ? ",\n" : "\n", file);
        one_point(&sheet, scenario, &prepared[i], json);
    }
    if (json && status == TAKT_OK) fputs("]}\n", file);
    prepared_delete(prepared, count);
    return status;
}
