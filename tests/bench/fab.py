#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fab of the size of a real one: writes it, or runs it and says how fast takt is with everything switched on.

    tests/bench/fab.py write FOLDER           the scenario and its tables, as in scenarios/fab
    tests/bench/fab.py run [--build BUILD]    lots x steps per CPU second, and memory against length

About 100 groups of 1000 tools, two products with re-entrant routes of some 500 and 350 steps, 2000 lots in process;
batches with limits of the station or the step, pipelined tools, setups by mask and by ion, exposures bound to the machine
of an earlier layer, samples measured, failures, maintenance by calendar and by wear, operators that load, engineers that
repair, rework and queue-time limits. Sizes, the share of areas and the times are of the order that the public testbed
SMT2020 describes (Kopp, Hassoun, Kalir & Moench, IEEE Transactions on Semiconductor Manufacturing 33, 2020); the
routes themselves are invented, from the seed 2020. Tools of a group are as many as keep it busy LOAD of the time that
it is up, so that queues are as in practice."""

import argparse
import csv
import json
import math
import os
import pathlib
import random
import subprocess
import tempfile

LOAD = 0.87
LOT = 25
EVERY = {"logic": 42.0, "memory": 36.0}  # min between lots
PIPELINED = 0.4  # interval between lots of a pipelined tool, of its work
SAMPLE = {"litho-metrology": 0.7, "film-metrology": 0.5, "defects": 0.3}  # of the lots are measured
BOUND = 0.3  # of the exposures go where an earlier layer was exposed

# Area: groups of tools, share of time down, [min] of work: of a piece, a lot or a batch.
AREAS = {
    "wet": dict(groups=14, down=0.05, time=(20, 45), unit="lot"),
    "furnace": dict(groups=12, down=0.07, time=(200, 420), unit="batch", batch=(3, 6)),
    "litho": dict(groups=8, down=0.10, time=(1.3, 2.2), unit="piece"),
    "litho-metrology": dict(groups=4, down=0.04, time=(6, 14), unit="lot"),
    "etch": dict(groups=20, down=0.09, time=(1.0, 2.4), unit="piece"),
    "implant": dict(groups=8, down=0.08, time=(0.7, 1.5), unit="piece"),
    "dielectric": dict(groups=12, down=0.09, time=(1.4, 2.6), unit="piece"),
    "metal": dict(groups=10, down=0.09, time=(1.2, 2.4), unit="piece"),
    "planar": dict(groups=6, down=0.08, time=(1.2, 2.0), unit="piece"),
    "film-metrology": dict(groups=4, down=0.04, time=(5, 12), unit="lot"),
    "defects": dict(groups=2, down=0.04, time=(8, 20), unit="lot"),
}
# What is done for one layer of a wafer: front of the line (transistors), then back (wires).
FRONT = ["wet", "furnace", "film-metrology", "litho", "litho-metrology", "etch", "wet", "implant", "wet", "furnace", "defects"]
BACK = ["dielectric", "film-metrology", "litho", "litho-metrology", "etch", "wet", "metal", "planar", "wet", "defects"]
IONS = ["boron", "arsenic", "phosphorus"]


def is_pipelined(group):
    """Every other wet bench and planarizer: loaded by robots of their own, so they need no operators."""
    area, number = group.rsplit("-", 1)
    return area in ("wet", "planar") and int(number) % 2 == 0


def add_details(chance, steps):
    """What only some steps have; drawn from a stream of its own, so that the routes stay what they are."""
    exposed = {}  # group: first exposure there
    for step in steps:
        area, group = step["area"], step["route.at"]
        if is_pipelined(group):
            step["route.cascade"] = f"{step['mean'] * PIPELINED:.3g} min/{AREAS[area]['unit']}"
        if area in SAMPLE:
            step["route.sample"] = f"{SAMPLE[area] * 100:g} %"
        if area == "furnace" and chance.random() < 0.4:
            step["route.batch.min"], step["route.batch.max"] = chance.choice(((2, 4), (2, 5), (4, 6)))
        if area == "litho":
            if group in exposed and chance.random() < BOUND:
                step["route.same-machine-as"] = exposed[group]
            exposed.setdefault(group, step["route.name"])


def route_of(chance, item, layers):
    """Steps of a product: dictionaries with the columns of the table."""
    steps, masks = [], 0
    for layer in range(layers):
        front = layer < 0.45 * layers
        limit_from = None
        for area in FRONT if front else BACK:
            if chance.random() < 0.08:
                continue
            number = len(steps) + 1
            low, high = AREAS[area]["time"]
            mean = chance.uniform(low, high)
            name = f"{item[0]}{number:03}-{area}"
            step = {"name": item, "route.name": name, "mean": mean, "area": area,
                    "route.at": f"{area}-{1 + chance.randrange(AREAS[area]['groups'])}",
                    "route.time": f"uniform(mean={mean:.3g} half={mean * 0.05:.2g}) min/{AREAS[area]['unit']}"}
            if area == "litho":
                masks += 1
                step["route.tool"] = f"{item}-mask-{masks}"
            if area == "implant":
                step["route.tool"] = chance.choice(IONS)
            if area == "litho-metrology":
                step["route.rework.share"], step["route.rework.to"] = "1.5 %", steps[-1]["route.name"]
                step["route.rework.times"] = 2
            if area == "wet" and limit_from is None:
                limit_from = name
            if area == "furnace" and limit_from:
                step["route.start-within.time"], step["route.start-within.of"] = "12 h", limit_from
                limit_from = None
            steps.append(step)
    for i, step in enumerate(steps):  # rework goes to the exposure, which may have been left out
        if "route.rework.to" in step and not steps[i - 1]["area"] == "litho":
            for key in [k for k in step if k.startswith("route.rework")]:
                del step[key]
    return steps


def tools_of(routes):
    """One row a group, with as many tools as its work needs."""
    hours = {}  # of work per hour, by group
    for item, steps in routes.items():
        for step in steps:
            area = AREAS[step["area"]]
            least, most = area.get("batch", (1, 1))
            batch = step.get("route.batch.min", least) + step.get("route.batch.max", most)
            pieces = {"piece": LOT, "lot": 1, "batch": 2 / batch}[area["unit"]]
            overhead = 2 + (6 if step["area"] == "litho" else 4 if step["area"] == "implant" else 0)
            work = step["mean"] * pieces + overhead * (pieces if area["unit"] == "batch" else 1)
            if is_pipelined(step["route.at"]):
                work = step["mean"] * pieces * PIPELINED
            work *= SAMPLE.get(step["area"], 1)
            hours[step["route.at"]] = hours.get(step["route.at"], 0) + work / EVERY[item]
    rows = []
    for name in sorted(hours, key=lambda n: (list(AREAS).index(n.rsplit("-", 1)[0]), int(n.rsplit("-", 1)[1]))):
        area = AREAS[name.rsplit("-", 1)[0]]
        row = {"name": name, "machines": max(2, math.ceil(hours[name] / (LOAD * (1 - area["down"]))))}
        if not is_pipelined(name):
            row.update({"load": "1 min", "unload": "1 min", "needs.load": "operator"})
        kind = name.rsplit("-", 1)[0]
        if "batch" in area:
            row.update({"batch.of": "step", "batch.min": area["batch"][0], "batch.max": area["batch"][1], "batch.wait": "8 h"})
        if kind == "litho":
            row.update({"setup.when": "tool changes", "setup.time": "8 min", "queue.rule": "priority least-setup cr"})
        elif kind == "implant":
            row.update({"setup.when": "tool changes", "setup.time": "20 min", "setup.min-run": "4 lots",
                        "queue.rule": "priority least-setup cr"})
        else:
            row["queue.rule"] = "priority cr"
        rows.append(row)
    return rows


def stops_of(chance, tools):
    rows = []
    for tool in tools:
        down = AREAS[tool["name"].rsplit("-", 1)[0]]["down"]
        lasts = chance.uniform(2, 7)
        after = lasts * (1 - down / 2) / (down / 2)
        rows.append({"name": tool["name"], "failures.name": "breakdown", "failures.clock": "up",
                     "failures.after": f"exponential({after:.3g} h)", "failures.lasts": f"exponential({lasts:.2g} h)",
                     "failures.needs": "engineer", "maintenance.name": "weekly", "maintenance.clock": "calendar",
                     "maintenance.after": "168 h", "maintenance.first": "uniform(0 168) h",
                     "maintenance.lasts": f"uniform(mean={168 * down / 4:.3g} half={168 * down / 12:.2g}) h"})
        rows.append({"name": tool["name"], "maintenance.name": "wear", "maintenance.clock": "pieces",
                     "maintenance.after": "3000 pieces", "maintenance.first": "uniform(0 3000) pieces",
                     "maintenance.lasts": "2 h"})
    return rows


SCENARIO = """takt: 1
title: A wafer fab
about: |
  {groups} groups of {machines} tools; two products with re-entrant routes of {logic} and {memory} steps, some 2000 lots in
  process. Batches, some with limits of their step; pipelined wet benches and planarizers; setups by mask and by ion with a
  least run; exposures that go back to the machine of an earlier layer; metrology of a sample; failures, maintenance by
  calendar and by wear, operators who load, engineers who repair, rework, queue-time limits, hot lots. tests/bench/fab.py
  wrote it and measures takt with it: about half a million steps of lots a second of one processor.
