/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From moments to a stream of arrivals.
 *
 * Three questions, in this order. Does the rate change with the hour of the day, or of the week?
 * Patterns are fitted as Poisson streams and compared by Schwarz's criterion, among
 * them a day whose rates all rise and fall by a factor of the weekday. Given the
 * pattern, do arrivals come without memory? Then counts of an interval vary as much as their mean
 * (Fisher's dispersion), and the times between, each divided by what is left of its interval, are
 * exponential (L. Brown and others, JASA 100 (2005) 36-50, section 4.1). If so, a `rate` says it
 * all; if not, and the rate does not change, the times between are fitted as any other values, for
 * `every`.
 *
 * Watched is the time from the first arrival to the last; the first one begins it and is not
 * counted, as in the mean of the times between. */
#ifndef TAKT_ANALYSIS_FIT_ARRIVALS_H
#define TAKT_ANALYSIS_FIT_ARRIVALS_H

#include "fit.h"
#include "fit_data.h"

#include <stdio.h>

struct fit_arrivals_options {
    uint64_t seed;
    int32_t samples;   /* of the bootstrap for times between; -1: as usual */
    double every_s;    /* length of an interval */
    const char *table; /* where the rates are kept (CSV); NULL: nowhere */
    FILE *file;
    int32_t width;
    bool json, colour;
};

/* What the rate depends on. */
#define FIT_PATTERNS(X)                                                                            \
    X(CONSTANT, "constant")                                                                        \
    X(DAY, "day")                                                                                  \
    X(DAYS, "day-times-weekday")                                                                   \
    X(WEEK, "week")

enum fit_pattern {
#define X(id, name) FIT_##id,
    FIT_PATTERNS(X)
#undef X
        FIT_PATTERN_COUNT
};

/* One interval of the pattern, over all days. */
struct rate_slot {
    double watched_s; /* how long it was watched */
    int32_t count;
    double rate; /* per second */
};

struct pattern_fit {
    bool eligible;                  /* there is data enough to ask */
    int32_t slot_count, rate_count; /* rates: slots that were watched */
    struct rate_slot *slots;
    double *hours, *weekdays; /* DAYS: the rate is one of each multiplied */
    double log_likelihood, bic;
};

struct rates {
    const double *moments; /* seconds, rising */
    int32_t count;
    double every_s;
    bool dated;
    struct pattern_fit patterns[FIT_PATTERN_COUNT];
    enum fit_pattern best;
    int32_t day_slots;
    double dispersion, dispersion_p; /* counts of whole intervals; NAN when too few */
    int32_t dispersion_df;
    double memory, memory_p; /* Kolmogorov-Smirnov against exponential; NAN when too few */
    int32_t memory_count;
    double together; /* share of arrivals at the same moment as the one before */
    bool poisson;    /* nothing speaks against it */
};

/* Slots are taken from the arena. The moments span at most RATES_INTERVALS_MOST intervals. */
enum { RATES_INTERVALS_MOST = 1000 * 1000 };
void rates_fit(struct rates *, struct arena *, const double *moments, int32_t count, double every_s,
               bool dated);

/* The rate as lines of a scenario: one line, or a driver. */
void rates_print_lines(const struct rates *, FILE *);
void rates_print_page(const struct rates *, const char *what, FILE *, int32_t width, bool colour);
void rates_json(const struct rates *, FILE *); /* members without braces */
void rates_csv(const struct rates *, FILE *);

enum takt_status fit_arrivals(struct fit_data *, const struct fit_arrivals_options *) MUST_USE;

#endif
