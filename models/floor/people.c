/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include "quick.h"

#include <math.h>
#include <stdlib.h>

/* ---- memory and the beginning ---- */
static int32_t team_count(const struct run *run, int32_t machines) {
    return team_of_machine(run, machines);
}

void people_make(struct run *run) {
    const struct plant *plant = run->plant;
    if (!plant->crew_count) return;
    run->persons = arena_take(&run->arena, (size_t)plant->person_count * sizeof *run->persons);
    run->crews = arena_take(&run->arena, (size_t)plant->crew_count * sizeof *run->crews);
    run->wanted = arena_take(&run->arena, (size_t)plant->crew_count * sizeof *run->wanted);
    run->people_left = arena_take(&run->arena, (size_t)plant->crew_count * sizeof(int32_t));
    run->brought = arena_take(&run->arena, (size_t)plant->staffing_count * sizeof *run->brought);
    run->teams = memory_zeroed((size_t)team_count(run, run->machine_room) + 1, sizeof *run->teams);
}

void people_free(struct run *run) {
    free(run->teams);
    hires_free(run);
    free(run->people_waits);
}

void people_grow(struct run *run) {
    if (!run->teams) return;
    size_t count = (size_t)team_count(run, run->machine_room) + 1;
    run->teams = memory_grown(run->teams, count, sizeof *run->teams);
}

static void team_start(struct run *run, int32_t id) {
    run->teams[id] = (struct team){.first = NOBODY, .next = NOBODY, .speed = 1};
}

void people_join(struct run *run, int32_t machine) {
    if (run->teams) team_start(run, team_of_machine(run, machine));
}

void people_start(struct run *run) {
    const struct plant *plant = run->plant;
    run->people_called = false;
    run->team_first = run->team_last = NOBODY;
    if (!plant->crew_count) return;
    for (int32_t i = 0; i < team_count(run, run->machine_room); i++) team_start(run, i);
    crews_start(run);
}

/* Each is in one team or free, and only teams at work have people. */
void people_conserved(const struct run *run) {
    const struct plant *plant = run->plant;
    int32_t in_teams = 0, busy = 0;
    for (int32_t c = 0; c < plant->crew_count; c++) {
        CHECK(run->crews[c].free_count >= 0);
        busy += crew_present(run, c) - run->crews[c].free_count;
        CHECK(run->crews[c].busy.now == crew_present(run, c) - run->crews[c].free_count);
        crew_conserved(run, c);
    }
    for (int32_t t = 0; run->teams && t < team_count(run, run->machine_count); t++) {
        CHECK(run->teams[t].state >= TEAM_COMES || run->teams[t].first == NOBODY);
        for (int32_t p = run->teams[t].first; p != NOBODY; p = run->persons[p].next) {
            CHECK(run->persons[p].team == t);
            in_teams++;
        }
    }
    CHECK(in_teams == busy);
    for (int32_t c = 0; c < plant->crew_count; c++) {
        CHECK(run->crews[c].brought <= crew_present(run, c));
        CHECK(run->crews[c].brought == 0 || !run->crews[c].open);
    }
}

/* ---- teams ---- */
bool team_works(const struct run *run, int32_t team) {
    return run->teams[team].state == TEAM_WORKS;
}

bool team_waits(const struct run *run, int32_t team) {
    return run->teams &&
           (run->teams[team].state == TEAM_WAITS || run->teams[team].state == TEAM_COMES);
}

bool team_comes(const struct run *run, int32_t team) {
    return run->teams[team].state == TEAM_COMES;
}

/* Whose event is the end of what its team does, or that its people come. */
static int32_t team_slot(const struct run *run, int32_t team) {
    const struct plant *plant = run->plant;
    if (team < plant->failure_count) return plant->failure_slot + team;
    if (team < team_of_vehicle(run, 0)) return plant->breakdown_slot + team - plant->failure_count;
    if (team < team_of_machine(run, 0)) return plant->vehicle_slot + team - team_of_vehicle(run, 0);
    return run->machines[team - team_of_machine(run, 0)].slot;
}

