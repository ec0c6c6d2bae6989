/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods side by side, for a person and as JSON. */
#include "../json.h"
#include "../summary.h"
#include "../tables/friendly.h"
#include "../tables/grid.h"
#include "bottleneck.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { WIDTH_USUAL = 100, BAR_PLACES = 10, BAR_SIZE = 3 * BAR_PLACES + 1 };

enum { NAME, BAR, LOAD, BUSY, BLOCKED, STARVED, SOLE, SHIFTING, SEVERITY, WORTH, COLUMNS };

/* Of so much of the largest, in eighths of a place. */
static const char *bar_of(char text[BAR_SIZE], double share) {
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int eighths = share > 0 ? (int)lround(8 * BAR_PLACES * fmin(share, 1)) : 0;
    if (eighths == 0 && share > 0) eighths = 1;
    text[0] = '\0';
    for (int i = 0; i < eighths / 8; i++) strcat(text, "█");
    return strcat(text, parts[eighths % 8]);
}

/* What the method names has a star. */
static const char *star(const struct bottleneck *b, const struct bottleneck_station *station,
                        enum bottleneck_method method) {
    return b->silent[method] ? "" : station->named[method] ? " ★" : "  ";
}

static void set_share(struct grid *grid, int32_t row, int32_t column, double share,
                      const char *mark) {
    if (isnan(share))
        grid_set(grid, row, column, "–%s", mark);
    else
        grid_set(grid, row, column, "%.1f%s", 100 * share, mark);
}

static void set_station(struct grid *grid, int32_t row, const struct bottleneck *b,
                        const struct bottleneck_station *station, double most) {
    char text[FRIENDLY_SIZE], bar[BAR_SIZE];
    grid_set(grid, row, NAME, "%s", station->name);
    if (!station->works) return;
    grid_set(grid, row, BAR, "%s", bar_of(bar, station->load / most));
    set_share(grid, row, LOAD, station->load, star(b, station, METHOD_LOAD));
    set_share(grid, row, BUSY, station->utilization.mean, star(b, station, METHOD_UTILIZATION));
    set_share(grid, row, BLOCKED, station->blocked.mean, "");
    set_share(grid, row, STARVED, station->starved.mean, "");
    set_share(grid, row, SOLE, station->sole.mean, "");
    set_share(grid, row, SHIFTING, station->shifting.mean, star(b, station, METHOD_ACTIVE));
    if (!b->silent[METHOD_ARROWS])
        set_share(grid, row, SEVERITY, station->severity, star(b, station, METHOD_ARROWS));
    grid_set(grid, row, WORTH, "%s%s", friendly_interval(text, station->sensitivity, 1, true),
             star(b, station, METHOD_SENSITIVITY));
}

static void print_stations(const struct bottleneck *b, FILE *file, int32_t width, bool colour) {
    static const char *const heads[COLUMNS] = {
        "", "", "load", "busy", "blocked", "starved", "alone", "shifting", "arrows", "+1 % speed"};
    static const char *const units[COLUMNS] = {"station", "",  "%", "%", "%",
                                               "%",       "%", "%", "%", "%"};
    struct grid grid;
    double most = 1;
    grid_init(&grid, b->station_count + 2, COLUMNS, 2);
    for (int32_t i = 0; i < COLUMNS; i++) {
        grid_set(&grid, 0, i, "%s", heads[i]);
        grid_set(&grid, 1, i, "%s", units[i]);
    }
    for (int32_t s = 0; s < b->station_count; s++)
        if (b->stations[s].load > most) most = b->stations[s].load;
    for (int32_t s = 0; s < b->station_count; s++)
        set_station(&grid, s + 2, b, &b->stations[s], most);
    grid_print(&grid, file, width, colour);
    grid_clear(&grid);
}

/* ---- who names whom ---- */

static const char *names_of(const struct bottleneck *b, struct arena *arena,
                            enum bottleneck_method method) {
    const char *text = "";
    for (int32_t s = 0; s < b->station_count; s++)
        if (b->stations[s].named[method])
            text = arena_text(arena, "%s%s%s", text, *text ? ", " : "", b->stations[s].name);
    return text;
}

