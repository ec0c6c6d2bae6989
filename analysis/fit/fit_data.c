/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit_data.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void fit_data_init(struct fit_data *data) {
    *data = (struct fit_data){.unit = "", .unit_size = 1};
    sources_init(&data->sources);
    faults_init(&data->faults);
    arena_init(&data->arena);
}

void fit_data_clear(struct fit_data *data) {
    free(data->values);
    free(data->places);
    faults_clear(&data->faults);
    sources_clear(&data->sources);
    arena_clear(&data->arena);
}

static struct place place_of_option(struct fit_data *data, const char *option, const char *text) {
    const char *whole = arena_text(&data->arena, "%s %s", option, text);
    int32_t source = source_add_text(&data->sources, whole, whole, strlen(whole));
    return (struct place){source, 1, 1};
}

static struct value_context context_of(struct fit_data *data) {
    return (struct value_context){.arena = &data->arena, .faults = &data->faults};
}

/* ---- Units ---- */

/* A unit as it stands behind a number. */
static bool set_unit(struct fit_data *data, const char *unit, struct place place) {
    struct value_context context = context_of(data);
    struct quantity one;
    const char *text = arena_text(&data->arena, "1 %s", unit);
    if (!value_quantity(&context, text, place, UNIT_ANY, &one)) return false;
    data->unit = unit;
    data->unit_size = one.value;
    data->dimension = one.dimension;
    return true;
}

static bool is_time(struct dimension dimension) {
    return dimension_same(dimension, (struct dimension){.time = 1});
}

bool fit_data_time(struct fit_data *data, const char *option, const char *text, double *seconds) {
    struct place place = place_of_option(data, option, text);
    struct value_context context = context_of(data);
    struct quantity time;
    if (!value_quantity(&context, text, place, UNIT_TIME, &time)) return false;
    *seconds = time.value / (double)TICK_S;
    if (*seconds > 0) return true;
    fault_error(&data->faults, place, NULL, "%s must be above 0", option);
    return false;
}

/* ---- Columns ---- */

/* A plain number, as spreadsheets write it. */
static bool is_number(const char *text, double *value) {
    char *end;
    if (!*text || !strchr("+-.0123456789", *text) || strpbrk(text, "xXnN")) return false;
    *value = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*value);
}

/* A single column whose first row is no name: names begin with a letter. */
static bool is_list(const struct csv *csv) {
    const char *text = csv_header(csv, 0).text;
    return csv->column_count == 1 && isdigit((unsigned char)text[strspn(text, "+-.")]);
}

/* The name in a header such as `time [min]`, and the unit or NULL. */
static const char *header_name(struct fit_data *data, const char *header, const char **unit) {
    const char *open = strrchr(header, '['), *close = header + strlen(header);
    *unit = NULL;
    if (!open || close[-1] != ']') return header;
    *unit = arena_copy(&data->arena, open + 1, (size_t)(close - open - 2));
    while (open > header && open[-1] == ' ') open--;
    return arena_copy(&data->arena, header, (size_t)(open - header));
}

