/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backlog.h"

#include "floor.h"

static void shift(struct run *run, int32_t station, tick by) {
    struct backlog *backlog = &run->backlogs[station];
    if (backlog->changed < run->now) level_extremes(&backlog->work); /* as that instant left it */
    backlog->changed = run->now;
    level_shift(&backlog->work, run->now, by);
}

void backlog_add(struct run *run, int32_t station, int32_t part) {
    run->part_works[part] = (tick)job_value(run, &run->parts[part], JOB_WORK_HERE, NOBODY);
    shift(run, station, run->part_works[part]);
}

void backlog_take(struct run *run, int32_t station, int32_t part) {
    shift(run, station, -run->part_works[part]);
}

void backlog_recount(struct run *run, int32_t station, int32_t part) {
    backlog_take(run, station, part);
    backlog_add(run, station, part);
}

void backlogs_recount(struct run *run) {
    for (int32_t s = 0; run->backlogs && s < run->plant->station_count; s++)
        for (int32_t i = 0, id = NOBODY; i < run->stations[s].queue.count; i++)
            backlog_recount(run, s, id = queue_waiting(run, s, i, id));
}

void backlogs_conserved(const struct run *run) {
    for (int32_t s = 0; run->backlogs && s < run->plant->station_count; s++) {
        tick sum = 0;
        for (int32_t i = 0, id = NOBODY; i < run->stations[s].queue.count; i++)
            sum += run->part_works[id = queue_waiting(run, s, i, id)];
        CHECK(run->backlogs[s].work.now == sum);
    }
}

void backlogs_start(struct run *run) {
    for (int32_t i = 0; run->backlogs && i < run->plant->station_count; i++)
        run->backlogs[i] = (struct backlog){0};
}

void backlogs_note_extremes(struct run *run) {
    for (int32_t i = 0; run->backlogs && i < run->plant->station_count; i++)
        level_extremes(&run->backlogs[i].work);
}

void backlogs_reset(struct run *run) {
    for (int32_t i = 0; run->backlogs && i < run->plant->station_count; i++)
        level_reset(&run->backlogs[i].work, run->now);
}
