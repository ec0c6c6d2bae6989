/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stations are set up for: the items, families, steps or tools that come to a station are
 * numbered in the order of the routes, and a matrix of setup times is looked up once for each pair.
 */
#include "build.h"

#include <string.h>

static const char *const kinds_of_setup[] = {
    [SETUP_ITEM] = "item", [SETUP_FAMILY] = "family", [SETUP_STEP] = "step",
    [SETUP_TOOL] = "tool", [SETUP_LOT] = "item",      [SETUP_EVERY] = "item"};

/* What a machine must be set up for before it works this step; NULL: for anything. */
static const char *wanted_by(struct build *build, const struct setup_spec *setup, int32_t at) {
    const struct step *step = &build->plant->steps[at];
    const struct item_spec *item = &THINGS(build->world->items, item)[step->item];
    switch (setup->when.index) {
    case SETUP_FAMILY: return item->family ? item->family : item->thing.name;
    case SETUP_STEP: return arena_text(&build->plant->arena, "%s.%s", item->thing.name, step->name);
    case SETUP_TOOL: return step->spec->tool;
    default: return item->thing.name;
    }
}

static int32_t number_of(const struct station *station, const char *name) {
    for (int32_t i = 0; i < station->setup_count; i++)
        if (strcmp(station->setup_names[i], name) == 0) return i;
    return NOBODY;
}

static void number_steps(struct build *build, int32_t self, const struct setup_spec *setup) {
    struct plant *plant = build->plant;
    struct station *station = &plant->stations[self];
    int32_t steps = 0;
    for (int32_t i = 0; i < plant->step_count; i++) steps += plant->steps[i].station == self;
    station->setup_names = arena_take(&plant->arena, (size_t)steps * sizeof *station->setup_names);
    for (int32_t i = 0; i < plant->step_count; i++) {
        if (plant->steps[i].station != self) continue;
        const char *name = wanted_by(build, setup, i);
        if (!name) continue;
        int32_t number = number_of(station, name);
        if (number == NOBODY) station->setup_names[number = station->setup_count++] = name;
        plant->steps[i].setup = number;
    }
}

/* ---- matrices ---- */
/* A cell names a step of a route by its own name, too. */
static bool names(const struct setup_spec *setup, const char *cell, const char *name) {
    const char *dot = setup->when.index == SETUP_STEP ? strchr(name, '.') : NULL;
    return strcmp(cell, name) == 0 || (dot && strcmp(cell, dot + 1) == 0);
}

/* How well a cell fits a change: 0 not at all. NULL stands for a machine without a setup. */
static int32_t fit(const struct setup_spec *setup, const struct setup_change_spec *cell,
                   const char *from, const char *to) {
    bool any_from = strcmp(cell->from, "any") == 0, any_to = strcmp(cell->to, "any") == 0;
    if (!any_from && !(from && names(setup, cell->from, from))) return 0;
    if (!any_to && !names(setup, cell->to, to)) return 0;
    return 1 + 2 * !any_to + !any_from;
}

static int32_t best_cell(const struct setup_spec *setup, const char *from, const char *to) {
    const struct setup_change_spec *cells = setup->changes.things;
    int32_t best = NOBODY, best_fit = 0;
    for (int32_t i = 0; i < setup->changes.count; i++) {
        int32_t fits = fit(setup, &cells[i], from, to);
        if (fits > best_fit) {
            best = i;
            best_fit = fits;
        }
    }
    return best;
}

static bool is_known(const struct station *station, const struct setup_spec *setup,
                     const char *cell) {
    if (strcmp(cell, "any") == 0) return true;
    for (int32_t i = 0; i < station->setup_count; i++)
        if (names(setup, cell, station->setup_names[i])) return true;
    return false;
}

static void check_cells(struct build *build, const struct station *station,
                        const struct setup_spec *setup) {
    const struct setup_change_spec *cells = setup->changes.things;
    for (int32_t i = 0; i < setup->changes.count; i++) {
        const char *ends[] = {cells[i].from, cells[i].to};
        for (int32_t end = 0; end < 2; end++)
            if (!is_known(station, setup, ends[end]))
                fault_error(build->faults, cells[i].place, NULL, "no %s '%s' comes to station '%s'",
                            kinds_of_setup[setup->when.index], ends[end], station->name);
        for (int32_t other = 0; other < i; other++)
            if (strcmp(cells[other].from, cells[i].from) == 0 &&
                strcmp(cells[other].to, cells[i].to) == 0)
                fault_error(build->faults, cells[i].place, NULL,
                            "the change from '%s' to '%s' is given twice", cells[i].from,
                            cells[i].to);
    }
}

