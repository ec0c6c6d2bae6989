/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets Criterion run under the thread sanitizer.
 *
 * Criterion 2.4 shares memory with the processes of its tests, at 0x200000000000 plus rand_r()
 * times 2^24, of which 22 bits count. Most of these addresses belong to the sanitizer's own memory,
 * where mapping fails. The part from 0x550000000000 to 0x568000000000 is left to the program, which
 * itself lies at 0x555555554000 when addresses are not randomized. This rand_r, linked into the
 * tests of the thread build only, deals out the free part below it in turn; Criterion asks again
 * when a place is taken. */
#include <stdlib.h>

__attribute__((visibility("default"))) int rand_r(unsigned *state) {
    *state += 1;
    return 0x351000 + (int)(*state & 0xfff);
}
