/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parses formulas and laws by recursive descent, one function a level of precedence:
 *
 *     or · and · not · < <= = != >= > · + - · * / · ^ · sign · operand
 *
 * The arguments of a law are sums, so that `=` is free to name them (mean=25) or to give a weight
 * (1=0.5). After the first fault a text is given up: what follows would be guessing. */
#include "formula.h"

#include <string.h>

enum { NESTED_MOST = 50, TREE_DEPTH_MOST = 200 };

struct parser {
    struct tokens *tokens;
    int32_t nested; /* how deep the parser itself is */
};

static struct expression *parse_whole(struct parser *parser);
static struct expression *parse_sum(struct parser *parser);
static struct expression *parse_law(struct parser *parser);

/* ---- Making the tree ---- */

static struct expression *new_expression(struct parser *parser, enum expression_kind kind,
                                         const struct token *first) {
    struct expression *made = arena_take(parser->tokens->context->arena, sizeof *made);
    struct place place = token_place(parser->tokens, first);
    *made = (struct expression){.kind = kind,
                                .depth = 1,
                                .place = place,
                                .mark_place = place,
                                .at = first->at,
                                .end = first->end,
                                .quantity.unit = {.up = 1, .down = 1}};
    return made;
}

static struct expression *too_deep(struct parser *parser, struct place place) {
    fault_error(parser->tokens->context->faults, place,
                "split it: a driver is a formula with a name", "this formula is too deep");
    return NULL;
}

/* Adds a part, unless it is missing (after a fault). NULL then. */
static struct expression *add_part(struct parser *parser, struct expression *whole,
                                   struct expression *part) {
    if (!whole || !part) return NULL;
    if (part->depth >= TREE_DEPTH_MOST) return too_deep(parser, part->place);
    if (whole->last)
        whole->last->next = part;
    else
        whole->first = part;
    whole->last = part;
    whole->count++;
    if (part->depth >= whole->depth) whole->depth = part->depth + 1;
    if (part->end > whole->end) whole->end = part->end;
    return whole;
}

static struct expression *unexpected(struct parser *parser) {
    tokens_unexpected(parser->tokens);
    return NULL;
}

static bool take_word(struct parser *parser, const char *word) {
    if (!token_is(&parser->tokens->now, word)) return false;
    tokens_next(parser->tokens);
    return true;
}

static bool take(struct parser *parser, enum token_kind kind) {
    if (parser->tokens->now.kind != kind) return false;
    tokens_next(parser->tokens);
    return true;
}

/* ---- Operands ---- */

static const struct function {
    const char *word;
    enum expression_kind kind;
    int32_t code, least, most;
} functions[] = {
    {"min", EXPRESSION_OPERATION, FORMULA_MIN, 2, 100},
    {"max", EXPRESSION_OPERATION, FORMULA_MAX, 2, 100},
    {"abs", EXPRESSION_OPERATION, FORMULA_ABS, 1, 1},
    {"sqrt", EXPRESSION_OPERATION, FORMULA_SQRT, 1, 1},
    {"exp", EXPRESSION_OPERATION, FORMULA_EXP, 1, 1},
    {"ln", EXPRESSION_OPERATION, FORMULA_LN, 1, 1},
    {"floor", EXPRESSION_OPERATION, FORMULA_FLOOR, 1, 1},
    {"ceil", EXPRESSION_OPERATION, FORMULA_CEIL, 1, 1},
    {"round", EXPRESSION_OPERATION, FORMULA_ROUND, 1, 1},
    {"clamp", EXPRESSION_OPERATION, FORMULA_CLAMP, 3, 3},
    {"sum", EXPRESSION_SUM, 0, 1, 1},
    {"mean", EXPRESSION_MEAN, 0, 1, 2},
    {"theory", EXPRESSION_THEORY, 0, 1, 1},
    {"sine", EXPRESSION_SINE, 0, 2, 2},
};
enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

