/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "programmes.h"

#include "calendars.h"
#include "reader/change.h"
#include "reader/fill.h"
#include "reader/value.h"

#include <string.h>

/* ---- results that formulas name ---- */
struct result_names { /* of all formulas of an arm */
    struct reader *reader;
    struct result_name *list;
    int32_t count, room;
};

/* Does PATH name this quantity of some object? Objects are names between the section and it. */
static bool path_is(const char *path, const struct kpi *kpi, enum kpi_stat stat) {
    char tail[96];
    bool nested = kpi->section == RESULT_FAILURES || kpi->section == RESULT_MAINTENANCE ||
                  kpi->section == RESULT_OWN;
    const char *section = result_section_names[nested ? RESULT_STATIONS : kpi->section];
    size_t head = strlen(section), length = strlen(path);
    int used = snprintf(tail, sizeof tail, ".%s%s", kpi->name, kpi_stat_suffixes[stat]);
    if (strncmp(path, section, head) != 0 || path[head] != '.' || length < head + (size_t)used)
        return false;
    const char *rest = path + head, *at = path + length - used;
    if (strcmp(at, tail) != 0) return false;
    int32_t dots = 0;
    for (const char *c = rest; c < at; c++) dots += *c == '.';
    if (nested) return dots == 3;
    bool alone = kpi->section == RESULT_SYSTEM || kpi->section == RESULT_MONEY;
    return dots == (alone ? 0 : 1);
}

struct unit_row {
    struct dimension dimension;
    double scale;
};

static struct unit_row unit_row(enum result_unit unit) {
    static const double hour = (double)TICK_H, day = (double)TICK_D, year = (double)TICK_Y;
    switch (unit) {
    case RESULT_UNIT_HOURS: return (struct unit_row){{.time = 1}, hour};
    case RESULT_UNIT_PER_HOUR: return (struct unit_row){{.time = -1}, 1 / hour};
    case RESULT_UNIT_DAYS: return (struct unit_row){{.time = 1}, day};
    case RESULT_UNIT_PER_YEAR: return (struct unit_row){{.time = -1}, 1 / year};
    case RESULT_UNIT_MONEY:
    case RESULT_UNIT_MONEY_PER_UNIT: return (struct unit_row){{.money = 1}, 1};
    case RESULT_UNIT_MONEY_PER_DAY: return (struct unit_row){{.money = 1, .time = -1}, 1 / day};
    case RESULT_UNIT_ENERGY_PER_UNIT:
    case RESULT_UNIT_ENERGY: return (struct unit_row){{.energy = 1}, 1};
    default: return (struct unit_row){{0}, 1};
    }
}

/* The quantity at a path, whatever objects there are; false: there is none of this kind. */
static bool quantity_at(const char *path, struct unit_row *out) {
    for (int32_t k = 0; k < kpi_count; k++)
        for (int32_t stat = 0; stat < KPI_STAT_COUNT; stat++)
            if (kpi_has(kpis[k].shape, stat) && path_is(path, &kpis[k], (enum kpi_stat)stat)) {
                *out = stat == STAT_COUNT ? (struct unit_row){{0}, 1} : unit_row(kpis[k].unit);
                return true;
            }
    return false;
}

/* `mean(PATH, 4 wk)`: its path and window. */
static const char *read_mean(struct result_names *names, const char *text, tick *window) {
    static const char head[] = "mean(";
    struct value_context *value = &names->reader->value;
    size_t length = strlen(text), skip = sizeof head - 1;
    const char *comma = strrchr(text, ',');
    if (strncmp(text, head, skip) != 0 || !comma || text[length - 1] != ')') return NULL;
    const char *time = comma + 1 + strspn(comma + 1, " ");
    struct quantity quantity;
    time = arena_copy(names->reader->arena, time, (size_t)(text + length - 1 - time));
    if (!value_quantity(value, time, (struct place){.source = -1}, UNIT_TIME, &quantity) ||
        !(quantity.value >= 1))
        return NULL;
    *window = (tick)quantity.value;
    size_t path = strspn(text + skip, " ");
    return arena_copy(names->reader->arena, text + skip + path,
                      (size_t)(comma - text) - skip - path);
}

