/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What takt says of its language. */
#include "command.h"

enum takt_status verb_schema(const struct options *options) {
    (void)options;
    takt_schema(stdout);
    return TAKT_OK;
}

enum takt_status verb_doc(const struct options *options) {
    (void)options;
    takt_manual(stdout);
    return TAKT_OK;
}
