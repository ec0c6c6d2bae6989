/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt check`: the static load of each station, and a warning where it is too much, the commonest
 * mistake. */
#include "tables/friendly.h"
#include "tables/grid.h"
#include "json.h"
#include "scenario.h"
#include "size.h"
#include "takt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LOAD_WARNING = 0.95;

static struct crew_load *crew_loads(const struct plant *plant, const struct station_load *loads) {
    struct crew_load *crews = memory_zeroed((size_t)plant->crew_count + 1, sizeof *crews);
    load_crews(plant, loads, crews);
    return crews;
}

static void check_crews(struct takt_scenario *scenario, const struct prepared *base,
                        const struct station_load *loads) {
    struct crew_load *crews = crew_loads(base->plant, loads);
    for (int32_t c = 0; c < base->plant->crew_count; c++) {
        if (!(crews[c].load > LOAD_WARNING)) continue;
        const struct crew_spec *crew =
            &((const struct crew_spec *)base->arm.spec->world.crews.things)[c];
        fault_warning(&scenario->scenario->faults, crew->thing.place,
                      "add people or hours, or let others do some of it",
                      "crew '%s' would be busy %.4g %% of its paid time", crew->thing.name,
                      100 * crews[c].load);
    }
    free(crews);
}

void check_load(struct takt_scenario *scenario, const struct prepared *base) {
    const struct map *stations = &base->arm.spec->world.stations;
    struct station_load *loads = memory_zeroed((size_t)base->plant->station_count, sizeof *loads);
    load_stations(base->plant, loads);
    for (int32_t s = 0; s < base->plant->station_count; s++) {
        if (!(loads[s].load > LOAD_WARNING)) continue;
        const struct station_spec *station = &((const struct station_spec *)stations->things)[s];
        fault_warning(&scenario->scenario->faults, station->thing.place,
                      "add machines or hours, or use fewer orders",
                      "station '%s' would be busy %.4g %% of its time", station->thing.name,
                      100 * loads[s].load);
    }
    check_crews(scenario, base, loads);
    free(loads);
}

static void print_json(const struct prepared *base, const struct station_load *loads, FILE *file) {
    fputs("{\"stations\":[", file);
    for (int32_t s = 0; s < base->plant->station_count; s++) {
        fprintf(file, "%s{\"name\":", s ? "," : "");
        json_text(file, base->plant->stations[s].name);
        fputs(",\"lots_per_hour\":", file);
        json_number(file, loads[s].saturated ? NAN : loads[s].lots_per_hour);
        fputs(",\"work_hours\":", file);
        json_number(file, loads[s].work_hours);
        fputs(",\"load\":", file);
        json_number(file, loads[s].load);
        fputs("}", file);
    }
    fputs("],\"crews\":[", file);
    struct crew_load *crews = crew_loads(base->plant, loads);
    for (int32_t c = 0; c < base->plant->crew_count; c++) {
        fprintf(file, "%s{\"name\":", c ? "," : "");
        json_text(file, base->plant->crews[c].name);
        fputs(",\"asked\":", file);
        json_number(file, crews[c].hours);
        fputs(",\"paid\":", file);
        json_number(file, crews[c].paid);
        fputs(",\"load\":", file);
        json_number(file, crews[c].load);
        fputs("}", file);
    }
    free(crews);
    fputs("]}\n", file);
}

static void print_crews(const struct prepared *base, const struct station_load *loads, FILE *file) {
    const struct plant *plant = base->plant;
    struct crew_load *crews = crew_loads(plant, loads);
    if (plant->crew_count)
        fprintf(file, "\n%-20s %9s %12s %12s %8s %8s %9s\n", "crew", "people", "asked h/h",
                "paid h/h", "", "", "load");
    for (int32_t c = 0; c < plant->crew_count; c++) {
        const struct crew_load *load = &crews[c];
        fprintf(file, "%-20s %9d ", plant->crews[c].name, plant->settings.crews[c].people);
        if (isnan(load->load))
            fprintf(file, "%12s %12.5g %8s %8s %9s\n", "without end", load->paid, "", "", "full");
        else
            fprintf(file, "%12.5g %12.5g %8s %8s %8.1f%%%s\n", load->hours, load->paid, "", "",
                    100 * load->load, load->load > LOAD_WARNING ? " <" : "");
    }
    free(crews);
}

static void print_table(const struct prepared *base, const struct station_load *loads, FILE *file) {
    const struct plant *plant = base->plant;
    fprintf(file, "%-20s %9s %12s %12s %8s %8s %9s\n", "station", "machines", "lots /h", "h a lot",
            "open", "up", "load");
    for (int32_t s = 0; s < plant->station_count; s++) {
        const struct station_load *load = &loads[s];
        fprintf(file, "%-20s ", plant->stations[s].name);
        if (plant->stations[s].unlimited)
            fprintf(file, "%9s ", "unlimited");
        else
            fprintf(file, "%9d ", plant->stations[s].machine_count);
        if (load->saturated)
            fprintf(file, "%12s %12s %7.1f%% %7.1f%% %9s\n", "without end", "",
                    100 * load->share_open, 100 * load->share_up, "full");
        else
            fprintf(file, "%12.5g %12.5g %7.1f%% %7.1f%% %8.1f%%%s\n", load->lots_per_hour,
                    load->work_hours, 100 * load->share_open, 100 * load->share_up,
                    100 * load->load, load->load > LOAD_WARNING ? " <" : "");
    }
}

/* How large what -o keeps will be, of one arm and of all. */
struct file_size {
    double one, all, log_rows; /* log_rows: of one replication */
    int32_t replications, arms, logs;
};

static struct file_size file_size_of(const struct prepared *base,
                                     const struct station_load *loads) {
    const struct question_spec *question = &base->arm.spec->question;
    const struct layout *layout = &base->plant->layout;
    const struct arm_spec *arms = question->arms.things;
    struct file_size size = {.arms = 1 + question->arms.count, .logs = question->record.log.count};
    for (int32_t i = 0; i < question->arms.count; i++)
        size.arms -= strcmp(arms[i].thing.name, "base") == 0;
    size.replications = question->run.replications > 0 ? question->run.replications : 1;
    size.log_rows = size_log_rows(base->plant, loads);
    double rows = size.logs ? size.logs * size.log_rows : 0;
    double most = LOG_ROWS_MOST;
    size.one = size_file(layout, 1, size.replications, fmin(rows, most));
    size.all = size_file(layout, size.arms, size.replications, fmin(size.arms * rows, most));
    return size;
}

static void print_bytes(FILE *file, double bytes) {
    double megabytes = bytes / 1e6;
    fprintf(file, megabytes < 9.95 ? "%.1f MB" : "%.0f MB", megabytes);
}

/* One digit: it is only an estimate. */
static double rounded(double value) {
    double power = pow(10, floor(log10(value)));
    return value >= 1 ? power * round(value / power) : 0;
}

static void print_size(const struct file_size *size, FILE *file) {
    char rows[FRIENDLY_SIZE];
    if (!isfinite(size->one)) return;
    fprintf(file, "\nresults file of %d replication%s: about ", size->replications,
            size->replications == 1 ? "" : "s");
    print_bytes(file, size->one);
    if (size->arms > 1) {
        fprintf(file, ", of all %d arms ", size->arms);
        print_bytes(file, size->all);
    }
    if (size->logs && size->log_rows >= 1)
        fprintf(file, "; a log has about %s rows",
                friendly_fixed(rows, rounded(size->log_rows), 0));
    fputc('\n', file);
}

enum takt_status takt_scenario_check(struct takt_scenario *scenario, FILE *file, bool json) {
    const char *name = NULL;
    struct prepared *base;
    enum takt_status status = prepare_arms(scenario, &name, 1, &base);
    if (status == TAKT_OK) {
        struct station_load *loads =
            memory_zeroed((size_t)base->plant->station_count, sizeof *loads);
        load_stations(base->plant, loads);
        if (json)
            print_json(base, loads, file);
        else {
            struct file_size size = file_size_of(base, loads);
            if (base->plant->station_count) print_table(base, loads, file);
            print_crews(base, loads, file);
            print_size(&size, file);
        }
        free(loads);
    }
    prepared_delete(base, 1);
    return status;
}
