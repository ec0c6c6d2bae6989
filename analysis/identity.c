/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity.h"

#include "results/sha256.h"
#include "takt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- The hash of a point ---- */

/* Keys that shape neither plant nor block. The arms and sweeps themselves are here because what
 * they change stands in the tree of the point. */
static const char *const beside[] = {"title",  "about", "base",  "change", "arms",
                                     "claims", "sweep", "study", "lesson"};
static const char *const beside_in_run[] = {"replications", "precision", "seed", "show"};
static const char *const beside_in_record[] = {"log"}; /* made when the units are done */

static void remove_keys(struct node *map, const char *const *keys, size_t count) {
    if (!map || map->kind != NODE_MAP) return;
    for (size_t i = 0; i < count; i++) {
        struct node *child = node_child(map, keys[i]);
        if (child) node_remove(child);
    }
}

static const char *shaping_json(struct arena *arena, const struct node *root) {
    struct node *copy = node_copy(arena, root);
    remove_keys(copy, beside, sizeof beside / sizeof *beside);
    remove_keys(node_child(copy, "run"), beside_in_run,
                sizeof beside_in_run / sizeof *beside_in_run);
    remove_keys(node_child(copy, "record"), beside_in_record,
                sizeof beside_in_record / sizeof *beside_in_record);
    return resolved_write(arena, copy, &spec_rows);
}

/* What stands where in a block, up to the sums of batches, and when it is measured. */
static void print_layout(FILE *file, const struct plant *plant) {
    const struct layout *layout = &plant->layout;
    fprintf(file, "%" PRId64 " %" PRId64 " %" PRId64 "\n", layout_batch_first(layout, 0),
            plant->warm_up, plant->length);
    for (int32_t i = 0; i < layout->column_count; i++)
        fprintf(file, "%s\n", layout->columns[i].path);
    for (int32_t i = 0; i < layout->horizon_count; i++)
        fprintf(file, "at %" PRId64 "\n", layout->horizons[i]);
    fprintf(file, "%" PRId32 " every %" PRId64 "\n", layout->grid_count, layout->grid_step);
    for (int32_t i = 0; i < layout->series_count; i++)
        fprintf(file, "series %s\n", layout->series[i].path);
    for (int32_t i = 0; i < layout->sequence_count; i++)
        fprintf(file, "sequence %s %" PRId32 "\n", layout->sequences[i].path,
                layout->sequences[i].capacity);
}

/* The files that the scenario names: their contents, whatever they are called. */
static void print_files(FILE *file, const struct sources *sources) {
    for (int32_t i = 0; i < sources->count; i++) {
        const struct source_text *source = &sources->list[i];
        if (source->parent < 0) continue;
        char hash[65];
        sha256_text(source->text, source->size, hash);
        fprintf(file, "file %s\n", hash);
    }
}

const char *identity_point(struct arena *arena, const struct takt_scenario *scenario,
                           const struct prepared *point) {
    struct arena scratch;
    arena_init(&scratch);
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CHECK(file);
    fputs(shaping_json(&scratch, point->arm.root), file);
    print_files(file, &scenario->scenario->sources);
    print_layout(file, point->plant);
    fclose(file);
    char *hash = arena_take(arena, 65);
    sha256_text(text, size, hash);
    free(text);
    arena_clear(&scratch);
    return hash;
}

/* ---- Lines ---- */

const char *identity_text(struct arena *arena, const struct takt_results *results) {
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CHECK(file);
    fprintf(file, "takt %s\nseed %" PRIu64 "\npoints %" PRId32 "\n", results->takt_version,
            results->seed, results->point_count);
    for (int32_t i = 0; i < results->point_count; i++)
        fprintf(file, "point %s %s\n", results->points[i].sha256, results->points[i].arm);
    fprintf(file, "revision %s\narithmetic %s\n", results->revision, results->arithmetic);
    fclose(file);
    const char *kept = arena_copy(arena, text, size);
    free(text);
    return kept;
}

/* A line: its word, and what stands behind it up to the end of the line. */
struct line {
    const char *word, *what;
    size_t word_size, what_size;
};

static struct line line_at(const char *text) {
    size_t size = strcspn(text, "\n"), word_size = strcspn(text, " \n");
    size_t skip = word_size < size ? word_size + 1 : word_size;
    return (struct line){text, text + skip, word_size, size - skip};
}

static bool is_word(struct line line, const char *word) {
    return line.word_size == strlen(word) && strncmp(line.word, word, line.word_size) == 0;
}

static bool lines_same(struct line a, struct line b) {
    return a.what + a.what_size - a.word == b.what + b.what_size - b.word &&
           strncmp(a.word, b.word, (size_t)(a.what + a.what_size - a.word)) == 0;
}

static const char *what_differs(struct arena *arena, struct line kept, struct line wanted) {
    const char *kept_text = arena_copy(arena, kept.what, kept.what_size);
    const char *wanted_text = arena_copy(arena, wanted.what, wanted.what_size);
    if (kept.word_size != wanted.word_size || strncmp(kept.word, wanted.word, kept.word_size) != 0)
        return "is not of this kind";
    if (is_word(wanted, "takt"))
        return arena_text(arena, "was begun by takt %s; this is takt %s", kept_text, wanted_text);
    if (is_word(wanted, "seed"))
        return arena_text(arena, "is of seed %s, not %s", kept_text, wanted_text);
    if (is_word(wanted, "points"))
        return arena_text(arena, "is of an experiment with other points: %s, not %s", kept_text,
                          wanted_text);
    const char *name = strchr(wanted_text, ' ');
    return arena_text(arena, "is of another scenario: what shapes '%s' is not as it was",
                      name ? name + 1 : wanted_text);
}

static const char *next_line(struct line line) {
    const char *end = line.what + line.what_size;
    return *end ? end + 1 : end;
}

const char *identity_refusal(struct arena *arena, const char *kept, const char *wanted,
                             const char **doubt) {
    *doubt = NULL;
    while (*kept || *wanted) {
        struct line a = line_at(kept), b = line_at(wanted);
        if (!lines_same(a, b)) {
            if (is_word(a, "revision") && is_word(b, "revision"))
                *doubt = "was begun by another build of this takt";
            else if (is_word(a, "arithmetic") && is_word(b, "arithmetic"))
                *doubt = "was begun on another kind of processor: the last digits may differ";
            else
                return what_differs(arena, a, b);
        }
        kept = next_line(a);
        wanted = next_line(b);
    }
    return NULL;
}
