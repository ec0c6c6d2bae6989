/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON (RFC 8259): what is written is always valid.
 *
 * Numbers are the shortest that read back to the same double; what is no number is null. Texts that
 * are not UTF-8 get U+FFFD in place of each bad byte. takt_results_json (analysis/takt.h) writes
 * results. */
#ifndef TAKT_ANALYSIS_JSON_H
#define TAKT_ANALYSIS_JSON_H

#include <stdio.h>

void json_text(FILE *, const char *text); /* with its quotes; NULL is null */
void json_number(FILE *, double);

#endif
