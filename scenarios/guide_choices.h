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

#endif
