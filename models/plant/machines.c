/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines with names: how fast each is, what it may work, and when it is open. */
#include "build.h"

static void build_items_of(struct build *build, const struct machine_spec *spec,
                           struct machine_plan *machine) {
    if (spec->items.count == 0) return;
    bool *works =
        arena_take(&build->plant->arena, (size_t)build->plant->item_count * sizeof *works);
    for (int32_t i = 0; i < build->plant->item_count; i++) works[i] = false;
    for (int32_t i = 0; i < spec->items.count; i++) {
        int32_t item = THINGS(spec->items, machine_item)[i].self.index;
        if (item >= 0) works[item] = true;
    }
    machine->works = works;
}

static void build_machine(struct build *build, int32_t station_id, int32_t place, int32_t own) {
    struct plant *plant = build->plant;
    struct station *station = &plant->stations[station_id];
    const struct machine_spec *spec =
        &THINGS(THINGS(build->world->stations, station)[station_id].named, machine)[place];
    struct machine_plan *machine = &plant->machines[station->machine_first + place];
    bool open = spec->calendar.index < 0;
    *machine = (struct machine_plan){.name = spec->thing.name,
                                     .station = station_id,
                                     .calendar = open ? station->calendar : spec->calendar.index,
                                     .own = own};
    plant->settings.machines[station->machine_first + place].speed = spec->speed;
    build_items_of(build, spec, machine);
    station->calendars |= machine->calendar != NOBODY;
}

void build_machines(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->machine_count; i++) plant->settings.machines[i].speed = 1;
    if (plant->own_count == 0) return;
    BUILD_TAKE(build, machines, plant->machine_count);
    int32_t own = 0;
    for (int32_t s = 0; s < plant->station_count; s++) {
        const struct station *station = &plant->stations[s];
        for (int32_t m = 0; m < station->machine_count; m++)
            if (station->named)
                build_machine(build, s, m, own++);
            else
                plant->machines[station->machine_first + m] = (struct machine_plan){
                    .station = s, .calendar = station->calendar, .own = NOBODY};
    }
}

/* ---- what comes to them ---- */
static bool somebody_works(const struct plant *plant, const struct station *station, int32_t item) {
    for (int32_t m = 0; m < station->machine_count; m++) {
        const bool *works = plant->machines[station->machine_first + m].works;
        if (!works || works[item]) return true;
    }
    return false;
}

static void check_choosy(struct build *build, const struct station_spec *spec,
                         const struct station *station) {
    const struct setup_spec *setup = spec->setup.block;
    if (spec->queue.room == 0)
        fault_error(build->faults, spec->thing.place, "give it room: 1",
                    "a lot has to wait before station '%s' until it is known which machine works "
                    "it, and there is no room for it",
                    spec->thing.name);
    if (setup && setup->idle.index == SETUP_CYCLES)
        fault_error(build->faults, spec->thing.place, "idle: stay",
                    "machines of station '%s' do not work all items, so none is next in turn",
                    station->name);
}

void build_machine_items(struct build *build) {
    struct plant *plant = build->plant;
    if (plant->own_count == 0) return;
    for (int32_t i = 0; i < plant->step_count; i++) {
        const struct step *step = &plant->steps[i];
        struct station *station = &plant->stations[step->station];
        for (int32_t m = 0; station->named && m < station->machine_count; m++) {
            const bool *works = plant->machines[station->machine_first + m].works;
            station->choosy |= works && !works[step->item];
        }
        if (!station->choosy || step->place_count || somebody_works(plant, station, step->item))
            continue;
        fault_error(build->faults,
                    THINGS(build->world->stations, station)[step->station].thing.place,
                    "add it to the `items` of a machine",
                    "'%s' comes to station '%s', where no machine works it",
                    plant->items[step->item].name, station->name);
    }
    for (int32_t s = 0; s < plant->station_count; s++) {
        struct station *station = &plant->stations[s];
        if (!station->choosy) continue;
        station->dynamic = true;
        check_choosy(build, &THINGS(build->world->stations, station)[s], station);
    }
}
