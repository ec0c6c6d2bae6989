/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text is copied once into the arena; cells are zero-terminated and unquoted in place, so that
 * a cell costs its slot and nothing else. */
#include "csv.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

struct csv_slot {
    const char *text;
    int32_t line, column;
    bool quoted;
};

struct reading {
    struct arena *arena;
    struct faults *faults;
    int32_t source;
    char *at;           /* the next character */
    struct place place; /* of it */
    struct csv_slot *slots;
    int32_t count, capacity;
    int32_t column_count; /* of the header; 0 while it is read */
};

static bool at_line_end(const struct reading *reading) {
    return *reading->at == '\0' || *reading->at == '\n' ||
           (reading->at[0] == '\r' && reading->at[1] == '\n');
}

/* Steps over one byte. Columns count characters, so the later bytes of a character do not move
 * them. */
static void step(struct reading *reading) {
    unsigned char c = (unsigned char)*reading->at++;
    if (c == '\n')
        reading->place = (struct place){reading->source, reading->place.line + 1, 1};
    else if ((c & 0xC0) != 0x80)
        reading->place.column++;
}

static void skip_line(struct reading *reading) {
    while (*reading->at && *reading->at != '\n') step(reading);
    if (*reading->at) step(reading);
}

static void skip_blanks(struct reading *reading) {
    while (*reading->at == ' ' || *reading->at == '\t') step(reading);
}

/* Comments and blank lines. */
static bool is_skipped(struct reading *reading) {
    const char *at = reading->at;
    if (*at == '#') return true;
    at += strspn(at, " \t");
    return *at == '\n' || (at[0] == '\r' && at[1] == '\n');
}

/* Reads to the closing quote. False when there is none. */
static bool read_quoted(struct reading *reading, struct csv_slot *slot) {
    struct place opened = reading->place;
    slot->quoted = true;
    step(reading);
    char *to = reading->at;
    slot->text = to;
    for (; *reading->at; step(reading)) {
        if (*reading->at == '"') {
            if (reading->at[1] != '"') break;
            step(reading);
        }
        *to++ = *reading->at;
    }
    if (!*reading->at) {
        *to = '\0';
        fault_error(reading->faults, opened, "a quote inside quotes is written twice",
                    "this quote is not closed");
        return false;
    }
    step(reading);
    *to = '\0';
    struct place behind = reading->place;
    skip_blanks(reading);
    if (*reading->at != ',' && !at_line_end(reading)) {
        fault_error(reading->faults, behind, "a quote inside quotes is written twice",
                    "text stands behind the closing quote");
        while (*reading->at != ',' && !at_line_end(reading)) step(reading);
    }
    return true;
}

static char *read_plain(struct reading *reading, struct csv_slot *slot) {
    char *end = reading->at;
    slot->text = reading->at;
    for (; *reading->at != ',' && !at_line_end(reading); step(reading)) {
        if (*reading->at == '"')
            fault_error(reading->faults, reading->place,
                        "quote the whole cell, and write a quote inside it twice",
                        "a quote stands inside a cell without quotes");
        if (*reading->at != ' ' && *reading->at != '\t') end = reading->at + 1;
    }
    return end;
}

static struct csv_slot *add_slot(struct reading *reading) {
    if (reading->count == reading->capacity) {
        reading->capacity = reading->capacity ? 2 * reading->capacity : 64;
        reading->slots =
            memory_grown(reading->slots, (size_t)reading->capacity, sizeof *reading->slots);
    }
    reading->slots[reading->count] = (struct csv_slot){.text = ""};
    return &reading->slots[reading->count++];
}

/* Reads one cell and steps behind the comma. Returns whether another one follows in this row. */
static bool read_cell(struct reading *reading, struct csv_slot *slot) {
    skip_blanks(reading);
    slot->line = reading->place.line;
    slot->column = reading->place.column;
    char *end = NULL; /* where a zero ends a plain cell, once the separator has been seen */
    if (*reading->at == '"')
        read_quoted(reading, slot);
    else
        end = read_plain(reading, slot);
    bool more = *reading->at == ',';
    if (more)
        step(reading);
    else if (*reading->at)
        skip_line(reading);
    if (end) *end = '\0';
    return more;
}

/* Makes the row as long as the header. */
static void even_out(struct reading *reading, int32_t first, struct place start) {
    int32_t count = reading->count - first, wanted = reading->column_count;
    if (count == wanted) return;
    if (count > wanted) {
        const struct csv_slot *extra = &reading->slots[first + wanted];
        start.line = extra->line;
        start.column = extra->column;
    }
    fault_error(reading->faults, start, NULL, "this row has %d cell%s, the header has %d", count,
                count == 1 ? "" : "s", wanted);
    if (count > wanted) reading->count = first + wanted;
    while (reading->count < first + wanted) {
        struct csv_slot *slot = add_slot(reading);
        slot->line = start.line;
        slot->column = start.column;
    }
}

