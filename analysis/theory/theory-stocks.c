/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which formula holds for a stock. Times are in days, amounts in the item's unit. */
#include "inventory.h"
#include "queueing.h"
#include "theory-floor.h"

#include <math.h>
#include <stdlib.h>

static double days(double ticks) {
    return ticks / (double)TICK_D;
}

static double units(int64_t thousandths) {
    return (double)thousandths / 1000;
}

/* ---- what is so ---- */

/* Who buys from a stock, as formulas see it. */
struct buyers {
    double rate;                 /* units a day, when all are Poisson streams of single units */
    bool poisson;                /* they are */
    bool wait, lose;             /* all of them */
    int32_t only;                /* the only customer, or NOBODY */
    double priced;               /* of the rate: who have a price of their own for what is owed */
    double owed_cost, lost_cost; /* a unit (and day) */
};

struct stock_facts {
    const struct floor *floor;
    int32_t id;
    const struct stock *stock;
    const struct stock_settings *settings;
    const struct origin *origin;
    struct buyers buyers;
    double lead; /* mean, all its parts */
    bool lead_constant;
    bool crossing;                                /* later orders may arrive first */
    double holding, owed_cost, order_cost, price; /* per unit and day; per order; per unit */
    const char *unknown;                          /* a key that no formula takes into account */
};

static void add_customer(struct stock_facts *facts, int32_t id, bool direct) {
    const struct plant *plant = facts->floor->plant;
    const struct source_settings *source = &plant->settings.sources[id];
    const struct customer_settings *customer = &plant->settings.customers[plant->sources[id].index];
    struct buyers *buyers = &facts->buyers;
    bool single = source->size.kind == (int32_t)ABSENT_LAW ||
                  (law_constant(&source->size) && source->size.a == 1);
    bool stream = source->every.kind == LAW_EXPONENTIAL ||
                  (source->rate && source->rate->constant && source->rate->draw_count == 0);
    bool waits = customer->if_short == SHORT_WAIT || customer->if_short == SHORT_PART_WAIT;
    double rate = load_source_rate(plant, id) * (double)TICK_D;
    buyers->poisson =
        buyers->poisson && single && stream && !plant->sources[id].moment_count &&
        plant->sources[id].until == TICK_NEVER &&
        plant->settings.offers[plant->flows[plant->sources[id].flow_first].offer_first].reserve ==
            0 &&
        plant->sources[id].share_count == 1;
    buyers->wait = buyers->wait && waits;
    buyers->lose = buyers->lose && !waits;
    if (!isnan(customer->owed_cost_per_tick)) {
        buyers->owed_cost += rate * customer->owed_cost_per_tick * (double)TICK_D;
        buyers->priced += direct ? rate : 0;
    }
    buyers->lost_cost += rate * customer->lost_cost;
    buyers->rate += rate;
}

static bool is_one_for_one(const struct plant *plant, int32_t id) {
    const struct stock *stock = &plant->stocks[id];
    const struct stock_settings *settings = &plant->settings.stocks[id];
    return settings->policy == REORDER_BASE_STOCK && settings->every == 0 &&
           stock->origin_count == 1 && (!stock->echelon || stock->below_count == 0);
}

static void add_stocks_below(struct stock_facts *facts, int32_t id, int32_t depth);

/* Customers of a stock, and of those which pass every demand on to it one for one. */
static void add_buyers(struct stock_facts *facts, int32_t id, int32_t depth) {
    const struct plant *plant = facts->floor->plant;
    for (int32_t c = plant->release_count; c < plant->source_count; c++)
        if (plant->sources[c].from == id) add_customer(facts, c, depth == 0);
    add_stocks_below(facts, id, depth);
}

static void add_stocks_below(struct stock_facts *facts, int32_t id, int32_t depth) {
    const struct plant *plant = facts->floor->plant;
    for (int32_t s = 0; s < plant->stock_count && depth < plant->stock_count; s++)
        for (int32_t o = 0; o < plant->stocks[s].origin_count; o++) {
            const struct origin *origin = &plant->origins[plant->stocks[s].origin_first + o];
            if (origin->kind != FROM_STOCK || origin->index != id) continue;
            if (!is_one_for_one(plant, s)) facts->buyers.poisson = false;
            add_buyers(facts, s, depth + 1);
        }
}

