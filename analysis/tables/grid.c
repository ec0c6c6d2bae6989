/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

enum { GAP = 2 }; /* places between columns */

void grid_init(struct grid *grid, int32_t row_count, int32_t column_count, int32_t label_count) {
    *grid = (struct grid){
        .row_count = row_count, .column_count = column_count, .label_count = label_count};
    arena_init(&grid->arena);
    grid->cells =
        arena_take(&grid->arena, (size_t)row_count * (size_t)column_count * sizeof *grid->cells);
}

void grid_clear(struct grid *grid) {
    arena_clear(&grid->arena);
    *grid = (struct grid){0};
}

void grid_set(struct grid *grid, int32_t row, int32_t column, const char *format, ...) {
    CHECK(row >= 0 && row < grid->row_count);
    CHECK(column >= 0 && column < grid->column_count);
    va_list list;
    va_start(list, format);
    grid->cells[row * grid->column_count + column] = arena_text_va(&grid->arena, format, list);
    va_end(list);
}

static const char *cell(const struct grid *grid, int32_t row, int32_t column) {
    const char *text = grid->cells[row * grid->column_count + column];
    return text ? text : "";
}

static int32_t column_width(const struct grid *grid, int32_t column) {
    int32_t widest = 0;
    for (int32_t row = 0; row < grid->row_count; row++) {
        int32_t width = grid_width(cell(grid, row, column));
        if (width > widest) widest = width;
    }
    return widest;
}

static void pad(FILE *file, int32_t places) {
    for (int32_t i = 0; i < places; i++) fputc(' ', file);
}

/* Writes a text whose last character may be a sign with a colour of its own. */
static void print_signed(FILE *file, const char *text, size_t size, bool colour) {
    static const struct {
        const char *sign;
        int colour;
    } signs[] = {{"▲", 32}, {"▼", 31}, {"★", 33}};
    char *whole = strndup(text, size);
    CHECK(whole != NULL);
    for (size_t i = 0; colour && i < sizeof signs / sizeof *signs; i++) {
        size_t sign_size = strlen(signs[i].sign);
        if (size < sign_size || strcmp(whole + size - sign_size, signs[i].sign) != 0) continue;
        whole[size - sign_size] = 0;
        grid_text(file, whole);
        fprintf(file, "\033[%dm%s\033[0m", signs[i].colour, signs[i].sign);
        *whole = 0;
        break;
    }
    grid_text(file, whole);
    free(whole);
}

/* Blanks are kept back until something follows them, so that no line ends in blanks. */
static void print_cell(FILE *file, const char *text, int32_t width, bool left, bool colour,
                       int32_t *blanks) {
    int32_t spare = width - grid_width(text);
    size_t size = strlen(text), whole = size;
    while (size > 0 && text[size - 1] == ' ') size--;
    if (!left) *blanks += spare;
    if (size > 0) {
        pad(file, *blanks);
        *blanks = 0;
        print_signed(file, text, size, colour);
    }
    *blanks += (int32_t)(whole - size);
    if (left) *blanks += spare;
}

/* One part: the labels and columns FIRST..END-1. */
static void print_part(const struct grid *grid, FILE *file, int32_t first, int32_t end,
                       const int32_t *widths, bool colour) {
    for (int32_t row = 0; row < grid->row_count; row++) {
        if (colour && row == 0) fputs("\033[1m", file);
        int32_t blanks = 0;
        for (int32_t column = 0; column < end; column++) {
            bool label = column < grid->label_count;
            if (!label && column < first) continue;
            if (column > 0) blanks += GAP;
            print_cell(file, cell(grid, row, column), widths[column], label, colour && row > 0,
                       &blanks);
        }
        if (colour && row == 0) fputs("\033[0m", file);
        fputc('\n', file);
    }
}

void grid_print(const struct grid *grid, FILE *file, int32_t width, bool colour) {
    int32_t *widths = memory_zeroed((size_t)grid->column_count, sizeof *widths);
    int32_t labels = 0;
    for (int32_t column = 0; column < grid->column_count; column++) {
        widths[column] = column_width(grid, column);
        if (column < grid->label_count) labels += widths[column] + GAP;
    }
    int32_t first = grid->label_count;
    do {
        int32_t end = first, used = labels - GAP;
        while (end < grid->column_count && (end == first || used + GAP + widths[end] <= width))
            used += GAP + widths[end++];
        if (first > grid->label_count) fputc('\n', file);
        print_part(grid, file, first, end, widths, colour);
        first = end;
    } while (first < grid->column_count);
    free(widths);
}

/* ---- UTF-8 on a screen ---- */

/* Reads one character; a byte that is not UTF-8 counts as one character. */
static uint32_t next_character(const unsigned char **at) {
    uint32_t first = *(*at)++;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    uint32_t character = more ? first & (0x3fu >> more) : first;
    for (; more > 0 && (**at & 0xc0) == 0x80; more--)
        character = character << 6 | (*(*at)++ & 0x3f);
    return character;
}

/* Places of a character: none for control and combining characters, two for the wide ones of East
 * Asia and emoji (Unicode Standard Annex 11, in its large blocks). */
static int32_t character_width(uint32_t c) {
    static const struct {
        uint32_t first, last;
        int32_t width;
    } ranges[] = {{0, 0x1f, 0},          {0x7f, 0x9f, 0},      {0x300, 0x36f, 0},
                  {0x1100, 0x115f, 2},   {0x200b, 0x200f, 0},  {0x2028, 0x202e, 0},
                  {0x20d0, 0x20ff, 0},   {0x2e80, 0xa4cf, 2},  {0xac00, 0xd7a3, 2},
                  {0xf900, 0xfaff, 2},   {0xfe00, 0xfe0f, 0},  {0xfe30, 0xfe6f, 2},
                  {0xfeff, 0xfeff, 0},   {0xff00, 0xff60, 2},  {0xffe0, 0xffe6, 2},
                  {0x1f300, 0x1faff, 2}, {0x20000, 0x3fffd, 2}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return ranges[i].width;
    return 1;
}

int32_t grid_width(const char *text) {
    int32_t width = 0;
    const unsigned char *at = (const unsigned char *)text;
    while (*at) width += character_width(next_character(&at));
    return width;
}

void grid_text(FILE *file, const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        const unsigned char *from = at;
        uint32_t character = next_character(&at);
        bool control = character < 0x20 || (character >= 0x7f && character < 0xa0);
        if (!control) fwrite(from, 1, (size_t)(at - from), file);
    }
}
