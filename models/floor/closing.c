/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing and opening: what calendars do to machines, crews and suppliers. */
#include "people.h"
#include "quick.h"

static void shift_plan(struct run *run, int32_t shift) {
    tick next = shift_next(&run->settings.shifts[shift].shift, run->now);
    if (next == TICK_NEVER) return;
    run_plan(run, run->plant->shift_slot + shift, next,
             shift_open(&run->settings.shifts[shift].shift, next) ? CLASS_OPEN : CLASS_CLOSE);
}

/* Has the work or setup at hand begun? It may stand, because something else stops the machine. */
static bool work_has_begun(const struct run *run, int32_t id) {
    const struct machine *machine = &run->machines[id];
    if (machine->ends != TICK_NEVER) return true;
    if (machine->part == NOBODY || machine->finished || !machine->stops) return false;
    if (machine->phased) return phase_has_begun(run, id);
    return machine->condition == STATE_WORKING || machine->condition == STATE_SETUP;
}

/* `finish` finishes what was begun, also if the machine fails before or after the closing: it is
 * repaired and stays open until then. */
static void close_machine(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    bool finish = run->settings.stations[machine->station].at_shift_end == SHIFT_END_FINISH;
    if (finish && work_has_begun(run, id))
        machine->finishing = true;
    else
        machine_stop(run, id, 0, THEN_RESUME);
}

static void turn_machine(struct run *run, int32_t id, bool open) {
    if (!open)
        close_machine(run, id);
    else if (run->machines[id].finishing)
        run->machines[id].finishing = false;
    else
        machine_clear(run, id, 0);
}

static bool follows(const struct station *station, int32_t shift) {
    return station->calendar == shift || station->regular == shift;
}

/* Machines go with their station, or by a calendar of their own. */
static void turn_station(struct run *run, int32_t s, int32_t shift, bool open) {
    const struct station *station = &run->plant->stations[s];
    bool opens = follows(station, shift) && overtime_station_open(run, s);
    bool turns = follows(station, shift) && opens == run->stations[s].closed;
    if (turns) {
        run->stations[s].closed = !opens;
        SAY(run, opens ? CLASS_OPEN : CLASS_CLOSE, station->name, "%s", opens ? "opens" : "closes");
        TELL(run, shift, s, opens);
    }
    for (int32_t i = 0; i < station->machine_count; i++) {
        int32_t id = station->machine_first + i, calendar = own_calendar(run, id);
        if (calendar == station->calendar) {
            if (turns) turn_machine(run, id, opens);
        } else if (calendar == shift) {
            TELL(run, machine_shift, id, open);
            turn_machine(run, id, open);
        }
    }
}

/* Overtime is decided before anybody goes, and who stayed for it alone goes after the machines. */
static void shift_apply(struct run *run, int32_t shift, bool open) {
    const struct plant *plant = run->plant;
    for (int32_t s = 0; s < plant->station_count; s++)
        if (follows(&plant->stations[s], shift)) overtime_turn_station(run, s);
    crews_shift(run, shift);
    suppliers_shift(run, shift, open);
    lanes_shift(run, shift, open);
    vehicles_shift(run, shift, open);
    for (int32_t s = 0; s < plant->station_count; s++)
        if (plant->stations[s].calendars) turn_station(run, s, shift, open);
    for (int32_t s = 0; s < plant->station_count; s++)
        if (plant->stations[s].regular != NOBODY && follows(&plant->stations[s], shift))
            crews_leave(run, s);
}

void shift_event(struct run *run, int32_t shift) {
    run->shift_is_open[shift] = shift_open(&run->settings.shifts[shift].shift, run->now);
    shift_apply(run, shift, run->shift_is_open[shift]);
    shift_plan(run, shift);
}

void shift_changed(struct run *run, int32_t shift) {
    bool was_open = run->shift_is_open[shift];
    int32_t slot = run->plant->shift_slot + shift;
    if (calendar_pending(&run->calendar, slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot);
    run->shift_is_open[shift] = shift_open(&run->settings.shifts[shift].shift, run->now);
    if (run->shift_is_open[shift] != was_open) shift_apply(run, shift, !was_open);
    shift_plan(run, shift);
}

void shifts_start(struct run *run) {
    for (int32_t shift = 0; shift < run->plant->shift_count; shift++) {
        run->shift_is_open[shift] = shift_open(&run->settings.shifts[shift].shift, run->now);
        if (!run->shift_is_open[shift]) shift_apply(run, shift, false);
        shift_plan(run, shift);
    }
}
