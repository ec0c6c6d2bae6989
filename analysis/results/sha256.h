/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256: the fingerprint of a scenario in its results, the same that `sha256sum` prints. */
#ifndef TAKT_ANALYSIS_SHA256_H
#define TAKT_ANALYSIS_SHA256_H

#include <stddef.h>

/* 64 hexadecimal digits in small letters, and a zero. */
void sha256_text(const void *bytes, size_t count, char text[65]);

#endif
