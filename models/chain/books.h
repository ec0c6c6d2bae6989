/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The books of goods: what lies in store, on the floor and on its way is worth something, and what
 * leaves it was sold, lost, or cost more or less than it should.
 *
 * The ledger (ledger.c) says what was spent, by its nature: materials, wages, machine hours. What
 * was spent on goods, materials and the cost of pieces at steps, is in the books as long as the
 * goods are here. Goods in store count their standard cost (plant/costs.c), lots on the floor what
 * went into them, goods under way what was paid for them. From there value goes to one of
 *
 *     sold      what customers have received, and what left as output
 *     lost      scrap, waste, goods that came bad or that nobody wants any more
 *     variance  what goods cost beyond their standard when they come into a store
 *
 * All of it is in thousandths of a millionth of the currency, the product of an amount and a
 * standard cost, so that nothing is ever rounded. Every move takes from one account and gives the
 * same to another; at every horizon what lies there is counted anew (books_conserved). */
#ifndef TAKT_MODELS_CHAIN_BOOKS_H
#define TAKT_MODELS_CHAIN_BOOKS_H

#include <stdint.h>

/* X(NAME, path of its result) */
#define BOOKS(X)                                                                                   \
    X(RAW, "raw")               /* bought, and not for sale as it is */                            \
    X(IN_PROCESS, "in-process") /* lots on the floor, and parts made for other items */            \
    X(FINISHED, "finished")     /* items that customers buy, until they have them */               \
    X(SPENT, "spent")           /* materials, and the cost of pieces at steps: goes into goods */  \
    X(SOLD, "sold")                                                                                \
    X(LOST, "lost")                                                                                \
    X(VARIANCE, "variance")                                                                        \
    X(OPENING, "opening") /* what was there when measuring began */

enum book {
#define X(name, path) BOOK_##name,
    BOOKS(X)
#undef X
        BOOK_COUNT
};
enum { GOODS_BOOKS = BOOK_FINISHED + 1 };

typedef __int128 exact_money; /* thousandths of a millionth of the currency */

#endif
