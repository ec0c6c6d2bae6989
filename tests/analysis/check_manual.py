#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the examples of the manual, of the README and of scenarios/first, so that none says what is not so.

    tests/analysis/check_manual.py [build/takt]

Every ```yaml block is a whole scenario and must be right, with no claim refuted. In the manual every law has an example,
which is run. In the README the output that stands below a command is what that command prints, and the Python example
runs on a file of results."""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
HOUSE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))

LAW = """takt: 1
run: {length: 10 h}
items: {part: {route: [saw]}}
releases: {arrivals: {item: part, every: 10 min%s}}
stations: {saw: {time: %s}}
"""


def takt(*words, stdin="", folder=None):
    return subprocess.run([TAKT, *words], input=stdin, text=True, capture_output=True, timeout=120, cwd=folder or HOUSE)


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def readme():
    with open(os.path.join(HOUSE, "README.md"), encoding="utf-8") as file:
        return file.read()


def without_seconds(text):
    """The output but for its last line, which says how long it took on how many threads."""
    return [line for line in text.strip().splitlines() if not re.match(r"[0-9.e-]+ s( on|;)", line)]


class Manual(unittest.TestCase):
    def setUp(self):
        self.manual = takt("doc").stdout

    def run_example(self, example):
        done = takt("compare", "-", "--quiet", stdin=example)
        self.assertEqual(done.returncode, 0, example + done.stdout + done.stderr)

    def test_its_scenarios_run(self):
        examples = blocks(self.manual, "yaml")
        self.assertGreaterEqual(len(examples), 2)
        for example in examples:
            self.run_example(example)

    def test_its_laws_are_laws(self):
        chapter = self.manual.split("\n## Laws\n")[1].split("\n## ")[0]
        laws = re.findall(r"^\| `([a-z-]+)` \| .*? \| `([^`]+)` \| [A-Z]", chapter, re.MULTILINE)
        self.assertEqual(len(laws), chapter.count("\n| `"))
        for name, example in laws:
            with self.subTest(name):
                a_time = re.search(r"\b(s|min)\b", example)
                self.run_example(LAW % (("", example) if a_time else (f", size: {example}", "3 min")))

    def test_its_links_lead_somewhere(self):
        headings = {re.sub(r"[^a-z0-9 _-]", "", line.lstrip("# ").lower()).replace(" ", "-")
                    for line in self.manual.splitlines() if line.startswith("#")}
        for link in set(re.findall(r"\]\(#([^)]+)\)", self.manual)):
            self.assertIn(link, headings)

    def test_every_unit_is_one(self):
        chapter = self.manual.split("\n## Quantities\n")[1].split("\n## ")[0]
        times = re.search(r"^\| a time \| (.*) \|$", chapter, re.MULTILINE)[1]
        for unit in re.findall(r"`([a-z]+)`", times):
            self.assertEqual(takt("check", "-", stdin=LAW % ("", f"1 {unit}")).returncode, 0, unit)


class FirstScenarios(unittest.TestCase):
    def test_they_are_right_and_so_are_their_claims(self):
        folder = os.path.join(HOUSE, "scenarios", "first")
        for name in sorted(os.listdir(folder)):
            with self.subTest(name):
                path = os.path.join(folder, name)
                self.assertEqual(takt("check", path).stderr, "")
                done = takt("compare", path)
                self.assertEqual(done.returncode, 0)
                self.assertRegex(done.stdout, r"[1-9]\d* supported, 0 undecided, 0 refuted")

    def test_the_bottleneck_of_the_flagship_is_busy_and_not_overloaded(self):
        path = os.path.join("scenarios", "first", "bracket-works.yaml")
        loads = [station["load"] for station in json.loads(takt("check", path, "--json").stdout)["stations"]]
        self.assertTrue(0.80 <= max(loads) <= 0.92, loads)


class Readme(unittest.TestCase):
    def test_its_output_is_what_takt_prints(self):
        [scenario] = blocks(readme(), "yaml")
        shown = [block for block in blocks(readme(), "text") if block.startswith("$ build/takt")]
        self.assertGreaterEqual(len(shown), 1)
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "workshop.yaml"), "w", encoding="utf-8") as file:
                file.write(scenario)
            for block in shown:
                command, _, output = block.partition("\n")
                words = shlex.split(command)[2:]
                here = HOUSE if words[1].startswith("scenarios/") else folder
                done = takt(*words, folder=here)
                self.assertEqual(done.returncode, 0, done.stderr)
                printed, wanted = without_seconds(done.stdout), without_seconds(output)
                if "[...]" in wanted:  # only parts are shown
                    for part in re.split(r"^\[\.\.\.\]$", "\n".join(wanted), flags=re.MULTILINE):
                        self.assertIn(part.strip("\n"), "\n".join(printed))
                else:
                    self.assertEqual(printed, wanted)

    def test_its_python_reads_results(self):
        try:
            import h5py  # noqa: F401
        except ImportError:
            self.skipTest("h5py is not installed")
        [code] = blocks(readme(), "python")
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "build"))
            path = os.path.join(folder, "build", "bracket-works.h5")
            made = takt("compare", "scenarios/first/bracket-works.yaml", "--replications", "2", "-o", path)
            self.assertEqual(made.returncode in (0, 1), True, made.stderr)
            done = subprocess.run([sys.executable, "-c", code], cwd=folder, text=True, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.strip())

    def test_the_files_that_it_names_are_there(self):
        for path in set(re.findall(r"`((?:sim|models|scenarios|analysis|tests)/[\w./-]+\.(?:c|h|yaml|md|py))`", readme())):
            self.assertTrue(os.path.exists(os.path.join(HOUSE, path)), path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
