/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include "design.h"
#include "reader/bounds.h"
#include "reader/change.h"
#include "reader/quantity.h"
#include "reader/tree.h"
#include "text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS_MOST = 10000, POINTS_MOST = 100000 };

/* ---- Factors ---- */

/* `1..4`: two dots outside of brackets. */
static bool is_range(const struct node *node) {
    int depth = 0;
    if (node->kind != NODE_TEXT || node->quoted || !node->text) return false;
    for (const char *at = node->text; *at; at++) {
        depth += (*at == '(') - (*at == ')');
        if (depth == 0 && at[0] == '.' && at[1] == '.') return true;
    }
    return false;
}

/* The unit of the last part that has one, as written, and its size in base units. The text is known
 * to be a range. */
static const char *range_unit(struct value_context *context, const char *text, struct place place,
                              double *size) {
    const char *unit = "", *at = text_skip_blanks(text);
    *size = 1;
    while (*at) {
        struct quantity_text part;
        if (!quantity_read(context, text, place, &at, &part)) break;
        const char *word = text_skip_blanks(part.end);
        if (part.has_unit) {
            unit = arena_copy(context->arena, word, (size_t)(at - word));
            *size = (double)(part.unit.up / part.unit.down);
        }
        at = text_skip_blanks(at);
        at = text_skip_blanks(at + strspn(at, ".step"));
    }
    return unit;
}

static bool read_range(struct reader *reader, struct sweep_factor *factor,
                       const struct node *node) {
    struct value_context *context = &reader->value;
    const struct field *field = factor->field;
    enum field_unit unit = field && field->unit != UNIT_NONE ? field->unit : UNIT_ANY;
    struct quantity first, last, step;
    bool stepless;
    double size;
    if (!value_range(context, node->text, node->place, unit, &first, &last, &step, &stepless))
        return false;
    const char *name = range_unit(context, node->text, node->place, &size);
    bool pieces = field && (field->shape == SHAPE_AMOUNT || field->unit == UNIT_CARDS) && !*name;
    factor->range = (struct sweep_range){.first = first.value / size,
                                         .last = last.value / size,
                                         .step = stepless ? 0 : step.value / size,
                                         .unit = name,
                                         .unit_size = size,
                                         .whole = pieces || (field && field->shape == SHAPE_COUNT)};
    factor->range_place = node->place;
    return true;
}

/* The values behind a path: a list of them, a range, or one alone. */
static bool read_values(struct reader *reader, struct sweep_factor *factor,
                        const struct node *node) {
    if (is_range(node)) return read_range(reader, factor, node);
    bool list = node->kind == NODE_LIST;
    if (node->kind == NODE_MAP || (list && node->count == 0) ||
        (node->kind == NODE_TEXT && !node->text)) {
        fault_error(reader->faults, node->place, "[2, 4, 8], 1..4, 4..20 step 4, 0.2 .. 3 /y",
                    "a list of values or a range is wanted here");
        return false;
    }
    size_t count = list ? (size_t)node->count : 1;
    factor->levels = arena_take(reader->arena, count * sizeof *factor->levels);
    if (!list) factor->levels[factor->level_count++] = node;
    for (const struct node *value = list ? node->first : NULL; value; value = value->next)
        factor->levels[factor->level_count++] = value;
    return true;
}

static struct sweep_factor *factor_named(struct sweep *sweep, const char *path) {
    for (int32_t i = 0; i < sweep->factor_count; i++)
        if (strcmp(sweep->factors[i].path, path) == 0) return &sweep->factors[i];
    return NULL;
}

static void drop(struct sweep *sweep, const struct sweep_factor *factor) {
    int32_t at = (int32_t)(factor - sweep->factors);
    for (sweep->factor_count--; at < sweep->factor_count; at++)
        sweep->factors[at] = sweep->factors[at + 1];
}

/* The question is one for all points: only what of it belongs to the world may be swept. */
static bool is_question(const char *path) {
    static const char *const world[] = {"run.warm-up", "run.order-of-events"};
    static const char *const heads[] = {"run",   "record", "arms", "sweep",  "claims", "takt",
                                        "title", "about",  "base", "change", "study",  "lesson"};
    size_t size = strcspn(path, ".");
    for (size_t i = 0; i < sizeof world / sizeof *world; i++)
        if (strcmp(path, world[i]) == 0) return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (strlen(heads[i]) == size && strncmp(path, heads[i], size) == 0) return true;
    return false;
}

