/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outages of suppliers and lanes, and moments at which something stops. */
#include "build.h"

#include <stdlib.h>

/* ---- moments ---- */
static int tick_order(const void *a, const void *b) {
    tick x = *(const tick *)a, y = *(const tick *)b;
    return x < y ? -1 : x > y;
}

/* Those before the beginning of the run are over. */
struct moments build_stop_moments(struct build *build, const struct list *at) {
    const struct moment_spec *said = at->things;
    struct moments moments = {NULL, 0};
    if (at->count == 0) return moments;
    tick *list = arena_take(&build->plant->arena, (size_t)at->count * sizeof *list);
    for (int32_t i = 0; i < at->count; i++) {
        tick moment = said[i].moment.ticks + build->plant->warm_up;
        if (moment >= 0) list[moments.count++] = moment;
    }
    qsort(list, (size_t)moments.count, sizeof *list, tick_order);
    moments.at = list;
    return moments;
}

/* ---- outages ---- */
static void build_outage(struct build *build, const struct outage_spec *said, struct outage owner,
                         const char *of) {
    struct plant *plant = build->plant;
    const struct outage_part_spec *parts = said->stops.things;
    const char *path = arena_text(&plant->arena, "%s.failures.%s", of, said->thing.name);
    struct outage *outage = &plant->outages[plant->outage_count];
    bool up = said->clock.index < 0 || said->clock.index == OUTAGE_UP;
    *outage = owner;
    outage->name = said->thing.name;
    outage->path = path;
    outage->clock = up && !said->at.count ? OUTAGE_UP : OUTAGE_CALENDAR;
    outage->moments = build_stop_moments(build, &said->at);
    outage->after_stream = build_stream(build, "%s/after", path);
    outage->lasts_stream = build_stream(build, "%s/lasts", path);
    for (int32_t p = 0; p < said->stops.count; p++) outage->stops |= 1u << parts[p].what.index;
    plant->settings.outages[plant->outage_count++] =
        (struct outage_settings){said->after, said->first, said->lasts};
    plant->chance |=
        build_chance(&said->after) || build_chance(&said->first) || build_chance(&said->lasts);
}

void build_outages(struct build *build, const struct map *failures, struct outage owner,
                   const char *of) {
    for (int32_t i = 0; i < failures->count; i++)
        build_outage(build, &THINGS(*failures, outage)[i], owner, of);
}
