/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots flow through a route like water: what comes to a step is what is released there plus what
 * other steps send, a linear system that is solved by going round until nothing changes
 * (Gauss-Seidel; branches back make it converge geometrically). */
#include "load.h"

#include "../floor/floor.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 10000 };

/* What formulas see: the world as measuring begins, and a lot of so many pieces. */
struct at_start {
    struct run start;
    double pieces;
    bool *changes; /* set when something is read that may change during the run; may be NULL */
};

static double read_at_start(const void *context, int32_t what, int32_t index) {
    const struct at_start *at = context;
    if (what == JOB_PIECES) return at->pieces;
    const struct driver *driver = what == FORMULA_DRIVER ? &at->start.plant->drivers[index] : NULL;
    if (driver && driver->kind == DRIVER_FORMULA) {
        struct formula_env env = {.read = read_at_start, .context = at};
        return formula_value(driver->formula, &env);
    }
    if (at->changes && what != FORMULA_PARAMETER) *at->changes = true;
    return world_read(&at->start, what, index);
}

static double mean_of(const struct plant *plant, const struct law *law) {
    struct at_start at = {.start = {.plant = plant, .now = plant->warm_up}, .pieces = NAN};
    struct formula_env env = {.read = read_at_start, .context = &at};
    return law_expected(law, &env);
}

bool load_law(const struct plant *plant, const struct law *law, double pieces, struct law *out) {
    bool changes = false;
    struct at_start at = {
        .start = {.plant = plant, .now = plant->warm_up}, .pieces = pieces, .changes = &changes};
    struct formula_env env = {.read = read_at_start, .context = &at};
    return law_settled(law, &env, out) && !changes;
}

/* Share of time in which orders come. */
static double open_share(const struct plant *plant, const struct source *source) {
    return source->calendar < 0 ? 1 : shift_share(&plant->settings.shifts[source->calendar].shift);
}

double load_source_rate(const struct plant *plant, int32_t id) {
    const struct source *source = &plant->sources[id];
    const struct source_settings *settings = &plant->settings.sources[id];
    struct at_start at = {.start = {.plant = plant, .now = plant->warm_up}, .pieces = NAN};
    struct formula_env env = {.read = read_at_start, .context = &at};
    if (settings->rate) return formula_value(settings->rate, &env) * open_share(plant, source);
    if (source->moment_count)
        return plant->length == TICK_NEVER
                   ? NAN
                   : (double)(source->moment_count - source->standing_count) /
                         (double)plant->length;
    return settings->every.kind == (int32_t)ABSENT_LAW
               ? NAN
               : open_share(plant, source) / mean_of(plant, &settings->every);
}

double load_order_units(const struct plant *plant, int32_t id, int32_t item) {
    const struct source_settings *settings = &plant->settings.sources[id];
    if (settings->size.kind != (int32_t)ABSENT_LAW)
        return mean_of(plant, &settings->size) / plant->items[item].unit_scale;
    if (plant->sources[id].is_customer) return 1;
    return settings->lot > 0 ? settings->lot : plant->settings.items[item].lot;
}

static double flow_share(const struct plant *plant, const struct source *source, int32_t flow) {
    int32_t i = flow - source->flow_first;
    const struct share *shares = plant->shares + source->share_first;
    if (source->each) return 1;
    return i ? shares[i].upto - shares[i - 1].upto : shares[0].upto;
}

/* Share of what a flow of a customer asks that goes to this stock, or (NOBODY) to the factory: by
 * the shares of its sources, whatever it chooses by. */
static double share_asked(const struct plant *plant, const struct flow *flow, int32_t stock) {
    double share = 0, before = 0;
    for (int32_t i = 0; i < flow->offer_count; i++) {
        const struct offer *offer = &plant->offers[flow->offer_first + i];
        if (offer->stock == stock) share += offer->upto - before;
        before = offer->upto;
    }
    return share;
}

/* Orders of a customer at this stock, as a share of all his orders. */
double load_orders_share(const struct plant *plant, int32_t id, int32_t stock) {
    const struct source *source = &plant->sources[id];
    double share = 0;
    for (int32_t f = source->flow_first; f < source->flow_first + source->share_count; f++)
        share += flow_share(plant, source, f) * share_asked(plant, &plant->flows[f], stock);
    return share;
}

