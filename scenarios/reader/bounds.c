/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"

struct bound_unit bound_unit_of(const struct field *field) {
    const double hour = (double)TICK_H;
    if (field->shape == SHAPE_SPAN || field->shape == SHAPE_MOMENT)
        return (struct bound_unit){hour, 1, " h"};
    switch (field->unit) {
    case UNIT_TIME:
    case UNIT_WORK_TIME: return (struct bound_unit){hour, 1, " h"};
    case UNIT_SHARE: return (struct bound_unit){1, 100, " %"};
    case UNIT_RATE:
    case UNIT_MONEY_RATE: return (struct bound_unit){1 / hour, 1, " /h"};
    case UNIT_POWER: return (struct bound_unit){1 / hour, 1, " kW"};
    case UNIT_SPEED: return (struct bound_unit){1 / (double)TICK_S, 1, " m/s"};
    case UNIT_HOLDING:
    case UNIT_SHARE_RATE: return (struct bound_unit){1 / (double)TICK_Y, 1, " /y"};
    case UNIT_AMOUNT_RATE: return (struct bound_unit){1 / (double)TICK_WK, 1, " /wk"};
    case UNIT_HOURS_A_DAY: return (struct bound_unit){1.0 / 24, 1, " h/d"};
    default: return (struct bound_unit){1, 1, ""};
    }
}
