/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "said.h"

#include <criterion/criterion.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with scenario/a.yaml, scenario/sub/b.yaml, outside.csv, and links to them. */
struct folder {
    char path[64];
    struct reading reading;
    int32_t scenario;
};

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    cr_assert(file, "%s", path);
    fputs(text, file);
    fclose(file);
}

static void folder_init(struct folder *folder) {
    strcpy(folder->path, "/tmp/takt-test-XXXXXX");
    cr_assert(mkdtemp(folder->path));
    cr_assert(chdir(folder->path) == 0);
    cr_assert(mkdir("scenario", 0700) == 0 && mkdir("scenario/sub", 0700) == 0);
    write_file("scenario/a.yaml", "a: 1\n");
    write_file("scenario/sub/b.yaml", "b: 1\n");
    write_file("scenario/t.csv", "a\n");
    write_file("outside.csv", "a\n");
    cr_assert(symlink("../outside.csv", "scenario/link.csv") == 0);
    cr_assert(mkfifo("scenario/pipe", 0600) == 0);
    reading_init(&folder->reading);
    cr_assert(source_add_file(&folder->reading.sources, "scenario/a.yaml",
                              (struct place){.source = -1}, &folder->reading.faults,
                              &folder->scenario) == TAKT_OK);
}

static void folder_clear(struct folder *folder) {
    static const char *const files[] = {"scenario/a.yaml", "scenario/sub/b.yaml",
                                        "scenario/t.csv",  "scenario/link.csv",
                                        "scenario/pipe",   "outside.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) unlink(files[i]);
    rmdir("scenario/sub");
    rmdir("scenario");
    cr_expect(chdir("/") == 0 && rmdir(folder->path) == 0);
    reading_clear(&folder->reading);
}

static enum takt_status name(struct folder *folder, int32_t by, const char *path, int32_t *source) {
    return source_add_named(&folder->reading.sources, by, path, (struct place){by, 1, 4},
                            &folder->reading.faults, source);
}

Test(source, files_that_cannot_be_read_are_named) {
    struct folder folder;
    folder_init(&folder);
    struct place why = {.source = -1};
    struct reading *reading = &folder.reading;
    int32_t source;
    cr_expect_eq(source_add_file(&reading->sources, "no.yaml", why, &reading->faults, &source),
                 TAKT_CANNOT_READ);
    cr_expect_eq(source_add_file(&reading->sources, "scenario", why, &reading->faults, &source),
                 TAKT_CANNOT_READ);
    cr_expect_eq(name(&folder, folder.scenario, "no.csv", &source), TAKT_CANNOT_READ);
    cr_expect_eq(name(&folder, folder.scenario, "pipe", &source), TAKT_CANNOT_READ);
    cr_assert(truncate("scenario/t.csv", 64 * 1024 * 1024 + 1) == 0);
    cr_expect_eq(name(&folder, folder.scenario, "t.csv", &source), TAKT_CANNOT_READ);
    cr_expect_str_eq(said(reading), "0:0 there is no file 'no.yaml'\n"
                                    "0:0 'scenario' is a folder, not a file\n"
                                    "1:4 there is no file 'no.csv'\n"
                                    "1:4 'pipe' is a device or pipe, not a file\n"
                                    "1:4 't.csv' is too large · a file may have 64 MB");
    folder_clear(&folder);
}

Test(source, a_scenario_reads_only_from_its_own_folder) {
    struct folder folder;
    folder_init(&folder);
    int32_t base, table, again;
    cr_expect_eq(name(&folder, folder.scenario, "sub/b.yaml", &base), TAKT_OK);
    cr_expect_str_eq(folder.reading.sources.list[base].name, "scenario/sub/b.yaml");
    cr_expect_eq(folder.reading.sources.list[base].parent, folder.scenario);
    cr_expect_eq(name(&folder, base, "../t.csv", &table), TAKT_OK);
    cr_expect_eq(name(&folder, folder.scenario, "t.csv", &again), TAKT_OK);
    cr_expect_eq(again, table, "a file is read once");

    static const char *const outside[] = {"../outside.csv", "link.csv", "/etc/passwd"};
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(name(&folder, folder.scenario, outside[i], &table), TAKT_BAD_SCENARIO);
    cr_expect_str_eq(folder.reading.faults.list[1].reason,
                     "'link.csv' lies outside the folder of this scenario");
    folder_clear(&folder);
}

Test(source, an_included_folder_is_open) {
    struct folder folder;
    folder_init(&folder);
    int32_t source;
    struct reading *reading = &folder.reading;
    cr_expect_eq(source_include(&reading->sources, ".", &reading->faults), TAKT_OK);
    cr_expect_eq(name(&folder, folder.scenario, "outside.csv", &source), TAKT_OK);
    cr_expect_eq(name(&folder, folder.scenario, "link.csv", &source), TAKT_OK);
    cr_expect_eq(source_include(&reading->sources, "none", &reading->faults), TAKT_CANNOT_READ);
    cr_expect_str_eq(said(reading), "0:0 there is no folder 'none'");
    folder_clear(&folder);
}
