/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues by formula: what is known of one station without simulating it.
 *
 * Every function is pure and takes plain numbers in one unit of time of the caller's choice: a rate
 * is per that time, `work` is the mean time of one job, `load` is the share of its time that a
 * machine is busy, cv2 the squared coefficient of variation (variance over squared mean). Waits are
 * means, from coming to the start of work, in the long run. A queue that grows without end (load 1
 * or more) waits INFINITY. Check values stand in tests/analysis/test_queueing.c. */
#ifndef TAKT_ANALYSIS_QUEUEING_H
#define TAKT_ANALYSIS_QUEUEING_H

#include "../../sim/sim.h"

/* ---- Poisson arrivals, exponential work ---- */

/* Erlang 1917: the share lost when `offered` = rate x work meets so many servers and nobody waits.
 * True for any law of work. */
double queueing_erlang_loss(double offered, int32_t servers);

/* Erlang 1917: the chance that an arrival must wait, with room for all. */
double queueing_erlang_wait(double offered, int32_t servers);

/* M/M/c: the mean wait. */
double queueing_mmc_wait(double rate, double work, int32_t servers);

/* M/M/c with room for `room` that wait; who finds no room is lost. */
struct queueing_loss {
    double lost, in_queue, in_system;
};
struct queueing_loss queueing_mmck(double rate, double work, int32_t servers, int32_t room);

/* M/M/c with machines that differ, each with its own rate of work in SPEEDS; the one that has been
 * idle longest takes the next. At most QUEUEING_UNEVEN_MOST machines; O((machines!)^3). */
enum { QUEUEING_UNEVEN_MOST = 5 };
struct queueing_uneven {
    double in_queue, busy; /* mean numbers: of jobs that wait, of machines at work */
};
struct queueing_uneven queueing_uneven(double rate, const double *speeds, int32_t machines);

/* ---- other laws ---- */

/* M/G/1, Pollaczek 1930 and Khinchine 1932. */
double queueing_mg1_wait(double rate, double work, double cv2);

/* GI/M/1: the root s of s = A((1 - s) / work) between 0 and 1, where A is the transform of the time
 * between arrivals (see queueing_transform); the wait is work s / (1 - s). Kendall 1953. */
double queueing_gm1_root(const struct law *between, double work);

/* E[exp(-rate x)] of a law of times: the chance that none of a Poisson stream comes in it. NAN for
 * a law without distribution function. By quadrature of that function (GSL), exact to 1e-9 and
 * better. */
double queueing_transform(const struct law *, double rate);

/* G/G/c, Kingman 1961 for one machine, Allen and Cunneen 1978 for several: the variability of
 * arrivals and of work times the wait of M/M/c. Exact for M/G/1 and M/M/c. */
double queueing_ggc_wait(double rate, double work, int32_t servers, double arrivals_cv2,
                         double work_cv2);

/* The squared coefficient of variation of the times between departures. Whitt 1983, The Queueing
 * Network Analyzer, formula 39; Hopp and Spearman, Factory Physics, chapter 8. */
double queueing_departures_cv2(double arrivals_cv2, double work_cv2, double load, int32_t servers);

/* ---- rules other than first come, first served ---- */

/* A class of jobs, most urgent first. */
struct queueing_class {
    double rate, work;
    double wait; /* the answer */
};

/* Cobham 1954: classes in order of priority on one machine, nobody interrupted. RESIDUAL is the
 * mean work left of what an arrival finds on the machine: half the sum of rate x E[work^2]; for
 * several machines with one exponential law, the chance of waiting x work / machines. */
void queueing_priorities(struct queueing_class *classes, int32_t count, int32_t servers,
                         double residual);

/* Phipps 1956: shortest work first on one machine with Poisson arrivals, nobody interrupted. LAWS
 * are those of the classes, RATES their streams. The mean over all jobs, by Stieltjes sums over the
 * distribution functions; NAN when a law has none or has an atom. */
double queueing_shortest_wait(const struct law *laws, const double *rates, int32_t count);

/* ---- machines that fail ---- */

/* A time and its variability. */
struct queueing_time {
    double mean, cv2;
};

/* Effective process time of work that failures stretch: a failure after a mean busy time of
 * `between`, a repair with this mean and cv2, work resumes. Exact moments for exponential times
 * between failures (Gaver 1962); Hopp and Spearman, Factory Physics, chapter 8. */
struct queueing_time queueing_with_failures(struct queueing_time work, double between,
                                            struct queueing_time repair);

/* The same with a setup after every `jobs` jobs on average (Hopp and Spearman, chapter 8). */
struct queueing_time queueing_with_setups(struct queueing_time work, double jobs,
                                          struct queueing_time setup);

/* M/G/1 on a machine that fails also when it is idle (clock `up`), all exponential but the work: an
 * arrival at an idle machine may find it down. The mean number in the system. M/G/1 with an
 * exceptional first job, Welch 1964. */
double queueing_failing_in_system(double rate, struct queueing_time work, double between,
                                  double repair);

/* Machines that are repaired by one crew, all exponential: the share of time that a machine is up,
 * and the mean wait for the crew. Palm 1947. */
struct queueing_repairman {
    double up, wait;
};
struct queueing_repairman queueing_repairman(int32_t machines, double between, double repair);

/* ---- batches ---- */

/* Poisson arrivals at a machine that takes from `least` to `most` jobs at once, exponential work.
 * Neuts 1967; for least 1, Bailey 1954. */
struct queueing_batches {
    double in_queue, load, size; /* mean number waiting, share of time at work, mean batch */
};
struct queueing_batches queueing_batches(double rate, double work, int32_t least, int32_t most);

#endif
