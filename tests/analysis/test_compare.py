#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparing and selecting arms, each number worked out once more from the raw values in the file of results.

    tests/analysis/test_compare.py [build/takt]
"""
import json
import math
import os
import subprocess
import sys
import tempfile
import unittest

try:
    import h5py
    import numpy
except ImportError:
    h5py = None

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")

# One machine, or two of half the speed, with the same arrivals and the same work (scaled); and two other arms.
ARMS = """takt: 1
run: {length: 300 h, warm-up: 20 h, replications: 30, horizons: [100 h, 300 h]}
items: {job: {route: [work]}}
stations: {work: {time: exponential(0.9 min)}}
releases: {arrivals: {item: job, rate: 1 /min}}
arms:
  two: {change: {stations.work.machines: 2, stations.work.time: exponential(1.8 min)}}
  slow: {change: {stations.work.time: exponential(0.95 min)}}
  steady: {change: {stations.work.time: 0.9 min}}
"""
# 100 EUR are paid, and earned again by the tenth sale: in most months.
PAYS = """takt: 1
run: {length: 30 d, replications: 40}
items: {part: {price: 10 EUR, route: [saw]}}
stations: {saw: {time: 1 h}}
customers: {shop: {buys: part, from: factory, rate: 0.4 /d}}
money: {flows: [-100 EUR at 0 h]}
"""
# An arm from the state of the base on, and one that takes an hour longer: an hour of six lots a machine that works four.
LATER = """takt: 1
run: {length: 4 h, warm-up: 3 h, horizons: [1 h, 2 h, 3 h, 4 h]}
items: {job: {route: {saw: 15 min}}}
stations: {saw: 1}
releases: {in: {item: job, every: 10 min}}
arms:
  at-once: {change: {stations.saw.machines: 2}}
  from-now: {at: 0 h, change: {stations.saw.machines: 2}}
  from-then: {at: 1 h, change: {stations.saw.machines: 2}}
