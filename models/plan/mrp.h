/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Material requirements planning (Orlicky, Material Requirements Planning, 1975): from what is
 * needed when, to what is to be ordered when, down the bill of materials.
 *
 * Time is cut into periods; period 0 begins now. A node is an item at a place. Its gross
 * requirements come from outside (customers, forecasts) and from the releases of the nodes that
 * use it. Receipts already on their way come first; what then falls below the safety stock, or
 * below what is to be there at the end of the period, is required net; a lot rule makes orders of
 * it (lots.h), to be released a lead time, and if wished a safety time, before. What should have
 * been released already is released now.
 *
 * Fences keep the near future still. What the plan before would release within the slushy fence
 * stays as it is; more may be added, but not within the frozen fence. Both count periods from now,
 * and frozen <= slushy.
 *
 * Rough-cut capacity, if it is checked: what is released in a period is its work at the resources.
 * Where that is more than their hours the rest is released a period earlier, as far as that may
 * change, the last periods first and the products before their parts; what finds no room stays in
 * the first period that is open to it (Vollmann, Berry, Whybark & Jacobs, Manufacturing Planning
 * and Control, 5th ed. 2005, ch. 10). */
#ifndef TAKT_MODELS_PLAN_MRP_H
#define TAKT_MODELS_PLAN_MRP_H

#include "lots.h"

#include <stdbool.h>

struct mrp_part {
    int32_t node;
    int64_t amount; /* thousandths of its unit for one unit of the whole */
};

struct mrp_node {
    struct lot_rule lots;
    int32_t lead, early; /* periods from release to receipt; of safety time */
    int64_t safety_stock, on_hand;
    int32_t part_first, part_count; /* what one unit is made of */
    const double *work;             /* hours for one unit at each resource */
    int32_t level;                  /* of mrp_levels: parts lie deeper than what they are for */
};

struct mrp {
    int32_t node_count, periods, frozen, slushy;
    struct mrp_node *nodes;
    const struct mrp_part *parts;
    /* One row a node, of `periods` amounts. */
    int64_t *gross;        /* from outside; then with what other nodes need */
    const int64_t *least;  /* on hand at the end of each period; NULL: the safety stocks */
    const int64_t *coming; /* scheduled receipts */
    const int64_t
        *earlier;       /* releases of the plan before, by periods of now; NULL: there is none */
    int64_t *releases;  /* to be released in each period */
    int64_t *receipts;  /* of these, when they come */
    int64_t *projected; /* on hand at the end of each period */
    int64_t *scratch;   /* two rows */
    /* Hours, one row of `periods` a resource; capacity NULL: not checked. */
    int32_t resource_count;
    const double *capacity;
    double *load; /* 0 at first */
};

/* Sets the level of every node. False: something is needed for itself. O(nodes x parts). */
bool mrp_levels(struct mrp *);

/* Fills releases, receipts and projected, from the products down. */
void mrp_explode(struct mrp *);

#endif
