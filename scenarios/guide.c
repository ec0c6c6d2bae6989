/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide: chapters of text, with tables of what the code knows between them. */
#include "guide.h"

#include "guide_chain.h"
#include "guide_plans.h"
#include "guide_choices.h"
#include "guide_floor.h"
#include "guide_flow.h"
#include "guide_language.h"
#include "guide_money.h"
#include "guide_people.h"
#include "guide_programmes.h"
#include "guide_results.h"
#include "guide_stocks.h"
#include "reader/compile.h"
#include "reader/formula.h"
#include "reader/units.h"
#include "text.h"

#include <string.h>

/* ---- Tables ---- */

/* In a cell of a Markdown table a bar would end it. */
static void add_cell(struct text *text, const char *cell) {
    for (const char *at = cell; *at; at++) text_print(text, "%s%c", *at == '|' ? "\\" : "", *at);
}

/* Units stand together with those of their kind: each row begins with the first of its kind. */
static void add_units(struct text *text, struct arena *arena) {
    struct dimension kind, other;
    for (int32_t i = 0; units_listed(i, &kind); i++) {
        bool first = true;
        for (int32_t j = 0; j < i && first; j++)
            first = !units_listed(j, &other) || !dimension_same(kind, other);
        if (!first) continue;
        bool plain = dimension_same(kind, (struct dimension){0});
        text_print(text, "| %s |", plain ? "shares and counts" : units_dimension_name(arena, kind));
        const char *word;
        for (int32_t j = i; (word = units_listed(j, &other)); j++)
            if (dimension_same(kind, other)) text_print(text, " `%s`", word);
        text_add(text, " |\n");
    }
}

static const char *const law_examples[LAW_COUNT] = {
    [LAW_CONSTANT] = "3 min",
    [LAW_EXPONENTIAL] = "exponential(5 min)",
    [LAW_POISSON] = "poisson(3)",
    [LAW_GEOMETRIC] = "geometric(4)",
    [LAW_UNIFORM] = "uniform(2 4) min",
    [LAW_TRIANGULAR] = "triangular(4 5 8) min",
    [LAW_PERT] = "pert(4 5 8) min",
    [LAW_NORMAL] = "normal(mean=30 sd=4) s",
    [LAW_LOGNORMAL] = "lognormal(mean=90 sd=60) s",
    [LAW_GAMMA] = "gamma(mean=4 cv=0.5) min",
    [LAW_ERLANG] = "erlang(3 mean=6) min",
    [LAW_WEIBULL] = "weibull(shape=1.5 mean=4) min",
    [LAW_BETA] = "beta(a=2 b=3 low=4 high=9) min",
    [LAW_BINOMIAL] = "binomial(20 0.1)",
    [LAW_NEGATIVE_BINOMIAL] = "negative-binomial(mean=10 sd=5)",
    [LAW_DISCRETE] = "discrete(1=0.5 2=0.3 5=0.2) min",
    [LAW_EMPIRICAL] = "empirical(3 4 4 7) min",
    [LAW_SEQUENCE] = "sequence(5 4 6 then repeat) min",
    [LAW_MIXTURE] = "mixture(0.8 exponential(4 min) 0.2 exponential(9 min))",
    [LAW_TRUNCATED] = "truncated(exponential(4) 1 20) min",
};

static void add_laws(struct text *text) {
    for (int32_t i = 0; i < LAW_COUNT; i++) {
        const struct law_kind_row *law = &law_kinds[i];
        if (law->takes == LAW_TAKES_INTERNAL) continue;
        CHECK(law_examples[i]); /* a new law has an example */
        text_print(text, "| `%s` | ", law->word);
        add_cell(text, law->forms);
        text_print(text, " | `%s` | %s |\n", law_examples[i], law->help);
    }
}

static void add_names(struct text *text, const struct scope *scope) {
    for (int32_t i = 0; i < scope->count; i++) {
        if (scope->list[i].expression) continue;
        text_print(text, "| `%s` | ", scope->list[i].name);
        add_cell(text, scope->list[i].help);
        text_add(text, " |\n");
    }
}

/* Names that stand for expressions. */
static void add_rules(struct text *text, const struct scope *scope) {
    for (int32_t i = 0; i < scope->count; i++)
        if (scope->list[i].expression)
            text_print(text, "| `%s` | `%s` | %s |\n", scope->list[i].name,
                       scope->list[i].expression, scope->list[i].help);
}

