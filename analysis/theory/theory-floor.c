/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of the floor for formulas: visits of routes, work with its setups and failures, and streams
 * from station to station with their variability. */
#include "theory-floor.h"

#include "../summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STATIONS_MOST = 300 }; /* beyond, networks are too large for dense matrices */

static double hours(double ticks) {
    return ticks / (double)TICK_H;
}

/* ---- keys that no formula takes into account ---- */

/* What the formulas know, block by block. A key that is not here makes what it stands in
 * approximate. */
static const struct {
    const char *path, *keys;
} known[] = {
    {"",
     "takt title about run record arms claims base change calendars drivers sites items releases "
     "stations cards stocks suppliers customers money sweep study lesson"},
    {"items.*", "unit cost price holding weight lot route routes choose uses"},
    {"items.*.routes.*", "steps share"},
    {"items.*.routes.*.steps.*", "at choose time load unload scrap rework next cost"},
    {"items.*.routes.*.steps.*.rework", "share to times then"},
    {"items.*.route.*", "at choose time load unload scrap rework next cost"},
    {"items.*.route.*.rework", "share to times then"},
    {"releases.*", "item every rate when lot to if-full priority due first size"},
    {"stations.*", "machines time load unload scrap queue setup batch calendar overtime "
                   "at-shift-end failures interrupted cost site"},
    {"stations.*.machines.*", "speed"},
    {"stations.*.overtime", "up-to"},
    {"stations.*.queue", "room rule"},
    {"stations.*.failures.*", "clock after first lasts stops then cost"},
    {"stations.*.setup", "when time cost"},
    {"stations.*.batch", "min max counts of wait"},
    {"cards.*", "count from to"},
    {"stocks.*", "holds from lead-time order-delay if-short start ordered shipped reorder holding "
                 "holding-under-way owed-cost serve reserve"},
    {"stocks.*.reorder", "policy level min max point quantity order every first scope"},
    {"suppliers.*", "supplies lead-time order-cost min-order multiple crossing"},
    {"suppliers.*.supplies.*", "price lead-time"},
    {"customers.*", "buys from every rate at list first size due priority if-short late-cost "
                    "owed-cost lost-cost price"},
};

static bool word_in(const char *word, const char *list) {
    size_t size = strlen(word);
    for (const char *at = list; *at; at += strspn(at, " ")) {
        size_t next = strcspn(at, " ");
        if (next == size && strncmp(at, word, size) == 0) return true;
        at += next;
    }
    return false;
}

static const char *keys_of(const char *path) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (summary_matches(known[i].path, path)) return known[i].keys;
    return NULL;
}

static const char *unknown_below(struct arena *arena, const struct node *node, const char *path,
                                 bool deep) {
    if (node->kind != NODE_MAP) return NULL;
    const char *keys = keys_of(path);
    for (const struct node *child = node->first; child; child = child->next) {
        if (keys && !word_in(child->key, keys))
            return *path ? arena_text(arena, "no formula here knows '%s' of %s", child->key, path)
                         : arena_text(arena, "no formula here knows '%s'", child->key);
        if (!deep) continue;
        const char *below =
            unknown_below(arena, child, arena_text(arena, "%s.%s", path, child->key), true);
        if (below) return below;
    }
    return NULL;
}

const char *theory_unknown(struct arena *arena, const struct node *root, const char *path) {
    const struct node *node = root;
    for (const char *at = path; node && *at; at += *at == '.') {
        size_t size = strcspn(at, ".");
        node = node_child(node, arena_copy(arena, at, size));
        at += size;
    }
    return node ? unknown_below(arena, node, path, *path != 0) : NULL;
}

/* ---- sources ---- */

