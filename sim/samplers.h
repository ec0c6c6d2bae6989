/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samplers: how the values of the harder laws are made from random words.
 *
 * All take their words from the draw one after the other: a value depends on its key alone. */
#ifndef TAKT_SIM_SAMPLERS_H
#define TAKT_SIM_SAMPLERS_H

#include "draw.h"

#include <stdint.h>

/* Sum of COUNT exponentials of mean 1. */
double sample_erlang(struct draw *, int32_t count);
/* Shape > 0, scale 1. */
double sample_gamma(struct draw *, double shape);
/* Between 0 and 1; a, b > 0. */
double sample_beta(struct draw *, double a, double b);
/* 0 <= mean <= 1e9. */
double sample_poisson(struct draw *, double mean);
/* 0 <= n <= 1e9, 0 <= p <= 1. */
double sample_binomial(struct draw *, double n, double p);

#endif