static double flow_lots(const struct plant *plant, int32_t id, double *pieces, int32_t depth);

/* What of a stock goes into a piece; of what may be taken instead of each other, the first. */
static double used_in_piece(const struct plant *plant, const struct flow *flow, double pieces,
                            int32_t stock) {
    int32_t item_id = flow->item;
    const struct item *item = &plant->items[item_id];
    double sum = 0;
    for (int32_t u = item->use_first; u < item->use_first + item->use_count; u++)
        if (plant->uses[u].stock == stock) sum += (double)plant->uses[u].amount / 1000;
    double *visits = NULL;
    for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
        const struct step *step = &plant->steps[at];
        for (int32_t u = step->use_first; u < step->use_first + step->use_count; u++) {
            if (plant->uses[u].stock != stock) continue;
            if (!visits) visits = memory_zeroed((size_t)plant->step_count, sizeof *visits);
            if (visits[at] == 0) load_visits(plant, item_id, flow->route, pieces, visits);
            sum += visits[at] * (double)plant->uses[u].amount / 1000;
        }
    }
    free(visits);
    return sum;
}

/* What the lots on the floor use of it. */
static double stock_used(const struct plant *plant, int32_t stock, int32_t depth) {
    double sum = 0;
    for (int32_t f = 0; f < plant->flow_count; f++) {
        double pieces = plant->settings.items[plant->flows[f].item].lot;
        double used = used_in_piece(plant, &plant->flows[f], pieces, stock);
        if (used > 0) sum += used * pieces * flow_lots(plant, f, &pieces, depth + 1);
    }
    return sum;
}

static double origin_share(const struct plant *plant, const struct stock *stock, int32_t origin) {
    const struct origin_settings *settings = &plant->settings.origins[origin];
    return settings->upto - (origin > stock->origin_first ? settings[-1].upto : 0);
}

/* Pieces that a stock asks of its sources: what its customers, the stocks above it and the floor
 * ask of it. */
static double stock_pieces(const struct plant *plant, int32_t stock, int32_t depth) {
    if (depth > plant->stock_count) return 0;
    double sum = stock_used(plant, stock, depth);
    for (int32_t i = plant->release_count; i < plant->source_count; i++) {
        double share = load_orders_share(plant, i, stock);
        if (share > 0)
            sum += share * load_source_rate(plant, i) *
                   load_order_units(plant, i, plant->stocks[stock].item);
    }
    for (int32_t s = 0; s < plant->stock_count; s++)
        for (int32_t o = 0; o < plant->stocks[s].origin_count; o++) {
            const struct origin *origin = &plant->origins[plant->stocks[s].origin_first + o];
            if (origin->kind == FROM_STOCK && origin->index == stock)
                sum += origin_share(plant, &plant->stocks[s], plant->stocks[s].origin_first + o) *
                       stock_pieces(plant, s, depth + 1);
        }
    return sum;
}

/* A base stock without reviews orders what each customer took: its lots are no larger than that. */
static double stock_lot(const struct plant *plant, int32_t id, double lot) {
    const struct stock *stock = &plant->stocks[id];
    const struct stock_settings *settings = &plant->settings.stocks[id];
    if (settings->policy != REORDER_BASE_STOCK || settings->every) return lot;
    double orders = 0, units = 0;
    for (int32_t i = plant->release_count; i < plant->source_count; i++) {
        double share = load_orders_share(plant, i, id);
        if (!(share > 0)) continue;
        double rate = share * load_source_rate(plant, i);
        orders += rate;
        units += rate * load_order_units(plant, i, stock->item);
    }
    double each = orders > 0 ? fmax(1, units / orders) : lot;
    return each < lot ? each : lot;
}

/* Pieces that are made for the lots of an item. */
static double kit_pieces(const struct plant *plant, const struct kit_use *use, int32_t depth) {
    double sum = 0, pieces;
    for (int32_t f = 0; f < plant->flow_count; f++)
        if (plant->flows[f].item == use->user) {
            double lots = flow_lots(plant, f, &pieces, depth);
            sum += lots * ceil((double)use->amount * pieces / 1000);
        }
    return sum;
}

/* Of what a stock asks for, what is made as this source of it. Where a rule chooses among sources
 * any of them may be the factory: all of it is, by the shares of its routes. */