/* A rate that is the same all the time: parameters and drivers without time in them. */
static bool is_steady(const struct plant *plant, const struct formula *formula) {
    if (formula->draw_count > 0) return false;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        if (op->code != FORMULA_VARIABLE || op->what == FORMULA_PARAMETER) continue;
        if (op->what != FORMULA_DRIVER) return false;
        const struct driver *driver = &plant->drivers[op->index];
        if (driver->kind != DRIVER_FORMULA || !is_steady(plant, driver->formula)) return false;
    }
    return true;
}

/* Orders of a source per hour become this many lots each; NaN when a formula draws it. */
static double lots_an_order(const struct plant *plant, int32_t id, double *cv2) {
    const struct source_settings *settings = &plant->settings.sources[id];
    const struct source *source = &plant->sources[id];
    int32_t item = plant->flows[source->flow_first].item;
    double lot = settings->lot > 0 ? settings->lot : plant->settings.items[item].lot;
    struct law size;
    *cv2 = 0;
    if (settings->size.kind == (int32_t)ABSENT_LAW) return 1;
    if (!load_law(plant, &settings->size, lot, &size)) return NAN;
    double mean = law_mean(&size) / plant->items[item].unit_scale;
    if (law_constant(&size)) return ceil(mean / lot);
    *cv2 = law_variance(&size) / (law_mean(&size) * law_mean(&size));
    return fmax(1, mean / lot);
}

const char *floor_source_stream(const struct floor *floor, int32_t id, double *cv2) {
    const struct plant *plant = floor->plant;
    const struct source *source = &plant->sources[id];
    const struct source_settings *settings = &plant->settings.sources[id];
    double size_cv2, lots = lots_an_order(plant, id, &size_cv2);
    const char *why = NULL;
    *cv2 = 1;
    if (!settings->rate) {
        struct law every;
        if (!load_law(plant, &settings->every, 1, &every)) return "their times are an expression";
        *cv2 = law_variance(&every) / (law_mean(&every) * law_mean(&every));
        if (every.kind != LAW_EXPONENTIAL)
            why = arena_text(floor->arena, "arrivals of %s are no Poisson stream", source->name);
    }
    if (source->each) lots = plant->sources[id].share_count;
    if (lots == 1 && size_cv2 == 0) return why;
    /* Counts of a stream that comes in groups: Var N / E N = E group (cv2 of times + of groups). */
    *cv2 = lots * (*cv2 + size_cv2);
    return arena_text(floor->arena, "lots of %s come several at once", source->name);
}

static const char *refuse_source(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct source *source = &plant->sources[id];
    const struct source_settings *settings = &plant->settings.sources[id];
    struct arena *arena = floor->arena;
    if (source->always) return NULL;
    if (source->moment_count || source->list_count)
        return arena_text(arena, "orders of %s come at moments that are given", source->name);
    if (source->until != TICK_NEVER)
        return arena_text(arena, "%s ends, so there is no long run", source->name);
    if (settings->rate && !is_steady(plant, settings->rate))
        return arena_text(arena, "the rate of %s changes with time", source->name);
    if (!settings->rate && law_is_traced(&settings->every))
        return arena_text(arena, "times of %s are a trace", source->name);
    double cv2, lots = lots_an_order(plant, id, &cv2);
    if (isnan(lots) || isnan(cv2) ||
        (settings->size.kind != (int32_t)ABSENT_LAW && law_is_traced(&settings->size)))
        return arena_text(arena, "sizes of %s are an expression or a trace", source->name);
    return NULL;
}

/* ---- visits ---- */

static bool same_law(const struct law *a, const struct law *b) {
    return a->kind == b->kind && a->a == b->a && a->b == b->b && a->c == b->c && a->d == b->d &&
           a->table == b->table && a->formula == b->formula;
}

