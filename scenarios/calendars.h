/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clock times and dates of calendars, read from their texts into ticks and days. */
#ifndef TAKT_SCENARIOS_CALENDARS_H
#define TAKT_SCENARIOS_CALENDARS_H

#include "../models/models.h"
#include "reader/value.h"

void calendars_read(struct value_context *, struct world_spec *);

#endif
