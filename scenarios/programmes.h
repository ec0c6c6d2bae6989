/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What programmes say, made ready for the plant: the world with each of their changes made, and the
 * results that their triggers look at. */
#ifndef TAKT_SCENARIOS_PROGRAMMES_H
#define TAKT_SCENARIOS_PROGRAMMES_H

#include "reader/reader.h"
#include "scenario.h"

/* Lets formulas of this reader name results; they are kept in a list for the plant. */
void programmes_know_results(struct reader *);

/* Fills in question->variants, results and parameters. MAKE_READER gives a fresh reader. */
void programmes_read(struct scenario *, const struct scenario_arm *, struct question *,
                     struct reader *(*make_reader)(struct scenario *));

#endif
