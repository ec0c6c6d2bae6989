/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the claims: the verdict in words, what was claimed, what was found. */
#include "table.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *const verdict_words[] = {[VERDICT_UNDECIDED] = "undecided",
                                            [VERDICT_SUPPORTED] = "supported",
                                            [VERDICT_REFUTED] = "refuted"};
static const char *const verdict_colours[] = {[VERDICT_UNDECIDED] = "\033[33m",
                                              [VERDICT_SUPPORTED] = "\033[32m",
                                              [VERDICT_REFUTED] = "\033[31m"};

enum { VERDICT_PLACES = 11, FOUND_SIZE = 320 };

/* Counts and amounts are shown without a unit, rates as they are written. */
static const char *shown_unit(const char *unit) {
    if (!unit || strcmp(unit, "unit") == 0 || strcmp(unit, "count") == 0) return "";
    return strncmp(unit, "1/", 2) == 0 ? unit + 1 : unit;
}

/* "4.012 (3.98 .. 4.04) min" of an equality, "3.2 and 4.1, difference -1.1 .. -0.7 h" of a
 * comparison. */
static void describe(const struct claim_result *claim, char text[FOUND_SIZE]) {
    char left[FRIENDLY_SIZE], right[FRIENDLY_SIZE], low[FRIENDLY_SIZE], high[FRIENDLY_SIZE];
    if (claim->compared)
        friendly_number(left, claim->left);
    else
        friendly_interval(left, (struct interval){.mean = claim->left}, 1, false);
    friendly_number(right, claim->right);
    friendly_number(low, claim->low);
    friendly_number(high, claim->high);
    const char *unit = shown_unit(claim->unit);
    const char *gap = *unit ? " " : "";
    bool narrow = isnan(claim->low) || claim->low == claim->high;
    text[0] = 0;
    if (isnan(claim->left)) return;
    if (claim->compared && narrow)
        snprintf(text, FOUND_SIZE, "%s and %s%s%s", left, right, gap, unit);
    else if (claim->compared)
        snprintf(text, FOUND_SIZE, "%s and %s%s%s, difference %s .. %s", left, right, gap, unit,
                 low, high);
    else if (narrow)
        snprintf(text, FOUND_SIZE, "%s%s%s", left, gap, unit);
    else
        snprintf(text, FOUND_SIZE, "%s (%s .. %s)%s%s", left, low, high, gap, unit);
}

static void print_claim(const struct page *page, const struct claim_result *claim) {
    const char *word = verdict_words[claim->verdict];
    fprintf(page->file, "%s%-*s%s", page->colour ? verdict_colours[claim->verdict] : "",
            VERDICT_PLACES, word, page->colour ? "\033[0m" : "");
    grid_text(page->file, claim->text);
    char found[FOUND_SIZE + 2];
    describe(claim, found);
    bool why = claim->why && *claim->why;
    if (!*found && !why) {
        fputc('\n', page->file);
        return;
    }
    int32_t places = VERDICT_PLACES + grid_width(claim->text) + 2 + grid_width(found) +
                     (why ? 2 + grid_width(claim->why) : 0);
    if (places <= page->width)
        fputs("  ", page->file);
    else
        fprintf(page->file, "\n%*s", VERDICT_PLACES + 2, "");
    fputs(found, page->file);
    if (why) {
        if (*found) fputs("; ", page->file);
        grid_text(page->file, claim->why);
    }
    fputc('\n', page->file);
}

void table_claims(const struct page *page) {
    const struct takt_results *results = page->results;
    if (results->claim_count == 0) return;
    int32_t counts[] = {[VERDICT_UNDECIDED] = 0, [VERDICT_SUPPORTED] = 0, [VERDICT_REFUTED] = 0};
    table_title(page, "Claims");
    for (int32_t i = 0; i < results->claim_count; i++) {
        print_claim(page, &results->claims[i]);
        counts[results->claims[i].verdict]++;
    }
    fprintf(page->file, "%" PRId32 " supported, %" PRId32 " undecided, %" PRId32 " refuted\n",
            counts[VERDICT_SUPPORTED], counts[VERDICT_UNDECIDED], counts[VERDICT_REFUTED]);
}

int32_t takt_results_refuted(const struct takt_results *results) {
    int32_t count = 0;
    for (int32_t i = 0; i < results->claim_count; i++)
        if (results->claims[i].verdict == VERDICT_REFUTED) count++;
    return count;
}
