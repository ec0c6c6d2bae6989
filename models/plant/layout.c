/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of a plant's results: which objects and columns there are, and what series and
 * sequences look at. */
#include "../measure/kpis.h"
#include "build.h"

#include <string.h>

static void name_objects(struct build *build, enum result_section section, int32_t count) {
    struct layout *layout = &build->plant->layout;
    layout->object_counts[section] = count;
    layout->object_names[section] = arena_take(&layout->arena, (size_t)count * sizeof(char *));
}

#define NAME_ALL(BUILD, SECTION, COUNT, NAME)                                                      \
    do {                                                                                           \
        name_objects(BUILD, SECTION, COUNT);                                                       \
        for (int32_t i = 0; i < (COUNT); i++) {                                                    \
            const char *name = (NAME);                                                             \
            layout->object_names[SECTION][i] = arena_copy(&layout->arena, name, strlen(name));     \
        }                                                                                          \
    } while (0)

static const char *stop_name(struct arena *arena, const struct plant *plant,
                             const struct stop *stop) {
    const char *station = plant->stations[stop->station].name;
    if (stop->machine == NOBODY) return arena_text(arena, "%s.%s", station, stop->name);
    return arena_text(arena, "%s.machines.%s.%s", station, plant->machines[stop->machine].name,
                      stop->name);
}

static void name_stops(struct build *build, enum result_section section, int32_t count,
                       bool planned) {
    const struct plant *plant = build->plant;
    struct layout *layout = &build->plant->layout;
    name_objects(build, section, count);
    for (int32_t i = 0; i < plant->stop_count; i++) {
        const struct stop *stop = &plant->stops[i];
        if (stop->planned == planned)
            layout->object_names[section][stop->object] = stop_name(&layout->arena, plant, stop);
    }
}

static void name_machines(struct build *build) {
    const struct plant *plant = build->plant;
    struct layout *layout = &build->plant->layout;
    name_objects(build, RESULT_OWN, plant->own_count);
    for (int32_t i = 0; plant->machines && i < plant->machine_count; i++) {
        const struct machine_plan *machine = &plant->machines[i];
        if (machine->own == NOBODY) continue;
        layout->object_names[RESULT_OWN][machine->own] = arena_text(
            &layout->arena, "%s.%s", plant->stations[machine->station].name, machine->name);
    }
}

static void build_objects(struct build *build) {
    const struct plant *plant = build->plant;
    struct layout *layout = &build->plant->layout;
    NAME_ALL(build, RESULT_SYSTEM, 1, "");
    NAME_ALL(build, RESULT_ITEMS, plant->item_count, plant->items[i].name);
    NAME_ALL(build, RESULT_RELEASES, plant->release_count, plant->sources[i].name);
    NAME_ALL(build, RESULT_STATIONS, plant->station_count, plant->stations[i].name);
    name_stops(build, RESULT_FAILURES, plant->mode_count, false);
    name_stops(build, RESULT_MAINTENANCE, plant->plan_count, true);
    name_machines(build);
    NAME_ALL(build, RESULT_CARDS, plant->loop_count, plant->loops[i].name);
    NAME_ALL(build, RESULT_CREWS, plant->crew_count, plant->crews[i].name);
    NAME_ALL(build, RESULT_STOCKS, plant->stock_count, plant->stocks[i].name);
    NAME_ALL(build, RESULT_SUPPLIERS, plant->supplier_count, plant->suppliers[i].name);
    NAME_ALL(build, RESULT_LANES, plant->lane_account_count, plant->lane_accounts[i]);
    NAME_ALL(build, RESULT_VEHICLES, plant->fleet_count, plant->fleets[i].name);
    NAME_ALL(build, RESULT_CUSTOMERS, plant->customer_count,
             plant->sources[plant->release_count + i].name);
    NAME_ALL(build, RESULT_PLANS, plant->plans.count,
             THINGS(build->world->plans, plan)[i].thing.name);
    NAME_ALL(build, RESULT_MONEY, 1, "");
    NAME_ALL(build, RESULT_PROGRAMMES, plant->programme_count,
             THINGS(build->world->programmes, programme)[i].thing.name);
}

/* Active periods, and the work in queues, are measured when somebody asks. */
static bool is_measured(const struct plant *plant, int32_t kpi) {
    switch (kpi) {
    case KPI_STATIONS_QUEUE_WORK: return plant->backlogs;
    case KPI_STATIONS_ACTIVE_SOLE:
    case KPI_STATIONS_ACTIVE_SHIFTING:
    case KPI_OWN_ACTIVE_SOLE:
    case KPI_OWN_ACTIVE_SHIFTING: return plant->activity;
    default: return true;
    }
}

