#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a person and a script meet it: texts, streams and exit codes.

    tests/analysis/test_command.py [build/takt]
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")

FAULTY = "takt: 1\nrun: {length: 1 d}\nstations: {cut: {machnies: 2}}\n"
CLAIMED = """takt: 1
run: {length: 10 h}
items: {chair: {route: {cut: 1 h}}}
stations: {cut: {}}
releases: {pile: {item: chair, when: always}}
claims: [system.output = CLAIM]
"""


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def takt(self, *words, stdin="", **more):
        return subprocess.run([TAKT, *words], input=stdin, text=True, capture_output=True,
                              cwd=self.folder.name, timeout=60, **more)

    def expect(self, code, *words, says=None, stdin=""):
        done = self.takt(*words, stdin=stdin)
        self.assertEqual(done.returncode, code, f"takt {' '.join(words)}\n{done.stdout}{done.stderr}")
        if says is not None:
            self.assertIn(says, done.stdout if code in (0, 1) else done.stderr)
        return done

    def starter(self):
        self.expect(0, "new", "line.yaml")
        return "line.yaml"

    def test_help_and_version_go_to_standard_output(self):
        self.assertRegex(self.expect(0, "--version").stdout, r"^takt \d+\.\d+\.\d+\n$")
        self.expect(0, "help", says="takt run line.yaml")
        self.expect(0, "help", "compare", says="takt compare policies.yaml")
        self.expect(0, "compare", "--help", says="takt compare policies.yaml")

    def test_wrong_use_is_said_with_the_nearest_word(self):
        self.expect(2)
        self.expect(2, "runn", says="did you mean 'run'?")
        self.expect(2, "run", says="wants SCENARIO")
        self.expect(2, "run", "a", "b", says="one argument too many")
        self.expect(2, "run", "a", "--relpications", "3", says="did you mean '--replications'?")
        self.expect(2, "run", "a", "--seed", "x", says="--seed wants a whole number")
        self.expect(2, "run", "a", "--seed", says="--seed wants a value")
        self.expect(2, "run", "a", "--json=1", says="--json takes no value")
        self.expect(2, "check", "a", "-j3", says="there is no option '-j'")
        self.expect(2, "trace", "a", "--from", "4 x", says="wants a time")

    def test_a_new_scenario_runs_and_is_never_overwritten(self):
        path = self.starter()
        self.expect(0, "check", path)
        done = self.expect(0, "run", path, "--replications", "5", says="system.throughput")
        self.assertIn("kept nowhere: -o FILE.h5", done.stdout)
        self.assertEqual(done.stderr, "")
        self.expect(73, "new", path, says="it is there already")

    def test_standard_input_is_a_file_called_dash(self):
        text = self.expect(0, "new", "-").stdout
        self.expect(0, "check", "-", stdin=text)

    def test_faults_have_their_own_exit_code(self):
        self.expect(65, "check", "-", stdin=FAULTY, says="did you mean 'machines'?")
        self.expect(65, "run", "-", stdin=FAULTY)
        self.expect(66, "run", "absent.yaml", says="absent.yaml")
        self.expect(66, "show", "absent.h5", says="absent.h5")
        self.expect(65, "run", self.starter(), "--set", "stations.cut.machnies=2")

    def test_a_refuted_claim_makes_exit_status_one(self):
        self.expect(0, "run", "-", stdin=CLAIMED.replace("CLAIM", "10"), says="supported")
        self.expect(1, "run", "-", stdin=CLAIMED.replace("CLAIM", "9"), says="refuted")

    def test_json_is_one_object(self):
        path = self.starter()
        run = json.loads(self.expect(0, "run", path, "--replications", "3", "--json").stdout)
        self.assertEqual([p["arm"] for p in run["points"]], ["base"])
        self.assertEqual(run["points"][0]["replications"], 3)
        self.assertNotIn("differences", run)
        both = json.loads(self.takt("compare", path, "--replications", "3", "--json").stdout)
        self.assertEqual([p["arm"] for p in both["points"]], ["base", "second-saw"])
        self.assertEqual({d["a"] for d in both["differences"]}, {"second-saw"})
        self.assertEqual(len(both["claims"]), 1)

    def test_results_are_kept_and_shown_again(self):
        path = self.starter()
        run = self.expect(0, "run", path, "--replications", "3", "-o", "line.h5", says="kept in line.h5")
        shown = self.expect(0, "show", "line.h5", says="kept in line.h5")
        self.assertEqual(run.stdout.splitlines()[3:-1], shown.stdout.splitlines()[3:-1])
        self.expect(73, "run", path, "-o", "absent/line.h5", says="absent")

    def test_threads_change_nothing(self):
        path = self.starter()
        one = self.takt("run", path, "--replications", "6", "--json", "-j", "1").stdout
        four = self.takt("run", path, "--replications", "6", "--json", "-j", "4").stdout
        self.assertEqual(one, four)

    def test_a_full_disk_is_an_error_and_a_closed_pipe_is_none(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([TAKT, "help"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 74)
        self.assertIn("standard output cannot be written", done.stderr)
        path = os.path.join(self.folder.name, self.starter())
        trace = subprocess.Popen([TAKT, "trace", path], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True)
        self.assertTrue(trace.stdout.readline())
        trace.stdout.close()
        self.assertEqual(trace.stderr.read(), "")
        trace.stderr.close()
        self.assertIn(trace.wait(timeout=60), (0, -signal.SIGPIPE))

    def test_an_interrupted_run_shows_what_was_finished(self):
        path = os.path.join(self.folder.name, self.starter())
        run = subprocess.Popen([TAKT, "run", path, "--replications", "1000000"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 130)
        self.assertIn("interrupted", out)

    def test_no_colour_and_no_progress_without_a_terminal(self):
        done = self.takt("run", self.starter(), "--replications", "3")
        self.assertNotIn("\033", done.stdout + done.stderr)

    def test_the_schema_is_json(self):
        self.assertIn("definitions", json.loads(self.expect(0, "schema").stdout))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
