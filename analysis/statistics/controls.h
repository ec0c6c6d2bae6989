/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Control variates: what is known of the chance of a run sharpens what is not.
 *
 * A replication with more arrivals than there should be has longer queues than there should be. The
 * number of arrivals that is to be expected is known, so the part of the queue that follows from it
 * can be taken off: the mean of y - b (c - E c), where b is estimated from the same replications.
 * That is the intercept of the regression of y on c - E c, with the regression's own t interval of
 * n - q - 1 degrees of freedom, exact when y and c are jointly normal (Lavenberg & Welch,
 * Management Science 27, 1981). Every control costs a degree of freedom, so there should be few. */
#ifndef TAKT_ANALYSIS_CONTROLS_H
#define TAKT_ANALYSIS_CONTROLS_H

#include "statistics.h"

/* One thing whose mean is known: its deviation from that mean, one a replication. */
struct control {
    const double *deviations;
};

/* `interval` is that of the controlled mean; `reduction` is the variance of the plain mean over
 * that of the controlled one: 4 means that the replications are worth four times as many. USED
 * controls were told apart from the ones before them. All NaN when there are not two degrees of
 * freedom. */
struct controlled {
    struct interval interval;
    double reduction;
    int32_t used;
};

/* O(count * controls^2). A NaN among the values or the deviations makes all NaN. */
struct controlled controlled_mean(const double *values, int32_t count,
                                  const struct control *controls, int32_t control_count,
                                  double confidence);

#endif