static int32_t count_named(const struct bottleneck *b, enum bottleneck_method method) {
    int32_t count = 0;
    for (int32_t s = 0; s < b->station_count; s++) count += b->stations[s].named[method];
    return count;
}

static void print_methods(const struct bottleneck *b, struct arena *arena, FILE *file) {
    static const char *const meanings[METHOD_COUNT] = {
#define X(name, word, meaning) [METHOD_##name] = meaning,
        BOTTLENECK_METHODS(X)
#undef X
    };
    fputs("\nThe bottleneck is\n", file);
    for (int32_t m = 0; m < METHOD_COUNT; m++) {
        enum bottleneck_method method = (enum bottleneck_method)m;
        fprintf(file, "  by %-14s ", bottleneck_method_words[m]);
        if (b->silent[m])
            fprintf(file, "–  (%s)\n", b->silent[m]);
        else if (count_named(b, method) == 0)
            fputs("–  (none)\n", file);
        else {
            grid_text(file, names_of(b, arena, method));
            bool apart = count_named(b, method) > 1 && b->results->chance &&
                         (m == METHOD_UTILIZATION || m == METHOD_ACTIVE || m == METHOD_SENSITIVITY);
            fprintf(file, "  (%s%s)\n", meanings[m],
                    apart ? "; not told apart by so many replications" : "");
        }
    }
}

static void print_agreed(const struct bottleneck *b, FILE *file) {
    const char *comma = "";
    fputs("\nAll that say something name ", file);
    for (int32_t s = 0; s < b->station_count; s++) {
        if (!b->stations[s].agreed) continue;
        fputs(comma, file);
        grid_text(file, b->stations[s].name);
        comma = ", ";
    }
    fputs(".\n", file);
}

/* Does the method name a station that sensitivity names too? */
static bool shares_name(const struct bottleneck *b, int32_t method) {
    for (int32_t s = 0; s < b->station_count; s++)
        if (b->stations[s].named[method] && b->stations[s].named[METHOD_SENSITIVITY]) return true;
    return false;
}

static void print_verdict(const struct bottleneck *b, struct arena *arena, FILE *file) {
    if (b->stopped) fprintf(file, "\nA run stopped %s\n", b->stopped);
    if (b->silent[METHOD_SENSITIVITY]) {
        fprintf(file, "\nMore speed of one station changes %s by nothing that can be seen.\n",
                b->quantity);
        return;
    }
    if (b->agree) {
        print_agreed(b, file);
        return;
    }
    const char *comma = "";
    fputs("\nThey disagree:", file);
    for (int32_t m = 0; m < METHOD_SENSITIVITY; m++) {
        const char *names = names_of(b, arena, (enum bottleneck_method)m);
        if (b->silent[m] || shares_name(b, m) || !*names) continue;
        fprintf(file, "%s %s names ", comma, bottleneck_method_words[m]);
        grid_text(file, names);
        comma = ",";
    }
    fprintf(file, "%s; what is measured is ", *comma ? "" : " no station is named by all");
    grid_text(file, names_of(b, arena, METHOD_SENSITIVITY));
    fputs(".\n", file);
}

static void print_page(const struct bottleneck *b, const char *title, const char *arm, FILE *file,
                       int32_t width, bool colour) {
    const struct takt_results *results = b->results;
    int32_t n = results->points[0].replication_count;
    struct arena arena;
    arena_init(&arena);
    grid_text(file, title);
    fputs("\nBottlenecks", file);
    if (strcmp(arm, "base") != 0) fprintf(file, " of arm %s", arm);
    fprintf(file, ": %" PRId32 " replication%s, seed %" PRIu64, n, n == 1 ? "" : "s",
            results->seed);
    if (results->chance && n > 1)
        fprintf(file, "; ± is a %.4g %% interval", 100 * results->confidence);
    fprintf(
        file,
        "\nLoads are %s. The last column is the change of\n%s, in per cent, when the station "
        "alone works 1 %% faster\n(measured at %.3g %% faster and slower, on the same luck).\n\n",
        b->saturated ? "shares of the largest, for work comes without end"
                     : "those of `takt check`",
        b->quantity, 100 * b->step);
    if (b->station_count) {
        print_stations(b, file, width, colour);
        print_methods(b, &arena, file);
        print_verdict(b, &arena, file);
    } else
        fputs("There are no stations.\n", file);
    arena_clear(&arena);
}