/* Adds a law of work to the mean and variance (in hours) of the work of a lot. */
static bool add_work(const struct floor *floor, const struct law *law, struct floor_visit *visit,
                     double *variance) {
    struct law now;
    if (!load_law(floor->plant, law, visit->pieces, &now) || law_is_traced(&now)) return false;
    double times = now.per == LAW_PER_PIECE ? visit->pieces : 1;
    visit->work.mean += times * hours(law_mean(&now));
    *variance += times * hours(hours(law_variance(&now)));
    if (law_constant(&now) && now.a == 0) return true;
    visit->plain = visit->law.kind == LAW_CONSTANT && visit->law.a == 0 && times == 1;
    visit->law = now;
    return !isnan(*variance);
}

static void measure_visit(struct floor *floor, struct floor_visit *visit) {
    const struct plant *plant = floor->plant;
    const struct step_settings *settings = &plant->settings.steps[visit->step];
    struct floor_station *station = &floor->stations[visit->station];
    double variance = 0;
    visit->law = (struct law){.kind = LAW_CONSTANT};
    visit->plain = true;
    if (!add_work(floor, &settings->time, visit, &variance) ||
        !add_work(floor, &settings->load, visit, &variance) ||
        !add_work(floor, &settings->unload, visit, &variance))
        station->unclear =
            arena_text(floor->arena, "the work of step %s is an expression or a trace",
                       plant->steps[visit->step].name);
    double mean = visit->work.mean;
    visit->work.cv2 = mean > 0 ? variance / (mean * mean) : 0;
}

static void add_flow(struct floor *floor, int32_t id, double *visits, double *passed) {
    const struct plant *plant = floor->plant;
    const struct flow *flow = &plant->flows[id];
    const struct item *item = &plant->items[flow->item];
    bool always = flow->source != NOBODY && plant->sources[flow->source].always;
    double pieces, lots = load_flow_lots(plant, id, &pieces) * (double)TICK_H;
    if (always) lots = 1;
    if (item->first_step == NOBODY || !(lots > 0)) return;
    load_visits(plant, flow->item, flow->route, pieces, visits);
    int32_t count = plant->station_count, end = item->first_step + item->step_count;
    for (int32_t to = item->first_step; to < end; to++) passed[to] = 0;
    load_released(plant, flow->item, flow->route, lots, passed);
    for (int32_t to = item->first_step; to < end && flow->source != NOBODY; to++)
        floor->from_source[(ptrdiff_t)flow->source * count + plant->steps[to].station] +=
            passed[to];
    for (int32_t at = item->first_step; at < end; at++) {
        if (!(visits[at] > 0)) continue;
        struct floor_visit *visit = &floor->visits[floor->visit_count++];
        *visit = (struct floor_visit){.flow = id,
                                      .step = at,
                                      .station = plant->steps[at].station,
                                      .rate = lots * visits[at],
                                      .pieces = pieces,
                                      .wait = NAN};
        measure_visit(floor, visit);
        for (int32_t to = item->first_step; to < end; to++) passed[to] = 0;
        load_pass_on(plant, at, pieces, visit->rate, passed);
        for (int32_t to = item->first_step; to < end; to++)
            floor->flows[(ptrdiff_t)visit->station * count + plant->steps[to].station] +=
                passed[to];
    }
}

static void add_flows(struct floor *floor) {
    const struct plant *plant = floor->plant;
    size_t most = 0, steps = (size_t)plant->step_count;
    for (int32_t f = 0; f < plant->flow_count; f++)
        most += (size_t)plant->items[plant->flows[f].item].step_count;
    floor->visits = arena_take(floor->arena, (most + 1) * sizeof *floor->visits);
    double *visits = memory_zeroed(2 * steps + 1, sizeof *visits);
    for (int32_t f = 0; f < plant->flow_count; f++) add_flow(floor, f, visits, visits + steps);
    free(visits);
}

/* ---- work of a station ---- */

static struct queueing_time mean_and_square(double mean, double square) {
    return (struct queueing_time){mean, mean > 0 ? fmax(0, square / (mean * mean) - 1) : 0};
}

