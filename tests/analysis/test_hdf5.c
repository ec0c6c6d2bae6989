/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results to a file and back: nothing is lost, nothing is half done, and other programs can read
 * it. */
#include "../../analysis/results/hdf5.h"
#include "../../analysis/takt.h"
#include "made_results.h"

#include <hdf5.h>
#include <criterion/criterion.h>
#include <dirent.h>
#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- A folder of its own for each test ---- */

static char folder[] = "/tmp/takt-test-XXXXXX";

static const char *in_folder(const char *name) {
    static char paths[4][128];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void setup(void) {
    takt_start();
    cr_assert(mkdtemp(folder));
}

static void teardown(void) {
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(hdf5, .init = setup, .fini = teardown);

static char *bytes_of(const char *path, size_t *count) {
    FILE *file = fopen(path, "rb");
    cr_assert(file);
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*count + 1);
    cr_assert_eq(fread(bytes, 1, *count, file), *count);
    fclose(file);
    return bytes;
}

static void put_bytes(const char *path, const char *bytes, size_t count) {
    FILE *file = fopen(path, "wb");
    cr_assert(file);
    cr_assert_eq(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

static int files_in_folder(void) {
    int count = 0;
    DIR *open = opendir(folder);
    cr_assert(open);
    for (struct dirent *entry; (entry = readdir(open));) count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

static void expect_message(const struct takt_results *results, const char *part) {
    const char *message = takt_results_message(results);
    cr_expect(strstr(message, part), "'%s' is not in '%s'", part, message);
}

/* ---- What must hold ---- */

Test(hdf5, results_read_back_are_those_written) {
    struct takt_results *results = results_make(), *read;
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), "takt run line.yaml"), TAKT_OK,
                 "%s", takt_results_message(results));
    cr_assert_eq(takt_results_read(in_folder("a.h5"), &read), TAKT_OK, "%s",
                 takt_results_message(read));
    expect_results(results, read);
    cr_expect_eq(files_in_folder(), 1);
    takt_results_delete(results);
    takt_results_delete(read);
}

Test(hdf5, series_keep_their_mean_and_spread_over_replications) {
    struct takt_results *results = results_make(), *read;
    const struct layout *layout = results->points[0].layout;
    for (int r = 0; r < REPLICATIONS; r++)
        results->points[0].blocks[r][layout_series_at(layout, 1, 2)] = 10 + 3 * r;
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_OK);
    cr_assert_eq(takt_results_read(in_folder("a.h5"), &read), TAKT_OK);
    static const double expected[SERIES_STAT_COUNT] = {13, 3, 10, 16, 18};
    for (int stat = 0; stat < SERIES_STAT_COUNT; stat++) {
        double values[GRID];
        results_series(read, 0, 1, (enum series_stat)stat, values);
        cr_expect_eq(values[2], expected[stat]);
        results_series(read, 1, 0, (enum series_stat)stat, values);
        cr_expect(isnan(values[2]), "one replication of this point has stopped");
    }
    takt_results_delete(results);
    takt_results_delete(read);
}

/* Blanks the moment of writing: 20 characters, "2026-01-31T12:00:00Z". */
static void forget_created(char *bytes, size_t count) {
    for (size_t i = 0; i + 20 <= count; i++)
        if (bytes[i + 4] == '-' && bytes[i + 10] == 'T' && bytes[i + 19] == 'Z')
            memset(bytes + i, 'x', 20);
}

Test(hdf5, a_file_is_a_pure_function_of_the_results) {
    struct takt_results *first = results_make(), *second;
    size_t counts[2];
    cr_assert_eq(takt_results_write(first, in_folder("a.h5"), "takt run"), TAKT_OK);
    cr_assert_eq(takt_results_read(in_folder("a.h5"), &second), TAKT_OK);
    sleep(1);
    cr_assert_eq(takt_results_write(second, in_folder("b.h5"), "takt run"), TAKT_OK);
    char *a = bytes_of(in_folder("a.h5"), &counts[0]), *b = bytes_of(in_folder("b.h5"), &counts[1]);
    cr_assert_eq(counts[0], counts[1]);
    cr_expect(memcmp(a, b, counts[0]) != 0, "the moments of writing differ");
    forget_created(a, counts[0]);
    forget_created(b, counts[0]);
    cr_expect_eq(memcmp(a, b, counts[0]), 0);
    free(a);
    free(b);
    takt_results_delete(first);
    takt_results_delete(second);
}

Test(hdf5, results_without_anything_in_them_go_to_a_file_and_back) {
    struct takt_results *results = results_create(), *read;
    static const char *texts[] = {"1 h"};
    static double hours[] = {1};
    static const tick ends[] = {TICK_H};
    results_size(results, 1, 1);
    results->horizon_count = 1;
    results->horizon_texts = texts;
    results->horizon_hours = hours;
    results->points[0].layout = memory_zeroed(1, sizeof(struct layout));
    results->points[0].layout->horizons = ends;
    results->points[0].layout->horizon_count = 1;
    layout_finish(results->points[0].layout);
    results->points[0].blocks[0] = memory_zeroed(1, sizeof(double));
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_OK);
    cr_assert_eq(takt_results_read(in_folder("a.h5"), &read), TAKT_OK, "%s",
                 takt_results_message(read));
    cr_expect_eq(read->points[0].layout->column_count, 0);
    takt_results_delete(results);
    takt_results_delete(read);
}

