/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: what was added is there again, whatever became of the rest of the file. */
#include "../../analysis/crc32c.h"
#include "../../analysis/identity.h"
#include "../../analysis/journal.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- The checksum ---- */

static uint32_t checksum(const void *bytes, size_t count) {
    struct crc32c crc;
    crc32c_init(&crc);
    return crc32c_add(&crc, 0, bytes, count);
}

Test(crc32c, has_the_published_values) { /* RFC 3720, B.4, and the usual check value */
    uint8_t zeros[32] = {0}, ones[32], up[32], down[32];
    memset(ones, 0xff, sizeof ones);
    for (uint8_t i = 0; i < 32; i++) up[i] = down[31 - i] = i;
    cr_expect_eq(checksum("123456789", 9), 0xe3069283);
    cr_expect_eq(checksum(zeros, 32), 0x8a9136aa);
    cr_expect_eq(checksum(ones, 32), 0x62a8ab43);
    cr_expect_eq(checksum(up, 32), 0x46dd794e);
    cr_expect_eq(checksum(down, 32), 0x113fdb5c);
    cr_expect_eq(checksum("", 0), 0);
}

Test(crc32c, of_pieces_is_that_of_the_whole) {
    static const char text[] = "a text of some length, that is cut at every place";
    struct crc32c crc;
    crc32c_init(&crc);
    for (size_t cut = 0; cut < sizeof text; cut++)
        cr_expect_eq(
            crc32c_add(&crc, crc32c_add(&crc, 0, text, cut), text + cut, sizeof text - cut),
            checksum(text, sizeof text));
}

/* ---- A journal in a folder of its own ---- */

static const char identity[] = "takt 1.2.3\nseed 1\npoints 2\npoint aaaa base\npoint bbbb fast\n"
                               "revision 0123\narithmetic 4567\n";

enum { UNITS = 5, VALUES = 3, POINTS = 2, MOST = 16 };

struct desk {
    char folder[64], output[96], path[112];
    struct journal *journal;
    struct arena arena;
    const char *message;
    int taken[POINTS][MOST];
    double trials; /* sum of their values */
    bool wrong;    /* something was handed over that nobody had put in */
};

static double value_of(int32_t point, int32_t replication, int i) {
    return point + 0.1 * replication + 1e-9 * i;
}

static const char *why_of(int32_t point, int32_t replication) {
    return point == 1 && replication == 1 ? "deadlock: saw waits for drill" : NULL;
}

static bool take(void *context, const struct journal_unit *unit) {
    struct desk *desk = context;
    if (unit->point < 0 || unit->point >= POINTS || unit->replication < 0 ||
        unit->replication >= MOST)
        return false;
    const char *why = why_of(unit->point, unit->replication);
    if (unit->why)
        desk->wrong |=
            !why || unit->why_size != strlen(why) || memcmp(unit->why, why, unit->why_size) != 0;
    else
        desk->wrong |= why || unit->value_count != VALUES;
    for (int i = 0; !unit->why && i < VALUES; i++)
        desk->wrong |= unit->values[i] != value_of(unit->point, unit->replication, i);
    desk->taken[unit->point][unit->replication]++;
    return true;
}

static void take_trial(void *context, const struct journal_trial *trial) {
    struct desk *desk = context;
    desk->wrong |= memcmp(trial->key, identity, sizeof trial->key) != 0;
    desk->trials += trial->value * trial->replication;
}

static void desk_init(struct desk *desk) {
    *desk = (struct desk){.folder = "/tmp/takt-journal-XXXXXX"};
    arena_init(&desk->arena);
    cr_assert(mkdtemp(desk->folder));
    snprintf(desk->output, sizeof desk->output, "%s/x.h5", desk->folder);
    snprintf(desk->path, sizeof desk->path, "%s.journal", desk->output);
}

static void desk_clear(struct desk *desk) {
    journal_close(desk->journal);
    unlink(desk->path);
    cr_expect_eq(rmdir(desk->folder), 0, "something is left in %s", desk->folder);
    arena_clear(&desk->arena);
}

