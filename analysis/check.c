/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt check`: the static load of each station, and a warning where it is too much, the commonest
 * mistake. */
#include "grid.h"
#include "json.h"
#include "scenario.h"
#include "takt.h"

#include <math.h>
#include <stdlib.h>

static const double LOAD_WARNING = 0.95;

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
    fputs("]}\n", file);
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
        else if (base->plant->station_count)
            print_table(base, loads, file);
        free(loads);
    }
    prepared_delete(base, 1);
    return status;
}
