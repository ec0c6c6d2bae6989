/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results_file.h"

#include "../controlled.h"
#include "file.h"
#include "../journal.h"
#include "../selected.h"
#include "../stopping.h"
#include "../takt.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static const char *const verdict_names[] = {[VERDICT_UNDECIDED] = "undecided",
                                            [VERDICT_SUPPORTED] = "supported",
                                            [VERDICT_REFUTED] = "refuted"};
enum { VERDICT_COUNT = sizeof verdict_names / sizeof *verdict_names };

static const char *or_empty(const char *text) {
    return text ? text : "";
}

static const char *or_null(const char *text) {
    return text[0] ? text : NULL;
}

/* ---- Writing ---- */

struct hdf5_scale *results_file_counting(struct results_writer *writer, struct hdf5_group group,
                                         const char *name, int32_t from, int64_t count) {
    int32_t *numbers = memory_zeroed((size_t)count + 1, sizeof *numbers);
    for (int64_t i = 0; i < count; i++) numbers[i] = from + (int32_t)i;
    struct hdf5_scale *scale = hdf5_scale(&writer->file, group, name, HDF5_INT32, count, numbers);
    free(numbers);
    return scale;
}

static void text_attribute(struct results_writer *writer, const char *name, const char *text) {
    hdf5_attribute_text(&writer->file, hdf5_root(&writer->file), ".", name, or_empty(text));
}

static void number_attribute(struct results_writer *writer, const char *name, int32_t number) {
    hdf5_attribute(&writer->file, hdf5_root(&writer->file), ".", name, HDF5_INT32, &number);
}

static void write_root(struct results_writer *writer, const char *command_line) {
    const struct takt_results *results = writer->results;
    struct hdf5_group root = hdf5_root(&writer->file);
    char created[32];
    time_t now = time(NULL);
    strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &(struct tm){0}));
    text_attribute(writer, "title", results->title);
    text_attribute(writer, "takt_version", results->takt_version);
    number_attribute(writer, "format_version", RESULTS_FILE_FORMAT);
    text_attribute(writer, "git_revision", results->revision);
    text_attribute(writer, "scenario_path", results->scenario_path);
    text_attribute(writer, "scenario_sha256", results->sha256);
    hdf5_attribute(&writer->file, root, ".", "seed", HDF5_UINT64, &results->seed);
    hdf5_attribute(&writer->file, root, ".", "start_second", HDF5_INT64, &results->start_second);
    text_attribute(writer, "command_line", command_line);
    text_attribute(writer, "created", created);
    text_attribute(writer, "arithmetic", results->arithmetic);
    text_attribute(writer, "currency", results->currency);
    hdf5_attribute(&writer->file, root, ".", "confidence", HDF5_REAL, &results->confidence);
    number_attribute(writer, "chance", results->chance);
    number_attribute(writer, "antithetic", results->antithetic);
    number_attribute(writer, "complete", results->complete);
}

static void write_scenario(struct results_writer *writer) {
    const struct takt_results *results = writer->results;
    struct hdf5_group group = hdf5_group(&writer->file, hdf5_root(&writer->file), "scenario");
    const struct hdf5_space one = {0};
    const char *text = or_empty(results->scenario_text);
    const char *resolved = or_empty(results->resolved_json);
    hdf5_column(&writer->file, group, "text", HDF5_TEXT, one, &text);
    hdf5_column(&writer->file, group, "resolved", HDF5_TEXT, one, &resolved);
    if (results->show_count)
        hdf5_scale(&writer->file, group, "show", HDF5_TEXT, results->show_count, results->show);
}

/* "stations.cut.queue.room" as the name of a column: stations_cut_queue_room. */
static const char *factor_column(struct arena *arena, const char *path) {
    char *name = arena_text(arena, "%s", path);
    for (char *at = name; *at; at++)
        if (*at == '.' || *at == '-') *at = '_';
    return name;
}

/* A column for each factor of the sweep, in the unit of the manual where it has numbers, and all of
 * them as they were written. */