static enum takt_status open_as(struct desk *desk, const char *as, bool resume) {
    memset(desk->taken, 0, sizeof desk->taken);
    struct journal_options options = {.output = desk->output,
                                      .identity = as,
                                      .resume = resume,
                                      .take = take,
                                      .context = desk,
                                      .take_trial = take_trial,
                                      .trials = desk,
                                      .arena = &desk->arena};
    return journal_open(&desk->journal, &options, &desk->message);
}

static void reopen(struct desk *desk) {
    cr_assert_eq(open_as(desk, identity, true), TAKT_OK, "%s", desk->message);
    cr_expect(!desk->wrong);
}

static void close_it(struct desk *desk) {
    journal_close(desk->journal);
    desk->journal = NULL;
}

static bool add(struct desk *desk, int32_t point, int32_t replication) {
    double values[VALUES];
    for (int i = 0; i < VALUES; i++) values[i] = value_of(point, replication, i);
    const char *why = why_of(point, replication);
    return journal_add(desk->journal, &(struct journal_unit){.point = point,
                                                             .replication = replication,
                                                             .why = why,
                                                             .why_size = why ? strlen(why) : 0,
                                                             .values = values,
                                                             .value_count = VALUES});
}

/* (0, 0), (1, 0), (0, 1), (1, 1) which stopped, (0, 2). */
static void fill(struct desk *desk) {
    cr_assert_eq(open_as(desk, identity, false), TAKT_OK, "%s", desk->message);
    for (int32_t i = 0; i < UNITS; i++) cr_assert(add(desk, i % 2, i / 2));
    close_it(desk);
}

static int taken_count(const struct desk *desk) {
    int count = 0;
    for (int p = 0; p < POINTS; p++)
        for (int r = 0; r < MOST; r++) {
            cr_expect_leq(desk->taken[p][r], 1);
            count += desk->taken[p][r];
        }
    return count;
}

static bool says(const struct desk *desk, const char *part) {
    return desk->message && strstr(desk->message, part);
}

static char *bytes_of(const struct desk *desk, size_t *size) {
    FILE *file = fopen(desk->path, "rb");
    cr_assert(file);
    char *bytes = malloc(1 << 16);
    *size = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    return bytes;
}

static void put_bytes(const struct desk *desk, const char *bytes, size_t size) {
    FILE *file = fopen(desk->path, "wb");
    cr_assert(file);
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* ---- What must hold ---- */

Test(journal, hands_over_what_was_added) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    reopen(&desk);
    cr_expect_eq(taken_count(&desk), UNITS);
    cr_expect_eq(journal_count(desk.journal), UNITS);
    cr_expect_null(desk.message);
    cr_assert(add(&desk, 1, 2)); /* and it goes on behind */
    close_it(&desk);
    reopen(&desk);
    cr_expect_eq(taken_count(&desk), UNITS + 1);
    desk_clear(&desk);
}

Test(journal, keeps_trials_among_the_units_and_by_themselves) {
    struct desk desk;
    desk_init(&desk);
    struct journal_trial trial = {.replication = 3, .value = 0.25};
    memcpy(trial.key, identity, sizeof trial.key);
    cr_assert_eq(open_as(&desk, identity, false), TAKT_OK);
    cr_assert(journal_add_trial(desk.journal, &trial));
    close_it(&desk);
    cr_expect_eq(open_as(&desk, identity, false), TAKT_CANNOT_CREATE, "it is not begun anew");
    reopen(&desk);
    cr_expect_eq(desk.trials, 0.75);
    cr_assert(add(&desk, 1, 2));
    trial.replication = 5;
    cr_assert(journal_add_trial(desk.journal, &trial));
    close_it(&desk);
    desk.trials = 0;
    reopen(&desk);
    cr_expect_eq(desk.trials, 2);
    cr_expect_eq(taken_count(&desk), 1);
    cr_expect_eq(journal_count(desk.journal), 3);
    cr_expect_null(desk.message);
    desk_clear(&desk);
}

