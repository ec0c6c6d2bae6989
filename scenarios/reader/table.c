/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include "csv.h"
#include "merge.h"
#include "normal.h"
#include "rows.h"
#include "tree.h"

#include <string.h>

enum { KEYS_MOST = 16 }; /* in the path of a column */

/* One step from a thing to where a cell belongs: to a key, or to the thing that a cell of the same
 * row names. */
struct table_step {
    const char *key;
    int32_t name_column; /* in csv; -1: the key */
};

/* A column as the language sees it. */
struct heading {
    const char *path; /* "route.time" */
    struct place place;
    const char *unit;     /* behind every cell, or NULL */
    int32_t cell;         /* in csv, or -1: filled from a template */
    const char *template; /* "uniform(mean=[A] half=[B]) min" */
    struct table_step *steps;
    int32_t step_count;
    bool names; /* cells may hold several names */
};

struct table {
    struct reader *reader;
    const struct csv *csv;
    const struct rows *rows;
    struct heading *columns;
    int32_t column_count;
    int32_t name_cell; /* column of the name, or -1 */
};

/* ---- What a header says ---- */

/* "time [min]": the name, and the unit or NULL. */
static const char *header_name(struct arena *arena, const char *header, const char **unit) {
    const char *open = strstr(header, " [");
    size_t length = strlen(header);
    *unit = NULL;
    if (!open || header[length - 1] != ']') return header;
    *unit = arena_copy(arena, open + 2, (size_t)(header + length - 1 - (open + 2)));
    return arena_copy(arena, header, (size_t)(open - header));
}

/* The column of the file with this name, with or without a unit behind it; -1 if there is none. */
static int32_t find_cell(const struct table *table, const char *name, const char **unit) {
    *unit = NULL;
    int32_t exact = csv_column(table->csv, name);
    for (int32_t i = 0; exact < 0 && i < table->csv->column_count; i++) {
        const char *header = csv_header(table->csv, i).text;
        if (strcmp(header_name(table->reader->arena, header, unit), name) == 0) return i;
    }
    if (exact >= 0) *unit = NULL;
    return exact;
}

static void add_column(struct table *table, struct heading column) {
    table->columns[table->column_count++] = column;
}

static void columns_of_header(struct table *table, bool is_list) {
    table->columns =
        arena_take(table->reader->arena, (size_t)table->csv->column_count * sizeof *table->columns);
    for (int32_t i = 0; i < table->csv->column_count; i++) {
        struct csv_cell header = csv_header(table->csv, i);
        struct heading column = {.place = header.place, .cell = i};
        column.path = header_name(table->reader->arena, header.text, &column.unit);
        add_column(table, column);
    }
    const struct field *main = rows_main(table->rows);
    if (is_list && table->column_count == 1 && main &&
        !rows_find(table->rows, table->columns[0].path))
        table->columns[0].path = rows_key(table->reader->arena, main->name); /* what else? */
}

/* columns: {at: STNFAM, time: "uniform(mean=[PTIME] half=[PTIME2]) min"} */
static void columns_renamed(struct table *table, const struct node *columns) {
    int32_t most = columns->count + 1;
    table->columns = arena_take(table->reader->arena, (size_t)most * sizeof *table->columns);
    for (const struct node *node = columns->first; node; node = node->next) {
        struct heading column = {.path = node->key, .place = node->key_place, .cell = -1};
        if (!node->text) {
            fault_error(table->reader->faults, node->place, NULL,
                        "the name of a column is wanted here");
            continue;
        }
        if (strchr(node->text, '['))
            column.template = node->text;
        else if ((column.cell = find_cell(table, node->text, &column.unit)) < 0) {
            fault_error(table->reader->faults, node->place, NULL, "there is no column '%s'",
                        node->text);
            continue;
        }
        add_column(table, column);
    }
    const char *unit;
    int32_t name = find_cell(table, "name", &unit);
    if (name >= 0 && !node_child(columns, "name"))
        add_column(table, (struct heading){.path = "name", .cell = name});
}

/* ---- Where the cells of a column belong ---- */

static int32_t name_cell(const struct table *table, const char *prefix, size_t length) {
    for (int32_t i = 0; i < table->column_count; i++) {
        const char *path = table->columns[i].path;
        if (strncmp(path, prefix, length) == 0 && strcmp(path + length, "name") == 0)
            return table->columns[i].cell;
    }
    return -1;
}