const char *formula_function(int32_t index) {
    for (int32_t i = 0; i < FUNCTION_COUNT; i++)
        if (functions[i].kind != EXPRESSION_THEORY && index-- == 0) return functions[i].word;
    return NULL;
}

static const struct function *function_named(const struct token *token) {
    for (int32_t i = 0; i < FUNCTION_COUNT; i++)
        if (token_is(token, functions[i].word)) return &functions[i];
    return NULL;
}

static const char *token_text(struct parser *parser, const struct token *token) {
    return arena_copy(parser->tokens->context->arena, token->at, (size_t)(token->end - token->at));
}

static struct expression *fault_count(struct parser *parser, const struct expression *call,
                                      const struct function *function) {
    static const char *const numbers[] = {"no", "one", "two", "three"};
    const char *more = function->most > function->least ? " or more" : "";
    fault_error(parser->tokens->context->faults, call->place, NULL, "%s has %s%s argument%s",
                function->word, numbers[function->least], more, function->most == 1 ? "" : "s");
    return NULL;
}

/* `word=` before an argument, or NULL. */
static const char *argument_word(struct parser *parser) {
    const struct token *now = &parser->tokens->now;
    if (now->kind != TOKEN_NAME || *text_skip_blanks(now->end) != '=') return NULL;
    const char *word = token_text(parser, now);
    tokens_next(parser->tokens);
    tokens_next(parser->tokens);
    return word;
}

static struct expression *parse_call(struct parser *parser, const struct function *function) {
    struct expression *call = new_expression(parser, function->kind, &parser->tokens->now);
    call->code = function->code;
    call->name = function->word;
    tokens_next(parser->tokens);
    tokens_next(parser->tokens);
    bool named = function->kind == EXPRESSION_SINE;
    while (call && parser->tokens->now.kind != TOKEN_CLOSE) {
        const char *word = named ? argument_word(parser) : NULL;
        struct expression *part = named ? parse_sum(parser) : parse_whole(parser);
        if (part) part->argument = word;
        call = add_part(parser, call, part);
        if (!call) return NULL;
        if (!take(parser, TOKEN_COMMA) && !named) break;
    }
    if (parser->tokens->now.kind != TOKEN_CLOSE) return unexpected(parser);
    call->end = parser->tokens->now.end;
    tokens_next(parser->tokens);
    if (call->count < function->least || call->count > function->most)
        return fault_count(parser, call, function);
    return call;
}

/* A name directly before a bracket that is neither law nor function. */
static struct expression *fault_callee(struct parser *parser) {
    struct token *token = &parser->tokens->now;
    const char *candidates[FUNCTION_COUNT + LAW_COUNT];
    int32_t count = 0;
    for (int32_t i = 0; i < LAW_COUNT; i++)
        if (law_kinds[i].takes != LAW_TAKES_INTERNAL) candidates[count++] = law_kinds[i].word;
    for (int32_t i = 0; i < FUNCTION_COUNT; i++) candidates[count++] = functions[i].word;
    const char *name = token_text(parser, token);
    const char *near = value_nearest(name, candidates, count);
    struct arena *arena = parser->tokens->context->arena;
    fault_error(parser->tokens->context->faults, token_place(parser->tokens, token),
                near ? arena_text(arena, "did you mean '%s'?", near) : NULL,
                "there is no law or function '%s'", name);
    return NULL;
}

static bool is_keyword(const struct token *token) {
    static const char *const words[] = {"and", "or", "not", "if", "then", "else"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(token, words[i])) return true;
    return false;
}

static struct expression *parse_if(struct parser *parser) {
    struct expression *made = new_expression(parser, EXPRESSION_IF, &parser->tokens->now);
    tokens_next(parser->tokens);
    made = add_part(parser, made, parse_whole(parser));
    if (!made) return NULL;
    if (!take_word(parser, "then")) return unexpected(parser);
    made = add_part(parser, made, parse_whole(parser));
    if (!made) return NULL;
    if (!take_word(parser, "else")) return unexpected(parser);
    return add_part(parser, made, parse_whole(parser));
}

