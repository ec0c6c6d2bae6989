#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast takt is, beside the same models written by hand in C, in one run on one machine.

    tests/bench/bench.py [--build BUILD] [--times N] [--memory]

Each work is a scenario here and a program reference_*.c. They run in turn, takt, Philox, fast, N times each, one core
at a time; a figure is jobs per CPU second of the whole process, start-up and all, and the median counts. `Philox` draws
from the generator that takt draws from, `fast` from a faster one. After the table: start-up, memory of a waiting part,
memory against length (--memory, which takes minutes), and the hold model of the calendar. The last lines are `ratio
NAME VALUE`, takt over the Philox reference, higher is better. Exit status 1 when a program fails, or when an event in
the calendar costs more than half again what it should beside a heap of 4."""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# Name and events a job: arrivals and completions. The job shop has .3 * 4 + .5 * 3 + .2 * 5 steps.
WORKS = {"mm1": 2.0, "line": 10.0, "jobshop": 4.7}

# Calendar over heap of 4, ns per hold, gcc 12, by pending events without moves.
HOLD_RATIO = {10: 0.32, 100: 0.26, 1000: 0.23, 10000: 0.26}
HOLD_LOSS = 1.5


class Failed(Exception):
    pass


class Used:
    """One finished process: its CPU seconds, its largest memory in bytes, and what it wrote."""

    def __init__(self, command):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=err, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.output = out.read().decode()
            if process.returncode != 0:
                said = err.read().decode().strip().splitlines()[:1]
                raise Failed(f"{' '.join(map(str, command))}: exit status {process.returncode} {' '.join(said)}")
        self.cpu_s = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * 1024


def run_takt(takt, scenario, *options):
    """A run of takt, with the number of jobs that it finished in all replications."""
    used = Used([takt, "run", scenario, "--json", "--quiet", "--jobs", "1", *options])
    used.jobs = 0
    for point in json.loads(used.output)["points"]:
        output = [kpi["mean"] for kpi in point["kpis"] if kpi["path"] == "system.output"]
        used.jobs += round(output[0] * point["replications"])
    return used


def run_reference(program, jobs):
    used = Used([program, jobs])
    used.jobs = int(re.search(r"^jobs (\d+)", used.output, re.MULTILINE)[1])
    return used


def jobs_per_s(runs):
    return statistics.median(run.jobs / run.cpu_s for run in runs)


def measure_work(name, build, takt, times):
    """Prints one row, and returns the ratio to the Philox reference, or None when takt does not run it."""
    runs = {"takt": [], "philox": [], "fast": []}
    jobs, fault = 1000000, None
    for _ in range(times):
        try:
            if not fault:
                runs["takt"].append(run_takt(takt, HERE / f"{name}.yaml"))
                jobs = runs["takt"][-1].jobs
        except (Failed, OSError, ValueError, LookupError) as error:
            fault = error
        for kind in ("philox", "fast"):
            runs[kind].append(run_reference(build / f"tests/bench/{name}_{kind}", jobs))
    philox, fast = jobs_per_s(runs["philox"]), jobs_per_s(runs["fast"])
    if fault:
        print(f"{name:8} {'-':>11} {'-':>9} {philox:13,.0f} {'-':>7} {fast:13,.0f} {'-':>7} {'-':>8}   {fault}", flush=True)
        return None
    speed = jobs_per_s(runs["takt"])
    memory = max(run.memory for run in runs["takt"]) / 2**20
    print(f"{name:8} {speed:11,.0f} {1e9 / speed / WORKS[name]:9.1f} {philox:13,.0f} {speed / philox:7.3f}"
          f" {fast:13,.0f} {speed / fast:7.3f} {memory:6.1f} MB", flush=True)
    return speed / philox


def queue_scenario(folder, length, work="0.9 s"):
    """One machine and a part a second on average; with long work, all that come wait."""
    path = pathlib.Path(folder, "queue.yaml")
    path.write_text(
        f"takt: 1\nrun: {{length: {length}}}\nitems:\n  part: {{route: [saw]}}\n"
        "releases:\n  arrivals: {item: part, every: exponential(1 s)}\n"
        f"stations:\n  saw: {{time: exponential({work})}}\n")
    return path


def measure_small_things(takt, long_runs):
    with tempfile.TemporaryDirectory() as folder:
        tiny = queue_scenario(folder, "1 h")
        start = statistics.median(Used([takt, "check", tiny]).cpu_s for _ in range(20))
        print(f"start-up: takt check of a tiny scenario takes {1e3 * start:.1f} ms of CPU")
        few, many = (run_takt(takt, queue_scenario(folder, f"{n} s", "1000 y")).memory for n in (100000, 1000000))
        print(f"memory: {(many - few) / 900000:.0f} bytes a waiting part")
        for power in range(5, 9) if long_runs else ():
            used = run_takt(takt, queue_scenario(folder, f"{10**power} s"))
            print(f"memory: {used.memory / 2**20:.1f} MB for {used.jobs:,} jobs", flush=True)


def measure_hold(build):
    """Prints the hold model and returns whether the calendar is as fast as it should be."""
    print("hold model, ns per hold:   calendar   heap of 4   heap of 2")
    good = True
    for line in Used([build / "tests/bench/hold"]).output.splitlines():
        row = dict(zip(line.split()[::2], map(float, line.split()[1::2])))
        moves = row["moves"] > 0
        slow = not moves and row["calendar"] > row["heap4"] * HOLD_LOSS * HOLD_RATIO.get(int(row["pending"]), 1)
        print(f"{int(row['pending']):9,} {'and a move each' if moves else '':15} {row['calendar']:10.1f}"
              f" {row['heap4']:11.1f} {row['heap2']:11.1f}{'   too slow' if slow else ''}")
        good = good and not slow
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    takt = options.build.resolve() / "takt"

    print("jobs per CPU second, median:")
    print("work            takt  ns/event        Philox   ratio          fast   ratio   memory")
    ratios = {name: measure_work(name, options.build, takt, options.times) for name in WORKS}
    good = all(ratios.values())
    try:
        measure_small_things(takt, options.memory)
    except (Failed, OSError, ValueError, LookupError) as error:
        print(f"not measured: {error}")
        good = False
    good = measure_hold(options.build) and good
    for name, ratio in ratios.items():
        print(f"ratio {name} {'nan' if ratio is None else f'{ratio:.3f}'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
