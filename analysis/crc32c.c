/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crc32c.h"

#include <string.h>

void crc32c_init(struct crc32c *crc) {
    static const uint32_t reflected = 0x82f63b78; /* 0x1edc6f41, the last bit first */
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t rest = i;
        for (int bit = 0; bit < 8; bit++) rest = rest & 1 ? rest >> 1 ^ reflected : rest >> 1;
        crc->tables[0][i] = rest;
    }
    for (int slice = 1; slice < 8; slice++)
        for (int i = 0; i < 256; i++) {
            uint32_t rest = crc->tables[slice - 1][i];
            crc->tables[slice][i] = rest >> 8 ^ crc->tables[0][rest & 0xff];
        }
}

/* Four bytes as a number, the first the least: so the tables serve any computer. */
static uint32_t four(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

uint32_t crc32c_add(const struct crc32c *crc, uint32_t before, const void *bytes, size_t count) {
    const uint8_t *at = bytes;
    uint32_t rest = ~before;
    for (; count >= 8; count -= 8, at += 8) {
        uint32_t low = rest ^ four(at), high = four(at + 4);
        rest = crc->tables[7][low & 0xff] ^ crc->tables[6][low >> 8 & 0xff] ^
               crc->tables[5][low >> 16 & 0xff] ^ crc->tables[4][low >> 24] ^
               crc->tables[3][high & 0xff] ^ crc->tables[2][high >> 8 & 0xff] ^
               crc->tables[1][high >> 16 & 0xff] ^ crc->tables[0][high >> 24];
    }
    for (; count > 0; count--, at++) rest = rest >> 8 ^ crc->tables[0][(rest ^ *at) & 0xff];
    return ~rest;
}
