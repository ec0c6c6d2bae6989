/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front door of sim/: time, chance and measurement. Knows no factory. */
#ifndef TAKT_SIM_H
#define TAKT_SIM_H

#include "arena.h"
#include "base.h"
#include "calendar.h"
#include "dimension.h"
#include "draw.h"
#include "fault.h"
#include "formula.h"
#include "histogram.h"
#include "law.h"
#include "level.h"
#include "module.h"
#include "sketch.h"
#include "stream.h"
#include "tally.h"

#endif