static void add_everywhere(struct text *text) {
    const char *word;
    for (int32_t i = 0; (word = formula_function(i)); i++)
        text_print(text, "%s `%s`", i ? "," : "", word);
    text_add(text, ".\n\n| name seen everywhere | |\n|---|---|\n");
    add_names(text, &scope_everywhere);
}

static void add_events(struct text *text) {
    for (int32_t i = 0; i < CLASS_COUNT; i++)
        text_print(text, "| %s | %s |\n", event_classes[i].name, event_classes[i].reason);
}

/* ---- Results ---- */

static void add_statistics(struct text *text, enum kpi_shape shape) {
    bool first = true;
    for (int stat = 0; stat < KPI_STAT_COUNT; stat++) {
        if (!kpi_has(shape, stat) || !*kpi_stat_suffixes[stat]) continue;
        text_print(text, "%s `%s`", first ? "" : ",", kpi_stat_suffixes[stat]);
        first = false;
    }
}

static const char *section_path(enum result_section section) {
    static const char *const paths[RESULT_SECTION_COUNT] = {
        [RESULT_SYSTEM] = "system",
        [RESULT_ITEMS] = "items.NAME",
        [RESULT_RELEASES] = "releases.NAME",
        [RESULT_STATIONS] = "stations.NAME",
        [RESULT_FAILURES] = "stations.NAME.failures.NAME",
        [RESULT_MAINTENANCE] = "stations.NAME.maintenance.NAME",
        [RESULT_CARDS] = "cards.NAME",
        [RESULT_OWN] = "stations.NAME.machines.NAME",
        [RESULT_CREWS] = "crews.NAME",
        [RESULT_STOCKS] = "stocks.NAME",
        [RESULT_SUPPLIERS] = "suppliers.NAME",
        [RESULT_LANES] = "lanes.NAME",
        [RESULT_VEHICLES] = "vehicles.NAME",
        [RESULT_CUSTOMERS] = "customers.NAME",
        [RESULT_PLANS] = "plans.NAME",
        [RESULT_MONEY] = "money",
        [RESULT_PROGRAMMES] = "programmes.NAME",
    };
    CHECK(paths[section]);
    return paths[section];
}

/* ---- Plans ---- */

static void add_plans(struct text *text) {
    text_add(text, of_plans);
    for (int32_t i = 0; i < FORECAST_COUNT; i++)
        text_print(text, "| `%s` | %s |\n", forecast_methods[i].name, forecast_methods[i].help);
    text_add(text, of_forecasts);
#define X(name, word, help) text_print(text, "| `%s` | %s |\n", word, help);
    LOT_RULES(X)
#undef X
    text_add(text, of_requirements);
}

static void add_section(struct text *text, enum result_section section) {
    static const char *const shapes[] = {[KPI_VALUE] = "",
                                         [KPI_TALLY] = "tally",
                                         [KPI_LEVEL] = "level",
                                         [KPI_SUM] = "sum",
                                         [KPI_EVENT] = "event"};
    static const char *const better[] = {"less", "", "more"};
    text_print(text, "\n### %s\n\n| path | unit | | better | formula |\n|---|---|---|---|---|\n",
               section_path(section));
    for (int32_t i = 0; i < kpi_count; i++) {
        const struct kpi *kpi = &kpis[i];
        if (kpi->section != section) continue;
        text_print(text, "| `%s` | %s | %s | %s | ", kpi->name, result_unit_names[kpi->unit],
                   shapes[kpi->shape], better[kpi->better + 1]);
        add_cell(text, kpi->formula);
        text_add(text, " |\n");
    }
}

static void add_states(struct text *text) {
    static const char *const e10[E10_COUNT] = {
        [E10_NON_SCHEDULED] = "non-scheduled",
        [E10_UNSCHEDULED_DOWN] = "unscheduled downtime",
        [E10_SCHEDULED_DOWN] = "scheduled downtime",
        [E10_STANDBY] = "standby",
        [E10_PRODUCTIVE] = "productive",
    };
    text_add(text, of_machines);
    for (int32_t i = 0; i < STATE_COUNT; i++)
        text_print(text, "| `%s` | %s |\n", machine_state_names[i], e10[machine_state_e10[i]]);
    text_add(text, of_bottlenecks);
    text_add(text, of_backlogs);
}

