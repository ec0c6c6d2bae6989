/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer thinks of his orders, and who leaves for it.
 *
 * Each order is judged when it ends, and has a worth of 0..1. Satisfaction is the mean worth of the
 * orders so far, each weighted by exp(-age / memory): old orders fade, and between two orders
 * nothing changes. At the beginning he remembers one order, a perfect one.
 *
 * Who leaves is a share of the demand: while satisfaction is below a limit the share that is
 * present sinks as exp(-rate * time), above another limit the share that is away does. Each order
 * that would come is placed with the chance that who wants it is present, drawn by its number; so a
 * run in which more stay keeps the orders of one in which fewer do. */
#include "../floor/quick.h"

#include <math.h>

struct opinion opinion_at_start(void) {
    return (struct opinion){.sum = 1,
                            .weight = 1,
                            .now = 1,
                            .present = 1,
                            .level = {.now = 1000000, .min = 1000000, .max = 1000000}};
}

/* ---- judging ---- */
struct judgement {
    const struct run *run;
    double of[JUDGE_NAME_COUNT];
};

static double judgement_read(const void *context, int32_t what, int32_t index) {
    const struct judgement *judgement = context;
    if (what >= 0 && what < JUDGE_NAME_COUNT) return judgement->of[what];
    return world_read(judgement->run, what, index);
}

/* The share that is present, until now: called before satisfaction changes. */
static void drift(const struct run *run, int32_t id, struct opinion *opinion) {
    const struct customer_settings *settings = &run->settings.customers[id];
    double gone = exp(-settings->churn_per_tick * (double)(run->now - opinion->drifted));
    opinion->drifted = run->now;
    if (opinion->now < settings->leaves_below)
        opinion->present *= gone;
    else if (opinion->now > settings->returns_above)
        opinion->present = 1 - (1 - opinion->present) * gone;
}

static void remember(const struct run *run, struct opinion *opinion, double worth, tick memory) {
    double fades = exp(-(double)(run->now - opinion->judged) / (double)memory);
    opinion->judged = run->now;
    opinion->sum = opinion->sum * fades + worth;
    opinion->weight = opinion->weight * fades + 1;
    opinion->now = opinion->sum / opinion->weight;
    level_change(&opinion->level, run->now, llrint(opinion->now * 1e6) - opinion->level.now);
}

void opinion_forms(struct run *run, const struct order *order, bool on_time, bool in_full) {
    const struct source *source = &run->plant->sources[run->plant->release_count + order->customer];
    if (LIKELY(!source->judged_by)) return;
    struct opinion *opinion = &run->customers[order->customer].opinion;
    struct judgement judgement = {
        run,
        {[JUDGE_ON_TIME] = on_time,
         [JUDGE_IN_FULL] = in_full,
         [JUDGE_QUALITY] = (double)(order->delivered - order->sent_back) / (double)order->ordered,
         [JUDGE_WAIT] = (double)(run->now - order->placed)}};
    struct formula_env env = {.read = judgement_read, .context = &judgement};
    double worth = formula_value(source->judged_by, &env);
    if (isnan(worth)) {
        run_stop(run, "what customer %s judges by has no value", source->name);
        return;
    }
    drift(run, order->customer, opinion);
    remember(run, opinion, fmin(fmax(worth, 0), 1), source->remembers);
}

/* ---- leaving ---- */
bool opinion_orders(struct run *run, int32_t source_id, int64_t number) {
    const struct source *source = &run->plant->sources[source_id];
    if (LIKELY(!(run->settings.customers[source->index].churn_per_tick > 0))) return true;
    struct customer_state *customer = &run->customers[source->index];
    drift(run, source->index, &customer->opinion);
    struct draw draw =
        draw_at(run_stream(run, source->churn_stream), (uint64_t)number, 0, run->replication, 0);
    if (run_uniform(run, &draw) < customer->opinion.present) return true;
    SAY(run, CLASS_DEMAND, source->name, "would order, but has left");
    customer->away++;
    return false;
}
