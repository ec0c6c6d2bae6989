/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wagner & Whitin, Management Science 5 (1958) 89: the cheapest lots for known needs.
 *
 * In some best plan a lot comes only when nothing is left, so each serves whole periods; the
 * cheapest way to serve the first `end` periods is the cheapest last lot after the cheapest way to
 * serve those before it. Of equal ways the one with the later, smaller last lot. Check: 501.20 on
 * the needs of lots.c. */
#include "lots.h"

#include "../../sim/sim.h"

#include <stdlib.h>

struct best {
    double cost;
    int32_t from; /* the period of the last lot */
};

/* BEST[end] for all ends. */
static void cheapest(const struct lot_rule *rule, const int64_t *net, int32_t count,
                     struct best *best) {
    best[0] = (struct best){0, 0};
    for (int32_t end = 1; end <= count; end++) {
        best[end] = best[end - 1]; /* a period without need asks for no lot */
        best[end].from = end - 1;
        if (net[end - 1] == 0) continue;
        double held = 0, needed = 0;
        for (int32_t from = end - 1; from >= 0; from--) {
            /* Moving the lot a period back holds all that it serves behind that one longer. */
            held += rule->holding * needed;
            needed += (double)net[from] / 1000;
            if (net[from] == 0) continue;
            double cost = best[from].cost + rule->order_cost + held;
            if (from == end - 1 || cost < best[end].cost) best[end] = (struct best){cost, from};
        }
    }
}

void wagner_whitin_lots(const struct lot_rule *rule, const int64_t *net, int32_t count,
                        int64_t *lots) {
    struct best *best = memory_zeroed((size_t)count + 1, sizeof *best);
    cheapest(rule, net, count, best);
    for (int32_t i = 0; i < count; i++) lots[i] = 0;
    for (int32_t end = count; end > 0;) {
        int32_t from = best[end].from;
        for (int32_t i = from; i < end; i++) lots[from] += net[i];
        end = from;
    }
    free(best);
}
