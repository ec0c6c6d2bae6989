/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the text of a law to a law: arguments by name or place, units in each or once behind.
 *
 * `triangular(4 5 8) min`, `erlang(2 mean=0.5 h)`, `poisson(60 * growth)`. What a law takes and
 * what makes sense is known to sim/law.h; here is what a reader can get wrong. */
#include "compile.h"

#include <math.h>
#include <string.h>

enum { FORMS_MOST = 4, WORDS_MOST = 4 };

/* A law on its way from its expression. */
struct making {
    const struct compiler *compiler;
    const struct expression *law;
    const struct law_kind_row *row;
    const struct unit *unit; /* behind this law or one around it; NULL if none */
    bool apart;              /* the unit scales the law whole, and its arguments are plain */
    bool any;                /* an argument has given `dimension` */
    struct dimension dimension;
    struct law_arguments arguments;
};

static bool fault(const struct making *making, struct place place, const char *hint,
                  const char *reason) {
    fault_error(making->compiler->context->faults, place, hint, "%s", reason);
    return false;
}

static struct arena *arena_of(const struct making *making) {
    return making->compiler->context->arena;
}

static const char *written(const struct making *making, const struct expression *part) {
    return arena_copy(arena_of(making), part->at, (size_t)(part->end - part->at));
}

/* ---- Forms: `mean= sd= | mean= cv=` ---- */

struct form {
    int32_t count;
    struct {
        const char *word;
        bool named;
    } words[WORDS_MOST];
};

static int32_t read_forms(const struct making *making, struct form *forms) {
    int32_t count = 0;
    forms[0].count = 0;
    for (const char *at = making->row->forms; *at;) {
        size_t size = strcspn(at, " =|");
        if (size && forms[count].count < WORDS_MOST) {
            int32_t i = forms[count].count++;
            forms[count].words[i].word = arena_copy(arena_of(making), at, size);
            forms[count].words[i].named = at[size] == '=';
        }
        at += size;
        if (*at == '|' && count < FORMS_MOST - 1) forms[++count].count = 0;
        if (*at) at++;
    }
    return count + 1;
}

static const struct form *form_of_count(const struct form *forms, int32_t count, int32_t words) {
    for (int32_t i = 0; i < count; i++)
        if (forms[i].count == words) return &forms[i];
    return NULL;
}

/* The argument of this word as it was written, or NULL. */
static const struct expression *argument_named(const struct expression *law, const char *word) {
    for (const struct expression *part = law->first; part; part = part->next)
        if (part->argument && strcmp(part->argument, word) == 0) return part;
    return NULL;
}

/* The law as it should be written: `lognormal(mean=25 sd=10) min`. */
static const char *law_in_form(const struct making *making, const struct form *form) {
    struct arena *arena = arena_of(making);
    const struct expression *next = making->law->first;
    const char *text = arena_text(arena, "%s(", making->row->word);
    for (int32_t i = 0; i < form->count; i++) {
        const char *word = form->words[i].word;
        const struct expression *part = argument_named(making->law, word);
        if (!part) {
            while (next && next->argument) next = next->next;
            part = next;
            if (next) next = next->next;
        }
        const char *value = part ? written(making, part) : "";
        text = form->words[i].named
                   ? arena_text(arena, "%s%s%s=%s", text, i ? " " : "", word, value)
                   : arena_text(arena, "%s%s%s", text, i ? " " : "", value);
    }
    const char *behind = making->law->end;
    while (behind > making->law->at && behind[-1] != ')') behind--;
    return arena_text(arena, "%s)%.*s", text, (int)(making->law->end - behind), behind);
}

/* ---- Faults of arguments ---- */

static bool fault_form(const struct making *making) {
    const struct law_kind_row *row = making->row;
    fault_error(making->compiler->context->faults, making->law->place, NULL, "%s is written %s(%s)",
                row->word, row->word, row->forms);
    return false;
}

/* "lognormal does not say what 25 and 10 are": numbers without a name where names are due. */
static bool fault_unnamed(const struct making *making, const struct form *form) {
    struct arena *arena = arena_of(making);
    const struct expression *last = NULL;
    const char *list = NULL;
    int32_t count = 0, position = 0;
    for (const struct expression *part = making->law->first; part; part = part->next) {
        if (part->argument) continue;
        enum law_kind kind = (enum law_kind)making->law->code;
        if (law_argument_at(kind, position++) != LAW_ARGUMENT_COUNT) continue;
        if (last)
            list = arena_text(arena, "%s%s%s", list ? list : "", list ? ", " : "",
                              written(making, last));
        last = part;
        count++;
    }
    fault_error(making->compiler->context->faults, making->law->place, law_in_form(making, form),
                "%s does not say what %s%s%s %s", making->row->word, list ? list : "",
                list ? " and " : "", written(making, last), count > 1 ? "are" : "is");
    return false;
}

