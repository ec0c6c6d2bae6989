/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of formulas: the words that `if now < 4 wk then 4 else max(0, target - net)` is made of.
 *
 * Blanks carry meaning, because names may contain a minus and units begin with a slash: `due - now`
 * is arithmetic, `work-left` a name, `-2` a sign, `4 /h` a number with its unit. A number and its
 * unit are one token. */
#ifndef TAKT_SCENARIOS_TOKENS_H
#define TAKT_SCENARIOS_TOKENS_H

#include "quantity.h"

/* Kind and what it looks like; words (if, then, and, within) are names until the parser asks. */
#define TOKENS(X)                                                                                  \
    X(END, "the end")                                                                              \
    X(NUMBER, "a number")                                                                          \
    X(NAME, "a name")                                                                              \
    X(OPEN, "(")                                                                                   \
    X(CLOSE, ")")                                                                                  \
    X(COMMA, ",")                                                                                  \
    X(PLUS, "+")                                                                                   \
    X(PLUS_MINUS, "+-")                                                                            \
    X(MINUS, "-")                                                                                  \
    X(SIGN, "-") /* a minus that stands directly before its operand */                             \
    X(TIMES, "*")                                                                                  \
    X(DIVIDE, "/")                                                                                 \
    X(FRACTION, "/") /* a slash without blanks around it: 1/6 */                                   \
    X(POWER, "^")                                                                                  \
    X(LESS, "<")                                                                                   \
    X(LESS_EQUAL, "<=")                                                                            \
    X(EQUAL, "=")                                                                                  \
    X(UNEQUAL, "!=")                                                                               \
    X(GREATER, ">")                                                                                \
    X(GREATER_EQUAL, ">=")                                                                         \
    X(STRANGE, "?") /* a letter that means nothing here */                                         \
    X(FAULTY, "?")  /* a fault has been added */

enum token_kind {
#define X(name, looks) TOKEN_##name,
    TOKENS(X)
#undef X
};

struct token {
    enum token_kind kind;
    const char *at, *end;
    struct quantity_text quantity; /* of a number */
};

/* A text on its way through the tokens. */
struct tokens {
    struct value_context *context;
    const char *text;
    struct place place;
    struct token before, now; /* `before` starts as TOKEN_END */
};

/* Begins; `now` is the first token. */
void tokens_start(struct tokens *, struct value_context *, const char *text, struct place);
void tokens_next(struct tokens *);

/* Is this token the word? */
bool token_is(const struct token *, const char *word);
struct place token_place(const struct tokens *, const struct token *);

/* The fault for a token that cannot stand where it does. */
void tokens_unexpected(struct tokens *);

#endif
