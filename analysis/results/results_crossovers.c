/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crossovers in the file: /statistics/crossovers, a row each. */
#include "results_file.h"

#include <stdlib.h>

/* X(member) of struct crossover, by kind */
#define CROSSOVER_TEXTS(X)   X(path) X(unit) X(kpi) X(other) X(a) X(b)
#define CROSSOVER_NUMBERS(X) X(from) X(to) X(low) X(high) X(estimate)
#define CROSSOVER_WHOLES(X)  X(whole) X(crossing) X(sign_from) X(sign_to) X(values)

static const char *const crossings[] = {
    [CROSSING_NOT_SHOWN] = "not shown", [CROSSING_NONE] = "none", [CROSSING_FOUND] = "found"};

void results_crossovers_write(struct results_writer *writer, struct hdf5_group statistics) {
    const struct takt_results *results = writer->results;
    struct hdf5_writer *file = &writer->file;
    int32_t count = results->crossover_count;
    if (!count) return;
    struct hdf5_group group = hdf5_group(file, statistics, "crossovers");
    struct hdf5_space all = HDF5_SPACE(results_file_counting(writer, group, "crossover", 0, count));
    const char **texts = arena_take(&file->arena, (size_t)count * sizeof *texts);
    double *numbers = arena_take(&file->arena, (size_t)count * sizeof *numbers);
    int32_t *wholes = arena_take(&file->arena, (size_t)count * sizeof *wholes);
#define X(member)                                                                                  \
    for (int32_t i = 0; i < count; i++) texts[i] = results->crossovers[i].member;                  \
    hdf5_column(file, group, #member, HDF5_TEXT, all, texts);
    CROSSOVER_TEXTS(X)
#undef X
#define X(member)                                                                                  \
    for (int32_t i = 0; i < count; i++) numbers[i] = results->crossovers[i].member;                \
    hdf5_column(file, group, #member, HDF5_REAL, all, numbers);
    CROSSOVER_NUMBERS(X)
#undef X
#define X(member)                                                                                  \
    for (int32_t i = 0; i < count; i++) wholes[i] = (int32_t)results->crossovers[i].member;        \
    hdf5_column(file, group, #member, HDF5_INT32, all, wholes);
    CROSSOVER_WHOLES(X)
#undef X
    hdf5_attribute_texts(file, group, "crossing", "names", 3, crossings);
}

void results_crossovers_read(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct hdf5_reader *file = &reader->file;
    int32_t count = results_file_count(reader, "/statistics/crossovers/crossover");
    if (!count) return;
    struct arena *arena = &results->arena;
    struct crossover *list = arena_take(arena, (size_t)count * sizeof *list);
    const char **texts = arena_take(arena, (size_t)count * sizeof *texts);
    double *numbers = arena_take(arena, (size_t)count * sizeof *numbers);
    int32_t *wholes = arena_take(arena, (size_t)count * sizeof *wholes);
#define X(member)                                                                                  \
    if (hdf5_read(file, "/statistics/crossovers/" #member, HDF5_TEXT, count, texts))               \
        for (int32_t i = 0; i < count; i++) list[i].member = texts[i];
    CROSSOVER_TEXTS(X)
#undef X
#define X(member)                                                                                  \
    if (hdf5_read(file, "/statistics/crossovers/" #member, HDF5_REAL, count, numbers))             \
        for (int32_t i = 0; i < count; i++) list[i].member = numbers[i];
    CROSSOVER_NUMBERS(X)
#undef X
#define X(member)                                                                                  \
    if (hdf5_read(file, "/statistics/crossovers/" #member, HDF5_INT32, count, wholes))             \
        for (int32_t i = 0; i < count; i++) list[i].member = (__typeof__(list[i].member))wholes[i];
    CROSSOVER_WHOLES(X)
#undef X
    for (int32_t i = 0; i < count && !file->why; i++)
        if (list[i].crossing > CROSSING_FOUND) hdf5_wrong(file, "crossover %d has no verdict", i);
    if (file->why) return;
    results->crossovers = list;
    results->crossover_count = count;
}