"""
WAIT = "stations.work.queue.wait"


class Arms(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        with open(os.path.join(self.folder.name, "arms.yaml"), "w", encoding="utf-8") as file:
            file.write(ARMS)

    def tearDown(self):
        self.folder.cleanup()

    def takt(self, *words, code=0):
        quiet = [] if words[0] == "show" else ["--quiet"]
        done = subprocess.run([TAKT, *words, *quiet], text=True, capture_output=True, cwd=self.folder.name,
                              timeout=300, check=False)
        self.assertEqual(done.returncode, code, f"{done.stdout[-2000:]}{done.stderr}")
        return done

    def compare(self, *words):
        """What --json says of a comparison."""
        return json.loads(self.takt("compare", "arms.yaml", "--json", *words).stdout)

    def values(self, name):
        """Waits at the last horizon: (point, replication), NaN where there is none."""
        if h5py is None:
            self.skipTest("h5py is not installed")
        with h5py.File(os.path.join(self.folder.name, name)) as file:
            return file["stations/queue_wait"][:, -1, :, 0]


def normal_quantile(share):
    """By bisection of the error function."""
    low, high = -10.0, 10.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 + math.erf(middle / math.sqrt(2))) / 2 < share else (low, middle)
    return low


class Closely(Arms):
    """--quantity: its numbers from the raw values, by formulas in other shapes than takt's."""

    def looked(self):
        self.takt("compare", "arms.yaml", "-o", "q.h5")
        answer = json.loads(self.takt("show", "q.h5", "--json", "--quantity", WAIT).stdout)
        self.assertEqual(answer["path"], WAIT)
        return answer["points"], numpy.sort(self.values("q.h5"), axis=1), self.values("q.h5")

    def test_an_interval_of_a_quantile_holds_it_in_95_of_100(self):
        points, waits, _ = self.looked()
        n = waits.shape[1]
        chance = [[math.comb(n, k) * q**k * (1 - q)**(n - k) for k in range(n + 1)] for q in (.05, .25, .5, .75, .95)]
        for point, values in zip(points, waits):
            for name, q, parts in zip(("p5", "p25", "p50", "p75", "p95"), (.05, .25, .5, .75, .95), chance):
                told = point[name]
                self.assertAlmostEqual(told["value"], numpy.quantile(values, q))
                # Ranks of the ends, from 1: the quantile lies between them when low <= values below it < high.
                low = 0 if told["low"] is None else 1 + list(values).index(told["low"])
                high = n + 1 if told["high"] is None else 1 + list(values).index(told["high"])
                self.assertGreaterEqual(sum(parts[low:high]), 0.95)
                self.assertGreater(sum(parts[:low + 1]), 0.025 if low < n else 0)  # and no narrower one would do
                self.assertGreater(sum(parts[high - 1:]), 0.025 if high > 1 else 0)

    def test_the_worst_twentieth_is_the_mean_of_the_longest_waits(self):
        points, waits, _ = self.looked()
        for point, values in zip(points, waits):
            self.assertEqual((point["least"], point["most"]), (values[0], values[-1]))
            self.assertAlmostEqual(point["worst"], (values[-1] + 0.5 * values[-2]) / 1.5)  # 5 % of 30

    def test_better_in_so_many_replications_and_times_as_much(self):
        points, _, waits = self.looked()
        n, z = waits.shape[1], normal_quantile(0.975)
        self.assertNotIn("against", points[0])
        for point, values in zip(points[1:], waits[1:]):
            share = (values < waits[0]).mean()
            self.assertEqual((point["against"], point["better"]["value"]), (0, share))
            for end in (point["better"]["low"], point["better"]["high"]):  # Wilson: |share - end| = z sd(end)
                self.assertAlmostEqual(abs(share - end), z * math.sqrt(end * (1 - end) / n), places=6)
            ratio = point["ratio"]
            self.assertAlmostEqual(ratio["value"], values.mean() / waits[0].mean())
            for end in (ratio["low"], ratio["high"]):  # Fieller: the t test of values - end * base is at its limit
                rest = values - end * waits[0]
                t = abs(rest.mean()) / (rest.std(ddof=1) / math.sqrt(n))
                self.assertAlmostEqual(t, 2.045229642, places=6)  # t, 29 degrees of freedom, 97.5 %

    def test_a_time_to_an_event_counts_those_that_never_saw_it(self):
        with open(os.path.join(self.folder.name, "pays.yaml"), "w", encoding="utf-8") as file:
            file.write(PAYS)
        payback = "money.payback"
        self.takt("run", "pays.yaml", "-o", "p.h5")
        point = json.loads(self.takt("show", "p.h5", "--json", "--quantity", payback).stdout)["points"][0]
        if h5py is None:
            self.skipTest("h5py is not installed")
        with h5py.File(os.path.join(self.folder.name, "p.h5")) as file:
            times = file["money/payback"][0, -1].ravel()
        n, end, z = len(times), 720, normal_quantile(0.975)
        self.assertTrue(0 < numpy.isnan(times).sum() < n)  # or the test says nothing
        self.assertIsNone(point["mean"])
        self.assertAlmostEqual(point["mean_until"], numpy.where(numpy.isnan(times), end, times).mean())
        self.assertEqual([part["time"] for part in point["within"]], [180, 360, 540, 720])
        for part in point["within"]:
            share = (times <= part["time"]).mean()
            self.assertAlmostEqual(part["share"]["value"], share)
            if not 0 < share < 1:
                continue
            # Nobody is lost sight of before the end, so that Greenwood's variance is that of a share.
            left, spread = 1 - share, z * math.sqrt(share / (n * (1 - share))) / abs(math.log(1 - share))
            self.assertAlmostEqual(part["share"]["low"], 1 - left**math.exp(-spread))
            self.assertAlmostEqual(part["share"]["high"], 1 - left**math.exp(spread))
        middle = numpy.quantile(numpy.where(numpy.isnan(times), numpy.inf, times), 0.5)
        self.assertAlmostEqual(point["p50"]["value"], middle)
        self.assertIsNone(point["p95"]["value"])  # later than the run
        self.assertIn("later", self.takt("show", "p.h5", "--quantity", payback).stdout)

    def test_one_long_run_is_judged_by_its_batches(self):
        text = self.takt("run", "arms.yaml", "--replications", "1", "--set", "run.length=20000 h", "--set",
                         "stations.work.time=exponential(0.5 min)", "--quantity", WAIT).stdout
        self.assertRegex(text, "from (40|20) batches")
        self.assertIn("from overlapping tenths", text)
        self.assertIn("Neighbours among 40 batches correlate by", text)

    def test_what_nobody_has_is_said(self):
        done = self.takt("run", "arms.yaml", "--replications", "2", "--quantity", "stations.work.queue.wiat", code=2)
        self.assertIn("there is no result 'stations.work.queue.wiat'; did you mean 'stations.work.queue.wait'?",
                      done.stderr)


