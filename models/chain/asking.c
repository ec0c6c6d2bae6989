/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers ask for, period by period.
 *
 * The period of a customer who orders by the clock is that from one order to the next: each of his
 * orders is one, be it of nothing. That of all others is a day. Days follow each other such that
 * one begins when measuring does; nothing happens when one ends, but who asks next closes it. The
 * last counts only when it was measured whole.
 *
 * Who looks while the run goes on sees the last period: that order, or the day before. */
#include "../floor/floor.h"

void askings_start(struct run *run) {
    tick first = run->plant->warm_up % TICK_D;
    for (int32_t i = 0; i < run->plant->customer_count; i++) {
        struct asking *asking = &run->askings[i];
        *asking =
            (struct asking){.clocked = orders_by_the_clock(run, run->plant->release_count + i)};
        asking->ends = first ? first : TICK_D;
        tally_reset(&asking->seen);
    }
}

/* Of the first day, what was asked for in the instant that ends the warm-up is not measured. */
void askings_reset(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++) {
        struct asking *asking = &run->askings[i];
        if (!asking->clocked && run->now >= asking->ends) asking_close(asking, run->now);
        asking->before = asking->today;
        tally_reset(&asking->seen);
    }
}

void asking_close(struct asking *asking, tick now) {
    int64_t empty = (now - asking->ends) / TICK_D;
    tally_add(&asking->seen, asking->today - asking->before);
    tally_add_zeros(&asking->seen, empty);
    asking->ends += (empty + 1) * TICK_D;
    asking->last = empty ? 0 : asking->today;
    asking->today = asking->before = 0;
}

/* At the end of an instant: a day that would end with the next tick has ended. */
struct tally asking_seen(const struct run *run, int32_t customer) {
    struct asking asking = run->askings[customer];
    if (!asking.clocked && run->now + 1 >= asking.ends) asking_close(&asking, run->now + 1);
    return asking.seen;
}

double asking_now(const struct run *run, int32_t customer) {
    struct asking asking = run->askings[customer];
    if (!asking.clocked && run->now >= asking.ends) asking_close(&asking, run->now);
    return (double)asking.last / 1000;
}