static double share_made(const struct plant *plant, const struct flow *flow) {
    const struct stock *stock = &plant->stocks[flow->stock];
    double share = origin_share(plant, stock, flow->origin), made = 0;
    if (plant->settings.stocks[flow->stock].choose == CHOOSE_SHARE) return share;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++)
        if (plant->origins[i].kind == FROM_FACTORY) made += origin_share(plant, stock, i);
    return made > 0 ? share / made : 0;
}

static double flow_lots(const struct plant *plant, int32_t id, double *pieces, int32_t depth) {
    const struct flow *flow = &plant->flows[id];
    double lot = plant->settings.items[flow->item].lot, asked;
    *pieces = lot;
    if (flow->kit_use != NOBODY) {
        asked = kit_pieces(plant, &plant->kit_uses[flow->kit_use], depth);
    } else if (flow->source == NOBODY) {
        asked = share_made(plant, flow) * stock_pieces(plant, flow->stock, depth);
        lot = stock_lot(plant, flow->stock, lot);
    } else {
        const struct source *source = &plant->sources[flow->source];
        if (plant->settings.sources[flow->source].lot > 0)
            *pieces = lot = plant->settings.sources[flow->source].lot;
        double made = source->is_customer ? share_asked(plant, flow, NOBODY) : 1;
        if (made == 0 || source->always) return 0;
        asked = made * load_source_rate(plant, flow->source) * flow_share(plant, source, id) *
                load_order_units(plant, flow->source, flow->item);
        double each = load_order_units(plant, flow->source, flow->item);
        if (each < lot) lot = each;
    }
    *pieces = lot;
    return asked / lot;
}

double load_flow_lots(const struct plant *plant, int32_t id, double *pieces) {
    return flow_lots(plant, id, pieces, 0);
}

static double law_hours(const struct plant *plant, const struct law *law, double pieces) {
    struct at_start at = {.start = {.plant = plant, .now = plant->warm_up}, .pieces = pieces};
    struct formula_env env = {.read = read_at_start, .context = &at};
    double mean = law_expected(law, &env) / (double)TICK_H;
    return law->per == LAW_PER_PIECE ? mean * pieces : mean;
}

static double step_hours(const struct plant *plant, int32_t at, double pieces) {
    const struct step_settings *settings = &plant->settings.steps[at];
    const struct step *step = &plant->steps[at];
    double hours = law_hours(plant, &settings->time, pieces) +
                   law_hours(plant, &settings->load, pieces) +
                   law_hours(plant, &settings->unload, pieces);
    const struct station *station = &plant->stations[step->station];
    if (station->belt) hours = (double)station->belt_gap / (double)TICK_H;
    if (station->pipes && !station->belt) hours = law_hours(plant, &settings->cascade, pieces);
    const struct station_settings *at_station = &plant->settings.stations[step->station];
    if (station->has_batch)
        hours /= station->batch_pieces ? (double)settings->batch_max / pieces
                                       : (double)settings->batch_max;
    if (station->setup_each_lot) hours += law_hours(plant, &at_station->setup, pieces);
    return hours;
}

/* About the share of lots that an inspection finds bad: of those that were not worked again yet. */
static double share_found(const struct plant *plant, int32_t at, double pieces) {
    double good = 1;
    for (int32_t i = plant_route_first(plant, at); i <= plant->steps[at].written; i++)
        if (plant->steps[i].flags & STEP_QUALITY)
            good *= 1 - plant->settings.qualities[plant->steps[i].quality].defects;
    const struct quality_settings *settings = &plant->settings.qualities[plant->steps[at].quality];
    double sample =
        settings->sample_pieces ? fmin(1, settings->sample_pieces / pieces) : settings->sample;
    double called = sample * ((1 - good) * settings->finds + good * settings->false_alarms);
    return 1 - pow(1 - called, pieces);
}

/* So many lots come to a step: some pass it, and come to the next. */
static void come_to(const struct plant *plant, int32_t at, double lots, double *inflow) {
    for (; at != NOBODY && lots > 0; at = plant->steps[at].next) {
        const struct step *step = &plant->steps[at];
        double share = plant->settings.steps[at].sample, before = 0;
        if (step->place_count == 0) inflow[at] += lots * share;
        for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++) {
            inflow[i] += lots * share * (plant->steps[i].place_upto - before);
            before = plant->steps[i].place_upto;
        }
        lots *= 1 - share;
    }
}