static void add_results(struct text *text) {
    add_statistics(text, KPI_TALLY);
    text_add(text, " behind its path, a sum");
    add_statistics(text, KPI_SUM);
    text_add(text, ", a level (over time)");
    add_statistics(text, KPI_LEVEL);
    text_add(text, ". The path itself is the mean. The time to an event is missing where the run "
                   "ended before it; `--quantity PATH` says in what share of replications it had "
                   "come by when (Kaplan and Meier).\n");
    for (int section = 0; section < RESULT_SECTION_COUNT; section++)
        add_section(text, (enum result_section)section);
    add_states(text);
}

static void add_groups(struct text *text) {
    for (int section = 0; section < RESULT_SECTION_COUNT; section++)
        text_print(text, "| `/%s` | (point, horizon, replication%s) of each of its quantities |\n",
                   result_section_names[section],
                   section == RESULT_SYSTEM || section == RESULT_MONEY ? "" : ", object");
}

static void add_log_rows(struct text *text) {
    for (int i = 0; i < RECORD_KIND_COUNT; i++)
        text_print(text, "| `%s` | %s | %s |\n", record_kinds[i].word, record_kinds[i].meaning,
                   record_kinds[i].value);
    text_add(text, of_log_columns);
#define X(column, codes, words) text_print(text, "| `%s` | %s |\n", #column, words);
    RECORD_COLUMNS(X)
#undef X
}

/* From queues to the flow of parts. */
static void add_floor(struct text *text) {
    text_add(text, of_rules);
    add_rules(text, &rule_scope);
    text_add(text, of_jobs);
    add_names(text, &job_scope);
    text_add(text, of_choices);
    add_names(text, &rule_scope);
    text_add(text, of_hot_lots);
    text_add(text, of_money);
    text_add(text, of_programmes);
    text_add(text, of_cards);
    text_add(text, of_own_machines);
    text_add(text, of_blocking);
    text_add(text, of_batches);
    text_add(text, of_pipes);
    text_add(text, of_setups);
    text_add(text, of_waiting);
    text_add(text, of_ways);
    text_add(text, of_stations_to_choose);
    add_names(text, &place_scope);
    text_add(text, after_stations_to_choose);
    text_add(text, of_routes_to_choose);
    add_names(text, &route_scope);
    text_add(text, after_routes_to_choose);
    text_add(text, of_flow);
}

const char *guide_write(struct arena *arena) {
    struct text text = {0};
    text_add(&text, beginning);
    text_add(&text, of_quantities);
    add_units(&text, arena);
    text_add(&text, of_money_and_dates);
    text_add(&text, of_laws);
    add_laws(&text);
    text_add(&text, of_work_time);
    text_add(&text, of_expressions);
    add_everywhere(&text);
    text_add(&text, of_sight);
    text_add(&text, of_drivers);
    text_add(&text, of_people);
    text_add(&text, of_crews);
    text_add(&text, of_overtime);
    text_add(&text, of_stops);
    text_add(&text, of_tables);
    text_add(&text, of_sweeps);
    text_add(&text, of_crossovers);
    text_add(&text, of_events);
    add_events(&text);
    text_add(&text, of_stocks);
    add_names(&text, &stock_scope);
    text_add(&text, of_sources);
    add_names(&text, &choose_scope);
    text_add(&text, after_sources);
    text_add(&text, of_suppliers);
    text_add(&text, of_customers);
    add_names(&text, &judge_scope);
    text_add(&text, of_customers_choice);
    add_names(&text, &buys_scope);
    text_add(&text, after_customers_choice);
    text_add(&text, of_places);
    text_add(&text, of_modes);
    add_names(&text, &mode_scope);
    text_add(&text, after_modes);
    text_add(&text, of_vehicles);
    add_plans(&text);
    add_floor(&text);
    text_add(&text, of_runs);
    text_add(&text, of_results);
    add_results(&text);
    text_add(&text, of_claims);
    text_add(&text, of_theory);
    text_add(&text, of_files);
    add_groups(&text);
    text_add(&text, after_files);
    add_log_rows(&text);
    text_add(&text, after_log);
    return text_finish(&text, arena);
}
