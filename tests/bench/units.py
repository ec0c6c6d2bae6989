#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to run many replications: threads, processes, the journal, the file, and a unit of work by itself.

    tests/bench/units.py [--build BUILD] [--times N] [--units N] [--seconds SECONDS]

Each line is a run of the same work; CPU and wall seconds are of the whole process, start-up and all, the least of N
runs, for other people's load only adds. Keeping results (-o) means a journal while the run goes on and the HDF5 file at
its end; it should cost less than 5 %. The tiny units simulate one part each, so they are nearly all overhead: --units of
them, or as many as are done in SECONDS; a million by itself."""

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


TRIED = 20000  # tiny units, to see how many are done in a given time


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
    parser.add_argument("--units", type=int, default=1000000)
    parser.add_argument("--seconds", type=float, default=30)
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
        ranks = ["mpirun", "--oversubscribe", "-n", "2"]
        with_ranks = shutil.which("mpirun") and (options.build / "libtakt-mpi.so").exists()
        if with_ranks:
            show("two MPI ranks", [*ranks, *base, "-j1"], one)
        show("one thread, journal and file", [*base, "-j1", "-o", kept], one)

        # As many as end in that time, judged by the slowest: kept in a file.
        many = [takt, "run", tiny, "--quiet", "-j1", "--replications"]
        wall = run([*many, str(TRIED), "-o", kept], 1)[1] - run([*many, "1"], 1)[1]
        units = min(options.units, max(TRIED, int(TRIED * options.seconds / max(wall, 1e-6)) // 1000 * 1000))
        kept.unlink()
        many.append(str(units))
        print(f"{units:,} tiny units of work:")
        bare = show("one thread", many)
        if with_ranks:
            show("two MPI ranks", [*ranks, *many], bare)
        both = show("one thread, journal and file", [*many, "-o", kept])
        again = show("all known from the file", [*many, "-o", kept, "--resume"])
        print(f"a unit of work: {1e6 * bare[0] / units:.2f} us; to keep it: {1e6 * (both[0] - bare[0]) / units:.2f} us; "
              f"to know it again: {1e6 * again[0] / units:.2f} us")


if __name__ == "__main__":
    main()
