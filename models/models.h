/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front door of models/: what a factory and its chain are made of, and how it runs. */
#ifndef TAKT_MODELS_H
#define TAKT_MODELS_H

#include "fields.h"
#include "layout.h"
#include "load.h"
#include "plant.h"
#include "run.h"
#include "world.h"

#endif
