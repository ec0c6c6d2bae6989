/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRC-32C, the checksum of the journal's records: the polynomial 0x1EDC6F41 of Castagnoli, Braeuer
 * and Herrmann (IEEE Transactions on Communications 41, 1993), as iSCSI (RFC 3720, B.4) and most
 * file systems use it. It finds every error in up to five bits of a record, every burst of up to 32
 * bits, and all but one in 2^32 of the others.
 *
 * Check value: the checksum of the nine characters 123456789 is e3069283. */
#ifndef TAKT_ANALYSIS_CRC32C_H
#define TAKT_ANALYSIS_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Eight bytes at a time: "slicing by 8" of Kounavis and Berry (IEEE Transactions on Computers 57,
 * 2008). */
struct crc32c {
    uint32_t tables[8][256];
};

void crc32c_init(struct crc32c *);

/* The checksum of bytes that follow those of which BEFORE is the checksum; at first 0. */
uint32_t crc32c_add(const struct crc32c *, uint32_t before, const void *bytes, size_t count);

#endif