static void write_factors(struct results_writer *writer, struct hdf5_group group) {
    const struct takt_results *results = writer->results;
    struct hdf5_writer *file = &writer->file;
    size_t points = (size_t)results->point_count, factors = (size_t)results->factor_count;
    if (!factors) return;
    const char **paths = memory_zeroed(factors, sizeof *paths);
    const char **units = memory_zeroed(factors, sizeof *units);
    const char **texts = memory_zeroed(points + 1, sizeof *texts);
    const char **written = memory_zeroed(points * factors + 1, sizeof *written);
    for (size_t f = 0; f < factors; f++) {
        const struct factor *factor = &results->factors[f];
        const char *name = factor_column(&file->arena, factor->path);
        paths[f] = factor->path;
        units[f] = or_empty(factor->unit);
        for (size_t p = 0; p < points; p++)
            texts[p] = written[p * factors + f] = or_empty(factor->texts[p]);
        bool numbers = factor->numbers;
        hdf5_column(file, group, name, numbers ? HDF5_REAL : HDF5_TEXT, HDF5_SPACE(writer->point),
                    numbers ? (const void *)factor->numbers : texts);
        hdf5_attribute_text(file, group, name, "path", factor->path);
        if (numbers) hdf5_attribute_text(file, group, name, "unit", factor->unit);
    }
    struct hdf5_scale *scale =
        hdf5_scale(file, group, "factor", HDF5_TEXT, results->factor_count, paths);
    hdf5_column(file, group, "factor_unit", HDF5_TEXT, HDF5_SPACE(scale), units);
    hdf5_column(file, group, "as_written", HDF5_TEXT, HDF5_SPACE(writer->point, scale), written);
    hdf5_attribute_text(file, group, "factor", "design", results->design);
    free(written);
    free(texts);
    free(units);
    free(paths);
}

static void write_points(struct results_writer *writer) {
    const struct takt_results *results = writer->results;
    struct hdf5_writer *file = &writer->file;
    struct hdf5_group group = hdf5_group(file, hdf5_root(file), "points");
    size_t points = (size_t)results->point_count;
    size_t replications = (size_t)results->replication_count;
    writer->point = results_file_counting(writer, group, "point", 0, results->point_count);
    writer->replication =
        results_file_counting(writer, group, "replication", 1, results->replication_count);
    writer->horizon = hdf5_scale(file, group, "horizon", HDF5_REAL, results->horizon_count,
                                 results->horizon_hours);
    hdf5_attribute_text(file, group, "horizon", "unit", "h");
    hdf5_attribute_texts(file, group, "horizon", "texts", results->horizon_count,
                         results->horizon_texts);
    const char **arms = memory_zeroed(points + 1, sizeof *arms);
    const char **hashes = memory_zeroed(points + 1, sizeof *hashes);
    const char **stopped = memory_zeroed(points * replications + 1, sizeof *stopped);
    int32_t *counts = memory_zeroed(points + 1, sizeof *counts);
    for (size_t p = 0; p < points; p++) {
        arms[p] = or_empty(results->points[p].arm);
        hashes[p] = or_empty(results->points[p].sha256);
        counts[p] = results->points[p].replication_count;
        for (size_t r = 0; r < (size_t)counts[p]; r++)
            stopped[p * replications + r] = results->points[p].stopped[r];
    }
    for (size_t i = 0; i < points * replications; i++) stopped[i] = or_empty(stopped[i]);
    hdf5_column(file, group, "arm", HDF5_TEXT, HDF5_SPACE(writer->point), arms);
    hdf5_column(file, group, "sha256", HDF5_TEXT, HDF5_SPACE(writer->point), hashes);
    hdf5_column(file, group, "stopped", HDF5_TEXT, HDF5_SPACE(writer->point, writer->replication),
                stopped);
    hdf5_column(file, group, "replications", HDF5_INT32, HDF5_SPACE(writer->point), counts);
    write_factors(writer, group);
    free(counts);
    free(stopped);
    free(hashes);
    free(arms);
}

/* The columns of the claims, for writing and for reading. */
struct claim_columns {
    const char **text, **source, **unit, **why;
    double *low, *high, *left, *right;
    int32_t *verdict, *compared;
};