static void build_columns(struct build *build) {
    struct layout *layout = &build->plant->layout;
    int32_t most = 0;
    for (int32_t k = 0; k < kpi_count; k++)
        most += layout->object_counts[kpis[k].section] * KPI_STAT_COUNT;
    struct column *columns = arena_take(&layout->arena, (size_t)most * sizeof *columns);
    for (int32_t section = 0; section < RESULT_SECTION_COUNT; section++)
        for (int32_t object = 0; object < layout->object_counts[section]; object++)
            for (int32_t k = 0; k < kpi_count; k++) {
                if ((int32_t)kpis[k].section != section || !is_measured(build->plant, k)) continue;
                for (int32_t stat = 0; stat < KPI_STAT_COUNT; stat++) {
                    if (!kpi_has(kpis[k].shape, stat)) continue;
                    const char *name = layout->object_names[section][object];
                    columns[layout->column_count++] = (struct column){
                        k, object, (enum kpi_stat)stat,
                        layout_path(&layout->arena, &kpis[k], name, (enum kpi_stat)stat)};
                }
            }
    layout->columns = columns;
}

/* ---- series and sequences ---- */
struct watch_row {
    const char *head, *tail;
    enum watch what;
    enum result_unit unit;
};
static const struct watch_row watch_rows[] = {
    {"system", "wip", WATCH_WIP, RESULT_UNIT_LOTS},
    {"items", "wip", WATCH_ITEM_WIP, RESULT_UNIT_LOTS},
    {"stations", "queue.length", WATCH_QUEUE, RESULT_UNIT_LOTS},
    {"stations", "queue.work", WATCH_QUEUE_WORK, RESULT_UNIT_HOURS},
    {"stocks", "on-hand", WATCH_ON_HAND, RESULT_UNIT_ITEM_UNITS},
    {"stocks", "owed", WATCH_OWED, RESULT_UNIT_ITEM_UNITS},
    {"stocks", "on-order", WATCH_ON_ORDER, RESULT_UNIT_ITEM_UNITS},
    {"stocks", "net", WATCH_NET, RESULT_UNIT_ITEM_UNITS},
    {"customers", "owed", WATCH_CUSTOMER_OWED, RESULT_UNIT_ITEM_UNITS},
    {"customers", "demand", WATCH_DEMAND, RESULT_UNIT_ITEM_UNITS},
    {"customers", "satisfaction", WATCH_SATISFACTION, RESULT_UNIT_DIMENSIONLESS},
    {"stocks", "ordered-now", WATCH_ORDERED_NOW, RESULT_UNIT_ITEM_UNITS},
    {"money", "cash", WATCH_CASH, RESULT_UNIT_MONEY},
    {"money", "balance", WATCH_BALANCE, RESULT_UNIT_MONEY},
    {"money", "inventory", WATCH_INVENTORY, RESULT_UNIT_MONEY},
    {"money", "working-capital", WATCH_WORKING_CAPITAL, RESULT_UNIT_MONEY},
    {"money", "receivable", WATCH_RECEIVABLE, RESULT_UNIT_MONEY},
    {"money", "payable", WATCH_PAYABLE, RESULT_UNIT_MONEY},
};
enum { WATCH_ROWS = sizeof watch_rows / sizeof *watch_rows };

static enum result_section section_named(const char *head) {
    for (int32_t i = 0; i < RESULT_SECTION_COUNT; i++)
        if (strcmp(result_section_names[i], head) == 0) return (enum result_section)i;
    return RESULT_SECTION_COUNT;
}

/* Does PATTERN (which may hold `*` for the name) mean this row's quantity of this object? */
static bool pattern_matches(const char *pattern, const struct watch_row *row, const char *name) {
    size_t head = strlen(row->head);
    if (strncmp(pattern, row->head, head) != 0 || pattern[head] != '.') return false;
    const char *rest = pattern + head + 1;
    if (name[0]) {
        size_t count = strlen(name);
        if (rest[0] == '*' && rest[1] == '.')
            rest += 2;
        else if (strncmp(rest, name, count) == 0 && rest[count] == '.')
            rest += count + 1;
        else
            return false;
    }
    return strcmp(rest, row->tail) == 0;
}

/* Calls for each object that PATTERN names; returns how many. With LIST, writes them there. */
static int32_t watch_all(struct build *build, const char *pattern, struct watched *list,
                         struct series_column *columns) {
    struct layout *layout = &build->plant->layout;
    int32_t count = 0;
    for (int32_t r = 0; r < WATCH_ROWS; r++) {
        enum result_section section = section_named(watch_rows[r].head);
        for (int32_t i = 0; i < layout->object_counts[section]; i++) {
            const char *name = layout->object_names[section][i];
            if (!pattern_matches(pattern, &watch_rows[r], name)) continue;
            if (list) {
                list[count] = (struct watched){watch_rows[r].what, i};
                columns[count] = (struct series_column){
                    name[0] ? arena_text(&layout->arena, "%s.%s.%s", watch_rows[r].head, name,
                                         watch_rows[r].tail)
                            : arena_text(&layout->arena, "%s.%s", watch_rows[r].head,
                                         watch_rows[r].tail),
                    watch_rows[r].unit};
            }
            count++;
        }
    }
    return count;
}

