/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain dialect of HDF5, that every reader understands.
 *
 * Groups; columns (datasets) of doubles, integers or texts; attributes; and on every dimension of
 * every column a scale: a column of its own that names the places along it (station: "cut", "weld";
 * horizon: 168, 4368 h). No enums and no compounds: a code is an integer, and a column of texts
 * says what it means.
 *
 * Every group that has a column with a scale also has a link to that scale, under its name: xarray
 * looks for coordinates only in the group that it opens.
 *
 * The references from columns to scales are written with each column, those from scales to columns
 * once at the end. H5DSattach_scale would search and rewrite the list of the scale for each column,
 * which takes a time quadratic in their number. (HDF5 Dimension Scale Specification, The HDF Group,
 * 2005: attributes CLASS, NAME, DIMENSION_LIST, REFERENCE_LIST.)
 *
 * A file is made in memory and given as bytes (analysis/file.h brings them to the disk), so that a
 * full disk is an ordinary error of write(), not one in the middle of HDF5. What is made is a pure
 * function of what is written: no times, no addresses.
 *
 * Errors are sticky: after the first, calls do nothing, and the end says so. HDF5 itself prints
 * nothing.
 *
 * The library stands in a module, libtakt-hdf5.so, which is opened with the first file: it needs
 * thirty others, and to load them takes longer than to check a scenario. A program that is linked
 * with analysis/results/hdf5/module.c needs none. */
#ifndef TAKT_ANALYSIS_HDF5_H
#define TAKT_ANALYSIS_HDF5_H

#include "../../sim/sim.h"

#include <stdarg.h>

/* Types of the elements of columns. */
enum hdf5_kind {
    HDF5_REAL,
    HDF5_BYTE,
    HDF5_INT32,
    HDF5_INT64,
    HDF5_UINT64,
    HDF5_TEXT /* const char *, UTF-8, of any length */
};

enum { HDF5_DIMENSIONS_MOST = 5 };

/* ---- Writing ---- */

struct hdf5_scale;

struct hdf5_writer {
    const struct hdf5_module *module;
    int64_t file, text_type, deflated; /* handles of HDF5; the last: properties of what is large */
    struct hdf5_scale *scales;         /* all of the file, the last one first */
    struct arena arena;
    void *image; /* the finished file */
    bool failed;
};

/* A place where columns are put. */
struct hdf5_group {
    int64_t id; /* a handle of HDF5 */
    const char *path;
};

/* The scales of a column, the slowest dimension first. */
struct hdf5_space {
    int count;
    struct hdf5_scale *scales[HDF5_DIMENSIONS_MOST];
};

#define HDF5_SPACE(...)                                                                            \
    ((struct hdf5_space){.count = sizeof((struct hdf5_scale *[]){__VA_ARGS__}) /                   \
                                  sizeof(struct hdf5_scale *),                                     \
                         .scales = {__VA_ARGS__}})

/* Why no file can be made: HDF5 is not there. NULL: it is. */
const char *hdf5_missing(void);

void hdf5_begin(struct hdf5_writer *);

/* The bytes of the finished file, to be freed; NULL if anything failed. The writer is cleared in
 * any case. */
void *hdf5_end(struct hdf5_writer *, size_t *count);

struct hdf5_group hdf5_root(const struct hdf5_writer *);
struct hdf5_group hdf5_group(struct hdf5_writer *, struct hdf5_group parent, const char *name);

/* A scale of COUNT elements, at home in this group. */
struct hdf5_scale *hdf5_scale(struct hdf5_writer *, struct hdf5_group, const char *name,
                              enum hdf5_kind, int64_t count, const void *values);

/* A column; its size is that of its scales. Without scales it is one value. */
void hdf5_column(struct hdf5_writer *, struct hdf5_group, const char *name, enum hdf5_kind,
                 struct hdf5_space, const void *values);

/* An attribute of a column or scale of the group, or of the group itself (NAME "."). */
void hdf5_attribute(struct hdf5_writer *, struct hdf5_group, const char *name,
                    const char *attribute, enum hdf5_kind, const void *value);
void hdf5_attribute_texts(struct hdf5_writer *, struct hdf5_group, const char *name,
                          const char *attribute, int64_t count, const char *const *texts);
void hdf5_attribute_text(struct hdf5_writer *, struct hdf5_group, const char *name,
                         const char *attribute, const char *text);

/* ---- Reading ---- */

struct hdf5_reader {
    const struct hdf5_module *module;
    int64_t file;
    struct arena *arena; /* of the texts and of the reason */
    const char *why;     /* the first thing that was wrong, or NULL */
};

/* Opens a file for reading; false, with a reason, if it is none of HDF5. hdf5_close clears also
 * after a failure. */
bool hdf5_open(struct hdf5_reader *, struct arena *, const char *path);
void hdf5_close(struct hdf5_reader *);

/* Notes what is wrong, unless something was before. */
__attribute__((format(printf, 2, 3))) static inline void hdf5_wrong(struct hdf5_reader *reader,
                                                                    const char *format, ...) {
    if (reader->why) return;
    va_list list;
    va_start(list, format);
    reader->why = arena_text_va(reader->arena, format, list);
    va_end(list);
}

/* Elements of a column; 0 if there is none of this name. */
int64_t hdf5_count(struct hdf5_reader *, const char *path);

/* Reads a column that must have COUNT elements. Texts live in the arena of the reader. */
bool hdf5_read(struct hdf5_reader *, const char *path, enum hdf5_kind, int64_t count, void *values);

/* An attribute of COUNT elements of a column, or of the root (PATH "/"). */
bool hdf5_read_attribute(struct hdf5_reader *, const char *path, const char *attribute,
                         enum hdf5_kind, int64_t count, void *values);

/* ---- The module ---- */

/* What it offers under the name takt_hdf5: what stands above, of writers and readers without a
 * failure. */
enum { HDF5_MODULE_VERSION = 1 };
struct hdf5_module {
    int32_t version;
    void (*begin)(struct hdf5_writer *);
    void *(*end)(struct hdf5_writer *, size_t *count);
    struct hdf5_group (*group)(struct hdf5_writer *, struct hdf5_group, const char *name);
    struct hdf5_scale *(*scale)(struct hdf5_writer *, struct hdf5_group, const char *name,
                                enum hdf5_kind, int64_t count, const void *values);
    void (*column)(struct hdf5_writer *, struct hdf5_group, const char *name, enum hdf5_kind,
                   struct hdf5_space, const void *values);
    void (*attribute)(struct hdf5_writer *, struct hdf5_group, const char *name,
                      const char *attribute, enum hdf5_kind, const void *value);
    void (*attribute_texts)(struct hdf5_writer *, struct hdf5_group, const char *name,
                            const char *attribute, int64_t count, const char *const *texts);
    void (*open)(struct hdf5_reader *, const char *path);
    void (*close)(struct hdf5_reader *);
    int64_t (*count)(struct hdf5_reader *, const char *path);
    bool (*read)(struct hdf5_reader *, const char *path, enum hdf5_kind, int64_t count,
                 void *values);
    bool (*read_attribute)(struct hdf5_reader *, const char *path, const char *attribute,
                           enum hdf5_kind, int64_t count, void *values);
};

#endif