static struct expression *parse_name(struct parser *parser) {
    struct token *now = &parser->tokens->now;
    if (token_is(now, "if")) return parse_if(parser);
    if (is_keyword(now)) return unexpected(parser);
    bool touching = *now->end == '(', called = *text_skip_blanks(now->end) == '(';
    const struct function *function = function_named(now);
    if (called && law_kind_named(token_text(parser, now)) != LAW_COUNT) return parse_law(parser);
    if (called && function) return parse_call(parser, function);
    if (touching) return fault_callee(parser);
    struct expression *made = new_expression(parser, EXPRESSION_NAME, now);
    made->name = token_text(parser, now);
    tokens_next(parser->tokens);
    return made;
}

static struct expression *parse_bracket(struct parser *parser) {
    const char *from = parser->tokens->now.at;
    tokens_next(parser->tokens);
    struct expression *inner = parse_whole(parser);
    if (!inner) return NULL;
    if (parser->tokens->now.kind != TOKEN_CLOSE) return unexpected(parser);
    inner->at = from;
    inner->end = parser->tokens->now.end;
    tokens_next(parser->tokens);
    return inner;
}

static struct expression *parse_operand(struct parser *parser) {
    struct token *now = &parser->tokens->now;
    if (now->kind == TOKEN_NAME) return parse_name(parser);
    if (now->kind == TOKEN_OPEN) return parse_bracket(parser);
    if (now->kind != TOKEN_NUMBER) return unexpected(parser);
    struct expression *made = new_expression(parser, EXPRESSION_NUMBER, now);
    made->quantity = now->quantity;
    tokens_next(parser->tokens);
    return made;
}

/* ---- Operators ---- */

static struct expression *operation(struct parser *parser, enum expression_kind kind, int32_t code,
                                    const struct token *mark, struct expression *left,
                                    struct expression *right) {
    struct expression *made = new_expression(parser, kind, mark);
    made->code = code;
    if (left) {
        made->at = left->at;
        made->place = left->place;
        made = add_part(parser, made, left);
    }
    return add_part(parser, made, right);
}

/* Every way down the grammar passes here, so that nested brackets, signs and laws are counted in
 * one place. */
static struct expression *parse_signed(struct parser *parser) {
    struct token mark = parser->tokens->now;
    if (parser->nested >= NESTED_MOST) return too_deep(parser, token_place(parser->tokens, &mark));
    parser->nested++;
    struct expression *made;
    if (mark.kind == TOKEN_SIGN || mark.kind == TOKEN_MINUS) {
        tokens_next(parser->tokens);
        made = operation(parser, EXPRESSION_OPERATION, FORMULA_NEGATE, &mark, NULL,
                         parse_signed(parser));
    } else {
        made = parse_operand(parser);
        struct token power = parser->tokens->now;
        if (made && take(parser, TOKEN_POWER))
            made = operation(parser, EXPRESSION_OPERATION, FORMULA_POWER, &power, made,
                             parse_signed(parser));
    }
    parser->nested--;
    return made;
}

static struct expression *parse_product(struct parser *parser) {
    struct expression *made = parse_signed(parser);
    while (made) {
        struct token mark = parser->tokens->now;
        if (mark.kind != TOKEN_TIMES && mark.kind != TOKEN_DIVIDE) break;
        tokens_next(parser->tokens);
        int32_t code = mark.kind == TOKEN_TIMES ? FORMULA_MULTIPLY : FORMULA_DIVIDE;
        made = operation(parser, EXPRESSION_OPERATION, code, &mark, made, parse_signed(parser));
    }
    return made;
}

static struct expression *parse_sum(struct parser *parser) {
    struct expression *made = parse_product(parser);
    while (made) {
        struct token mark = parser->tokens->now;
        if (mark.kind != TOKEN_PLUS && mark.kind != TOKEN_MINUS) break;
        tokens_next(parser->tokens);
        int32_t code = mark.kind == TOKEN_PLUS ? FORMULA_ADD : FORMULA_SUBTRACT;
        made = operation(parser, EXPRESSION_OPERATION, code, &mark, made, parse_product(parser));
    }
    return made;
}