run: {{length: 26 wk, warm-up: 13 wk, replications: 2}}
crews:
  operator: {{people: 60}}
  engineer: {{people: 48}}
items:
  table: routes.csv
  logic: {{lot: 25}}
  memory: {{lot: 25}}
releases:
  logic: {{item: logic, every: {every[logic]:g} min, due: 32 d, priority: 10}}
  memory: {{item: memory, every: {every[memory]:g} min, due: 25 d, priority: 10}}
  hot: {{item: {{logic: 50 %, memory: 50 %}}, every: 30 h, due: 18 d, priority: 20}}
stations:
  table: [tools.csv, stops.csv]
arms:
  first-come: {{level: production, change: {{stations.*.queue.rule: fifo}}}}
claims:
  - base.releases.hot.cycle-time < 0.9 * base.releases.logic.cycle-time
"""


def write(folder):
    chance = random.Random(2020)
    routes = {"logic": route_of(chance, "logic", 54), "memory": route_of(chance, "memory", 38)}
    for item, steps in routes.items():
        add_details(random.Random(f"details of {item}"), steps)
    tools = tools_of(routes)
    tables = {"routes": [s for steps in routes.values() for s in steps], "tools": tools, "stops": stops_of(chance, tools)}
    for name, rows in tables.items():
        columns = []
        for row in rows:
            columns += [k for k in row if k not in columns and k not in ("mean", "area")]
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "fab.yaml").write_text(SCENARIO.format(
        groups=len(tools), machines=sum(t["machines"] for t in tools), logic=len(routes["logic"]),
        memory=len(routes["memory"]), every=EVERY), encoding="utf-8")


def measured(takt, scenario, weeks):
    """Steps that were begun, CPU seconds and peak bytes of one replication of so many weeks."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([takt, "run", scenario, "--quiet", "--all", "--json", "-j1", "--replications", "1",
                                    "--set", f"run.length={weeks} wk", "--set", "run.warm-up=0 d"], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        out.seek(0)
        answer = json.load(out)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"takt run: exit status {os.waitstatus_to_exitcode(status)}")
    kpis = {k["path"]: k for k in answer["points"][0]["kpis"]}
    steps = sum(k["mean"] for path, k in kpis.items() if path.startswith("stations.") and path.endswith(".wait.count"))
    return steps, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, kpis["system.wip"]["mean"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("write", "run"))
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default="build")
    options = parser.parse_args()
    if options.what == "write":
        options.folder.mkdir(parents=True, exist_ok=True)
        write(options.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        write(pathlib.Path(name))
        before = (0, 0)
        for weeks in (26, 52, 104):
            steps, cpu, memory, wip = measured((options.build / "takt").resolve(), pathlib.Path(name, "fab.yaml"), weeks)
            rate = (steps - before[0]) / (cpu - before[1])
            print(f"{weeks:3} weeks: {steps:12,.0f} steps, {wip:7.1f} lots in process, {cpu:6.2f} s of CPU, "
                  f"{memory / 1e6:6.1f} MB; {rate / 1e6:.2f} million steps a CPU second since the line before", flush=True)
            before = (steps, cpu)


if __name__ == "__main__":
    main()
