/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps with several stations: each lot goes to one of them.
 *
 * A lot chooses when it comes to the step, in phase C, when all else of the instant has happened:
 * then its step becomes the place at that station, and it never changes its mind. Only stations
 * with room count, and of those the ones whose cards are free as long as there are any; where none
 * has room, the lot waits in one line for all of them, and chooses anew when there is some. Two
 * rules say where to go, room or not: `share`, and an expression that names a station; such a lot
 * waits for that one. Of equals the first written is taken.
 *
 * The work of a lot is drawn from the stream of the step, whatever its station: a choice changes
 * where and when, never how much, unless the stations say different times.
 *
 * Join the shortest queue is due to Haight (1958, Two queues in parallel); that it is best among
 * rules that see only numbers of lots, at like stations and exponential work, to Winston (1977,
 * Optimality of the shortest line discipline). */
#include "quick.h"

#include <math.h>

/* ---- what is at a station ---- */
static int32_t lots_on(const struct run *run, const struct machine *machine) {
    int32_t count = machine->rest != NOBODY;
    for (int32_t id = machine->part; id != NOBODY; id = run->parts[id].next) count++;
    return count;
}

static double work_left_on(const struct run *run, const struct machine *machine) {
    if (machine->part == NOBODY || machine->finished) return 0;
    if (machine->waits_ahead || machine->phased) return (double)machine->work;
    tick left = machine->ends == TICK_NEVER ? machine->left : machine->ends - run->now;
    return (double)(left + (machine->in_setup ? machine->work : 0));
}

/* Lots on machines, or the work that is left of theirs. */
static double on_machines(const struct run *run, int32_t station, bool work) {
    const struct station *plan = &run->plant->stations[station];
    double sum = 0;
    for (int32_t m = 0; m < plan->machine_count; m++) {
        int32_t id = plan->machine_first + m;
        if (work)
            sum += work_left_on(run, &run->machines[id]);
        else
            sum += plan->pipes ? run->pipes[plan->pipe_first + m].count
                               : lots_on(run, &run->machines[id]);
    }
    return sum;
}

/* Nobody waits where machines are made as they are needed; where there is none, all do. */
static double for_each_machine(const struct run *run, int32_t station, double sum) {
    if (run->plant->stations[station].unlimited) return 0;
    double machines = station_value(run, station, JOB_MACHINES);
    return machines > 0 ? sum / machines : INFINITY;
}

double place_lots(const struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    int32_t coming = state->coming;
    if (state->room != INT32_MAX) coming += ahead_kept(run, station);
    return for_each_machine(run, station,
                            state->queue.count + coming + on_machines(run, station, false));
}

double place_work(const struct run *run, int32_t station) {
    return for_each_machine(run, station,
                            station_value(run, station, JOB_QUEUE_WORK) +
                                on_machines(run, station, true));
}

bool place_able(const struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    if (run->plant->stations[station].unlimited) return true;
    int32_t before = state->queue.count + state->coming;
    for (int32_t id = state->idle_first; id != NOBODY; id = run->machines[id].next_idle)
        if (!run->machines[id].stops && before-- == 0) return true;
    return false;
}

/* The way from where the lot was last; 0 from nowhere. */
static double away(const struct run *run, int32_t part, int32_t station) {
    int32_t from = run->extras[part].at;
    const int32_t *spots = run->plant->station_spots;
    if (from == NOBODY || from == station) return 0;
    double way = plant_away(run->plant, spots[from], spots[station]);
    return isnan(way) ? INFINITY : way;
}

/* ---- rules ---- */
/* The least goes first. */
static double score(const struct run *run, int32_t id, enum place_rule rule, int32_t place) {
    int32_t station = run->plant->steps[place].station;
    switch (rule) {
    case PLACE_SHORTEST_QUEUE: return place_lots(run, station);
    case PLACE_LEAST_WORK: return place_work(run, station);
    case PLACE_FASTEST: return standard_here(run, &run->parts[id], place);
    case PLACE_CHEAPEST:
        return standard_here(run, &run->parts[id], place) *
               run->settings.stations[station].work_cost_per_tick;
    case PLACE_NEAREST: return away(run, id, station);
    case PLACE_FIRST_ABLE: return place_able(run, station) ? -1 : place_lots(run, station);
    case PLACE_SHARE:
    case PLACE_RULE_COUNT: break;
    }
    return 0;
}

