/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libyaml could not read, in words for people who have never heard of scalars and tokens. */
#ifndef TAKT_SCENARIOS_SYNTAX_H
#define TAKT_SCENARIOS_SYNTAX_H

#include "source.h"

#include <yaml.h>

/* Adds one fault for the error that PARSER stopped at. LAST_TEXT is where the last text before it
 * began (line 0: there was none). */
void syntax_report(const yaml_parser_t *parser, const struct source_text *, int32_t source,
                   struct place last_text, struct faults *);

#endif
