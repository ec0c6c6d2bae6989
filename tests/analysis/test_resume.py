#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long runs as they end in life: killed, interrupted, out of disk, two at once. Nothing may be lost, nothing done twice.

    tests/analysis/test_resume.py [build/takt] [KILLS]

KILLS is how many times a run is killed at a random moment (a few without it; `make crashes` kills two hundred times)."""
import fcntl
import os
import pathlib
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

from results_content import content, h5py

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 6

# A few milliseconds a replication.
SHOP = """takt: 1
run: {length: 120 d, replications: 30}
items: {part: {route: {cut: exponential(5 min), glue: exponential(5 min)}}}
stations: {cut: {}, glue: {queue: {room: 3}}}
releases: {parts: {item: part, every: exponential(7 min)}}
arms: {quick: {change: {items.part.route.glue.time: 4 min}}, wide: {change: {stations.cut.machines: 2}}}
claims: [quick.system.cycle-time < base.system.cycle-time]
"""


def units_in(journal):
    """How many whole units a journal holds, counted without its checksums."""
    data = journal.read_bytes()
    at, count = 16, 0
    while at + 16 <= len(data):
        mark, _, size = struct.unpack_from("<4sIQ", data, at)
        at += 16 + (size + 7) // 8 * 8
        count += mark == b"unit" and at <= len(data)
    return count


def trials_in(journal):
    """What a journal says of trials: point and quantity, and replication."""
    data = journal.read_bytes()
    at, found = 16, []
    while at + 16 <= len(data):
        mark, _, size = struct.unpack_from("<4sIQ", data, at)
        if mark == b"tria" and at + 16 + size <= len(data):
            found.append(struct.unpack_from("<64si", data, at + 16))
        at += 16 + (size + 7) // 8 * 8
    return found


class Resume(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.home = pathlib.Path(cls.folder.name)
        (cls.home / "shop.yaml").write_text(SHOP)
        begun = time.monotonic()
        done = cls.run_takt("compare", "shop.yaml", "-o", "whole.h5")
        cls.seconds = time.monotonic() - begun
        assert done.returncode == 0, done.stderr
        cls.whole = content(cls.home / "whole.h5")

    @classmethod
    def run_takt(cls, *words, **more):
        return subprocess.run([TAKT, *words], capture_output=True, text=True, cwd=cls.home, timeout=120, **more)

    def setUp(self):
        self.output = self.home / "x.h5"
        self.journal = self.home / "x.h5.journal"
        self.addCleanup(lambda: [path.unlink(missing_ok=True) for path in self.home.glob("x.h5*")])

    def takt(self, code, *words, says=None, **more):
        done = self.run_takt(*words, **more)
        self.assertEqual(done.returncode, code, f"takt {' '.join(words)}\n{done.stdout}{done.stderr}")
        if says is not None:
            self.assertIn(says, done.stderr)
        return done

    def begin(self, *words):
        return subprocess.Popen([TAKT, "compare", "shop.yaml", "-o", "x.h5", *words],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.home)

    def wait_for_units(self, count):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.journal.exists() and units_in(self.journal) >= count:
                return
            time.sleep(0.005)
        self.fail("the journal does not grow")

    def kill(self, *words, after=0.0):
        run = self.begin(*words)
        time.sleep(after)
        run.kill()
        run.communicate()

    def expect_whole(self):
        self.assertEqual(content(self.output), self.whole)
        self.assertFalse(self.journal.exists())
        self.assertEqual([path.name for path in self.home.glob("x.h5?*")], [])

    def test_killed_at_any_moment_repeats_nothing_and_ends_the_same(self):
        chance = random.Random(1)
        for kill in range(KILLS):
            self.output.unlink(missing_ok=True)
            threads = str(chance.randint(1, 3))
            self.kill("-j", threads, after=chance.uniform(0, 1.2 * self.seconds))
            while not self.output.exists() and chance.random() < 0.5:
                self.kill("--resume", "-j", threads, after=chance.uniform(0, self.seconds))
            if self.output.exists():  # the killer came too late, or between the file and the end
                self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume")
            else:
                known = units_in(self.journal) if self.journal.exists() else 0
                says = f"{known} replications are known already" if known else "nothing of 'x.h5' yet to resume"
                self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says=says)
            with self.subTest(kill=kill):
                self.expect_whole()

    CROSSOVER = ("--crossover", "items.part.route.glue.time=2..6 min", "--of", "system.cycle-time",
                 "--set", "run.length=20 d", "--replications", "5")

    def test_trials_of_a_crossover_are_not_repeated_however_often_it_is_killed(self):
        words = ("compare", "shop.yaml", "-o", "x.h5", *self.CROSSOVER)
        begun = time.monotonic()
        self.takt(0, *words)
        seconds = time.monotonic() - begun
        whole = content(self.output)
        self.output.unlink()
        chance = random.Random(2)
        most = 0
        for kill in range(max(KILLS, 3)):
            self.kill(*self.CROSSOVER, *(["--resume"] if kill else []), after=chance.uniform(0.3, 0.7) * seconds)
            if not self.journal.exists():
                break
            trials = trials_in(self.journal)
            self.assertEqual(len(set(trials)), len(trials), "a trial was done twice")
            self.assertGreaterEqual(len(trials), most)
            most = len(trials)
        if self.journal.exists() and most:
            self.takt(0, *words, "--resume", says=f"{most} trials of crossovers are known already")
        else:
            self.takt(0, *words, "--resume")
        self.assertEqual(content(self.output), whole)

    def test_trials_of_a_crossover_serve_after_an_interruption_with_more_replications(self):
        crossover = [word.replace("20 d", "800 d") for word in self.CROSSOVER]  # long enough to be interrupted
        words = ("compare", "shop.yaml", "-o", "x.h5", *crossover)
        run = self.begin(*crossover)
        end = time.monotonic() + 60
        while time.monotonic() < end and not (self.journal.exists() and len(trials_in(self.journal)) >= 4):
            time.sleep(0.002)
        run.send_signal(signal.SIGINT)
        self.assertIn("--resume goes on from here", run.communicate(timeout=60)[1])
        self.assertEqual(run.returncode, 130)
        known = len(trials_in(self.journal))
        self.assertGreaterEqual(known, 4)
        self.takt(0, *words, "--replications", "6", "--resume", says=f"{known} trials of crossovers")
        resumed = content(self.output)
        self.takt(0, *words, "--replications", "6")
        self.assertEqual(content(self.output), resumed)

    def test_what_a_killed_run_left_of_its_file_is_written_over(self):
        left = self.home / "x.h5.tmp"
        left.write_bytes(b"half a file" * 1000)
        with open(left, "rb") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            run = self.begin()
            self.assertIn("another program is writing it", run.communicate(timeout=60)[1])
            self.assertEqual(run.returncode, 73)
            self.assertEqual(left.read_bytes(), b"half a file" * 1000)
        run = self.begin("--resume")
        run.communicate(timeout=60)
        self.assertEqual(run.returncode, 0)
        self.expect_whole()

    def test_interrupted_keeps_what_is_done_and_says_how_to_go_on(self):
        run = self.begin("-j", "2")
        self.wait_for_units(20)
        run.send_signal(signal.SIGINT)
        self.assertIn("--resume goes on from here", run.communicate(timeout=60)[1])
        self.assertEqual(run.returncode, 130)
        with h5py.File(self.output) as file:
            self.assertEqual(file.attrs["complete"], 0)
            kept = list(file["points/replications"])
        self.assertEqual(len(set(kept)), 1)
        self.assertGreaterEqual(kept[0], 4)
        self.takt(73, "compare", "shop.yaml", "-o", "x.h5", says="--resume goes on with it")
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says="are known already")
        self.expect_whole()

    def test_an_interrupted_file_serves_without_its_journal(self):
        run = self.begin("-j", "2")
        self.wait_for_units(20)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
        self.journal.unlink()
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says="are known already")
        self.expect_whole()

    def test_a_finished_file_gets_more_replications(self):
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--replications", "11")
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says="33 replications are known already")
        self.expect_whole()
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says="90 replications are known already")
        self.expect_whole()

    SERIES = ("compare", "shop.yaml", "--set", "record.series=[system.wip, stations.*.queue.length]",
              "--set", "run.length=20 d", "-o", "x.h5")

    def series(self, replications):
        """The file of so many replications, done in one go."""
        self.output.unlink(missing_ok=True)
        self.takt(0, *self.SERIES, "--replications", str(replications))
        return content(self.output)

    def test_series_go_on_from_the_sums_of_a_finished_file(self):
        whole = self.series(7)
        for first in (1, 3, 7):
            self.series(first)
            done = self.takt(0, *self.SERIES, "--replications", "7", "--resume",
                             says=f"{3 * first} replications are known already")
            self.assertNotIn("done again", done.stderr)
            self.assertEqual(content(self.output), whole)

    def test_series_of_an_interrupted_run_go_on_from_its_file(self):
        whole = self.series(400)
        self.series(2)
        run = subprocess.Popen([TAKT, *self.SERIES, "--replications", "400", "--resume"], cwd=self.home,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.wait_for_units(30)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
        self.journal.unlink(missing_ok=True)
        self.takt(0, *self.SERIES, "--replications", "400", "--resume", says="are known already")
        self.assertEqual(content(self.output), whole)

    def test_series_of_fewer_replications_are_done_again_and_it_is_said(self):
        whole = self.series(3)
        self.series(5)
        self.takt(0, *self.SERIES, "--replications", "3", "--resume", says="the fewer of now are done again")
        self.assertEqual(content(self.output), whole)

    def test_other_claims_and_titles_keep_the_units_and_another_world_does_not(self):
        run = self.begin()
        self.wait_for_units(1)
        run.kill()
        run.communicate()
        for words, reason in ((("--seed", "7"), "is of seed 1, not 7"),
                              (("--set", "stations.glue.machines=2"), "what shapes 'base' is not as it was"),
                              (("--set", "arms.wide.change={stations.cut.machines: 3}"), "what shapes 'wide'")):
            self.takt(2, "compare", "shop.yaml", "-o", "x.h5", "--resume", *words, says=reason)
        self.takt(2, "run", "shop.yaml", "-o", "x.h5", "--resume", says="with other points: 3, not 1")
        (self.home / "retold.yaml").write_text(SHOP.replace("claims: [", "title: Retold\nclaims: [system.wip > 0, "))
        self.takt(0, "compare", "retold.yaml", "-o", "x.h5", "--resume", says="are known already")

    def test_files_that_the_scenario_names_count_as_part_of_it(self):
        (self.home / "times.csv").write_text("minutes\n3\n4\n5\n")
        (self.home / "table.yaml").write_text(SHOP.replace(
            "exponential(5 min), glue", "empirical(times.csv minutes) min, glue"))
        words = ("run", "table.yaml", "--replications", "3", "-o", "x.h5")
        self.takt(0, *words)
        self.takt(0, *words, "--resume", says="3 replications are known already")
        (self.home / "times.csv").write_text("minutes\n3\n4\n6\n")
        self.takt(2, *words, "--resume", says="what shapes 'base' is not as it was")

    def test_a_second_writer_is_told_who_the_first_is(self):
        run = self.begin("--replications", "3000")
        self.wait_for_units(1)
        self.takt(73, "compare", "shop.yaml", "-o", "x.h5", "--resume", says=f"process {run.pid} is writing to 'x.h5'")
        run.kill()
        run.communicate()

    def test_resume_wants_a_file_and_begins_where_there_is_none(self):
        self.takt(2, "compare", "shop.yaml", "--resume", says="--resume wants the file")
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says="nothing of 'x.h5' yet to resume")
        self.expect_whole()

    def test_a_file_that_may_not_grow_ends_the_run_and_loses_nothing(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))
        self.takt(74, "compare", "shop.yaml", "-o", "x.h5", says="File too large; the same command with --resume",
                  preexec_fn=limit)
        known = units_in(self.journal)
        self.assertGreater(known, 0)
        self.takt(0, "compare", "shop.yaml", "-o", "x.h5", "--resume", says=f"{known} replications are known already")
        self.expect_whole()

    def test_a_full_disk_ends_the_run_and_loses_nothing(self):
        disk = self.home / "disk"
        disk.mkdir()
        mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True).returncode == 0
        if not mounted:
            disk.rmdir()
            self.skipTest("no small disk can be made here")
        try:
            self.takt(74, "compare", "shop.yaml", "-o", "disk/x.h5", says="No space left on device")
            known = units_in(disk / "x.h5.journal")
            self.assertGreater(known, 0)
            subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
            self.takt(0, "compare", "shop.yaml", "-o", "disk/x.h5", "--resume",
                      says=f"{known} replications are known already")
            shutil.copy(disk / "x.h5", self.output)
            self.assertEqual([path.name for path in disk.iterdir()], ["x.h5"])
        finally:
            subprocess.run(["umount", str(disk)], check=True)
            disk.rmdir()
        self.expect_whole()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
