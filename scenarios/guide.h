/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chapters of the manual before its key tables: grammar, laws, order of events, rules, results,
 * claims. What is a list in the code is printed from that list. */
#ifndef TAKT_SCENARIOS_GUIDE_H
#define TAKT_SCENARIOS_GUIDE_H

#include "../models/models.h"

const char *guide_write(struct arena *);

#endif
