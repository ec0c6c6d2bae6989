/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overtime: longer days of stations and crews.
 *
 * Who has overtime has two calendars: the regular one, and one that is longer. Overtime is when the
 * second is open and the first is not. It is decided when it would begin, which is when the last
 * shift of the day ends (and once more after a break within it), and holds until it is over.
 *
 * The overtime of a station brings people whose own calendar has closed: as many as its machines
 * need at once and one of its repairs needs, as far as the crew has them; of several stations the
 * first written goes first. They are paid for all of it, work for that station only, and go when it
 * closes. */
#include "people.h"
#include "quick.h"

#include <math.h>

/* ---- the decision ---- */
struct asker { /* one of the two, the other NOBODY */
    const struct run *run;
    int32_t station, crew;
};

/* A crew asks for all stations where it works. */
static double asker_read(const void *context, int32_t what, int32_t index) {
    const struct asker *asker = context;
    const struct plant *plant = asker->run->plant;
    double sum = 0;
    if (what < 0) return world_read(asker->run, what, index);
    if (asker->station != NOBODY) return station_value(asker->run, asker->station, what);
    for (int32_t i = 0; i < plant->staffing_count; i++)
        if (plant->staffings[i].crew == asker->crew)
            sum += station_value(asker->run, plant->staffings[i].station, what);
    return sum;
}

static bool is_wanted(const struct asker *asker, const struct formula *when) {
    struct formula_env env = {.read = asker_read, .context = asker};
    double value = when ? formula_value(when, &env) : 1;
    return value != 0 && !isnan(value);
}

static bool open_now(const struct run *run, int32_t shift) {
    return shift_open(&run->settings.shifts[shift].shift, run->now);
}

/* Of whoever has this longer and this regular calendar. */
static enum work_day day_after(enum work_day day, int32_t longer, int32_t regular,
                               const struct asker *asker, const struct formula *when) {
    if (open_now(asker->run, regular) || !open_now(asker->run, longer)) return DAY_REGULAR;
    if (day != DAY_REGULAR) return day;
    return is_wanted(asker, when) ? DAY_OVERTIME : DAY_OVER;
}

void overtime_turn_station(struct run *run, int32_t id) {
    const struct station *station = &run->plant->stations[id];
    struct station_state *state = &run->stations[id];
    struct asker asker = {run, id, NOBODY};
    if (station->regular == NOBODY) return;
    enum work_day day = day_after(state->day, station->calendar, station->regular, &asker,
                                  run->settings.stations[id].overtime_when);
    if (day == DAY_OVERTIME && state->day != day) {
        SAY(run, CLASS_CLOSE, station->name, "works overtime");
        station_wake(run, id); /* what did not fit into the day may fit now */
    }
    state->day = (uint8_t)day;
}

bool overtime_station_open(const struct run *run, int32_t id) {
    const struct station *station = &run->plant->stations[id];
    if (station->regular == NOBODY) return open_now(run, station->calendar);
    return run->stations[id].day == DAY_OVERTIME || open_now(run, station->regular);
}

bool overtime_turn_crew(struct run *run, int32_t id) {
    const struct crew_plan *plan = &run->plant->crews[id];
    struct crew_state *crew = &run->crews[id];
    struct asker asker = {run, NOBODY, id};
    if (plan->shift == plan->paid_shift) return open_now(run, plan->shift);
    enum work_day day = day_after(crew->day, plan->shift, plan->paid_shift, &asker,
                                  run->settings.crews[id].overtime_when);
    crew->day = (uint8_t)day;
    return day == DAY_OVERTIME || open_now(run, plan->paid_shift);
}

/* ---- until when ---- */
/* The next closing that is not sure to be put off. */
static tick closes(const struct run *run, int32_t longer, int32_t regular, enum work_day day,
                   const struct formula *when) {
    int32_t shift = day == DAY_REGULAR && when ? regular : longer;
    return shift_next(&run->settings.shifts[shift].shift, run->now);
}

