/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps in an order drawn for each job (`order: random`): the job shops of the literature.
 *
 * The order is nowhere kept: it is drawn anew from the job's luck whenever somebody asks, always
 * the same, by the shuffle of Durstenfeld (1964). */
#include "quick.h"

/* Steps of the part's item in its order. */
static int32_t shuffle(const struct run *run, const struct part *part, int16_t *order) {
    const struct item *item = &run->plant->items[run->plant->flows[part->flow].item];
    struct draw draw =
        draw_at(run_stream(run, item->order_stream), part->luck, 0, run->replication, 0);
    int32_t count = run->plant->steps[item->first_step].steps_in_route;
    for (int16_t i = 0; i < count; i++) order[i] = i;
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t k = (int32_t)(run_uniform(run, &draw) * (i + 1));
        if (k > i) k = i; /* the uniform of a mirrored run may be 1 */
        int16_t swap = order[i];
        order[i] = order[k];
        order[k] = swap;
    }
    return item->first_step;
}

int32_t order_first(const struct run *run, const struct part *part) {
    int16_t order[ORDER_MOST];
    int32_t first = shuffle(run, part, order);
    return first + order[0];
}

int32_t order_rest(const struct run *run, const struct part *part, int32_t from, int32_t *steps) {
    int16_t order[ORDER_MOST];
    int32_t first = shuffle(run, part, order), at = 0, count = 0;
    int32_t all = run->plant->steps[from].steps_in_route;
    while (first + order[at] != run->plant->steps[from].written) at++;
    for (; at < all; at++) steps[count++] = first + order[at];
    return count;
}

int32_t order_next(const struct run *run, const struct part *part, int32_t from) {
    int32_t steps[ORDER_MOST];
    return order_rest(run, part, from, steps) > 1 ? steps[1] : NOBODY;
}