static bool is_repair(const struct run *run, int32_t team) {
    return team < run->plant->failure_count;
}

static bool is_wreck(const struct run *run, int32_t team) {
    return !is_repair(run, team) && team < team_of_vehicle(run, 0);
}

static bool is_of_vehicle(const struct run *run, int32_t team) {
    return team >= team_of_vehicle(run, 0) && team < team_of_machine(run, 0);
}

static int32_t wreck_of(const struct run *run, int32_t team) {
    return team - run->plant->failure_count;
}

static int32_t vehicle_of(const struct run *run, int32_t team) {
    return team - team_of_vehicle(run, 0);
}

/* Of a team that has nothing to do with vehicles. */
static int32_t machine_of(const struct run *run, int32_t team) {
    return is_repair(run, team) ? failure_machine(run, team) : team - team_of_machine(run, 0);
}

int32_t team_station(const struct run *run, int32_t team) {
    if (UNLIKELY(is_wreck(run, team)))
        return run->plant->station_count + wreck_vehicle(run, wreck_of(run, team));
    if (UNLIKELY(is_of_vehicle(run, team)))
        return run->plant->station_count + vehicle_of(run, team);
    return run->machines[machine_of(run, team)].station;
}

bool team_drives(const struct run *run, int32_t team) {
    return is_of_vehicle(run, team) && team_works(run, team);
}

void team_deserted(struct run *run, int32_t team) {
    if (is_repair(run, team))
        repair_deserted(run, team);
    else if (is_wreck(run, team))
        wreck_deserted(run, wreck_of(run, team));
    else if (is_of_vehicle(run, team))
        vehicle_deserted(run, vehicle_of(run, team));
    else
        phase_deserted(run, machine_of(run, team));
}

void people_call(struct run *run) {
    run->people_called = run->pending = true;
}

static bool goes_before(const struct run *run, int32_t a, int32_t b) {
    const struct team *x = &run->teams[a], *y = &run->teams[b];
    if (x->priority != y->priority) return x->priority > y->priority;
    return x->since != y->since ? x->since < y->since : a < b;
}

/* Work done again for lack of room comes last: it is in vain, and what the others do may make room.
 */
static int32_t priority_of(const struct run *run, int32_t id) {
    if (is_repair(run, id)) return failure_priority(run, id);
    if (is_wreck(run, id) || is_of_vehicle(run, id)) return 0;
    const struct machine *machine = &run->machines[machine_of(run, id)];
    return machine->again ? INT32_MIN : run->parts[machine->part].priority;
}

void team_ask(struct run *run, int32_t id, struct need_list needs, tick left) {
    struct team *team = &run->teams[id];
    team->needs = needs;
    team->left = left;
    team->since = run->now;
    team->state = TEAM_WAITS;
    team->priority = priority_of(run, id);
    int32_t *link = &run->team_first;
    if (run->team_last != NOBODY && goes_before(run, run->team_last, id))
        link = &run->teams[run->team_last].next;
    while (*link != NOBODY && goes_before(run, *link, id)) link = &run->teams[*link].next;
    team->next = *link;
    *link = id;
    if (team->next == NOBODY) run->team_last = id;
    people_call(run);
}

/* Takes it out of the list, where BEFORE stands before it. */
static void unlist(struct run *run, int32_t before, int32_t id) {
    int32_t next = run->teams[id].next;
    if (before == NOBODY)
        run->team_first = next;
    else
        run->teams[before].next = next;
    if (run->team_last == id) run->team_last = before;
}

static void stop_waiting(struct run *run, int32_t id) {
    int32_t before = NOBODY;
    for (int32_t at = run->team_first; at != id; at = run->teams[at].next) before = at;
    unlist(run, before, id);
}

