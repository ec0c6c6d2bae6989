/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Energy that machines draw, and what it and the lanes emit. */
#include "../floor/quick.h"

double energy_in_state(const struct run *run, int32_t id, enum machine_state state) {
    const double *power = run->plant->stations[id].power;
    const struct station_state *station = &run->stations[id];
    if (!power) return 0;
    return power[state] *
           (double)clock_time(station->moment[state], station->in_state[state], run->now);
}

double energy_drawn(const struct run *run) {
    double sum = 0;
    for (int32_t i = 0; i < run->plant->station_count; i++)
        for (int32_t s = 0; s < STATE_COUNT; s++)
            sum += energy_in_state(run, i, (enum machine_state)s);
    return sum;
}

double energy_emitted(const struct run *run) {
    double sum = run->plant->world->money.energy_co2.value;
    sum = sum > 0 ? sum * energy_drawn(run) : 0;
    for (int32_t i = 0; i < run->plant->lane_count; i++) sum += run->lane_accounts[i].co2;
    return sum;
}
