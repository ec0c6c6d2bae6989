/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the run has kept to the numbers of a block. */
#ifndef TAKT_MODELS_MEASURE_WRITER_H
#define TAKT_MODELS_MEASURE_WRITER_H

#include "../floor/floor.h"
#include "kpis.h"

#include <math.h>

/* Where the next number goes: columns come in the order of the layout, each with all its
 * statistics. At the end of a batch the same walk keeps what the numbers are made of instead. */
struct writer {
    const struct run *run;
    double *out;           /* values; NULL: */
    double *histograms;    /* where the next one goes */
    double *sums;          /* numerators and denominators: see layout_batches */
    const int32_t *places; /* among them, by column; NULL: all have one */
    int32_t column;
    const struct bottleneck_time *active; /* of stations and machines; NULL: not asked for */
    tick span;                            /* measured so far */
};

/* ---- writer.c: one quantity with its statistics ---- */
static inline double ratio(double a, double b) {
    return b > 0 ? a / b : NAN;
}

/* VALUE is the ratio of ABOVE to BELOW, sums that have grown since measuring began. */
void put_parts(struct writer *writer, enum kpi_id kpi, double value, double above, double below);
/* What is no ratio of sums: least, most, quantiles. */
void put(struct writer *writer, enum kpi_id kpi, double value);
void put_ratio(struct writer *writer, enum kpi_id kpi, double above, double below);
/* The share that is not: 1 - PART / ALL. */
void put_rest(struct writer *writer, enum kpi_id kpi, double part, double all);
/* A sum over all of the measured time; of a part of it, it is that part of the whole. */
void put_total(struct writer *writer, enum kpi_id kpi, double value);
void put_sum(struct writer *writer, enum kpi_id kpi, const struct tally *tally, double unit);
/* Hours. */
void put_times(struct writer *writer, enum kpi_id kpi, const struct tally *tally);
void put_tally(struct writer *writer, enum kpi_id kpi, const struct tally *tally,
               const struct sketch *sketch);
void put_level(struct writer *writer, enum kpi_id kpi, const struct level *level, double unit);
void put_per_hour(struct writer *writer, enum kpi_id kpi, int64_t count);

/* ---- lots.c ---- */
void measure_system(struct run *run, struct writer *writer);
void measure_items(struct run *run, struct writer *writer);
void measure_releases(struct run *run, struct writer *writer);
struct flow_state flows_empty(struct run *run);

/* ---- floor.c ---- */
void measure_station(struct run *run, struct writer *writer, int32_t id);
void measure_stops(struct run *run, struct writer *writer, bool planned, enum kpi_id first);
void measure_machines(struct run *run, struct writer *writer);
void measure_cards(struct run *run, struct writer *writer);
void measure_crews(struct run *run, struct writer *writer);

/* ---- chain.c ---- */
void measure_stock(struct run *run, struct writer *writer, int32_t id);
void measure_suppliers(struct run *run, struct writer *writer);
void measure_lanes(struct run *run, struct writer *writer);
void measure_fleets(struct run *run, struct writer *writer);
void measure_customer(struct run *run, struct writer *writer, int32_t id);
void measure_plan(struct run *run, struct writer *writer, int32_t id);

/* ---- money.c ---- */
void measure_money(struct run *run, struct writer *writer);
void measure_programmes(struct run *run, struct writer *writer);
__int128 measured_costs(const struct run *run);

#endif