void team_leave(struct run *run, int32_t id) {
    struct team *team = &run->teams[id];
    if (team->state == TEAM_WAITS) stop_waiting(run, id);
    if (team->state == TEAM_COMES) calendar_cancel(&run->calendar, team_slot(run, id));
    team->state = TEAM_AWAY;
    if (team->first == NOBODY) return;
    int32_t first = team->first;
    team->first = NOBODY;
    for (int32_t p = first; p != NOBODY; p = run->persons[p].next) {
        run->persons[p].team = NOBODY;
        person_is_free(run, p);
    }
    for (int32_t p = first, next; p != NOBODY; p = next) {
        struct person *person = &run->persons[p];
        next = person->next;
        person->next = NOBODY;
        if (person->leaves)
            person_goes(run, p);
        else if (run->plant->crews[person->crew].absent_first != NOBODY)
            absence_work_ends(run, p);
        crew_levels(run, person->crew);
    }
    if (run->team_first != NOBODY) people_call(run);
}

/* ---- the answer ---- */
/* A crew that has gone sends whom the overtime of the station has brought. */
static int32_t people_to_send(const struct run *run, int32_t crew, int32_t station) {
    int32_t free = run->crews[crew].free_count;
    if (LIKELY(run->crews[crew].open)) return free;
    if (run->crews[crew].brought == 0 || place_is_vehicle(run, station)) return 0;
    int32_t more = overtime_brought(run, crew, station) - overtime_at_work(run, crew, station);
    return more < free ? more : free;
}

/* How many of each crew would do? False: they are not there. */
static bool find_people(struct run *run, const struct team *team, int32_t station, double *speed) {
    const struct plant *plant = run->plant;
    for (int32_t c = 0; c < plant->crew_count; c++) run->wanted[c] = 0;
    *speed = INFINITY;
    for (int32_t i = 0; i < team->needs.count; i++) {
        const struct need *need = &plant->needs[team->needs.first + i];
        int32_t want = need->people;
        for (int32_t o = 0; o < need->option_count && want; o++) {
            const struct need_option *option = &plant->need_options[need->option_first + o];
            int32_t some = people_to_send(run, option->crew, station) - run->wanted[option->crew];
            if (some > want) some = want;
            if (some <= 0) continue;
            run->wanted[option->crew] += some;
            want -= some;
            if (option->speed < *speed) *speed = option->speed;
        }
        if (want) return false;
    }
    return true;
}

/* `fit`: what would not be done before one of them leaves is not begun. */
static bool people_stay(const struct run *run, const struct team *team, int32_t station,
                        double speed) {
    const struct plant *plant = run->plant;
    if (place_is_vehicle(run, station)) return true;
    if (run->settings.stations[station].at_shift_end != SHIFT_END_FIT) return true;
    tick need = team->walk + people_time(team->left, speed);
    for (int32_t c = 0; c < plant->crew_count; c++) {
        if (run->wanted[c] == 0) continue;
        tick goes = overtime_crew_goes(run, c, station);
        if (goes != TICK_NEVER && need > goes - run->now) return false;
    }
    return true;
}

static bool walks(const struct run *run, int32_t crew) {
    const struct law *walk = &run->settings.crews[crew].walk;
    return !law_constant(walk) || walk->a > 0;
}

