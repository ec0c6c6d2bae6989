/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See extra.h: the moments in the life of a lot at which what it knows besides changes. */
#include "floor.h"

void extra_make(struct run *run, int32_t part) {
    run->extras[part] = (struct part_extra){.clocks = NOBODY,
                                            .at = NOBODY,
                                            .reserves = NOBODY,
                                            .broken = NOBODY,
                                            .kits = NOBODY,
                                            .kit = NOBODY};
    if (run->bonds) bonds_clear(run, part);
}

void extra_clear(struct run *run, int32_t part) {
    limits_end(run, part, NOBODY);
    if (run->plant->reserves) reserve_end(run, part);
    if (run->extras[part].kits != NOBODY) kits_drop(run, part);
    extra_make(run, part);
}

void extra_released(struct run *run, int32_t part) {
    limits_begin(run, part, NOBODY);
}

bool extra_step_done(struct run *run, int32_t part, int32_t step) {
    run->extras[part].at = run->plant->steps[step].station;
    limits_begin(run, part, step);
    if (run->plant->reserves) reserve_goes(run, part);
    int32_t broken = run->extras[part].broken;
    if (run->parts[part].step == NOBODY) {
        run->extras[part].broken = broken = NOBODY;
        run->flows[run->parts[part].flow].defective += run->extras[part].bad;
    }
    return broken == NOBODY || limit_acts(run, part, broken);
}

void extra_starts(struct run *run, int32_t first_part, int32_t machine) {
    if (run->bonds) bonds_make(run, first_part, machine);
    for (int32_t part = first_part; part != NOBODY; part = run->parts[part].next) {
        if (run->extras[part].clocks != NOBODY) limits_end(run, part, run->parts[part].step);
        if (!(run->plant->steps[run->parts[part].step].flags & STEP_RESERVES)) continue;
        reserve_end(run, part);
    }
    if (run->plant->reserves) reserves_begin(run, first_part);
}
