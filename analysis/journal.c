/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journal.h"

#include "crc32c.h"
#include "identity.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The beginning of the file; a multiple of 8 bytes, its zero among them. */
static const char magic[16] = "takt journal 1\n";

struct frame {
    uint32_t mark, checksum; /* of all that follows, up to SIZE bytes behind the frame */
    uint64_t size;
};

/* "head", "unit" and "tria", as they stand in the file of a little-endian computer. */
enum { MARK_HEAD = 0x64616568, MARK_UNIT = 0x74696e75, MARK_TRIAL = 0x61697274 };

/* Behind the frame of a unit, and before its values or its text. */
struct unit_head {
    int32_t point, replication, stopped, zero;
};

struct journal {
    int file;
    char *output, *path;
    struct crc32c crc;
    pthread_mutex_t mutex; /* of all below */
    off_t end;             /* of the last whole record */
    int64_t count;         /* of units and trials */
    int error;             /* errno of the write that failed, or 0 */
    bool unsynced;         /* something was added since */
    double synced;         /* s, on the monotonic clock */
    bool registered;       /* the folder knows the file, also after a power cut */
};

static size_t filled_up(size_t size) {
    return (size + 7) / 8 * 8;
}

static double seconds_now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* ---- Adding records ---- */

static bool write_pieces(int file, struct iovec *pieces, int count) {
    while (count > 0) {
        ssize_t written = writev(file, pieces, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        size_t rest = (size_t)written;
        while (count > 0 && rest >= pieces->iov_len) {
            rest -= pieces->iov_len;
            pieces++;
            count--;
        }
        if (count > 0) {
            pieces->iov_base = (char *)pieces->iov_base + rest;
            pieces->iov_len -= rest;
        }
    }
    return true;
}

enum { PIECES_MOST = 2 }; /* that a record is written from */

/* One record, from pieces that are the bytes behind its frame. When it does not fit, what there is
 * of it is cut off again. */
static bool record_add(struct journal *journal, uint32_t mark, const struct iovec *pieces,
                       int count) {
    static const char zeros[8] = {0};
    struct frame frame = {.mark = mark};
    struct iovec all[PIECES_MOST + 2];
    for (int i = 0; i < count; i++) frame.size += pieces[i].iov_len;
    frame.checksum = crc32c_add(&journal->crc, 0, &frame.size, sizeof frame.size);
    for (int i = 0; i < count; i++)
        frame.checksum =
            crc32c_add(&journal->crc, frame.checksum, pieces[i].iov_base, pieces[i].iov_len);
    all[0] = (struct iovec){&frame, sizeof frame};
    memcpy(all + 1, pieces, (size_t)count * sizeof *all);
    size_t padding = filled_up(frame.size) - frame.size;
    all[count + 1] = (struct iovec){(void *)zeros, padding};
    pthread_mutex_lock(&journal->mutex);
    if (!journal->error && !write_pieces(journal->file, all, count + 1 + (padding > 0))) {
        journal->error = errno;
        if (ftruncate(journal->file, journal->end) != 0) journal->error = errno;
    }
    bool written = !journal->error;
    if (written) {
        journal->end += (off_t)(sizeof frame + frame.size + padding);
        journal->count += mark != MARK_HEAD;
        journal->unsynced = true;
    }
    pthread_mutex_unlock(&journal->mutex);
    return written;
}

bool journal_add(struct journal *journal, const struct journal_unit *unit) {
    struct unit_head head = {unit->point, unit->replication, unit->why != NULL, 0};
    struct iovec pieces[] = {{&head, sizeof head}, {(void *)unit->why, unit->why_size}};
    if (!unit->why)
        pieces[1] =
            (struct iovec){(void *)unit->values, (size_t)unit->value_count * sizeof *unit->values};
    return record_add(journal, MARK_UNIT, pieces, 2);
}

bool journal_add_trial(struct journal *journal, const struct journal_trial *trial) {
    return record_add(journal, MARK_TRIAL, &(struct iovec){(void *)trial, sizeof *trial}, 1);
}

const char *journal_failure(const struct journal *journal) {
    return journal->error ? strerror(journal->error) : NULL;
}

const char *journal_output(const struct journal *journal) {
    return journal->output;
}

int64_t journal_count(const struct journal *journal) {
    return journal->count;
}

/* The folder, so that the file can be found after a power cut. Some file systems cannot; then there
 * is nothing more to be done. */
static void register_file(struct journal *journal) {
    const char *slash = strrchr(journal->path, '/');
    char *folder = slash ? strndup(journal->path, (size_t)(slash - journal->path) + 1) : NULL;
    int file = open(folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        (void)fsync(file);
        close(file);
    }
    free(folder);
    journal->registered = true;
}

void journal_sync(struct journal *journal) {
    double now = seconds_now();
    pthread_mutex_lock(&journal->mutex);
    bool due = journal->unsynced && !journal->error && now - journal->synced >= 1;
    if (due) journal->unsynced = false;
    pthread_mutex_unlock(&journal->mutex);
    if (!due) return;
    int error = fdatasync(journal->file) == 0 ? 0 : errno;
    if (!journal->registered) register_file(journal);
    journal->synced = seconds_now();
    if (!error || error == EINVAL) return; /* a file system that cannot sync */
    pthread_mutex_lock(&journal->mutex);
    journal->error = error;
    pthread_mutex_unlock(&journal->mutex);
}

/* ---- Reading what is there ---- */

/* The journal as it lies in memory. */
struct image {
    const char *bytes;
    size_t size;
};

/* The frame of a whole record at this position, whose bytes check; else NULL. */
static const struct frame *record_at(const struct journal *journal, struct image image, size_t at,
                                     uint32_t mark) {
    if (image.size - at < sizeof(struct frame)) return NULL;
    const struct frame *frame = (const struct frame *)(const void *)(image.bytes + at);
    size_t room = image.size - at - sizeof *frame;
    if (frame->mark != mark || frame->size > room || filled_up(frame->size) > room) return NULL;
    uint32_t checksum =
        crc32c_add(&journal->crc, 0, &frame->size, sizeof frame->size + frame->size);
    return checksum == frame->checksum ? frame : NULL;
}

static bool unit_take(const struct journal_options *options, const struct frame *frame) {
    const struct unit_head *head = (const struct unit_head *)(frame + 1);
    if (frame->size < sizeof *head) return false;
    size_t size = frame->size - sizeof *head;
    struct journal_unit unit = {.point = head->point, .replication = head->replication};
    if (head->stopped) {
        unit.why = (const char *)(head + 1);
        unit.why_size = size;
    } else {
        if (size % sizeof(double)) return false;
        unit.values = (const double *)(const void *)(head + 1);
        unit.value_count = (int64_t)(size / sizeof(double));
    }
    return options->take(options->context, &unit);
}

static bool trial_take(const struct journal_options *options, const struct frame *frame) {
    struct journal_trial trial;
    if (frame->size != sizeof trial) return false;
    memcpy(&trial, frame + 1, sizeof trial);
    if (options->take_trial) options->take_trial(options->trials, &trial);
    return true;
}

/* A whole record at this position that could be handed over; else NULL. */
static const struct frame *record_take(const struct journal *journal,
                                       const struct journal_options *options, struct image image,
                                       size_t at) {
    const struct frame *unit = record_at(journal, image, at, MARK_UNIT);
    if (unit) return unit_take(options, unit) ? unit : NULL;
    const struct frame *trial = record_at(journal, image, at, MARK_TRIAL);
    return trial && trial_take(options, trial) ? trial : NULL;
}

/* Hands over every unit and trial that checks. What does not is stepped over, eight bytes at a
 * time, until something checks again. Returns the bytes that were stepped over. */
static size_t units_take(struct journal *journal, const struct journal_options *options,
                         struct image image, size_t at) {
    size_t damaged = 0;
    while (at < image.size) {
        const struct frame *frame = record_take(journal, options, image, at);
        if (frame) {
            at += sizeof *frame + filled_up(frame->size);
            journal->end = (off_t)at;
            journal->count++;
        } else {
            size_t step = image.size - at < 8 ? image.size - at : 8;
            damaged += step;
            at += step;
        }
    }
    return damaged;
}

/* ---- Opening ---- */

static enum takt_status begin(struct journal *journal, const struct journal_options *options,
                              const char **message) {
    struct iovec head = {(void *)options->identity, strlen(options->identity)};
    struct iovec start = {(void *)magic, sizeof magic};
    journal->end = sizeof magic;
    if (ftruncate(journal->file, 0) == 0 && lseek(journal->file, 0, SEEK_SET) == 0 &&
        write_pieces(journal->file, &start, 1) && record_add(journal, MARK_HEAD, &head, 1))
        return TAKT_OK;
    *message = arena_text(options->arena, "cannot write '%s': %s", journal->path,
                          strerror(journal->error ? journal->error : errno));
    unlink(journal->path);
    return TAKT_CANNOT_WRITE;
}

/* Goes on with a journal that has a whole head. */
static enum takt_status go_on(struct journal *journal, const struct journal_options *options,
                              struct image image, const struct frame *head, const char **message) {
    struct arena *arena = options->arena;
    const char *kept = arena_copy(arena, (const char *)(head + 1), head->size), *doubt;
    const char *why = identity_refusal(arena, kept, options->identity, &doubt);
    if (why) {
        *message = arena_text(arena, "cannot resume: '%s' %s", journal->path, why);
        return TAKT_USAGE;
    }
    size_t first = sizeof magic + sizeof *head + filled_up(head->size);
    journal->end = (off_t)first;
    size_t damaged = units_take(journal, options, image, first);
    if (damaged)
        *message = arena_text(arena, "'%s' had %zu damaged bytes: what was in them is done again",
                              journal->path, damaged);
    if (doubt)
        *message = *message ? arena_text(arena, "%s; it %s", *message, doubt)
                            : arena_text(arena, "'%s' %s", journal->path, doubt);
    if (ftruncate(journal->file, journal->end) == 0 &&
        lseek(journal->file, journal->end, SEEK_SET) == journal->end)
        return TAKT_OK;
    *message = arena_text(arena, "cannot write '%s': %s", journal->path, strerror(errno));
    return TAKT_CANNOT_WRITE;
}

/* Does it hold a unit or a trial, whatever its identity? */
static bool holds_any(const struct journal *journal, struct image image) {
    for (size_t at = sizeof magic; at < image.size; at += 8)
        if (record_at(journal, image, at, MARK_UNIT) || record_at(journal, image, at, MARK_TRIAL))
            return true;
    return false;
}

static enum takt_status use_image(struct journal *journal, const struct journal_options *options,
                                  struct image image, const char **message) {
    struct arena *arena = options->arena;
    size_t known = image.size < sizeof magic ? image.size : sizeof magic;
    if (memcmp(image.bytes, magic, known) != 0) {
        *message = arena_text(arena,
                              "'%s' is no journal of this takt: remove it or choose another "
                              "name for the results",
                              journal->path);
        return TAKT_CANNOT_CREATE;
    }
    if (!holds_any(journal, image)) return begin(journal, options, message);
    const struct frame *head = record_at(journal, image, sizeof magic, MARK_HEAD);
    if (!options->resume) {
        *message = arena_text(arena,
                              "'%s' holds the finished part of an experiment: --resume goes on "
                              "from it; remove it to begin anew",
                              journal->path);
        return TAKT_CANNOT_CREATE;
    }
    if (head) return go_on(journal, options, image, head, message);
    *message = arena_text(arena, "cannot resume: '%s' is damaged where it says what it is of",
                          journal->path);
    return TAKT_USAGE;
}

static enum takt_status use_file(struct journal *journal, const struct journal_options *options,
                                 const char **message) {
    struct stat now;
    if (fstat(journal->file, &now) == 0 && now.st_size == 0)
        return begin(journal, options, message);
    struct image image = {.size = (size_t)now.st_size};
    void *bytes = mmap(NULL, image.size, PROT_READ, MAP_PRIVATE, journal->file, 0);
    if (bytes == MAP_FAILED) {
        *message =
            arena_text(options->arena, "cannot read '%s': %s", journal->path, strerror(errno));
        return TAKT_CANNOT_CREATE;
    }
    image.bytes = bytes;
    enum takt_status status = use_image(journal, options, image, message);
    munmap(bytes, image.size);
    return status;
}

/* Opens the file and locks it; -1 with a message if it cannot be had. The one who had the lock
 * before may have removed the file meanwhile: then the lock is on a file that has no name any more,
 * and everything begins again. */
static int open_locked(struct journal *journal, struct arena *arena, const char **message) {
    for (;;) {
        int file = open(journal->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0) {
            *message = arena_text(arena, "cannot make '%s': %s", journal->path, strerror(errno));
            return -1;
        }
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        if (fcntl(file, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN)) {
            bool known = fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
            close(file);
            *message = known ? arena_text(arena, "process %ld is writing to '%s' at this time",
                                          (long)lock.l_pid, journal->output)
                             : arena_text(arena, "somebody is writing to '%s' at this time",
                                          journal->output);
            return -1;
        }
        struct stat opened, named;
        if (fstat(file, &opened) == 0 && stat(journal->path, &named) == 0 &&
            opened.st_ino == named.st_ino && opened.st_dev == named.st_dev)
            return file;
        close(file);
    }
}

static void journal_free(struct journal *journal) {
    if (journal->file >= 0) close(journal->file);
    pthread_mutex_destroy(&journal->mutex);
    free(journal->output);
    free(journal->path);
    free(journal);
}

enum takt_status journal_open(struct journal **out, const struct journal_options *options,
                              const char **message) {
    struct journal *journal = memory_zeroed(1, sizeof *journal);
    *out = NULL;
    *message = NULL;
    crc32c_init(&journal->crc);
    pthread_mutex_init(&journal->mutex, NULL);
    journal->output = strdup(options->output);
    CHECK(journal->output && asprintf(&journal->path, "%s.journal", options->output) > 0);
    journal->synced = seconds_now();
    journal->file = open_locked(journal, options->arena, message);
    enum takt_status status =
        journal->file < 0 ? TAKT_CANNOT_CREATE : use_file(journal, options, message);
    if (status == TAKT_OK)
        *out = journal;
    else
        journal_free(journal);
    return status;
}

void journal_close(struct journal *journal) {
    if (!journal) return;
    if (journal->count == 0)
        unlink(journal->path);
    else
        (void)fdatasync(journal->file); /* there is nobody left to tell; the records are written */
    journal_free(journal);
}

void journal_finish(struct journal *journal) {
    if (!journal) return;
    unlink(journal->path);
    journal_free(journal);
}
