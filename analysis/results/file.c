/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a symbolic link leads, so that the link stays a link; else the path itself. */
static const char *target_of(struct arena *arena, const char *path) {
    char *real = realpath(path, NULL);
    const char *target = real ? arena_copy(arena, real, strlen(real)) : path;
    free(real);
    return target;
}

static const char *folder_of(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static bool write_all(int file, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes += written;
        count -= (size_t)written;
    }
    return fsync(file) == 0;
}

/* A file system that cannot sync a folder says EINVAL; then there is nothing more to be done. */
static bool folder_sync(const char *folder) {
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return false;
    bool synced = fsync(file) == 0 || errno == EINVAL;
    int error = errno;
    close(file);
    errno = error;
    return synced;
}

/* Opens the temporary file, empty and for this program alone: negative, with EWOULDBLOCK, when
 * another one is at it. What a killed program left under this name is used again, so that it is not
 * left for ever. The name may have become another file's until the lock was there; then once more.
 */
static int open_alone(const char *temporary) {
    struct stat opened, named;
    for (;;) {
        int file = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (file < 0) return -1;
        bool locked = flock(file, LOCK_EX | LOCK_NB) == 0;
        bool ours = locked && fstat(file, &opened) == 0 && stat(temporary, &named) == 0 &&
                    opened.st_ino == named.st_ino;
        if (ours && ftruncate(file, 0) == 0) return file;
        int error = errno;
        close(file);
        errno = error;
        if (!locked || ours) return -1;
    }
}

/* Writes and renames; the temporary file is gone afterwards in any case. */
static bool fill_and_rename(int file, const char *temporary, const char *path, const void *bytes,
                            size_t count) {
    bool written = write_all(file, bytes, count);
    int error = errno;
    if (close(file) != 0 && written) {
        written = false;
        error = errno;
    }
    if (written && rename(temporary, path) == 0) return true;
    if (written) error = errno;
    unlink(temporary);
    errno = error;
    return false;
}

enum takt_status file_may_be_made(struct arena *arena, const char *path, const char **why) {
    struct stat old;
    bool there = stat(path, &old) == 0;
    const char *folder = folder_of(arena, target_of(arena, path));
    if (there && !S_ISREG(old.st_mode))
        *why = arena_text(arena, "'%s' is %s", path,
                          S_ISDIR(old.st_mode) ? "a folder" : "not an ordinary file");
    else if (access(folder, W_OK | X_OK) != 0)
        *why = arena_text(arena, "'%s' cannot be made in folder '%s': %s", path, folder,
                          strerror(errno));
    else
        return TAKT_OK;
    return TAKT_CANNOT_CREATE;
}

enum takt_status file_replace(struct arena *arena, const char *path, const void *bytes,
                              size_t count, const char **why) {
    TAKT_TRY(file_may_be_made(arena, path, why));
    const char *target = target_of(arena, path);
    const char *temporary = arena_text(arena, "%s.tmp", target);
    int file = open_alone(temporary);
    if (file < 0) {
        bool busy = errno == EWOULDBLOCK;
        *why = arena_text(arena, "cannot create '%s': %s", temporary,
                          busy ? "another program is writing it" : strerror(errno));
        return TAKT_CANNOT_CREATE;
    }
    if (fill_and_rename(file, temporary, target, bytes, count) &&
        folder_sync(folder_of(arena, target)))
        return TAKT_OK;
    *why = arena_text(arena, "cannot write '%s': %s", path, strerror(errno));
    return TAKT_CANNOT_WRITE;
}
