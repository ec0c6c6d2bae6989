/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers ask for, period by period.
 *
 * The period of a customer who orders by the clock is that from one order to the next: each of his
 * orders is one, be it of nothing. That of all others is a day. Days follow each other from when
 * measuring begins; nothing happens when one ends, but who asks next closes it. The last counts
 * only when it was measured whole.
 *
 * Who looks while the run goes on sees the last period: that order, or the day before. */
#include "../floor/floor.h"

void askings_start(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++)
        run->askings[i].clocked = orders_by_the_clock(run, run->plant->release_count + i);
    askings_reset(run);
}

/* What happened in the instant when the warm-up ends is not measured: the day begins behind it. */
void askings_reset(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++) {
        struct asking *asking = &run->askings[i];
        *asking = (struct asking){.clocked = asking->clocked,
                                  .last = asking->last,
                                  .ends = asking->clocked ? TICK_NEVER
                                                          : run->now + TICK_D + (run->now > 0)};
        tally_reset(&asking->seen);
    }
}

void asking_close(struct asking *asking, tick now) {
    int64_t empty = (now - asking->ends) / TICK_D;
    tally_add(&asking->seen, asking->today);
    tally_add_zeros(&asking->seen, empty);
    asking->ends += (empty + 1) * TICK_D;
    asking->last = empty ? 0 : asking->today;
    asking->today = 0;
}

/* At the end of an instant: a day that would end with the next tick has ended. */
struct tally asking_seen(const struct run *run, int32_t customer) {
    struct asking asking = run->askings[customer];
    if (run->now + 1 >= asking.ends) asking_close(&asking, run->now + 1);
    return asking.seen;
}

double asking_now(const struct run *run, int32_t customer) {
    struct asking asking = run->askings[customer];
    if (run->now >= asking.ends) asking_close(&asking, run->now);
    return (double)asking.last / 1000;
}
