/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of cards: what may be started, and how much at a time. */
#include "rows.h"

#include <math.h>

static const struct word place_list[] = {
    {"factory", "before the first step of a route; behind its last"},
    {"bottleneck", "the station with the most work a machine, from means alone"}};
static const struct target target_card_place = {1u << SECTION_STATIONS | 1u << SECTION_STOCKS |
                                                    1u << SECTION_SUPPLIERS | TARGET_LOOSE,
                                                "place", NULL, WORDS(place_list)};

static const struct word backs[] = {
    {"at end", "when the lot is done at `to`"},
    {"when taken",
     "when the lot has the card that it needs next, or whoever comes after takes it"}};
static const struct words back_words = WORDS(backs);

static const struct field card_item_fields[] = {
    FIELD(card_item, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
};
static const struct rows card_item_rows =
    ROWS_OF_NAMES(card_item, card_item_fields, NULL, "An item that needs the card.", &target_item);

static void check_cards(const void *block, struct place place, struct faults *faults) {
    const struct cards_spec *cards = block;
    double count = cards->count.value;
    if (!cards->count.dimension.time && (count != floor(count) || count > 1e6))
        fault_error(faults, place, "count: 4, or a time for `counts: work at STATION`",
                    "the number of cards must be whole and at most 1000000; it is %g", count);
}

static const struct field cards_fields[] = {
    FIELD(cards, count, CARDS, LIVE | MAIN, NULL, 1, 1e15, NULL,
          "How many circulate; hours of work when they count work."),
    FIELD(cards, from, NONE, FIXED, NULL, 0, 0, &target_card_place,
          "A lot needs one to come here: a station, a step, `factory`, `bottleneck`; of goods, "
          "their source."),
    FIELD(cards, to, NONE, FIXED, NULL, 0, 0, &target_card_place,
          "and keeps it until it is done here, or lies in this stock."),
    FIELD(
        cards, back, NONE, FIXED | OPTIONAL, NULL, 0, 0, &back_words,
        "When a card is free again; by itself at the end, and when taken where they order goods."),
    FIELD(cards, counts, NONE, FIXED, "lots", 0, 0, NULL,
          "What they count: `lots`, `pieces`, or `work at STATION`."),
    FIELD(cards, size, AMOUNT, FIXED, "1", 1e-3, 1e12, NULL,
          "What one card stands for: pieces, or the unit of the goods that it orders."),
    FIELD(cards, of, NONE, FIXED, "{}", 0, 0, &card_item_rows,
          "Items that need it; by itself all."),
};
const struct rows cards_rows =
    ROWS(cards, cards_fields, check_cards, "What limits work in process.");
