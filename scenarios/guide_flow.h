/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chapter of the manual about the flow of parts, as text: only guide.c has it. */
#ifndef TAKT_SCENARIOS_GUIDE_FLOW_H
#define TAKT_SCENARIOS_GUIDE_FLOW_H

static const char of_flow[] =
    "\n## The flow of parts\n"
    "\n"
    "### Work in process at the start\n"
    "\n"
    "A row of a release's `list` that says `step`, `work-left` or `released` is a lot that is on "
    "the floor already. It waits for its step when the run begins; with `work-left` it is on a "
    "machine, which is set up for it and needs so much more time for it. Neither room nor cards "
    "can keep it outside: it holds the cards that it would have taken on its way, and what its "
    "item uses was taken before. `released` says when it was released: its cycle time counts from "
    "then, and what came before it was there counts as waiting. A row with `at` puts the lot onto "
    "the floor at that moment. `due` is a time from there.\n"
    "\n"
    "```yaml\n"
    "takt: 1\n"
    "title: A morning that does not begin with an empty shop\n"
    "run: {length: until empty}\n"
    "items: {door: {route: {saw: 20 min, paint: 30 min}}}\n"
    "releases:\n"
    "  on-floor:\n"
    "    item: door\n"
    "    list:\n"
    "      - {step: paint, work-left: 10 min, released: -3 h}\n"
    "      - {step: paint}\n"
    "      - {step: saw, due: 2 h}\n"
    "  new: {item: door, at: [0 h, 1 h]}\n"
    "stations: {saw: 1, paint: 1}\n"
    "claims:\n"
    "  - system.makespan = 130 min\n"
    "  - releases.on-floor.on-time = 1\n"
    "```\n";

#endif
