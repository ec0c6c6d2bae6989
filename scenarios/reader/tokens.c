/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See tokens.h. */
#include "tokens.h"

#include <string.h>

/* Behind such a token an operator is due; elsewhere an operand. */
static bool ends_operand(enum token_kind kind) {
    return kind == TOKEN_NUMBER || kind == TOKEN_NAME || kind == TOKEN_CLOSE;
}

static bool is_name_letter(char c) {
    return text_is_letter(c) || text_is_digit(c) || c == '_' || c == '-';
}

/* Names and paths: words joined by dots, each a name or `*`. */
static const char *name_end(const char *at) {
    for (;;) {
        while (is_name_letter(*at)) at++;
        if (*at != '.') return at;
        if (at[1] == '*')
            at += 2;
        else if (is_name_letter(at[1]))
            at++;
        else
            return at;
    }
}

static void read_number(struct tokens *tokens, struct token *token) {
    const char *at = token->at;
    bool fine = quantity_read(tokens->context, tokens->text, tokens->place, &at, &token->quantity);
    token->kind = fine ? TOKEN_NUMBER : TOKEN_FAULTY;
    token->end = at;
}

/* A minus or slash between two blanks is an operator. */
static void read_spaced(const struct tokens *tokens, struct token *token) {
    bool blank_before = token->at == tokens->text || text_is_blank(token->at[-1]);
    bool blank_behind = text_is_blank(token->at[1]) || !token->at[1];
    bool operand_before = ends_operand(tokens->now.kind);
    if (*token->at == '/') {
        token->kind = blank_before && blank_behind ? TOKEN_DIVIDE : TOKEN_FRACTION;
    } else if (operand_before && !blank_before) {
        token->kind = TOKEN_STRANGE;
    } else {
        token->kind = blank_behind ? TOKEN_MINUS : TOKEN_SIGN;
    }
}

static void read_mark(const struct tokens *tokens, struct token *token) {
    static const struct {
        const char *mark;
        enum token_kind kind;
    } marks[] = {
        {"+-", TOKEN_PLUS_MINUS}, {"<=", TOKEN_LESS_EQUAL}, {">=", TOKEN_GREATER_EQUAL},
        {"!=", TOKEN_UNEQUAL},    {"==", TOKEN_STRANGE},    {"<", TOKEN_LESS},
        {">", TOKEN_GREATER},     {"=", TOKEN_EQUAL},       {"(", TOKEN_OPEN},
        {")", TOKEN_CLOSE},       {",", TOKEN_COMMA},       {"+", TOKEN_PLUS},
        {"*", TOKEN_TIMES},       {"^", TOKEN_POWER},
    };
    token->kind = TOKEN_STRANGE;
    token->end = token->at + 1;
    while (((unsigned char)*token->end & 0xC0) == 0x80) token->end++;
    if (*token->at == '-' || *token->at == '/') {
        read_spaced(tokens, token);
        return;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i].mark);
        if (strncmp(token->at, marks[i].mark, size) != 0) continue;
        token->kind = marks[i].kind;
        token->end = token->at + size;
        return;
    }
}

void tokens_next(struct tokens *tokens) {
    struct token token = {.at = text_skip_blanks(tokens->now.end)};
    char c = *token.at;
    if (c == 0) {
        token.kind = TOKEN_END;
        token.end = token.at;
    } else if (text_is_digit(c) || (c == '.' && text_is_digit(token.at[1]))) {
        read_number(tokens, &token);
    } else if (text_is_letter(c)) {
        token.kind = TOKEN_NAME;
        token.end = name_end(token.at);
    } else {
        read_mark(tokens, &token);
    }
    tokens->before = tokens->now;
    tokens->now = token;
}

void tokens_start(struct tokens *tokens, struct value_context *context, const char *text,
                  struct place place) {
    struct token none = {.kind = TOKEN_END, .at = text, .end = text};
    *tokens = (struct tokens){context, text, place, none, none};
    tokens_next(tokens);
    tokens->before = none;
}

bool token_is(const struct token *token, const char *word) {
    size_t size = strlen(word);
    return token->kind == TOKEN_NAME && (size_t)(token->end - token->at) == size &&
           memcmp(token->at, word, size) == 0;
}

struct place token_place(const struct tokens *tokens, const struct token *token) {
    return text_place(tokens->place, tokens->text, token->at);
}

/* ---- Faults ---- */

/* `a -b`, `a/b`: the operator with blanks around it, between what stands left and right of it. */
static const char *spaced(struct tokens *tokens, const char *what) {
    const struct token *left = &tokens->before, *mark = &tokens->now;
    const char *right = mark->end, *end = right;
    while (is_name_letter(*end) || *end == '.') end++;
    if (end == right) return arena_text(tokens->context->arena, "a %s stands between blanks", what);
    return arena_text(tokens->context->arena, "a %s stands between blanks: %.*s %c %.*s", what,
                      (int)(left->end - left->at), left->at, *mark->at, (int)(end - right), right);
}

static const char *hint_for(struct tokens *tokens) {
    const struct token *now = &tokens->now;
    bool operand_before = ends_operand(tokens->before.kind);
    if (now->kind == TOKEN_FRACTION && operand_before) return spaced(tokens, "division");
    if ((now->kind == TOKEN_SIGN || (now->kind == TOKEN_STRANGE && *now->at == '-')) &&
        operand_before)
        return spaced(tokens, "minus");
    if (now->kind == TOKEN_STRANGE && *now->at == '=') return "one = compares";
    if (now->kind == TOKEN_EQUAL && operand_before) return "a < b and b < c";
    return NULL;
}

void tokens_unexpected(struct tokens *tokens) {
    const struct token *now = &tokens->now, *before = &tokens->before;
    struct faults *faults = tokens->context->faults;
    if (now->kind == TOKEN_FAULTY) return;
    if (before->kind == TOKEN_NUMBER) {
        bool bare = !before->quantity.has_unit;
        if (bare && (quantity_separated(before->end) || now->kind == TOKEN_NAME)) {
            quantity_rest(tokens->context, tokens->text, tokens->place, before->end, true);
            return;
        }
    }
    if (now->kind == TOKEN_END)
        fault_error(faults, token_place(tokens, now), NULL, "something is missing at the end");
    else
        fault_error(faults, token_place(tokens, now), hint_for(tokens), "'%.*s' cannot stand here",
                    (int)(now->end - now->at), now->at);
}