static int32_t only_customer(const struct plant *plant, int32_t id) {
    int32_t only = NOBODY;
    for (int32_t s = 0; s < plant->origin_count; s++)
        if (plant->origins[s].kind == FROM_STOCK && plant->origins[s].index == id) return NOBODY;
    for (int32_t c = plant->release_count; c < plant->source_count; c++) {
        if (plant->sources[c].from != id) continue;
        if (only != NOBODY) return NOBODY;
        only = c;
    }
    return only;
}

static void add_lead(struct stock_facts *facts, const struct law *law) {
    struct law now;
    bool fine = load_law(facts->floor->plant, law, 1, &now) && !law_is_traced(&now);
    facts->lead += fine ? days(law_mean(&now)) : NAN;
    facts->lead_constant = facts->lead_constant && fine && law_constant(&now);
}

static const char *first_unknown(const struct floor *floor, const struct stock *stock,
                                 const struct supply *supply) {
    struct arena *arena = floor->arena;
    const struct plant *plant = floor->plant;
    for (int32_t c = plant->release_count; c < plant->source_count; c++)
        if (plant->sources[c].several)
            return arena_text(arena, "customer %s buys from several places",
                              plant->sources[c].name);
    const char *paths[] = {
        "",
        "items",
        "customers",
        "releases",
        arena_text(arena, "stocks.%s", stock->name),
        supply ? arena_text(arena, "suppliers.%s", plant->suppliers[supply->supplier].name) : ""};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *unknown = theory_unknown(arena, floor->root, paths[i]);
        if (unknown) return unknown;
    }
    return NULL;
}

static void stock_facts(struct stock_facts *facts, const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct stock *stock = &plant->stocks[id];
    const struct origin *origin = &plant->origins[stock->origin_first];
    const struct supply *supply = NULL;
    *facts = (struct stock_facts){.floor = floor,
                                  .id = id,
                                  .stock = stock,
                                  .settings = &plant->settings.stocks[id],
                                  .origin = origin,
                                  .lead_constant = true,
                                  .crossing = true};
    facts->buyers = (struct buyers){.poisson = true, .wait = true, .lose = true};
    add_buyers(facts, id, 0);
    facts->buyers.only = only_customer(plant, id);
    add_lead(facts, &facts->settings->lead_time);
    add_lead(facts, &facts->settings->order_delay);
    if (origin->kind == FROM_SUPPLIER) {
        const struct supplier_settings *settings = &plant->settings.supplies[origin->index];
        supply = &plant->supplies[origin->index];
        add_lead(facts, &settings->lead_time);
        facts->crossing = plant->suppliers[supply->supplier].crossing;
        facts->order_cost = (double)settings->order_cost_micro * 1e-6;
        facts->price = settings->price;
        if (settings->min_order || settings->multiple > 1000) facts->unknown = "orders are rounded";
    }
    facts->holding = facts->settings->holding_per_tick * (double)TICK_D;
    facts->owed_cost = facts->settings->owed_cost_per_tick * (double)TICK_D;
    if (facts->buyers.rate > 0) {
        facts->owed_cost *= 1 - facts->buyers.priced / facts->buyers.rate;
        facts->owed_cost += facts->buyers.owed_cost / facts->buyers.rate;
    }
    if (!facts->unknown) facts->unknown = first_unknown(floor, stock, supply);
}

/* ---- what it says ---- */

