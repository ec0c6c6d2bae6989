/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean ...?": the word that a typing mistake would turn into what was written.
 *
 * The distance counts letters inserted, left out, replaced, and neighbours swapped (optimal string
 * alignment: Damerau, Communications of the ACM 7(3), 1964, 171-176, in the dynamic programme of
 * Wagner and Fischer, Journal of the ACM 21(1), 1974, 168-173). Words of up to three letters may
 * differ by one, up to seven by two, longer ones by three; but never in every letter. */
#include "value.h"

#include <string.h>

enum { WORD_MOST = 64 };

static int least(int a, int b) {
    return a < b ? a : b;
}

/* O(length a * length b); both are at most WORD_MOST. */
static int distance(const char *a, int a_size, const char *b, int b_size) {
    int rows[3][WORD_MOST + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    for (int j = 0; j <= b_size; j++) last[j] = j;
    for (int i = 1; i <= a_size; i++) {
        now[0] = i;
        for (int j = 1; j <= b_size; j++) {
            int replaced = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(replaced, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b_size];
}

const char *value_nearest(const char *text, const char *const *candidates, int32_t count) {
    size_t size = strlen(text);
    if (size == 0 || size > WORD_MOST) return NULL;
    int allowed = size <= 3 ? 1 : size <= 7 ? 2 : 3;
    const char *nearest = NULL;
    for (int32_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        if (other > WORD_MOST || other > size + 3 || size > other + 3) continue;
        int edits = distance(text, (int)size, candidates[i], (int)other);
        size_t longer = size > other ? size : other;
        if (edits > allowed || (size_t)edits >= longer) continue;
        nearest = candidates[i];
        allowed = edits - 1; /* from here on only better ones; the first of equals stays */
        if (allowed < 0) break;
    }
    return nearest;
}
