/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include "controlled.h"
#include "comparison.h"
#include "crossover.h"
#include "results/results.h"
#include "selected.h"
#include "stopping.h"
#include "summary.h"
#include "takt.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Results as one object (the README shows one) ---- */

static void write_interval(FILE *file, const char *path, const char *horizon,
                           struct interval interval, int32_t batches, const char *unit) {
    fputs("{\"path\":", file);
    json_text(file, path);
    fputs(",\"horizon\":", file);
    json_text(file, horizon);
    fputs(",\"mean\":", file);
    json_number(file, interval.mean);
    fputs(",\"half_width\":", file);
    json_number(file, interval.half_width);
    fputs(",\"unit\":", file);
    json_text(file, unit);
    fprintf(file, ",\"n\":%" PRId32, interval.n);
    if (batches) fprintf(file, ",\"batches\":%" PRId32, batches);
    fputc('}', file);
}

static void write_kpis(FILE *file, const struct takt_results *results, int32_t point) {
    const struct layout *layout = results->points[point].layout;
    const char *separator = "";
    for (int32_t column = 0; column < layout->column_count; column++)
        for (int32_t horizon = 0; horizon < results->horizon_count; horizon++) {
            const struct column *here = &layout->columns[column];
            char unit[16];
            fprintf(file, "%s\n    ", separator);
            write_interval(file, here->path, results->horizon_texts[horizon],
                           summary_interval(results, point, horizon, column),
                           summary_batches(results, point, horizon, column),
                           summary_unit(results, summary_unit_of(here), unit));
            separator = ",";
        }
}

/* Replications that did not reach their end; left out when all did. */
static void write_stopped(FILE *file, const struct takt_results *results, int32_t point) {
    const char *separator = ",\"stopped\":[";
    bool any = false;
    for (int32_t i = 0; i < results->points[point].replication_count; i++) {
        const char *why = results->points[point].stopped[i];
        if (!why) continue;
        fprintf(file, "%s{\"replication\":%" PRId32 ",\"why\":", separator, i);
        json_text(file, why);
        fputc('}', file);
        separator = ",";
        any = true;
    }
    if (any) fputc(']', file);
}

/* Means at the last horizon with control variates; left out when there are none. */
static void write_controlled(FILE *file, const struct takt_results *results, int32_t point) {
    struct controlling controlling;
    controlling_init(&controlling, results, point);
    const struct layout *layout = results->points[point].layout;
    const char *separator = ",\"controlled\":[";
    bool any = false;
    for (int32_t c = 0; controlling.count && c < layout->column_count; c++) {
        struct controlled controlled = controlling_mean(&controlling, c);
        if (isnan(controlled.reduction)) continue;
        fprintf(file, "%s\n    {\"path\":", separator);
        json_text(file, layout->columns[c].path);
        fputs(",\"mean\":", file);
        json_number(file, controlled.interval.mean);
        fputs(",\"half_width\":", file);
        json_number(file, controlled.interval.half_width);
        fputs(",\"reduction\":", file);
        json_number(file, controlled.reduction);
        fputc('}', file);
        separator = ",";
        any = true;
    }
    if (any) fputc(']', file);
    controlling_clear(&controlling);
}

/* What the sweep sets at this point: {"path":{"text":"6 /h","value":6,"unit":"1/h"}}, with the text
 * alone where it is no number. What is left as it is is not there. */
static void write_factors(FILE *file, const struct takt_results *results, int32_t point) {
    const char *separator = "";
    fputs(",\"factors\":{", file);
    for (int32_t f = 0; f < results->factor_count; f++) {
        const struct factor *factor = &results->factors[f];
        if (!factor->texts[point]) continue;
        fputs(separator, file);
        json_text(file, factor->path);
        fputs(":{\"text\":", file);
        json_text(file, factor->texts[point]);
        if (factor->numbers) {
            fputs(",\"value\":", file);
            json_number(file, factor->numbers[point]);
            fputs(",\"unit\":", file);
            json_text(file, factor->unit);
        }
        fputc('}', file);
        separator = ",";
    }
    fputc('}', file);
}

static void write_point(FILE *file, const struct takt_results *results, int32_t point) {
    fprintf(file, "  {\"point\":%" PRId32 ",\"arm\":", point);
    json_text(file, results->points[point].arm);
    if (results->factor_count) write_factors(file, results, point);
    fprintf(file, ",\"replications\":%" PRId32 ",\"kpis\":[",
            results->points[point].replication_count);
    write_kpis(file, results, point);
    fputc(']', file);
    write_controlled(file, results, point);
    write_stopped(file, results, point);
    fputc('}', file);
}

