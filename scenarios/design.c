/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "design.h"

#include "../sim/sim.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>

/* A random order of 0 .. count - 1 (Fisher and Yates, in Durstenfeld's form: ACM Algorithm 235,
 * 1964), and a place within each stratum; both from words of one draw a position. */
static void latin_factor(struct stream stream, int32_t factors, int32_t count, double *out,
                         int32_t *strata) {
    for (int32_t i = 0; i < count; i++) strata[i] = i;
    for (int32_t i = count - 1; i >= 0; i--) {
        struct draw draw = draw_at(stream, (uint64_t)i, 0, 0, 0);
        int32_t j = (int32_t)(draw_uniform(&draw) * (i + 1));
        int32_t stratum = strata[j];
        strata[j] = strata[i];
        strata[i] = stratum;
        out[(size_t)i * (size_t)factors] = (stratum + draw_uniform(&draw)) / count;
    }
}

void design_latin(uint64_t seed, const char *const *names, int32_t factors, int32_t count,
                  double *out) {
    int32_t *strata = memory_zeroed((size_t)count, sizeof *strata);
    struct arena arena;
    arena_init(&arena);
    for (int32_t f = 0; f < factors; f++)
        latin_factor(stream_named(seed, arena_text(&arena, "sweep/%s", names[f])), factors, count,
                     out + f, strata);
    arena_clear(&arena);
    free(strata);
}

void design_sobol(int32_t factors, int32_t count, double *out) {
    CHECK(factors > 0 && factors <= DESIGN_SOBOL_FACTORS);
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)factors);
    CHECK(sobol);
    for (int32_t i = 0; i < count; i++) gsl_qrng_get(sobol, out + (size_t)i * (size_t)factors);
    gsl_qrng_free(sobol);
}
