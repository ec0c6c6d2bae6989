/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What loads and rooms count: units, or mass or volume of what is in them. All are kept in
 * thousandths: of a unit, a kg or a l. */
#ifndef TAKT_MODELS_PLANT_SIZES_H
#define TAKT_MODELS_PLANT_SIZES_H

#include <math.h>
#include <stdint.h>

enum size_kind { SIZE_UNITS, SIZE_MASS, SIZE_VOLUME };

/* What so many thousandths of a unit take when each unit has this SIZE: 1, kg or l. */
static inline int64_t size_taken(double size, int64_t amount) {
    return size == 1 ? amount : llrint((double)amount * size);
}

/* The most thousandths of a unit that take no more than ROOM. */
static inline int64_t size_holds(double size, int64_t room) {
    static const double slack = 1e-9; /* of what is rounded in between */
    if (size == 1) return room;
    double most = (double)room / size * (1 + 1e-15) + slack;
    return most < 9e18 ? (int64_t)most : INT64_MAX;
}

#endif
