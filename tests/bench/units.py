#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to run many replications: threads, processes, the journal, the file, and a unit of work by itself.

    tests/bench/units.py [--build BUILD] [--times N] [--units N]

Each line is a run of the same work; CPU and wall seconds are of the whole process, start-up and all, the least of N
runs, for other people's load only adds. Keeping results (-o) means a journal while the run goes on and the HDF5 file at
its end; it should cost less than 5 %. The tiny units simulate one part each (--units of them, 100 000 by itself), so
they are nearly all overhead."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

# A replication is about ten milliseconds.
WORK = """takt: 1
run: {length: 400 d, replications: 200}
items: {part: {route: {cut: exponential(5 min), glue: exponential(5 min)}}}
stations: {cut: {}, glue: {queue: {room: 3}}}
releases: {parts: {item: part, every: exponential(7 min)}}
"""
TINY = """takt: 1
run: {length: 1 min}
items: {part: {route: {cut: 30 s}}}
stations: {cut: {}}
releases: {parts: {item: part, every: 40 s}}
"""


def run(command, times):
    """The least CPU and wall seconds of some runs."""
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    cpu, wall = [], []
    for _ in range(times):
        begun = time.monotonic()
        process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}: exit status {process.returncode}")
        wall.append(time.monotonic() - begun)
        cpu.append(usage.ru_utime + usage.ru_stime)
    return min(cpu), min(wall)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default="build")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--units", type=int, default=100000)
    options = parser.parse_args()
    takt = (options.build / "takt").resolve()
    with tempfile.TemporaryDirectory() as folder:
        work, tiny, kept = (pathlib.Path(folder, name) for name in ("work.yaml", "tiny.yaml", "x.h5"))
        work.write_text(WORK)
        tiny.write_text(TINY)

        def show(name, command, against=None):
            cpu, wall = run(command, options.times)
            more = f"   {100 * (cpu / against[0] - 1):+5.1f} % CPU, {against[1] / wall:.2f} times as fast" if against else ""
            print(f"{name:34} {cpu:8.3f} s CPU {wall:8.3f} s{more}", flush=True)
            return cpu, wall

        print("200 replications:")
        base = [takt, "run", work, "--quiet"]
        one = show("one thread", [*base, "-j1"])
        show("two threads", [*base, "-j2"], one)
        if shutil.which("mpirun") and (options.build / "libtakt-mpi.so").exists():
            show("two processes", ["mpirun", "--oversubscribe", "-n", "2", *base, "-j1"], one)
        show("one thread, journal and file", [*base, "-j1", "-o", kept], one)

        print(f"{options.units:,} tiny units of work:")
        many = [takt, "run", tiny, "--quiet", "-j1", "--replications", str(options.units)]
        bare = show("one thread", many)
        both = show("one thread, journal and file", [*many, "-o", kept])
        again = show("all known from the file", [*many, "-o", kept, "--resume"])
        print(f"a unit of work: {1e6 * bare[0] / options.units:.2f} us; to keep it: "
              f"{1e6 * (both[0] - bare[0]) / options.units:.2f} us; to know it again: "
              f"{1e6 * again[0] / options.units:.2f} us")


if __name__ == "__main__":
    main()