static void write_claim(FILE *file, const struct claim_result *claim) {
    static const char *const verdicts[] = {[VERDICT_UNDECIDED] = "undecided",
                                           [VERDICT_SUPPORTED] = "supported",
                                           [VERDICT_REFUTED] = "refuted"};
    fputs("  {\"text\":", file);
    json_text(file, claim->text);
    fprintf(file, ",\"verdict\":\"%s\",\"low\":", verdicts[claim->verdict]);
    json_number(file, claim->low);
    fputs(",\"high\":", file);
    json_number(file, claim->high);
    fputc('}', file);
}

static void write_difference(FILE *file, const struct takt_results *results, struct pair pair,
                             const char *path, int32_t horizon, struct interval difference) {
    struct pairing pairing = {.correlation = NAN, .saved = NAN};
    comparison_pairing(results, pair.a, pair.b, horizon, path, &pairing);
    fputs("  {\"kpi\":", file);
    json_text(file, path);
    fputs(",\"horizon\":", file);
    json_text(file, results->horizon_texts[horizon]);
    fputs(",\"a\":", file);
    json_text(file, results->points[pair.a].arm);
    fputs(",\"b\":", file);
    json_text(file, results->points[pair.b].arm);
    if (results->factor_count)
        fprintf(file, ",\"a_point\":%" PRId32 ",\"b_point\":%" PRId32, pair.a, pair.b);
    fputs(",\"mean\":", file);
    json_number(file, difference.mean);
    fputs(",\"low\":", file);
    json_number(file, difference.mean - difference.half_width);
    fputs(",\"high\":", file);
    json_number(file, difference.mean + difference.half_width);
    fputs(",\"correlation\":", file);
    json_number(file, pairing.correlation);
    fputs(",\"saved\":", file);
    json_number(file, pairing.saved);
    fprintf(file, ",\"n\":%" PRId32 "}", difference.n);
}

/* Every arm against the first, at the same place of the sweep, in every quantity that both have. */
static void write_differences(FILE *file, const struct takt_results *results) {
    const char *separator = "";
    int32_t count;
    struct pair *pairs = results_pairs(results, &count);
    for (int32_t i = 0; i < count; i++) {
        const struct layout *layout = results->points[pairs[i].b].layout;
        for (int32_t column = 0; column < layout->column_count; column++)
            for (int32_t horizon = 0; horizon < results->horizon_count; horizon++) {
                const char *path = layout->columns[column].path;
                struct interval difference;
                if (!summary_difference(results, pairs[i].a, pairs[i].b, horizon, path,
                                        &difference))
                    continue;
                fprintf(file, "%s\n", separator);
                write_difference(file, results, pairs[i], path, horizon, difference);
                separator = ",";
            }
    }
    free(pairs);
}

static void write_best(FILE *file, const struct takt_results *results, int32_t point,
                       const char *path, int32_t horizon, const struct best_interval *best) {
    static const char *const verdicts[] = {[BEST_NOT_KNOWN] = "not known",
                                           [BEST_NO] = "no",
                                           [BEST_MAY_BE] = "may be",
                                           [BEST_YES] = "yes"};
    fputs("  {\"kpi\":", file);
    json_text(file, path);
    fputs(",\"horizon\":", file);
    json_text(file, results->horizon_texts[horizon]);
    fprintf(file, ",\"point\":%" PRId32 ",\"arm\":", point);
    json_text(file, results->points[point].arm);
    fprintf(file, ",\"best\":\"%s\",\"low\":", verdicts[best->verdict]);
    json_number(file, best->low);
    fputs(",\"high\":", file);
    json_number(file, best->high);
    fputc('}', file);
}

/* Every point against the best of the others, in every quantity of the first point that is judged.
 */
static void write_contest(FILE *file, const struct takt_results *results) {
    const struct layout *base = results->points[0].layout;
    struct best_interval *best = memory_zeroed((size_t)results->point_count, sizeof *best);
    const char *separator = "";
    for (int32_t column = 0; column < base->column_count; column++)
        for (int32_t horizon = 0; horizon < results->horizon_count; horizon++) {
            const char *path = base->columns[column].path;
            if (!comparison_best(results, horizon, path, best)) continue;
            for (int32_t point = 0; point < results->point_count; point++) {
                fprintf(file, "%s\n", separator);
                write_best(file, results, point, path, horizon, &best[point]);
                separator = ",";
            }
        }
    free(best);
}

