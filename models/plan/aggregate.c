/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sales and operations in a run: demand, stocks, capacities and costs as they are now go to the
 * aggregate plan (sop.h), and what it says of its first period is set.
 *
 * All goods of a plan are added up, in the mix in which they are asked for over its horizon. What
 * can be made in a period is what the scarcest station or crew can do: open hours of machines that
 * are up, or of people, over the hours that a unit of the mix takes. Overtime that the plan sets is
 * a way of its own, other overtime belongs to the regular hours. A unit costs its materials and its
 * machine hours; in overtime also the extra pay, if all that may be worked is; from outside the
 * price. Wages of regular hours are paid whatever is decided, unless the plan sets how many people
 * there are; then they, who comes and who goes are its costs too. */
#include "../chain/programme.h"
#include "../floor/people.h"
#include "../floor/quick.h"
#include "planner.h"
#include "sop.h"

#include <math.h>
#include <stdlib.h>

struct aggregate { /* one computation */
    struct run *run;
    const struct plan *plan;
    const struct plan_good *goods;
    const struct plan_set *sets;
    int32_t good_count, periods, resources;
    tick *at;       /* beginnings of periods, and the end of the last */
    double *demand; /* goods x periods, units */
    double *total;  /* by period */
    double *stock;  /* goods: units above their safety stock */
    double *mix;    /* goods */
    double *work;   /* hours of a unit of the mix */
    double *most[SOP_WAY_COUNT];
};

static double *doubles(int32_t count) {
    return memory_zeroed((size_t)count + 1, sizeof(double));
}

static struct aggregate aggregate_make(struct run *run, int32_t id) {
    const struct plans *plans = &run->plant->plans;
    const struct plan *plan = &plans->list[id];
    struct aggregate all = {.run = run,
                            .plan = plan,
                            .goods = plans->goods + plan->good_first,
                            .sets = plans->sets + plan->set_first,
                            .good_count = plan->good_count,
                            .periods = plan->periods,
                            .resources = run->plant->station_count + run->plant->crew_count};
    all.at = memory_zeroed((size_t)plan->periods + 1, sizeof *all.at);
    all.demand = doubles(all.good_count * all.periods);
    all.total = doubles(all.periods);
    all.stock = doubles(all.good_count);
    all.mix = doubles(all.good_count);
    all.work = doubles(all.resources);
    for (int32_t way = 0; way < SOP_WAY_COUNT; way++) all.most[way] = doubles(all.periods);
    all.at[0] = run->now;
    for (int32_t t = 0; t < all.periods; t++)
        all.at[t + 1] = cadence_next(run->plant, plan->every, all.at[t]);
    return all;
}

static void aggregate_free(struct aggregate *all) {
    double *const blocks[] = {all->demand, all->total,   all->stock,   all->mix,
                              all->work,   all->most[0], all->most[1], all->most[2]};
    free(all->at);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) free(blocks[i]);
}

/* ---- demand and stocks ---- */
/* Orders that have come and are due later; what else is owed is wanted now. */
static void read_orders(const struct aggregate *all, int32_t g) {
    const struct run *run = all->run;
    const struct stock_state *stock = &run->stocks[all->goods[g].stock];
    double *demand = all->demand + g * all->periods;
    for (int32_t id = stock->order_first; id != NOBODY; id = run->orders[id].next) {
        const struct order *order = &run->orders[id];
        if (order->due == TICK_NEVER || order->due < run->now) continue;
        double open = (double)order->open / 1000;
        all->stock[g] += open; /* it is no burden until then */
        for (int32_t t = 0; t < all->periods; t++)
            if (order->due < all->at[t + 1]) {
                demand[t] += open;
                break;
            }
    }
}

static void read_demand(const struct aggregate *all, int32_t g) {
    const struct plan_good *good = &all->goods[g];
    double *demand = all->demand + g * all->periods;
    for (int32_t t = 0; t < all->periods; t++) {
        double expected = good->series == NOBODY
                              ? NAN
                              : outlook_between(all->run, good->series, all->at[t], all->at[t + 1]);
        if (isnan(expected))
            expected = demand[t] + known_demand(all->run, good->stock, all->at[t], all->at[t + 1]);
        if (expected > demand[t]) demand[t] = expected;
        all->total[t] += demand[t];
        all->mix[g] += demand[t];
    }
}