static struct claim_columns claim_columns_take(struct arena *arena, int64_t claims) {
    size_t count = (size_t)claims;
    struct claim_columns columns;
    const char ***texts[] = {&columns.text, &columns.source, &columns.unit, &columns.why};
    double **numbers[] = {&columns.low, &columns.high, &columns.left, &columns.right};
    for (size_t i = 0; i < 4; i++) *texts[i] = arena_take(arena, count * sizeof **texts[i]);
    for (size_t i = 0; i < 4; i++) *numbers[i] = arena_take(arena, count * sizeof **numbers[i]);
    columns.verdict = arena_take(arena, count * sizeof *columns.verdict);
    columns.compared = arena_take(arena, count * sizeof *columns.compared);
    return columns;
}

static void write_claims(struct results_writer *writer, struct hdf5_group statistics) {
    const struct takt_results *results = writer->results;
    if (!results->claim_count) return;
    struct hdf5_writer *file = &writer->file;
    struct claim_columns columns = claim_columns_take(&file->arena, results->claim_count);
    for (int32_t i = 0; i < results->claim_count; i++) {
        const struct claim_result *claim = &results->claims[i];
        columns.text[i] = or_empty(claim->text);
        columns.source[i] = or_empty(claim->source);
        columns.unit[i] = or_empty(claim->unit);
        columns.why[i] = or_empty(claim->why);
        columns.low[i] = claim->low;
        columns.high[i] = claim->high;
        columns.left[i] = claim->left;
        columns.right[i] = claim->right;
        columns.verdict[i] = (int32_t)claim->verdict;
        columns.compared[i] = claim->compared;
    }
    struct hdf5_group group = hdf5_group(file, statistics, "claims");
    struct hdf5_space all =
        HDF5_SPACE(results_file_counting(writer, group, "claim", 0, results->claim_count));
    hdf5_column(file, group, "text", HDF5_TEXT, all, columns.text);
    hdf5_column(file, group, "source", HDF5_TEXT, all, columns.source);
    hdf5_column(file, group, "unit", HDF5_TEXT, all, columns.unit);
    hdf5_column(file, group, "why", HDF5_TEXT, all, columns.why);
    hdf5_column(file, group, "low", HDF5_REAL, all, columns.low);
    hdf5_column(file, group, "high", HDF5_REAL, all, columns.high);
    hdf5_column(file, group, "left", HDF5_REAL, all, columns.left);
    hdf5_column(file, group, "right", HDF5_REAL, all, columns.right);
    hdf5_column(file, group, "compared", HDF5_INT32, all, columns.compared);
    hdf5_attribute_text(file, group, "compared", "long_name", "low and high are of left - right");
    hdf5_column(file, group, "verdict", HDF5_INT32, all, columns.verdict);
    hdf5_attribute_texts(file, group, "verdict", "names", VERDICT_COUNT, verdict_names);
}

/* The streams of all points, each once: its hash follows from its name. */
static void write_streams(struct results_writer *writer) {
    const struct takt_results *results = writer->results;
    struct names names = {0};
    for (int32_t p = 0; p < results->point_count; p++)
        for (uint64_t i = 0; i < results->points[p].stream_count; i++)
            names_add(&names, results->points[p].stream_names[i]);
    size_t count = (size_t)names.count;
    uint64_t *hashes = memory_zeroed(count + 1, sizeof *hashes);
    uint8_t *used = memory_zeroed((size_t)results->point_count * count + 1, sizeof *used);
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        for (uint64_t i = 0; i < point->stream_count; i++) {
            size_t at = (size_t)names_find(&names, point->stream_names[i]);
            hashes[at] = point->stream_hashes[i];
            used[(size_t)p * count + at] = 1;
        }
    }
    if (count) {
        struct hdf5_writer *file = &writer->file;
        struct hdf5_group group = hdf5_group(file, hdf5_root(file), "streams");
        struct hdf5_scale *name =
            hdf5_scale(file, group, "name", HDF5_TEXT, names.count, names.list);
        hdf5_column(file, group, "hash", HDF5_UINT64, HDF5_SPACE(name), hashes);
        hdf5_column(file, group, "used", HDF5_BYTE, HDF5_SPACE(writer->point, name), used);
    }
    free(used);
    free(hashes);
    names_clear(&names);
}