/* How long a person takes to come. Who has not worked yet is where he is needed first. */
static tick walk_of(const struct run *run, int32_t p, int32_t station) {
    const struct person *person = &run->persons[p];
    const struct crew_plan *plan = &run->plant->crews[person->crew];
    if (person->station == NOBODY || person->station == station || !walks(run, person->crew))
        return 0;
    struct draw draw = draw_at(run_stream(run, plan->walk_stream), (uint64_t)person->walks, 0,
                               run->replication, (uint64_t)(p - plan->person_first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_round(law_value(&run->settings.crews[person->crew].walk, &draw, &env));
}

/* Who need not walk, then who has been free longest; who is picked already has a team. */
static int32_t free_person(const struct run *run, int32_t crew, int32_t station) {
    int32_t best = NOBODY;
    bool far = walks(run, crew);
    for (int32_t p = run->crews[crew].free_first; p != NOBODY; p = run->persons[p].free_next) {
        if (run->persons[p].team != NOBODY) continue;
        if (!far || run->persons[p].station == station) return p;
        if (best == NOBODY) best = p;
    }
    return best;
}

/* Says who is to come, and how long the slowest takes. */
static void pick_people(struct run *run, int32_t id, int32_t station) {
    struct team *team = &run->teams[id];
    team->walk = 0;
    for (int32_t c = 0; c < run->plant->crew_count; c++)
        for (int32_t i = 0; i < run->wanted[c]; i++) {
            int32_t p = free_person(run, c, station);
            tick walk = walk_of(run, p, station);
            if (walk > team->walk) team->walk = walk;
            run->persons[p].team = id;
            run->persons[p].next = team->first;
            team->first = p;
        }
}

static void pick_nobody(struct run *run, int32_t id) {
    struct team *team = &run->teams[id];
    for (int32_t p = team->first, next; p != NOBODY; p = next) {
        next = run->persons[p].next;
        run->persons[p].team = run->persons[p].next = NOBODY;
    }
    team->first = NOBODY;
}

static void take_people(struct run *run, int32_t id, int32_t station) {
    const struct plant *plant = run->plant;
    for (int32_t p = run->teams[id].first; p != NOBODY; p = run->persons[p].next) {
        struct person *person = &run->persons[p];
        person->walks += person->station != NOBODY && person->station != station;
        person->station = station;
        person_is_taken(run, p);
        if (plant->crews[person->crew].absent_first != NOBODY) absence_work_begins(run, p);
    }
    for (int32_t c = 0; c < plant->crew_count; c++) {
        if (run->wanted[c] == 0) continue;
        crew_levels(run, c);
    }
}

/* The wait of the machine or repair, once for each crew: its people stand together. */
static void count_wait(struct run *run, const struct team *team) {
    for (int32_t p = team->first, before = NOBODY; p != NOBODY; p = run->persons[p].next) {
        int32_t crew = run->persons[p].crew;
        if (crew != before) tally_add(&run->crews[crew].wait, run->now - team->since);
        before = crew;
    }
}

/* A repair, a vehicle, or the work of a machine that does not stand. */
static bool may_begin(const struct run *run, int32_t team) {
    return team < team_of_machine(run, 0) || run->machines[machine_of(run, team)].stops == 0;
}

static bool try_team(struct run *run, int32_t id) {
    struct team *team = &run->teams[id];
    int32_t station = team_station(run, id);
    double speed;
    if (!may_begin(run, id) || !find_people(run, team, station, &speed)) return false;
    pick_people(run, id, station);
    if (!people_stay(run, team, station, speed)) {
        pick_nobody(run, id);
        return false;
    }
    team->speed = speed;
    take_people(run, id, station);
    return true;
}

static void team_begins(struct run *run, int32_t id) {
    count_wait(run, &run->teams[id]);
    run->teams[id].state = TEAM_WORKS;
    if (is_repair(run, id))
        repair_staffed(run, id);
    else if (is_wreck(run, id))
        wreck_staffed(run, wreck_of(run, id));
    else if (is_of_vehicle(run, id))
        vehicle_staffed(run, vehicle_of(run, id));
    else
        phase_staffed(run, machine_of(run, id));
}

/* A machine that was stopped meanwhile needs nobody; who has come is there. */
void team_arrives(struct run *run, int32_t id) {
    if (may_begin(run, id)) {
        team_begins(run, id);
        return;
    }
    phase_waited(run, machine_of(run, id));
    run->teams[id].state = TEAM_WORKS;
    team_leave(run, id);
}

void people_answer(struct run *run) {
    run->people_called = false;
    int32_t before = NOBODY;
    for (int32_t id = run->team_first, next; id != NOBODY; id = next) {
        next = run->teams[id].next;
        if (!try_team(run, id)) {
            before = id;
            continue;
        }
        unlist(run, before, id);
        if (run->teams[id].walk == 0) {
            team_begins(run, id);
            continue;
        }
        run->teams[id].state = TEAM_COMES;
        run_plan(run, team_slot(run, id), run->now + run->teams[id].walk, CLASS_OPEN);
    }
}