static double safety_of(const struct run *run, int32_t stock) {
    int32_t item = run->plant->stocks[stock].item;
    const struct item_spec *spec =
        &((const struct item_spec *)run->plant->world->items.things)[item];
    return spec->planning.safety_stock.value / run->plant->items[item].unit_scale;
}

static void read_goods(struct aggregate *all) {
    double sum = 0;
    for (int32_t g = 0; g < all->good_count; g++) {
        const struct stock_state *stock = &all->run->stocks[all->goods[g].stock];
        all->stock[g] = (double)(stock->net.now + stock->on_order.now) / 1000 -
                        safety_of(all->run, all->goods[g].stock);
        read_orders(all, g);
        read_demand(all, g);
        sum += all->mix[g];
    }
    for (int32_t g = 0; g < all->good_count; g++) {
        all->mix[g] = sum > 0 ? all->mix[g] / sum : 1. / all->good_count;
        for (int32_t r = 0; r < all->resources; r++)
            all->work[r] += all->mix[g] * all->goods[g].work[r];
    }
}

/* ---- capacities ---- */
static const struct plan_set *overtime_of(const struct aggregate *all, int32_t resource) {
    int32_t stations = all->run->plant->station_count;
    for (int32_t i = 0; i < all->plan->set_count; i++) {
        const struct plan_set *set = &all->sets[i];
        if (set->what == SETS_STATION_OVERTIME && set->index == resource) return set;
        if (set->what == SETS_CREW_OVERTIME && set->index == resource - stations) return set;
    }
    return NULL;
}

static const struct shift *shift_of(const struct plan_set *set, bool overtime) {
    return set ? &set->shifts[overtime ? set->shift_count - 1 : 0] : NULL;
}

static double open_hours(const struct aggregate *all, int32_t calendar, const struct plan_set *set,
                         int32_t t, bool overtime) {
    return calendar_hours(all->run, calendar, shift_of(set, overtime), all->at[t], all->at[t + 1]);
}

/* Hours that the overtime of a station adds, and that it brings people for. */
static double station_overtime(const struct aggregate *all, const struct plan_set *set, int32_t t) {
    int32_t calendar = all->run->plant->stations[set->index].calendar;
    double longer = open_hours(all, calendar, set, t, true);
    return (longer - open_hours(all, calendar, set, t, false)) *
           all->run->settings.stations[set->index].machines;
}

/* People of a crew a machine of a station. */
static int32_t people_at(const struct plant *plant, int32_t station, int32_t crew) {
    for (int32_t i = 0; i < plant->staffing_count; i++)
        if (plant->staffings[i].station == station && plant->staffings[i].crew == crew)
            return plant->staffings[i].each_machine;
    return 0;
}

static const struct plan_set *people_set(const struct aggregate *all, int32_t crew) {
    for (int32_t i = 0; i < all->plan->set_count; i++)
        if (all->sets[i].what == SETS_PEOPLE && all->sets[i].index == crew) return &all->sets[i];
    return NULL;
}

/* Of a crew; as many as there can be if the plan sets that. */
static int32_t people_of(const struct aggregate *all, int32_t crew) {
    const struct plan_set *set = people_set(all, crew);
    return set ? set->most : all->run->settings.crews[crew].people;
}

static double brought(const struct aggregate *all, int32_t crew, int32_t t) {
    double sum = 0;
    for (int32_t i = 0; i < all->plan->set_count; i++)
        if (all->sets[i].what == SETS_STATION_OVERTIME)
            sum += station_overtime(all, &all->sets[i], t) *
                   people_at(all->run->plant, all->sets[i].index, crew);
    return sum;
}

/* Hours of a station's machines, or of a crew's people. */
static double hours_of(const struct aggregate *all, int32_t resource, int32_t t, bool overtime) {
    const struct run *run = all->run;
    const struct plant *plant = run->plant;
    const struct plan_set *set = overtime_of(all, resource);
    if (resource >= plant->station_count) {
        int32_t id = resource - plant->station_count;
        const struct crew_plan *crew = &plant->crews[id];
        return people_of(all, id) * open_hours(all, crew->shift, set, t, overtime) +
               (overtime ? brought(all, id, t) : 0);
    }
    return station_hours(run, resource, shift_of(set, overtime), all->at[t], all->at[t + 1]);
}

