#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a person and a script meet it: texts, streams, exit codes, and what is said of bad input.

    tests/analysis/test_command.py [build/takt]
"""
import json
import os
import pty
import re
import shutil
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


# A scenario without fault, whose lines the tests of mistakes change.
GOOD = """takt: 1
title: Test
run: {length: 10 h}
items:
  chair: {route: [cut, glue]}
  wood: {cost: 2 EUR}
stations:
  cut: {time: 5 min}
  glue: {time: 3 min}
releases:
  pile: {item: chair, every: 10 min}
suppliers:
  north: {supplies: wood, lead-time: 2 d}
stocks:
  store: {holds: wood, from: north, reorder: {policy: base-stock, level: 20}}
"""

# The commonest mistakes: what is written, instead of what; where and what is said, and the hint.
MISTAKES = [
    ("  cut: {time: 5 min}", "  cut: {time: 5 min, machnies: 2}",
     "8:22: error: unknown key 'machnies' in stations.cut", "did you mean 'machines'?"),
    ("  cut: {time: 5 min}", "  cut: {time: 5}",
     "8:15: error: a time needs a unit", "5 min? 5 h?"),
    ("  cut: {time: 5 min}",
     "  cut: {failures: {jam: {after: exponential(40 h), lasts: lognormal(25, 10) min}}, time: 5 min}",
     "8:59: error: a comma cut this value in two", "inside { } use blanks: lognormal(mean=25 sd=10) min"),
    ("from: north", "from: nroth",
     "15:30: error: there is no source 'nroth'",
     "did you mean supplier 'north'? Sources are suppliers, stocks and factory"),
    ("lead-time: 2 d", "lead-time: 20 EUR",
     "13:38: error: a time is wanted, this is money", None),
    ("  cut: {time: 5 min}", "  cut: {time: lognormal(25 10) min}",
     "8:15: error: lognormal does not say what 25 and 10 are", "lognormal(mean=25 sd=10) min"),
    ("  cut: {time: 5 min}", "  cut:",
     "8:3: error: no value", "{} takes the defaults, none removes"),
    ("  glue: {", "  cut: {time: 3 min}\n  glue: {",
     "9:3: error: 'cut' is given twice, first in line 8", None),
    ("  cut: {time: 5 min}", "  cut: {time: 5 min, queue: {rule: due-now}}",
     "8:36: error: there is no name 'due-now'", "a minus stands between blanks: due - now"),
    ("title: Test", "title: Lesson 5: queues",
     "2:16: error: ': ' or '?' ends a plain text here", "put it in quotes"),
    ("releases:\n  pile: {item: chair, every: 10 min}\n", "",
     "5:3: error: nothing orders 'chair', so nothing will be made",
     "add a release, or `from: factory` somewhere"),
]

# Files that are no scenario: their bytes, and what is said of them.
NO_SCENARIOS = [
    (b"", "there is nothing in it"),
    (b"# nothing\n", "there is nothing in it"),
    (bytes(range(256)) * 20, "this is no text: it holds zero bytes"),
    (GOOD.replace("Test", "T\u00e9st").encode("latin-1"), "2:9: error: byte E9 is not UTF-8"),
    (GOOD.encode("utf-16"), "this text is in UTF-16"),
    (b"[" * 100000, "1:65: error: maps and lists are more than 64 deep here"),
    (b"{a: " * 100000, "error: maps and lists are more than 64 deep here"),
    (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "2:8: error: aliases such as '*a' have no meaning here"),
    (b"takt: 1\nbase: s.yaml\nrun: {length: 1 h}\n", "2:7: error: 's.yaml' is its own base"),
    (b"takt: 1\nbase: absent.yaml\nrun: {length: 1 h}\n", "2:7: error: there is no file 'absent.yaml'"),
    (GOOD.replace("  cut: {", "\tcut: {").encode(), "8:1: error: a tab stands in the indentation"),
]

# Tables, and what is said of a scenario that takes its items from them.
BAD_TABLES = [
    (None, "s.yaml:5:10: error: there is no file 'T.csv'"),
    ("name,price,lot\na,2 EUR,3\nb,4 EUR\n", "T.csv:3:1: error: this row has 2 cells, the header has 3"),
    ('name,price\n"a,2 EUR\n', "T.csv:2:1: error: this quote is not closed"),
]

# What follows --set, and what is said behind it.
BAD_SETS = [
    ("stations.cut.machnies=2", "unknown key 'machnies' in stations.cut", "did you mean 'machines'?"),
    ("stations.cut.time=2", "a time needs a unit", "2 min? 2 h?"),
    ("station.cut.time=2 min", "unknown key 'station'", "did you mean 'stations'?"),
    ("stations.cut.time", "a path, = and a value are wanted here", "--set stations.cut.machines=3"),
    ("stations.cut.machines=-2", "'machines' in stations.cut must be at least 0", None),
]

DEADLOCK = """takt: 1
run: {length: 10 h}
items: {a: {route: {one: {at: s}, two: {at: t}, three: {at: s}, four: {at: t}}}}
stations: {s: {time: 1 min, queue: {room: 0}}, t: {time: 1 min, queue: {room: 0}}}
releases: {r: {item: a, when: always}}
"""


class Takt(unittest.TestCase):
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

    def write(self, name, content):
        with open(os.path.join(self.folder.name, name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return name

    def starter(self):
        self.expect(0, "new", "line.yaml")
        return "line.yaml"


class CommandLine(Takt):
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

    def test_a_sweep_is_a_row_a_point(self):
        path = self.starter()
        sets = ["--set", "stations.glue.machines=2..3", "--set", "customers.shop.rate=[7 /h, 8 /h]"]
        run = self.expect(0, "run", path, *sets, "--replications", "3", "-o", "s.h5", says="4 points")
        rows = [line.split() for line in run.stdout.splitlines()]
        self.assertEqual([row[:3] for row in rows if row[1:] and row[2:3] == ["/h"] and row[0] in "23"][:4],
                         [["2", "7", "/h"], ["2", "8", "/h"], ["3", "7", "/h"], ["3", "8", "/h"]])
        shown = self.expect(0, "show", "s.h5")
        self.assertEqual(run.stdout.splitlines()[3:-1], shown.stdout.splitlines()[3:-1])
        points = json.loads(self.expect(0, "sweep", path, *sets, "--replications", "3", "--json").stdout)["points"]
        self.assertEqual([p["factors"]["customers.shop.rate"]["value"] for p in points], [7, 8, 7, 8])
        self.assertEqual(points[1]["factors"]["stations.glue.machines"], {"text": "2", "value": 2, "unit": "1"})
        self.assertEqual([p["arm"] for p in points], ["base"] * 4)
        both = json.loads(self.takt("compare", path, *sets, "--replications", "3", "--json").stdout)
        self.assertEqual([p["arm"] for p in both["points"]], ["base"] * 4 + ["second-saw"] * 4)
        self.assertEqual({(d["a_point"], d["b_point"]) for d in both["differences"]},
                         {(4, 0), (5, 1), (6, 2), (7, 3)})

    def test_a_crossover_is_where_the_better_arm_changes(self):
        arms = "arms: {low: {change: {stations.cut.time: 4 min, stations.cut.load: 2 min}}}\n"
        text = GOOD.replace("{item: chair,", "{item: chair, lot: 5,").replace("cut: {time: 5 min}",
                                                                            "cut: {time: 2 min/piece}") + arms
        # a lot takes 2 min a piece, or 6 min: they are equal at 3 pieces
        found = json.loads(self.expect(0, "compare", "-", "--crossover", "releases.pile.lot=1..8", "--of",
                                       "stations.cut.utilization", "--json", "-o", "c.h5", stdin=text).stdout)
        [crossover] = found["crossovers"]
        self.assertEqual((crossover["crossover"], crossover["low"], crossover["high"]), ("found", 2, 4))
        self.assertEqual((crossover["along"], crossover["a"], crossover["b"]), ("releases.pile.lot", "low", "base"))
        self.expect(0, "show", "c.h5", says="Crossovers")
        none = self.expect(0, "compare", "-", "--crossover", "releases.pile.lot=4..8", "--of",
                           "stations.cut.utilization", stdin=text).stdout
        self.assertIn("at both ends of", none)
        self.expect(65, "compare", "-", "--crossover", "releases.pile.lto=4..8", stdin=text, says="lto")
        self.expect(65, "compare", "-", "--crossover", "releases.pile.lot=4", stdin=text, says="a parameter and its range")

    def test_a_tornado_is_bars_sorted_by_their_swing(self):
        path = self.starter()
        done = self.expect(0, "sweep", path, "--replications", "3", "--set", "sweep.design=tornado",
                           "--set", "sweep.over={stations.glue.machines: 2..3, customers.shop.rate: 6 .. 8 /h}")
        bars = done.stdout.split("system.cycle-time")[1].splitlines()[2:4]
        self.assertEqual([bar.split()[0] for bar in bars], ["customers.shop.rate", "stations.glue.machines"])

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
        self.assertIn("interrupted: these are the replications that were finished", out)
        self.assertIn("system.throughput", out)

    def test_a_run_that_stops_says_why_and_how_to_look(self):
        done = self.expect(1, "run", "-", stdin=DEADLOCK, says="deadlock: the machines of s, t wait for each other")
        self.assertIn("takt trace", done.stdout)
        traced = self.takt("trace", "-", stdin=DEADLOCK)
        self.assertEqual(traced.returncode, 1)
        self.assertIn("stopped at 0.0333333 h: deadlock", traced.stdout)

    def test_claims_of_arms_wait_for_compare(self):
        text = GOOD + "arms: {fast: {change: {stations.cut.time: 2 min}}}\nclaims: [fast.system.wip < base.system.wip]\n"
        self.expect(0, "run", "-", stdin=text, says="judged by compare")
        self.expect(0, "run", "-", "--arm", "fast", stdin=text)
        self.expect(0, "compare", "-", stdin=text)

    def test_an_absent_arm_is_said_with_those_there_are(self):
        text = GOOD + "arms: {fast: {change: {stations.cut.time: 2 min}}}\n"
        done = self.expect(65, "run", "-", "--arm", "fats", stdin=text, says="there is no arm 'fats'")
        self.assertIn("the arms are base, fast", done.stderr)

    def test_every_replication_has_a_trace_of_its_own(self):
        path = self.starter()
        first, also, second = (self.takt("trace", path, "--most", "50", *words).stdout
                               for words in ([], ["--replication", "1"], ["--replication", "2"]))
        self.assertEqual(first, also)
        self.assertNotEqual(first, second)

    def test_what_is_in_the_way_of_results_is_said_before_the_work(self):
        self.write("s.yaml", GOOD)
        self.write("mine.h5", "hello")
        for path, why in (("mine.h5", "not a file of results of takt"), (".", "a folder"),
                          ("/dev/full", "not an ordinary file"), ("absent/x.h5", "No such file or directory")):
            done = self.expect(73, "run", "s.yaml", "-o", path, says=why)
            self.assertEqual(done.stdout, "")
        with open(os.path.join(self.folder.name, "mine.h5")) as file:
            self.assertEqual(file.read(), "hello")

    def test_a_full_disk_is_said_when_the_table_cannot_be_printed(self):
        self.write("s.yaml", GOOD)
        for verb in ("run", "check"):
            with open("/dev/full", "w") as full:
                done = subprocess.run([TAKT, verb, "s.yaml"], stdout=full, stderr=subprocess.PIPE, text=True,
                                      cwd=self.folder.name)
            self.assertEqual(done.returncode, 74)
            self.assertIn("standard output cannot be written", done.stderr)

    def test_results_say_the_same_in_json_and_in_the_file(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        path = self.starter()
        done = self.takt("compare", path, "--replications", "4", "--json", "-o", "line.h5")
        points = json.loads(done.stdout)["points"]
        with h5py.File(os.path.join(self.folder.name, "line.h5")) as file:
            wip = file["system/wip"][...]  # (point, horizon, replication)
            self.assertEqual(wip.shape, (2, 1, 4))
            for number, point in enumerate(points):
                kpis = {kpi["path"]: kpi for kpi in point["kpis"]}
                self.assertAlmostEqual(kpis["system.wip"]["mean"], wip[number].mean(), places=12)
                stations = [name.decode() for name in file["stations/station"][...]]
                cut = file["stations/utilization"][number, :, :, stations.index("cut")]
                self.assertAlmostEqual(kpis["stations.cut.utilization"]["mean"], cut.mean(), places=12)
        shown = json.loads(self.takt("show", "line.h5", "--json").stdout)
        self.assertEqual(shown["points"], points)

    def test_no_colour_and_no_progress_without_a_terminal(self):
        done = self.takt("run", self.starter(), "--replications", "3")
        self.assertNotIn("\033", done.stdout + done.stderr)

    def progress(self, *words):
        """What stands on standard error when that is a terminal."""
        terminal, stderr = pty.openpty()
        with subprocess.Popen([TAKT, "run", *words], stdout=subprocess.DEVNULL, stderr=stderr,
                              cwd=self.folder.name) as run:
            os.close(stderr)
            said = b""
            try:
                while part := os.read(terminal, 4096):
                    said += part
            except OSError:  # the other side is closed
                pass
            self.assertEqual(run.wait(timeout=60), 0)
        os.close(terminal)
        return said.decode()

    def test_a_terminal_shows_how_far_a_run_is(self):
        line = self.starter()
        said = self.progress(line, "--precision", "0.2%", "--set", "run.length=300 d")
        self.assertRegex(said, r"\r\[#+\.*\] \d+ of \d+ replications, [\d.]+ /s, \d+ s left; ± [\d.]+ %, wanted 0.2 %")
        self.assertTrue(said.endswith("\r\033[K"), "the bar is gone in the end")
        self.assertEqual(self.progress(line, "--replications", "300", "--quiet"), "")

    def test_the_schema_is_json(self):
        self.assertIn("definitions", json.loads(self.expect(0, "schema").stdout))


QUEUE = """takt: 1
run: {length: 500 h, RUN}
items: {part: {route: [saw]}}
releases: {arrivals: {item: part, every: exponential(75 min)}}
stations: {saw: {time: exponential(60 min)}}
arms: {fast: {change: {stations.saw.time: times 0.8}}}
"""


class Stopping(Takt):
    def answer(self, run, *options):
        done = self.takt("compare", "-", "--json", *options, stdin=QUEUE.replace("RUN", run))
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_a_run_stops_when_all_arms_are_precise_and_threads_do_not_matter(self):
        run = "precision: {half-width: 10 %, of: [system.wip, stations.*.queue.wait]}"
        answer = self.answer(run, "--jobs", "1")
        self.assertTrue(answer["precision"]["reached"])
        counts = {point["replications"] for point in answer["points"]}
        self.assertEqual(len(counts), 1)
        self.assertGreater(counts.pop(), 10)
        for point in answer["points"]:
            for kpi in point["kpis"]:
                if kpi["path"] in ("system.wip", "stations.saw.queue.wait"):
                    self.assertLessEqual(kpi["half_width"], 0.1 * kpi["mean"])
        self.assertEqual(answer, self.answer(run, "--jobs", "3"))

    def test_what_is_not_precise_enough_after_most_is_said(self):
        run = "precision: {half-width: 0.1 %, of: [system.wip], most: 12}"
        answer = self.answer(run)
        self.assertFalse(answer["precision"]["reached"])
        self.assertEqual(answer["points"][1]["replications"], 12)
        done = self.takt("compare", "-", stdin=QUEUE.replace("RUN", run))
        self.assertIn("not reached in 12 replications: system.wip of ", done.stdout)

    def test_options_decide_over_the_scenario(self):
        self.assertEqual(self.answer("precision: 10 %", "--replications", "3")["points"][0]["replications"], 3)
        answer = self.answer("replications: 3", "--precision", "50%")
        self.assertEqual(answer["precision"]["asked"], 0.5)
        self.assertEqual(answer["points"][0]["replications"], 10)
        both = self.takt("run", "-", "--precision", "1%", "--replications", "3", stdin=QUEUE)
        self.assertEqual(both.returncode, 2)

    def test_mixed_and_unknown_wishes_are_faults(self):
        self.fault("replications: 3, precision: 10 %", "`replications` or `precision`, not both")
        self.fault("precision: {half-width: 10 %, of: [system.wop]}", "2:57: error: there is no result 'system.wop'")
        done = self.takt("run", "-", "--set", "run.length=until empty", stdin=QUEUE.replace("RUN", "warm-up: auto"))
        self.assertIn("looks for a settled state", done.stderr)

    def fault(self, run, text):
        done = self.takt("check", "-", stdin=QUEUE.replace("RUN", run))
        self.assertEqual(done.returncode, 65)
        self.assertIn(text, done.stderr)

    def test_a_warm_up_is_found_and_kept_with_its_series(self):
        run = "warm-up: auto, replications: 2"
        answer = self.answer(run)
        found = answer["warm_up"]
        self.assertEqual((found["method"], found["pilots"], len(found["series"])), ("MSER-5", 10, 2))
        self.assertEqual(found["hours"], max(series["hours"] for series in found["series"]))
        self.assertEqual(answer, self.answer(run, "--jobs", "3"))
        given = self.answer(f"warm-up: {found['hours']} h, replications: 2")
        self.assertEqual([point["kpis"] for point in given["points"]], [point["kpis"] for point in answer["points"]])
        ran = self.takt("compare", "-", "-o", "kept.h5", stdin=QUEUE.replace("RUN", run))
        shown = self.expect(0, "show", "kept.h5", says="found by MSER-5 in 10 pilot runs")
        self.assertEqual(ran.stdout.splitlines()[:4], shown.stdout.splitlines()[:4])

    def test_a_single_run_has_intervals_from_batches_and_the_same_means(self):
        single = self.answer("replications: 1", "--set", "run.length=20000 h")
        first = {kpi["path"]: kpi for kpi in single["points"][0]["kpis"]}
        self.assertIn(first["system.wip"]["batches"], (10, 20, 40))
        self.assertLess(first["system.wip"]["half_width"], 0.5 * first["system.wip"]["mean"])
        self.assertNotIn("batches", first["system.wip.max"])
        self.takt("compare", "-", "-o", "one.h5", "--set", "run.length=20000 h",
                  stdin=QUEUE.replace("RUN", "replications: 1"))
        self.assertEqual(single, json.loads(self.takt("show", "one.h5", "--json").stdout))
        self.assertIn("from batches of this one run", self.takt("show", "one.h5").stdout)
        many = self.answer("replications: 2", "--set", "run.length=20000 h")
        for kpi in many["points"][0]["kpis"]:
            self.assertNotIn("batches", kpi)

    def test_antithetic_pairs_are_said_and_kept(self):
        run = "replications: 4, antithetic: yes"
        self.takt("run", "-", "-o", "pairs.h5", stdin=QUEUE.replace("RUN", run))
        self.expect(0, "show", "pairs.h5", says="4 antithetic pairs, seed 1")
        self.assertEqual(self.answer(run, "--jobs", "1"), self.answer(run, "--jobs", "3"))

    def test_a_run_too_short_to_settle_gets_a_warning(self):
        growing = QUEUE.replace("RUN", "warm-up: auto").replace("75 min", "30 min")
        done = self.takt("run", "-", "--quiet", stdin=growing)
        self.assertIn("had not settled in the first half", done.stdout)
        self.assertFalse(json.loads(self.takt("run", "-", "--quiet", "--json", stdin=growing).stdout)["warm_up"]["settled"])


class BadInput(Takt):
    def test_the_commonest_mistakes_are_said_where_they_stand(self):
        self.write("s.yaml", GOOD)
        self.expect(0, "check", "s.yaml")
        for good, bad, reason, hint in MISTAKES:
            with self.subTest(reason):
                self.assertIn(good, GOOD)
                self.write("s.yaml", GOOD.replace(good, bad))
                said = self.expect(65, "check", "s.yaml").stderr.splitlines()
                self.assertEqual(said[0], "s.yaml:" + reason)
                line, column = (int(number) for number in reason.split(":")[:2])
                self.assertEqual(said[2].strip(), "^")
                self.assertEqual(said[1][len(said[2]) - 1],
                                 GOOD.replace(good, bad).splitlines()[line - 1][column - 1])
                if hint:
                    self.assertEqual(said[3], "    hint: " + hint)
                self.assertEqual(said[-1], "1 error")

    def test_a_station_with_too_much_work_is_a_warning(self):
        self.write("s.yaml", GOOD.replace("  cut: {time: 5 min}", "  cut: {time: 12.5 min}"))
        for verb in ("check", "run"):
            said = self.expect(0, verb, "s.yaml").stderr
            self.assertIn("s.yaml:8:3: warning: station 'cut' would be busy 125 % of its time\n", said)
            self.assertIn("hint: add machines or hours, or use fewer orders\n", said)
        self.assertEqual(self.expect(0, "run", "s.yaml", "--quiet").stderr, "")

    def test_all_faults_are_listed_in_one_go(self):
        text = GOOD.replace("5 min", "5").replace("chair, every", "chiar, every") + "claims: [system.wpi = 3]\n"
        said = self.expect(65, "check", "-", stdin=text).stderr
        for reason in ("a time needs a unit", "there is no item 'chiar'"):
            self.assertIn(reason, said)
        said = self.expect(65, "check", "-", stdin=GOOD + "claims: [system.wpi = 3, system.wip ~ 3]\n").stderr
        for reason in ("there is no result 'system.wpi'", "a claim compares two sides", "2 errors"):
            self.assertIn(reason, said)

    def test_what_is_no_scenario_is_said_to_be_none(self):
        for content, reason in NO_SCENARIOS:
            with self.subTest(reason):
                self.write("s.yaml", content)
                began = time.monotonic()
                done = self.expect(65, "check", "s.yaml", says=reason)
                self.assertLess(time.monotonic() - began, 5)
                self.assertTrue(done.stderr.startswith("s.yaml:"), done.stderr[:200])
                self.assertLess(len(done.stderr), 4000)

    def test_a_long_text_is_read_and_not_printed_whole(self):
        self.write("s.yaml", GOOD.replace("Test", "x" * 5_000_000))
        self.expect(0, "check", "s.yaml")
        self.assertLess(len(self.expect(0, "run", "s.yaml").stdout), 5000)
        self.write("s.yaml", GOOD.replace("5 min", "x" * 5_000_000))
        self.assertLess(len(self.expect(65, "check", "s.yaml").stderr), 5000)

    def test_a_base_is_not_its_own_base_by_way_of_another(self):
        self.write("s.yaml", "takt: 1\nbase: t.yaml\nrun: {length: 1 h}\n")
        self.write("t.yaml", "takt: 1\nbase: s.yaml\nrun: {length: 1 h}\n")
        self.expect(65, "check", "s.yaml", says="t.yaml:2:7: error: 's.yaml' is its own base")

    def test_tables_are_faulted_in_their_own_lines(self):
        self.write("s.yaml", GOOD.replace("  chair:", "  table: T.csv\n  chair:"))
        for content, reason in BAD_TABLES:
            with self.subTest(reason):
                if content:
                    self.write("T.csv", content)
                self.expect(65, "check", "s.yaml", says=reason)
        self.write("s.yaml", GOOD.replace("  chair:", "  table: ../../../etc/passwd\n  chair:"))
        self.expect(65, "check", "s.yaml", says="lies outside the folder of this scenario")

    def test_a_fault_of_an_option_names_the_option(self):
        self.write("s.yaml", GOOD)
        for setting, reason, hint in BAD_SETS:
            with self.subTest(setting):
                said = self.expect(65, "run", "s.yaml", "--set", setting).stderr
                self.assertIn(f"--set {setting}: error: {reason}\n", said)
                if hint:
                    self.assertIn(f"    hint: {hint}\n", said)
        self.expect(0, "run", "s.yaml", "--set", "stations.cut.time=2 min")

    def test_names_that_differ_by_a_dash_only_are_refused(self):
        self.write("s.yaml", GOOD.replace("  glue: {", "  cut-x: {time: 1 min}\n  cut_x: {time: 1 min}\n  glue: {"))
        self.expect(65, "check", "s.yaml", says="s.yaml:10:3: error: 'cut_x' and 'cut-x' in line 9 differ only by - and _")

    def test_a_key_of_a_later_version_is_said_to_be_one(self):
        self.expect(65, "check", "-", stdin=GOOD + "lesson: {number: 1}\n",
                    says="'lesson' is part of the language, but this version of takt does not know it yet")


# Words on a line, the last of them begun, and how bash goes on.
COMPLETIONS = [
    (["takt", "comp"], ["compare", "completion"]),
    (["takt", "help", "sche"], ["schema"]),
    (["takt", "run", "--replications", "3", "--includ"], ["--include"]),
    (["takt", "trace", "line.yaml", "--stat"], ["--station"]),
    (["takt", "run", ""], ["line.yaml"]),
    (["takt", "fit", "t"], ["times.csv"]),
    (["takt", "run", "line.yaml", "-o", "t"], ["times.csv"]),
    (["takt", "run", "line.yaml", "--arm", ""], ["second-saw"]),
    (["takt", "trace", "line.yaml", "--station", "g"], ["glue"]),
    (["takt", "run", "line.yaml", "--set", "stations.cut.mach"], ["stations.cut.machines"]),
    (["takt", "run", "absent.yaml", "--arm", ""], []),
    (["takt", "run", "line.yaml", "--seed", ""], []),
]


class Help(Takt):
    def verbs(self):
        return self.expect(0, "completion", "verbs").stdout.split()

    def test_help_fits_on_a_narrow_terminal(self):
        for words in [["help"], *(["help", verb] for verb in self.verbs())]:
            for line in self.expect(0, *words).stdout.splitlines():
                self.assertLessEqual(len(line), 80, f"{words}: {line}")

    def test_the_overview_has_every_verb_in_a_group(self):
        overview = self.expect(0, "help").stdout
        self.assertLess(overview.index("\nPrepare\n"), overview.index("\n  new "))
        for verb in self.verbs():
            self.assertRegex(overview, rf"\n  {verb} +[a-z]")

    def test_help_shows_examples_before_options(self):
        for verb in self.verbs():
            said = self.expect(0, "help", verb).stdout
            self.assertLess(said.index(f"\n  takt {verb}"), said.index(f"\ntakt {verb} [options]"))
            self.assertLess(said.index(f"\ntakt {verb} [options]"), said.index("--help"))

    def test_manual_pages_are_right_roff_and_have_every_option(self):
        self.assertEqual(len(self.verbs()), len(set(self.verbs())))
        for words in [["help"], *(["help", verb] for verb in self.verbs())]:
            page = self.expect(0, *words, "--man").stdout
            self.assertIn(".SH NAME\ntakt", page)
            for option in re.findall(r"--([a-z-]+)", self.expect(0, *words).stdout.split("[options]")[-1]):
                if words != ["help"]:
                    self.assertIn("\\-\\-" + option.replace("-", "\\-"), page)
            if shutil.which("groff"):
                done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-z"], input=page, text=True, capture_output=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""), words)

    def test_bash_completes_verbs_options_files_and_names_of_the_scenario(self):
        self.starter()
        self.write("times.csv", "1\n2\n")
        os.mkdir(os.path.join(self.folder.name, "bin"))
        os.symlink(TAKT, os.path.join(self.folder.name, "bin", "takt"))
        script = 'PATH=$PWD/bin:$PATH; eval "$(takt completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); ' \
                 '_takt; printf "%s\\n" "${COMPREPLY[@]}"'
        for words, expected in COMPLETIONS:
            with self.subTest(" ".join(words)):
                done = subprocess.run(["bash", "--norc", "-c", script, "bash", *words], cwd=self.folder.name, text=True,
                                      capture_output=True, timeout=60)
                self.assertEqual(done.stderr, "")
                self.assertEqual([word for word in done.stdout.split() if word != "bin"], expected)

    def test_other_shells_read_what_is_for_them(self):
        for shell in ["bash", "zsh", "fish"]:
            name = self.write(shell, self.expect(0, "completion", shell, says="takt").stdout)
            if shutil.which(shell):
                done = subprocess.run([shell, "-n", name], cwd=self.folder.name, text=True, capture_output=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""), shell)
        self.expect(2, "completion", "csh", says="bash, zsh or fish is wanted")

    def test_names_of_a_scenario_are_listed(self):
        self.starter()
        self.assertEqual(self.expect(0, "completion", "stations", "line.yaml").stdout, "cut\nglue\npaint\n")
        paths = self.expect(0, "completion", "paths", "line.yaml").stdout.split()
        self.assertIn("stations.cut.machines", paths)
        self.assertIn("run.seed", paths)
        self.assertEqual(len(paths), len(set(paths)))
        self.expect(0, "check", "line.yaml", "--set", "stations.paint.batch.max=5")

    def test_an_option_of_another_verb_is_said_to_be_one(self):
        self.expect(2, "run", "a", "--station", "x", says="it is one of trace")
        self.expect(2, "run", "a", "--re", "3", says="--replications, --resume begin with '--re': which is meant?")


BEARINGS = ("17.88 28.92 33.00 41.52 42.12 45.60 48.48 51.84 51.96 54.12 55.56 67.80 68.64 68.64 68.88 84.12 93.12 98.64 "
            "105.12 105.84 127.92 128.04 173.40").split()

# Data that cannot be fitted, the options, and what is said with its place.
BAD_DATA = [
    ("a,b\n1,2\n3,4\n", [], "d.csv:1:1: error: which of the 2 columns? a, b"),
    ("a,b\n1,2\n3,4\n", ["--column", "bb"], "there is no column 'bb' among a, b"),
    ("a,b\n1,2\n3,4\n", ["--column", "bb"], "did you mean 'b'?"),
    ("a\n1\nx\n3\n", [], "d.csv:3:1: error: 'x' is no number"),
    ("a\n1\n3 min\n", [], "d.csv:3:1: error: this cell has a unit of its own"),
    ("a\n1\n2 EUR\n", ["--unit", "min"], "d.csv:3:1: error: this cell has a unit of its own"),
    ("a [h]\n1\n2\n", ["--unit", "min"], "d.csv:1:1: error: this column is in h, and --unit says min"),
    ("a\n1\n2\n", ["--unit", "mim"], "--unit mim"),
    ("a,b\n1,2\n3\n", ["--column", "a"], "d.csv:3:1: error: this row has 1 cell, the header has 2"),
    ("a;b\n1;2\n", [], "the cells are separated by semicolons, not by commas"),
    ("a\n1\n2\n3\n4\n", [], "there are 4 values, at least five are wanted"),
    ("1 000\n2\n", [], "d.csv:1:2: error: a number has no blanks"),
    ("a\n1\n2\n", ["--arrivals"], "d.csv:2:1: error: a moment is a date"),
    ("a\n2027-01-04 06:00\n7\n", ["--arrivals"], "d.csv:3:1: error: the cells above are dates, this is none"),
    ("a\n2027-02-30 06:00\n", ["--arrivals"], "d.csv:2:1: error: there is no date 2027-02-30"),
    ("a\n5\n5\n5\n5\n5\n", ["--arrivals", "--unit", "min"], "all arrivals are at one moment"),
]

FITTED = """takt: 1
run: {start: 2027-01-04 00:00, length: 1 wk, replications: 2}
items: {part: {route: [saw]}}
stations: {saw: {time: TIME, machines: 9}}
"""


class Fit(Takt):
    def lines(self, *words, **more):
        done = self.expect(0, "fit", *words, **more)
        return done.stdout.split("For a scenario")[1].split("\n", 1)[1]

    def test_its_lines_are_lines_of_a_scenario(self):
        self.write("lives.csv", "life\n" + "\n".join(BEARINGS) + "\n")
        lines = self.lines("lives.csv", "--unit", "min")
        self.assertIn("  time: gamma(mean=72.22 cv=0.4984) min\n", lines)
        self.assertIn("  time: empirical(lives.csv life) min", lines)
        for line in lines.strip().splitlines():
            self.write("s.yaml", FITTED.replace("TIME", line.split(": ", 1)[1].split("   #")[0])
                       + "releases: {pile: {item: part, every: 1 h}}\n")
            self.expect(0, "run", "s.yaml")

    def test_every_law_that_it_fits_is_read_by_check(self):
        self.write("lives.csv", "life\n" + "\n".join(BEARINGS) + "\n")
        found = json.loads(self.expect(0, "fit", "lives.csv", "--unit", "min", "--json").stdout)
        self.assertEqual(len([law for law in found["laws"] if "text" in law]), 10)
        self.write("counts.csv", "n\n" + "1\n3\n2\n2\n8\n1\n4\n" * 6)
        found["laws"] += json.loads(self.expect(0, "fit", "counts.csv", "--json").stdout)["laws"]
        for law in found["laws"]:
            if "text" not in law:
                continue
            with self.subTest(law["text"]):
                place = "every" if "min" in law["text"] else "every: 1 h, size"
                self.write("s.yaml", FITTED.replace("TIME", "1 min")
                           + f"releases: {{pile: {{item: part, {place}: {law['text']}}}}}\n")
                self.expect(0, "check", "s.yaml")

    def test_the_page_and_json_say_the_same(self):
        self.write("lives.csv", "life\n" + "\n".join(BEARINGS) + "\n")
        page = self.expect(0, "fit", "lives.csv", "--unit", "min", says="exponential  refuted").stdout
        found = json.loads(self.expect(0, "fit", "lives.csv", "--unit", "min", "--json").stdout)
        laws = {law["law"]: law for law in found["laws"]}
        self.assertAlmostEqual(laws["weibull"]["arguments"]["shape"], 2.1020588752, places=9)
        self.assertAlmostEqual(laws["exponential"]["anderson_darling"]["statistic"], 2.8114444822, places=9)
        self.assertEqual(len(laws["gamma"]["quantiles"]), 23)
        self.assertEqual(found["observed_quantiles"], [float(x) for x in BEARINGS])
        for law in found["laws"]:
            self.assertRegex(page, rf"{law['law']} +{law['verdict']}")

    def test_few_and_sorted_values_are_warned_of(self):
        text = "\n".join(BEARINGS)
        said = self.expect(0, "fit", "-", "--unit", "min", stdin=text).stderr
        self.assertIn("23 values are few", said)
        self.assertIn("the values are sorted", said)
        self.assertEqual(self.expect(0, "fit", "-", "--unit", "min", "-q", stdin=text).stderr, "")
        said = self.expect(0, "fit", "-", "--unit", "min", stdin=text + "\n90000\n").stderr
        self.assertIn("-:24:1: warning: 90000 lies far from the others", said)

    def test_what_is_no_chance_or_two_things_is_said(self):
        self.write("d.csv", "a [min]\n" + "5\n" * 6)
        self.assertEqual(self.lines("d.csv"), "  time: 5 min\n")
        self.assertEqual(json.loads(self.expect(0, "fit", "d.csv", "--json").stdout)["max"], 5)
        self.write("d.csv", "a [min]\n" + "0\n7\n9.5\n0\n12\n" * 8)
        said = self.expect(0, "fit", "d.csv").stderr
        self.assertIn("16 of 40 values are 0", said)
        mixture = re.search(r"mixture\(.*\)", said)[0].replace("LAW", "exponential(9 min)")
        self.write("s.yaml", FITTED.replace("TIME", mixture) + "releases: {pile: {item: part, every: 1 h}}\n")
        self.expect(0, "check", "s.yaml")

    def test_data_are_faulted_where_they_stand(self):
        for content, words, reason in BAD_DATA:
            with self.subTest(reason):
                self.write("d.csv", content)
                self.expect(65, "fit", "d.csv", *words, says=reason)
        self.write("d.csv", "a\n1\n2\n4\n3\n9\n")
        self.expect(2, "fit", "d.csv", "--laws", "gama", says="did you mean 'gamma'?")
        self.expect(2, "fit", "d.csv", "-o", "x", says="-o keeps the rates of --arrivals")
        self.expect(2, "fit", "d.csv", "--arrivals", "--every", "7 h", "--unit", "min", says="must divide the day")
        self.expect(66, "fit", "absent.csv", says="absent.csv")

    def test_arrivals_become_a_stream_that_runs(self):
        hours = [hour + part / (1 + hour % 24 // 6) for hour in range(24 * 21) for part in range(1 + hour % 24 // 6)]
        self.write("at.csv", "at [h]\n" + "".join(f"{hour + 0.003 * (i % 7):.5f}\n" for i, hour in enumerate(hours)))
        lines = self.lines("at.csv", "--arrivals", "-o", "rates.csv")
        self.assertIn("  rate: arrivals-rate", lines)
        with open(os.path.join(self.folder.name, "rates.csv"), encoding="utf-8") as file:
            self.assertEqual(len(file.readlines()), 25)
        drivers = lines.split("  rate:")[0].replace("\n  ", "\n")[2:]
        self.write("s.yaml", FITTED.replace("TIME", "1 min") + drivers
                   + "releases: {pile: {item: part, rate: arrivals-rate}}\n")
        done = json.loads(self.expect(0, "run", "s.yaml", "--json", "--replications", "20").stdout)
        kpi = [k for k in done["points"][0]["kpis"] if k["path"] == "system.throughput"][0]
        self.assertAlmostEqual(kpi["mean"], 2.5, delta=3 * kpi["half_width"])

    def test_a_week_and_half_hours_are_written_so_that_they_can_be_read(self):
        moments = []
        for hour in range(24 * 7 * 6):
            many = 12 if (hour % 24 + 5 * (hour // 24 % 7)) % 24 < 12 else 2
            day = hour // 24
            month, day_of_month = (1, day + 4) if day < 28 else (2, day - 27)
            moments += [f"2027-{month:02d}-{day_of_month:02d} {hour % 24:02d}:{60 * i // many:02d}:{7 * i % 60:02d}"
                        for i in range(many)]
        self.write("at.csv", "at\n" + "\n".join(moments) + "\n")
        lines = self.lines("at.csv", "--arrivals", "--every", "30 min")
        self.assertIn("arrivals-Sun", lines)
        drivers = lines.split("  rate:")[0].replace("\n  ", "\n")[2:]
        self.write("s.yaml", FITTED.replace("TIME", "1 min") + drivers
                   + "releases: {pile: {item: part, rate: arrivals-rate}}\n")
        self.expect(0, "run", "s.yaml")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
