/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log as an object-centric event log: OCEL 2.0 in JSON (Berti, Koren, Adams et al. 2024,
 * ocel-standard.org), for pm4py and other tools of process mining.
 *
 * Objects are lots, machines, stations, customers' orders, stocks' own orders (replenishments),
 * customers, stocks and suppliers. Events are those of the log that happen to any of them; states
 * and levels are not events. Work is named after its station ("cut started"), so that a model that
 * is discovered has the stations in it. Moments are dates, from run.start, or from 1970 when the
 * scenario gives none. Values are texts, as the schema of the standard wants, of the type that the
 * type of the event declares. */
#include "export.h"
#include "../json.h"
#include "../results/names.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* X(NAME, type of object, first part of its id) */
#define OCEL_TYPES(X)                                                                              \
    X(LOT, "lot")                                                                                  \
    X(MACHINE, "machine")                                                                          \
    X(STATION, "station")                                                                          \
    X(ORDER, "order")                                                                              \
    X(REPLENISHMENT, "replenishment")                                                              \
    X(CUSTOMER, "customer")                                                                        \
    X(STOCK, "stock")                                                                              \
    X(SUPPLIER, "supplier")

enum ocel_type {
#define X(name, word) OCEL_##name,
    OCEL_TYPES(X)
#undef X
        OCEL_TYPE_COUNT
};

static const char *const type_words[OCEL_TYPE_COUNT] = {
#define X(name, word) word,
    OCEL_TYPES(X)
#undef X
};

/* Which types have the attribute `item`. */
static bool has_item(enum ocel_type type) {
    return type == OCEL_LOT || type == OCEL_ORDER || type == OCEL_REPLENISHMENT;
}

struct object {
    enum ocel_type type;
    int32_t item;              /* or NOBODY */
    const char *of, *of_words; /* another object that it belongs to, and how; or NULL */
};

struct ocel {
    const struct export_log *log;
    FILE *file;
    struct arena arena;
    struct names ids; /* of the objects so far */
    struct object *objects;
    int32_t object_room;
    struct names events; /* their types */
    int32_t *event_kinds, event_room;
    int64_t event_count;
    const char *separator;
    int64_t start_second;
};

/* ---- Moments ---- */
static void write_moment(const struct ocel *ocel, tick at) {
    int64_t micros = at % TICK_S, seconds = at / TICK_S;
    if (micros < 0) {
        micros += TICK_S;
        seconds--;
    }
    time_t moment = (time_t)(ocel->start_second + seconds);
    struct tm parts;
    gmtime_r(&moment, &parts);
    fprintf(ocel->file, "\"%04d-%02d-%02dT%02d:%02d:%02d.%06" PRId64 "Z\"", parts.tm_year + 1900,
            parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, micros);
}

/* ---- Objects ---- */
static const char *name_of(const struct ocel *ocel, int32_t codes, int32_t code) {
    return log_name(&ocel->log->names, codes, code);
}

static const char *owned_id(struct ocel *ocel, enum ocel_type type, const char *owner,
                            int32_t number) {
    return arena_text(&ocel->arena, "%s:%s.%" PRId32, type_words[type], owner, number);
}

/* The id of an object of this type in the row; NULL: the row has none. */
static const char *object_id(struct ocel *ocel, enum ocel_type type, const struct record *row) {
    const char *station = name_of(ocel, RESULT_STATIONS, row->station);
    const char *customer = name_of(ocel, RESULT_CUSTOMERS, row->customer);
    const char *receiver = name_of(ocel, RESULT_STOCKS, row->receiver);
    const char *only = NULL;
    switch (type) {
    case OCEL_LOT:
        return row->lot == NOBODY ? NULL : arena_text(&ocel->arena, "lot:%" PRId32, row->lot);
    case OCEL_MACHINE:
        return row->machine == NOBODY ? NULL : owned_id(ocel, type, station, row->machine);
    case OCEL_ORDER:
        return customer && row->order != NOBODY ? owned_id(ocel, type, customer, row->order) : NULL;
    case OCEL_REPLENISHMENT:
        return !customer && receiver && row->order != NOBODY
                   ? owned_id(ocel, type, receiver, row->order)
                   : NULL;
    case OCEL_STATION: only = station; break;
    case OCEL_CUSTOMER: only = customer; break;
    case OCEL_STOCK: only = name_of(ocel, RESULT_STOCKS, row->stock); break;
    case OCEL_SUPPLIER: only = name_of(ocel, RESULT_SUPPLIERS, row->supplier); break;
    case OCEL_TYPE_COUNT: break;
    }
    return only ? arena_text(&ocel->arena, "%s:%s", type_words[type], only) : NULL;
}

