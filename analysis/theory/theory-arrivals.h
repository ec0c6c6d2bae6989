/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is so at a station, and what comes to it: the conditions of formulas. */
#ifndef TAKT_ANALYSIS_THEORY_ARRIVALS_H
#define TAKT_ANALYSIS_THEORY_ARRIVALS_H

#include "theory-floor.h"

/* What the order of service looks at. */
enum service {
    SERVICE_FIFO,
    SERVICE_BLIND, /* nothing that tells the work or the class of a lot */
    SERVICE_PRIORITY,
    SERVICE_SHORTEST,
    SERVICE_OTHER
};

struct arrivals {
    const char *why; /* they are no Poisson streams; NULL: they are */
    bool alone;      /* nothing comes from other stations */
    bool feedback;   /* some of what it does comes back */
};

enum service station_service(const struct floor *, int32_t station);

/* Its work is exponential, with one mean for all. */
bool station_exponential(const struct floor *, int32_t station);

bool station_set_up(const struct floor *, int32_t station);

/* Something that keeps every formula from being exact there, or NULL. */
const char *station_disturbed(const struct floor *, int32_t station);

/* Why it does not let a Poisson stream go again as one, in product form, or NULL. */
const char *station_opaque(const struct floor *, int32_t station);

struct arrivals station_arrivals(const struct floor *, int32_t station);

#endif
