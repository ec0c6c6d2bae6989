/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrp.h"

#include <math.h>

bool mrp_levels(struct mrp *mrp) {
    for (int32_t i = 0; i < mrp->node_count; i++) mrp->nodes[i].level = 0;
    for (int32_t round = 0; round <= mrp->node_count; round++) {
        bool again = false;
        for (int32_t i = 0; i < mrp->node_count; i++) {
            const struct mrp_node *node = &mrp->nodes[i];
            for (int32_t k = 0; k < node->part_count; k++) {
                struct mrp_node *part = &mrp->nodes[mrp->parts[node->part_first + k].node];
                if (part->level > node->level) continue;
                part->level = node->level + 1;
                again = true;
            }
        }
        if (!again) return true;
    }
    return false;
}

/* ---- one node ---- */
struct rows { /* of one node */
    int64_t *gross, *releases, *receipts, *projected;
    const int64_t *coming, *earlier, *least;
};

static struct rows rows_of(const struct mrp *mrp, int32_t node) {
    int64_t at = (int64_t)node * mrp->periods;
    return (struct rows){mrp->gross + at,
                         mrp->releases + at,
                         mrp->receipts + at,
                         mrp->projected + at,
                         mrp->coming + at,
                         mrp->earlier ? mrp->earlier + at : 0,
                         mrp->least ? mrp->least + at : 0};
}

/* RELEASED in this period; beyond the horizon nobody sees it come. */
static void release(const struct mrp *mrp, const struct mrp_node *node, struct rows *rows,
                    int32_t period, int64_t amount) {
    rows->releases[period] += amount;
    if (period + node->lead < mrp->periods) rows->receipts[period + node->lead] += amount;
}

/* What the plan before said stays within the slushy fence. */
static void keep_firm(const struct mrp *mrp, const struct mrp_node *node, struct rows *rows) {
    for (int32_t t = 0; t < mrp->periods; t++) rows->releases[t] = rows->receipts[t] = 0;
    for (int32_t t = 0; rows->earlier && t < mrp->slushy && t < mrp->periods; t++)
        release(mrp, node, rows, t, rows->earlier[t]);
}

/* What would have to come if nothing but what is needed came. */
static void net_requirements(const struct mrp *mrp, const struct mrp_node *node,
                             const struct rows *rows, int64_t *net) {
    int64_t there = node->on_hand;
    for (int32_t t = 0; t < mrp->periods; t++) {
        there += rows->coming[t] + rows->receipts[t] - rows->gross[t];
        int64_t least = rows->least ? rows->least[t] : node->safety_stock;
        net[t] = there < least ? least - there : 0;
        there += net[t];
    }
}

static void release_lots(const struct mrp *mrp, const struct mrp_node *node, struct rows *rows,
                         const int64_t *lots) {
    for (int32_t t = 0; t < mrp->periods; t++) {
        if (lots[t] == 0) continue;
        int32_t at = t - node->early - node->lead;
        if (at < mrp->frozen) at = mrp->frozen;
        if (at < mrp->periods) release(mrp, node, rows, at, lots[t]);
    }
}

/* ---- rough-cut capacity ---- */
/* What of AMOUNT is too much for the hours that are left in this period. */
static double too_much(const struct mrp *mrp, const struct mrp_node *node, int32_t period,
                       int64_t amount) {
    double most = 0;
    for (int32_t r = 0; r < mrp->resource_count; r++) {
        if (!(node->work[r] > 0)) continue;
        int64_t at = (int64_t)r * mrp->periods + period;
        double left = fmax(0, mrp->capacity[at] - mrp->load[at]) / node->work[r] * 1000;
        most = fmax(most, (double)amount - left);
    }
    return most;
}

static void add_load(const struct mrp *mrp, const struct mrp_node *node, int32_t period,
                     int64_t amount) {
    for (int32_t r = 0; r < mrp->resource_count; r++)
        mrp->load[(int64_t)r * mrp->periods + period] += node->work[r] * (double)amount / 1000;
}

static void move_earlier(const struct mrp *mrp, const struct mrp_node *node, struct rows *rows) {
    bool whole = node->lots.kind == LOTS_MULTIPLE || node->lots.kind == LOTS_FIXED;
    int64_t grain = whole ? node->lots.size : node->lots.grain;
    for (int32_t t = mrp->periods - 1; t >= 0; t--) {
        int64_t firm = rows->earlier && t < mrp->slushy ? rows->earlier[t] : 0;
        int64_t free = t > mrp->frozen ? rows->releases[t] - firm : 0;
        double excess = too_much(mrp, node, t, rows->releases[t]);
        int64_t moved = (int64_t)ceil(excess / (double)grain - 1e-9) * grain;
        if (moved > free) moved = free;
        if (moved > 0) {
            release(mrp, node, rows, t, -moved);
            release(mrp, node, rows, t - 1, moved);
        }
        add_load(mrp, node, t, rows->releases[t]);
    }
}

static void project(const struct mrp *mrp, const struct mrp_node *node, struct rows *rows) {
    int64_t there = node->on_hand;
    for (int32_t t = 0; t < mrp->periods; t++)
        rows->projected[t] = there += rows->coming[t] + rows->receipts[t] - rows->gross[t];
}

static void plan_node(struct mrp *mrp, int32_t id) {
    const struct mrp_node *node = &mrp->nodes[id];
    struct rows rows = rows_of(mrp, id);
    int64_t *net = mrp->scratch, *lots = mrp->scratch + mrp->periods;
    keep_firm(mrp, node, &rows);
    net_requirements(mrp, node, &rows, net);
    lots_of(&node->lots, net, mrp->periods, lots);
    release_lots(mrp, node, &rows, lots);
    if (mrp->capacity) move_earlier(mrp, node, &rows);
    project(mrp, node, &rows);
    for (int32_t k = 0; k < node->part_count; k++) {
        const struct mrp_part *part = &mrp->parts[node->part_first + k];
        int64_t *gross = mrp->gross + (int64_t)part->node * mrp->periods;
        for (int32_t t = 0; t < mrp->periods; t++)
            gross[t] += (int64_t)((__int128)rows.releases[t] * part->amount / 1000);
    }
}

void mrp_explode(struct mrp *mrp) {
    for (int32_t level = 0, left = mrp->node_count; left > 0; level++)
        for (int32_t i = 0; i < mrp->node_count; i++) {
            if (mrp->nodes[i].level != level) continue;
            plan_node(mrp, i);
            left--;
        }
}
