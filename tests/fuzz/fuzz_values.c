/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text, read as every kind of value: no crash, and either a value that holds or a fault.
 *
 * The first byte picks the field's unit. A formula is also evaluated, and a law asked for its mean.
 */
#include "../../scenarios/reader/formula.h"

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct scope_name names[] = {{"due", 0, {.time = 1}, "", NULL},
                                          {"work-left", 1, {.time = 1}, "", NULL},
                                          {"pieces", 2, {0}, "", NULL}};
static const struct scope scope = {"job", 3, names, NULL, NULL};

static bool lookup(void *unused, const char *name, int32_t *what, int32_t *index,
                   struct dimension *dimension) {
    (void)unused;
    *what = 3;
    *index = (int32_t)strlen(name);
    *dimension = (struct dimension){.money = *name == 'm'};
    return *name == 'a' || *name == 'm';
}

static const struct value_cell *column(void *files, const char *file, const char *name,
                                       struct place place, int32_t *count) {
    static const struct value_cell cells[] = {{"3 min", {1, 2, 1}}, {"4 min", {1, 3, 1}}};
    struct value_context *context = files;
    *count = 2;
    if (*file == 'f' && *name) return cells;
    fault_error(context->faults, place, NULL, "no such file");
    return NULL;
}

static double read_value(const void *context, int32_t what, int32_t index) {
    (void)context;
    return 1e9 + 10 * what + index;
}

static void check_formula(struct value_context *context, const char *text, struct place place,
                          enum field_unit unit) {
    const struct formula *formula = NULL;
    if (!value_formula(context, text, place, unit, &scope, &formula)) return;
    struct formula_env env = {.read = read_value};
    double value = formula_value(formula, &env);
    CHECK(!formula->constant || isfinite(value));
    CHECK(value_fits(unit, formula->dimension));
}

static void check_law(struct value_context *context, const char *text, struct place place,
                      enum field_unit unit) {
    struct law law;
    if (!value_law(context, text, place, unit, &scope, &law)) return;
    CHECK(law_valid(&law));
    struct formula_env env = {.read = read_value};
    double mean = law_expected(&law, &env);
    CHECK(!law_constant(&law) || isfinite(mean));
}

static void check_clock(struct value_context *context, const char *text, struct place place) {
    tick from, to;
    int64_t first, last;
    unsigned days;
    bool flag;
    if (value_clock(context, text, place, &from)) CHECK(from >= 0 && from <= TICK_D);
    if (value_clock_range(context, text, place, &from, &to)) CHECK(to >= 0 && to <= TICK_D);
    if (value_date_range(context, text, place, &first, &last)) CHECK(first <= last);
    if (value_days(context, text, place, &days)) CHECK(days && days < 128);
    (void)!value_date(context, text, place, &first, &flag);
    (void)!value_moment(context, text, place, &from);
    (void)!value_bool(context, text, place, &flag);
}

static void check_numbers(struct value_context *context, const char *text, struct place place,
                          enum field_unit unit) {
    struct quantity first, last, step;
    int32_t count;
    bool stepless;
    if (value_quantity(context, text, place, unit, &first)) CHECK(isfinite(first.value));
    if (value_count(context, text, place, &count)) CHECK(isfinite((double)count));
    if (value_range(context, text, place, unit, &first, &last, &step, &stepless))
        CHECK(first.value <= last.value && step.value >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > 4096) return -1;
    struct arena arena;
    struct faults faults;
    arena_init(&arena);
    faults_init(&faults);
    const char *text = arena_copy(&arena, (const char *)data + 1, size - 1);
    enum field_unit unit = (enum field_unit)(data[0] % UNIT_COUNT_OF);
    struct value_context context = {.arena = &arena,
                                    .faults = &faults,
                                    .start_given = data[0] >= 128,
                                    .lookup = lookup,
                                    .column = column};
    context.files = &context;
    struct place place = {0, 1, 1};

    check_numbers(&context, text, place, unit);
    check_clock(&context, text, place);
    check_law(&context, text, place, unit);
    check_formula(&context, text, place, unit);
    for (int32_t i = 0; i < faults.count; i++) {
        CHECK(faults.list[i].place.column >= 1 && *faults.list[i].reason);
        CHECK(faults.list[i].place.source == 1 || faults.list[i].place.column <= (int32_t)size);
    }

    faults_clear(&faults);
    arena_clear(&arena);
    return 0;
}
