/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HDF5 behind the interface of hdf5.h: a module, because the many libraries behind HDF5 would cost
 * every start of takt what only runs with a file of results need. */
#include "../hdf5.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

enum {
    IMAGE_STEP = 1 << 20,      /* bytes by which a file grows in memory */
    SMALL_SIZE = 4096,         /* bytes; what is larger is compressed */
    CHUNK_SIZE = 1 << 20,      /* bytes; most of a chunk, which is compressed as one */
    DEFLATE_LEVEL = 4,         /* of 0..9 */
    ROOT_ATTRIBUTES_MOST = 64, /* kept together in the plain way */
};

_Static_assert(sizeof(hid_t) == sizeof(int64_t), "handles are kept as int64_t");

/* Types of the elements of columns. X(NAME, type in the file, type in memory) */
#define HDF5_TYPES(X)                                                                              \
    X(REAL, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE)                                                     \
    X(BYTE, H5T_STD_U8LE, H5T_NATIVE_UINT8)                                                        \
    X(INT32, H5T_STD_I32LE, H5T_NATIVE_INT32)                                                      \
    X(INT64, H5T_STD_I64LE, H5T_NATIVE_INT64)                                                      \
    X(UINT64, H5T_STD_U64LE, H5T_NATIVE_UINT64)

/* A column along a scale: which, and along which of its dimensions. As REFERENCE_LIST wants it. */
struct scale_user {
    hobj_ref_t column;
    int32_t dimension;
};

struct hdf5_scale {
    struct hdf5_scale *next;
    const char *name, *path;
    hobj_ref_t reference;
    int64_t count;
    struct scale_user *users;
    size_t user_count, user_room;
};

/* The first touch of HDF5 in a file's life, and not before: starting the library takes milliseconds
 * that a run without a file need not wait. */
