/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void sources_init(struct sources *sources) {
    *sources = (struct sources){0};
}

void sources_clear(struct sources *sources) {
    for (int32_t i = 0; i < sources->count; i++) free((char *)sources->list[i].text);
    free(sources->list);
    free(sources->folders);
    arena_clear(&sources->arena);
    sources_init(sources);
}

static const char *kept(struct sources *sources, const char *text) {
    return arena_copy(&sources->arena, text, strlen(text));
}

/* Takes over source.text, and copies the rest. */
static int32_t add(struct sources *sources, struct source_text source) {
    if (sources->count == sources->capacity) {
        sources->capacity = sources->capacity ? 2 * sources->capacity : 8;
        sources->list =
            memory_grown(sources->list, (size_t)sources->capacity, sizeof *sources->list);
    }
    source.name = kept(sources, source.name);
    if (source.path) source.path = kept(sources, source.path);
    sources->list[sources->count] = source;
    return sources->count++;
}

int32_t source_add_text(struct sources *sources, const char *name, const char *text, size_t size) {
    char *copy = memory_zeroed(size + 1, 1);
    if (size) memcpy(copy, text, size);
    return add(sources, (struct source_text){.name = name,
                                             .text = copy,
                                             .size = size,
                                             .option = strncmp(name, "--", 2) == 0,
                                             .parent = -1});
}

/* Reads to the end, but at most one byte more than a file may have. NULL and errno if it fails. */
static char *read_all(int file, size_t *size) {
    size_t capacity = 64 * 1024;
    char *text = memory_grown(NULL, capacity + 1, 1);
    *size = 0;
    while (*size <= SOURCE_SIZE_MOST) {
        if (*size == capacity) text = memory_grown(text, (capacity *= 2) + 1, 1);
        ssize_t got = read(file, text + *size, capacity - *size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            int saved = errno;
            free(text);
            errno = saved;
            return NULL;
        }
        if (got == 0) break;
        *size += (size_t)got;
    }
    text[*size] = '\0';
    return text;
}

/* What a file is called in the fault, where the fault is reported, and the words for errno. */
struct request {
    const char *name;
    struct place why;
    struct faults *faults;
};

static enum takt_status refuse(struct request r, int error) {
    switch (error) {
    case ENOENT:
    case ENOTDIR: fault_error(r.faults, r.why, NULL, "there is no file '%s'", r.name); break;
    case EISDIR: fault_error(r.faults, r.why, NULL, "'%s' is a folder, not a file", r.name); break;
    case EACCES:
    case EPERM: fault_error(r.faults, r.why, NULL, "'%s' may not be read", r.name); break;
    case EFBIG:
        fault_error(r.faults, r.why, "a file may have 64 MB", "'%s' is too large", r.name);
        break;
    default: fault_error(r.faults, r.why, NULL, "'%s' cannot be read: %s", r.name, strerror(error));
    }
    return TAKT_CANNOT_READ;
}

static enum takt_status read_open(struct sources *sources, int file, struct source_text source,
                                  struct request request, int32_t *index) {
    struct stat about;
    if (fstat(file, &about) != 0) return refuse(request, errno);
    if (S_ISDIR(about.st_mode)) return refuse(request, EISDIR);
    char *text = read_all(file, &source.size);
    if (!text) return refuse(request, errno);
    if (source.size > SOURCE_SIZE_MOST) {
        free(text);
        return refuse(request, EFBIG);
    }
    source.text = text;
    *index = add(sources, source);
    return TAKT_OK;
}

enum takt_status source_add_file(struct sources *sources, const char *path, struct place why,
                                 struct faults *faults, int32_t *source) {
    struct request request = {path, why, faults};
    struct source_text made = {.name = path, .parent = -1};
    if (strcmp(path, "-") == 0) return read_open(sources, STDIN_FILENO, made, request, source);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return refuse(request, errno);
    char real[PATH_MAX];
    made.path = realpath(path, real);
    enum takt_status status = read_open(sources, file, made, request, source);
    close(file);
    return status;
}

