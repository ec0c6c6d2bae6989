/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults as a person reads them:
 *
 *     first.yaml:7:9: error: unknown key 'machnies' in stations.cut
 *         cut: {machnies: 2}
 *               ^
 *         hint: did you mean 'machines'?
 *     1 error
 *
 * In the order of the sources, line by line; a note stays behind the fault that it was added after.
 * Of a long line the part around the caret is shown. Nothing that a file holds reaches the terminal
 * as a control sequence. */
#ifndef TAKT_SCENARIOS_PRINT_H
#define TAKT_SCENARIOS_PRINT_H

#include "source.h"

#include <stdio.h>

/* Prints all faults and a closing line that counts them; nothing when there are none. */
void faults_print(const struct faults *, const struct sources *, FILE *, bool colour);

/* The same as a text, without colour. */
const char *faults_text(const struct faults *, const struct sources *, struct arena *);

#endif