/* Nothing else in this plant costs money, so that the cost of the stock is all of it. */
static bool costs_alone(const struct plant *plant) {
    bool alone = plant->stock_count == 1 && plant->settings.money->fixed_per_tick == 0;
    for (int32_t i = 0; i < plant->station_count; i++)
        alone = alone && plant->settings.stations[i].work_cost_per_tick == 0 &&
                plant->settings.stations[i].setup_cost_micro == 0;
    for (int32_t i = 0; i < plant->step_count; i++)
        alone = alone && plant->settings.steps[i].piece_cost_micro == 0;
    for (int32_t i = 0; i < plant->stop_count; i++)
        alone = alone && plant->settings.stops[i].cost_micro == 0;
    for (int32_t i = 0; i < plant->customer_count; i++)
        alone = alone && plant->settings.customers[i].late_cost_per_tick == 0;
    return alone && plant->settings.stocks[0].holding_under_way_per_tick == 0;
}

/* ORDERS and DEMAND are per day. */
static void put_cost(struct theory *theory, struct theory_model *model,
                     const struct stock_facts *facts, const struct stock_figures *figures,
                     double orders, double demand) {
    double cost = facts->order_cost * orders + facts->price * demand +
                  facts->holding * figures->on_hand + facts->owed_cost * figures->owed;
    if (facts->buyers.lose && facts->buyers.rate > 0) {
        double lost = 1 - figures->fill;
        cost += lost * facts->buyers.lost_cost - facts->price * demand * lost -
                facts->order_cost * orders * lost;
    }
    if (cost == 0) return;
    if (costs_alone(facts->floor->plant))
        theory_result(theory, model, RESULT_MONEY, "", "cost-rate", STAT_MEAN, cost);
    else
        theory_fact(model, "its cost", RESULT_UNIT_MONEY_PER_DAY, cost);
}

static struct theory_model *put_stock(struct theory *theory, const struct stock_facts *facts,
                                      enum theory_formula formula, const char *doubt,
                                      const struct stock_figures *figures) {
    const char *name = facts->stock->name, *why = facts->unknown ? facts->unknown : doubt;
    struct theory_model *model =
        theory_add(theory, arena_text(theory->arena, "stock %s", name), formula, NULL,
                   why ? THEORY_APPROXIMATE : THEORY_EXACT, why);
    theory_result(theory, model, RESULT_STOCKS, name, "on-hand", STAT_MEAN, figures->on_hand);
    if (!facts->buyers.lose)
        theory_result(theory, model, RESULT_STOCKS, name, "owed", STAT_MEAN, figures->owed);
    theory_result(theory, model, RESULT_STOCKS, name, "on-order", STAT_MEAN, figures->on_order);
    theory_result(theory, model, RESULT_STOCKS, name, "fill", STAT_MEAN, figures->fill);
    return model;
}

/* Unit demand that waits: what is owed over the rate is the mean wait (Little). */
static void put_order_cycle(struct theory *theory, struct theory_model *model,
                            const struct stock_facts *facts, double owed) {
    const struct plant *plant = facts->floor->plant;
    if (facts->buyers.only == NOBODY) return;
    theory_result(theory, model, RESULT_CUSTOMERS, plant->sources[facts->buyers.only].name,
                  "order-cycle", STAT_MEAN, owed / facts->buyers.rate * 24);
}

static void put_best_level(struct theory_model *model, const struct stock_facts *facts,
                           struct demand at_risk) {
    if (!(facts->holding > 0) || !(facts->owed_cost > 0)) return;
    double ratio = facts->owed_cost / (facts->owed_cost + facts->holding);
    double level = demand_quantile(at_risk, ratio);
    theory_fact(model, "best base stock (newsvendor)", RESULT_UNIT_ITEM_UNITS, level);
}

static void put_economic_lot(struct theory_model *model, const struct stock_facts *facts,
                             double demand) {
    if (!(facts->order_cost > 0) || !(facts->holding > 0)) return;
    struct lot_figures lot =
        inventory_economic_lot(demand, facts->order_cost, facts->holding, INFINITY);
    theory_fact(model, "economic order quantity", RESULT_UNIT_ITEM_UNITS, lot.quantity);
}

static void refuse(struct theory *theory, const struct stock_facts *facts, const char *why) {
    theory_add(theory, arena_text(theory->arena, "stock %s", facts->stock->name),
               FORMULA_OF_NOTHING, NULL, THEORY_NONE, why);
}

