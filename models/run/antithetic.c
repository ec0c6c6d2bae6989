/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Antithetic pairs: two runs with opposite luck are worth more than two with any luck.
 *
 * Where one run draws u, the other draws 1 - u (Hammersley & Morton, Proceedings of the Cambridge
 * Philosophical Society 52, 1956): a lot that takes long here is quick there, so what chance adds
 * to one it takes from the other, and the mean of both varies less than that of two independent
 * runs, as long as results move one way with each draw. For that every law is drawn by inversion,
 * one uniform a value; a law without an inverse is refused, for half of an experiment would not be
 * opposite without anybody knowing. A law is changed here, once, when the plant is built, so plants
 * without pairs pay nothing. */
#include "../floor/floor.h"
#include "../plant/build.h"

/* Every law of the settings, with its path where that is wanted; the path may be used at once only.
 */
typedef void visit_law(void *context, struct law *, const char *path);

struct visitor {
    const struct plant *plant;
    visit_law *visit;
    void *context;
    bool named; /* is the name wanted? */
    char path[160];
};

__attribute__((format(printf, 3, 4))) static void visit(struct visitor *visitor, struct law *law,
                                                        const char *format, ...) {
    if (visitor->named) {
        va_list list;
        va_start(list, format);
        vsnprintf(visitor->path, sizeof visitor->path, format, list);
        va_end(list);
    }
    visitor->visit(visitor->context, law, visitor->path);
}

static void visit_floor(struct visitor *visitor, struct settings *settings) {
    const struct plant *plant = visitor->plant;
    for (int32_t i = 0; i < plant->step_count; i++) {
        const char *item = plant->items[plant->steps[i].item].name, *name = plant->steps[i].name;
        visit(visitor, &settings->steps[i].time, "items.%s.route.%s.time", item, name);
        visit(visitor, &settings->steps[i].load, "items.%s.route.%s.load", item, name);
        visit(visitor, &settings->steps[i].unload, "items.%s.route.%s.unload", item, name);
        visit(visitor, &settings->steps[i].cascade, "items.%s.route.%s.cascade", item, name);
        visit(visitor, &settings->steps[i].setup, "items.%s.route.%s.setup", item, name);
    }
    for (int32_t i = 0; i < plant->limit_count; i++)
        visit(visitor, &settings->limits[i].time, "start-within of step %s",
              plant->steps[plant->limits[i].step].name);
    for (int32_t i = 0; i < plant->step_count; i++)
        if (plant->steps[i].flags & STEP_QUALITY)
            visit(visitor, &settings->qualities[plant->steps[i].quality].measured,
                  "items.%s.route.%s.measure", plant->items[plant->steps[i].item].name,
                  plant->steps[i].name);
    for (int32_t i = 0; i < plant->stop_count; i++) {
        const char *name = plant->stops[i].name,
                   *station = plant->stations[plant->stops[i].station].name;
        const char *kind = plant->stops[i].planned ? "maintenance" : "failures";
        visit(visitor, &settings->stops[i].after, "stations.%s.%s.%s.after", station, kind, name);
        visit(visitor, &settings->stops[i].first, "stations.%s.%s.%s.first", station, kind, name);
        visit(visitor, &settings->stops[i].lasts, "stations.%s.%s.%s.lasts", station, kind, name);
    }
    for (int32_t i = 0; i < plant->station_count; i++)
        visit(visitor, &settings->stations[i].setup, "stations.%s.setup", plant->stations[i].name);
    for (int32_t i = 0; i < plant->setup_count; i++)
        visit(visitor, &settings->setups[i].time, "a matrix of setups");
}

static void visit_crews(struct visitor *visitor, struct settings *settings) {
    const struct plant *plant = visitor->plant;
    for (int32_t i = 0; i < plant->crew_count; i++) {
        const char *name = plant->crews[i].name;
        visit(visitor, &settings->crews[i].walk, "crews.%s.walk", name);
        visit(visitor, &settings->crews[i].absence_after, "crews.%s.absence.after", name);
        visit(visitor, &settings->crews[i].absence_first, "crews.%s.absence.first", name);
        visit(visitor, &settings->crews[i].absence_lasts, "crews.%s.absence.lasts", name);
    }
}

static void visit_customer(struct visitor *visitor, struct customer_settings *settings,
                           const char *name) {
    visit(visitor, &settings->patience, "customers.%s.patience", name);
    visit(visitor, &settings->returned_after, "customers.%s.returns.after", name);
}

