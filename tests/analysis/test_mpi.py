#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several processes under mpirun: the same file, to the bit, and nothing lost when one of them dies.

    tests/analysis/test_mpi.py [build/takt]

Without mpirun, or with a takt that was built without MPI, it says so and passes."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from results_content import content, h5py

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
MODULE = pathlib.Path(TAKT).parent / "libtakt-mpi.so"

# A few milliseconds a replication.
SHOP = """takt: 1
run: {length: 100 d, replications: 24}
items: {part: {route: {cut: exponential(5 min), glue: exponential(5 min)}}}
stations: {cut: {}, glue: {queue: {room: 3}}}
releases: {parts: {item: part, every: exponential(7 min)}}
arms: {quick: {change: {items.part.route.glue.time: 4 min}}}
claims: [quick.system.cycle-time < base.system.cycle-time]
"""
ENVIRONMENT = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")


class Together(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.home = pathlib.Path(cls.folder.name)
        (cls.home / "shop.yaml").write_text(SHOP)
        cls.run_words(TAKT, "compare", "shop.yaml", "-j", "1", "-o", "alone.h5")
        cls.alone = content(cls.home / "alone.h5")

    @classmethod
    def run_words(cls, *words):
        return subprocess.run(words, capture_output=True, text=True, cwd=cls.home, env=ENVIRONMENT, timeout=120)

    def setUp(self):
        self.addCleanup(lambda: [path.unlink() for path in self.home.glob("x.h5*")])

    def mpirun(self, code, count, *words, says=None, second=()):
        """The first process runs WORDS; the others too, or SECOND."""
        command = ["mpirun", "--oversubscribe", "-n", "1" if second else str(count), TAKT, *words]
        if second:
            command += [":", "-n", str(count - 1), *second]
        done = self.run_words(*command)
        self.assertEqual(done.returncode, code, f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        if says is not None:
            self.assertIn(says, done.stderr)
        return done

    def expect_same(self, name="x.h5"):
        self.assertEqual(content(self.home / name), self.alone)
        self.assertFalse((self.home / (name + ".journal")).exists())

    def test_any_number_of_processes_and_threads_gives_the_same_file(self):
        for processes in (2, 3):
            for threads in (1, 2, 8):
                with self.subTest(processes=processes, threads=threads):
                    done = self.mpirun(0, processes, "compare", "shop.yaml", "-j", str(threads), "-o", "x.h5")
                    self.assertEqual(done.stdout.count("Claims"), 1, "one process prints")
                    self.assertEqual(done.stderr, "")
                    self.expect_same()

    def test_a_precision_is_reached_with_as_many_replications_as_alone(self):
        words = ("compare", "shop.yaml", "--precision", "2%", "--json",
                 "--crossover", "items.part.route.glue.time=2..6 min")
        alone = self.run_words(TAKT, *words)
        self.assertEqual(self.mpirun(alone.returncode, 2, *words).stdout, alone.stdout)

    def test_a_killed_process_ends_the_job_and_what_was_done_is_kept(self):
        job = subprocess.Popen(["mpirun", "--oversubscribe", "-n", "3", TAKT, "compare", "shop.yaml", "-o", "x.h5",
                                "-j", "1", "--replications", "100000"], cwd=self.home, env=ENVIRONMENT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        journal = self.home / "x.h5.journal"
        self.addCleanup(lambda: job.poll() is None and job.kill())
        end = time.monotonic() + 60
        while not (journal.exists() and journal.stat().st_size > 50000):
            self.assertLess(time.monotonic(), end, "the journal does not grow")
            time.sleep(0.01)
        children = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(job.pid)], capture_output=True, text=True)
        processes = [int(line.split()[0]) for line in children.stdout.splitlines() if TAKT in line]
        os.kill(processes[-1], signal.SIGKILL)
        self.assertNotEqual(job.wait(timeout=60), 0)
        kept = journal.stat().st_size
        done = self.run_words(TAKT, "compare", "shop.yaml", "-o", "x.h5", "--resume")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("replications are known already", done.stderr)
        self.assertGreater(kept, 50000)
        self.expect_same()

    def test_faults_are_said_once_and_end_all(self):
        done = self.mpirun(65, 3, "compare", "shop.yaml", "--set", "stations.cut.x=1")
        self.assertEqual(done.stderr.count("unknown key 'x'"), 1)
        (self.home / "x.h5").write_text("a diary")
        done = self.mpirun(73, 2, "compare", "shop.yaml", "-o", "x.h5")
        self.assertEqual(done.stderr.count("is not a file of results"), 1)
        (self.home / "x.h5").unlink()

    def test_a_process_that_sees_another_experiment_is_refused(self):
        self.mpirun(2, 2, "compare", "shop.yaml", says="what shapes 'base' is not as it was",
                    second=(TAKT, "compare", "shop.yaml", "--set", "stations.cut.machines=2"))
        self.mpirun(2, 2, "compare", "shop.yaml", says="cannot help: a file cannot be read",
                    second=(TAKT, "compare", "elsewhere.yaml"))

    def test_another_kind_of_processor_is_refused_unless_mixed(self):
        other = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable"
        words = ("compare", "shop.yaml", "-o", "x.h5")
        fingerprints = set()
        for name, more in (("x.h5", {}), ("x.h5.other", {"GLIBC_TUNABLES": other})):
            subprocess.run([TAKT, "run", "shop.yaml", "--replications", "1", "-q", "-o", name], cwd=self.home,
                           env=dict(ENVIRONMENT, **more), stdout=subprocess.DEVNULL, check=True)
            with h5py.File(self.home / name) as file:
                fingerprints.add(file.attrs["arithmetic"])
        if len(fingerprints) == 1:
            self.skipTest("this processor computes the same either way")
        (self.home / "x.h5").unlink()
        second = ("-x", "GLIBC_TUNABLES=" + other, TAKT, *words)
        self.mpirun(2, 2, *words, says="--mixed allows it", second=second)
        (self.home / "x.h5.journal").unlink(missing_ok=True)
        self.mpirun(0, 2, *words, "--mixed", second=(*second, "--mixed"))


if __name__ == "__main__":
    if not shutil.which("mpirun") or not MODULE.exists():
        print("not tested: mpirun is not here, or takt was built without MPI (libopenmpi-dev, openmpi-bin)")
        sys.exit(0)
    unittest.main(argv=sys.argv[:1])