static bool comparison_code(enum token_kind kind, int32_t *code) {
    switch (kind) {
    case TOKEN_LESS: *code = FORMULA_LESS; return true;
    case TOKEN_LESS_EQUAL: *code = FORMULA_LESS_EQUAL; return true;
    case TOKEN_EQUAL: *code = FORMULA_EQUAL; return true;
    case TOKEN_UNEQUAL: *code = FORMULA_UNEQUAL; return true;
    case TOKEN_GREATER: *code = FORMULA_GREATER; return true;
    case TOKEN_GREATER_EQUAL: *code = FORMULA_GREATER_EQUAL; return true;
    default: return false;
    }
}

static struct expression *fault_chain(struct parser *parser) {
    fault_error(parser->tokens->context->faults, token_place(parser->tokens, &parser->tokens->now),
                "write a < b and b < c", "a comparison has two sides");
    return NULL;
}

static struct expression *parse_comparison(struct parser *parser) {
    struct token mark = parser->tokens->now;
    int32_t code;
    if (take_word(parser, "not")) {
        if (parser->nested >= NESTED_MOST)
            return too_deep(parser, token_place(parser->tokens, &mark));
        parser->nested++;
        struct expression *part = parse_comparison(parser);
        parser->nested--;
        return operation(parser, EXPRESSION_OPERATION, FORMULA_NOT, &mark, NULL, part);
    }
    struct expression *made = parse_sum(parser);
    mark = parser->tokens->now;
    if (!made || !comparison_code(mark.kind, &code)) return made;
    tokens_next(parser->tokens);
    made = operation(parser, EXPRESSION_OPERATION, code, &mark, made, parse_sum(parser));
    if (made && comparison_code(parser->tokens->now.kind, &code)) return fault_chain(parser);
    return made;
}

static struct expression *parse_and(struct parser *parser) {
    struct expression *made = parse_comparison(parser);
    while (made) {
        struct token mark = parser->tokens->now;
        if (!take_word(parser, "and")) break;
        made = operation(parser, EXPRESSION_AND, 0, &mark, made, parse_comparison(parser));
    }
    return made;
}

static struct expression *parse_whole(struct parser *parser) {
    struct expression *made = parse_and(parser);
    while (made) {
        struct token mark = parser->tokens->now;
        if (!take_word(parser, "or")) break;
        made = operation(parser, EXPRESSION_OR, 0, &mark, made, parse_and(parser));
    }
    return made;
}

struct expression *formula_parse(struct tokens *tokens, enum formula_level level) {
    struct parser parser = {tokens, 0};
    return level == FORMULA_WHOLE ? parse_whole(&parser) : parse_sum(&parser);
}

struct expression *formula_parse_text(struct value_context *context, const char *text,
                                      struct place place) {
    struct tokens tokens;
    tokens_start(&tokens, context, text, place);
    struct expression *made = formula_parse(&tokens, FORMULA_WHOLE);
    if (!made || tokens.now.kind == TOKEN_END) return made;
    tokens_unexpected(&tokens);
    return NULL;
}

/* ---- Laws ---- */

static const char *word_end(const char *at) {
    while (*at && !text_is_blank(*at) && *at != ')' && *at != ',') at++;
    return at;
}

/* `(file.csv column`, seen as raw text: names of files and columns need not be names of the
 * language. */
static bool parse_file(struct parser *parser, struct expression *law) {
    struct tokens *tokens = parser->tokens;
    struct arena *arena = tokens->context->arena;
    const char *file = text_skip_blanks(tokens->now.end), *end = word_end(file);
    if (end - file < 5 || memcmp(end - 4, ".csv", 4) != 0) return false;
    const char *column = text_skip_blanks(*end == ',' ? end + 1 : end);
    law->file_place = text_place(tokens->place, tokens->text, file);
    law->file = arena_copy(arena, file, (size_t)(end - file));
    end = word_end(column);
    law->column = arena_copy(arena, column, (size_t)(end - column));
    tokens->now.end = end;
    tokens_next(tokens);
    return true;
}