static void mix_work(struct floor *floor, int32_t id) {
    struct floor_station *station = &floor->stations[id];
    double mean = 0, square = 0;
    station->alike = true;
    station->first = -1;
    for (int32_t v = 0; v < floor->visit_count; v++) {
        const struct floor_visit *visit = &floor->visits[v];
        if (visit->station != id) continue;
        if (station->first < 0) station->first = v;
        station->alike = station->alike && visit->plain &&
                         same_law(&visit->law, &floor->visits[station->first].law);
        station->rate += visit->rate;
        mean += visit->rate * visit->work.mean;
        square += visit->rate * visit->work.mean * visit->work.mean * (1 + visit->work.cv2);
    }
    if (station->rate > 0)
        station->natural = mean_and_square(mean / station->rate, square / station->rate);
}

/* Lots from one setup to the next when lots of several items come mixed by chance. */
static double lots_a_setup(const struct floor *floor, int32_t id) {
    if (floor->plant->stations[id].setup_each_lot) return 1;
    double same = 0, all = 0;
    for (int32_t a = 0; a < floor->visit_count; a++) {
        if (floor->visits[a].station != id) continue;
        all += floor->visits[a].rate;
        for (int32_t b = 0; b < floor->visit_count; b++)
            if (floor->visits[b].station == id &&
                floor->plant->steps[floor->visits[a].step].item ==
                    floor->plant->steps[floor->visits[b].step].item)
                same += floor->visits[a].rate * floor->visits[b].rate;
    }
    double changes = 1 - same / (all * all);
    return changes > 1e-12 ? 1 / changes : INFINITY;
}

/* Failures with a clock of time as one stream of repairs: mean time between them and their mix. */
static double repairs_of(const struct floor *floor, int32_t id, struct queueing_time *repair) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    double rate = 0, mean = 0, square = 0;
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++) {
        const struct stop_settings *stop = &plant->settings.stops[i];
        struct law after, lasts;
        int32_t clock = plant->stops[i].clock;
        if (clock == CLOCK_PIECES || clock == CLOCK_CYCLES) continue;
        if (stop->after.kind == (int32_t)ABSENT_LAW || !load_law(plant, &stop->after, 1, &after) ||
            !load_law(plant, &stop->lasts, 1, &lasts)) {
            floor->stations[id].unclear = "times of its stops are moments or expressions";
            return INFINITY;
        }
        double m = hours(law_mean(&lasts)), between = hours(law_mean(&after));
        if (clock == CLOCK_CALENDAR) between -= m;
        rate += 1 / between;
        mean += m / between;
        square += (hours(hours(law_variance(&lasts))) + m * m) / between;
    }
    *repair = mean_and_square(mean / rate, square / rate);
    return 1 / rate;
}

/* Stops after so many pieces or loads are setups by another name. */
static struct queueing_time with_counted_stops(const struct floor *floor, int32_t id,
                                               struct queueing_time work) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++) {
        const struct stop_settings *stop = &plant->settings.stops[i];
        int32_t clock = plant->stops[i].clock;
        if (clock != CLOCK_PIECES && clock != CLOCK_CYCLES) continue;
        double mean = hours(law_mean(&stop->lasts));
        struct queueing_time lasts = {
            mean, mean > 0 ? hours(hours(law_variance(&stop->lasts))) / (mean * mean) : 0};
        double jobs = law_mean(&stop->after);
        if (clock == CLOCK_PIECES) jobs /= floor->visits[floor->stations[id].first].pieces;
        work = queueing_with_setups(work, jobs, lasts);
    }
    return work;
}