static bool fault_extra(const struct making *making) {
    struct form forms[FORMS_MOST];
    int32_t count = read_forms(making, forms);
    const struct form *form = form_of_count(forms, count, making->law->count);
    bool names = false;
    for (int32_t i = 0; form && i < form->count; i++) names = names || form->words[i].named;
    return names ? fault_unnamed(making, form) : fault_form(making);
}

static bool fault_word(const struct making *making, const struct expression *part) {
    struct form forms[FORMS_MOST];
    const char *candidates[FORMS_MOST * WORDS_MOST];
    int32_t count = read_forms(making, forms), words = 0;
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = 0; k < forms[i].count; k++) candidates[words++] = forms[i].words[k].word;
    const char *near = value_nearest(part->argument, candidates, words);
    struct arena *arena = arena_of(making);
    const char *hint = near ? arena_text(arena, "did you mean '%s'?", near)
                            : arena_text(arena, "%s(%s)", making->row->word, making->row->forms);
    fault_error(making->compiler->context->faults, part->place, hint, "%s has no argument '%s'",
                making->row->word, part->argument);
    return false;
}

/* Is this word in one of the forms? */
static bool has_word(const struct making *making, const char *word) {
    struct form forms[FORMS_MOST];
    int32_t count = read_forms(making, forms);
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = 0; k < forms[i].count; k++)
            if (strcmp(forms[i].words[k].word, word) == 0) return true;
    return false;
}

/* Do the arguments given make up one of the forms? */
static bool has_form(const struct making *making) {
    struct form forms[FORMS_MOST];
    int32_t count = read_forms(making, forms);
    for (int32_t i = 0; i < count; i++) {
        int32_t found = 0;
        for (int32_t k = 0; k < forms[i].count; k++)
            found += making->arguments.given[law_argument_named(forms[i].words[k].word)];
        if (found == forms[i].count && found == making->law->count) return true;
    }
    return false;
}

/* ---- Values of arguments ---- */

static bool fault_unit_twice(const struct making *making, const struct expression *part) {
    return fault(making, part->place, "in each argument, or once behind the law",
                 "the unit is given twice");
}

/* All arguments that are values of the law have one dimension. */
static bool note_dimension(struct making *making, const struct expression *part,
                           struct dimension d) {
    if (!making->any) making->dimension = d;
    making->any = true;
    if (dimension_same(making->dimension, d)) return true;
    struct arena *arena = arena_of(making);
    fault_error(making->compiler->context->faults, part->place,
                "the unit stands in each argument, or once behind the law",
                "one argument is %s, another %s", units_dimension_name(arena, making->dimension),
                units_dimension_name(arena, d));
    return false;
}

/* A bare number takes the unit as if it stood there; what is computed is multiplied by one of it.
 */
static const struct expression *with_unit(const struct making *making,
                                          const struct expression *part) {
    struct expression *number = arena_take(arena_of(making), sizeof *number);
    if (part->kind == EXPRESSION_NUMBER) {
        *number = *part;
    } else {
        *number = (struct expression){.kind = EXPRESSION_NUMBER,
                                      .place = part->place,
                                      .at = part->at,
                                      .end = part->end,
                                      .quantity.number.digits = 1};
    }
    number->quantity.unit = *making->unit;
    number->quantity.has_unit = true;
    number->next = NULL;
    if (part->kind == EXPRESSION_NUMBER) return number;
    struct expression *product = arena_take(arena_of(making), sizeof *product);
    struct expression *left = arena_take(arena_of(making), sizeof *left);
    *left = *part;
    left->next = number;
    *product = *part;
    product->kind = EXPRESSION_OPERATION;
    product->code = FORMULA_MULTIPLY;
    product->first = left;
    product->last = number;
    product->count = 2;
    return product;
}

/* A value of the law, such as its mean, in base units. */
static bool value_argument(struct making *making, const struct expression *part,
                           struct formula *out) {
    bool behind = making->unit && !making->apart;
    if (behind && part->kind == EXPRESSION_NUMBER && part->quantity.has_unit)
        return fault_unit_twice(making, part);
    const struct expression *whole = behind ? with_unit(making, part) : part;
    if (!compile_formula(making->compiler, whole, out)) return false;
    if (behind && !dimension_same(out->dimension, making->unit->dimension))
        return fault_unit_twice(making, part);
    if (!making->apart) return note_dimension(making, part, out->dimension);
    if (dimension_same(out->dimension, (struct dimension){0})) return true;
    struct arena *arena = arena_of(making);
    fault_error(making->compiler->context->faults, part->place,
                arena_text(arena, "a unit behind scales it whole: %s(...) h", making->row->word),
                "%s takes plain numbers, this is %s", making->row->word,
                units_dimension_name(arena, out->dimension));
    return false;
}