static void visit_chain(struct visitor *visitor, struct settings *settings) {
    const struct plant *plant = visitor->plant;
    for (int32_t i = 0; i < plant->source_count; i++) {
        const struct source *source = &plant->sources[i];
        const char *section = source->is_customer ? "customers" : "releases";
        visit(visitor, &settings->sources[i].every, "%s.%s.every", section, source->name);
        visit(visitor, &settings->sources[i].size, "%s.%s.size", section, source->name);
        visit(visitor, &settings->sources[i].due, "%s.%s.due", section, source->name);
        if (source->is_customer)
            visit_customer(visitor, &settings->customers[source->index], source->name);
    }
    for (int32_t i = 0; i < plant->stock_count; i++) {
        const char *name = plant->stocks[i].name;
        visit(visitor, &settings->stocks[i].lead_time, "stocks.%s.lead-time", name);
        visit(visitor, &settings->stocks[i].order_delay, "stocks.%s.order-delay", name);
    }
    for (int32_t i = 0; i < plant->supply_count; i++) {
        const char *name = plant->suppliers[plant->supplies[i].supplier].name;
        visit(visitor, &settings->supplies[i].lead_time, "suppliers.%s.lead-time", name);
        visit(visitor, &settings->supplies[i].processing, "suppliers.%s.processing", name);
        visit(visitor, &settings->supplies[i].yield, "suppliers.%s.yield", name);
    }
    for (int32_t i = 0; i < plant->fleet_count; i++) {
        visit(visitor, &settings->fleets[i].load, "vehicles.%s.load", plant->fleets[i].name);
        visit(visitor, &settings->fleets[i].unload, "vehicles.%s.unload", plant->fleets[i].name);
        visit(visitor, &settings->fleets[i].charge, "vehicles.%s.battery.charge",
              plant->fleets[i].name);
    }
    for (int32_t i = 0; i < plant->breakdown_count; i++) {
        const char *name = plant->breakdowns[i].name,
                   *fleet = plant->fleets[plant->breakdowns[i].fleet].name;
        struct breakdown_settings *of = &settings->breakdowns[i];
        visit(visitor, &of->after, "vehicles.%s.failures.%s.after", fleet, name);
        visit(visitor, &of->first, "vehicles.%s.failures.%s.first", fleet, name);
        visit(visitor, &of->lasts, "vehicles.%s.failures.%s.lasts", fleet, name);
    }
    for (int32_t i = 0; i < plant->way_count; i++)
        visit(visitor, &settings->ways[i].time, "lanes.%s.time", plant->ways[i].name);
    for (int32_t i = 0; i < plant->outage_count; i++) {
        const char *path = plant->outages[i].path;
        visit(visitor, &settings->outages[i].after, "%s.after", path);
        visit(visitor, &settings->outages[i].first, "%s.first", path);
        visit(visitor, &settings->outages[i].lasts, "%s.lasts", path);
    }
}

static void visit_all(struct visitor visitor, struct settings *settings) {
    visit_floor(&visitor, settings);
    visit_crews(&visitor, settings);
    visit_chain(&visitor, settings);
}

static void refuse(struct build *build, const char *path) {
    fault_error(build->faults, build->question->order_place, "leave antithetic out",
                "antithetic pairs draw every law by inversion, and that of %s has no inverse",
                path);
}

static void invert(void *context, struct law *law, const char *path) {
    struct build *build = context;
    if (law->kind == (int32_t)ABSENT_LAW || !build_chance(law)) return;
    if (!law_invert(&build->plant->arena, law)) refuse(build, path);
}

void build_antithetic(struct build *build) {
    const struct plant *plant = build->plant;
    visit_all((struct visitor){.plant = plant, .visit = invert, .context = build, .named = true},
              &build->plant->settings);
    for (int32_t i = 0; i < plant->stock_count; i++) {
        const struct formula *order = plant->settings.stocks[i].order;
        if (order && order->draw_count) refuse(build, plant->stocks[i].name);
    }
}

static void mirror(void *context, struct law *law, const char *path) {
    (void)context;
    (void)path;
    if (law->kind == LAW_INVERTED) law->a = 1;
}

void antithetic_mirror(struct run *run) {
    visit_all((struct visitor){.plant = run->plant, .visit = mirror}, &run->settings);
}