/* ---- unit demand, looked at continuously ---- */

/* On order is what an endless number of servers works on, or a pipeline of constant length. */
static const char *lead_doubt(const struct stock_facts *facts) {
    return facts->crossing || facts->lead_constant ? NULL : "orders wait for the ones before them";
}

static void one_for_one(struct theory *theory, const struct stock_facts *facts) {
    double rate = facts->buyers.rate, level = units(facts->settings->level);
    if (facts->buyers.lose) {
        double lost = queueing_erlang_loss(rate * facts->lead, (int32_t)level);
        struct stock_figures figures = {.fill = 1 - lost,
                                        .on_order = rate * facts->lead * (1 - lost)};
        figures.on_hand = level - figures.on_order;
        struct theory_model *model =
            put_stock(theory, facts, FORMULA_OF_LOST_SALES, lead_doubt(facts), &figures);
        put_cost(theory, model, facts, &figures, rate, rate);
        return;
    }
    struct stock_figures figures = inventory_one_for_one(rate, facts->lead, level);
    struct theory_model *model =
        put_stock(theory, facts, FORMULA_OF_PALM, lead_doubt(facts), &figures);
    put_order_cycle(theory, model, facts, figures.owed);
    put_cost(theory, model, facts, &figures, rate, rate);
    put_best_level(model, facts, (struct demand){DEMAND_POISSON, rate * facts->lead, 0});
}

static void point_quantity(struct theory *theory, const struct stock_facts *facts, double point,
                           double quantity) {
    double rate = facts->buyers.rate;
    struct stock_figures figures = inventory_point_quantity(rate, facts->lead, point, quantity);
    const char *doubt = facts->lead_constant ? NULL : "the lead time is not constant";
    struct theory_model *model =
        put_stock(theory, facts, FORMULA_OF_POINT_QUANTITY, doubt, &figures);
    put_order_cycle(theory, model, facts, figures.owed);
    put_cost(theory, model, facts, &figures, figures.orders, rate);
    put_economic_lot(model, facts, rate);
}

/* Refilled by one machine that works for this stock alone. */
static void made_to_stock(struct theory *theory, const struct stock_facts *facts) {
    const struct floor *floor = facts->floor;
    const struct plant *plant = floor->plant;
    const struct item *item = &plant->items[facts->stock->item];
    int32_t station = item->first_step == NOBODY ? 0 : plant->steps[item->first_step].station;
    if (floor->refusal || floor->always != NOBODY || item->step_count != 1 ||
        plant->stations[station].machine_count != 1 || floor->visit_count != 1 ||
        floor->stations[station].kind != THEORY_EXACT || facts->lead > 0 ||
        !facts->floor->stations[station].alike || floor->visits[0].law.kind != LAW_EXPONENTIAL ||
        plant->stations[station].stop_count ||
        floor->stations[station].work.mean != floor->stations[station].natural.mean) {
        refuse(theory, facts, "it is refilled by more than one M/M/1 machine of its own");
        return;
    }
    double rate = facts->buyers.rate, load = floor->stations[station].load;
    struct stock_figures figures =
        inventory_made(rate, load, (int32_t)units(facts->settings->level));
    struct theory_model *model = put_stock(theory, facts, FORMULA_OF_MADE, NULL, &figures);
    put_order_cycle(theory, model, facts, figures.owed);
    put_cost(theory, model, facts, &figures, rate, 0);
}

