#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A distribution network of the size of a real one: writes it, or runs it and says how fast takt is.

    tests/bench/network.py write FOLDER           the scenario and its tables
    tests/bench/network.py run [--build BUILD]    time of a replication, start-up, and memory against length

100 sites (2 warehouses, 8 regions, 90 shops) that hold 200 items each: 20 000 stocks, every one with a policy of its own.
10 suppliers deliver to the warehouses, from which lanes lead to the regions and from there to the shops. In every shop
some of every item is asked for every day, from .2 to 9 on average, for five years: 33 million demands. Each site orders once
a week, each on its own day, and a lorry leaves for it every day. All is invented, from the seed 2026; base stocks last for
the review, the lead time and a safety of 1.6 standard deviations."""

import argparse
import csv
import math
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

WAREHOUSES, REGIONS, SHOPS, ITEMS, SUPPLIERS = 2, 8, 90, 200, 10
SAFETY = 1.6

SCENARIO = """takt: 1
title: 20 000 stocks
about: Two warehouses, eight regions and ninety shops that hold two hundred items each.
run: {{length: {length}, warm-up: 60 d}}
sites: {{table: sites.csv}}
lanes: {{table: lanes.csv}}
items: {{table: items.csv}}
suppliers: {{table: suppliers.csv}}
stocks: {{table: stocks.csv}}
customers: {{table: customers.csv}}
"""


def level(mean, days):
    """Units that last so many days of Poisson demand."""
    return max(1, math.ceil(mean * days + SAFETY * math.sqrt(mean * days)))


def network():
    """The tables: a list of rows each."""
    chance = random.Random(2026)
    warehouses = [f"w{i + 1}" for i in range(WAREHOUSES)]
    regions = {f"r{i + 1}": warehouses[i % WAREHOUSES] for i in range(REGIONS)}
    shops = {f"s{i + 1:02}": f"r{i % REGIONS + 1}" for i in range(SHOPS)}
    above = {**regions, **shops}
    days = {site: chance.uniform(1, 3) for site in above}
    items = [f"i{i + 1:03}" for i in range(ITEMS)]
    maker = {item: f"m{chance.randrange(SUPPLIERS) + 1}" for item in items}
    mean = {(item, shop): chance.uniform(0.2, 3) * chance.choice((1, 1, 1, 3)) for item in items for shop in shops}
    for item in items:  # what is asked of a region and of a warehouse
        for site in (*shops, *regions):
            mean[item, above[site]] = mean.get((item, above[site]), 0) + mean[item, site]
    stocks = []
    for site in (*warehouses, *regions, *shops):
        for item in items:
            up = above.get(site)
            wait = 7 + (days[site] + 1 if up else 10)
            stocks.append({"name": f"{item}-{site}", "holds": item, "site": site,
                           "from": f"{item}-{up}" if up else maker[item], "reorder.policy": "base-stock",
                           "reorder.level": level(mean[item, site], wait), "reorder.every": "1 wk",
                           "reorder.first": f"{int(site[1:]) % 7} d",
                           "start": level(mean[item, site], wait)})
    return {
        "sites": [{"name": site} for site in (*warehouses, *above)],
        "lanes": [{"name": f"to-{site}", "from": above[site], "to": site,
                   "time": f"uniform(mean={days[site]:.2f} half=0.5) d", "every": "1 d", "cost.unit": "0.10 EUR"} for site in above],
        "items": [{"name": item, "cost": f"{chance.uniform(1, 40):.2f} EUR", "price": "50 EUR", "holding": "20 %/y"}
                  for item in items],
        "suppliers": [{"name": name, "supplies": " ".join(i for i in items if maker[i] == name),
                       "lead-time": "gamma(mean=10 cv=0.3) d"} for name in sorted(set(maker.values()))],
        "stocks": stocks,
        "customers": [{"name": f"c-{item}-{shop}", "buys": item, "from": f"{item}-{shop}", "every": "1 d",
                       "size": f"poisson({mean[item, shop]:.2f})", "if-short": "lose"} for shop in shops for item in items],
    }


def write(folder, length):
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in network().items():
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    (folder / "network.yaml").write_text(SCENARIO.format(length=length), encoding="utf-8")


def measured(command):
    """CPU seconds and megabytes of a command; it is the largest child so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began, after.ru_maxrss / 1024


def run(build):
    takt = str(build / "takt")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder, "5 y")
        path = str(folder / "network.yaml")
        check, _, _ = measured([takt, "check", path])
        one, _, first = measured([takt, "run", path, "--set", "run.length=1 y", "-j1", "--json", "--quiet"])
        five, _, last = measured([takt, "run", path, "-j1", "--json", "--quiet"])
        more = [measured([takt, "run", path, "--set", f"run.replications={n}", "-j1", "--quiet"])[0] for n in (2, 3)]
        demands = 4 * 365 * SHOPS * ITEMS
        print(f"network: 20 000 stocks, 5 years of daily demand: {more[1] - more[0]:.1f} s of CPU a replication")
        print(f"network: one alone {five:.1f} s, of which {check:.1f} s to read it, the rest to judge its batches and to write")
        print(f"network: {(five - one) / demands * 1e9:.0f} ns a demand, {demands / (five - one) / 1e6:.2f} million demands a second")
        print(f"network: {first:.0f} MB after a year, {last:.0f} MB after five")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    writes = verbs.add_parser("write")
    writes.add_argument("folder", type=pathlib.Path)
    writes.add_argument("--length", default="5 y")
    runs = verbs.add_parser("run")
    runs.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    options = parser.parse_args()
    if options.verb == "write":
        write(options.folder, options.length)
    else:
        run(options.build)


if __name__ == "__main__":
    main()
