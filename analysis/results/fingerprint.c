/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fingerprint.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

const char *fingerprint_text(struct arena *arena) {
    uint64_t hash =
        UINT64_C(0xcbf29ce484222325); /* FNV-1a over the bits of 4096 values of each function */
    for (int i = 1; i <= 4096; i++) {
        double x = (double)i * 0x1.9e3779b97f4a8p-9;
        const double values[] = {log(x), exp(-x), pow(x, 0.37)};
        for (int k = 0; k < 3; k++) {
            uint64_t bits;
            memcpy(&bits, &values[k], sizeof bits);
            hash = (hash ^ bits) * UINT64_C(0x100000001b3);
        }
    }
    return arena_text(arena, "%016" PRIx64, hash);
}
