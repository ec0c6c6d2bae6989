/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values: what one text of a scenario means where its unit is known.
 *
 * Each function reads TEXT, which stands at PLACE, writes *out and returns true; or adds a fault
 * with the exact column and a hint, and returns false. All results are in base units
 * (sim/dimension.h): time in ticks. */
#ifndef TAKT_SCENARIOS_VALUE_H
#define TAKT_SCENARIOS_VALUE_H

#include "../../models/models.h"

/* What all values of one scenario share. */
struct value_context {
    struct arena
        *arena; /* where laws' tables, formulas and texts are made; lives as long as the spec */
    struct faults *faults;
    char currency[4];     /* set by the first money seen; another one is a fault */
    bool start_given;     /* dates need run.start */
    int64_t start_second; /* run.start in seconds of the proleptic Gregorian calendar (1970-01-01
                             00:00 is 0) */
    /* Names of formulas that are not in the scope of the place: drivers and parameters by path.
     * Returns false when there is no such name. */
    bool (*lookup)(void *names, const char *name, int32_t *what, int32_t *index,
                   struct dimension *);
    /* Where the value of a formula may be a thing: sets what and index. False: there is none. */
    bool (*thing)(void *names, const struct target *, const char *name, int32_t *what,
                  int32_t *index);
    void *names;
    /* Opens the CSV column for empirical(file.csv column) and sequence(file.csv column ...): a
     * fault and NULL if it can't; *count values as texts with places. */
    const struct value_cell *(*column)(void *files, const char *file, const char *column,
                                       struct place, int32_t *count);
    void *files;
};

struct value_cell {
    const char *text;
    struct place place;
};

/* Does this dimension fit the field's unit (for HOLDING: either of two; for ANY: all)? */
bool value_fits(enum field_unit, struct dimension);

bool value_bool(struct value_context *, const char *text, struct place, bool *out);
bool value_count(struct value_context *, const char *text, struct place,
                 int32_t *out); /* also "3 pieces" */
bool value_quantity(struct value_context *, const char *text, struct place, enum field_unit,
                    struct quantity *out);
bool value_moment(struct value_context *, const char *text, struct place,
                  tick *out); /* a time, or a date [time] */
bool value_law(struct value_context *, const char *text, struct place, enum field_unit,
               const struct scope *, struct law *out);
bool value_formula(struct value_context *, const char *text, struct place, enum field_unit,
                   const struct scope *, const struct formula **out);

/* `times`, `plus` and `minus` on values already read. False, without a fault and with the law as it
 * was, when the result makes no sense (below 0 where that has no meaning); who knows the place says
 * so. */
bool value_law_times(struct value_context *, struct law *, double factor);
bool value_law_plus(struct value_context *, struct law *, double shift);

/* Clock times and dates. */
bool value_clock(struct value_context *, const char *text, struct place,
                 tick *out); /* 06:00 -> ticks since midnight, 24:00 allowed */
bool value_clock_range(struct value_context *, const char *text, struct place, tick *from,
                       tick *to); /* 22:00-06:00 has to <= from */
bool value_date(struct value_context *, const char *text, struct place, int64_t *second,
                bool *has_time); /* 2027-01-04 [06:00] */
bool value_date_range(struct value_context *, const char *text, struct place, int64_t *first_day,
                      int64_t *last_day); /* days since 1970-01-01; one date is a range of one */
bool value_days(struct value_context *, const char *text, struct place,
                unsigned *days); /* Mon-Fri, "Sat": bit 0 Monday */
/* 1..4, 4..20 step 4, 0.2 .. 3 /y, or one value; out: values from first to last. *stepless: no step
 * and not whole. */
bool value_range(struct value_context *, const char *text, struct place, enum field_unit,
                 struct quantity *first, struct quantity *last, struct quantity *step,
                 bool *stepless);
/* A date, or a range of dates, with hours of each: 2027-05-01..2027-05-02 06:00-14:00. */
struct open_day {
    int64_t first, last; /* days */
    tick from, to;       /* of the day; the next one's if TO is not after FROM */
};
bool value_open_day(struct value_context *, const char *text, struct place, struct open_day *);

/* The nearest of the candidates, if so near that it can be a typing mistake, or NULL. */
const char *value_nearest(const char *text, const char *const *candidates, int32_t count);

#endif