static void add_step(struct heading *column, const char *key, int32_t cell) {
    column->steps[column->step_count++] = (struct table_step){.key = key, .name_column = cell};
}

static const char *cut_segment(struct arena *arena, const char **at) {
    const char *dot = strchrnul(*at, '.');
    const char *segment = arena_copy(arena, *at, (size_t)(dot - *at));
    *at = *dot ? dot + 1 : dot;
    return segment;
}

static bool unknown_column(const struct table *table, const struct heading *column,
                           const struct rows *rows, const char *key) {
    struct arena *arena = table->reader->arena;
    fault_error(table->reader->faults, column->place, rows_hint(arena, rows, key),
                "column '%s' means nothing here: there is no key '%s'", column->path, key);
    return false;
}

/* Follows the path of a column through the rows. Keys behind a variant are left to the reader of
 * the tree. */
static bool find_steps(const struct table *table, struct heading *column) {
    struct arena *arena = table->reader->arena;
    const struct rows *rows = table->rows;
    size_t keys = 1; /* each may need the name of a thing behind it */
    for (const char *c = column->path; *c; c++) keys += *c == '.';
    if (keys > KEYS_MOST) return unknown_column(table, column, rows, column->path);
    column->steps = arena_take(arena, 2 * keys * sizeof *column->steps);
    for (const char *at = column->path; *at;) {
        const char *key = cut_segment(arena, &at);
        const struct field *field = rows ? rows_find(rows, key) : NULL;
        if (rows && !field) return unknown_column(table, column, rows, key);
        add_step(column, key, -1);
        const struct field *written_out = rows && *at ? rows_written_out(rows, key) : NULL;
        if (written_out) field = written_out;
        column->names = field && (field->shape == SHAPE_MAP || field->shape == SHAPE_LIST);
        if (!*at) return true;
        if (field && rows_scalar(field)) return unknown_column(table, column, rows, column->path);
        rows = field && field->shape != SHAPE_VARIANT ? field->more : NULL;
        if (!field || field->shape != SHAPE_MAP) continue;
        column->names = false;
        int32_t cell = name_cell(table, column->path, (size_t)(at - column->path));
        const char *before = at;
        const char *name = cut_segment(arena, &at);
        if (cell >= 0 && strcmp(name, "name") != 0) at = before;
        add_step(column, name, cell);
    }
    return true;
}

static void plan_columns(struct table *table, bool is_list) {
    table->name_cell = name_cell(table, "", 0);
    int32_t kept = 0;
    for (int32_t i = 0; i < table->column_count; i++) {
        struct heading column = table->columns[i];
        bool label =
            strcmp(column.path, "name") == 0 && (!is_list || !rows_find(table->rows, "name"));
        if (!label && find_steps(table, &column)) table->columns[kept++] = column;
    }
    table->column_count = kept;
}

/* ---- Which rows ---- */

/* One test of `where`: the column, and what its cells must be or must not be. */
struct test {
    int32_t cell;
    const char *value;
    bool unequal;
    const struct test *next;
};

static const char *trimmed(struct arena *arena, const char *from, const char *end) {
    while (from < end && *from == ' ') from++;
    while (from < end && end[-1] == ' ') end--;
    return arena_copy(arena, from, (size_t)(end - from));
}

/* One `item = logic` from FROM to END, before those of NEXT; NEXT itself after a fault. */
static const struct test *read_test(const struct table *table, const char *from, const char *end,
                                    struct place place, const struct test *next) {
    struct arena *arena = table->reader->arena;
    const char *equal = memchr(from, '=', (size_t)(end - from));
    if (!equal) {
        fault_error(table->reader->faults, place, "where: item = logic",
                    "a test of a column is wanted here");
        return next;
    }
    bool unequal = equal > from && equal[-1] == '!';
    struct test *test = arena_take(arena, sizeof *test);
    const char *unit, *name = trimmed(arena, from, unequal ? equal - 1 : equal);
    *test = (struct test){.cell = find_cell(table, name, &unit),
                          .value = trimmed(arena, equal + 1, end),
                          .unequal = unequal,
                          .next = next};
    if (test->cell >= 0) return test;
    fault_error(table->reader->faults, place, NULL, "there is no column '%s'", name);
    return next;
}

/* item = logic and area != litho */
static const struct test *read_tests(const struct table *table, const char *text,
                                     struct place place) {
    const struct test *tests = NULL;
    for (const char *end; (end = strstr(text, " and ")) != NULL; text = end + 5)
        tests = read_test(table, text, end, place, tests);
    return read_test(table, text, text + strlen(text), place, tests);
}