/* Refilled by another stock, itself one for one from a supplier. */
static void from_depot(struct theory *theory, const struct stock_facts *facts) {
    const struct plant *plant = facts->floor->plant;
    struct stock_facts depot;
    stock_facts(&depot, facts->floor, facts->origin->index);
    bool fine = is_one_for_one(plant, depot.id) && is_one_for_one(plant, facts->id) &&
                depot.origin->kind == FROM_SUPPLIER && depot.buyers.poisson && depot.buyers.wait &&
                depot.settings->serve == SERVE_FIFO && facts->settings->if_short != SHORT_LOSE &&
                facts->settings->if_short != SHORT_PART_LOSE && facts->settings->order_delay.a == 0;
    if (!fine || isnan(depot.lead)) {
        refuse(theory, facts, "it is refilled by another stock, and both are not one for one");
        return;
    }
    bool constant = facts->lead_constant && depot.lead_constant;
    struct stock_figures figures = inventory_base_of_depot(
        facts->buyers.rate, facts->lead, (int32_t)units(facts->settings->level), depot.buyers.rate,
        depot.lead, (int32_t)units(depot.settings->level));
    struct theory_model *model = put_stock(theory, facts, FORMULA_OF_DEPOT,
                                           constant ? NULL : "times are not constant", &figures);
    put_order_cycle(theory, model, facts, figures.owed);
}

static void continuous(struct theory *theory, const struct stock_facts *facts) {
    const struct stock_settings *settings = facts->settings;
    enum reorder_policy policy = (enum reorder_policy)facts->settings->policy;
    if (!facts->buyers.poisson) {
        refuse(theory, facts, "its demand is no Poisson stream of single units");
        return;
    }
    bool counts_lost =
        facts->buyers.lose && policy == REORDER_BASE_STOCK && facts->origin->kind == FROM_SUPPLIER;
    if (!facts->buyers.wait && !counts_lost) {
        refuse(theory, facts, "sales are lost");
        return;
    }
    if (facts->origin->kind == FROM_STOCK && policy == REORDER_BASE_STOCK)
        from_depot(theory, facts);
    else if (facts->origin->kind == FROM_FACTORY && policy == REORDER_BASE_STOCK)
        made_to_stock(theory, facts);
    else if (facts->origin->kind != FROM_SUPPLIER)
        refuse(theory, facts, "it is refilled by the factory or by another stock");
    else if (policy == REORDER_BASE_STOCK)
        one_for_one(theory, facts);
    else if (policy == REORDER_FIXED)
        point_quantity(theory, facts, units(settings->point), units(settings->quantity));
    else
        point_quantity(theory, facts, units(settings->min), units(settings->max - settings->min));
}

/* ---- reviews ---- */

/* Periods of demand between a review and what it orders being there and seen; NaN when the order of
 * events or the lead time fits none of the two usual ones. */
static double periods_at_risk(const struct stock_facts *facts) {
    const struct plant *plant = facts->floor->plant;
    const struct source *source = &plant->sources[facts->buyers.only];
    const uint8_t *at = plant->class_of;
    tick every = facts->settings->every, first = source->first == TICK_NEVER ? 0 : source->first;
    double periods = facts->lead / days((double)every);
    if ((first - facts->settings->first) % every != 0) return NAN;
    if (!facts->lead_constant || fabs(periods - round(periods)) > 1e-9) return NAN;
    if (at[CLASS_RECEIVE] > at[CLASS_SERVE] || at[CLASS_DEMAND] > at[CLASS_SERVE]) return NAN;
    if (at[CLASS_ORDER] < at[CLASS_DEMAND]) return round(periods) + 1;
    return periods >= 1 ? round(periods) : NAN;
}

/* The demand of one period; false when there is no formula for it. */
static bool period_demand(const struct stock_facts *facts, struct demand *demand) {
    const struct plant *plant = facts->floor->plant;
    int32_t only = facts->buyers.only;
    if (only == NOBODY) return false;
    const struct source_settings *source = &plant->settings.sources[only];
    struct law size;
    if (source->rate || plant->sources[only].moment_count ||
        plant->sources[only].share_count != 1 || !law_constant(&source->every) ||
        (tick)source->every.a != facts->settings->every ||
        plant->sources[only].until != TICK_NEVER || source->size.kind == (int32_t)ABSENT_LAW ||
        !load_law(plant, &source->size, 1, &size) ||
        plant->items[facts->stock->item].unit_scale != 1)
        return false;
    return demand_of_law(&size, demand);
}

