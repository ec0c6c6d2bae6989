/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "comma.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The pieces of one value, and where the bracket that is cut stands in the first. */
struct cut {
    struct node *first, *last;
    const char *open; /* in first->text, or NULL for a cut number */
    int32_t count;
};

/* Brackets that TEXT opens and does not close. */
static int32_t balance(const char *text) {
    int32_t open = 0;
    for (; *text; text++) open += (*text == '(') - (*text == ')');
    return open;
}

/* The last ( that TEXT leaves open. */
static const char *last_open(const char *text) {
    int32_t closed = 0;
    for (const char *at = text + strlen(text); at-- > text;) {
        if (*at == ')')
            closed++;
        else if (*at == '(' && closed-- == 0)
            return at;
    }
    return NULL;
}

static const char *plain_text(const struct node *node, const char *blank) {
    return node->kind == NODE_TEXT && !node->quoted && node->text != blank ? node->text : NULL;
}

/* What NODE may add to a value that a comma cut before it: in a map a name without a value. */
static const char *piece_text(const struct node *node, const char *blank) {
    if (!node->key) return plain_text(node, blank);
    return node->kind == NODE_TEXT && node->text == blank ? node->key : NULL;
}

/* Follows an open bracket over the entries behind it. CUT.last is where it closes, or else the last
 * one looked at. */
static bool find_end(struct cut *cut, const char *blank) {
    int32_t open = balance(cut->first->text);
    for (struct node *node = cut->first->next; node; node = node->next) {
        const char *text = piece_text(node, blank);
        if (!text) return false;
        cut->last = node;
        cut->count++;
        open += balance(text);
        if (open <= 0) return true;
    }
    return false;
}

/* `price: 1,000 EUR`: digits, a comma, and a name that begins with a digit, which no name of the
 * language does. */
static bool is_cut_number(const struct node *node, const char *blank) {
    const struct node *next = node->next;
    size_t size = strlen(node->text);
    return node->key && next && size && isdigit((unsigned char)node->text[size - 1]) &&
           next->key_place.line == node->place.line && piece_text(next, blank) &&
           isdigit((unsigned char)next->key[0]);
}

/* The name before the bracket, as in `0.8 lognormal(`. */
static int32_t word_before(const char *text, const char *open, const char **word) {
    const char *start = open;
    while (start > text && (isalnum((unsigned char)start[-1]) || start[-1] == '-')) start--;
    *word = start;
    return (int32_t)(open - start);
}

static enum law_kind law_before(const char *text, const char *open) {
    const char *start;
    char word[32];
    int32_t size = word_before(text, open, &start);
    if (size == 0 || size >= (int32_t)sizeof word) return LAW_COUNT;
    snprintf(word, sizeof word, "%.*s", (int)size, start);
    return law_kind_named(word);
}

/* All pieces with BETWEEN between them. */
static void write_pieces(FILE *out, const struct cut *cut, const char *between) {
    fputs(cut->first->text, out);
    for (const struct node *node = cut->first->next;; node = node->next) {
        fprintf(out, "%s%s", between, node->key ? node->key : node->text);
        if (node == cut->last) return;
    }
}

/* lognormal(25, 10) does not say what 25 and 10 are, so the hint says it: the forms of such a law
 * begin with "mean= sd=" or the like. False when the law is of another sort, or the names are there
 * already. */
static bool write_named(FILE *out, const struct cut *cut, enum law_kind kind) {
    const char *first = law_kinds[kind].forms, *blank = strchr(first, ' ');
    const char *second = blank ? blank + 1 : "";
    size_t first_size = strcspn(first, " "), second_size = strcspn(second, " ");
    if (cut->count != 2 || second_size == 0 || first[first_size - 1] != '=' ||
        second[second_size - 1] != '=')
        return false;
    const char *rest = cut->last->key ? cut->last->key : cut->last->text;
    if (strchr(cut->open, '=') || strchr(rest, '=')) return false;
    fprintf(out, "%.*s%.*s%s %.*s%s", (int)(cut->open + 1 - cut->first->text), cut->first->text,
            (int)first_size, first, cut->open + 1, (int)second_size, second, rest);
    return true;
}

/* Laws take blanks; what else has brackets needs its commas, and so quotes. */
static void write_hint(FILE *out, const struct cut *cut) {
    const char *inside = cut->first->key ? "{ }" : "[ ]";
    enum law_kind kind = law_before(cut->first->text, cut->open);
    if (kind == LAW_COUNT) {
        fprintf(out, "inside %s put it in quotes: \"", inside);
        write_pieces(out, cut, ", ");
        fputc('"', out);
        return;
    }
    fprintf(out, "inside %s use blanks: ", inside);
    if (!write_named(out, cut, kind)) write_pieces(out, cut, " ");
}

static void report(struct cut *cut, struct faults *faults) {
    char *hint = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&hint, &size);
    CHECK(out);
    if (cut->open)
        write_hint(out, cut);
    else
        fputs("a decimal point is a point, and thousands stand together", out);
    fclose(out);
    fault_error(faults, cut->first->place, size <= 200 ? hint : NULL,
                "a comma cut this value in two");
    free(hint);
    cut->first->text = NULL;
    for (struct node *node = cut->first; node != cut->last;) {
        node = node->next;
        node->parent = NULL;
    }
}

void comma_find(const struct node *parent, const char *blank, struct faults *faults) {
    for (struct node *node = parent->first; node; node = node->next) {
        const char *text = plain_text(node, blank);
        if (!text) continue;
        struct cut cut = {.first = node, .last = node, .count = 1};
        if (balance(text) > 0) {
            cut.open = last_open(text);
            if (find_end(&cut, blank)) report(&cut, faults);
        } else if (node->key && is_cut_number(node, blank)) {
            cut.last = node->next;
            report(&cut, faults);
        }
        node = cut.last;
    }
}
