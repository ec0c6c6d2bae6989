/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of the manual's chapter on stocks; guide.c puts tables between. */
#ifndef TAKT_SCENARIOS_GUIDE_STOCKS_H
#define TAKT_SCENARIOS_GUIDE_STOCKS_H

static const char of_stocks[] =
    "\n## Stocks\n"
    "\n"
    "A stock is one item at one place. `reorder` says who refills it. Policies look at the "
    "*position*: what is on hand and on order, less what is owed; with `scope: echelon` also that "
    "of the stocks which are refilled from it. Without `every` they look whenever the position "
    "falls, else at reviews. A point is reached when the position is *at or below* it.\n"
    "\n"
    "`level`, `min`, `max`, `point` and `quantity` may be expressions, computed at every look; "
    "with `policy: rule` an expression says the order itself. They see:\n"
    "\n"
    "| name | |\n|---|---|\n";

static const char of_sources[] =
    "\n"
    "### Several sources\n"
    "\n"
    "`from` may name several sources: suppliers, stocks, `factory`. `choose` says which of them "
    "gets an order:\n"
    "\n"
    "| `choose` | |\n|---|---|\n";

static const char after_sources[] =
    "\n"
    "Or an expression whose value is a source, or one of the rules that give an order to one "
    "source: `if net < 4 then air else cheapest`. With `dual-index` a source sees of what is on "
    "order only what should be there by the time its own goods would come, and raises that to its "
    "`level`; the fastest goes first. Times are means, of lead time, processing and work. For each "
    "order the source takes at least its `min-order`, in multiples.\n"
    "\n"
    "```yaml\n"
    "takt: 1\n"
    "title: A slow source for most, a fast one for what is urgent\n"
    "run: {length: 2 y, warm-up: 30 d, replications: 10}\n"
    "items: {part: {holding: 1 EUR/d}}\n"
    "suppliers:\n"
    "  far: {supplies: {part: {price: 4 EUR}}, lead-time: 5 d}\n"
    "  near: {supplies: {part: {price: 5.50 EUR}}, lead-time: 1 d}\n"
    "stocks:\n"
    "  store:\n"
    "    holds: part\n"
    "    from: [far, near]\n"
    "    choose: dual-index\n"
    "    start: 35\n"
    "    reorder: {policy: base-stock, level: {near: 11, far: 35}, every: 1 d}\n"
    "customers:\n"
    "  users: {buys: part, from: store, every: 1 d, size: poisson(5), if-short: part-wait, "
    "owed-cost: 20 EUR/d}\n"
    "arms:\n"
    "  base: {}\n"
    "  all-near: {change: {stocks.store.from: near, stocks.store.choose: share, "
    "stocks.store.reorder.level: 16}}\n"
    "claims:\n"
    "  - base.money.cost < all-near.money.cost\n"
    "  - base.suppliers.far.orders > base.suppliers.near.orders\n"
    "```\n";

#endif