static void build_matrix(struct build *build, const struct station_spec *spec,
                         struct station *station, const struct setup_spec *setup, int32_t first) {
    struct plant *plant = build->plant;
    int32_t count = station->setup_count;
    bool each_lot = setup->when.index == SETUP_LOT || setup->when.index == SETUP_EVERY;
    int32_t *cells = arena_take(&plant->arena, (size_t)(count + 1) * (size_t)count * sizeof *cells);
    station->setup_cells = cells;
    for (int32_t from = -1; from < count; from++)
        for (int32_t to = 0; to < count; to++) {
            const char *before = from < 0 ? NULL : station->setup_names[from];
            int32_t cell = best_cell(setup, before, station->setup_names[to]);
            cells[(from + 1) * count + to] = cell == NOBODY ? NOBODY : first + cell;
            if (cell == NOBODY && before && (from != to || each_lot))
                fault_error(build->faults, spec->thing.place,
                            "a row with from any, to any holds for all others",
                            "the setup of station '%s' has no time from '%s' to '%s'",
                            station->name, before, station->setup_names[to]);
        }
    check_cells(build, station, setup);
}

/* ---- all ---- */
static void check_cycle(struct build *build, const struct station_spec *spec,
                        const struct station *station, const struct setup_spec *setup) {
    if (!station->setup_cycles) return;
    if (spec->needs.setup.count || setup->needs.count)
        fault_error(build->faults, spec->thing.place, "idle: stay",
                    "station '%s' turns to the next by itself, so nobody can be needed for it",
                    station->name);
    if (station->unlimited)
        fault_error(build->faults, spec->thing.place, NULL,
                    "a station with unlimited machines cannot cycle: there is always another one");
    if (station->setup_each_lot || setup->when.index == SETUP_EVERY)
        fault_error(build->faults, spec->thing.place, "when: item changes",
                    "the setup of station '%s' changes with no item, so there is none next in turn",
                    station->name);
    if (setup->changes.count == 0 && law_constant(&setup->time) && setup->time.a <= 0)
        fault_error(build->faults, spec->thing.place, "idle: stay",
                    "station '%s' would turn for ever without any time passing", station->name);
}

static void build_setup(struct build *build, int32_t self, int32_t *first) {
    struct plant *plant = build->plant;
    struct station *station = &plant->stations[self];
    const struct station_spec *spec = &THINGS(build->world->stations, station)[self];
    const struct setup_spec *setup = spec->setup.block;
    struct station_settings *settings = &plant->settings.stations[self];
    bool matrix = setup->changes.count > 0;
    settings->setup = matrix ? law_of_constant(0) : setup->time;
    settings->min_run = setup->min_run;
    station->setup_when = setup->when.index;
    station->setup_every = setup->when.number;
    station->setup_cycles = setup->idle.index == SETUP_CYCLES;
    station->turn_stream = build_stream(build, "stations.%s/turn", spec->thing.name);
    station->dynamic |= setup->min_run > 0;
    plant->chance |= build_chance(&settings->setup);
    number_steps(build, self, setup);
    for (int32_t i = 0; i < setup->changes.count; i++) {
        const struct law *time = &((const struct setup_change_spec *)setup->changes.things)[i].time;
        plant->settings.setups[*first + i].time = *time;
        plant->chance |= build_chance(time);
    }
    if (matrix) build_matrix(build, spec, station, setup, *first);
    *first += setup->changes.count;
    check_cycle(build, spec, station, setup);
    station->setup_plain = !matrix && !setup->min_run && !station->setup_cycles &&
                           (station->setup_each_lot || setup->when.index == SETUP_ITEM);
    for (int32_t i = 0; i < plant->step_count; i++)
        if (plant->steps[i].station == self && plant->settings.steps[i].setup.kind != ABSENT_LAW)
            station->setup_plain = false;
}

static void build_tool(struct build *build, int32_t self) {
    struct station *station = &build->plant->stations[self];
    const struct station_spec *spec = &THINGS(build->world->stations, station)[self];
    if (!spec->tool) return;
    if (station->has_setup) station->setup_at_start = number_of(station, spec->tool);
    if (station->setup_at_start == NOBODY)
        fault_error(build->faults, spec->thing.place, NULL,
                    station->has_setup ? "no step at station '%s' wants the setup '%s'"
                                       : "station '%s' has no setup, and is to begin with '%s'",
                    station->name, spec->tool);
}

void build_setups(struct build *build) {
    int32_t first = 0;
    for (int32_t i = 0; i < build->plant->station_count; i++) {
        if (build->plant->stations[i].has_setup) build_setup(build, i, &first);
        build_tool(build, i);
    }
}
