/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential and normal chance by the ziggurat method.
 *
 * The area under the density is covered by 256 layers of equal area. A layer is a rectangle, nearly
 * all of which lies under the density: one word picks the layer (8 bits) and the place in it (53
 * bits), and 98.9 times in 100 that is the answer. Else the place is in the wedge at the end of the
 * layer, which takes one more word and an exp() to decide, or, in the lowest layer, in the tail. G.
 * Marsaglia, W. W. Tsang: The ziggurat method for generating random variables. J. Stat. Software
 * 5(8) (2000), here with the place from other bits than the layer (J. A. Doornik 2005) and 53 bits
 * of it. */
#ifndef TAKT_SIM_ZIGGURAT_H
#define TAKT_SIM_ZIGGURAT_H

#include "draw.h"

#include <stdbool.h>
#include <stdint.h>

enum { ZIGGURAT_LAYERS = 256 };

struct ziggurat {
    struct {
        uint64_t inside;                /* places below this lie under the density */
        double width;                   /* of the layer, in units of 2^-53 */
    } layer[ZIGGURAT_LAYERS];           /* from the lowest, which holds the tail, to the top */
    double height[ZIGGURAT_LAYERS + 1]; /* density at the right end of each layer; the last is 1 */
};

extern const struct ziggurat ziggurat_of_exponential, ziggurat_of_normal;

/* What remains when the first word has not settled it. */
double ziggurat_exponential_rest(struct draw *, uint64_t word);
double ziggurat_normal_rest(struct draw *, uint64_t word);

/* Mean 1, from this word alone: 98.9 times in 100. False: the draw has to go on. */
static inline bool ziggurat_exponential_at_once(uint64_t word, double *value) {
    uint64_t layer = word % ZIGGURAT_LAYERS, place = word >> 11;
    *value = (double)(int64_t)place * ziggurat_of_exponential.layer[layer].width;
    return __builtin_expect(place < ziggurat_of_exponential.layer[layer].inside, 1);
}

/* Mean 1. */
static inline double ziggurat_exponential(struct draw *draw) {
    uint64_t word = draw_word(draw);
    double value;
    return ziggurat_exponential_at_once(word, &value) ? value
                                                      : ziggurat_exponential_rest(draw, word);
}

/* Mean 0, standard deviation 1; bit 8 is the sign. */
static inline double ziggurat_normal(struct draw *draw) {
    uint64_t word = draw_word(draw), layer = word % ZIGGURAT_LAYERS, place = word >> 11;
    if (__builtin_expect(place < ziggurat_of_normal.layer[layer].inside, 1)) {
        double x = (double)(int64_t)place * ziggurat_of_normal.layer[layer].width;
        return word & ZIGGURAT_LAYERS ? -x : x;
    }
    return ziggurat_normal_rest(draw, word);
}

#endif