static void reviewed(struct theory *theory, const struct stock_facts *facts) {
    const struct stock_settings *settings = facts->settings;
    struct demand period;
    if (!period_demand(facts, &period)) {
        refuse(theory, facts, "its demand has no known law for each review");
        return;
    }
    double at_risk = periods_at_risk(facts), every = days((double)facts->settings->every);
    int32_t only = facts->buyers.only;
    const struct plant *plant = facts->floor->plant;
    int32_t short_rule = plant->settings.customers[plant->sources[only].index].if_short;
    if (isnan(at_risk) || facts->origin->kind != FROM_SUPPLIER || short_rule != SHORT_PART_WAIT) {
        refuse(theory, facts,
               short_rule != SHORT_PART_WAIT
                   ? "orders wait whole, or are lost"
                   : "lead time, reviews and order of events do not fit each other");
        return;
    }
    struct stock_figures figures;
    enum theory_formula formula = FORMULA_OF_PERIODIC;
    if (facts->settings->policy == REORDER_BASE_STOCK)
        figures = inventory_periodic(period, at_risk, units(settings->level));
    else if (facts->settings->policy == REORDER_MIN_MAX && period.kind == DEMAND_POISSON) {
        formula = FORMULA_OF_MIN_MAX;
        figures = inventory_min_max(period.mean, at_risk, (int32_t)units(settings->min),
                                    (int32_t)units(settings->max));
    } else {
        refuse(theory, facts, "no formula here for its policy with reviews");
        return;
    }
    figures.on_order = period.mean * facts->lead / every;
    struct theory_model *model = put_stock(theory, facts, formula, NULL, &figures);
    theory_result(theory, model, RESULT_STOCKS, facts->stock->name, "ready", STAT_MEAN,
                  figures.ready);
    theory_result(theory, model, RESULT_STOCKS, facts->stock->name, "gamma", STAT_MEAN,
                  figures.gamma);
    put_cost(theory, model, facts, &figures, figures.orders / every, period.mean / every);
    if (formula == FORMULA_OF_PERIODIC) put_best_level(model, facts, demand_sum(period, at_risk));
    if (formula == FORMULA_OF_MIN_MAX) put_economic_lot(model, facts, period.mean / every);
}

/* ---- all stocks ---- */

static const char *refusal(const struct stock_facts *facts) {
    const struct plant *plant = facts->floor->plant;
    if (plant->until_empty) return "the run ends when the floor is empty";
    if (facts->settings->policy == REORDER_RULE) return "an expression says what it orders";
    if (facts->stock->origin_count != 1) return "it has several sources";
    if (facts->stock->perishable) return "its goods expire";
    if (facts->settings->policy == REORDER_NEWSVENDOR)
        return "its level follows what was asked of it";
    if (facts->settings->policy == REORDER_VMI) return "its source decides";
    if (facts->settings->serve == SERVE_SHARE) return "what is short is divided";
    const struct stock_formulas *rules = &facts->settings->formulas;
    if (rules->level || rules->min || rules->max || rules->point || rules->quantity)
        return "an expression says when or how much it orders";
    if (facts->stock->echelon && facts->stock->below_count > 0)
        return "its policy looks at the stocks below it";
    if (isnan(facts->lead)) return "its lead time is an expression or a trace";
    for (int32_t s = 0; s < plant->release_count; s++)
        if (plant->sources[s].to == facts->id) return "releases fill it";
    return facts->buyers.rate > 0 ? NULL : "nobody buys from it";
}

void theory_stocks(struct theory *theory, const struct floor *floor) {
    for (int32_t s = 0; s < floor->plant->stock_count; s++) {
        if (floor->plant->settings.stocks[s].policy == NOBODY) continue;
        struct stock_facts facts;
        stock_facts(&facts, floor, s);
        const char *why = refusal(&facts);
        if (why)
            refuse(theory, &facts, why);
        else if (facts.settings->every == 0)
            continuous(theory, &facts);
        else
            reviewed(theory, &facts);
    }
}