enum takt_status source_include(struct sources *sources, const char *folder,
                                struct faults *faults) {
    char real[PATH_MAX];
    struct stat about;
    if (!realpath(folder, real) || stat(real, &about) != 0 || !S_ISDIR(about.st_mode)) {
        fault_error(faults, (struct place){.source = -1}, NULL, "there is no folder '%s'", folder);
        return TAKT_CANNOT_READ;
    }
    sources->folders =
        memory_grown(sources->folders, (size_t)sources->folder_count + 1, sizeof *sources->folders);
    sources->folders[sources->folder_count++] = kept(sources, real);
    return TAKT_OK;
}

/* The folder of a source: that of its file, or the working directory. */
static bool folder_of(const struct source_text *source, char folder[PATH_MAX]) {
    if (!source->path) return getcwd(folder, PATH_MAX) != NULL;
    size_t size = (size_t)(strrchr(source->path, '/') - source->path);
    memcpy(folder, source->path, size);
    folder[size] = '\0';
    return true;
}

/* Both are real paths; "" and "/" are the root, under which everything lies. */
static bool lies_under(const char *path, const char *folder) {
    size_t size = strlen(folder);
    if (size && folder[size - 1] == '/') size--;
    return strncmp(path, folder, size) == 0 && path[size] == '/';
}

/* The folder that files may lie in is that of the scenario the user named, so go up from base to
 * base. */
static bool allowed(const struct sources *sources, int32_t by, const char *path) {
    while (sources->list[by].parent >= 0) by = sources->list[by].parent;
    char folder[PATH_MAX];
    if (folder_of(&sources->list[by], folder) && lies_under(path, folder)) return true;
    for (int32_t i = 0; i < sources->folder_count; i++)
        if (lies_under(path, sources->folders[i])) return true;
    return false;
}

static bool resolve(const char *folder, const char *relative, char real[PATH_MAX]) {
    char path[PATH_MAX];
    size_t folder_size = strlen(folder), size = strlen(relative);
    if (folder_size + size + 2 > sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(path, folder, folder_size);
    path[folder_size] = '/';
    memcpy(path + folder_size + 1, relative, size + 1);
    return realpath(relative[0] == '/' ? relative : path, real) != NULL;
}

/* Beside the source that names it, then in the opened folders. */
static bool find(const struct sources *sources, int32_t by, const char *relative,
                 char real[PATH_MAX]) {
    char folder[PATH_MAX];
    if (folder_of(&sources->list[by], folder) && resolve(folder, relative, real)) return true;
    int error = errno;
    for (int32_t i = 0; i < sources->folder_count; i++)
        if (resolve(sources->folders[i], relative, real)) return true;
    errno = error;
    return false;
}

/* As messages show it: beside the name of the source that names it. */
static const char *shown_name(struct sources *sources, int32_t by, const char *relative) {
    const char *name = sources->list[by].name;
    const char *slash = sources->list[by].path ? strrchr(name, '/') : NULL;
    if (!slash || relative[0] == '/') return relative;
    return arena_text(&sources->arena, "%.*s%s", (int)(slash - name + 1), name, relative);
}

enum takt_status source_add_named(struct sources *sources, int32_t by, const char *relative,
                                  struct place why, struct faults *faults, int32_t *source) {
    CHECK(by >= 0 && by < sources->count);
    struct request request = {relative, why, faults};
    char real[PATH_MAX];
    if (!find(sources, by, relative, real)) return refuse(request, errno);
    if (!allowed(sources, by, real)) {
        fault_error(faults, why, "open that folder with --include FOLDER",
                    "'%s' lies outside the folder of this scenario", relative);
        return TAKT_BAD_SCENARIO;
    }
    for (*source = 0; *source < sources->count; ++*source) {
        const char *path = sources->list[*source].path;
        if (path && strcmp(path, real) == 0) return TAKT_OK;
    }
    /* The path is free of links; O_NOFOLLOW keeps it so, and O_NONBLOCK does not wait for the
     * writer of a pipe. */
    int file = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return refuse(request, errno);
    struct source_text made = {
        .name = shown_name(sources, by, relative), .parent = by, .path = real};
    struct stat about;
    enum takt_status status;
    if (fstat(file, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) {
        fault_error(faults, why, NULL, "'%s' is a device or pipe, not a file", relative);
        status = TAKT_CANNOT_READ;
    } else {
        status = read_open(sources, file, made, request, source);
    }
    close(file);
    return status;
}