/* A plain number whatever the unit of the law: a shape, a share, a weight. */
static bool plain_argument(const struct making *making, const struct expression *part,
                           const char *what, struct formula *out) {
    struct compiler aside = *making->compiler;
    aside.per = NULL;
    aside.non_negative = false;
    if (!compile_formula(&aside, part, out)) return false;
    if (dimension_same(out->dimension, (struct dimension){0})) return true;
    fault_error(making->compiler->context->faults, part->place, NULL,
                "%s is a plain number, this is %s", what,
                units_dimension_name(arena_of(making), out->dimension));
    return false;
}

static bool constant_value(struct making *making, const struct expression *part, bool is_weight,
                           double *out) {
    struct formula formula;
    bool fine = is_weight ? plain_argument(making, part, "a weight", &formula)
                          : value_argument(making, part, &formula);
    if (!fine) return false;
    *out = formula.value;
    if (formula.constant) return true;
    fault_error(making->compiler->context->faults, part->place, NULL,
                "%s takes values that never change", making->row->word);
    return false;
}

/* ---- Laws by what they take ---- */

static bool number_argument(struct making *making, const struct expression *part,
                            enum law_argument argument) {
    struct formula formula;
    const struct law_argument_row *row = &law_argument_rows[argument];
    if (making->arguments.given[argument]) {
        fault_error(making->compiler->context->faults, part->place, NULL, "'%s' is given twice",
                    row->word);
        return false;
    }
    bool fine = row->plain ? plain_argument(making, part, row->word, &formula)
                           : value_argument(making, part, &formula);
    if (!fine) return false;
    making->arguments.given[argument] = true;
    making->arguments.value[argument] = formula.value;
    if (formula.constant) return true;
    struct formula *kept = arena_take(arena_of(making), sizeof *kept);
    *kept = formula;
    making->arguments.formula[argument] = kept;
    return true;
}

static bool take_numbers(struct making *making) {
    enum law_kind kind = (enum law_kind)making->law->code;
    int32_t position = 0;
    for (const struct expression *part = making->law->first; part; part = part->next) {
        enum law_argument argument =
            part->argument ? law_argument_named(part->argument) : law_argument_at(kind, position++);
        if (part->argument && !has_word(making, part->argument)) return fault_word(making, part);
        if (argument == LAW_ARGUMENT_COUNT) return fault_extra(making);
        if (!number_argument(making, part, argument)) return false;
    }
    return true;
}

/* The values of a column as if they had been written in the brackets. */
static bool read_column(struct making *making, struct expression *law) {
    struct value_context *context = making->compiler->context;
    if (!context->column) return fault(making, law->file_place, NULL, "files cannot be read here");
    int32_t count = 0;
    const struct value_cell *cells =
        context->column(context->files, law->file, law->column, law->file_place, &count);
    if (!cells) return false;
    for (int32_t i = 0; i < count; i++) {
        struct expression *part = arena_take(arena_of(making), sizeof *part);
        const char *text = cells[i].text ? cells[i].text : "", *at = text_skip_blanks(text);
        *part = (struct expression){.kind = EXPRESSION_NUMBER,
                                    .place = cells[i].place,
                                    .at = text,
                                    .end = text + strlen(text)};
        int32_t errors = context->faults->error_count;
        bool fine = quantity_read(context, text, cells[i].place, &at, &part->quantity);
        if (!fine && context->faults->error_count == errors)
            fault_error(context->faults, cells[i].place, NULL, "a number is wanted, this is '%s'",
                        text);
        if (!fine) return false;
        if (*text_skip_blanks(at))
            return quantity_rest(context, text, cells[i].place, at, !part->quantity.has_unit);
        if (law->last)
            law->last->next = part;
        else
            law->first = part;
        law->last = part;
        law->count++;
    }
    return true;
}

/* discrete, empirical and sequence */
static bool take_values(struct making *making) {
    struct expression law = *making->law;
    if (law.file && !read_column(making, &law)) return false;
    bool weighted = making->row->takes == LAW_TAKES_PAIRS;
    double *values = arena_take(arena_of(making), (size_t)law.count * sizeof *values);
    double *weights = arena_take(arena_of(making), (size_t)law.count * sizeof *weights);
    int32_t count = 0;
    for (const struct expression *part = law.first; part; part = part->next, count++) {
        if (!constant_value(making, part, false, &values[count])) return false;
        if (weighted && !constant_value(making, part->weight, true, &weights[count])) return false;
    }
    making->arguments.values = values;
    making->arguments.weights = weighted ? weights : NULL;
    making->arguments.count = count;
    making->arguments.then = law.then;
    return true;
}

