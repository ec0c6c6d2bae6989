#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a programme may change it does change, and what it may not is refused in words.

    tests/analysis/test_live.py [build/takt]

Every number of the resolved scenarios below, given or by itself, is changed by a programme of its own. `takt check` must
then take it, or refuse it with a reason; a change that does nothing is only right for the keys in IDLE."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
FILES = """first/line first/shop-and-stock oracles/hiring oracles/price-breaks oracles/vehicle-loop oracles/churn
oracles/lane-consolidation oracles/ddmrp"""
SECTIONS = "items stations customers releases stocks suppliers crews lanes vehicles money cards sites plans".split()

# There is nothing for them to act on: an item without a stock, a time that every step replaces, the share of a source that
# is the only one.
IDLE = re.compile(r"items\.\w+\.(holding|cost)|stations\.\w+\.(time|load|unload|scrap|cascade)|"
                  r"stocks\.\w+\.(lead-time|from\.\w+\.share)")


def leaves(node, path=""):
    """Paths of all numbers."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif re.match(r"-?\d", str(node)) and path.split(".")[0] in SECTIONS:
        yield path, str(node)


def others(value):
    """Values to try instead, until one is of the right kind and in range."""
    unit = value[1:].strip()
    if not re.match(r"0($| )", value):
        return ["times 1.5", "times 0.5", "plus 1"]
    return [f"1 {unit}", f"1 EUR {unit}", f"1 EUR{unit}"] if unit else ["1", "0.5", "1 EUR", "1 h"]


class Live(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def resolved(self, path):
        kept = os.path.join(self.folder.name, "kept.h5")
        command = [TAKT, "run", path, "-q", "-o", kept, "--replications", "1", "--set", "run.length=1 h"]
        subprocess.run(command, capture_output=True, check=False)
        with h5py.File(kept) as file:
            return json.loads(file["scenario/resolved"][()])

    def check(self, scenario, path, value):
        probe = os.path.join(self.folder.name, "probe.yaml")
        change = f'programmes: {{probe: {{at: 0 s, change: {{"{path}": {value}}}}}}}'
        pathlib.Path(probe).write_text(f"takt: 1\nbase: {scenario}\nchange:\n  {change}\n", encoding="utf-8")
        done = subprocess.run([TAKT, "check", probe, "--include", "/"], capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 65), f"{scenario}: {path}: {value}: {done.stderr}")
        if done.returncode:
            self.assertIn("error: ", done.stderr, f"{scenario}: {path}: {value}")
        return done

    def outcome(self, scenario, path, value):
        found = "refused"
        for other in others(value):
            done = self.check(scenario, path, other)
            if "cannot change during a run" in done.stderr:
                return "fixed"
            if done.returncode == 0 and "does nothing" not in done.stderr:
                return "changed"
            if done.returncode == 0:
                found = "idle"
        return found

    def test_every_number_changes_or_is_refused(self):
        count = {"changed": 0, "fixed": 0, "idle": 0, "refused": 0}
        for name in FILES.split():
            scenario = str(SCENARIOS / f"{name}.yaml")
            for path, value in leaves(self.resolved(scenario)):
                outcome = self.outcome(scenario, path, value)
                count[outcome] += 1
                if outcome == "idle":
                    self.assertRegex(path, IDLE, f"{name}: a change of {path} does nothing")
        self.assertGreater(count["changed"], 100)
        self.assertGreater(count["fixed"], 50)
        self.assertLess(count["refused"], 30)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
