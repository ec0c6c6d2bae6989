/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of the manual's chapter on money. */
#ifndef TAKT_SCENARIOS_GUIDE_MONEY_H
#define TAKT_SCENARIOS_GUIDE_MONEY_H

static const char of_money[] =
    "\n## Money\n"
    "\n"
    "Money is counted in whole millionths of the currency of the file, rounded once when it is "
    "posted, half to even. Every posting has two sides, an account of income or cost and cash, so "
    "at any moment cash is what there was, and what came in less what went out: takt checks that "
    "at every horizon. What accrues with time (holding, wages, machine hours, overhead, what is "
    "owed, the running cost of programmes) is posted from the exact area under it: at each "
    "horizon, before its price changes, and, if `money` says more than `fixed`, at the end of each "
    "month.\n"
    "\n"
    "All is paid and received when it is posted: goods when their order reaches the supplier, "
    "sales when they are delivered. `money.npv` discounts every posting to the moment at which "
    "measuring begins, by the year of 365 days; `money.irr` and `money.payback` look at capital "
    "and the payments of `flows` at their moment and at everything else at the end of its month. "
    "`tax` is a share of the profit so far, so losses are carried forward and bring back what was "
    "paid before.\n"
    "\n"
    "```yaml\n"
    "takt: 1\n"
    "title: A second saw for 9000, or not?\n"
    "run: {length: 3 y, horizons: [1 y], show: [money.revenue, money.npv, money.irr, "
    "money.payback, money.balance.min]}\n"
    "items: {part: {price: 1 EUR, route: {saw: {time: 1 h}}}}\n"
    "stations: {saw: {cost: 0.20 EUR/h}}\n"
    "stocks: {shelf: {holds: part, from: factory, start: 5, reorder: {policy: base-stock, level: "
    "5}}}\n"
    "customers: {shop: {buys: part, from: shelf, every: 30 min, if-short: lose}}\n"
    "money: {rate: 8 %/y, cash: 10 kEUR}\n"
    "programmes:\n"
    "  second-saw: {at: never, capex: 9 kEUR, change: {stations.saw.machines: plus 1}}\n"
    "arms:\n"
    "  one: {}\n"
    "  two: {change: {programmes.second-saw.at: 0 d}}\n"
    "claims:\n"
    "  - two.money.npv > one.money.npv at 3 y\n"
    "  - two.money.npv < one.money.npv at 1 y\n"
    "  - two.money.balance.min = 1000 EUR within 1 %\n"
    "```\n";

#endif