static bool find_result(void *data, const char *text, struct place place, int32_t *what,
                        int32_t *index, struct dimension *dimension) {
    struct result_names *names = data;
    struct unit_row unit;
    tick window = 0;
    const char *path = strchr(text, '(') ? read_mean(names, text, &window) : text;
    if (!path || !quantity_at(path, &unit)) return false;
    *what = FORMULA_RESULT;
    *dimension = unit.dimension;
    for (*index = 0; *index < names->count; ++*index)
        if (names->list[*index].window == window && strcmp(names->list[*index].path, path) == 0)
            return true;
    if (names->count == names->room) {
        struct result_name *old = names->list;
        names->room = names->room ? 2 * names->room : 8;
        names->list = arena_take(names->reader->arena, (size_t)names->room * sizeof *old);
        if (old) memcpy(names->list, old, (size_t)names->count * sizeof *old);
    }
    names->list[names->count++] =
        (struct result_name){.path = arena_copy(names->reader->arena, path, strlen(path)),
                             .window = window,
                             .scale = unit.scale,
                             .place = place};
    return true;
}

void programmes_know_results(struct reader *reader) {
    struct result_names *names = arena_take(reader->arena, sizeof *names);
    *names = (struct result_names){.reader = reader};
    reader->beyond = find_result;
    reader->beyond_data = names;
}

/* Those that are looked at after every event. */
static void note_often(struct result_names *names, const struct programme_spec *programme) {
    const struct formula *formulas[] = {programme->when.formula, programme->until.formula};
    for (int32_t f = 0; f < 2; f++)
        for (int32_t i = 0; formulas[f] && i < formulas[f]->op_count; i++) {
            const struct formula_op *op = &formulas[f]->ops[i];
            if (op->code != FORMULA_VARIABLE || op->what != FORMULA_RESULT) continue;
            names->list[op->index].often |= programme->review.ticks == SPAN_WORD(REVIEW_EVENT);
        }
}

/* ---- the worlds with their changes ---- */
struct variants_reading {
    struct scenario *scenario;
    const struct scenario_arm *arm;
    struct reader *(*make_reader)(struct scenario *);
    struct programme_variant *list;
    int32_t *known; /* parameters that each knows */
    int32_t count;
    struct parameter_value *parameters; /* of all worlds, by path */
    int32_t parameter_count;
};

static int32_t change_kind(const struct node *value) {
    if (value->kind != NODE_TEXT || value->quoted || !value->text) return CHANGE_SETS;
    if (strncmp(value->text, "times ", 6) == 0) return CHANGE_TIMES;
    bool adds = strncmp(value->text, "plus ", 5) == 0 || strncmp(value->text, "minus ", 6) == 0;
    return adds ? CHANGE_PLUS : CHANGE_SETS;
}

/* A reader that numbers the parameters of formulas as those before it did. */
static struct reader *reader_with_names(const struct variants_reading *reading) {
    struct reader *reader = reading->make_reader(reading->scenario);
    size_t size = (size_t)reading->parameter_count * sizeof *reader->parameters;
    reader->parameters = arena_take(reader->arena, size);
    if (size) memcpy(reader->parameters, reading->parameters, size);
    reader->parameter_count = reader->parameter_capacity = reading->parameter_count;
    reader->beyond = reading->arm->reader->beyond;
    reader->beyond_data = reading->arm->reader->beyond_data;
    return reader;
}