/* Units of the mix. */
static double capacity(const struct aggregate *all, int32_t t, bool overtime) {
    double most = INFINITY;
    for (int32_t r = 0; r < all->resources; r++)
        if (all->work[r] > 0) most = fmin(most, hours_of(all, r, t, overtime) / all->work[r]);
    return most;
}

static int32_t supply_of(const struct aggregate *all, const struct plan_set *set) {
    const struct plant *plant = all->run->plant;
    return plant->origins[plant->stocks[set->index].origin_first + 1].index;
}

/* What suppliers can send of goods that have one beside the factory. */
static double outside(const struct aggregate *all, int32_t t) {
    double sum = 0;
    for (int32_t i = 0; i < all->plan->set_count; i++) {
        if (all->sets[i].what != SETS_STEADY) continue;
        double limit = all->run->settings.supplies[supply_of(all, &all->sets[i])].capacity;
        sum += limit > 0 ? limit * (double)(all->at[t + 1] - all->at[t]) / 1000 : INFINITY;
    }
    return sum;
}

static void read_capacities(const struct aggregate *all) {
    for (int32_t t = 0; t < all->periods; t++) {
        double regular = capacity(all, t, false), longer = capacity(all, t, true);
        all->most[SOP_REGULAR][t] = regular;
        all->most[SOP_OVERTIME][t] = isinf(regular) ? 0 : longer - regular;
        all->most[SOP_OUTSIDE][t] = outside(all, t);
    }
}

/* ---- costs ---- */
static double regular_cost(const struct aggregate *all) {
    const struct run *run = all->run;
    double sum = 0;
    for (int32_t s = 0; s < run->plant->station_count; s++)
        sum += all->work[s] * run->settings.stations[s].work_cost_per_tick * (double)TICK_H;
    for (int32_t g = 0; g < all->good_count; g++) sum += all->mix[g] * all->goods[g].materials;
    return sum;
}

/* Of all the hours that may be set of it, each hour a crew's wage. */
static double pay_of(const struct aggregate *all, const struct plan_set *set, int32_t t) {
    const struct run *run = all->run;
    double sum = 0;
    if (set->what == SETS_CREW_OVERTIME) {
        const struct crew_settings *crew = &run->settings.crews[set->index];
        int32_t calendar = run->plant->crews[set->index].shift;
        double hours =
            open_hours(all, calendar, set, t, true) - open_hours(all, calendar, set, t, false);
        return hours * people_of(all, set->index) * crew->wage_per_tick * crew->overtime_pay *
               (double)TICK_H;
    }
    if (set->what != SETS_STATION_OVERTIME) return 0;
    for (int32_t c = 0; c < run->plant->crew_count; c++)
        sum += people_at(run->plant, set->index, c) * run->settings.crews[c].wage_per_tick *
               overtime_pay(run, set->index, c);
    return sum * station_overtime(all, set, t) * (double)TICK_H;
}

/* Pay for all the overtime that may be set, over the units that it can make. */
static double overtime_cost(const struct aggregate *all) {
    double pay = 0, units = 0;
    for (int32_t t = 0; t < all->periods; t++) {
        units += all->most[SOP_OVERTIME][t];
        for (int32_t i = 0; i < all->plan->set_count; i++) pay += pay_of(all, &all->sets[i], t);
    }
    return units > 0 ? pay / units : 0;
}

static double outside_cost(const struct aggregate *all) {
    double sum = 0;
    int32_t count = 0;
    for (int32_t i = 0; i < all->plan->set_count; i++) {
        if (all->sets[i].what != SETS_STEADY) continue;
        sum += all->run->settings.supplies[supply_of(all, &all->sets[i])].price;
        count++;
    }
    return count ? sum / count : 0;
}

static double holding(const struct aggregate *all) {
    double sum = 0, period = (double)(all->at[all->periods] - all->at[0]) / all->periods;
    for (int32_t g = 0; g < all->good_count; g++)
        sum +=
            all->mix[g] * all->run->settings.stocks[all->goods[g].stock].holding_per_tick * period;
    return sum;
}

