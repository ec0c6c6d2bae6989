/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far vehicles drive from one of their stops to another: along the lane between them, in either
 * direction; else as the crow flies, if both lie on the map; else along other lanes and stops, the
 * shortest way (Floyd 1962, "Algorithm 97: Shortest path", Communications of the ACM 5:345). */
#include "build.h"

#include <math.h>

double plant_straight(const struct plant *plant, int32_t from, int32_t to) {
    if (plant_contains(plant, from, to) || plant_contains(plant, to, from)) return 0;
    int32_t way = plant_way_between(plant, from, to);
    if (way != NOBODY && !isnan(plant->ways[way].distance)) return plant->ways[way].distance;
    const struct spot *a = &plant->spots[from], *b = &plant->spots[to];
    return hypot(a->x - b->x, a->y - b->y);
}

double plant_distance(const struct plant *plant, int32_t from, int32_t to) {
    double straight = plant_straight(plant, from, to);
    if (!isnan(straight) || !plant->drives) return straight;
    if (plant_way_between(plant, from, to) != NOBODY) return straight; /* it says how long */
    int32_t a = plant->stop_of[from], b = plant->stop_of[to];
    return a == NOBODY || b == NOBODY ? straight : plant->drives[a * plant->drive_stop_count + b];
}

static void add_stop(struct plant *plant, int32_t spot) {
    if (plant->stop_of[spot] == NOBODY) plant->stop_of[spot] = plant->drive_stop_count++;
}

/* Where vehicles stop: at the ends of their lanes, at home and where they are charged. */
static void find_stops(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->spot_count; i++) plant->stop_of[i] = NOBODY;
    for (int32_t i = 0; i < plant->way_count; i++) {
        if (plant->ways[i].by < 0) continue;
        add_stop(plant, plant->lanes[plant->ways[i].lane].from);
        add_stop(plant, plant->lanes[plant->ways[i].lane].to);
    }
    for (int32_t i = 0; i < plant->fleet_count; i++) {
        const struct vehicle_spec *spec = &THINGS(build->world->vehicles, vehicle)[i];
        const struct battery_spec *battery = spec->battery.block;
        if (spec->home.index >= 0) add_stop(plant, 1 + spec->home.index);
        if (battery && battery->at.index >= 0) add_stop(plant, 1 + battery->at.index);
    }
}

/* Straight from stop to stop; infinite where that is not known. True: it is known of all. */
static bool fill_straight(struct plant *plant) {
    bool all = true;
    for (int32_t a = 0; a < plant->spot_count; a++)
        for (int32_t b = 0; b < plant->spot_count && plant->stop_of[a] != NOBODY; b++) {
            if (plant->stop_of[b] == NOBODY) continue;
            double straight = plant_straight(plant, a, b);
            all &= !isnan(straight);
            plant->drives[plant->stop_of[a] * plant->drive_stop_count + plant->stop_of[b]] =
                isnan(straight) ? INFINITY : straight;
        }
    return all;
}

static void shorten(double *drives, int32_t stops) {
    for (int32_t over = 0; over < stops; over++)
        for (int32_t a = 0; a < stops; a++)
            for (int32_t b = 0; b < stops; b++)
                drives[a * stops + b] = fmin(drives[a * stops + b],
                                             drives[a * stops + over] + drives[over * stops + b]);
}

void build_drives(struct build *build) {
    struct plant *plant = build->plant;
    if (plant->fleet_count == 0) return;
    BUILD_TAKE(build, stop_of, plant->spot_count);
    find_stops(build);
    int32_t stops = plant->drive_stop_count;
    BUILD_TAKE(build, drives, stops * stops);
    if (fill_straight(plant)) {
        plant->drives = NULL;
        return;
    }
    shorten(plant->drives, stops);
    for (int32_t i = 0; i < stops * stops; i++)
        if (isinf(plant->drives[i])) plant->drives[i] = NAN;
}