static void effective_work(struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct station *station = &plant->stations[id];
    struct floor_station *facts = &floor->stations[id];
    facts->work = facts->natural;
    if (facts->first < 0 || facts->unclear) return;
    if (station->has_setup) {
        struct law law;
        if (!station->setup_plain) {
            facts->unclear = "its setups are not of one kind";
            return;
        }
        double jobs = lots_a_setup(floor, id);
        if (!load_law(plant, &plant->settings.stations[id].setup, 1, &law)) {
            facts->unclear = "the time of its setups is an expression";
            return;
        }
        double mean = hours(law_mean(&law));
        struct queueing_time setup = {
            mean, mean > 0 ? hours(hours(law_variance(&law))) / (mean * mean) : 0};
        if (!isinf(jobs)) facts->work = queueing_with_setups(facts->work, jobs, setup);
    }
    facts->busy = facts->rate * facts->work.mean;
    facts->work = with_counted_stops(floor, id, facts->work);
    struct queueing_time repair;
    double between = repairs_of(floor, id, &repair);
    if (!isinf(between)) facts->work = queueing_with_failures(facts->work, between, repair);
    if (isnan(facts->work.cv2)) facts->unclear = "its times have no known spread";
}

/* ---- streams ---- */

static double stream_between(const struct floor *floor, int32_t from, int32_t to) {
    return floor->flows[(ptrdiff_t)from * floor->plant->station_count + to];
}

/* The share of each stream of a station, by source and by station, squared and summed. */
struct mixture {
    double cv2, squares;
};

static void mix_stream(struct mixture *mixture, double share, double split, double cv2) {
    mixture->cv2 += share * (split * cv2 + 1 - split);
    mixture->squares += share * share;
}

static double mixed_arrivals(const struct floor *floor, int32_t id) {
    const struct plant *plant = floor->plant;
    const struct floor_station *station = &floor->stations[id];
    struct mixture mixture = {0};
    double outside = station->rate;
    for (int32_t i = 0; i < plant->station_count; i++) {
        const struct floor_station *from = &floor->stations[i];
        double rate = stream_between(floor, i, id);
        if (rate <= 0) continue;
        int32_t machines =
            plant->stations[i].unlimited ? INT32_MAX : plant->stations[i].machine_count;
        double departures =
            plant->stations[i].unlimited
                ? 1
                : queueing_departures_cv2(from->arrivals_cv2, from->work.cv2, from->load, machines);
        mix_stream(&mixture, rate / station->rate, rate / from->rate, departures);
        outside -= rate;
    }
    for (int32_t s = 0; s < plant->source_count; s++) {
        const double *row = floor->from_source + (ptrdiff_t)s * plant->station_count;
        double cv2, all = 0;
        if (row[id] <= 0) continue;
        floor_source_stream(floor, s, &cv2);
        for (int32_t i = 0; i < plant->station_count; i++) all += row[i];
        mix_stream(&mixture, row[id] / station->rate, row[id] / all, cv2);
        outside -= row[id];
    }
    /* What stocks order of the factory comes one by one, as their customers do. */
    if (outside > 1e-9 * station->rate) mix_stream(&mixture, outside / station->rate, 1, 1);
    double idle = 1 - fmin(station->load, 1);
    double weight = 1 / (1 + 4 * idle * idle * (1 / mixture.squares - 1));
    return weight * mixture.cv2 + 1 - weight;
}

/* The linear system of Whitt 1983 (formula 24), solved by going round until nothing changes. */
static void mix_arrivals(struct floor *floor) {
    enum { ROUNDS = 1000 };
    int32_t count = floor->plant->station_count;
    for (int32_t s = 0; s < count; s++) floor->stations[s].arrivals_cv2 = 1;
    for (int32_t round = 0; round < ROUNDS; round++) {
        double change = 0;
        for (int32_t s = 0; s < count; s++) {
            struct floor_station *station = &floor->stations[s];
            if (station->first < 0) continue;
            double cv2 = mixed_arrivals(floor, s);
            change = fmax(change, fabs(cv2 - station->arrivals_cv2));
            station->arrivals_cv2 = cv2;
        }
        if (change < 1e-10) return;
    }
}

/* ---- all of it ---- */