/* The whole file as bytes, to be freed; NULL if HDF5 failed. */
static void *file_image(const struct takt_results *results, const char *command_line,
                        size_t *size) {
    struct results_writer writer = {.results = results};
    catalogue_init(&writer.catalogue, results);
    hdf5_begin(&writer.file);
    write_root(&writer, command_line);
    write_scenario(&writer);
    write_points(&writer);
    write_streams(&writer);
    results_layouts_write(&writer);
    struct hdf5_group statistics = hdf5_group(&writer.file, hdf5_root(&writer.file), "statistics");
    results_columns_write(&writer, statistics);
    write_claims(&writer, statistics);
    results_crossovers_write(&writer, statistics);
    stopping_write(&writer, statistics);
    selected_write(&writer, statistics);
    controlled_write(&writer, statistics);
    results_traces_write(&writer);
    results_log_write(&writer);
    void *bytes = hdf5_end(&writer.file, size);
    catalogue_clear(&writer.catalogue);
    return bytes;
}

/* Why the file that is there must stay, or NULL: only finished results of takt may be replaced, and
 * unfinished ones only by who goes on with them. */
static const char *must_stay(struct arena *arena, const char *path, bool resume) {
    struct stat old;
    if (stat(path, &old) != 0 || !S_ISREG(old.st_mode)) return NULL;
    struct hdf5_reader file;
    const char *version = NULL, *reason = NULL;
    int32_t complete = 0;
    hdf5_open(&file, arena, path);
    hdf5_read_attribute(&file, "/", "takt_version", HDF5_TEXT, 1, &version);
    if (!hdf5_read_attribute(&file, "/", "complete", HDF5_INT32, 1, &complete))
        reason = "is not a file of results of takt: remove it or choose another name";
    else if (!complete && !resume)
        reason = "holds the results of an unfinished experiment: --resume goes on with it; "
                 "or remove it, or choose another name";
    hdf5_close(&file);
    return reason;
}

static enum takt_status may_write(struct arena *arena, const char *path, bool resume,
                                  const char **why) {
    TAKT_TRY(file_may_be_made(arena, path, why));
    if ((*why = hdf5_missing()) != NULL) return TAKT_CANNOT_CREATE;
    const char *stays = must_stay(arena, path, resume);
    if (!stays) return TAKT_OK;
    *why = arena_text(arena, "'%s' is there already and %s", path, stays);
    return TAKT_CANNOT_CREATE;
}

enum takt_status takt_results_check(const char *path, bool resume, FILE *messages) {
    struct arena arena;
    arena_init(&arena);
    const char *why;
    enum takt_status status = may_write(&arena, path, resume, &why);
    if (status != TAKT_OK) fprintf(messages, "takt: %s\n", why);
    arena_clear(&arena);
    return status;
}

enum takt_status takt_results_write(struct takt_results *results, const char *path,
                                    const char *command_line) {
    const char *why;
    bool journaled = results->journal && strcmp(journal_output(results->journal), path) == 0;
    enum takt_status status = may_write(&results->arena, path, results->resumed && journaled, &why);
    if (status != TAKT_OK) return results_fail(results, status, "%s", why);
    size_t size = 0;
    void *bytes = file_image(results, command_line, &size);
    if (!bytes) return results_fail(results, TAKT_INTERNAL, "HDF5 cannot make '%s'", path);
    status = file_replace(&results->arena, path, bytes, size, &why);
    free(bytes);
    if (status != TAKT_OK) return results_fail(results, status, "%s", why);
    if (journaled && results->complete) {
        journal_finish(results->journal);
        results->journal = NULL;
    }
    return TAKT_OK;
}

/* ---- Reading ---- */

static const char *read_text_attribute(struct results_reader *reader, const char *name) {
    const char *text = "";
    return hdf5_read_attribute(&reader->file, "/", name, HDF5_TEXT, 1, &text) ? text : "";
}