/* ---- people ---- */
struct staffing_rows { /* of crews that the plan sets */
    struct sop_crew *crews;
    double *rows, *people;
    int32_t count;
};

enum { CREW_HOURS, CREW_LONGER, CREW_OTHERS, CREW_MISSED, CREW_ROW_COUNT };

static void read_crew(const struct aggregate *all, int32_t i, struct sop_crew *crew, double *rows) {
    const struct run *run = all->run;
    const struct plan_set *set = &all->sets[i];
    const struct crew_settings *settings = &run->settings.crews[set->index];
    const struct plan_set *overtime = overtime_of(all, run->plant->station_count + set->index);
    int32_t calendar = run->plant->crews[set->index].shift;
    tick notice = all->at[0] + settings->hire_notice;
    double wage = settings->wage_per_tick * (double)TICK_H;
    for (int32_t t = 0; t < all->periods; t++) {
        tick come = all->at[t] + settings->hire_delay, end = all->at[t + 1];
        rows[CREW_HOURS * all->periods + t] = open_hours(all, calendar, overtime, t, false);
        rows[CREW_LONGER * all->periods + t] = open_hours(all, calendar, overtime, t, true);
        rows[CREW_OTHERS * all->periods + t] = brought(all, set->index, t);
        rows[CREW_MISSED * all->periods + t] = calendar_hours(
            run, calendar, shift_of(overtime, false), all->at[t], come < end ? come : end);
    }
    const struct plan_state *state = &run->planning->plans[all->plan - run->plant->plans.list];
    int64_t before = state->acted ? run->planning->sets[all->plan->set_first + i]
                                  : run->plant->settings.crews[set->index].people;
    *crew =
        (struct sop_crew){.hours = rows + CREW_HOURS * all->periods,
                          .longer = rows + CREW_LONGER * all->periods,
                          .others = rows + CREW_OTHERS * all->periods,
                          .missed = rows + CREW_MISSED * all->periods,
                          .work = all->work[run->plant->station_count + set->index],
                          .wage = wage,
                          .hire = (double)settings->hire_cost_micro / 1e6,
                          .dismiss = wage * calendar_hours(run, calendar, shift_of(overtime, false),
                                                           all->at[0], notice),
                          .now = (int32_t)before,
                          .least = set->least,
                          .most = set->most};
}

static struct staffing_rows read_crews(const struct aggregate *all) {
    struct staffing_rows read = {0};
    int32_t rows = CREW_ROW_COUNT * all->periods;
    for (int32_t i = 0; i < all->plan->set_count; i++)
        read.count += all->sets[i].what == SETS_PEOPLE;
    read.crews = memory_zeroed((size_t)read.count + 1, sizeof *read.crews);
    read.rows = doubles(read.count * rows);
    read.people = doubles(read.count * all->periods);
    for (int32_t i = 0, at = 0; i < all->plan->set_count; i++)
        if (all->sets[i].what == SETS_PEOPLE) {
            read_crew(all, i, &read.crews[at], read.rows + (ptrdiff_t)at * rows);
            at++;
        }
    return read;
}

/* Share of the overtime that may be worked which so many units take in the first period: of what
 * all resources can do, or of what those people can who will be there. */
static double overtime_share(const struct aggregate *all, const struct staffing_rows *crews,
                             double units) {
    double more = all->most[SOP_OVERTIME][0], share = more > 0 ? units / more : 0;
    for (int32_t c = 0; c < crews->count; c++) {
        const struct sop_crew *crew = &crews->crews[c];
        double hours = crews->people[c * all->periods] * (crew->longer[0] - crew->hours[0]);
        if (hours > 0) share = fmax(share, units * crew->work / hours);
    }
    return fmin(share, 1);
}

static void crews_free(struct staffing_rows *read) {
    free(read->crews);
    free(read->rows);
    free(read->people);
}

/* ---- what is set ---- */
struct first_period {
    double made, outside, stock, overtime; /* units; share of the overtime that may be worked */
    const double *people;                  /* of crews that are set, one after the other */
};

static double next_demand(const struct aggregate *all, int32_t g) {
    return all->demand[g * all->periods + (all->periods > 1 ? 1 : 0)];
}