Test(journal, is_gone_when_all_is_done_or_nothing_was) {
    struct desk desk;
    desk_init(&desk);
    cr_assert_eq(open_as(&desk, identity, false), TAKT_OK);
    close_it(&desk);
    cr_expect_neq(access(desk.path, F_OK), 0);
    fill(&desk);
    reopen(&desk);
    journal_finish(desk.journal);
    desk.journal = NULL;
    cr_expect_neq(access(desk.path, F_OK), 0);
    desk_clear(&desk);
}

Test(journal, cut_at_any_byte_keeps_every_whole_unit) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    size_t size;
    char *bytes = bytes_of(&desk, &size);
    int most = UNITS, gone = 0;
    for (size_t cut = size; cut > 0; cut--) {
        put_bytes(&desk, bytes, cut);
        reopen(&desk);
        int count = taken_count(&desk);
        cr_assert(count == most || count == most - 1, "%d units in %zu of %zu bytes", count, cut,
                  size);
        gone += count < most;
        most = count;
        cr_assert(add(&desk, 1, 9)); /* what is added to it is whole again */
        close_it(&desk);
        reopen(&desk);
        cr_assert_eq(taken_count(&desk), count + 1);
        cr_expect_null(desk.message, "%s", desk.message);
        close_it(&desk);
    }
    cr_expect_eq(gone, UNITS);
    free(bytes);
    desk_clear(&desk);
}

Test(journal, flipped_anywhere_among_units_loses_one_unit_and_says_so) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    size_t size;
    char *bytes = bytes_of(&desk, &size);
    size_t first = 0; /* byte of the first unit */
    while (memcmp(bytes + first, "unit", 4) != 0) first += 8;
    for (size_t at = first; at < size; at++) {
        bytes[at] ^= 0x10;
        put_bytes(&desk, bytes, size);
        bytes[at] ^= 0x10;
        reopen(&desk);
        int count = taken_count(&desk);
        bool filling = count == UNITS; /* behind a text, up to a multiple of 8 */
        cr_assert(count == UNITS - 1 || filling, "byte %zu: %d units", at, count);
        cr_expect(filling || says(&desk, "damaged bytes"));
        close_it(&desk);
    }
    free(bytes);
    desk_clear(&desk);
}

Test(journal, flipped_anywhere_in_its_head_is_refused) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    size_t size;
    char *bytes = bytes_of(&desk, &size);
    for (size_t at = 0; at < 32 + sizeof identity - 1; at++) {
        bytes[at] ^= 0x10;
        put_bytes(&desk, bytes, size);
        bytes[at] ^= 0x10;
        cr_assert_neq(open_as(&desk, identity, true), TAKT_OK, "byte %zu", at);
        cr_assert_null(desk.journal);
    }
    put_bytes(&desk, bytes, size);
    reopen(&desk);
    cr_expect_eq(taken_count(&desk), UNITS);
    free(bytes);
    desk_clear(&desk);
}

Test(journal, of_an_unfinished_experiment_is_not_begun_anew_unasked) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    cr_expect_eq(open_as(&desk, identity, false), TAKT_CANNOT_CREATE);
    cr_expect(says(&desk, "--resume"));
    reopen(&desk);
    cr_expect_eq(taken_count(&desk), UNITS);
    desk_clear(&desk);
}

Test(journal, leaves_a_file_alone_that_is_none) {
    struct desk desk;
    desk_init(&desk);
    put_bytes(&desk, "a diary", 7);
    cr_expect_eq(open_as(&desk, identity, true), TAKT_CANNOT_CREATE);
    cr_expect(says(&desk, "is no journal"));
    size_t size;
    char *bytes = bytes_of(&desk, &size);
    cr_expect(size == 7 && memcmp(bytes, "a diary", 7) == 0);
    free(bytes);
    desk_clear(&desk);
}