static int32_t read_number_attribute(struct results_reader *reader, const char *name) {
    int32_t number = 0;
    hdf5_read_attribute(&reader->file, "/", name, HDF5_INT32, 1, &number);
    return number;
}

static void read_root(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    read_text_attribute(reader, "takt_version");
    if (reader->file.why) reader->file.why = "it is not a file of results of takt";
    int32_t format = read_number_attribute(reader, "format_version");
    if (format != RESULTS_FILE_FORMAT)
        hdf5_wrong(&reader->file, "its format is %d, and this takt reads format %d", format,
                   RESULTS_FILE_FORMAT);
    results->title = read_text_attribute(reader, "title");
    results->scenario_path = read_text_attribute(reader, "scenario_path");
    const char *sha256 = read_text_attribute(reader, "scenario_sha256");
    memcpy(results->sha256, sha256, strnlen(sha256, sizeof results->sha256 - 1));
    hdf5_read_attribute(&reader->file, "/", "seed", HDF5_UINT64, 1, &results->seed);
    hdf5_read_attribute(&reader->file, "/", "start_second", HDF5_INT64, 1, &results->start_second);
    results->takt_version = read_text_attribute(reader, "takt_version");
    results->revision = read_text_attribute(reader, "git_revision");
    results->arithmetic = read_text_attribute(reader, "arithmetic");
    results->currency = read_text_attribute(reader, "currency");
    hdf5_read_attribute(&reader->file, "/", "confidence", HDF5_REAL, 1, &results->confidence);
    results->chance = read_number_attribute(reader, "chance") != 0;
    results->antithetic = read_number_attribute(reader, "antithetic") != 0;
    results->complete = read_number_attribute(reader, "complete") != 0;
}

static void read_scenario(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    hdf5_read(&reader->file, "/scenario/text", HDF5_TEXT, 1, &results->scenario_text);
    hdf5_read(&reader->file, "/scenario/resolved", HDF5_TEXT, 1, &results->resolved_json);
    int64_t count = results_file_count(reader, "/scenario/show");
    results->show = arena_take(&results->arena, (size_t)count * sizeof *results->show);
    if (count && hdf5_read(&reader->file, "/scenario/show", HDF5_TEXT, count, results->show))
        results->show_count = (int32_t)count;
}

int32_t results_file_count(struct results_reader *reader, const char *path) {
    int64_t count = hdf5_count(&reader->file, path);
    if (count > INT32_MAX) hdf5_wrong(&reader->file, "'%s' is too large", path);
    return reader->file.why ? 0 : (int32_t)count;
}

static void read_numbers(struct results_reader *reader, struct factor *factor) {
    struct takt_results *results = reader->results;
    const char *path =
        arena_text(&results->arena, "/points/%s", factor_column(&results->arena, factor->path));
    factor->numbers =
        arena_take(&results->arena, (size_t)results->point_count * sizeof *factor->numbers);
    hdf5_read(&reader->file, path, HDF5_REAL, results->point_count, factor->numbers);
}

static void read_factors(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct hdf5_reader *file = &reader->file;
    struct arena *arena = &results->arena;
    size_t factors = (size_t)results_file_count(reader, "/points/factor");
    size_t points = (size_t)results->point_count;
    if (!factors) return;
    const char **paths = arena_take(arena, factors * sizeof *paths);
    const char **units = arena_take(arena, factors * sizeof *units);
    const char **written = memory_zeroed(points * factors + 1, sizeof *written);
    hdf5_read(file, "/points/factor", HDF5_TEXT, (int64_t)factors, paths);
    hdf5_read(file, "/points/factor_unit", HDF5_TEXT, (int64_t)factors, units);
    hdf5_read(file, "/points/as_written", HDF5_TEXT, (int64_t)(points * factors), written);
    hdf5_read_attribute(file, "/points/factor", "design", HDF5_TEXT, 1, &results->design);
    results->factors = arena_take(arena, factors * sizeof *results->factors);
    for (size_t f = 0; f < factors && !file->why; f++) {
        struct factor *factor = &results->factors[f];
        factor->path = paths[f];
        factor->unit = or_null(units[f]);
        factor->texts = arena_take(arena, points * sizeof *factor->texts);
        for (size_t p = 0; p < points; p++) factor->texts[p] = or_null(written[p * factors + f]);
        if (factor->unit) read_numbers(reader, factor);
        results->factor_count++;
    }
    free(written);
    results_pair_points(results);
}