bool build_level_at(struct build *build, const char *path, struct watched *out) {
    struct series_column column;
    if (strchr(path, '*') || watch_all(build, path, NULL, NULL) != 1) return false;
    watch_all(build, path, out, &column);
    return out->what < WATCH_CASH; /* money is posted before it is looked at */
}

/* WATCH_WIP, the first, stands for nothing that was found. */
static bool seen_by_period(enum watch what) {
    return what == WATCH_ON_HAND || what == WATCH_OWED || what == WATCH_NET ||
           what == WATCH_ORDERED_NOW || what == WATCH_CASH;
}

/* Ends of months in the measured time: none where nothing is posted by month, or where the length
 * is not known. */
static int32_t count_months(const struct plant *plant) {
    int32_t count = 0;
    if (!plant->keeps_months || plant->length == TICK_NEVER) return 0;
    tick at = cadence_next(plant, (struct span){SPAN_WORD(EVERY_MONTH)}, plant->warm_up);
    for (; at <= plant->warm_up + plant->length; count++)
        at = cadence_next(plant, (struct span){SPAN_WORD(EVERY_MONTH)}, at);
    return count;
}

/* Cash at the ends of months is a sequence that needs nobody to ask for it. */
static void build_cash(struct build *build, struct sequence_column *sequences) {
    struct plant *plant = build->plant;
    struct layout *layout = &plant->layout;
    int32_t at = 0;
    while (at < layout->sequence_count && strcmp(sequences[at].path, LAYOUT_CASH) != 0) at++;
    if (at < layout->sequence_count && !plant->month_count)
        fault_error(build->faults, build->question->sequences_place,
                    "give money a rate, cash, flows or taxes, and the run a length",
                    "'%s' is not kept by month here", LAYOUT_CASH);
    if (!plant->month_count) return;
    if (at == layout->sequence_count) {
        sequences[layout->sequence_count++] = (struct sequence_column){.path = LAYOUT_CASH};
        plant->watched[layout->series_count + at] = (struct watched){.what = WATCH_CASH};
    }
    if (sequences[at].capacity < plant->month_count) sequences[at].capacity = plant->month_count;
}

static void build_watched(struct build *build) {
    struct plant *plant = build->plant;
    struct layout *layout = &plant->layout;
    const struct question *question = build->question;
    int32_t count = 0;
    for (int32_t i = 0; i < question->series_count; i++) {
        int32_t found = watch_all(build, question->series[i], NULL, NULL);
        if (!found)
            fault_error(
                build->faults, question->series_place,
                "such as system.wip, stations.*.queue.length, stocks.*.on-hand, money.balance",
                "'%s' is no quantity that can be recorded as a series", question->series[i]);
        count += found;
    }
    BUILD_TAKE(build, watched, count + question->sequence_count + 1);
    struct series_column *series = arena_take(&layout->arena, (size_t)count * sizeof *series);
    for (int32_t i = 0; i < question->series_count; i++)
        layout->series_count +=
            watch_all(build, question->series[i], plant->watched + layout->series_count,
                      series + layout->series_count);
    layout->series = series;
    struct sequence_column *sequences =
        arena_take(&layout->arena, ((size_t)question->sequence_count + 1) * sizeof *sequences);
    for (int32_t i = 0; i < question->sequence_count; i++) {
        struct series_column column;
        const char *path = question->sequences[i].path;
        sequences[i] = (struct sequence_column){arena_copy(&layout->arena, path, strlen(path)),
                                                question->sequences[i].capacity};
        struct watched *watched = &plant->watched[layout->series_count + i];
        if (watch_all(build, path, NULL, NULL) == 1) watch_all(build, path, watched, &column);
        if (!seen_by_period(watched->what))
            fault_error(build->faults, question->sequences_place,
                        "stocks.NAME.net, .on-hand, .owed and .ordered-now are seen per review, "
                        "money.cash at the end of each month",
                        "'%s' is not seen per period", path);
    }
    layout->sequences = sequences;
    layout->sequence_count = question->sequence_count;
    plant->month_count = count_months(plant);
    build_cash(build, sequences);
}

static void build_grid(struct build *build) {
    const struct plant *plant = build->plant;
    struct layout *layout = &build->plant->layout;
    const struct question *question = build->question;
    tick *horizons = arena_take(&layout->arena, (size_t)question->horizon_count * sizeof *horizons);
    for (int32_t i = 0; i < question->horizon_count; i++) horizons[i] = question->horizons[i];
    layout->horizons = horizons;
    layout->horizon_count = question->horizon_count;
    if (!layout->series_count || plant->length == TICK_NEVER) return;
    layout->grid_step = question->series_every;
    layout->grid_count = (int32_t)(plant->length / layout->grid_step);
}

void build_layout(struct build *build) {
    build_objects(build);
    build_columns(build);
    build_watched(build);
    build_grid(build);
    layout_finish(&build->plant->layout);
}