/* The object of this type in the row, noted with what it belongs to. */
static const char *object_seen(struct ocel *ocel, enum ocel_type type, const struct record *row,
                               const char *id, const char *of, const char *of_words) {
    int32_t known = ocel->ids.count, at = names_add(&ocel->ids, id);
    if (at == known) {
        if (known == ocel->object_room) {
            ocel->object_room = ocel->object_room ? 2 * ocel->object_room : 256;
            ocel->objects =
                memory_grown(ocel->objects, (size_t)ocel->object_room, sizeof *ocel->objects);
        }
        ocel->objects[at] = (struct object){.type = type, .item = row->item};
    }
    struct object *object = &ocel->objects[at];
    if (object->item == NOBODY) object->item = row->item;
    if (of && !object->of) {
        object->of = of;
        object->of_words = of_words;
    }
    return ocel->ids.list[at];
}

/* ---- Events ---- */
static void write_relation(struct ocel *ocel, const char **separator, const char *id,
                           const char *qualifier) {
    fprintf(ocel->file, "%s{\"objectId\":", *separator);
    json_text(ocel->file, id);
    fputs(",\"qualifier\":", ocel->file);
    json_text(ocel->file, qualifier);
    fputs("}", ocel->file);
    *separator = ",";
}

/* Every object of the row, each once. */
static void write_relations(struct ocel *ocel, const struct record *row) {
    static const char *const qualifiers[OCEL_TYPE_COUNT] = {
        [OCEL_LOT] = "lot",    [OCEL_MACHINE] = "on",        [OCEL_STATION] = "at",
        [OCEL_ORDER] = "for",  [OCEL_REPLENISHMENT] = "for", [OCEL_CUSTOMER] = "of",
        [OCEL_STOCK] = "from", [OCEL_SUPPLIER] = "from"};
    const char *ids[OCEL_TYPE_COUNT], *separator = "";
    for (int type = 0; type < OCEL_TYPE_COUNT; type++)
        ids[type] = object_id(ocel, (enum ocel_type)type, row);
    const char *receiver = name_of(ocel, RESULT_STOCKS, row->receiver), *to = NULL;
    if (receiver) to = arena_text(&ocel->arena, "stock:%s", receiver);
    const char *of[OCEL_TYPE_COUNT] = {[OCEL_LOT] = ids[OCEL_ORDER] ? ids[OCEL_ORDER] : to,
                                       [OCEL_MACHINE] = ids[OCEL_STATION],
                                       [OCEL_ORDER] = ids[OCEL_CUSTOMER],
                                       [OCEL_REPLENISHMENT] = to};
    static const char *const of_words[OCEL_TYPE_COUNT] = {[OCEL_LOT] = "made for",
                                                          [OCEL_MACHINE] = "of",
                                                          [OCEL_ORDER] = "placed by",
                                                          [OCEL_REPLENISHMENT] = "placed by"};
    fputs(",\"relationships\":[", ocel->file);
    for (int type = 0; type < OCEL_TYPE_COUNT; type++) {
        if (!ids[type]) continue;
        object_seen(ocel, (enum ocel_type)type, row, ids[type], of[type], of_words[type]);
        write_relation(ocel, &separator, ids[type], qualifiers[type]);
    }
    if (to) {
        object_seen(ocel, OCEL_STOCK, row, to, NULL, NULL);
        if (!ids[OCEL_STOCK] || strcmp(to, ids[OCEL_STOCK]) != 0)
            write_relation(ocel, &separator, to, "to");
    }
    fputs("]", ocel->file);
}

/* The name of a kind's value: the first word of what it is; NULL: it has none. */
static const char *value_name(struct arena *arena, int32_t what) {
    const char *value = record_kinds[what].value;
    return *value ? arena_copy(arena, value, strcspn(value, " ")) : NULL;
}

static const char *event_type(struct ocel *ocel, const struct record *row) {
    const char *word = record_kinds[row->what].word;
    if (row->station != NOBODY)
        return arena_text(&ocel->arena, "%s %s", name_of(ocel, RESULT_STATIONS, row->station),
                          word);
    bool replenishes = row->customer == NOBODY && row->lot == NOBODY && row->receiver != NOBODY;
    return replenishes ? arena_text(&ocel->arena, "replenishment %s", word) : word;
}

static void note_event_type(struct ocel *ocel, const char *type, int32_t what) {
    int32_t known = ocel->events.count;
    if (names_add(&ocel->events, type) < known) return;
    if (known == ocel->event_room) {
        ocel->event_room = ocel->event_room ? 2 * ocel->event_room : 64;
        ocel->event_kinds =
            memory_grown(ocel->event_kinds, (size_t)ocel->event_room, sizeof *ocel->event_kinds);
    }
    ocel->event_kinds[known] = what;
}

static void write_attribute(struct ocel *ocel, const char **separator, const char *name) {
    fprintf(ocel->file, "%s{\"name\":\"%s\",\"value\":", *separator, name);
    *separator = ",";
}

