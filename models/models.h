/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front door of models/: what a factory and its chain are made of, and how it runs. */
#ifndef TAKT_MODELS_H
#define TAKT_MODELS_H

#include "world/fields.h"
#include "measure/layout.h"
#include "plant/load.h"
#include "plant/plant.h"
#include "run/run.h"
#include "world/world.h"

#endif