Test(hdf5, what_takt_did_not_write_is_not_replaced) {
    struct takt_results *results = results_make();
    put_bytes(in_folder("a.h5"), "dear diary", 10);
    cr_expect_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_CANNOT_CREATE);
    expect_message(results, "is not a file of results of takt");
    size_t count;
    char *bytes = bytes_of(in_folder("a.h5"), &count);
    cr_expect(count == 10 && memcmp(bytes, "dear diary", 10) == 0);
    cr_expect_eq(files_in_folder(), 1);
    free(bytes);
    takt_results_delete(results);
}

Test(hdf5, finished_results_are_replaced_and_unfinished_are_not) {
    struct takt_results *results = results_make(), *read;
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), "first"), TAKT_OK);
    results->complete = false;
    results->title = "unfinished";
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), "second"), TAKT_OK);
    results->complete = true;
    cr_expect_eq(takt_results_write(results, in_folder("a.h5"), "third"), TAKT_CANNOT_CREATE);
    expect_message(results, "unfinished");
    cr_assert_eq(takt_results_read(in_folder("a.h5"), &read), TAKT_OK);
    expect_text(read->title, "unfinished");
    cr_expect_not(read->complete);
    takt_results_delete(results);
    takt_results_delete(read);
}

Test(hdf5, a_link_is_followed_and_stays_a_link) {
    struct takt_results *results = results_make();
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_OK);
    cr_assert_eq(symlink("a.h5", in_folder("link.h5")), 0);
    cr_expect_eq(takt_results_write(results, in_folder("link.h5"), ""), TAKT_OK);
    struct stat link;
    cr_assert_eq(lstat(in_folder("link.h5"), &link), 0);
    cr_expect(S_ISLNK(link.st_mode));
    takt_results_delete(results);
}

Test(hdf5, a_place_where_no_file_can_be_is_refused_with_its_reason) {
    struct takt_results *results = results_make();
    cr_expect_eq(takt_results_write(results, folder, ""), TAKT_CANNOT_CREATE);
    expect_message(results, "is a folder");
    cr_expect_eq(takt_results_write(results, "/dev/null", ""), TAKT_CANNOT_CREATE);
    expect_message(results, "not an ordinary file");
    cr_expect_eq(takt_results_write(results, in_folder("no/a.h5"), ""), TAKT_CANNOT_CREATE);
    expect_message(results, "No such file or directory");
    cr_assert_eq(chmod(folder, 0500), 0);
    if (geteuid() != 0) {
        cr_expect_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_CANNOT_CREATE);
        expect_message(results, "Permission denied");
    }
    cr_assert_eq(chmod(folder, 0700), 0);
    cr_expect_eq(files_in_folder(), 0);
    takt_results_delete(results);
}

Test(hdf5, a_full_disk_leaves_the_old_file_and_no_other) {
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", folder, "tmpfs", 0, "size=8m") != 0)
        cr_skip_test("needs the right to mount a small disk");
    struct takt_results *results = results_make(), *read;
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_OK);
    size_t count;
    free(bytes_of(in_folder("a.h5"), &count));
    char *filler = memory_zeroed(1, 8 << 20);
    FILE *file = fopen(in_folder("filler"), "wb");
    size_t filled =
        fwrite(filler, 1, (8u << 20) - 2 * count, file); /* less than a second file is left */
    cr_assert_neq(filled, 0);
    cr_expect_eq(fclose(file), 0);
    results->title = "second";
    results->scenario_text = filler; /* incompressible enough to overflow */
    memset(filler, 'x', 1 << 20);
    cr_expect_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_CANNOT_WRITE);
    expect_message(results, "No space left on device");
    cr_expect_eq(files_in_folder(), 2);
    cr_assert_eq(takt_results_read(in_folder("a.h5"), &read), TAKT_OK);
    expect_text(read->title, "Saws & drills \xe2\x80\x93 a test");
    free(filler);
    takt_results_delete(results);
    takt_results_delete(read);
    umount(folder);
}

static void expect_unreadable(const char *path, const char *part) {
    struct takt_results *read;
    cr_expect_eq(takt_results_read(path, &read), TAKT_CANNOT_READ);
    expect_message(read, part);
    takt_results_delete(read);
}