/* What routes do that formulas do not. */
static void doubt_routes(struct floor *floor) {
    const struct plant *plant = floor->plant;
    enum { AS_GOOD_AS_UNLIMITED = 1000 };
    for (int32_t v = 0; v < floor->visit_count && !floor->doubt; v++) {
        const struct step *step = &plant->steps[floor->visits[v].step];
        const struct step_settings *settings = &plant->settings.steps[floor->visits[v].step];
        if (step->flags & STEP_REWORK && settings->rework_times < AS_GOOD_AS_UNLIMITED)
            floor->doubt = arena_text(floor->arena, "rework after %s has a limit", step->name);
        if (step->flags & STEP_SCRAP && floor->visits[v].pieces > 1)
            floor->doubt = arena_text(floor->arena, "scrap at %s makes lots smaller", step->name);
        if (plant->items[step->item].shuffled)
            floor->doubt = arena_text(floor->arena, "the steps of %s come in any order",
                                      plant->items[step->item].name);
        if (step->flags & STEP_QUALITY)
            floor->doubt =
                arena_text(floor->arena, "%s makes bad pieces or finds them", step->name);
        if (step->flags & STEP_TRANSFER)
            floor->doubt =
                arena_text(floor->arena, "pieces move on from %s one after the other", step->name);
        if (floor->visits[v].pieces != round(floor->visits[v].pieces))
            floor->doubt = "lots differ in size";
    }
    for (int32_t i = 0; i < plant->item_count && !floor->doubt; i++)
        if (plant->items[i].use_count)
            floor->doubt = arena_text(floor->arena, "no formula here knows what %s uses",
                                      plant->items[i].name);
    for (int32_t c = plant->release_count; c < plant->source_count && !floor->doubt; c++) {
        const struct source *source = &plant->sources[c];
        if (source->several)
            floor->doubt =
                arena_text(floor->arena, "customer %s buys from several places", source->name);
        int32_t if_short = plant->settings.customers[source->index].if_short;
        bool waits = if_short == SHORT_WAIT || if_short == SHORT_PART_WAIT;
        if (source->from != NOBODY && plant->stocks[source->from].made && !waits)
            floor->doubt = arena_text(floor->arena, "what stock %s lacks is lost and not made",
                                      plant->stocks[source->from].name);
    }
    if (!floor->doubt && plant->loop_count > 0 && floor->always == NOBODY)
        floor->doubt = "cards hold lots back";
}

static void refuse_floor(struct floor *floor) {
    const struct plant *plant = floor->plant;
    if (plant->until_empty) floor->refusal = "the run ends when the floor is empty";
    if (plant->station_count > STATIONS_MOST)
        floor->refusal = "the floor has more than 300 stations";
    for (int32_t f = 0; f < plant->flow_count; f++) {
        int32_t stock = plant->flows[f].stock;
        if (stock != NOBODY &&
            (plant->settings.stocks[stock].room != INT64_MAX || plant->stocks[stock].shares_room))
            floor->refusal = arena_text(floor->arena, "stock %s has room for so much only",
                                        plant->stocks[stock].name);
    }
    for (int32_t i = 0; i < plant->item_count && !floor->refusal; i++)
        if (plant->items[i].route_count && plant->settings.items[i].choose != ROUTE_SHARE)
            floor->refusal = arena_text(floor->arena, "lots choose among the routes of %s",
                                        plant->items[i].name);
    for (int32_t i = 0; i < plant->step_count && !floor->refusal; i++)
        if (plant->steps[i].place_count && plant->settings.steps[i].choose != PLACE_SHARE)
            floor->refusal = arena_text(floor->arena, "lots choose among the stations of step %s",
                                        plant->steps[i].name);
    for (int32_t s = 0; s < plant->source_count && !floor->refusal; s++) {
        if (plant->sources[s].from == NOBODY) floor->refusal = refuse_source(floor, s);
        if (plant->sources[s].always && floor->always != NOBODY)
            floor->refusal = "several releases never end";
        if (plant->sources[s].always) floor->always = s;
    }
    static const char *const sections[] = {"", "items", "releases", "cards", "customers"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections && !floor->doubt; i++)
        floor->doubt = *sections[i] ? theory_unknown(floor->arena, floor->root, sections[i])
                                    : theory_unknown(floor->arena, floor->root, "");
}

