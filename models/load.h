/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The static load of stations: work that comes in the long run over what the machines can do, from
 * means alone. */
#ifndef TAKT_MODELS_LOAD_H
#define TAKT_MODELS_LOAD_H

#include "plant.h"

struct station_load {
    double lots_per_hour; /* coming, visits of branches, rework and losses counted */
    double work_hours;    /* mean work and setup of a lot */
    double share_open;    /* of time, by the calendar */
    double share_up;      /* of open time, less failures that run with the time at work */
    double load;          /* lots x work over machines x open x up; NaN when it cannot be known */
    bool saturated;       /* fed without end */
};

/* One for each station, in LOADS. A rate with drivers counts as it is at the start of measuring. */
void load_stations(const struct plant *, struct station_load *loads);

#endif