static void be_quiet(void) {
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static hid_t file_type(const struct hdf5_writer *writer, enum hdf5_kind kind) {
    switch (kind) {
#define X(name, file, memory)                                                                      \
    case HDF5_##name: return file;
        HDF5_TYPES(X)
#undef X
    case HDF5_TEXT: return writer->text_type;
    }
    return H5I_INVALID_HID;
}

static hid_t memory_type(hid_t text_type, enum hdf5_kind kind) {
    switch (kind) {
#define X(name, file, memory)                                                                      \
    case HDF5_##name: return memory;
        HDF5_TYPES(X)
#undef X
    case HDF5_TEXT: return text_type;
    }
    return H5I_INVALID_HID;
}

static size_t kind_size(enum hdf5_kind kind) {
    return kind == HDF5_TEXT ? sizeof(char *) : H5Tget_size(memory_type(H5I_INVALID_HID, kind));
}

static hid_t text_type_create(void) {
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

/* ---- Writing ---- */

/* Notes a failure of HDF5, whose functions return a negative number then. */
static bool well(struct hdf5_writer *writer, int64_t result) {
    if (result < 0) writer->failed = true;
    return !writer->failed;
}

/* HDF5 hands over the memory of the file when it closes it, complete. (H5Fget_file_image would give
 * the file as it is while it is open, and HDF5 1.10 gives it with a superblock whose checksum is
 * wrong.) */
static void *image_create(size_t size, H5FD_file_image_op_t op, void *writer) {
    (void)op, (void)writer;
    return malloc(size);
}

static void *image_grow(void *image, size_t size, H5FD_file_image_op_t op, void *writer) {
    (void)op, (void)writer;
    return realloc(image, size);
}

static herr_t image_keep(void *image, H5FD_file_image_op_t op, void *writer) {
    (void)op;
    ((struct hdf5_writer *)writer)->image = image;
    return 0;
}

static void *writer_share(void *writer) {
    return writer;
}

static herr_t writer_leave(void *writer) {
    (void)writer;
    return 0;
}

static void keep_image(struct hdf5_writer *writer, hid_t access) {
    H5FD_file_image_callbacks_t callbacks = {.image_malloc = image_create,
                                             .image_realloc = image_grow,
                                             .image_free = image_keep,
                                             .udata_copy = writer_share,
                                             .udata_free = writer_leave,
                                             .udata = writer};
    H5Pset_file_image_callbacks(access, &callbacks);
}

static void begin(struct hdf5_writer *writer) {
    be_quiet();
    writer->text_type = text_type_create();
    writer->deflated = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(writer->deflated, false);
    H5Pset_shuffle(writer->deflated);
    H5Pset_deflate(writer->deflated, DEFLATE_LEVEL);

    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    H5Pset_fapl_core(access, IMAGE_STEP, false);
    keep_image(writer, access);
    H5Pset_obj_track_times(create, false);
    H5Pset_attr_phase_change(create, ROOT_ATTRIBUTES_MOST, ROOT_ATTRIBUTES_MOST / 2);
    writer->file = H5Fcreate("takt", H5F_ACC_TRUNC, create, access);
    well(writer, writer->file);
    H5Pclose(create);
    H5Pclose(access);
}

static void write_references(struct hdf5_writer *writer, const struct hdf5_scale *scale) {
    if (!scale->user_count) return;
    hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(struct scale_user));
    H5Tinsert(type, "dataset", HOFFSET(struct scale_user, column), H5T_STD_REF_OBJ);
    H5Tinsert(type, "dimension", HOFFSET(struct scale_user, dimension), H5T_NATIVE_INT32);
    hsize_t count = scale->user_count;
    hid_t space = H5Screate_simple(1, &count, NULL);
    hid_t home = H5Dopen2(writer->file, scale->path, H5P_DEFAULT);
    hid_t list = H5Acreate2(home, "REFERENCE_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (well(writer, list)) well(writer, H5Awrite(list, type, scale->users));
    if (list >= 0) H5Aclose(list);
    if (home >= 0) H5Dclose(home);
    H5Sclose(space);
    H5Tclose(type);
}

/* Where a file ends according to its superblock (HDF5 File Format Specification 3.0, section II.A,
 * version 2). */
static size_t size_of(const unsigned char *image) {
    enum { VERSION_AT = 8, OFFSET_SIZE_AT = 9, END_AT = 28 };
    CHECK(image[VERSION_AT] == 2 && image[OFFSET_SIZE_AT] == 8);
    uint64_t size = 0;
    for (int i = 7; i >= 0; i--) size = size << 8 | image[END_AT + i];
    return (size_t)size;
}

static void *end(struct hdf5_writer *writer, size_t *count) {
    for (struct hdf5_scale *scale = writer->scales; scale; scale = scale->next) {
        if (!writer->failed) write_references(writer, scale);
        free(scale->users);
    }
    if (writer->file >= 0) well(writer, H5Fclose(writer->file)); /* and all that is open in it */
    H5Pclose(writer->deflated);
    H5Tclose(writer->text_type);
    if (!writer->failed) {
        *count = size_of(writer->image);
        return writer->image;
    }
    free(writer->image);
    return NULL;
}

static struct hdf5_group make_group(struct hdf5_writer *writer, struct hdf5_group parent,
                                    const char *name) {
    struct hdf5_group group;
    group.path = arena_text(&writer->arena, "%s/%s", parent.path, name);
    hid_t create = H5Pcreate(H5P_GROUP_CREATE);
    H5Pset_obj_track_times(create, false);
    group.id = H5Gcreate2(parent.id, name, H5P_DEFAULT, create, H5P_DEFAULT);
    well(writer, group.id);
    H5Pclose(create);
    return group;
}

/* Halves the slowest dimensions until a chunk is small enough, so that a table of one point stays
 * together. */
static void chunk_of(int dimensions, const hsize_t *counts, size_t element_size, hsize_t *chunk) {
    memcpy(chunk, counts, (size_t)dimensions * sizeof *chunk);
    size_t size = element_size;
    for (int i = 0; i < dimensions; i++) size *= chunk[i];
    for (int i = 0; i < dimensions; i++) {
        size_t rest = size / chunk[i];
        while (rest * chunk[i] > CHUNK_SIZE && chunk[i] > 1) chunk[i] = (chunk[i] + 1) / 2;
        size = rest * chunk[i];
    }
}

static hid_t dataset_create(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                            enum hdf5_kind kind, int dimensions, const hsize_t *counts) {
    size_t size = kind_size(kind);
    for (int i = 0; i < dimensions; i++) size *= counts[i];
    hid_t create = H5Pcopy(writer->deflated);
    hsize_t chunk[HDF5_DIMENSIONS_MOST];
    if (size > SMALL_SIZE &&
        kind != HDF5_TEXT) { /* long texts stand elsewhere, only references here */
        chunk_of(dimensions, counts, kind_size(kind), chunk);
        H5Pset_chunk(create, dimensions, chunk);
    } else {
        H5Premove_filter(create, H5Z_FILTER_ALL);
    }
    hid_t space = dimensions ? H5Screate_simple(dimensions, counts, NULL) : H5Screate(H5S_SCALAR);
    hid_t dataset = H5Dcreate2(group.id, name, file_type(writer, kind), space, H5P_DEFAULT, create,
                               H5P_DEFAULT);
    well(writer, dataset);
    H5Sclose(space);
    H5Pclose(create);
    return dataset;
}

static hobj_ref_t reference_of(struct hdf5_writer *writer, hid_t dataset) {
    hobj_ref_t reference = 0;
    well(writer, H5Rcreate(&reference, dataset, ".", H5R_OBJECT, -1));
    return reference;
}

static void scale_use(struct hdf5_scale *scale, hobj_ref_t column, int dimension) {
    if (scale->user_count == scale->user_room) {
        scale->user_room = scale->user_room ? 2 * scale->user_room : 16;
        scale->users = memory_grown(scale->users, scale->user_room, sizeof *scale->users);
    }
    struct scale_user *user = &scale->users[scale->user_count++];
    memset(user, 0, sizeof *user); /* what pads it goes to the file too */
    user->column = column;
    user->dimension = dimension;
}

/* DIMENSION_LIST: for each dimension a list, of one reference. */
static void write_dimensions(struct hdf5_writer *writer, hid_t dataset, struct hdf5_space space) {
    hvl_t lists[HDF5_DIMENSIONS_MOST];
    hobj_ref_t column = reference_of(writer, dataset);
    for (int i = 0; i < space.count; i++) {
        lists[i] = (hvl_t){.len = 1, .p = &space.scales[i]->reference};
        scale_use(space.scales[i], column, i);
    }
    hsize_t count = (hsize_t)space.count;
    hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ), one = H5Screate_simple(1, &count, NULL);
    hid_t list = H5Acreate2(dataset, "DIMENSION_LIST", type, one, H5P_DEFAULT, H5P_DEFAULT);
    if (well(writer, list)) well(writer, H5Awrite(list, type, lists));
    if (list >= 0) H5Aclose(list);
    H5Sclose(one);
    H5Tclose(type);
}

static void link_scales(struct hdf5_writer *writer, struct hdf5_group group,
                        struct hdf5_space space) {
    for (int i = 0; i < space.count; i++) {
        const struct hdf5_scale *scale = space.scales[i];
        if (H5Lexists(group.id, scale->name, H5P_DEFAULT) > 0) continue;
        well(writer, H5Lcreate_hard(writer->file, scale->path, group.id, scale->name, H5P_DEFAULT,
                                    H5P_DEFAULT));
    }
}

static void write_values(struct hdf5_writer *writer, hid_t dataset, enum hdf5_kind kind,
                         const void *values) {
    well(writer, H5Dwrite(dataset, memory_type(writer->text_type, kind), H5S_ALL, H5S_ALL,
                          H5P_DEFAULT, values));
}

static void make_column(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                        enum hdf5_kind kind, struct hdf5_space space, const void *values) {
    hsize_t counts[HDF5_DIMENSIONS_MOST];
    for (int i = 0; i < space.count; i++) counts[i] = (hsize_t)space.scales[i]->count;
    hid_t dataset = dataset_create(writer, group, name, kind, space.count, counts);
    if (dataset < 0) return;
    write_values(writer, dataset, kind, values);
    if (space.count) {
        write_dimensions(writer, dataset, space);
        link_scales(writer, group, space);
    }
    H5Dclose(dataset);
}

/* CLASS and NAME are texts of fixed length: so says the specification. */
static void attribute_fixed(struct hdf5_writer *writer, hid_t dataset, const char *attribute,
                            const char *text) {
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, strlen(text) + 1);
    hid_t id = H5Acreate2(dataset, attribute, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (well(writer, id)) well(writer, H5Awrite(id, type, text));
    if (id >= 0) H5Aclose(id);
    H5Sclose(space);
    H5Tclose(type);
}

static struct hdf5_scale *make_scale(struct hdf5_writer *writer, struct hdf5_group group,
                                     const char *name, enum hdf5_kind kind, int64_t count,
                                     const void *values) {
    struct hdf5_scale *scale = arena_take(&writer->arena, sizeof *scale);
    *scale = (struct hdf5_scale){.next = writer->scales, .count = count};
    writer->scales = scale;
    scale->name = arena_copy(&writer->arena, name, strlen(name));
    scale->path = arena_text(&writer->arena, "%s/%s", group.path, name);
    hid_t dataset = dataset_create(writer, group, name, kind, 1, &(hsize_t){(hsize_t)count});
    if (dataset < 0) return scale;
    write_values(writer, dataset, kind, values);
    attribute_fixed(writer, dataset, "CLASS", "DIMENSION_SCALE");
    attribute_fixed(writer, dataset, "NAME", name);
    scale->reference = reference_of(writer, dataset);
    H5Dclose(dataset);
    return scale;
}

static void attribute_write(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                            const char *attribute, enum hdf5_kind kind, hid_t space,
                            const void *values) {
    hid_t id = H5Acreate_by_name(group.id, name, attribute, file_type(writer, kind), space,
                                 H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (well(writer, id)) well(writer, H5Awrite(id, memory_type(writer->text_type, kind), values));
    if (id >= 0) H5Aclose(id);
    H5Sclose(space);
}

static void make_attribute(struct hdf5_writer *writer, struct hdf5_group group, const char *name,
                           const char *attribute, enum hdf5_kind kind, const void *value) {
    attribute_write(writer, group, name, attribute, kind, H5Screate(H5S_SCALAR), value);
}

static void make_attribute_texts(struct hdf5_writer *writer, struct hdf5_group group,
                                 const char *name, const char *attribute, int64_t count,
                                 const char *const *texts) {
    hid_t space = H5Screate_simple(1, &(hsize_t){(hsize_t)count}, NULL);
    attribute_write(writer, group, name, attribute, HDF5_TEXT, space, texts);
}

/* ---- Reading ---- */

static void open_file(struct hdf5_reader *reader, const char *path) {
    be_quiet();
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    H5Pset_file_locking(access, false, true); /* files are replaced whole, never changed */
    reader->file = H5Fopen(path, H5F_ACC_RDONLY, access);
    H5Pclose(access);
    if (reader->file < 0) hdf5_wrong(reader, "it is not an HDF5 file, or it is cut off");
}

static void close_file(struct hdf5_reader *reader) {
    if (reader->file >= 0) H5Fclose(reader->file);
    reader->file = H5I_INVALID_HID;
}

/* A path exists if each part of it does: HDF5 asks for one link at a time. */
static bool exists(const struct hdf5_reader *reader, const char *path) {
    char *part = arena_copy(reader->arena, path, strlen(path));
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (H5Lexists(reader->file, part, H5P_DEFAULT) <= 0) return false;
        *slash = '/';
    }
    return H5Lexists(reader->file, part, H5P_DEFAULT) > 0;
}

static int64_t elements_of(hid_t dataset) {
    hid_t space = H5Dget_space(dataset);
    int64_t count = H5Sget_simple_extent_npoints(space);
    if (space >= 0) H5Sclose(space);
    return count;
}

static int64_t count_elements(struct hdf5_reader *reader, const char *path) {
    if (!exists(reader, path)) return 0;
    hid_t dataset = H5Dopen2(reader->file, path, H5P_DEFAULT);
    int64_t count = dataset < 0 ? -1 : elements_of(dataset);
    if (dataset >= 0) H5Dclose(dataset);
    if (count < 0) hdf5_wrong(reader, "'%s' is not a column", path);
    return count < 0 ? 0 : count;
}

/* Whether a type of the file may be read as KIND: of the same class, texts of variable length. */
static bool type_fits(hid_t type, enum hdf5_kind kind) {
    H5T_class_t class = H5Tget_class(type);
    if (kind == HDF5_TEXT) return class == H5T_STRING && H5Tis_variable_str(type) > 0;
    return class == (kind == HDF5_REAL ? H5T_FLOAT : H5T_INTEGER);
}

/* Copies texts that HDF5 allocated into the arena, and gives them back to HDF5. */
static void texts_keep(struct hdf5_reader *reader, hid_t type, hid_t space, int64_t count,
                       char **texts) {
    const char **copies = memory_zeroed((size_t)count + 1, sizeof *copies);
    for (int64_t i = 0; i < count; i++)
        copies[i] = texts[i] ? arena_copy(reader->arena, texts[i], strlen(texts[i])) : "";
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts);
    memcpy(texts, copies, (size_t)count * sizeof *copies);
    free(copies);
}