static struct draw draw_of(const struct run *run, int32_t id, const struct step *step,
                           uint64_t what) {
    const struct part *part = &run->parts[id];
    return draw_at(run_stream(run, step->choose_stream), part->luck, part->visits, run->replication,
                   what << 32 | (uint64_t)part_first_piece(run, part));
}

static int32_t drawn(const struct run *run, int32_t id, const struct step *step) {
    struct draw draw = draw_of(run, id, step, 0);
    double u = run_uniform(run, &draw);
    int32_t place = step->place_first, last = place + step->place_count - 1;
    while (place < last && u >= run->plant->steps[place].place_upto) place++;
    return place;
}

static bool has_cards(struct run *run, int32_t id, int32_t place) {
    struct part *part = &run->parts[id];
    if (run->plant->steps[place].take_count == 0) return true;
    int32_t at = part->step;
    part->step = place;
    bool are_free = cards_free(run, part);
    part->step = at;
    return are_free;
}

static int32_t least(struct run *run, int32_t id, const struct step *step, enum place_rule rule) {
    int32_t best = NOBODY;
    bool best_cards = false;
    double best_score = 0;
    for (int32_t place = step->place_first; place < step->place_first + step->place_count;
         place++) {
        if (!floor_has_room(run, run->plant->steps[place].station)) continue;
        bool cards = has_cards(run, id, place);
        double its = score(run, id, rule, place);
        if (best != NOBODY && (cards != best_cards ? best_cards : !(its < best_score))) continue;
        best = place;
        best_cards = cards;
        best_score = its;
    }
    return best;
}

static int32_t picked(struct run *run, int32_t id, const struct step *step, enum place_rule rule) {
    return rule == PLACE_SHARE ? drawn(run, id, step) : least(run, id, step, rule);
}

/* ---- an expression that names a station ---- */
struct place_view {
    struct job job; /* first: the names of the lot are read of it */
    struct run *run;
    int32_t part;
    const struct step *step;
    bool *full; /* set when a rule finds no room anywhere */
};

/* Stations are their numbers. */
static double place_read(const void *context, int32_t what, int32_t index) {
    const struct place_view *view = context;
    int32_t rule = what - JOB_NAME_COUNT;
    if (what == FORMULA_THING - SECTION_STATIONS) return index;
    if (rule < 0 || rule >= PLACE_RULE_COUNT) return job_read(&view->job, what, index);
    int32_t place = picked(view->run, view->part, view->step, (enum place_rule)rule);
    *view->full |= place == NOBODY;
    return place == NOBODY ? NAN : (double)view->run->plant->steps[place].station;
}

static int32_t named(struct run *run, int32_t id, const struct step *step,
                     const struct formula *choose) {
    bool full = false;
    struct place_view view = {{run, &run->parts[id], NOBODY}, run, id, step, &full};
    struct draw draw = draw_of(run, id, step, 1);
    struct formula_env env = {.read = place_read, .context = &view, .draw = &draw};
    double station = formula_value(choose, &env);
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        if ((double)run->plant->steps[i].station == station) return i;
    if (!full)
        run_stop(run, "`choose` of step %s gives no station of it: %s", step->name, choose->text);
    return NOBODY;
}

int32_t place_found(struct run *run, int32_t id) {
    int32_t at = run->parts[id].step;
    const struct step *step = &run->plant->steps[at];
    const struct step_settings *settings = &run->settings.steps[at];
    int32_t place = settings->choose == PLACE_RULE_COUNT
                        ? named(run, id, step, settings->choose_formula)
                        : picked(run, id, step, (enum place_rule)settings->choose);
    if (place == NOBODY || !floor_has_room(run, run->plant->steps[place].station)) return NOBODY;
    SAY(run, CLASS_COMPLETE, step->name, "lot %u goes to %s", run->parts[id].serial,
        run->plant->stations[run->plant->steps[place].station].name);
    return place;
}

int32_t place_ahead(struct run *run, int32_t id, int32_t step) {
    int32_t at = run->parts[id].step;
    run->parts[id].step = step;
    int32_t place = place_found(run, id);
    run->parts[id].step = at;
    return place;
}

void place_kept(struct run *run, int32_t id, int32_t station) {
    const struct step *step = &run->plant->steps[run->parts[id].step];
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        if (run->plant->steps[i].station == station) {
            run->parts[id].step = i;
            return;
        }
}
