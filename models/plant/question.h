/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the question shapes a plant. */
#ifndef TAKT_MODELS_PLANT_QUESTION_H
#define TAKT_MODELS_PLANT_QUESTION_H

#include "../measure/layout.h"
#include "../world/world.h"

/* A result that a formula names: as it is, or its mean over the last WINDOW. */
struct result_name {
    const char *path;
    tick window;
    double scale; /* from its unit to base units */
    struct place place;
    bool often; /* looked at after every event: only levels can be */
};

/* How a change was written: as a value, or as what the value is multiplied by or grows by. */
enum change_kind { CHANGE_SETS, CHANGE_TIMES, CHANGE_PLUS };

/* The world with one change of a programme made: what differs is what the change does. */
struct programme_variant {
    int32_t programme;
    bool dip; /* one of its dip */
    const char *path;
    struct place place;
    int32_t kind; /* enum change_kind */
    const struct world_spec *world;
    const struct parameter_value *parameters; /* as many as the question has */
};

struct source_list { /* of a stock: suppliers, stocks, the factory */
    int32_t count;
    const struct ref **refs;
};

struct question { /* what of the question shapes a plant */
    tick warm_up, length;
    bool antithetic;
    bool activity; /* results of active periods are wanted: see measure/active.h */
    bool backlogs; /* results of the work in queues are wanted: see floor/backlog.h */
    bool until_empty;
    const tick *horizons;
    int32_t horizon_count;
    const char *const *order_of_events;
    int32_t order_of_events_count;
    struct place order_place;
    bool start_given;
    int64_t start_second;
    const char *const *series;
    int32_t series_count;
    const struct parameter_value *parameters; /* that formulas name */
    int32_t parameter_count;
    const int32_t *machines_planned; /* by station: places; NULL: those there are at first */
    const bool *machines_change;
    const int32_t *people_planned;             /* the same of crews */
    const struct source_list *sources_planned; /* of stocks, with all changes; NULL: its own */
    const struct programme_variant *variants;  /* by programme, in the order written */
    int32_t variant_count;
    const struct result_name *results; /* that triggers look at */
    int32_t result_count;
    struct place series_place, sequences_place;
    tick series_every;
    const struct sequence_column *sequences;
    int32_t sequence_count;
};

#endif
