/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batteries of vehicles: how far they drive until they must be charged.
 *
 * A vehicle takes a cargo only if what is left takes it there, along the lane and on to where it is
 * charged; so it never stands still under way. One that is free and cannot do what waits goes to be
 * charged, and so does one that has less than `below` when it has unloaded. It is charged until it
 * is full, for as much of `charge` as is missing, drawn by vehicle and occurrence. */
#include "../chain/lane.h"
#include "quick.h"

#include <math.h>

static const double roundings = 1e-6; /* m, in sums of distances */

static int32_t charger(const struct run *run, const struct vehicle *vehicle) {
    int32_t at = run->plant->fleets[vehicle->fleet].charged_at;
    return at == NOBODY ? vehicle->spot : at;
}

bool battery_reaches(const struct run *run, const struct vehicle *vehicle, int32_t way_id) {
    const struct plant *plant = run->plant;
    const struct fleet *fleet = &plant->fleets[vehicle->fleet];
    if (LIKELY(fleet->range == 0)) return true;
    const struct way *way = &plant->ways[way_id];
    const struct lane *lane = &plant->lanes[way->lane];
    double on = way->distance, empty = plant_distance(plant, vehicle->spot, lane->from);
    if (fleet->charged_at != NOBODY) /* or there is nothing to be fetched after all */
        on = fmax(on + plant_distance(plant, lane->to, fleet->charged_at),
                  plant_distance(plant, lane->from, fleet->charged_at));
    return empty + on <= vehicle->range + roundings;
}

bool battery_takes_home(const struct run *run, const struct vehicle *vehicle) {
    const struct plant *plant = run->plant;
    const struct fleet *fleet = &plant->fleets[vehicle->fleet];
    if (LIKELY(fleet->range == 0)) return true;
    double need = plant_distance(plant, vehicle->spot, fleet->home);
    if (fleet->charged_at != NOBODY) need += plant_distance(plant, fleet->home, fleet->charged_at);
    return need <= vehicle->range + roundings;
}

bool battery_is_low(const struct run *run, const struct vehicle *vehicle) {
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    return fleet->range > 0 && vehicle->range < fleet->low - roundings;
}

bool battery_is_full(const struct run *run, const struct vehicle *vehicle) {
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    return vehicle->range >= fleet->range - roundings && charger(run, vehicle) == vehicle->spot;
}

int32_t battery_charger(const struct run *run, const struct vehicle *vehicle) {
    return charger(run, vehicle);
}

tick battery_charges(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    const struct law *law = &run->settings.fleets[vehicle->fleet].charge;
    struct draw draw = draw_at(run_stream(run, fleet->charge_stream), (uint64_t)vehicle->charges++,
                               0, run->replication, (uint64_t)(id - fleet->first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    double missing = 1 - vehicle->range / fleet->range;
    vehicle->range = fleet->range;
    return law_round(law_value(law, &draw, &env) * missing);
}
