/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked of a stock from review to review: what its policy knows of demand, and the
 * bullwhip.
 *
 * Who looks at an echelon sees what customers and the floor asked of it, at this stock or below,
 * and not the orders that stocks make of it. The bullwhip is the variance of a stock's orders over
 * that of what was asked of it, review by review (Lee, Padmanabhan and Whang 1997, Information
 * distortion in a supply chain). */
#include "../floor/quick.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static int64_t bought(const struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    int64_t sum = run->stocks[id].bought;
    for (int32_t i = 0; i < stock->below_count; i++) sum += run->stocks[stock->below[i]].bought;
    return sum;
}

int64_t demand_now(const struct run *run, int32_t id) {
    const struct stock_state *stock = &run->stocks[id];
    return run->plant->stocks[id].echelon ? bought(run, id) - stock->bought_before : stock->asked;
}

double demand_mean(const struct run *run, int32_t id, int32_t reviews) {
    const struct stock *stock = &run->plant->stocks[id];
    const struct stock_state *state = &run->stocks[id];
    if (reviews == 0 || stock->history_count == 0) {
        if (state->asked_ever.count == 0) return 0;
        return tally_mean(&state->asked_ever) / 1000;
    }
    int64_t seen = state->review_number + 1, sum = 0;
    int32_t most = reviews < stock->history_count ? reviews : stock->history_count,
            count = seen < most ? (int32_t)seen : most;
    for (int32_t i = 0; i < count; i++)
        sum += run->histories[stock->history_first + (seen - 1 - i) % stock->history_count];
    return (double)sum / count / 1000;
}

/* Up to what lasts with this chance from an order until the receipt of the next, if what is asked
 * between reviews is normal with the mean and deviation seen so far. */
int64_t demand_newsvendor(const struct run *run, int32_t id) {
    const struct tally *asked = &run->stocks[id].asked_ever;
    if (asked->count == 0) return 0;
    double every = (double)run->settings.stocks[id].every,
           periods = (supply_lead_expected(run, id) + every) / every,
           sd = asked->count > 1 ? sqrt(tally_variance(asked)) : 0,
           level = periods * tally_mean(asked) +
                   gsl_cdf_ugaussian_Pinv(run->settings.stocks[id].service) * sqrt(periods) * sd;
    return stock_whole(run, id, level);
}

bool stock_counted(const struct run *run, int32_t id) {
    const struct dimension none = {0};
    return dimension_same(run->plant->items[run->plant->stocks[id].item].dimension, none);
}

int64_t stock_whole(const struct run *run, int32_t id, double amount) {
    int64_t rounded = llrint(amount);
    return stock_counted(run, id) && rounded > 0 ? (rounded + 999) / 1000 * 1000 : rounded;
}

void demand_look(struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    struct stock_state *state = &run->stocks[id];
    int64_t now = demand_now(run, id);
    if (stock->history_count)
        run->histories[stock->history_first + state->review_number % stock->history_count] = now;
    if (state->review_number > 0 || now > 0) tally_add(&state->asked_ever, now);
}

void demand_seen(struct run *run, int32_t id, int64_t ordered) {
    struct stock_state *state = &run->stocks[id];
    if (run->settings.stocks[id].every) {
        tally_add(&state->reviewed_orders, ordered);
        tally_add(&state->reviewed_demand, demand_now(run, id));
    }
    state->review_number++;
    state->asked = 0;
    if (run->plant->stocks[id].echelon) state->bought_before = bought(run, id);
}