/* Returns false when the table is larger than it may be. */
static bool read_row(struct reading *reading) {
    int32_t first = reading->count;
    struct place start = reading->place;
    for (bool more = true; more;) {
        if (reading->count == CSV_CELLS_MOST || reading->count - first == CSV_COLUMNS_MOST) {
            fault_error(reading->faults, reading->place, NULL,
                        "a table has at most %d columns and %d cells", CSV_COLUMNS_MOST,
                        CSV_CELLS_MOST);
            return false;
        }
        struct csv_slot slot = {.text = ""};
        more = read_cell(reading, &slot);
        *add_slot(reading) = slot;
    }
    if (reading->column_count) even_out(reading, first, start);
    return true;
}

static bool read_rows(struct reading *reading) {
    while (*reading->at) {
        if (is_skipped(reading)) {
            skip_line(reading);
            continue;
        }
        if (!read_row(reading)) return false;
        if (!reading->column_count) reading->column_count = reading->count;
    }
    return true;
}

static bool check_separator(struct reading *reading) {
    const struct csv_slot *only = reading->slots;
    const char *other =
        reading->column_count == 1 && !only->quoted ? strpbrk(only->text, ";\t") : NULL;
    if (!other) return true;
    fault_error(reading->faults, (struct place){reading->source, only->line, only->column},
                "save the table with commas", "the cells are separated by %s, not by commas",
                *other == ';' ? "semicolons" : "tabs");
    return false;
}

static void check_header(struct reading *reading) {
    for (int32_t i = 0; i < reading->column_count; i++) {
        const struct csv_slot *slot = &reading->slots[i];
        struct place place = {reading->source, slot->line, slot->column};
        if (!*slot->text) fault_error(reading->faults, place, NULL, "column %d has no name", i + 1);
        for (int32_t j = 0; j < i && *slot->text; j++) {
            if (strcmp(reading->slots[j].text, slot->text) != 0) continue;
            fault_error(reading->faults, place, NULL,
                        "column '%s' is given twice, first as column %d", slot->text, j + 1);
            break;
        }
    }
}

static const struct csv *finish(struct reading *reading) {
    if (!reading->count) {
        fault_error(reading->faults, (struct place){.source = reading->source},
                    "the first row names the columns", "there is nothing in it");
        return NULL;
    }
    if (!check_separator(reading)) return NULL;
    check_header(reading);
    struct csv *csv = arena_take(reading->arena, sizeof *csv);
    size_t size = (size_t)reading->count * sizeof *reading->slots;
    struct csv_slot *slots = arena_take(reading->arena, size);
    memcpy(slots, reading->slots, size);
    *csv = (struct csv){.column_count = reading->column_count,
                        .row_count = reading->count / reading->column_count - 1,
                        .slots = slots,
                        .source = reading->source};
    return csv;
}

const struct csv *csv_read(struct arena *arena, const struct sources *sources, int32_t source,
                           struct faults *faults) {
    CHECK(source >= 0 && source < sources->count);
    const struct source_text *file = &sources->list[source];
    if (!utf8_check(file, source, faults)) return NULL;
    size_t mark = utf8_mark(file->text, file->size);
    struct reading reading = {.arena = arena,
                              .faults = faults,
                              .source = source,
                              .at = arena_copy(arena, file->text + mark, file->size - mark),
                              .place = {source, 1, 1}};
    const struct csv *csv = read_rows(&reading) ? finish(&reading) : NULL;
    free(reading.slots);
    return csv;
}

static struct csv_cell cell_at(const struct csv *csv, int32_t row, int32_t column) {
    CHECK(row >= 0 && row <= csv->row_count && column >= 0 && column < csv->column_count);
    const struct csv_slot *slot = &csv->slots[(int64_t)row * csv->column_count + column];
    return (struct csv_cell){.text = slot->text,
                             .place = {csv->source, slot->line, slot->column},
                             .quoted = slot->quoted};
}

struct csv_cell csv_header(const struct csv *csv, int32_t column) {
    return cell_at(csv, 0, column);
}

struct csv_cell csv_cell(const struct csv *csv, int32_t row, int32_t column) {
    return cell_at(csv, row + 1, column);
}

int32_t csv_column(const struct csv *csv, const char *name) {
    for (int32_t i = 0; i < csv->column_count; i++)
        if (strcmp(csv->slots[i].text, name) == 0) return i;
    return -1;
}