/* `0.8` or `1/6` */
static struct expression *parse_weight(struct parser *parser) {
    struct tokens *tokens = parser->tokens;
    if (tokens->now.kind != TOKEN_NUMBER) return unexpected(parser);
    struct expression *made = parse_operand(parser);
    struct token mark = tokens->now;
    if (!take(parser, TOKEN_FRACTION)) return made;
    if (tokens->now.kind != TOKEN_NUMBER) return unexpected(parser);
    return operation(parser, EXPRESSION_OPERATION, FORMULA_DIVIDE, &mark, made,
                     parse_operand(parser));
}

static struct expression *fault_weight(struct parser *parser, const struct expression *value) {
    enum token_kind kind = parser->tokens->now.kind;
    if (kind != TOKEN_NUMBER && kind != TOKEN_COMMA && kind != TOKEN_CLOSE)
        return unexpected(parser);
    fault_error(parser->tokens->context->faults, value->place, "discrete(value=weight ...)",
                "this value has no weight");
    return NULL;
}

static struct expression *parse_argument(struct parser *parser, enum law_takes takes) {
    struct expression *weight = NULL;
    const char *word = NULL;
    if (takes == LAW_TAKES_MIXTURE && !(weight = parse_weight(parser))) return NULL;
    if (takes == LAW_TAKES_NUMBERS) word = argument_word(parser);
    struct expression *made = parse_sum(parser);
    if (!made) return NULL;
    if (takes == LAW_TAKES_PAIRS) {
        if (!take(parser, TOKEN_EQUAL)) return fault_weight(parser, made);
        if (!(weight = parse_weight(parser))) return NULL;
    }
    made->argument = word;
    made->weight = weight;
    return made;
}

static bool parse_then(struct parser *parser, struct expression *law) {
    static const char *const words[] = {"stop", "last", "repeat"};
    for (int32_t i = 0; i < 3; i++)
        if (take_word(parser, words[i])) {
            law->then = (enum law_then)i;
            return true;
        }
    fault_error(parser->tokens->context->faults, token_place(parser->tokens, &parser->tokens->now),
                "then stop, last or repeat", "what comes after the values is missing");
    return false;
}

/* The unit that stands behind the bracket. */
static bool parse_unit_behind(struct parser *parser, struct expression *law) {
    struct tokens *tokens = parser->tokens;
    const char *at = text_skip_blanks(tokens->now.end);
    enum unit_found found = units_read(
        tokens->context, &at, text_place(tokens->place, tokens->text, at), &law->quantity.unit);
    law->quantity.has_unit = found == UNIT_FOUND;
    law->end = tokens->now.end;
    if (found == UNIT_FOUND) tokens->now.end = law->end = at;
    tokens_next(tokens);
    return found != UNIT_FAULT;
}

static struct expression *parse_law(struct parser *parser) {
    struct tokens *tokens = parser->tokens;
    struct expression *law = new_expression(parser, EXPRESSION_LAW, &tokens->now);
    law->code = (int32_t)law_kind_named(token_text(parser, &tokens->now));
    enum law_takes takes = law_kinds[law->code].takes;
    bool values = takes == LAW_TAKES_VALUES || takes == LAW_TAKES_TRACE;
    tokens_next(tokens);
    if (!values || !parse_file(parser, law)) tokens_next(tokens);
    while (tokens->now.kind != TOKEN_CLOSE) {
        if (takes == LAW_TAKES_TRACE && take_word(parser, "then")) {
            if (!parse_then(parser, law)) return NULL;
            if (tokens->now.kind != TOKEN_CLOSE) return unexpected(parser);
            break;
        }
        if (law->file) return unexpected(parser);
        if (!add_part(parser, law, parse_argument(parser, takes))) return NULL;
        take(parser, TOKEN_COMMA);
    }
    return parse_unit_behind(parser, law) ? law : NULL;
}
