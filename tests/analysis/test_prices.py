#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All prices twice as high: all money is doubled, and nothing else moves.

    tests/analysis/test_prices.py [build/takt]

Every amount of money in the scenarios below is doubled in their text. Accounts, expenses and worth must then double, and
every other result stay as it is, for nothing in these files decides by an amount of money alone."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
FILES = """first/bracket-works first/shop-and-stock oracles/hiring oracles/work-force oracles/two-sources
oracles/lane-freight oracles/newsvendor oracles/energy oracles/net-present-value oracles/late-order oracles/price-breaks"""

AMOUNT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?= k?EUR)")
MONEY = re.compile(r"money\.(?!irr|payback|cash-to-cash)"
                   r"|.*\.(expense|tariffs|revenue|margin|lost-margin|cost-to-serve|unit-cost|planned-cost)(\.\w+)?$")


def doubled(text):
    """The text with every amount of money twice as high."""
    lines = text.split("\n")
    return "\n".join(AMOUNT.sub(lambda match: repr(2 * float(match[1])), line) for line in lines)


class Prices(unittest.TestCase):
    def results(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "prices.yaml")
            path.write_text(text, encoding="utf-8")
            done = subprocess.run([TAKT, "run", str(path), "--json", "-q", "--replications", "2"],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        kpis = json.loads(done.stdout)["points"][0]["kpis"]
        return {(kpi["path"], kpi["horizon"]): kpi["mean"] for kpi in kpis}

    def test_all_money_is_doubled_and_nothing_else(self):
        for name in FILES.split():
            text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8").partition("\nclaims:")[0] + "\n"
            once, twice = self.results(text), self.results(doubled(text))
            self.assertEqual(once.keys(), twice.keys(), name)
            spent = 0
            for (path, horizon), value in once.items():
                where, other = f"{name}: {path} at {horizon}", twice[path, horizon]
                if value is None or other is None:
                    self.assertEqual(value, other, where)
                    continue
                factor = 2 if MONEY.match(path) else 1
                spent += factor == 2 and value != 0
                self.assertLessEqual(abs(other - factor * value), 1e-4 + 1e-6 * abs(other), where)
            self.assertGreater(spent, 5, f"{name} has no money to speak of")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