static tick station_closes(const struct run *run, int32_t id) {
    const struct station *station = &run->plant->stations[id];
    return closes(run, station->calendar, station->regular, run->stations[id].day,
                  run->settings.stations[id].overtime_when);
}

tick overtime_machine_closes(const struct run *run, int32_t machine) {
    int32_t station = run->machines[machine].station, calendar = own_calendar(run, machine);
    if (calendar == run->plant->stations[station].calendar) return station_closes(run, station);
    return shift_next(&run->settings.shifts[calendar].shift, run->now);
}

/* Who works at a station with overtime on every day stays for it. */
tick overtime_crew_goes(const struct run *run, int32_t id, int32_t at) {
    const struct crew_plan *plan = &run->plant->crews[id];
    const struct station *station = &run->plant->stations[at];
    if (plan->shift == NOBODY) return TICK_NEVER;
    if (!run->crews[id].open) return station_closes(run, at);
    tick goes = closes(run, plan->shift, plan->paid_shift, run->crews[id].day,
                       run->settings.crews[id].overtime_when);
    if (station->regular == NOBODY || run->settings.stations[at].overtime_when) return goes;
    const struct shift *longer = &run->settings.shifts[station->calendar].shift;
    return goes != TICK_NEVER && shift_open(longer, goes) ? shift_next(longer, goes) : goes;
}

/* ---- who comes for it ---- */
int32_t overtime_at_work(const struct run *run, int32_t crew, int32_t station) {
    const struct crew_plan *plan = &run->plant->crews[crew];
    int32_t count = 0;
    for (int32_t p = plan->person_first; p < plan->person_first + plan->person_count; p++)
        count +=
            run->persons[p].team != NOBODY && team_station(run, run->persons[p].team) == station;
    return count;
}

int32_t overtime_brought(const struct run *run, int32_t crew, int32_t station) {
    const struct station *plan = &run->plant->stations[station];
    for (int32_t i = plan->staffing_first; i < plan->staffing_first + plan->staffing_count; i++)
        if (run->plant->staffings[i].crew == crew) return (int32_t)run->brought[i].people.now;
    return 0;
}

static int32_t wanted_of(const struct run *run, int32_t id) {
    const struct staffing *staffing = &run->plant->staffings[id];
    if (run->stations[staffing->station].day != DAY_OVERTIME) return 0;
    if (run->crews[staffing->crew].open) return 0;
    return staffing->each_machine * run->settings.stations[staffing->station].machines +
           staffing->one_repair;
}

static int32_t least(int32_t a, int32_t b) {
    return a < b ? a : b;
}

double overtime_pay(const struct run *run, int32_t station, int32_t crew) {
    double pay = run->settings.stations[station].overtime_pay;
    return isnan(pay) ? run->settings.crews[crew].overtime_pay : pay;
}

/* Who is at work for it stays; then come others. */
void overtime_staff(struct run *run) {
    const struct plant *plant = run->plant;
    int32_t *left = run->people_left;
    for (int32_t c = 0; c < plant->crew_count; c++) {
        left[c] = crew_present(run, c);
        run->crews[c].brought = 0;
    }
    for (int32_t round = 0; round < 2; round++)
        for (int32_t i = 0; i < plant->staffing_count; i++) {
            const struct staffing *staffing = &plant->staffings[i];
            struct brought *brought = &run->brought[i];
            int32_t wanted = wanted_of(run, i);
            if (round == 0) {
                int32_t work =
                    wanted ? overtime_at_work(run, staffing->crew, staffing->station) : 0;
                brought->count = least(least(work, wanted), left[staffing->crew]);
                left[staffing->crew] -= brought->count;
                continue;
            }
            int32_t more = least(wanted - brought->count, left[staffing->crew]);
            left[staffing->crew] -= more;
            brought->count += more;
            run->crews[staffing->crew].brought += brought->count;
            level_change(&brought->people, run->now, brought->count - brought->people.now);
        }
}