static void add_factor(struct sweep *sweep, struct reader *reader, const struct node *root,
                       struct sweep_factor factor, const struct node *values) {
    if (is_question(factor.path)) {
        fault_error(reader->faults, factor.place, "sweep what stands in the world",
                    "'%s' is part of the question, which is the same at all points", factor.path);
        return;
    }
    factor.field = change_row(reader, root, &spec_rows, factor.path);
    if (read_values(reader, &factor, values)) sweep->factors[sweep->factor_count++] = factor;
}

static void add_written(struct sweep *sweep, struct reader *reader, const struct node *root,
                        const struct node *over) {
    if (!over || over->kind != NODE_MAP) {
        if (over && (over->kind != NODE_TEXT || over->text))
            fault_error(reader->faults, over->place, "over: {stations.cut.machines: 1..4}",
                        "a map of paths and their values is wanted here");
        return;
    }
    for (const struct node *values = over->first; values; values = values->next)
        add_factor(
            sweep, reader, root,
            (struct sweep_factor){.path = values->key, .place = values->key_place, .setting = -1},
            values);
}

/* Does --set give several values where one is due? A list where a list is due is the value itself.
 */
static bool is_swept(struct reader *reader, const struct node *root,
                     const struct setting *setting) {
    if (!setting->value || (setting->value->kind != NODE_LIST && !is_range(setting->value)))
        return false;
    const struct field *field = change_row(reader, root, &spec_rows, setting->path);
    return field && field->shape != SHAPE_RAW &&
           (setting->value->kind == NODE_LIST || field->shape != SHAPE_TEXT);
}

/* Of two settings of one path the later one holds. */
void sweep_mark(struct reader *reader, const struct node *root, struct setting *settings,
                int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (!settings[i].value) continue;
        settings[i].swept = is_swept(reader, root, &settings[i]);
        for (int32_t j = 0; j < i; j++)
            if (settings[j].swept && strcmp(settings[j].path, settings[i].path) == 0)
                settings[j].value = NULL;
    }
}

void sweep_read(struct sweep *sweep, struct reader *reader, const struct node *root,
                const struct sweep_spec *spec, const struct setting *settings,
                int32_t setting_count) {
    int32_t written = spec && spec->over && spec->over->kind == NODE_MAP ? spec->over->count : 0;
    *sweep = (struct sweep){0};
    sweep->factors =
        arena_take(reader->arena, (size_t)(written + setting_count) * sizeof *sweep->factors);
    if (spec) {
        sweep->design = (enum sweep_design)spec->design.index;
        sweep->points = spec->points == ABSENT_COUNT ? 0 : spec->points;
        sweep->place = spec->place;
        add_written(sweep, reader, root, spec->over);
    }
    for (int32_t i = 0; i < setting_count; i++) {
        const struct setting *setting = &settings[i];
        if (!setting->value) continue;
        const struct sweep_factor *before = factor_named(sweep, setting->path);
        if (before) drop(sweep, before);
        if (setting->swept)
            add_factor(
                sweep, reader, root,
                (struct sweep_factor){.path = setting->path, .place = setting->place, .setting = i},
                setting->value);
    }
}

/* ---- Values ---- */

/* Values of a range with a step, both ends counted if it comes to the last. */
static double step_count(const struct sweep_range *range) {
    return floor((range->last - range->first) / range->step + 1e-9) + 1;
}

static const struct node *number_node(struct arena *arena, const struct sweep_factor *factor,
                                      double value) {
    const struct sweep_range *range = &factor->range;
    const char *blank = *range->unit ? " " : "";
    return tree_text(arena, arena_text(arena, "%.9g%s%s", value, blank, range->unit),
                     factor->range_place);
}

/* Which of COUNT, each with the same part of (0, 1). */
static double part_at(double u, double count) {
    return fmin(floor(u * count), count - 1);
}

/* What stands at U in (0, 1) of the way: a value of a list, a step of a range, or any number. */
static const struct node *drawn(struct arena *arena, const struct sweep_factor *factor, double u) {
    const struct sweep_range *range = &factor->range;
    if (factor->level_count) return factor->levels[(int32_t)part_at(u, factor->level_count)];
    if (range->step != 0)
        return number_node(arena, factor,
                           range->first + range->step * part_at(u, step_count(range)));
    if (!range->whole)
        return number_node(arena, factor, range->first + u * (range->last - range->first));
    double value = floor(range->first + u * (range->last - range->first + 1));
    return number_node(arena, factor, fmin(value, range->last));
}