static void expect_refused(struct desk *desk, const char *as, const char *part) {
    cr_expect_eq(open_as(desk, as, true), TAKT_USAGE, "%s", as);
    cr_expect(says(desk, part), "'%s' is not in '%s'", part, desk->message);
}

static void expect_doubt(struct desk *desk, const char *as, const char *part) {
    cr_assert_eq(open_as(desk, as, true), TAKT_OK, "%s", desk->message);
    cr_expect(says(desk, part), "'%s' is not in '%s'", part, desk->message);
    close_it(desk);
}

Test(journal, of_another_experiment_is_refused_with_what_is_different) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
#define REST "revision 0123\narithmetic 4567\n"
    expect_refused(&desk, "takt 1.2.4\nseed 1\npoints 2\npoint aaaa base\npoint bbbb fast\n" REST,
                   "begun by takt 1.2.3; this is takt 1.2.4");
    expect_refused(&desk, "takt 1.2.3\nseed 12\npoints 2\npoint aaaa base\npoint bbbb fast\n" REST,
                   "of seed 1, not 12");
    expect_refused(&desk, "takt 1.2.3\nseed 1\npoints 1\npoint aaaa base\n" REST, "other points");
    expect_refused(&desk, "takt 1.2.3\nseed 1\npoints 2\npoint aaaa base\npoint cccc fast\n" REST,
                   "what shapes 'fast'");
#undef REST
    cr_expect_eq(access(desk.path, F_OK), 0);
    desk_clear(&desk);
}

Test(journal, of_another_computer_or_build_serves_with_a_warning) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
#define FIRST "takt 1.2.3\nseed 1\npoints 2\npoint aaaa base\npoint bbbb fast\n"
    expect_doubt(&desk, FIRST "revision 0123\narithmetic 89ab\n", "another kind of processor");
    expect_doubt(&desk, FIRST "revision 5555\narithmetic 4567\n", "another build");
#undef FIRST
    desk_clear(&desk);
}

Test(journal, has_one_writer_and_says_who) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    int ready[2], done[2];
    char byte = 0;
    cr_assert(pipe(ready) == 0 && pipe(done) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(done[1]);
        bool open = open_as(&desk, identity, true) == TAKT_OK;
        (void)!write(ready[1], &open, 1);
        (void)!read(done[0], &byte, 1);
        _exit(0);
    }
    cr_assert(read(ready[0], &byte, 1) == 1 && byte == 1);
    char who[32];
    snprintf(who, sizeof who, "process %ld is writing", (long)child);
    cr_expect_eq(open_as(&desk, identity, true), TAKT_CANNOT_CREATE);
    cr_expect(says(&desk, who), "'%s' is not in '%s'", who, desk.message);
    close(done[1]);
    waitpid(child, NULL, 0);
    reopen(&desk);
    cr_expect_eq(taken_count(&desk), UNITS);
    desk_clear(&desk);
}

Test(journal, on_a_full_disk_keeps_what_fitted) {
    struct desk desk;
    desk_init(&desk);
    fill(&desk);
    struct stat now;
    cr_assert_eq(stat(desk.path, &now), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit old;
    getrlimit(RLIMIT_FSIZE, &old);
    for (rlim_t room = 0; room < 200; room += 7) {
        reopen(&desk);
        int before = taken_count(&desk), added = 0;
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){(rlim_t)now.st_size + room, old.rlim_max});
        while (added < 8 && add(&desk, 0, 3 + before - UNITS + added)) added++;
        cr_expect_eq(journal_failure(desk.journal) != NULL, added < 8);
        setrlimit(RLIMIT_FSIZE, &old);
        close_it(&desk);
        reopen(&desk);
        cr_expect_null(desk.message, "nothing is torn: %s", desk.message);
        cr_expect_eq(taken_count(&desk), before + added);
        close_it(&desk);
        if (before + added > UNITS + 4) break;
    }
    cr_expect_eq(truncate(desk.path, 0), 0);
    cr_assert_eq(open_as(&desk, identity, true), TAKT_OK);
    desk_clear(&desk);
}