void load_released(const struct plant *plant, int32_t item, int32_t by, double lots,
                   double *inflow) {
    const struct item *of = &plant->items[item];
    double before = 0;
    if (by != NOBODY) {
        come_to(plant, plant->routes[by].first_step, lots, inflow);
        return;
    }
    if (of->route_count == 0) come_to(plant, of->first_step, lots, inflow);
    for (int32_t r = of->route_first; r < of->route_first + of->route_count; r++) {
        const struct route *route = &plant->routes[r];
        come_to(plant, route->first_step, lots * (route->upto - before), inflow);
        before = route->upto;
    }
}

/* A lot is lost when all of its pieces are. */
void load_pass_on(const struct plant *plant, int32_t at, double pieces, double lots,
                  double *inflow) {
    const struct step *step = &plant->steps[at];
    const struct step_settings *settings = &plant->settings.steps[at];
    if (step->flags & STEP_SCRAP) lots *= 1 - pow(settings->scrap, pieces);
    if (step->flags & STEP_REWORK) {
        double share =
            isinf(settings->rework_share) ? share_found(plant, at, pieces) : settings->rework_share;
        inflow[step->rework_to] += lots * share;
        lots *= 1 - share;
    }
    if (!(step->flags & STEP_BRANCH)) {
        come_to(plant, step->next, lots, inflow);
        return;
    }
    double before = 0;
    for (int32_t b = 0; b < step->branch_count; b++) {
        const struct branch *branch = &plant->branches[step->branch_first + b];
        come_to(plant, branch->step, lots * (branch->share - before), inflow);
        before = branch->share;
    }
}

void load_visits(const struct plant *plant, int32_t item_id, int32_t route, double pieces,
                 double *visits) {
    const struct item *item = &plant->items[item_id];
    double *inflow = memory_zeroed((size_t)plant->step_count, sizeof *inflow);
    int32_t first = item->first_step, end = first + item->step_count;
    for (int32_t at = first; at < end; at++) visits[at] = 0;
    for (int32_t round = 0; round < ROUNDS; round++) {
        for (int32_t at = first; at < end; at++) inflow[at] = 0;
        load_released(plant, item_id, route, 1, inflow);
        for (int32_t at = first; at < end; at++)
            load_pass_on(plant, at, pieces, visits[at], inflow);
        double change = 0;
        for (int32_t at = first; at < end; at++) {
            change += fabs(inflow[at] - visits[at]);
            visits[at] = inflow[at];
        }
        if (change < 1e-12) break;
    }
    free(inflow);
}

double load_mean_hours(const struct plant *plant, const struct law *law) {
    return mean_of(plant, law) / (double)TICK_H;
}

double load_phase_hours(const struct plant *plant, int32_t at, int32_t phase, double pieces) {
    const struct step_settings *settings = &plant->settings.steps[at];
    const struct station *station = &plant->stations[plant->steps[at].station];
    int32_t id = plant->steps[at].station;
    if (phase == PHASE_SETUP)
        return station->setup_each_lot
                   ? law_hours(plant, &plant->settings.stations[id].setup, pieces)
                   : 0;
    double hours = law_hours(plant,
                             phase == PHASE_LOAD     ? &settings->load
                             : phase == PHASE_UNLOAD ? &settings->unload
                                                     : &settings->time,
                             pieces);
    if (!station->has_batch) return hours;
    return hours / ((double)settings->batch_max / (station->batch_pieces ? pieces : 1));
}

/* Crew hours are those of the people who do it fastest. */
static void add_people(const struct plant *plant, int32_t at, double pieces, double visits,
                       double *crews) {
    const struct step_settings *settings = &plant->settings.steps[at];
    const struct law *laws[PHASE_COUNT] = {[PHASE_LOAD] = &settings->load,
                                           [PHASE_RUN] = &settings->time,
                                           [PHASE_UNLOAD] = &settings->unload};
    if (!plant->step_needs) return;
    for (int32_t phase = 0; phase < PHASE_COUNT; phase++) {
        struct need_list list = plant->step_needs[(size_t)at * PHASE_COUNT + (size_t)phase];
        for (int32_t n = list.first; laws[phase] && n < list.first + list.count; n++) {
            const struct need *need = &plant->needs[n];
            const struct need_option *option = &plant->need_options[need->option_first];
            crews[option->crew] +=
                visits * need->people * law_hours(plant, laws[phase], pieces) / option->speed;
        }
    }
}