static void read_variant(struct variants_reading *reading, int32_t programme,
                         const struct node *change, bool dip) {
    struct arena *arena = &reading->scenario->arena;
    struct reader *reader = reader_with_names(reading);
    struct node *root = node_copy(arena, reading->arm->root);
    if (!change_apply_live(reader, root, &spec_rows, change->key, change->key_place, change))
        return;
    struct spec_spec *spec = arena_take(arena, sizeof *spec);
    if (!fill_spec(reader, root, &spec_rows, spec)) return;
    calendars_read(&reader->value, &spec->world);
    reading->parameters = reader->parameters;
    reading->parameter_count = reader->parameter_count;
    reading->known[reading->count] = reader->parameter_count;
    reading->list[reading->count++] = (struct programme_variant){.programme = programme,
                                                                 .dip = dip,
                                                                 .path = change->key,
                                                                 .place = change->key_place,
                                                                 .kind = change_kind(change),
                                                                 .world = &spec->world,
                                                                 .parameters = reader->parameters};
}

static void read_changes(struct variants_reading *reading, int32_t programme,
                         const struct node *changes, bool dip) {
    if (!changes || (changes->kind == NODE_TEXT && changes->text && !strcmp(changes->text, "none")))
        return;
    if (changes->kind != NODE_MAP) {
        fault_error(&reading->scenario->faults, changes->place,
                    "change: {stations.cut.machines: 2}",
                    "a map of paths and values is wanted here");
        return;
    }
    for (const struct node *change = changes->first; change; change = change->next)
        read_variant(reading, programme, change, dip);
}

static int32_t count_changes(const struct map *programmes) {
    int32_t count = 0;
    for (int32_t i = 0; i < programmes->count; i++) {
        const struct programme_spec *programme =
            &((const struct programme_spec *)programmes->things)[i];
        const struct dip_spec *dip = programme->dip.block;
        count += programme->change ? programme->change->count : 0;
        count += dip && dip->change ? dip->change->count : 0;
    }
    return count;
}

/* All worlds know the same parameters: those that a later one named first have there the value that
 * they have in it. */
static const struct parameter_value *completed(const struct variants_reading *reading,
                                               const struct parameter_value *some, int32_t count) {
    size_t size = (size_t)reading->parameter_count * sizeof *some;
    struct parameter_value *all = arena_take(&reading->scenario->arena, size);
    if (size) memcpy(all, reading->parameters, size);
    if (count) memcpy(all, some, (size_t)count * sizeof *some);
    return all;
}

static void read_all(struct scenario *scenario, const struct scenario_arm *arm,
                     struct question *question, struct reader *(*make_reader)(struct scenario *)) {
    const struct map *programmes = &arm->spec->world.programmes;
    size_t room = (size_t)count_changes(programmes) + 1;
    struct variants_reading reading = {
        .scenario = scenario,
        .arm = arm,
        .make_reader = make_reader,
        .list = arena_take(&scenario->arena, room * sizeof *reading.list),
        .parameters = arm->reader->parameters,
        .parameter_count = arm->reader->parameter_count};
    reading.known = arena_take(&scenario->arena, room * sizeof *reading.known);
    for (int32_t i = 0; i < programmes->count; i++) {
        const struct programme_spec *programme =
            &((const struct programme_spec *)programmes->things)[i];
        const struct dip_spec *dip = programme->dip.block;
        note_often(arm->reader->beyond_data, programme);
        read_changes(&reading, i, programme->change, false);
        if (dip) read_changes(&reading, i, dip->change, true);
    }
    for (int32_t v = 0; v < reading.count; v++)
        reading.list[v].parameters =
            completed(&reading, reading.list[v].parameters, reading.known[v]);
    question->variants = reading.list;
    question->variant_count = reading.count;
    question->parameters =
        completed(&reading, arm->reader->parameters, arm->reader->parameter_count);
    question->parameter_count = reading.parameter_count;
}

void programmes_read(struct scenario *scenario, const struct scenario_arm *arm,
                     struct question *question, struct reader *(*make_reader)(struct scenario *)) {
    const struct result_names *names = arm->reader->beyond_data;
    if (arm->spec->world.programmes.count) read_all(scenario, arm, question, make_reader);
    question->results = names->list;
    question->result_count = names->count;
}
