/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log as trace events (Trace Event Format, Google): ui.perfetto.dev and chrome://tracing show it
 * as a Gantt chart.
 *
 * A station is a process, each of its machines a thread. A slice is a time in which neither the
 * state of the machine nor the lots on it change, so slices of a machine follow each other and add
 * up to its states. Flows lead from one work of a lot to its next. Queues, work in process and
 * stocks are counters. Time is in microseconds from the beginning of the log. */
#include "export.h"
#include "../json.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LOTS_SHOWN = 8 }; /* of a batch; the rest is counted */

/* A machine as the rows so far have left it. */
struct track {
    int32_t state; /* NOBODY: not known yet */
    tick since;
    int32_t lots[LOTS_SHOWN], lot_count, item, step, failure, maintenance;
    bool done; /* the work on the lots has ended; they may still be there */
};

struct station_tracks {
    struct track *machines;
    int32_t count, first_thread;
};

struct chart {
    const struct export_log *log;
    FILE *file;
    struct station_tracks *stations;
    bool *begun; /* of each lot: it was worked before */
    int32_t lot_count;
    const char *separator;
};

/* Processes: stations from 1 on, then these. */
static int32_t process_of_system(const struct chart *chart) {
    return chart->log->names.counts[RESULT_STATIONS] + 1;
}
static int32_t process_of_stocks(const struct chart *chart) {
    return chart->log->names.counts[RESULT_STATIONS] + 2;
}

static int64_t micros(const struct chart *chart, tick at) {
    return at - chart->log->log->from;
}

/* An event up to its arguments. */
static void event(struct chart *chart, const char *phase, int32_t process, int32_t thread,
                  const char *name) {
    fprintf(chart->file, "%s\n{\"ph\":\"%s\",\"pid\":%" PRId32 ",\"tid\":%" PRId32 ",\"name\":",
            chart->separator, phase, process, thread);
    json_text(chart->file, name);
    chart->separator = ",";
}

static void named(struct chart *chart, const char *what, int32_t process, int32_t thread,
                  const char *name) {
    event(chart, "M", process, thread, what);
    fputs(",\"args\":{\"name\":", chart->file);
    json_text(chart->file, name);
    fputs("}}", chart->file);
}

static void ordered(struct chart *chart, const char *what, int32_t process, int32_t thread,
                    int32_t place) {
    event(chart, "M", process, thread, what);
    fprintf(chart->file, ",\"args\":{\"sort_index\":%" PRId32 "}}", place);
}

/* ---- Who there is ---- */
static void find_tracks(struct chart *chart) {
    const struct log *log = chart->log->log;
    int32_t stations = chart->log->names.counts[RESULT_STATIONS], thread = 1;
    chart->stations = memory_zeroed((size_t)stations + 1, sizeof *chart->stations);
    for (int64_t i = 0; i < log->count; i++) {
        const struct record *row = &log->rows[i];
        if (row->lot >= chart->lot_count) chart->lot_count = row->lot + 1;
        if (row->machine == NOBODY) continue;
        struct station_tracks *station = &chart->stations[row->station];
        if (row->machine > station->count) station->count = row->machine;
    }
    for (int32_t s = 0; s < stations; s++) {
        struct station_tracks *station = &chart->stations[s];
        station->first_thread = thread;
        thread += station->count;
        station->machines = memory_zeroed((size_t)station->count + 1, sizeof *station->machines);
        for (int32_t m = 0; m < station->count; m++) station->machines[m].state = NOBODY;
    }
    chart->begun = memory_zeroed((size_t)chart->lot_count + 1, sizeof *chart->begun);
}

static void write_names(struct chart *chart) {
    const struct log_names *names = &chart->log->names;
    named(chart, "process_name", process_of_system(chart), 0, "system");
    ordered(chart, "process_sort_index", process_of_system(chart), 0, 0);
    for (int32_t s = 0; s < names->counts[RESULT_STATIONS]; s++) {
        const struct station_tracks *station = &chart->stations[s];
        const char *name = log_name(names, RESULT_STATIONS, s);
        named(chart, "process_name", s + 1, 0, name);
        ordered(chart, "process_sort_index", s + 1, 0, s + 1);
        for (int32_t m = 0; m < station->count; m++) {
            char machine[32];
            snprintf(machine, sizeof machine, "machine %" PRId32, m + 1);
            named(chart, "thread_name", s + 1, station->first_thread + m, machine);
            ordered(chart, "thread_sort_index", s + 1, station->first_thread + m, m);
        }
    }
    if (!names->counts[RESULT_STOCKS]) return;
    named(chart, "process_name", process_of_stocks(chart), 0, "stocks");
    ordered(chart, "process_sort_index", process_of_stocks(chart), 0, process_of_stocks(chart));
}

/* ---- Slices ---- */
static void write_lots(struct chart *chart, const struct track *track) {
    const struct log_names *names = &chart->log->names;
    fputs(",\"args\":{\"item\":", chart->file);
    json_text(chart->file, log_name(names, RESULT_ITEMS, track->item));
    if (track->step != NOBODY) {
        fputs(",\"step\":", chart->file);
        json_text(chart->file, log_name(names, RECORD_STEPS, track->step));
    }
    fputs(",\"lot\":\"", chart->file);
    for (int32_t i = 0; i < track->lot_count && i < LOTS_SHOWN; i++)
        fprintf(chart->file, "%s%" PRId32, i ? " " : "", track->lots[i]);
    if (track->lot_count > LOTS_SHOWN)
        fprintf(chart->file, " and %" PRId32 " more", track->lot_count - LOTS_SHOWN);
    fputs("\"}", chart->file);
}

