/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity: when are two units of work the same?
 *
 * A replication is a pure function of its plant, the seed, its number, and the program. Whoever
 * keeps a finished unit (the journal, a results file) keeps what identifies it, and whoever wants
 * to use it again compares. A point is identified by a hash of all that shapes its plant and its
 * block: the resolved scenario with the changes of its arm, the files that it names, and the layout
 * of the results. What only says how often to run, what to show or what to expect is left out: with
 * other claims or more replications the finished units are as good as before.
 *
 * An identity is written as lines of text, `word what`, so that a person can read the head of a
 * journal, and so that what differs can be named:
 *
 *     takt 0.1.0                  refused when another
 *     seed 1                      refused
 *     points 3                    refused
 *     point HASH fast             refused, a line a point
 *     revision 0123456789ab       a warning: another build of this version
 *     arithmetic 0123456789abcdef a warning: another kind of processor */
#ifndef TAKT_ANALYSIS_IDENTITY_H
#define TAKT_ANALYSIS_IDENTITY_H

#include "results/results.h"
#include "scenario.h"

/* The hash of a point, 64 hexadecimal digits, in ARENA. */
const char *identity_point(struct arena *, const struct takt_scenario *, const struct prepared *);

/* The lines. Every point of the results has its sha256. In ARENA. */
const char *identity_text(struct arena *, const struct takt_results *);

/* Compares the lines of something kept with those wanted. NULL when what was kept serves, else why
 * not, such as "is of seed 2, not 1" (in ARENA). *DOUBT becomes what one should know all the same,
 * or NULL. */
const char *identity_refusal(struct arena *, const char *kept, const char *wanted,
                             const char **doubt);

#endif
