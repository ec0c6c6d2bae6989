/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works where: the crews of each station, and how many of them its overtime brings. */
#include "build.h"

#include <stdlib.h>

/* What the needs of one station come to, by crew. */
struct tally_of_crews {
    bool *works;
    int32_t *machine, *repair; /* the most of any list */
    int32_t *list;             /* of the list at hand */
};

/* The needs of a list, filled from the fastest crew on. */
static void count_list(const struct plant *plant, struct need_list list,
                       struct tally_of_crews *crews, int32_t *most) {
    for (int32_t c = 0; c < plant->crew_count; c++) crews->list[c] = 0;
    for (int32_t i = 0; i < list.count; i++) {
        const struct need *need = &plant->needs[list.first + i];
        int32_t want = need->people;
        for (int32_t o = 0; o < need->option_count; o++) {
            int32_t crew = plant->need_options[need->option_first + o].crew;
            int32_t left = plant->crews[crew].person_count - crews->list[crew];
            int32_t some = left < want ? left : want;
            crews->works[crew] = true;
            crews->list[crew] += some;
            want -= some;
        }
    }
    for (int32_t c = 0; c < plant->crew_count; c++)
        if (crews->list[c] > most[c]) most[c] = crews->list[c];
}

static void count_station(const struct plant *plant, int32_t id, struct tally_of_crews *crews) {
    const struct station *station = &plant->stations[id];
    for (int32_t c = 0; c < plant->crew_count; c++) {
        crews->works[c] = false;
        crews->machine[c] = crews->repair[c] = 0;
    }
    for (int32_t step = 0; station->has_needs && step < plant->step_count; step++)
        for (int32_t phase = PHASE_SETUP; phase < PHASE_COUNT && plant->steps[step].station == id;
             phase++)
            count_list(plant, plant->step_needs[step * PHASE_COUNT + phase], crews, crews->machine);
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++)
        count_list(plant, plant->stops[i].needs, crews, crews->repair);
}

void build_staffings(struct build *build) {
    struct plant *plant = build->plant;
    int32_t count = plant->crew_count;
    if (count == 0) return;
    BUILD_TAKE(build, staffings, plant->station_count * count);
    int32_t *numbers = memory_zeroed(3 * (size_t)count, sizeof *numbers);
    struct tally_of_crews crews = {.works = memory_zeroed((size_t)count, sizeof *crews.works),
                                   .machine = numbers,
                                   .repair = numbers + count,
                                   .list = numbers + 2 * count};
    for (int32_t s = 0; s < plant->station_count; s++) {
        count_station(plant, s, &crews);
        plant->stations[s].staffing_first = plant->staffing_count;
        for (int32_t c = 0; c < count; c++)
            if (crews.works[c])
                plant->staffings[plant->staffing_count++] =
                    (struct staffing){s, c, crews.machine[c], crews.repair[c]};
        plant->stations[s].staffing_count =
            plant->staffing_count - plant->stations[s].staffing_first;
    }
    free(crews.works);
    free(numbers);
}