static bool passes(const struct table *table, int32_t row, const struct test *test) {
    for (; test; test = test->next)
        if ((strcmp(csv_cell(table->csv, row, test->cell).text, test->value) == 0) == test->unequal)
            return false;
    return true;
}

/* ---- From cells to nodes ---- */

/* Fills [COLUMN] in a template; an empty cell makes the whole empty. */
static const char *filled_template(const struct table *table, int32_t row,
                                   const struct heading *column) {
    struct arena *arena = table->reader->arena;
    const char *result = "", *at = column->template;
    for (const char *open; (open = strchr(at, '[')) != NULL;) {
        const char *close = strchr(open, ']');
        if (!close) break;
        const char *unit, *name = arena_copy(arena, open + 1, (size_t)(close - open - 1));
        int32_t cell = find_cell(table, name, &unit);
        if (cell < 0) {
            fault_error(table->reader->faults, column->place, NULL, "there is no column '%s'",
                        name);
            return "";
        }
        const char *text = csv_cell(table->csv, row, cell).text;
        if (!*text) return "";
        result = arena_text(arena, "%s%.*s%s", result, (int)(open - at), at, text);
        at = close + 1;
    }
    return arena_text(arena, "%s%s", result, at);
}

/* A cell of names becomes a list where there are several. */
static struct node *node_of_cell(struct arena *arena, const char *text, struct place place,
                                 bool names) {
    if (!names || !strchr(text, ' ')) return tree_text(arena, text, place);
    struct node *list = node_make(arena, NODE_LIST, place);
    for (const char *at = text; *at;) {
        const char *end = strchrnul(at, ' ');
        if (end > at)
            node_append(list, tree_text(arena, arena_copy(arena, at, (size_t)(end - at)), place));
        at = *end ? end + 1 : end;
    }
    return list;
}

static struct node *child_map(struct arena *arena, struct node *parent, const char *key,
                              struct place place) {
    struct node *child = node_child(parent, key);
    if (child) return child;
    child = node_make(arena, NODE_MAP, place);
    child->key = key;
    node_append(parent, child);
    return child;
}

static void put_cell(const struct table *table, int32_t row, const struct heading *column,
                     struct node *thing) {
    struct arena *arena = table->reader->arena;
    struct csv_cell cell = csv_cell(table->csv, row, column->cell < 0 ? 0 : column->cell);
    const char *text = column->cell < 0 ? filled_template(table, row, column) : cell.text;
    if (!*text) return;
    if (column->unit) text = arena_text(arena, "%s %s", text, column->unit);
    struct node *at = thing;
    for (int32_t i = 0; i < column->step_count; i++) {
        const struct table_step *step = &column->steps[i];
        bool last = i + 1 == column->step_count;
        const char *key =
            step->name_column < 0 ? step->key : csv_cell(table->csv, row, step->name_column).text;
        if (!*key) {
            fault_error(table->reader->faults, cell.place, NULL,
                        "this row does not name what the column '%s' is about", column->path);
            return;
        }
        if (!last || step->name_column >= 0) {
            at = child_map(arena, at, key, cell.place);
        } else if (!node_child(at, key)) {
            struct node *value = node_of_cell(arena, text, cell.place, column->names);
            value->key = key;
            value->key_place = cell.place;
            node_append(at, value);
        }
    }
}

static struct node *node_of_row(const struct table *table, int32_t row) {
    struct node *thing =
        node_make(table->reader->arena, NODE_MAP, csv_cell(table->csv, row, 0).place);
    for (int32_t i = 0; i < table->column_count; i++)
        put_cell(table, row, &table->columns[i], thing);
    normal_block(table->reader, thing, table->rows);
    return thing;
}

static void add_rows(const struct table *table, struct merge *merge, struct node *value,
                     const struct test *tests) {
    for (int32_t row = 0; row < table->csv->row_count; row++) {
        if (!passes(table, row, tests)) continue;
        struct node *thing = node_of_row(table, row);
        if (value->kind == NODE_LIST) {
            node_append(value, thing);
            continue;
        }
        struct csv_cell name = csv_cell(table->csv, row, table->name_cell);
        if (*name.text) {
            thing->key = name.text;
            thing->key_place = name.place;
            merge_child(merge, value, thing);
        } else
            fault_error(table->reader->faults, name.place, NULL, "this row has no name");
    }
}

