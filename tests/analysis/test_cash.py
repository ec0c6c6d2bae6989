#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cash by month in a file of results is what the ledger says at horizons that are ends of months.

    tests/analysis/test_cash.py [build/takt]"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import h5py
    import numpy
except ImportError as error:
    print(f"skipped: {error} (apt install python3-h5py)")
    sys.exit(77)

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
ENDS = [sum(DAYS[:month + 1]) for month in range(12)]
FLOOR = """items: {part: {price: 3 EUR, cost: 1 EUR, route: {saw: exponential(1 h)}}}
stations: {saw: {cost: 0.5 EUR/h}}
customers: {shop: {buys: part, from: factory, rate: 0.5 /h}}
"""


class Cash(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_takt(self, *arguments):
        done = subprocess.run([TAKT, *arguments, "-q"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def kept(self, text, *more, name="cash.h5"):
        path = self.folder / "cash.yaml"
        path.write_text("takt: 1\n" + text, encoding="utf-8")
        file = self.folder / name
        self.run_takt("run", str(path), "-o", str(file), *more)
        return file

    def test_it_is_what_the_ledger_says_at_the_ends_of_months(self):
        horizons = ", ".join(f"{end} d" for end in ENDS)
        text = (f"run: {{start: 2026-01-01, warm-up: 40 h, length: 365 d, horizons: [{horizons}], replications: 3}}\n"
                f"{FLOOR}money: {{cash: 500 EUR, fixed: 365 EUR/y, tax: 20 %, flows: [-100 EUR at 45 d]}}\n")
        with h5py.File(self.kept(text)) as file:
            cash, money = file["money/cash"], file["money"]
            self.assertEqual(cash.shape, (1, 3, 12))
            self.assertEqual([d.label or d[0].name.split("/")[-1] for d in cash.dims],
                             ["point", "replication", "month"])
            self.assertEqual(cash.attrs["path"], "money.cash")
            self.assertEqual(cash.dims[2][0][:].tolist(), list(range(1, 13)))
            ledger = {name.decode(): money["ledger"][..., i] for i, name in enumerate(money["account"][:])}
            left = 500 + ledger.pop("revenue") - sum(ledger.values())
            numpy.testing.assert_allclose(cash[0], left[0].T, rtol=0, atol=1e-6)
            self.assertGreater(numpy.ptp(cash[0, :, -1]), 0)

    def test_overhead_and_payments_by_hand(self):
        text = ("run: {start: 2026-01-01, length: 100 d, replications: 1}\n"
                "items: {x: {route: {saw: 1 h}}}\nreleases: {in: {item: x, at: [0 h]}}\nstations: {saw: {}}\n"
                "money: {cash: 70 EUR, fixed: 365 EUR/y, flows: [-10 EUR at 40 d]}\n")
        with h5py.File(self.kept(text)) as file:
            self.assertEqual(file["money/cash"][0, 0].tolist(), [70 - 31, 70 - 59 - 10, 70 - 90 - 10])

    def test_a_run_that_goes_on_keeps_it(self):
        text = f"run: {{start: 2026-01-01, length: 90 d, replications: 2}}\n{FLOOR}money: {{cash: 5 EUR}}\n"
        self.kept(text)
        grown = self.kept(text, "--replications", "4", "--resume")
        whole = self.kept(text, "--replications", "4", name="whole.h5")
        with h5py.File(grown) as a, h5py.File(whole) as b:
            self.assertEqual(a["money/cash"].shape, (1, 4, 3))
            numpy.testing.assert_array_equal(a["money/cash"][:], b["money/cash"][:])
        rows = self.run_takt("export", str(grown), "--format", "csv", "--table", "sequences").splitlines()
        self.assertEqual(sum("money.cash" in row for row in rows), 12, rows[:3])

    def test_where_nothing_is_posted_by_month_it_costs_nothing(self):
        with h5py.File(self.kept(f"run: {{length: 90 d, replications: 1}}\n{FLOOR}")) as file:
            self.assertNotIn("money/cash", file)
            self.assertNotIn("sequences", file)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