void load_unit(const struct plant *plant, int32_t item_id, double units, double *stations,
               double *crews) {
    const struct item *item = &plant->items[item_id];
    if (item->first_step == NOBODY) return;
    double *visits = memory_zeroed((size_t)plant->step_count, sizeof *visits);
    double pieces = plant->settings.items[item_id].lot;
    load_visits(plant, item_id, NOBODY, pieces, visits);
    for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
        double lots = units / pieces * visits[at];
        stations[plant->steps[at].station] += lots * step_hours(plant, at, pieces);
        add_people(plant, at, pieces, lots, crews);
    }
    free(visits);
}

double load_share_up(const struct plant *plant, const struct station *station, int32_t machine) {
    double down = 0; /* repair per time of the clock */
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++) {
        const struct stop_settings *stop = &plant->settings.stops[i];
        int32_t clock = plant->stops[i].clock;
        bool counts = clock == CLOCK_PIECES || clock == CLOCK_CYCLES;
        if (counts || stop->after.kind == (int32_t)ABSENT_LAW) continue;
        if (!plant_stop_holds(plant, i, machine)) continue;
        down += mean_of(plant, &stop->lasts) / mean_of(plant, &stop->after);
    }
    return 1 / (1 + down);
}

static double share_open(const struct plant *plant, int32_t calendar) {
    return calendar == NOBODY ? 1 : shift_share(&plant->settings.shifts[calendar].shift);
}

/* What its machines can do, in hours of work by the book each hour. */
static void station_capacity(const struct plant *plant, const struct station *station,
                             struct station_load *load) {
    int32_t count = station->named ? station->machine_count : 1;
    load->share_open = load->share_up = load->capacity = 0;
    for (int32_t m = 0; m < count; m++) {
        int32_t id = station->machine_first + m;
        double open =
            share_open(plant, station->named ? plant->machines[id].calendar : station->calendar);
        double up = load_share_up(plant, station, id);
        load->share_open += open / count;
        load->share_up += up / count;
        load->capacity += station->named ? plant->settings.machines[id].speed * open * up
                                         : station->machine_count * open * up;
    }
}

/* Machines that work some items only: the load of the busiest. WORK: hours an hour, by item. */
static double load_of_eligible(const struct plant *plant, const struct station *station,
                               const double *work) {
    int32_t machines = station->machine_count, items = plant->item_count;
    double *capacity = memory_zeroed((size_t)machines + 1, sizeof *capacity);
    bool *may = memory_zeroed((size_t)items * (size_t)machines + 1, sizeof *may);
    for (int32_t m = 0; m < machines; m++) {
        int32_t id = station->machine_first + m;
        const struct machine_plan *machine = &plant->machines[id];
        capacity[m] = plant->settings.machines[id].speed * share_open(plant, machine->calendar) *
                      load_share_up(plant, station, id);
        for (int32_t i = 0; i < items; i++)
            may[i * machines + m] = !machine->works || machine->works[i];
    }
    double load = load_least(work, items, capacity, machines, may);
    free(may);
    free(capacity);
    return load;
}

/* WORK: hours an hour of each item, where machines do not work all that comes. */
static void finish_station(const struct plant *plant, int32_t id, const double *work,
                           struct station_load *load) {
    const struct station *station = &plant->stations[id];
    if (load->lots_per_hour > 0) load->work_hours /= load->lots_per_hour;
    station_capacity(plant, station, load);
    load->load = station->unlimited ? 0
                 : load->saturated  ? NAN
                                    : load->lots_per_hour * load->work_hours / load->capacity;
    if (station->choosy && station->named && !load->saturated && isfinite(load->load))
        load->load = load_of_eligible(plant, station, work);
}

static bool any_choosy(const struct plant *plant) {
    for (int32_t s = 0; s < plant->station_count; s++)
        if (plant->stations[s].choosy && plant->stations[s].named) return true;
    return false;
}