class Compare(Arms):
    def test_the_luck_that_is_saved_is_that_of_the_values(self):
        answer = self.compare("-o", "a.h5")
        waits = self.values("a.h5")
        for d in answer["differences"]:
            if d["kpi"] != WAIT or d["horizon"] != answer["differences"][-1]["horizon"]:
                continue
            arm = [p["arm"] for p in answer["points"]].index(d["a"])
            a, b = waits[arm], waits[0]
            saved = (a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1)
            self.assertAlmostEqual(d["saved"] / saved, 1, places=6)
            self.assertAlmostEqual(d["correlation"], numpy.corrcoef(a, b)[0, 1], places=6)
            self.assertAlmostEqual(d["mean"], (a - b).mean(), places=12)

    def test_the_same_luck_is_worth_what_luck_of_their_own_costs(self):
        """M/M/1 and M/M/2 with other seeds: the variance of the difference is really as many times larger. Two
        variances of 30 differences: their ratio is within 1/3.4 and 3.4 in 999 of 1000 cases (F with 29 and 29)."""
        answer = self.compare("-o", "a.h5")
        self.compare("-o", "b.h5", "--seed", "2")
        same, other = self.values("a.h5"), self.values("b.h5")
        apart = (same[1] - other[0]).var(ddof=1) / (same[1] - same[0]).var(ddof=1)
        [two] = [d for d in answer["differences"] if d["kpi"] == WAIT and d["a"] == "two"][-1:]
        self.assertGreater(two["saved"], 100)
        self.assertTrue(1 / 3.4 < apart / two["saved"] < 3.4, (apart, two["saved"]))

    def test_which_is_best_is_said_of_what_has_a_direction(self):
        answer = self.compare()
        best = {(b["kpi"], b["horizon"], b["arm"]): b for b in answer["best"]}
        last = answer["best"][-1]["horizon"]
        self.assertEqual(best[WAIT, last, "steady"]["best"], "yes")
        self.assertEqual(best[WAIT, last, "slow"]["best"], "no")
        self.assertNotIn("stations.work.utilization", {b["kpi"] for b in answer["best"]})
        for b in answer["best"]:
            self.assertTrue(b["low"] is None or b["low"] <= 0 <= b["high"], b)


