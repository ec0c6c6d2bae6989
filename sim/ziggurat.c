/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ziggurat.h"

#include <math.h>
#include <stdbool.h>

/* Is a place at X, in the wedge of this layer, under the density there? One word. */
static bool under(const struct ziggurat *ziggurat, uint64_t layer, double density,
                  struct draw *draw) {
    double low = ziggurat->height[layer], high = ziggurat->height[layer + 1];
    return low + draw_uniform(draw) * (high - low) < density;
}

/* Beyond the lowest layer the exponential starts anew from its end, so the tail is the whole law
 * again. */
double ziggurat_exponential_rest(struct draw *draw, uint64_t word) {
    const struct ziggurat *ziggurat = &ziggurat_of_exponential;
    const double end = -log(ziggurat->height[1]);
    double start = 0;
    for (;; word = draw_word(draw)) {
        uint64_t layer = word % ZIGGURAT_LAYERS, place = word >> 11;
        double x = (double)(int64_t)place * ziggurat->layer[layer].width;
        if (place < ziggurat->layer[layer].inside) return start + x;
        if (layer == 0)
            start += end;
        else if (under(ziggurat, layer, exp(-x), draw))
            return start + x;
    }
}

/* The tail of the normal beyond END: G. Marsaglia, Generating a variable from the tail of the
 * normal distribution, Technometrics 6 (1964). */
static double normal_tail(double end, struct draw *draw) {
    for (;;) {
        double x = ziggurat_exponential(draw) / end, y = ziggurat_exponential(draw);
        if (2 * y > x * x) return end + x;
    }
}

double ziggurat_normal_rest(struct draw *draw, uint64_t word) {
    const struct ziggurat *ziggurat = &ziggurat_of_normal;
    for (;; word = draw_word(draw)) {
        uint64_t layer = word % ZIGGURAT_LAYERS, place = word >> 11;
        double sign = word & ZIGGURAT_LAYERS ? -1 : 1;
        double x = (double)(int64_t)place * ziggurat->layer[layer].width;
        if (place < ziggurat->layer[layer].inside) return sign * x;
        if (layer == 0) return sign * normal_tail(sqrt(-2 * log(ziggurat->height[1])), draw);
        if (under(ziggurat, layer, exp(-0.5 * x * x), draw)) return sign * x;
    }
}
