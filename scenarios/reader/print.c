/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOW_BEFORE = 60, /* characters shown before the caret at most, */
    WINDOW_AFTER = 40,  /* and from the caret on */
    TAB_WIDTH = 4,
    TEXT_MOST = 600, /* bytes of a reason or hint that are shown whole, */
    TEXT_HEAD = 200, /* else so much of its beginning */
    TEXT_TAIL = 100  /* and of its end */
};

/* Escape sequences of ECMA-48, or nothing. */
struct colours {
    const char *place, *kinds[3], *caret, *hint, *off;
};

static struct colours colours_of(bool colour) {
    if (!colour) return (struct colours){"", {"", "", ""}, "", "", ""};
    return (struct colours){
        "\033[1m", {"\033[1;31m", "\033[1;35m", "\033[1;36m"}, "\033[1;32m", "\033[36m", "\033[0m"};
}

static const char *const kind_words[] = {"error", "warning", "note"};

/* Where the printing is in the text of a source. Faults are sorted, so this only moves forward. */
struct cursor {
    int32_t source, line, column;
    const char *at, *start; /* of the column and of its line */
    const char *end;        /* of the text */
};

struct printing {
    const struct faults *faults;
    const struct sources *sources;
    FILE *out;
    struct colours colours;
    struct cursor cursor;
};

/* Cells that a terminal gives a character: 0 for marks that combine, 2 for wide ones (Unicode
 * Standard Annex 11, wide and full-width blocks), else 1. */
static int32_t width_of(uint32_t c) {
    if ((c >= 0x300 && c < 0x370) || (c >= 0x1AB0 && c < 0x1B00) || (c >= 0x20D0 && c < 0x2100) ||
        (c >= 0xFE00 && c < 0xFE10) || (c >= 0xFE20 && c < 0xFE30))
        return 0;
    if ((c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0 && c != 0x303F) ||
        (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFE70) ||
        (c >= 0xFF00 && c < 0xFF61) || (c >= 0xFFE0 && c < 0xFFE7) ||
        (c >= 0x1F300 && c < 0x1F650) || (c >= 0x1F900 && c < 0x1FA00) ||
        (c >= 0x20000 && c < 0x3FFFE))
        return 2;
    return 1;
}

/* Prints the first character of TEXT so that it does nothing to a terminal. Returns its bytes; adds
 * its width. */
static size_t print_character(FILE *out, const char *text, size_t size, int32_t *width) {
    uint32_t c;
    size_t bytes = utf8_next(text, size, &c);
    if (bytes == 0) {
        *width += fprintf(out, "\\x%02X", (unsigned char)*text);
        return 1;
    }
    if (c == '\t')
        *width += fprintf(out, "%*s", TAB_WIDTH, "");
    else if (utf8_unprintable(c))
        *width += fprintf(out, c < 0x100 ? "\\x%02X" : "\\u%04X", c);
    else {
        fwrite(text, 1, bytes, out);
        *width += width_of(c);
    }
    return bytes;
}

/* A text that somebody else wrote may be very long: then its middle is left out. */
static void print_text(FILE *out, const char *text) {
    int32_t width = 0;
    size_t size = strlen(text);
    const char *tail = size > TEXT_MOST ? text + size - TEXT_TAIL : NULL;
    while (size) {
        if (tail && width >= TEXT_HEAD && text < tail) {
            while (((unsigned char)*tail & 0xC0) == 0x80) tail++;
            fputs("...", out);
            size -= (size_t)(tail - text);
            text = tail;
        }
        size_t bytes = print_character(out, text, size, &width);
        text += bytes;
        size -= bytes;
    }
}

static bool ends_line(const struct cursor *cursor, const char *at) {
    return at >= cursor->end || *at == '\n' ||
           (*at == '\r' && at + 1 < cursor->end && at[1] == '\n');
}

static size_t character_size(const struct cursor *cursor, const char *at) {
    uint32_t c;
    size_t bytes = utf8_next(at, (size_t)(cursor->end - at), &c);
    return bytes ? bytes : 1;
}

/* Moves to a place; the end of the line or of the text if it lies behind that. */
static void cursor_move(struct cursor *cursor, const struct source_text *file, struct place place) {
    if (cursor->source != place.source) {
        const char *text = file->text + utf8_mark(file->text, file->size);
        *cursor = (struct cursor){place.source, 1, 1, text, text, file->text + file->size};
    }
    while (cursor->line < place.line) {
        const char *next = memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));
        if (!next) break;
        cursor->at = cursor->start = next + 1;
        cursor->line++;
        cursor->column = 1;
    }
    for (; cursor->column < place.column && !ends_line(cursor, cursor->at); cursor->column++)
        cursor->at += character_size(cursor, cursor->at);
}

