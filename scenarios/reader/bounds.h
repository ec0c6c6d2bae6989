/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The units that bounds of rows are written in (see fill.h): those a person reads in the manual. */
#ifndef TAKT_SCENARIOS_BOUNDS_H
#define TAKT_SCENARIOS_BOUNDS_H

#include "../../models/models.h"

struct bound_unit {
    double size;      /* in base units */
    double shown;     /* what a bound of 1 is printed as: 100 for shares */
    const char *text; /* behind the number: " h" */
};

struct bound_unit bound_unit_of(const struct field *);

static inline bool bounds_given(const struct field *field) {
    return field->low != 0 || field->high != 0;
}

#endif