/* What it is to hold at the end: stock lies where it will be asked for. */
static double target_of(const struct aggregate *all, const struct first_period *first, int32_t g) {
    double sum = 0;
    for (int32_t i = 0; i < all->good_count; i++) sum += next_demand(all, i);
    double share = sum > 0 ? next_demand(all, g) / sum : all->mix[g];
    return fmax(0, first->stock) * share;
}

static bool by_plan(const struct run *run, int32_t stock) {
    return run->settings.stocks[stock].policy == REORDER_PLAN;
}

/* Up to what its position is to be raised at every review, so that the period ends like that; a
 * plan that it orders by only needs to know how it is to end. */
static double level_of(const struct aggregate *all, const struct first_period *first, int32_t g) {
    int32_t id = all->goods[g].stock;
    if (by_plan(all->run, id)) return safety_of(all->run, id) + target_of(all, first, g);
    double time = (double)(all->run->settings.stocks[id].every + planned_lead(all->run, id));
    double rate = all->demand[g * all->periods] / (double)(all->at[1] - all->at[0]);
    return safety_of(all->run, id) + target_of(all, first, g) + rate * time;
}

/* What the factory gets of what is to come, where the rest is bought. */
static double steady_of(const struct aggregate *all, const struct first_period *first, int32_t g) {
    double mine = 0, sum = 0;
    for (int32_t i = 0; i < all->good_count; i++) {
        double comes =
            fmax(0, target_of(all, first, i) + all->demand[i * all->periods] - all->stock[i]);
        bool bought = false;
        for (int32_t k = 0; k < all->plan->set_count; k++)
            bought |= all->sets[k].what == SETS_STEADY && all->sets[k].index == all->goods[i].stock;
        if (bought) sum += comes;
        if (i == g) mine = comes;
    }
    return sum > 0 ? fmax(0, mine - first->outside * mine / sum) : 0;
}

static int64_t thousandths(const struct run *run, int32_t stock, double units) {
    const struct item *item = &run->plant->items[run->plant->stocks[stock].item];
    bool counted = dimension_same(item->dimension, (struct dimension){0});
    if (!(units > 0)) return 0;
    if (units > 9e9) units = 9e9;
    return counted ? 1000 * (int64_t)ceil(units - 1e-6) : llrint(units * 1000);
}

static int64_t value_of(const struct aggregate *all, const struct first_period *first,
                        const struct plan_set *set) {
    int32_t g = 0, before = 0;
    switch (set->what) {
    case SETS_PEOPLE:
        for (const struct plan_set *other = all->sets; other < set; other++)
            before += other->what == SETS_PEOPLE;
        return llrint(first->people[before * all->periods]);
    case SETS_CREW_OVERTIME:
    case SETS_STATION_OVERTIME:
        return (int64_t)ceil(first->overtime * (set->shift_count - 1) - 1e-6);
    case SETS_LEVEL:
    case SETS_STEADY: break;
    }
    while (all->goods[g].stock != set->index) g++;
    return thousandths(all->run, set->index,
                       set->what == SETS_LEVEL ? level_of(all, first, g)
                                               : steady_of(all, first, g));
}

static double sum_of(const double *list, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += list[i];
    return sum;
}

/* What is on order here and not done still takes the hours of those who make it. */
static double to_finish(const struct aggregate *all) {
    const struct run *run = all->run;
    double sum = 0;
    for (int32_t g = 0; g < all->good_count; g++) {
        const struct stock *stock = &run->plant->stocks[all->goods[g].stock];
        if (stock->origin_count == 1)
            sum += (double)run->stocks[all->goods[g].stock].on_order.now / 1000;
        for (int32_t o = 0; stock->origin_count > 1 && o < stock->origin_count; o++)
            if (run->plant->origins[stock->origin_first + o].kind == FROM_FACTORY)
                sum += (double)run->origins[stock->origin_first + o].on_order / 1000;
    }
    return sum;
}