static const char *names_of(struct fit_data *data, const struct csv *csv, const char **names) {
    const char *all = "", *unit;
    for (int32_t i = 0; i < csv->column_count; i++) {
        names[i] = header_name(data, csv_header(csv, i).text, &unit);
        if (i < 20) all = arena_text(&data->arena, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    return csv->column_count > 20 ? arena_text(&data->arena, "%s ...", all) : all;
}

/* The column that is meant, or -1 with a fault. */
static int32_t choose_column(struct fit_data *data, const struct csv *csv, const char *wanted) {
    const char **names = arena_take(&data->arena, (size_t)csv->column_count * sizeof *names);
    const char *all = names_of(data, csv, names);
    struct place place = csv_header(csv, 0).place;
    if (!wanted && csv->column_count == 1) return 0;
    if (!wanted) {
        fault_error(&data->faults, place, arena_text(&data->arena, "--column %s", names[0]),
                    "which of the %d columns? %s", csv->column_count, all);
        return -1;
    }
    for (int32_t i = 0; i < csv->column_count; i++)
        if (strcmp(names[i], wanted) == 0 || strcmp(csv_header(csv, i).text, wanted) == 0) return i;
    const char *nearest = value_nearest(wanted, names, csv->column_count);
    fault_error(&data->faults, place,
                nearest ? arena_text(&data->arena, "did you mean '%s'?", nearest) : NULL,
                "there is no column '%s' among %s", wanted, all);
    return -1;
}

/* A unit in the header holds, and an option must say the same. */
static bool settle_unit(struct fit_data *data, struct csv_cell header, const char *option) {
    const char *unit = NULL;
    data->column = header_name(data, header.text, &unit);
    if (option && unit && strcmp(option, unit) != 0) {
        fault_error(&data->faults, header.place, arena_text(&data->arena, "--unit '%s'", unit),
                    "this column is in %s, and --unit says %s", unit, option);
        return false;
    }
    if (unit) return set_unit(data, unit, header.place);
    return !option || set_unit(data, option, place_of_option(data, "--unit", option));
}

/* ---- Cells ---- */

static bool read_number(struct fit_data *data, struct csv_cell cell, double *value) {
    if (is_number(cell.text, value)) return true;
    struct value_context context = context_of(data);
    struct quantity quantity;
    if (!isdigit((unsigned char)cell.text[strspn(cell.text, "+-.")])) {
        fault_error(&data->faults, cell.place,
                    "leave a cell empty when there is no value; the first row names the columns",
                    "'%s' is no number", cell.text);
        return false;
    }
    if (!value_quantity(&context, cell.text, cell.place, UNIT_ANY, &quantity)) return false;
    if (!*data->unit || !dimension_same(quantity.dimension, data->dimension)) {
        fault_error(&data->faults, cell.place, "--unit says in which unit the law is written",
                    "this cell has a unit of its own");
        return false;
    }
    *value = quantity.value / data->unit_size;
    return true;
}

/* 2027-01-04 06:00, also with a T between, with seconds, and with parts of a second. */
static bool read_date(struct fit_data *data, struct csv_cell cell, double *seconds) {
    char *text = arena_copy(&data->arena, cell.text, strlen(cell.text));
    double part = 0;
    char *mark = strchr(text, 'T'), *point = strchr(text, '.');
    if (mark) *mark = ' ';
    if (point && is_number(point, &part)) *point = '\0';
    size_t end = strlen(text);
    if (end > 0 && text[end - 1] == 'Z') text[end - 1] = '\0';
    struct value_context context = context_of(data);
    int64_t second;
    bool has_time;
    if (!value_date(&context, text, cell.place, &second, &has_time)) return false;
    *seconds = (double)second + part;
    return true;
}

static bool read_moment(struct fit_data *data, struct csv_cell cell, double *seconds) {
    struct value_context context = context_of(data);
    size_t digits = strspn(cell.text, "0123456789");
    bool date = digits == 4 && cell.text[4] == '-';
    if (data->count > 0 && date != data->dated) {
        fault_error(&data->faults, cell.place, NULL, "the cells above are %s, this is %s",
                    data->dated ? "dates" : "no dates", date ? "one" : "none");
        return false;
    }
    data->dated = date;
    if (date) return read_date(data, cell, seconds);
    if (digits > 0 && cell.text[digits] == ':') {
        tick clock;
        if (!value_clock(&context, cell.text, cell.place, &clock)) return false;
        *seconds = (double)clock / (double)TICK_S;
        return true;
    }
    if (!read_number(data, cell, seconds)) return false;
    if (!is_time(data->dimension)) {
        fault_error(&data->faults, cell.place, "--unit min",
                    "a moment is a date (2027-01-04 06:00), a time of day, or a number whose unit "
                    "is a time");
        return false;
    }
    *seconds *= data->unit_size / (double)TICK_S;
    return true;
}

static void read_cell(struct fit_data *data, struct csv_cell cell, bool moments) {
    double value;
    if (!*cell.text) {
        data->empty_count++;
        return;
    }
    if (!(moments ? read_moment(data, cell, &value) : read_number(data, cell, &value))) return;
    data->values[data->count] = value;
    data->places[data->count++] = cell.place;
}

enum takt_status fit_data_read(struct fit_data *data, const char *path,
                               const struct fit_data_options *options) {
    int32_t source;
    struct place nowhere = {.source = -1};
    data->path = path;
    TAKT_TRY(source_add_file(&data->sources, path, nowhere, &data->faults, &source));
    const struct csv *csv = csv_read(&data->arena, &data->sources, source, &data->faults);
    if (!csv) return TAKT_BAD_SCENARIO;
    bool list = is_list(csv) && !options->column;
    int32_t column = list ? 0 : choose_column(data, csv, options->column);
    if (column < 0) return TAKT_BAD_SCENARIO;
    struct csv_cell header = csv_header(csv, column);
    struct csv_cell no_header = {.text = "", .place = header.place};
    if (!settle_unit(data, list ? no_header : header, options->unit)) return TAKT_BAD_SCENARIO;
    size_t room = (size_t)csv->row_count + 1;
    data->values = memory_zeroed(room, sizeof *data->values);
    data->places = memory_zeroed(room, sizeof *data->places);
    if (list) read_cell(data, header, options->moments);
    for (int32_t row = 0; row < csv->row_count; row++)
        read_cell(data, csv_cell(csv, row, column), options->moments);
    return data->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}
