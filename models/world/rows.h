/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and targets that the world_*.c files share among themselves. */
#ifndef TAKT_MODELS_WORLD_ROWS_H
#define TAKT_MODELS_WORLD_ROWS_H

#include "world.h"

#define WORDS(LIST)                                                                                \
    { (int32_t)(sizeof(LIST) / sizeof *(LIST)), LIST }
#define ROWS_OF_NAMES(TYPE, FIELDS, CHECK_FUNCTION, HELP, TARGET)                                  \
    {                                                                                              \
#TYPE, sizeof(struct TYPE##_spec), (int32_t)(sizeof(FIELDS) / sizeof *(FIELDS)), FIELDS,   \
            CHECK_FUNCTION, HELP, TARGET                                                           \
    }

#define ROWS_CHECKED(NAME, TYPE, FIELDS, CHECK_FUNCTION, HELP)                                     \
    {                                                                                              \
        NAME, sizeof(struct TYPE##_spec), (int32_t)(sizeof(FIELDS) / sizeof *(FIELDS)), FIELDS,    \
            CHECK_FUNCTION, HELP, NULL                                                             \
    }
#define ROWS_NAMED(NAME, TYPE, FIELDS, HELP) ROWS_CHECKED(NAME, TYPE, FIELDS, NULL, HELP)

extern const struct target target_item, target_item_or_each, target_station, target_stock,
    target_source, target_customer_source, target_calendar, target_site, target_plan;
extern const struct words cadence_words; /* EVERY_... */
extern const struct words if_short_words;
extern const struct rows need_rows, needs_rows, step_needs_rows, overtime_rows, crew_rows;
extern const struct rows calendar_rows, driver_rows, item_rows, release_rows, station_rows,
    cards_rows, site_rows, lane_rows, vehicle_rows, stock_rows, supplier_rows, customer_rows,
    source_share_rows, moment_rows, planning_rows, plan_rows, programme_rows;

/* What stops by a clock or at moments has one of the two. */
void check_clock(const struct choice *clock, const struct law *after, const struct law *first,
                 const struct list *at, struct place, struct faults *);

#endif