/* Lots that come without end, and those that are made for them. */
static bool is_endless(const struct plant *plant, int32_t id) {
    const struct flow *flow = &plant->flows[id];
    bool endless = flow->source != NOBODY && plant->sources[flow->source].always;
    for (int32_t f = 0; flow->kit_use != NOBODY && f < plant->flow_count && !endless; f++)
        endless =
            plant->flows[f].item == plant->kit_uses[flow->kit_use].user && is_endless(plant, f);
    return endless;
}

void load_stations(const struct plant *plant, struct station_load *loads) {
    double *visits = memory_zeroed((size_t)plant->step_count, sizeof *visits), *work = NULL;
    size_t items = (size_t)plant->item_count;
    if (any_choosy(plant))
        work = memory_zeroed((size_t)plant->station_count * items + 1, sizeof *work);
    for (int32_t s = 0; s < plant->station_count; s++) loads[s] = (struct station_load){0};
    for (int32_t f = 0; f < plant->flow_count; f++) {
        const struct item *item = &plant->items[plant->flows[f].item];
        bool always = is_endless(plant, f);
        double pieces = 1, lots = item->first_step == NOBODY
                                      ? 0
                                      : load_flow_lots(plant, f, &pieces) * (double)TICK_H;
        if (item->first_step == NOBODY) continue;
        load_visits(plant, plant->flows[f].item, plant->flows[f].route, pieces, visits);
        for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
            struct station_load *load = &loads[plant->steps[at].station];
            load->saturated |= always;
            load->lots_per_hour += lots * visits[at];
            double hours = lots * visits[at] * step_hours(plant, at, pieces);
            load->work_hours += hours;
            if (work)
                work[(size_t)plant->steps[at].station * items + (size_t)plant->steps[at].item] +=
                    hours;
        }
    }
    for (int32_t s = 0; s < plant->station_count; s++)
        finish_station(plant, s, work ? work + (size_t)s * items : NULL, &loads[s]);
    free(work);
    free(visits);
}

/* Work per lot released, a machine, of flows that come without end. */
static void endless_work(const struct plant *plant, double *hours) {
    double *visits = memory_zeroed((size_t)plant->step_count, sizeof *visits);
    for (int32_t f = 0; f < plant->flow_count; f++) {
        const struct flow *flow = &plant->flows[f];
        const struct item *item = &plant->items[flow->item];
        if (flow->source == NOBODY || !plant->sources[flow->source].always ||
            item->first_step == NOBODY)
            continue;
        double pieces, share = flow_share(plant, &plant->sources[flow->source], f);
        (void)load_flow_lots(plant, f, &pieces);
        load_visits(plant, flow->item, flow->route, pieces, visits);
        for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++)
            hours[plant->steps[at].station] += share * visits[at] * step_hours(plant, at, pieces);
    }
    free(visits);
}

/* Loads, and hours of work a machine of what comes without end. */
static void load_both(const struct plant *plant, struct station_load *loads, double *hours) {
    load_stations(plant, loads);
    endless_work(plant, hours);
    for (int32_t s = 0; s < plant->station_count; s++) {
        const struct station *station = &plant->stations[s];
        hours[s] = station->unlimited   ? 0
                   : loads[s].saturated ? hours[s] / loads[s].capacity
                                        : loads[s].load;
    }
}

void load_relative(const struct plant *plant, double *shares) {
    struct station_load *loads = memory_zeroed((size_t)plant->station_count + 1, sizeof *loads);
    double most = 0;
    for (int32_t s = 0; s < plant->station_count; s++) shares[s] = 0;
    load_both(plant, loads, shares);
    for (int32_t s = 0; s < plant->station_count; s++)
        if (loads[s].saturated && shares[s] > most) most = shares[s];
    for (int32_t s = 0; s < plant->station_count; s++)
        if (loads[s].saturated && most > 0) shares[s] /= most;
    free(loads);
}

int32_t load_bottleneck(const struct plant *plant) {
    struct station_load *loads = memory_zeroed((size_t)plant->station_count + 1, sizeof *loads);
    double *hours = memory_zeroed((size_t)plant->station_count + 1, sizeof *hours);
    int32_t most = 0;
    load_both(plant, loads, hours);
    for (int32_t s = 1; s < plant->station_count; s++)
        if (loads[s].saturated != loads[most].saturated ? loads[s].saturated
                                                        : hours[s] > hours[most])
            most = s; /* what comes without end loads more than what comes at a rate */
    free(loads);
    free(hours);
    return most;
}