/* The line, or what fits of it around the caret, and the caret below. */
static void print_line(struct printing *printing) {
    FILE *out = printing->out;
    const struct cursor *cursor = &printing->cursor;
    const char *from = cursor->at;
    for (int32_t i = 0; i < WINDOW_BEFORE && from > cursor->start; i++) do
            from--;
        while (from > cursor->start && ((unsigned char)*from & 0xC0) == 0x80);
    bool cut = from > cursor->start;
    if (!cut) from += strspn(from, " ") <= (size_t)(cursor->at - from) ? strspn(from, " ") : 0;
    int32_t before = cut ? 3 : 0, after = 0;
    fputs(cut ? "    ..." : "    ", out);
    while (from < cursor->at)
        from += print_character(out, from, (size_t)(cursor->end - from), &before);
    for (int32_t i = 0; i < WINDOW_AFTER && !ends_line(cursor, from); i++)
        from += print_character(out, from, (size_t)(cursor->end - from), &after);
    fprintf(out, "%s\n    %*s%s^%s\n", ends_line(cursor, from) ? "" : "...", before, "",
            printing->colours.caret, printing->colours.off);
}

static void print_fault(struct printing *printing, const struct fault *fault) {
    FILE *out = printing->out;
    const struct colours *colours = &printing->colours;
    struct place place = fault->place;
    const struct source_text *file = place.source >= 0 && place.source < printing->sources->count
                                         ? &printing->sources->list[place.source]
                                         : NULL;
    fputs(colours->place, out);
    print_text(out, file ? file->name : "takt");
    if (file && !file->option && place.line) fprintf(out, ":%d:%d", place.line, place.column);
    fprintf(out, ":%s %s%s:%s ", colours->off, colours->kinds[fault->kind], kind_words[fault->kind],
            colours->off);
    print_text(out, fault->reason);
    fputc('\n', out);
    bool shown = file && place.line && !(file->option && place.column == 1);
    if (shown) {
        cursor_move(&printing->cursor, file, place);
        print_line(printing);
    }
    if (!fault->hint) return;
    fprintf(out, "    %shint:%s ", colours->hint, colours->off);
    print_text(out, fault->hint);
    fputc('\n', out);
}

/* A fault and the notes that were added after it. */
struct group {
    const struct fault *first;
    int32_t count;
};

static int compare_groups(const void *a, const void *b) {
    const struct group *x = a, *y = b;
    struct place p = x->first->place, q = y->first->place;
    if (p.source != q.source) return p.source < q.source ? -1 : 1;
    if (p.line != q.line) return p.line < q.line ? -1 : 1;
    if (p.column != q.column) return p.column < q.column ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static int32_t make_groups(const struct faults *faults, struct group *groups) {
    int32_t count = 0;
    for (int32_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        if (fault->kind == FAULT_NOTE && count)
            groups[count - 1].count++;
        else
            groups[count++] = (struct group){fault, 1};
    }
    qsort(groups, (size_t)count, sizeof *groups, compare_groups);
    return count;
}

static void print_count(FILE *out, int32_t count, const char *word, const char *before) {
    if (count) fprintf(out, "%s%d %s%s", before, count, word, count == 1 ? "" : "s");
}

static void print_closing(const struct faults *faults, FILE *out) {
    int32_t shown = 0;
    for (int32_t i = 0; i < faults->count; i++) shown += faults->list[i].kind != FAULT_NOTE;
    int32_t errors = faults->error_count, warnings = faults->warning_count;
    if (errors + warnings > shown) fprintf(out, "and %d more\n", errors + warnings - shown);
    print_count(out, errors, "error", "");
    print_count(out, warnings, "warning", errors ? ", " : "");
    if (errors + warnings) fputc('\n', out);
}

void faults_print(const struct faults *faults, const struct sources *sources, FILE *out,
                  bool colour) {
    struct printing printing = {.faults = faults,
                                .sources = sources,
                                .out = out,
                                .colours = colours_of(colour),
                                .cursor = {.source = -1}};
    struct group *groups = memory_zeroed((size_t)faults->count + 1, sizeof *groups);
    int32_t count = make_groups(faults, groups);
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = 0; j < groups[i].count; j++) {
            struct place place = groups[i].first[j].place;
            if (place.source != printing.cursor.source || place.line < printing.cursor.line ||
                (place.line == printing.cursor.line && place.column < printing.cursor.column))
                printing.cursor.source = -1; /* a note points back: begin anew */
            print_fault(&printing, &groups[i].first[j]);
        }
    free(groups);
    print_closing(faults, out);
}

const char *faults_text(const struct faults *faults, const struct sources *sources,
                        struct arena *arena) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    CHECK(out);
    faults_print(faults, sources, out, false);
    fclose(out);
    const char *copy = arena_copy(arena, text, size);
    free(text);
    return copy;
}
