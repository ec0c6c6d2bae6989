/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tree to the spec: typed, units converted, defaults applied, every fault listed.
 *
 * The spec is zeroed memory that the rows describe. What is given is read by the functions of
 * value.h, and so are the defaults. What may be left out (default "none", or OPTIONAL without a
 * default) and is left out holds the ABSENT_ value of its shape (models/models.h). A default of
 * zero is zero in every currency.
 *
 * Words (`more` = struct words) may stand instead of a value: SPAN_WORD(i) in a span or moment,
 * COUNT_WORD(i) in a count, whose row then has no negative values; in an amount or number they mean
 * infinity (amount.given is false).
 *
 * Bounds are in the units of the manual: hours for TIME and WORK_TIME, per hour for RATE and
 * MONEY_RATE, per year for HOLDING and SHARE_RATE, per week for AMOUNT_RATE, hours a day, 1 for
 * shares (1 is 100 %), and the plain number for the rest (currency, kg, pieces). low = high = 0:
 * none. Of laws and formulas only constants are held against them.
 *
 * Names of things are `[A-Za-z][A-Za-z0-9_-]*`, not words with a meaning, and do not differ by -
 * and _ alone. The things of a map whose rows have `names` must be named like something there. Two
 * members are no keys: a ref `self` receives the name of the thing, resolved by `names` where the
 * rows have it, and a struct place `place` (FIELD with `more` NULL) where the block stands.
 *
 * The check of a block follows when its keys are sound. The second pass (refer.h) resolves
 * references: section i of a target is the map section_keys[i] of the root. */
#ifndef TAKT_SCENARIOS_FILL_H
#define TAKT_SCENARIOS_FILL_H

#include "reader.h"

/* Fills SPEC (zeroed, rows->size bytes) from a tree that is written out and changed. False if any
 * error was found. O(size of the tree). */
bool fill_spec(struct reader *, const struct node *root, const struct rows *, void *spec);

#endif