static void solve(struct aggregate *all, int32_t id) {
    struct run *run = all->run;
    double *made[SOP_WAY_COUNT], *stock = doubles(all->periods);
    for (int32_t way = 0; way < SOP_WAY_COUNT; way++) made[way] = doubles(all->periods);
    double cost = regular_cost(all);
    struct sop sop = {.periods = all->periods,
                      .demand = all->total,
                      .most = {all->most[0], all->most[1], all->most[2]},
                      .cost = {cost, cost + overtime_cost(all), outside_cost(all)},
                      .holding = holding(all),
                      .stock = sum_of(all->stock, all->good_count) - to_finish(all)};
    struct staffing_rows crews = read_crews(all);
    sop.crews = crews.crews;
    sop.crew_count = crews.count;
    struct sop_plan plan = {
        .made = {made[0], made[1], made[2]}, .stock = stock, .people = crews.people};
    bool possible =
        sop_solve(&sop, (enum sop_strategy)all->plan->strategy, &run->planning->solver, &plan);
    struct first_period first = {.made = made[0][0] + made[1][0] + made[2][0],
                                 .outside = made[SOP_OUTSIDE][0],
                                 .stock = stock[0],
                                 .people = crews.people,
                                 .overtime = overtime_share(all, &crews, made[SOP_OVERTIME][0])};
    for (int32_t i = 0; i < all->plan->set_count; i++)
        run->planning->sets_computed[all->plan->set_first + i] =
            value_of(all, &first, &all->sets[i]);
    run->planning->plans[id].makes = first.made;
    run->planning->plans[id].expects = plan.cost;
    SAY(run, CLASS_PLAN, all->plan->name, "plans to make %.6g and to hold %.6g%s", first.made,
        first.stock, possible ? "" : ", which is not enough");
    for (int32_t way = 0; way < SOP_WAY_COUNT; way++) free(made[way]);
    free(stock);
    crews_free(&crews);
}

void aggregate_compute(struct run *run, int32_t id) {
    struct aggregate all = aggregate_make(run, id);
    run->planning->plans[id].computed = run->now;
    read_goods(&all);
    read_capacities(&all);
    solve(&all, id);
    aggregate_free(&all);
}

void aggregate_act(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    struct plan_state *state = &run->planning->plans[id];
    for (int32_t i = plan->set_first; i < plan->set_first + plan->set_count; i++) {
        const struct plan_set *set = &run->plant->plans.sets[i];
        run->planning->sets[i] = run->planning->sets_computed[i];
        if (set->what == SETS_LEVEL) run->planning->sets_from[i] = run->stocks[set->index].net.now;
    }
    state->acted = true;
    state->from = run->now;
    state->until = cadence_next(run->plant, plan->every, state->computed);
    settings_refresh(run);
}

static void apply(struct run *run, const struct plan_set *set, int64_t value) {
    struct settings *settings = &run->settings;
    switch (set->what) {
    case SETS_LEVEL:
        if (run->settings.stocks[set->index].policy != REORDER_BASE_STOCK)
            break; /* a plan looks itself */
        settings->stocks[set->index].level = value;
        settings->stocks[set->index].formulas.level = NULL;
        break;
    case SETS_STEADY: settings->stocks[set->index].steady = value; break;
    case SETS_PEOPLE: settings->crews[set->index].people = (int32_t)value; break;
    case SETS_CREW_OVERTIME:
    case SETS_STATION_OVERTIME: settings->shifts[set->shift].shift = set->shifts[value]; break;
    }
}

void planning_apply(struct run *run) {
    const struct plans *plans = &run->plant->plans;
    for (int32_t p = 0; p < plans->count; p++) {
        const struct plan *plan = &plans->list[p];
        for (int32_t i = 0; run->planning->plans[p].acted && i < plan->set_count; i++)
            apply(run, &plans->sets[plan->set_first + i], run->planning->sets[plan->set_first + i]);
    }
}

int64_t planned_least(const struct run *run, int32_t node, tick at) {
    const struct plan_node *of = &run->plant->plans.nodes[node];
    int64_t safety = of->node.safety_stock;
    if (of->set == NOBODY) return safety;
    const struct planning *planning = run->planning;
    const struct plan_state *state = &planning->plans[run->plant->plans.sets[of->set].plan];
    if (!state->acted) return safety;
    int64_t least = planning->sets[of->set], from = planning->sets_from[of->set];
    if (at < state->until) {
        double share = (double)(at - state->from) / (double)(state->until - state->from);
        int64_t grain = of->node.lots.grain;
        least = from + llrint((double)(least - from) * share / (double)grain) * grain;
    }
    return least > safety ? least : safety;
}