/* Are its machines anything but alike? */
static bool differs(const struct plant *plant, const struct station *station) {
    for (int32_t m = 0; station->named && m < station->machine_count; m++) {
        int32_t id = station->machine_first + m;
        const struct machine_plan *machine = &plant->machines[id];
        if (plant->settings.machines[id].speed != 1 || machine->works ||
            machine->calendar != station->calendar)
            return true;
    }
    for (int32_t i = 0; i < station->stop_count; i++)
        if (plant->stops[station->stop_first + i].machine != NOBODY) return true;
    return false;
}

/* Do they differ in nothing but their speed? */
static bool differs_in_speed(const struct plant *plant, const struct station *station) {
    for (int32_t m = 0; station->named && m < station->machine_count; m++) {
        const struct machine_plan *machine = &plant->machines[station->machine_first + m];
        if (machine->works || machine->calendar != NOBODY) return false;
    }
    return station->named && !station->choosy && station->stop_count == 0 && !station->has_setup &&
           !station->has_batch && !station->pipes && station->blocking == BLOCKING_AFTER;
}

static void finish_station(struct floor *floor, int32_t id, const struct station_load *load) {
    const struct plant *plant = floor->plant;
    struct floor_station *station = &floor->stations[id];
    const struct station *plan = &plant->stations[id];
    station->open = load->share_open;
    station->unknown = theory_unknown(floor->arena, floor->root,
                                      arena_text(floor->arena, "stations.%s", plan->name));
    station->blocked_by = NOBODY;
    for (int32_t to = 0; to < plant->station_count; to++)
        if (stream_between(floor, id, to) > 0 && plant->settings.stations[to].room != INT32_MAX)
            station->blocked_by = to;
    mix_work(floor, id);
    if (differs(plant, plan)) {
        station->unclear = "its machines differ";
        station->uneven = differs_in_speed(plant, plan);
    }
    if (plan->choosy && !plan->named) station->unclear = "lots have to come back to its machines";
    if (plan->pipes) station->unclear = "several lots are in one machine";
    if (plan->blocking != BLOCKING_AFTER) station->unclear = "it is not blocked after its work";
    effective_work(floor, id);
    double machines = plan->machine_count * station->open;
    station->load =
        plan->unlimited || station->first < 0 ? 0 : station->rate * station->work.mean / machines;
    if (plan->has_batch || plan->named)
        station->load = load->load; /* batches are as large as they may be */
}

void floor_facts(struct floor *floor, struct arena *arena, const struct prepared *prepared) {
    const struct plant *plant = prepared->plant;
    size_t count = (size_t)plant->station_count;
    *floor = (struct floor){
        .plant = plant, .root = prepared->arm.root, .arena = arena, .always = NOBODY};
    refuse_floor(floor);
    floor->stations = arena_take(arena, (count + 1) * sizeof *floor->stations);
    for (size_t i = 0; i < count; i++) floor->stations[i].first = -1;
    if (floor->refusal) return;
    floor->flows = arena_take(arena, (count * count + 1) * sizeof *floor->flows);
    floor->from_source =
        arena_take(arena, (count * (size_t)plant->source_count + 1) * sizeof *floor->from_source);
    struct station_load *loads = memory_zeroed(count + 1, sizeof *loads);
    load_stations(plant, loads);
    add_flows(floor);
    doubt_routes(floor);
    for (int32_t s = 0; s < plant->station_count; s++) finish_station(floor, s, &loads[s]);
    if (floor->always == NOBODY) mix_arrivals(floor);
    free(loads);
}