Test(hdf5, what_is_no_file_of_results_cannot_be_read) {
    expect_unreadable(in_folder("none.h5"), "No such file or directory");
    expect_unreadable(folder, "not an HDF5 file");
    put_bytes(in_folder("empty"), "", 0);
    expect_unreadable(in_folder("empty"), "not an HDF5 file");
    put_bytes(in_folder("text"), "takt: 1\n", 8);
    expect_unreadable(in_folder("text"), "not an HDF5 file");
    hid_t file = H5Fcreate(in_folder("foreign.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    expect_unreadable(in_folder("foreign.h5"), "not a file of results of takt");
}

Test(hdf5, a_file_that_was_cut_off_cannot_be_read) {
    struct takt_results *results = results_make();
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), ""), TAKT_OK);
    size_t count;
    char *bytes = bytes_of(in_folder("a.h5"), &count);
    for (size_t part = 1; part < 16; part++) {
        put_bytes(in_folder("cut.h5"), bytes, count * part / 16);
        expect_unreadable(in_folder("cut.h5"), "cut off");
    }
    put_bytes(in_folder("cut.h5"), bytes, count - 1);
    expect_unreadable(in_folder("cut.h5"), "cut off");
    free(bytes);
    takt_results_delete(results);
}

/* Removes or renames one thing in the file, which must then say what is wrong with it. */
static void spoil(const char *change, const char *gone, const char *becomes, const char *part) {
    struct takt_results *results = results_make();
    cr_assert_eq(takt_results_write(results, in_folder(change), ""), TAKT_OK);
    hid_t file = H5Fopen(in_folder(change), H5F_ACC_RDWR, H5P_DEFAULT);
    cr_assert(file >= 0);
    if (becomes)
        cr_expect_geq(H5Lcreate_hard(file, becomes, file, "spare", H5P_DEFAULT, H5P_DEFAULT), 0);
    cr_expect_geq(H5Ldelete(file, gone, H5P_DEFAULT), 0);
    if (becomes) cr_expect_geq(H5Lmove(file, "spare", file, gone, H5P_DEFAULT, H5P_DEFAULT), 0);
    H5Fclose(file);
    expect_unreadable(in_folder(change), part);
    takt_results_delete(results);
}

Test(hdf5, a_file_with_something_missing_or_exchanged_says_what) {
    spoil("a.h5", "/points", NULL, "horizons");
    spoil("b.h5", "/layouts/kpi", NULL, "'/layouts/columns' has wrong codes in row 0");
    spoil("c.h5", "/layouts/columns/kpi", NULL, "'/layouts/columns/kpi' is missing");
    spoil("d.h5", "/layouts/of_point", "/scenario/text", "'/layouts/of_point' has another type");
    spoil("e.h5", "/layouts/of_point", "/layouts/columns/kpi", "has another size");
    spoil("f.h5", "/layouts/columns/object", "/layouts/columns/kpi",
          "'/layouts/columns' has wrong codes");
    spoil("g.h5", "/stations/station", "/items/item", "unknown object");
    spoil("h.h5", "/sequences/point", "/sequences/row", "'/sequences' is wrong in row 2");
    spoil("i.h5", "/series/system_wip", NULL, "'/series/system_wip' is missing");
}

/* ---- What other programs see ---- */

static void print_number(FILE *file, double value) {
    if (isfinite(value))
        fprintf(file, "%.17e", value); /* with its sign, also of 0 */
    else
        fprintf(file, isnan(value) ? "null" : value > 0 ? "\"inf\"" : "\"-inf\"");
}

/* Every value of the blocks with its place in words, written without the code that is tested. */
static void dump(const struct takt_results *results, const char *path) {
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fprintf(file, "{\"title\": \"%s\", \"points\": %d, \"replications\": %d, \"values\": [",
            results->title, POINTS, REPLICATIONS);
    const char *comma = "";
    for (int p = 0; p < POINTS; p++) {
        const struct point *point = &results->points[p];
        for (int32_t c = 0; c < point->layout->column_count; c++) {
            const struct column *column = &point->layout->columns[c];
            const struct kpi *kpi = &kpis[column->kpi];
            for (int h = 0; h < HORIZONS; h++)
                for (int r = 0; r < REPLICATIONS; r++, comma = ",\n") {
                    fprintf(file,
                            "%s{\"section\": \"%s\", \"kpi\": \"%s\", \"stat\": \"%s\", \"path\": "
                            "\"%s\", \"object\": \"%s\", \"point\": %d, \"horizon\": %.17g, "
                            "\"replication\": %d, \"formula\": \"%s\", \"value\": ",
                            comma, result_section_names[kpi->section], kpi->name,
                            kpi_stat_suffixes[column->stat], column->path,
                            point->layout->object_names[kpi->section][column->object], p,
                            horizon_hours[h], r + 1, kpi->formula);
                    print_number(file, point->blocks[r][layout_at(point->layout, h, c)]);
                    fputs("}", file);
                }
        }
    }
    fputs("]}\n", file);
    fclose(file);
}

Test(hdf5, python_reads_what_takt_wrote) {
    struct takt_results *results = results_make();
    cr_assert_eq(takt_results_write(results, in_folder("a.h5"), "takt run"), TAKT_OK);
    dump(results, in_folder("a.json"));
    char command[300];
    snprintf(command, sizeof command, "/usr/bin/python3 tests/analysis/check_hdf5.py %s %s",
             in_folder("a.h5"), in_folder("a.json"));
    int status = system(command);
    takt_results_delete(results);
    cr_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) cr_skip_test("python3-h5py is not installed");
    cr_expect_eq(WEXITSTATUS(status), 0);
}