/* The values that a full design gives a range, or a tornado: its ends. */
static bool spread(struct sweep_factor *factor, struct arena *arena, struct faults *faults,
                   enum sweep_design design) {
    const struct sweep_range *range = &factor->range;
    bool ends = design == DESIGN_TORNADO, point = range->first == range->last;
    if (!ends && !point && range->step == 0) {
        fault_error(faults, factor->range_place,
                    arena_text(arena, "say `step`, or take `design: latin` or `sobol`"),
                    "how many values this range has is not said");
        return false;
    }
    double count = point ? 1 : ends ? 2 : step_count(range);
    if (!(count <= LEVELS_MOST)) {
        fault_error(faults, factor->range_place, "a larger step",
                    "this range has more than %d values", LEVELS_MOST);
        return false;
    }
    double step = ends ? range->last - range->first : range->step;
    factor->level_count = (int32_t)count;
    factor->levels = arena_take(arena, (size_t)count * sizeof *factor->levels);
    for (int32_t i = 0; i < factor->level_count; i++)
        factor->levels[i] = number_node(arena, factor, range->first + i * step);
    return true;
}

/* ---- Designs ---- */

static bool too_many(struct faults *faults, const struct sweep_factor *factor) {
    fault_error(faults, factor->place, "fewer values, or `design: sobol` with `points`",
                "this makes more than %d points", POINTS_MOST);
    return false;
}

static void take_points(struct sweep_points *out, struct arena *arena, int64_t count) {
    out->count = (int32_t)count;
    out->values =
        arena_take(arena, (size_t)count * (size_t)out->factor_count * sizeof *out->values);
}

/* All combinations; the last factor changes fastest. */
static bool full(struct sweep_points *out, struct arena *arena, struct faults *faults) {
    int64_t count = 1;
    for (int32_t f = 0; f < out->factor_count; f++) {
        count *= out->factors[f]->level_count;
        if (count > POINTS_MOST) return too_many(faults, out->factors[f]);
    }
    take_points(out, arena, count);
    int64_t every = count;
    for (int32_t f = 0; f < out->factor_count; f++) {
        const struct sweep_factor *factor = out->factors[f];
        every /= factor->level_count;
        for (int64_t p = 0; p < count; p++)
            out->values[p * out->factor_count + f] =
                factor->levels[p / every % factor->level_count];
    }
    return true;
}

/* All as it is, then each value of each factor by itself. */
static bool tornado(struct sweep_points *out, struct arena *arena, struct faults *faults) {
    int64_t count = 1, p = 1;
    for (int32_t f = 0; f < out->factor_count; f++) {
        count += out->factors[f]->level_count;
        if (count > POINTS_MOST) return too_many(faults, out->factors[f]);
    }
    take_points(out, arena, count);
    for (int32_t f = 0; f < out->factor_count; f++)
        for (int32_t level = 0; level < out->factors[f]->level_count; level++)
            out->values[p++ * out->factor_count + f] = out->factors[f]->levels[level];
    return true;
}

static bool spread_evenly(const struct sweep *sweep, struct sweep_points *out, uint64_t seed,
                          struct arena *arena, struct faults *faults) {
    const char **names = arena_take(arena, (size_t)out->factor_count * sizeof *names);
    for (int32_t f = 0; f < out->factor_count; f++) names[f] = out->factors[f]->path;
    if (sweep->design == DESIGN_SOBOL && out->factor_count > DESIGN_SOBOL_FACTORS) {
        fault_error(faults, out->factors[DESIGN_SOBOL_FACTORS]->place, "design: latin",
                    "Sobol's sequence is known for %d factors", DESIGN_SOBOL_FACTORS);
        return false;
    }
    take_points(out, arena, sweep->points);
    double *cube = arena_take(arena, (size_t)out->count * (size_t)out->factor_count * sizeof *cube);
    if (sweep->design == DESIGN_SOBOL)
        design_sobol(out->factor_count, out->count, cube);
    else
        design_latin(seed, names, out->factor_count, out->count, cube);
    for (int32_t i = 0; i < out->count * out->factor_count; i++)
        out->values[i] = drawn(arena, out->factors[i % out->factor_count], cube[i]);
    return true;
}

