/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Energy that machines draw, and what it and the lanes emit. */
#include "../floor/quick.h"

double energy_drawn(const struct run *run) {
    double sum = 0;
    for (int32_t i = 0; i < run->plant->station_count; i++) {
        const double *power = run->plant->stations[i].power;
        const struct station_state *station = &run->stations[i];
        for (int32_t s = 0; power && s < STATE_COUNT; s++)
            sum +=
                power[s] * (double)clock_time(station->moment[s], station->in_state[s], run->now);
    }
    return sum;
}

double energy_emitted(const struct run *run) {
    double sum = run->plant->world->money.energy_co2.value;
    sum = sum > 0 ? sum * energy_drawn(run) : 0;
    for (int32_t i = 0; i < run->plant->lane_count; i++) sum += run->lane_accounts[i].co2;
    return sum;
}