void takt_results_json(const struct takt_results *results, FILE *file) {
    fputs("{\"scenario\":", file);
    json_text(file, results->scenario_path);
    fputs(",\"takt_version\":", file);
    json_text(file, results->takt_version);
    fprintf(file, ",\"seed\":%" PRIu64 ",", results->seed);
    stopping_json(results, file);
    selected_json(results, file);
    fputs(",\"points\":[", file);
    for (int32_t i = 0; i < results->point_count; i++) {
        fputs(i ? ",\n" : "\n", file);
        write_point(file, results, i);
    }
    fputs("],\"claims\":[", file);
    for (int32_t i = 0; i < results->claim_count; i++) {
        fputs(i ? ",\n" : "\n", file);
        write_claim(file, &results->claims[i]);
    }
    fputc(']', file);
    if (strcmp(results->points[0].arm, results->points[results->point_count - 1].arm) != 0) {
        fputs(",\"differences\":[", file);
        write_differences(file, results);
        fputc(']', file);
    }
    if (results->crossover_count) {
        fputs(",\"crossovers\":[", file);
        crossovers_json(results, file);
        fputc(']', file);
    }
    if (results->point_count > 1 && results->point_count < COMPARISON_POINTS_MOST) {
        fputs(",\"best\":[", file);
        write_contest(file, results);
        fputc(']', file);
    }
    fputs("}\n", file);
}

/* ---- Texts and numbers ---- */

/* A whole number of at most 15 digits, from its last digit on: what printf makes of it, in a tenth
 * of the time. Most results of a large model are such, and there are a million of them. */
static void write_whole(FILE *file, int64_t value) {
    char text[24], *at = text + sizeof text;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0) *--at = '-';
    fwrite(at, 1, (size_t)(text + sizeof text - at), file);
}

void json_number(FILE *file, double value) {
    if (!isfinite(value)) {
        fputs("null", file);
        return;
    }
    if (fabs(value) < 1e15 && value == (double)(int64_t)value && !(value == 0 && signbit(value))) {
        write_whole(file, (int64_t)value);
        return;
    }
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    fputs(text, file);
}

/* Bytes of the UTF-8 character that starts here; 0 when it is none (overlong forms and surrogates
 * are none). */
static size_t character_size(const unsigned char *at) {
    static const struct {
        unsigned char first, last, low, high;
        size_t size;
    } forms[] = {
        {0x01, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (at[0] < forms[i].first || at[0] > forms[i].last) continue;
        if (forms[i].size > 1 && (at[1] < forms[i].low || at[1] > forms[i].high)) return 0;
        for (size_t k = 2; k < forms[i].size; k++)
            if ((at[k] & 0xc0) != 0x80) return 0;
        return forms[i].size;
    }
    return 0;
}

static void write_escaped(FILE *file, unsigned char byte) {
    switch (byte) {
    case '"': fputs("\\\"", file); break;
    case '\\': fputs("\\\\", file); break;
    case '\n': fputs("\\n", file); break;
    case '\t': fputs("\\t", file); break;
    case '\r': fputs("\\r", file); break;
    default:
        if (byte < 0x20)
            fprintf(file, "\\u%04x", byte);
        else
            fputc(byte, file);
    }
}

/* Bytes that stand for themselves. */
static size_t plain_size(const unsigned char *at) {
    size_t size = 0;
    while (at[size] >= 0x20 && at[size] < 0x7f && at[size] != '"' && at[size] != '\\') size++;
    return size;
}

void json_text(FILE *file, const char *text) {
    if (!text) {
        fputs("null", file);
        return;
    }
    fputc('"', file);
    const unsigned char *at = (const unsigned char *)text;
    for (;;) {
        size_t plain = plain_size(at);
        if (plain) fwrite(at, 1, plain, file);
        at += plain;
        if (!*at) break;
        size_t size = character_size(at);
        if (size == 0) {
            fputs("\xef\xbf\xbd", file);
            at++;
        } else if (size == 1) {
            write_escaped(file, *at++);
        } else {
            fwrite(at, 1, size, file);
            at += size;
        }
    }
    fputc('"', file);
}