static void read_points(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct hdf5_reader *file = &reader->file;
    int32_t points = results_file_count(reader, "/points/point");
    int32_t replications = results_file_count(reader, "/points/replication");
    int32_t horizons = results_file_count(reader, "/points/horizon");
    if (file->why || !horizons) return hdf5_wrong(file, "it has no horizons");
    size_t units = (size_t)points * (size_t)replications, at = 0;
    const char **arms = memory_zeroed((size_t)points + 1, sizeof *arms);
    const char **hashes = memory_zeroed((size_t)points + 1, sizeof *hashes);
    const char **stopped = memory_zeroed(units + 1, sizeof *stopped);
    int32_t *counts = memory_zeroed((size_t)points + 1, sizeof *counts);
    results->horizon_texts = arena_take(&results->arena, (size_t)horizons * sizeof(char *));
    results->horizon_hours = arena_take(&results->arena, (size_t)horizons * sizeof(double));
    hdf5_read(file, "/points/horizon", HDF5_REAL, horizons, results->horizon_hours);
    hdf5_read_attribute(file, "/points/horizon", "texts", HDF5_TEXT, horizons,
                        results->horizon_texts);
    hdf5_read(file, "/points/arm", HDF5_TEXT, points, arms);
    hdf5_read(file, "/points/sha256", HDF5_TEXT, points, hashes);
    hdf5_read(file, "/points/stopped", HDF5_TEXT, (int64_t)units, stopped);
    hdf5_read(file, "/points/replications", HDF5_INT32, points, counts);
    for (int32_t p = 0; p < points && !file->why; p++)
        if (counts[p] < 0 || counts[p] > replications)
            hdf5_wrong(file, "point %d has no number of replications", p);
    if (!file->why) {
        results_size(results, points, replications);
        results->horizon_count = horizons;
    }
    for (int32_t p = 0; p < results->point_count; p++) {
        results->points[p].arm = arms[p];
        results->points[p].sha256 = hashes[p];
        results->points[p].replication_count = counts[p];
        for (int32_t r = 0; r < replications; r++)
            results->points[p].stopped[r] = or_null(stopped[at++]);
    }
    free(counts);
    free(stopped);
    free(hashes);
    free(arms);
}

/* Blocks of NaN: what the file says is put in later. Most for all of them together: 32 GB. */
static void make_blocks(struct results_reader *reader) {
    static const int64_t values_most = INT64_C(1) << 32;
    struct takt_results *results = reader->results;
    int64_t values = 0;
    for (int32_t p = 0; p < results->point_count && !reader->file.why; p++) {
        const struct layout *layout = results->points[p].layout;
        if (layout->value_count > values_most) return hdf5_wrong(&reader->file, "it is too large");
        for (int32_t r = 0; r < results->points[p].replication_count; r++) {
            size_t size = (size_t)layout->value_count + 1;
            values += layout->value_count;
            double *block = values > values_most ? NULL : malloc(size * sizeof *block);
            if (!block) return hdf5_wrong(&reader->file, "it is too large");
            for (size_t i = 0; i < size; i++) block[i] = NAN;
            results->points[p].blocks[r] = block;
        }
    }
}