bool sweep_points(const struct sweep *sweep, enum sweep_scope scope, uint64_t seed,
                  struct arena *arena, struct faults *faults, struct sweep_points *out) {
    size_t most = (size_t)sweep->factor_count;
    *out = (struct sweep_points){.design = scope == SWEEP_ALL ? sweep->design : DESIGN_FULL};
    out->factors = arena_take(arena, most * sizeof *out->factors);
    struct sweep_factor *factors = arena_take(arena, most * sizeof *factors);
    for (int32_t i = 0; i < sweep->factor_count; i++) {
        if (scope == SWEEP_SETTINGS && sweep->factors[i].setting < 0) continue;
        factors[out->factor_count] = sweep->factors[i];
        out->factors[out->factor_count] = &factors[out->factor_count];
        out->factor_count++;
    }
    if (out->factor_count == 0) return true;
    if (out->design == DESIGN_LATIN || out->design == DESIGN_SOBOL)
        return spread_evenly(sweep, out, seed, arena, faults);
    bool fine = true;
    for (int32_t f = 0; f < out->factor_count; f++)
        if (factors[f].level_count == 0) fine &= spread(&factors[f], arena, faults, out->design);
    if (!fine) return false;
    return out->design == DESIGN_TORNADO ? tornado(out, arena, faults) : full(out, arena, faults);
}

/* ---- One value ---- */

bool sweep_read_range(struct reader *reader, const struct node *root, struct sweep_factor *factor,
                      const struct node *range) {
    factor->field = change_row(reader, root, &spec_rows, factor->path);
    if (is_question(factor->path) || !is_range(range)) {
        fault_error(reader->faults, range->place, "stations.cut.machines=1..4",
                    "a parameter and its range are wanted here");
        return false;
    }
    return read_range(reader, factor, range);
}

void sweep_at(const struct sweep_factor *factor, double x, struct arena *arena,
              struct sweep_points *out) {
    *out = (struct sweep_points){.design = DESIGN_FULL, .factor_count = 1, .count = 1};
    out->factors = arena_take(arena, sizeof *out->factors);
    out->values = arena_take(arena, sizeof *out->values);
    out->factors[0] = factor;
    out->values[0] = number_node(arena, factor, x);
}

/* ---- What a value is ---- */

static void write_flow(struct text *text, const struct node *node) {
    if (node->kind == NODE_TEXT) {
        text_add(text, node->text ? node->text : "");
        return;
    }
    bool map = node->kind == NODE_MAP;
    text_add(text, map ? "{" : "[");
    for (const struct node *child = node->first; child; child = child->next) {
        if (child != node->first) text_add(text, ", ");
        if (map) text_print(text, "%s: ", child->key);
        write_flow(text, child);
    }
    text_add(text, map ? "}" : "]");
}

const char *sweep_text(struct arena *arena, const struct node *node) {
    struct text text = {0};
    write_flow(&text, node);
    return text_finish(&text, arena);
}

/* What stands before the time in a unit: "EUR", "kg", "m2"; "" for plain numbers. */
static const char *what_unit(struct dimension dimension, const char *currency) {
    static const char *const lengths[] = {"", "m", "m2", "m3"};
    if (dimension.money) return currency;
    if (dimension.mass) return "kg";
    if (dimension.energy) return "kWh";
    return dimension.length > 0 && dimension.length < 4 ? lengths[dimension.length] : "";
}

/* The unit of the manual for a dimension; how large it is in base units is returned. */
static double manual_unit(const struct field *field, struct dimension dimension,
                          const char *currency, char unit[32]) {
    struct bound_unit bound = field ? bound_unit_of(field) : (struct bound_unit){1, 1, ""};
    const char *what = what_unit(dimension, currency);
    bool own = dimension.time < 0 && strncmp(bound.text, " /", 2) == 0;
    const char *time = own ? bound.text + 2 : "h";
    double size = own ? bound.size : (double)TICK_H;
    if (dimension.time == 0)
        snprintf(unit, 32, "%s", *what ? what : "1");
    else if (dimension.time > 0)
        snprintf(unit, 32, "%s%sh", what, *what ? " " : "");
    else
        snprintf(unit, 32, "%s/%s", *what ? what : "1", time);
    return dimension.time == 0 ? 1 : own || dimension.time > 0 ? size : 1 / size;
}

bool sweep_number(const struct field *field, const char *text, const char *currency, double *number,
                  char unit[32]) {
    struct arena arena;
    struct faults faults;
    arena_init(&arena);
    faults_init(&faults);
    struct value_context context = {.arena = &arena, .faults = &faults};
    struct quantity quantity;
    bool fine = value_quantity(&context, text, (struct place){.source = -1}, UNIT_ANY, &quantity);
    if (fine) {
        double value = quantity.value / manual_unit(field, quantity.dimension, currency, unit);
        char digits[32]; /* the last ones come from turning units */
        snprintf(digits, sizeof digits, "%.15g", value);
        *number = strtod(digits, NULL);
    }
    faults_clear(&faults);
    arena_clear(&arena);
    return fine;
}
