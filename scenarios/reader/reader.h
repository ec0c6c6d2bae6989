/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps from tree to spec share.
 *
 *     yaml_read -> normal_write_out -> base_add, change_apply -> fill_spec
 *
 * All of them walk the same field rows (models/models.h): the row at a path says what a node there
 * means. Nothing here knows a station from a stock. */
#ifndef TAKT_SCENARIOS_READER_H
#define TAKT_SCENARIOS_READER_H

#include "node.h"
#include "source.h"
#include "value.h"

struct reader {
    struct arena *arena; /* nodes, blocks and texts; lives as long as the spec */
    struct faults *faults;
    struct sources *sources; /* where tables are opened and options are kept */

    /* fill_spec fills in the arena, the faults, lookup and names, and the start (from run.start).
     */
    struct value_context value;

    /* The key of each section in the root rows, by the section's number: bit i of target.sections.
     */
    const char *const *section_keys;
    int32_t section_count;

    /* What a name in a formula is when it is a driver (index: position in the map) or a parameter
     * by path (index: position in `parameters`); any other name is asked of `beyond`, where the
     * scope of the formula has results. */
    int32_t driver_what, parameter_what;
    int32_t
        thing_what; /* of a thing of section s: thing_what - s; of word w of the target: + 1 + w */
    bool (*beyond)(void *data, const char *name, struct place, int32_t *what, int32_t *index,
                   struct dimension *);
    void *beyond_data;
    const struct place *results_at; /* of the formula at hand, if it sees results; else NULL */

    /* Parameters that formulas name, in the order met, with the values that the scenario gives
     * them. */
    struct parameter_value *parameters;
    int32_t parameter_count, parameter_capacity;
};

#endif