static void read_claims(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct hdf5_reader *file = &reader->file;
    int32_t count = results_file_count(reader, "/statistics/claims/claim");
    if (!count) return;
    struct claim_columns columns = claim_columns_take(&results->arena, count);
    hdf5_read(file, "/statistics/claims/text", HDF5_TEXT, count, columns.text);
    hdf5_read(file, "/statistics/claims/source", HDF5_TEXT, count, columns.source);
    hdf5_read(file, "/statistics/claims/unit", HDF5_TEXT, count, columns.unit);
    hdf5_read(file, "/statistics/claims/why", HDF5_TEXT, count, columns.why);
    hdf5_read(file, "/statistics/claims/low", HDF5_REAL, count, columns.low);
    hdf5_read(file, "/statistics/claims/high", HDF5_REAL, count, columns.high);
    hdf5_read(file, "/statistics/claims/left", HDF5_REAL, count, columns.left);
    hdf5_read(file, "/statistics/claims/right", HDF5_REAL, count, columns.right);
    hdf5_read(file, "/statistics/claims/compared", HDF5_INT32, count, columns.compared);
    hdf5_read(file, "/statistics/claims/verdict", HDF5_INT32, count, columns.verdict);
    results->claims = arena_take(&results->arena, (size_t)count * sizeof *results->claims);
    for (int32_t i = 0; i < count && !file->why; i++) {
        if (columns.verdict[i] < 0 || columns.verdict[i] >= VERDICT_COUNT)
            return hdf5_wrong(file, "claim %d has no verdict", i);
        results->claims[i] = (struct claim_result){.text = columns.text[i],
                                                   .source = or_null(columns.source[i]),
                                                   .verdict = (enum verdict)columns.verdict[i],
                                                   .low = columns.low[i],
                                                   .high = columns.high[i],
                                                   .compared = columns.compared[i] != 0,
                                                   .unit = or_null(columns.unit[i]),
                                                   .left = columns.left[i],
                                                   .right = columns.right[i],
                                                   .why = or_null(columns.why[i])};
        results->claim_count++;
    }
}

static void read_streams(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct arena *arena = &results->arena;
    size_t count = (size_t)results_file_count(reader, "/streams/name");
    if (!count) return;
    size_t points = (size_t)results->point_count;
    const char **names = memory_zeroed(count, sizeof *names);
    uint64_t *hashes = memory_zeroed(count, sizeof *hashes);
    uint8_t *used = memory_zeroed(points * count + 1, sizeof *used);
    hdf5_read(&reader->file, "/streams/name", HDF5_TEXT, (int64_t)count, names);
    hdf5_read(&reader->file, "/streams/hash", HDF5_UINT64, (int64_t)count, hashes);
    hdf5_read(&reader->file, "/streams/used", HDF5_BYTE, (int64_t)(points * count), used);
    for (size_t p = 0; p < points && !reader->file.why; p++) {
        struct point *point = &results->points[p];
        point->stream_names = arena_take(arena, count * sizeof *names);
        point->stream_hashes = arena_take(arena, count * sizeof *hashes);
        for (size_t i = 0; i < count; i++) {
            if (!used[p * count + i]) continue;
            point->stream_names[point->stream_count] = names[i];
            point->stream_hashes[point->stream_count++] = hashes[i];
        }
    }
    free(used);
    free(hashes);
    free(names);
}

static void read_all(struct results_reader *reader) {
    read_root(reader);
    read_scenario(reader);
    read_points(reader);
    if (!reader->file.why) read_factors(reader);
    read_claims(reader);
    results_crossovers_read(reader);
    read_streams(reader);
    results_layouts_read(reader);
    stopping_read(reader);
    selected_read(reader);
    controlled_read_names(reader);
    make_blocks(reader);
    if (reader->file.why) return;
    catalogue_init(&reader->catalogue, reader->results);
    results_columns_read(reader);
    results_histograms_read(reader);
    results_traces_read(reader);
    controlled_read(reader);
    results_log_read(reader);
    catalogue_clear(&reader->catalogue);
}

enum takt_status takt_results_read(const char *path, struct takt_results **made) {
    struct takt_results *results = *made = results_create();
    struct stat there;
    if (stat(path, &there) != 0)
        return results_fail(results, TAKT_CANNOT_READ, "cannot read '%s': %s", path,
                            strerror(errno));
    struct results_reader reader = {.results = results};
    if (hdf5_open(&reader.file, &results->arena, path)) read_all(&reader);
    hdf5_close(&reader.file);
    if (!reader.file.why) return TAKT_OK;
    return results_fail(results, TAKT_CANNOT_READ, "cannot read '%s': %s", path, reader.file.why);
}
