/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hdf5.h"

#include <dlfcn.h>

/* There when the module is linked in. */
extern const struct hdf5_module takt_hdf5 __attribute__((weak, visibility("default")));

/* Stays open: HDF5 has what it does when the program ends. NULL: it is not there. */
static const struct hdf5_module *module_of(void) {
    if (&takt_hdf5) return &takt_hdf5;
    void *library =
        module_open("libtakt-hdf5.so", (void *)(uintptr_t)hdf5_missing, RTLD_NOW | RTLD_LOCAL);
    const struct hdf5_module *module = library ? dlsym(library, "takt_hdf5") : NULL;
    return module && module->version == HDF5_MODULE_VERSION ? module : NULL;
}

const char *hdf5_missing(void) {
    return module_of()
               ? NULL
               : "HDF5 is not at hand: libtakt-hdf5.so is neither beside takt nor in lib/takt";
}

/* ---- Writing ---- */
void hdf5_begin(struct hdf5_writer *writer) {
    *writer = (struct hdf5_writer){.module = module_of()};
    arena_init(&writer->arena);
    if (writer->module)
        writer->module->begin(writer);
    else
        writer->failed = true;
}

void *hdf5_end(struct hdf5_writer *writer, size_t *count) {
    void *image = writer->module ? writer->module->end(writer, count) : NULL;
    arena_clear(&writer->arena);
    return image;
}

struct hdf5_group hdf5_root(const struct hdf5_writer *writer) {
    return (struct hdf5_group){.id = writer->file, .path = ""};
}

struct hdf5_group hdf5_group(struct hdf5_writer *writer, struct hdf5_group parent,
                             const char *name) {
    return writer->failed ? parent : writer->module->group(writer, parent, name);
}

struct hdf5_scale *hdf5_scale(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                              enum hdf5_kind kind, int64_t count, const void *values) {
    return writer->failed ? NULL : writer->module->scale(writer, group, name, kind, count, values);
}

void hdf5_column(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                 enum hdf5_kind kind, struct hdf5_space space, const void *values) {
    if (!writer->failed) writer->module->column(writer, group, name, kind, space, values);
}

void hdf5_attribute(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                    const char *attribute, enum hdf5_kind kind, const void *value) {
    if (!writer->failed) writer->module->attribute(writer, group, name, attribute, kind, value);
}

void hdf5_attribute_text(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                         const char *attribute, const char *text) {
    hdf5_attribute(writer, group, name, attribute, HDF5_TEXT, &text);
}

void hdf5_attribute_texts(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                          const char *attribute, int64_t count, const char *const *texts) {
    if (!writer->failed)
        writer->module->attribute_texts(writer, group, name, attribute, count, texts);
}

/* ---- Reading ---- */
bool hdf5_open(struct hdf5_reader *reader, struct arena *arena, const char *path) {
    *reader = (struct hdf5_reader){.module = module_of(), .file = -1, .arena = arena};
    if (reader->module)
        reader->module->open(reader, path);
    else
        hdf5_wrong(reader, "%s", hdf5_missing());
    return !reader->why;
}

void hdf5_close(struct hdf5_reader *reader) {
    if (reader->module) reader->module->close(reader);
}

int64_t hdf5_count(struct hdf5_reader *reader, const char *path) {
    return reader->why ? 0 : reader->module->count(reader, path);
}

bool hdf5_read(struct hdf5_reader *reader, const char *path, enum hdf5_kind kind, int64_t count,
               void *values) {
    return !reader->why && reader->module->read(reader, path, kind, count, values);
}

bool hdf5_read_attribute(struct hdf5_reader *reader, const char *path, const char *attribute,
                         enum hdf5_kind kind, int64_t count, void *values) {
    return !reader->why &&
           reader->module->read_attribute(reader, path, attribute, kind, count, values);
}
