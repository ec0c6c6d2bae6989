/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The static load of crews: the hours of people that work and repairs ask for in the long run, over
 * those that are paid. */
#include "load.h"

#include <math.h>
#include <stdlib.h>

/* HOURS of each of those needed, shared among the crews that can do it by their paid hours. */
static void ask(const struct plant *plant, struct need_list needs, double hours,
                struct crew_load *crews) {
    for (int32_t n = needs.first; hours > 0 && n < needs.first + needs.count; n++) {
        const struct need *need = &plant->needs[n];
        const struct need_option *options = &plant->need_options[need->option_first];
        double paid = 0;
        for (int32_t o = 0; o < need->option_count; o++) paid += crews[options[o].crew].paid;
        for (int32_t o = 0; o < need->option_count && paid > 0; o++) {
            struct crew_load *crew = &crews[options[o].crew];
            crew->hours += hours * need->people * crew->paid / paid / options[o].speed;
        }
    }
}

static void ask_step(const struct plant *plant, int32_t at, double pieces, double lots,
                     struct crew_load *crews) {
    for (int32_t phase = 0; phase < PHASE_COUNT; phase++)
        ask(plant, plant->step_needs[(size_t)at * PHASE_COUNT + (size_t)phase],
            lots * load_phase_hours(plant, at, phase, pieces), crews);
}

/* How often a stop of a machine begins, an hour; LOTS and PIECES come to the machine an hour. */
static double stops_per_hour(const struct plant *plant, const struct station *station, int32_t id,
                             int32_t machine, const struct station_load *load, double pieces) {
    const struct stop_settings *stop = &plant->settings.stops[id];
    if (stop->after.kind == (int32_t)ABSENT_LAW) return 0;
    double after = load_mean_hours(plant, &stop->after),
           lasts = load_mean_hours(plant, &stop->lasts),
           busy = isfinite(load->load) ? fmin(load->load, 1) : 1;
    switch (plant->stops[id].clock) {
    case CLOCK_CALENDAR: return 1 / after;
    case CLOCK_UP: return load->share_open / (after + lasts);
    case CLOCK_BUSY:
        return busy * load->share_open * load_share_up(plant, station, machine) / after;
    case CLOCK_PIECES: return pieces / (after * (double)TICK_H);
    default: return load->lots_per_hour / station->machine_count / (after * (double)TICK_H);
    }
}

static void ask_repairs(const struct plant *plant, int32_t s, const struct station_load *load,
                        double pieces, struct crew_load *crews) {
    const struct station *station = &plant->stations[s];
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++)
        for (int32_t m = 0; m < station->machine_count && plant->stops[i].needs.count; m++) {
            int32_t machine = station->machine_first + m;
            if (!plant_stop_holds(plant, i, machine)) continue;
            double often =
                stops_per_hour(plant, station, i, machine, load, pieces / station->machine_count);
            ask(plant, plant->stops[i].needs,
                often * load_mean_hours(plant, &plant->settings.stops[i].lasts), crews);
        }
}

static void ask_breakdowns(const struct plant *plant, struct crew_load *crews) {
    for (int32_t i = 0; i < plant->breakdown_count; i++) {
        const struct breakdown *at = &plant->breakdowns[i];
        const struct breakdown_settings *settings = &plant->settings.breakdowns[i];
        if (at->clock == BREAKDOWN_BUSY || settings->after.kind == (int32_t)ABSENT_LAW) continue;
        double after = load_mean_hours(plant, &settings->after),
               lasts = load_mean_hours(plant, &settings->lasts);
        double cycle = at->clock == BREAKDOWN_UP ? after + lasts : after;
        ask(plant, at->needs, plant->fleets[at->fleet].number * lasts / cycle, crews);
    }
}

/* Steps of all flows; the pieces that come to each station an hour, into PIECES. */
static void ask_work(const struct plant *plant, double *pieces_to, struct crew_load *crews) {
    double *visits = memory_zeroed((size_t)plant->step_count + 1, sizeof *visits);
    for (int32_t f = 0; f < plant->flow_count; f++) {
        const struct item *item = &plant->items[plant->flows[f].item];
        double pieces = 1;
        if (item->first_step == NOBODY) continue;
        double lots = load_flow_lots(plant, f, &pieces) * (double)TICK_H;
        load_visits(plant, plant->flows[f].item, plant->flows[f].route, pieces, visits);
        for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
            pieces_to[plant->steps[at].station] += lots * visits[at] * pieces;
            ask_step(plant, at, pieces, lots * visits[at], crews);
        }
    }
    free(visits);
}

/* Whoever works at a station that is fed without end has work without end. */
static void endless(const struct plant *plant, const struct station_load *stations,
                    struct crew_load *crews) {
    for (int32_t at = 0; at < plant->step_count; at++)
        for (int32_t phase = 0; phase < PHASE_COUNT && stations[plant->steps[at].station].saturated;
             phase++) {
            struct need_list needs = plant->step_needs[(size_t)at * PHASE_COUNT + (size_t)phase];
            for (int32_t n = needs.first; n < needs.first + needs.count; n++)
                for (int32_t o = 0; o < plant->needs[n].option_count; o++)
                    crews[plant->need_options[plant->needs[n].option_first + o].crew].hours = NAN;
        }
}

void load_crews(const struct plant *plant, const struct station_load *stations,
                struct crew_load *crews) {
    if (!plant->crew_count || !plant->step_needs) return;
    double *pieces = memory_zeroed((size_t)plant->station_count + 1, sizeof *pieces);
    for (int32_t c = 0; c < plant->crew_count; c++) {
        int32_t shift = plant->crews[c].paid_shift;
        double open = shift == NOBODY ? 1 : shift_share(&plant->settings.shifts[shift].shift);
        crews[c] = (struct crew_load){.paid = plant->settings.crews[c].people * open};
    }
    ask_work(plant, pieces, crews);
    for (int32_t s = 0; s < plant->station_count; s++)
        if (!plant->stations[s].unlimited) ask_repairs(plant, s, &stations[s], pieces[s], crews);
    ask_breakdowns(plant, crews);
    endless(plant, stations, crews);
    for (int32_t c = 0; c < plant->crew_count; c++) crews[c].load = crews[c].hours / crews[c].paid;
    free(pieces);
}
