/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines by formula: closed lines with a fixed number of jobs (CONWIP), and saturated lines whose
 * buffers are small.
 *
 * A closed line always has the same number of jobs in it: one comes when one goes. Pure functions
 * of plain numbers, as in queueing.h. */
#ifndef TAKT_ANALYSIS_CLOSED_H
#define TAKT_ANALYSIS_CLOSED_H

#include "../../sim/sim.h"

/* A station of a closed line. */
struct closed_station {
    double work;     /* mean of one visit */
    double visits;   /* of one job */
    double cv2;      /* of the work */
    int32_t servers; /* 0: as many as there are jobs */
    double jobs;     /* the answer: mean number there, waiting and at work */
};

/* The laws of the line, Hopp and Spearman, Factory Physics, chapter 7. */
struct closed_limits {
    double bottleneck_rate, raw_time, critical_wip;
    double best, worst, practical_worst; /* throughput with this many jobs */
    int32_t bottleneck;                  /* index of the station */
};
struct closed_limits closed_limits(const struct closed_station *, int32_t count, int32_t jobs);

/* Throughput with exponential work, and the mean number at each station. Product form: Gordon and
 * Newell 1967, by the convolution of Buzen 1973; the same numbers as mean value analysis, Reiser
 * and Lavenberg 1980. O(count^2 jobs^2). */
double closed_exponential(struct closed_station *, int32_t count, int32_t jobs);

/* The same for one machine at each station and any law of work: mean value analysis in which an
 * arrival waits for what is left of the work at hand (Hopp and Spearman, Factory Physics, chapter
 * 12; Reiser 1979). Exact for exponential work. */
double closed_general(struct closed_station *, int32_t count, int32_t jobs);

enum { CLOSED_STATES_MOST = 700 };

/* Throughput of a saturated line of single machines with exponential work at RATES, blocked after
 * service, with room for ROOMS[i] between machine i and the next: its Markov chain (Hunt 1956),
 * solved by the elimination of Grassmann, Taksar and Heyman 1985. NAN when it has more than
 * CLOSED_STATES_MOST states. */
double closed_blocking(const double *rates, const int32_t *rooms, int32_t count);

/* The same of two machines that fail at work, all times exponential (Gershwin and Berman 1981). */
struct closed_machine {
    double rate;           /* of work */
    double fails, repairs; /* rates: at work, and while it is down; fails 0: never */
};
double closed_failing(const struct closed_machine machines[2], int32_t room);

/* A longer saturated line, approximately: every buffer stands between two machines with exponential
 * work, of which the first is at times starved and the second blocked, as the neighbouring pairs
 * say; round and round until nothing changes (Brandwajn and Jow 1988; Dallery and Frein 1993).
 * Exact for two machines. ROOMS may be INT32_MAX. */
double closed_decomposed(const double *rates, const int32_t *rooms, int32_t count);

#endif
