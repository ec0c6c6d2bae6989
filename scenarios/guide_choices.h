/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual on choices of a lot: between the stations of a step. */
#ifndef TAKT_SCENARIOS_GUIDE_CHOICES_H
#define TAKT_SCENARIOS_GUIDE_CHOICES_H

static const char of_stations_to_choose[] =
    "\n## One of several stations\n"
    "\n"
    "`at` may name several stations: each lot goes to one of them, and `choose` says to which. It "
    "chooses when it comes to the step, after all else that happens in that instant, and does not "
    "change its mind: it waits in the queue of that station, by its rule. What depends on the "
    "station is that of the station chosen: setups, batches, people, failures, cards, and also "
    "times, where the stations say them and not the step. How long a lot takes by its luck does "
    "not depend on the choice.\n"
    "\n"
    "Only stations with room are chosen, before others those of which the cards that it needs are "
    "free. When none has room, lots wait for all of them in one line, in the order of their "
    "coming, and choose anew when there is some. Two rules say where to go, room or not: `share`, "
    "and an expression that names a station. Of equals, the first written is taken. An expression "
    "sees what is known of the lot, and names a station or another rule: `if pieces > 10 then "
    "large else shortest-queue`. A lot that is sent back to the step chooses again.\n"
    "\n"
    "| `choose` | |\n|---|---|\n";

static const char after_stations_to_choose[] =
    "\nWith `releases.NAME.when: always` and no cards, every station of the first step is kept "
    "fed, whatever the rule. Where a rule decides, nobody knows before the run how many lots go "
    "where: `takt check` takes it that each station gets as much as its machines are of all, "
    "plans of requirements and standard costs look at the first station, and `takt theory` says "
    "that it does not know. With `share` all three know.\n"
    "\n"
    "```yaml\n"
    "takt: 1\n"
    "title: Two like machines, each with its queue, and three ways to choose\n"
    "run: {length: 500 h, warm-up: 20 h, replications: 10}\n"
    "items:\n"
    "  part:\n"
    "    route:\n"
    "      turn: {at: [left, right], time: exponential(10 min), choose: shortest-queue}\n"
    "releases: {orders: {item: part, rate: 10 /h}}\n"
    "stations: {left: 1, right: 1}\n"
    "arms:\n"
    "  by-chance: {change: {items.part.route.turn.choose: share}}\n"
    "  by-work: {change: {items.part.route.turn.choose: least-work}}\n"
    "claims:\n"
    "  - by-work.system.cycle-time < base.system.cycle-time\n"
    "  - base.system.cycle-time < by-chance.system.cycle-time\n"
    "```\n";

static const char of_routes_to_choose[] =
    "\n## One of several routes\n"
    "\n"
    "`routes` in place of `route` gives an item several routes with names: each has its `steps`, "
    "and each lot goes one of them. It chooses by the `choose` of the item when it comes onto the "
    "floor; one that had to wait outside for room, material or cards chooses by what is there when "
    "it comes in. By itself that is `share`: drawn by the `share` of each route, or evenly. The "
    "other rules look only at routes that begin where there is room, and of these first at those "
    "whose cards are free; a lot that finds none waits for all of them. Steps of one route know "
    "nothing of another: `next`, `rework`, `start-within` and `same-machine-as` name steps of "
    "their own.\n"
    "\n"
    "| `choose` | |\n|---|---|\n";

static const char after_routes_to_choose[] =
    "\nWhat a lot would be before it has chosen (its due date as an expression, standard costs, "
    "plans of requirements) is that of the first route. Where a rule decides, `takt check` takes "
    "it that all routes get the same, and `takt theory` says that it does not know.\n"
    "\n"
    "```yaml\n"
    "takt: 1\n"
    "title: A mill that does all, or three old machines one after the other\n"
    "run: {length: 500 h, warm-up: 20 h, replications: 10}\n"
    "items:\n"
    "  housing:\n"
    "    choose: shortest-queue\n"
    "    routes:\n"
    "      new: {steps: {mill: uniform(20 30) min}}\n"
    "      old: {steps: {saw: uniform(5 15) min, drill: exponential(10 min), turn: 14 min}}\n"
    "releases: {orders: {item: housing, rate: 5 /h}}\n"
    "stations: {mill: 1, saw: 1, drill: 1, turn: 1}\n"
    "arms:\n"
    "  by-chance:\n"
    "    change: {items.housing.choose: share}\n"
    "  mill-first:\n"
    "    change: {items.housing.choose: first-able}\n"
    "claims:\n"
    "  - base.system.cycle-time < by-chance.system.cycle-time\n"
    "  - base.system.throughput > 4.9 /h\n"
    "```\n";

#endif