/* The machine was as it is until AT. */
static void slice_until(struct chart *chart, int32_t s, int32_t m, tick at) {
    struct track *track = &chart->stations[s].machines[m];
    tick from = track->since > chart->log->from ? track->since : chart->log->from;
    tick to = at < chart->log->to ? at : chart->log->to;
    track->since = at;
    if (track->state == NOBODY || to <= from) return;
    const struct log_names *names = &chart->log->names;
    event(chart, "X", s + 1, chart->stations[s].first_thread + m,
          log_name(names, RECORD_STATES, track->state));
    fprintf(chart->file, ",\"cat\":\"state\",\"ts\":%" PRId64 ",\"dur\":%" PRId64,
            micros(chart, from), to - from);
    if (track->state == STATE_FAILED && track->failure != NOBODY) {
        fputs(",\"args\":{\"failure\":", chart->file);
        json_text(chart->file, log_name(names, RESULT_FAILURES, track->failure));
        fputs("}", chart->file);
    } else if (track->state == STATE_MAINTENANCE && track->maintenance != NOBODY) {
        fputs(",\"args\":{\"maintenance\":", chart->file);
        json_text(chart->file, log_name(names, RESULT_MAINTENANCE, track->maintenance));
        fputs("}", chart->file);
    } else if (track->lot_count && track->state != STATE_STARVED && track->state != STATE_OFF_SHIFT)
        write_lots(chart, track);
    fputs("}", chart->file);
}

/* Arrows between the works of a lot. */
static void flow(struct chart *chart, const struct record *row) {
    bool before = chart->begun[row->lot];
    chart->begun[row->lot] = true;
    if (row->at < chart->log->from || row->at > chart->log->to) return;
    event(chart, before ? "t" : "s", row->station + 1,
          chart->stations[row->station].first_thread + row->machine - 1, "lot");
    fprintf(chart->file, ",\"cat\":\"lot\",\"id\":%" PRId32 ",\"ts\":%" PRId64 ",\"bp\":\"e\"}",
            row->lot, micros(chart, row->at));
}

static void take_lot(struct track *track, const struct record *row) {
    if (track->done) track->lot_count = 0;
    track->done = false;
    for (int32_t i = 0; i < track->lot_count && i < LOTS_SHOWN; i++)
        if (track->lots[i] == row->lot) return; /* it was set up for it before */
    if (track->lot_count < LOTS_SHOWN) track->lots[track->lot_count] = row->lot;
    track->lot_count++;
    track->item = row->item;
    track->step = row->step;
}

static void machine_row(struct chart *chart, const struct record *row) {
    int32_t s = row->station, m = row->machine - 1;
    struct track *track = &chart->stations[s].machines[m];
    slice_until(chart, s, m, row->at);
    switch (row->what) {
    case RECORD_STATE: track->state = row->state; break;
    case RECORD_SET_UP: take_lot(track, row); break;
    case RECORD_STARTED:
        take_lot(track, row);
        flow(chart, row);
        break;
    case RECORD_PREEMPTED:
    case RECORD_ENDED: track->done = true; break;
    case RECORD_STOPPED:
        if (row->failure != NOBODY) track->failure = row->failure;
        if (row->maintenance != NOBODY) track->maintenance = row->maintenance;
        break;
    default: break;
    }
}

/* ---- Counters ---- */
static void counter(struct chart *chart, const struct record *row, int32_t process,
                    const char *object) {
    const struct record_kind_row *kind = &record_kinds[row->what];
    char name[256];
    snprintf(name, sizeof name, "%s%s%s", object ? object : "", object ? " " : "", kind->word);
    event(chart, "C", process, 0, name);
    int64_t at = row->at < chart->log->from ? chart->log->from : row->at;
    fprintf(chart->file, ",\"ts\":%" PRId64 ",\"args\":{\"%s\":", micros(chart, at), kind->value);
    json_number(chart->file, row->value);
    fputs("}}", chart->file);
}

static void level_row(struct chart *chart, const struct record *row) {
    if (row->at > chart->log->to) return;
    if (row->what == RECORD_WIP)
        counter(chart, row, process_of_system(chart), NULL);
    else if (row->what == RECORD_QUEUE)
        counter(chart, row, row->station + 1, NULL);
    else if (row->what >= RECORD_ON_HAND)
        counter(chart, row, process_of_stocks(chart),
                log_name(&chart->log->names, RESULT_STOCKS, row->stock));
}

/* ---- The file ---- */
static void write_about(const struct export_log *log, FILE *file) {
    fputs("{\"displayTimeUnit\":\"ms\",\"otherData\":{\"title\":", file);
    json_text(file, log->results->title);
    fputs(",\"arm\":", file);
    json_text(file, log->point->arm);
    fprintf(file,
            ",\"replication\":\"%" PRId32 "\",\"seed\":\"%" PRIu64
            "\",\"measured_from_us\":\"%" PRId64 "\"},\n\"traceEvents\":[",
            log->log->replication, log->results->seed, -log->log->from);
}

void export_perfetto(const struct export_log *log, FILE *file) {
    struct chart chart = {.log = log, .file = file, .separator = ""};
    find_tracks(&chart);
    write_about(log, file);
    write_names(&chart);
    for (int64_t i = 0; i < log->log->count; i++) {
        const struct record *row = &log->log->rows[i];
        if (row->machine != NOBODY)
            machine_row(&chart, row);
        else
            level_row(&chart, row);
    }
    for (int32_t s = 0; s < log->names.counts[RESULT_STATIONS]; s++) {
        for (int32_t m = 0; m < chart.stations[s].count; m++)
            slice_until(&chart, s, m, log->log->to);
        free(chart.stations[s].machines);
    }
    fputs("\n]}\n", file);
    free(chart.stations);
    free(chart.begun);
}
