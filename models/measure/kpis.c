/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kpis.h"

const struct kpi kpis[] = {
#define X(section, id, name, shape, unit, better, formula)                                         \
    {RESULT_##section, name, KPI_##shape, RESULT_UNIT_##unit, better, formula},
    KPIS(X)
#undef X
};
const int32_t kpi_count = KPIS_COUNT;

bool kpi_has(enum kpi_shape shape, int stat) {
    switch ((enum kpi_stat)stat) {
    case STAT_MEAN: return true;
    case STAT_MIN:
    case STAT_MAX: return shape != KPI_VALUE && shape != KPI_EVENT;
    case STAT_SD:
    case STAT_COUNT: return shape == KPI_TALLY || shape == KPI_SUM;
    case STAT_NOW: return shape == KPI_LEVEL;
    case STAT_P50:
    case STAT_P90:
    case STAT_P95:
    case STAT_P99: return shape == KPI_TALLY;
    case KPI_STAT_COUNT: break;
    }
    return false;
}
