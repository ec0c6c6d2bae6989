/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are there whole or not at all.
 *
 * The bytes go to a temporary file in the same folder, reach the disk, and then take the name in
 * one step (rename). Whoever opens the name sees the old file or the new one, also after a power
 * cut; a full disk leaves the old one. A program that is killed leaves PATH.tmp, which the next one
 * that makes PATH writes over. */
#ifndef TAKT_ANALYSIS_FILE_H
#define TAKT_ANALYSIS_FILE_H

#include "../../sim/sim.h"

/* Makes or replaces the file. On failure *why says why, in the arena: TAKT_CANNOT_CREATE when
 * nothing could be begun, TAKT_CANNOT_WRITE when the bytes did not reach the disk. */
enum takt_status file_replace(struct arena *, const char *path, const void *bytes, size_t count,
                              const char **why) MUST_USE;

/* Could file_replace begin? */
enum takt_status file_may_be_made(struct arena *, const char *path, const char **why) MUST_USE;

#endif