class Select(Arms):
    KN = ("--select", "best", "--of", WAIT, "--indifference", "12 s")

    def kn(self, waits, replications, zone, first=10, alpha=0.05):
        """Kim and Nelson's procedure over and over, from the raw values; less is better. (best, stages of those out)"""
        count = len(waits)
        h2 = 2 * 0.5 * ((2 * alpha / (count - 1)) ** (-2 / (first - 1)) - 1) * (first - 1)
        spread = [[numpy.var(waits[i][:first] - waits[j][:first], ddof=1) for j in range(count)] for i in range(count)]
        inside, out, r = set(range(count)), {}, first
        while len(inside) > 1:
            means = {i: -waits[i][:r].mean() for i in inside}
            beaten = {i for i in inside for j in inside if i != j and means[j] - means[i]
                      > max(0, zone / (2 * r) * (h2 * spread[i][j] / zone**2 - r))}
            out.update({i: r for i in beaten})
            inside -= beaten
            r += 1
            self.assertLessEqual(r - 1, max(replications))
        return inside.pop(), out

    def test_kn_is_that_of_the_paper(self):
        for zone in (12, 3):
            answer = self.compare("--select", "best", "--of", WAIT, "--indifference", f"{zone} s", "-o", "k.h5")["selection"]
            replications = [p["replications"] for p in answer["points"]]
            best, out = self.kn(self.values("k.h5"), replications, zone / 3600)
            self.assertTrue(answer["decided"])
            self.assertEqual((answer["best"], answer["arm"]), (best, "steady"))
            self.assertEqual([p["out_after"] for p in answer["points"]], [out.get(i) for i in range(4)])
            self.assertEqual(sum(replications), answer["replications"])
            self.assertAlmostEqual(answer["indifference"], zone / 3600)
            os.remove(os.path.join(self.folder.name, "k.h5"))

    def test_threads_change_nothing(self):
        for how in (self.KN, ("--select", "least", "--of", "system.wip", "--budget", "100")):
            self.assertEqual(self.compare(*how, "-j1"), self.compare(*how, "-j3"))

    def test_a_budget_is_kept_and_used(self):
        answer = self.compare("--select", "best", "--of", f"{WAIT} at 100 h", "--budget", "77", "--replications", "5")["selection"]
        self.assertEqual((answer["replications"], answer["method"]), (77, "ocba"))
        self.assertEqual(answer["points"][3]["replications"], max(p["replications"] for p in answer["points"]))
        self.assertTrue(0 < answer["probability"] <= 1)
        answer = self.compare("--select", "best", "--of", WAIT, "--indifference", "1 ms", "--budget", "60")["selection"]
        self.assertFalse(answer["decided"])
        self.assertLessEqual(answer["replications"], 60)
        self.assertGreater(answer["left"], 1)

    def test_hundreds_of_points_are_screened_first(self):
        answer = json.loads(self.takt(
            "sweep", "arms.yaml", "--json", "--set", "stations.work.time=0.6 min .. 0.9 min step 0.0025 min", "--set",
            "run.length=10 h", "--set", "run.horizons=[10 h]", "--select", "best", "--of", WAIT, "--indifference", "5 s",
            "-o", "s.h5").stdout)["selection"]
        self.assertTrue(answer["decided"])
        self.assertGreater(len(answer["points"]), 100)
        waits = self.values("s.h5")
        stayed = [p["point"] for p in answer["points"] if p["out_after"] != 10]
        self.assertEqual(answer["best"] in stayed, True)
        # those that stayed begin anew after the first ten; the constants are those of half the risk and of so many
        if len(stayed) > 1:
            rows = [waits[i][10:] for i in stayed]
            best, out = self.kn(rows, [p["replications"] for p in answer["points"]], 5 / 3600, alpha=0.025)
            self.assertEqual(stayed[best], answer["best"])
            self.assertEqual([answer["points"][i]["out_after"] for i in stayed],
                             [out[k] + 10 if k in out else None for k in range(len(stayed))])

    def test_a_file_says_the_same_again(self):
        asked = self.takt("compare", "arms.yaml", *self.KN, "-o", "k.h5").stdout
        shown = self.takt("show", "k.h5").stdout
        self.assertIn("★", asked)
        self.assertEqual(asked.splitlines()[:-1], shown.splitlines()[:-1])  # the last says how long it took

    def test_one_question_is_asked(self):
        """Claims need numbers of replications that do not depend on what they show."""
        with open(os.path.join(self.folder.name, "arms.yaml"), "a", encoding="utf-8") as file:
            file.write(f"claims: [steady.{WAIT} > base.{WAIT}]\n")
        self.assertEqual(self.compare(*self.KN)["claims"], [])
        self.takt("compare", "arms.yaml", code=1)

    def test_what_has_no_meaning_is_said(self):
        for words, wanted in (
                (("--of", "stations.work.queue.wiat", "--budget", "90"), "did you mean 'stations.work.queue.wait'?"),
                (("--of", f"{WAIT} at 3 h", "--budget", "90"), "there are no results at 3 h"),
                (("--of", WAIT, "--indifference", "3 EUR"), f"this is money, but {WAIT} is a time"),
                (("--of", WAIT, "--indifference", "3"), "write the unit behind the number"),
                (("--of", WAIT, "--indifference", "0 s"), "more than zero"),
                (("--of", WAIT), "when is the best found?"),
                (("--of", WAIT, "--budget", "30"), "the first stage alone takes 40"),
                (("--of", WAIT, "--method", "kn", "--budget", "90"), "which difference matters"),
                (("--of", WAIT, "--method", "nk", "--budget", "90"), "no method of selection"),
                (("--of", WAIT, "--indifference", "3 s", "--method", "ocba", "--budget", "90"), "ocba knows no"),
                (("--of", WAIT, "--indifference", "3 s", "--replications", "1"), "at least two"),
                (("--of", "stations.work.utilization", "--budget", "90"), "neither better nor worse"),
                (("--budget", "90"), "A result is wanted")):
            done = self.takt("compare", "arms.yaml", "--select", "best", *words, code=65)
            self.assertIn(wanted, done.stderr)
        self.assertIn("--select best", self.takt("compare", "arms.yaml", "--of", WAIT, code=2).stderr)

    def test_an_arm_with_a_moment_starts_from_the_state_of_the_base(self):
        with open(os.path.join(self.folder.name, "arms.yaml"), "w", encoding="utf-8") as file:
            file.write(LATER)
        inside = {point["arm"]: [kpi["mean"] for kpi in point["kpis"] if kpi["path"] == "system.wip.now"]
                  for point in self.compare()["points"]}
        # Of the 19 lots of the warm-up the base has worked 12; then it works 4 an hour of 6, and two machines 8.
        self.assertEqual(inside["base"], [9, 11, 13, 15])
        self.assertEqual(inside["at-once"], [2, 2, 2, 2])
        self.assertEqual(inside["from-now"], [5, 3, 2, 2])
        self.assertEqual(inside["from-then"], [9, 7, 5, 3])

    def test_an_arm_with_a_moment_changes_only_what_may_change_then(self):
        with open(os.path.join(self.folder.name, "arms.yaml"), "w", encoding="utf-8") as file:
            file.write(LATER.replace("at: 1 h, change: {", "at: 1 h, change: {items.job.family: round, "))
        done = self.takt("check", "arms.yaml", code=65)
        self.assertIn("arms.yaml:9:33: error: 'items.job.family' cannot change during a run", done.stderr)

    def test_without_chance_one_replication_says_all(self):
        with open(os.path.join(self.folder.name, "arms.yaml"), "w", encoding="utf-8") as file:
            file.write(ARMS.replace("exponential(0.9 min)}}\nre", "0.9 min}}\nre").replace("rate: 1 /min", "every: 1 min")
                       .replace("exponential", "").replace("(1.8 min)", "1.8 min").replace("(0.95 min)", "0.95 min"))
        answer = self.compare("--select", "least", "--of", "system.cycle-time", "--budget", "40")["selection"]
        self.assertEqual((answer["arm"], answer["replications"], answer["decided"]), ("base", 4, True))
        self.assertTrue(math.isclose(answer["points"][2]["mean"], 0.95 / 60))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