static bool read_column(struct hdf5_reader *reader, const char *path, enum hdf5_kind kind,
                        int64_t count, void *values) {
    hid_t dataset = exists(reader, path) ? H5Dopen2(reader->file, path, H5P_DEFAULT) : -1;
    if (dataset < 0) {
        hdf5_wrong(reader, "'%s' is missing", path);
        return false;
    }
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hid_t text_type = text_type_create();
    if (!type_fits(type, kind)) hdf5_wrong(reader, "'%s' has another type", path);
    if (H5Sget_simple_extent_npoints(space) != count)
        hdf5_wrong(reader, "'%s' has another size", path);
    if (!reader->why && count > 0 &&
        H5Dread(dataset, memory_type(text_type, kind), H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        hdf5_wrong(reader, "'%s' is damaged", path);
    if (!reader->why && kind == HDF5_TEXT) texts_keep(reader, text_type, space, count, values);
    H5Tclose(text_type);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(dataset);
    return !reader->why;
}

static bool read_attribute(struct hdf5_reader *reader, const char *path, const char *attribute,
                           enum hdf5_kind kind, int64_t count, void *values) {
    bool there = (strcmp(path, "/") == 0 || exists(reader, path)) &&
                 H5Aexists_by_name(reader->file, path, attribute, H5P_DEFAULT) > 0;
    hid_t id = there ? H5Aopen_by_name(reader->file, path, attribute, H5P_DEFAULT, H5P_DEFAULT)
                     : H5I_INVALID_HID;
    if (id < 0) {
        hdf5_wrong(reader, "'%s' has no attribute '%s'", path, attribute);
        return false;
    }
    hid_t type = H5Aget_type(id), space = H5Aget_space(id), text_type = text_type_create();
    if (!type_fits(type, kind) || H5Sget_simple_extent_npoints(space) != count ||
        H5Aread(id, memory_type(text_type, kind), values) < 0)
        hdf5_wrong(reader, "the attribute '%s' of '%s' is damaged", attribute, path);
    else if (kind == HDF5_TEXT)
        texts_keep(reader, text_type, space, count, values);
    H5Tclose(text_type);
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(id);
    return !reader->why;
}

extern const struct hdf5_module takt_hdf5;
__attribute__((visibility("default"))) const struct hdf5_module takt_hdf5 = {
    .version = HDF5_MODULE_VERSION,
    .begin = begin,
    .end = end,
    .group = make_group,
    .scale = make_scale,
    .column = make_column,
    .attribute = make_attribute,
    .attribute_texts = make_attribute_texts,
    .open = open_file,
    .close = close_file,
    .count = count_elements,
    .read = read_column,
    .read_attribute = read_attribute,
};
