/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front door of scenarios/: from the text of a scenario to its spec, and back to the person who
 * wrote it. */
#ifndef TAKT_SCENARIOS_H
#define TAKT_SCENARIOS_H

#include "../models/models.h"
#include "design.h"
#include "guide.h"
#include "manual.h"
#include "question.h"
#include "reader/csv.h"
#include "reader/formula.h"
#include "reader/node.h"
#include "reader/print.h"
#include "reader/reader.h"
#include "reader/value.h"
#include "resolved.h"
#include "scenario.h"
#include "schema.h"
#include "sweep.h"

#endif
