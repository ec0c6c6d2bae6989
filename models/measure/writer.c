/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One quantity with all its statistics: see writer.h. */
#include "writer.h"

void put_parts(struct writer *writer, enum kpi_id kpi, double value, double above, double below) {
    CHECK_SLOW(writer->run->plant->layout.columns[writer->column].kpi == (int32_t)kpi);
    (void)kpi;
    int32_t column = writer->column++;
    if (writer->out) {
        writer->out[column] = value;
        return;
    }
    int32_t place = writer->places ? writer->places[column] : column;
    if (place < 0) return;
    writer->sums[2 * place] = above;
    writer->sums[2 * place + 1] = below;
}

void put(struct writer *writer, enum kpi_id kpi, double value) {
    put_parts(writer, kpi, value, NAN, NAN);
}

void put_ratio(struct writer *writer, enum kpi_id kpi, double above, double below) {
    put_parts(writer, kpi, ratio(above, below), above, below);
}

void put_rest(struct writer *writer, enum kpi_id kpi, double part, double all) {
    put_parts(writer, kpi, 1 - ratio(part, all), all - part, all);
}

void put_total(struct writer *writer, enum kpi_id kpi, double value) {
    put_parts(writer, kpi, value, value, (double)writer->span / (double)writer->run->plant->length);
}

void put_sum(struct writer *writer, enum kpi_id kpi, const struct tally *tally, double unit) {
    bool seen = tally->count > 0;
    put_parts(writer, kpi, tally_mean(tally) / unit, (double)tally->sum / unit,
              (double)tally->count);
    put(writer, kpi, sqrt(tally_variance(tally)) / unit);
    put(writer, kpi, seen ? (double)tally->min / unit : NAN);
    put(writer, kpi, seen ? (double)tally->max / unit : NAN);
}

void put_times(struct writer *writer, enum kpi_id kpi, const struct tally *tally) {
    put_sum(writer, kpi, tally, (double)TICK_H);
    put_total(writer, kpi, (double)tally->count);
}

void put_tally(struct writer *writer, enum kpi_id kpi, const struct tally *tally,
               const struct sketch *sketch) {
    put_sum(writer, kpi, tally, (double)TICK_H);
    static const double shares[] = {0.5, 0.9, 0.95, 0.99};
    for (int32_t i = 0; i < 4; i++) {
        if (!writer->out) {
            put(writer, kpi, NAN);
            continue;
        }
        double value = sketch_quantile(sketch, tally->count, shares[i]);
        if (value > (double)tally->max)
            value = (double)tally->max; /* the middle of a bucket may lie beyond */
        if (value < (double)tally->min) value = (double)tally->min;
        put(writer, kpi, value / (double)TICK_H);
    }
    put_total(writer, kpi, (double)tally->count);
    if (!writer->out) return;
    histogram_part(sketch, tally, writer->histograms);
    writer->histograms += HISTOGRAM_PART;
}

void put_level(struct writer *writer, enum kpi_id kpi, const struct level *level, double unit) {
    double area = (double)level_area(level, writer->run->now);
    double span = (double)writer->span;
    put_parts(writer, kpi, span > 0 ? area / span / unit : NAN, area / unit, span);
    put(writer, kpi, (double)level->min / unit);
    put(writer, kpi, (double)level->max / unit);
    put(writer, kpi, (double)level->now / unit);
}

void put_per_hour(struct writer *writer, enum kpi_id kpi, int64_t count) {
    put_ratio(writer, kpi, (double)count * (double)TICK_H, (double)writer->span);
}