/* ---- The node with `table:` ---- */

static const struct csv *open_csv(struct reader *reader, int32_t by, const char *file,
                                  struct place why) {
    int32_t source;
    if (source_add_named(reader->sources, by, file, why, reader->faults, &source) != TAKT_OK)
        return NULL;
    return csv_read(reader->arena, reader->sources, source, reader->faults);
}

struct table_nodes {
    struct node *files, *where, *columns;
};

static void expand_file(struct reader *reader, struct merge *merge, struct node *value,
                        const struct field *field, const struct node *file,
                        const struct table_nodes *nodes) {
    if (!file->text) {
        fault_error(reader->faults, file->place, "table: FILE.csv",
                    "the name of a file is wanted here");
        return;
    }
    struct table table = {.reader = reader, .rows = field->more};
    table.csv = open_csv(reader, file->place.source, file->text, file->place);
    if (!table.csv) return;
    if (nodes->columns)
        columns_renamed(&table, nodes->columns);
    else
        columns_of_header(&table, value->kind == NODE_LIST);
    plan_columns(&table, value->kind == NODE_LIST);
    if (value->kind == NODE_MAP && table.name_cell < 0) {
        fault_error(reader->faults, file->place, NULL, "%s has no column 'name'", file->text);
        return;
    }
    const struct test *tests =
        nodes->where ? read_tests(&table, nodes->where->text, nodes->where->place) : NULL;
    add_rows(&table, merge, value, tests);
}

static struct node *take_key(struct node *value, const char *key) {
    struct node *child = node_child(value, key);
    if (child) node_remove(child);
    return child;
}

static bool sound(struct reader *reader, const struct table_nodes *nodes) {
    bool good = true;
    if (nodes->where && !nodes->where->text) {
        fault_error(reader->faults, nodes->where->place, "where: item = logic",
                    "a test of a column is wanted here");
        good = false;
    }
    if (nodes->columns && nodes->columns->kind != NODE_MAP) {
        fault_error(reader->faults, nodes->columns->place, "columns: {KEY: COLUMN}",
                    "a map of keys is wanted here");
        good = false;
    }
    return good;
}

void table_expand(struct reader *reader, struct node *value, const struct field *field) {
    struct table_nodes nodes = {.files = take_key(value, "table"),
                                .where = take_key(value, "where"),
                                .columns = take_key(value, "columns")};
    struct node *beside = value->first;
    value->first = value->last = NULL;
    value->count = 0;
    if (field->shape == SHAPE_LIST) {
        value->kind = NODE_LIST;
        if (beside)
            fault_error(reader->faults, tree_place(beside), NULL,
                        "beside the table of a list may stand `where` and `columns` alone");
        beside = NULL;
    }
    if (!sound(reader, &nodes)) return;
    struct merge merge = {.reader = reader};
    const struct node *file = nodes.files->kind == NODE_LIST ? nodes.files->first : nodes.files;
    for (; file; file = nodes.files->kind == NODE_LIST ? file->next : NULL)
        expand_file(reader, &merge, value, field, file, &nodes);
    for (struct node *next; beside; beside = next) {
        next = beside->next;
        beside->next = beside->parent = NULL;
        normal_block(reader, beside, field->more);
        merge_child(&merge, value, beside);
    }
    merge_clear(&merge);
}

/* ---- Columns for laws ---- */

const struct value_cell *table_column(void *files, const char *file, const char *column,
                                      struct place place, int32_t *count) {
    struct reader *reader = files;
    const struct csv *csv = open_csv(reader, place.source, file, place);
    if (!csv) return NULL;
    struct table table = {.reader = reader, .csv = csv};
    const char *unit;
    int32_t index = find_cell(&table, column, &unit);
    if (index < 0) {
        fault_error(reader->faults, place, NULL, "%s has no column '%s'", file, column);
        return NULL;
    }
    struct value_cell *cells =
        arena_take(reader->arena, ((size_t)csv->row_count + 1) * sizeof *cells);
    for (int32_t row = 0; row < csv->row_count; row++) {
        struct csv_cell cell = csv_cell(csv, row, index);
        const char *text = unit ? arena_text(reader->arena, "%s %s", cell.text, unit) : cell.text;
        if (*cell.text) cells[(*count)++] = (struct value_cell){.text = text, .place = cell.place};
    }
    return cells;
}