static bool inner_law(struct making *making, const struct expression *part, struct law *out) {
    struct dimension d;
    if (part->kind != EXPRESSION_LAW) {
        double value;
        if (!constant_value(making, part, false, &value)) return false;
        *out = law_of_constant(value);
        return true;
    }
    return compile_law(making->compiler, part, making->unit, out, &d) &&
           note_dimension(making, part, d);
}

static bool take_mixture(struct making *making) {
    size_t room = (size_t)making->law->count;
    struct law *laws = arena_take(arena_of(making), room * sizeof *laws);
    double *weights = arena_take(arena_of(making), room * sizeof *weights);
    int32_t count = 0;
    for (const struct expression *part = making->law->first; part; part = part->next, count++)
        if (!constant_value(making, part->weight, true, &weights[count]) ||
            !inner_law(making, part, &laws[count]))
            return false;
    making->arguments.laws = laws;
    making->arguments.weights = weights;
    making->arguments.count = count;
    return true;
}

static bool take_law_and_limits(struct making *making) {
    static const enum law_argument limits[] = {LAW_ARGUMENT_LOW, LAW_ARGUMENT_HIGH};
    const struct expression *part = making->law->first;
    if (making->law->count != 3 || part->kind != EXPRESSION_LAW) return fault_form(making);
    struct law *law = arena_take(arena_of(making), sizeof *law);
    if (!inner_law(making, part, law)) return false;
    making->arguments.laws = law;
    making->arguments.count = 1;
    for (int i = 0; i < 2; i++) {
        part = part->next;
        making->arguments.given[limits[i]] = true;
        if (!constant_value(making, part, false, &making->arguments.value[limits[i]])) return false;
    }
    return true;
}

/* `exponential(5 mins)`: behind a bare number, a name that is not there was meant to be a unit. */
static bool units_known(const struct making *making) {
    const struct expression *before = NULL;
    for (const struct expression *part = making->law->first; part;
         before = part, part = part->next) {
        if (!before || before->kind != EXPRESSION_NUMBER || before->quantity.has_unit) continue;
        if (part->kind != EXPRESSION_NAME || part->argument) continue;
        struct formula_op op;
        struct dimension d;
        if (compile_name(making->compiler, part->name, &op, &d)) continue;
        const char *near = units_nearest(part->at, (int32_t)strlen(part->name));
        const char *hint = near ? arena_text(arena_of(making), "did you mean '%s'?", near) : NULL;
        fault_error(making->compiler->context->faults, part->place, hint, "there is no unit '%s'",
                    part->name);
        return false;
    }
    return true;
}

static bool take_arguments(struct making *making) {
    switch (making->row->takes) {
    case LAW_TAKES_NUMBERS: return take_numbers(making);
    case LAW_TAKES_PAIRS:
    case LAW_TAKES_VALUES:
    case LAW_TAKES_TRACE: return take_values(making);
    case LAW_TAKES_MIXTURE: return take_mixture(making);
    case LAW_TAKES_LAW: return take_law_and_limits(making);
    case LAW_TAKES_INTERNAL: break;
    }
    CHECK(false);
    return false;
}

/* Counts stay counts and beta stays between 0 and 1, so a unit multiplies what is drawn. */
static bool is_apart(const struct expression *law) {
    if (law_kinds[law->code].counts) return true;
    return law->code == LAW_BETA && !argument_named(law, "low") && !argument_named(law, "a");
}

/* The unit behind this law or one around it; both are one too many. */
static bool find_unit(struct making *making, const struct unit *outer) {
    const struct expression *law = making->law;
    bool own = law->quantity.has_unit;
    if (own && outer) return fault_unit_twice(making, law);
    making->unit = own ? &law->quantity.unit : outer;
    if (own) compile_note_unit(making->compiler, making->unit, law->place);
    return true;
}

bool compile_law(const struct compiler *compiler, const struct expression *law,
                 const struct unit *outer, struct law *out, struct dimension *d) {
    struct making making = {.compiler = compiler,
                            .law = law,
                            .row = &law_kinds[law->code],
                            .apart = is_apart(law),
                            .arguments.non_negative = compiler->non_negative};
    if (!find_unit(&making, outer) || !units_known(&making) || !take_arguments(&making))
        return false;
    enum law_kind kind = (enum law_kind)law->code;
    const char *reason = law_make(arena_of(&making), out, kind, &making.arguments);
    if (reason && making.row->takes == LAW_TAKES_NUMBERS && !has_form(&making))
        return fault_form(&making);
    if (reason) {
        fault_error(compiler->context->faults, law->place, NULL, "%s: %s", making.row->word,
                    reason);
        return false;
    }
    if (making.apart && making.unit)
        law_scale(arena_of(&making), out, (double)(making.unit->up / making.unit->down));
    *d = making.apart && making.unit ? making.unit->dimension : making.dimension;
    return true;
}