/* ---- as JSON ---- */

static void write_interval(FILE *file, const char *key, struct interval interval) {
    fprintf(file, ",\"%s\":{\"mean\":", key);
    json_number(file, interval.mean);
    fputs(",\"half_width\":", file);
    json_number(file, interval.half_width);
    fputc('}', file);
}

static void write_station(FILE *file, const struct bottleneck_station *station) {
    fputs("{\"name\":", file);
    json_text(file, station->name);
    fputs(",\"load\":", file);
    json_number(file, station->load);
    write_interval(file, "utilization", station->utilization);
    write_interval(file, "blocked", station->blocked);
    write_interval(file, "starved", station->starved);
    write_interval(file, "active_sole", station->sole);
    write_interval(file, "active_shifting", station->shifting);
    fputs(",\"arrow_severity\":", file);
    json_number(file, station->severity);
    write_interval(file, "sensitivity", station->sensitivity);
    fputc('}', file);
}

static void write_method(const struct bottleneck *b, FILE *file, enum bottleneck_method method) {
    const char *comma = "";
    fputs("{\"method\":", file);
    json_text(file, bottleneck_method_words[method]);
    fputs(",\"names\":[", file);
    for (int32_t s = 0; s < b->station_count; s++) {
        if (b->silent[method] || !b->stations[s].named[method]) continue;
        fputs(comma, file);
        json_text(file, b->stations[s].name);
        comma = ",";
    }
    fputs("],\"silent\":", file);
    json_text(file, b->silent[method]);
    fputc('}', file);
}

static void write_json(const struct bottleneck *b, const char *scenario, const char *arm,
                       FILE *file) {
    fputs("{\"scenario\":", file);
    json_text(file, scenario);
    fputs(",\"arm\":", file);
    json_text(file, arm);
    fprintf(file,
            ",\"seed\":%" PRIu64 ",\"replications\":%" PRId32 ",\"quantity\":", b->results->seed,
            b->results->points[0].replication_count);
    json_text(file, b->quantity);
    fputs(",\"step\":", file);
    json_number(file, b->step);
    fprintf(file, ",\"loads_are_relative\":%s,\"stations\":[\n", b->saturated ? "true" : "false");
    for (int32_t s = 0; s < b->station_count; s++) {
        if (s) fputs(",\n", file);
        write_station(file, &b->stations[s]);
    }
    fputs("],\n\"methods\":[", file);
    for (int32_t m = 0; m < METHOD_COUNT; m++) {
        if (m) fputs(",\n", file);
        write_method(b, file, (enum bottleneck_method)m);
    }
    fprintf(file, "],\"agree\":%s}\n", b->agree ? "true" : "false");
}

/* ---- the public door ---- */

enum takt_status takt_bottleneck_table(struct takt_scenario *scenario,
                                       const struct takt_results *results,
                                       const struct takt_run_options *given, FILE *file,
                                       const struct takt_table_options *table) {
    static const struct takt_run_options none = {0};
    const struct takt_run_options *options = given ? given : &none;
    struct prepared *base;
    enum takt_status status = prepare_arms(scenario, &options->arm, 1, &base);
    if (status == TAKT_OK) {
        struct bottleneck b;
        bottleneck_make(&b, base->plant, results, options->sensitivity_of, options->step);
        const char *path = scenario->scenario->path, *title = base->arm.spec->question.title;
        int32_t width = table && table->width > 0 ? table->width : WIDTH_USUAL;
        if (table && table->json)
            write_json(&b, path, base->arm.name, file);
        else
            print_page(&b, title ? title : path, base->arm.name, file, width,
                       table && table->colour);
        bottleneck_clear(&b);
    }
    prepared_delete(base, 1);
    return status;
}
