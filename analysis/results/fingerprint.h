/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fingerprint of this computer's arithmetic. The C library picks its log, exp and pow by the
 * kind of CPU, and they may differ in the last bit; results are promised to be equal to the bit
 * only where the fingerprints are. */
#ifndef TAKT_ANALYSIS_FINGERPRINT_H
#define TAKT_ANALYSIS_FINGERPRINT_H

#include "../../sim/sim.h"

const char *fingerprint_text(struct arena *); /* 16 hexadecimal digits */

#endif