static void write_values(struct ocel *ocel, const struct record *row) {
    const char *separator = "", *value = value_name(&ocel->arena, row->what);
    fputs(",\"attributes\":[", ocel->file);
    if (value && !isnan(row->value)) {
        write_attribute(ocel, &separator, value);
        fputs("\"", ocel->file);
        json_number(ocel->file, row->value);
        fputs("\"}", ocel->file);
    }
    const char *step = name_of(ocel, RECORD_STEPS, row->step);
    const char *failure = name_of(ocel, RESULT_FAILURES, row->failure);
    const char *maintenance = name_of(ocel, RESULT_MAINTENANCE, row->maintenance);
    if (step) {
        write_attribute(ocel, &separator, "step");
        json_text(ocel->file, step);
        fputs("}", ocel->file);
    }
    if (failure) {
        write_attribute(ocel, &separator, "failure");
        json_text(ocel->file, failure);
        fputs("}", ocel->file);
    }
    if (maintenance) {
        write_attribute(ocel, &separator, "maintenance");
        json_text(ocel->file, maintenance);
        fputs("}", ocel->file);
    }
    fputs("]", ocel->file);
}

static void write_event(struct ocel *ocel, const struct record *row) {
    const char *type = event_type(ocel, row);
    note_event_type(ocel, type, row->what);
    fprintf(ocel->file, "%s\n{\"id\":\"e%" PRId64 "\",\"type\":", ocel->separator,
            ocel->event_count++);
    json_text(ocel->file, type);
    fputs(",\"time\":", ocel->file);
    write_moment(ocel, row->at);
    write_values(ocel, row);
    write_relations(ocel, row);
    fputs("}", ocel->file);
    ocel->separator = ",";
}

/* ---- The other lists ---- */
static void write_objects(struct ocel *ocel) {
    fputs("\n],\n\"objects\":[", ocel->file);
    for (int32_t i = 0; i < ocel->ids.count; i++) {
        const struct object *object = &ocel->objects[i];
        fprintf(ocel->file, "%s\n{\"id\":", i ? "," : "");
        json_text(ocel->file, ocel->ids.list[i]);
        fprintf(ocel->file, ",\"type\":\"%s\",\"attributes\":[", type_words[object->type]);
        const char *item = name_of(ocel, RESULT_ITEMS, object->item);
        if (item && has_item(object->type)) {
            fputs("{\"name\":\"item\",\"time\":", ocel->file);
            write_moment(ocel, ocel->log->log->from);
            fputs(",\"value\":", ocel->file);
            json_text(ocel->file, item);
            fputs("}", ocel->file);
        }
        fputs("],\"relationships\":[", ocel->file);
        const char *separator = "";
        if (object->of) write_relation(ocel, &separator, object->of, object->of_words);
        fputs("]}", ocel->file);
    }
}

static void write_types(struct ocel *ocel) {
    fputs("\n],\n\"objectTypes\":[", ocel->file);
    for (int type = 0; type < OCEL_TYPE_COUNT; type++)
        fprintf(ocel->file, "%s\n{\"name\":\"%s\",\"attributes\":[%s]}", type ? "," : "",
                type_words[type],
                has_item((enum ocel_type)type) ? "{\"name\":\"item\",\"type\":\"string\"}" : "");
    fputs("\n],\n\"eventTypes\":[", ocel->file);
    for (int32_t i = 0; i < ocel->events.count; i++) {
        int32_t what = ocel->event_kinds[i];
        const char *value = value_name(&ocel->arena, what), *separator = "";
        fprintf(ocel->file, "%s\n{\"name\":", i ? "," : "");
        json_text(ocel->file, ocel->events.list[i]);
        fputs(",\"attributes\":[", ocel->file);
        if (value) {
            fprintf(ocel->file, "{\"name\":\"%s\",\"type\":\"float\"}", value);
            separator = ",";
        }
        if (what >= RECORD_QUEUED && what <= RECORD_ENDED)
            fprintf(ocel->file, "%s{\"name\":\"step\",\"type\":\"string\"}", separator);
        if (what == RECORD_STOPPED || what == RECORD_REPAIRED)
            fprintf(ocel->file,
                    "%s{\"name\":\"failure\",\"type\":\"string\"},"
                    "{\"name\":\"maintenance\",\"type\":\"string\"}",
                    separator);
        fputs("]}", ocel->file);
    }
    fputs("\n]}\n", ocel->file);
}

void export_ocel(const struct export_log *log, FILE *file) {
    struct ocel ocel = {
        .log = log, .file = file, .separator = "", .start_second = log->results->start_second};
    arena_init(&ocel.arena);
    fputs("{\"events\":[", file);
    for (int64_t i = 0; i < log->log->count; i++) {
        const struct record *row = &log->log->rows[i];
        if (row->what < RECORD_STATE && row->at >= log->from && row->at <= log->to)
            write_event(&ocel, row);
    }
    write_objects(&ocel);
    write_types(&ocel);
    names_clear(&ocel.ids);
    names_clear(&ocel.events);
    free(ocel.objects);
    free(ocel.event_kinds);
    arena_clear(&ocel.arena);
}
