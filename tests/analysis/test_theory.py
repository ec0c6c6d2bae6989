#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Formulas against the known answers of scenarios/oracles, which come from elsewhere.

    tests/analysis/test_theory.py [build/takt]

Wherever a claim says `PATH = NUMBER` and theory has an exact value for that path, the two must agree in the digits
written. The cases in EXACT must have one, so that none is lost unseen. Nothing is simulated but one small run."""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
ORACLES = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "oracles"
CLAIM = re.compile(r"^  - ([\w.-]+) = (\d+\.?(\d*))(?: ([A-Za-z/]+))?$", re.MULTILINE)

# Results are in hours, per hour and money a day.
FACTORS = {None: 1, "h": 1, "/h": 1, "min": 1 / 60, "EUR/d": 1, "EUR/h": 24}

EXACT = """
mm1 stations.saw.queue.wait; mm1 system.wip; mm2 stations.saw.queue.wait; mm3 stations.saw.queue.wait
mg1-constant stations.saw.queue.wait; mg1-erlang stations.saw.queue.wait; mg1-lognormal stations.saw.queue.wait
machines-unequal stations.saw.queue.wait; dm1 stations.saw.queue.wait; mm1-5 system.wip; spt stations.saw.queue.wait
priorities releases.urgent.time-in.queue; priorities releases.plain.time-in.queue
batch-server stations.oven.queue.length; batch-server stations.oven.utilization; batch-server/full stations.oven.queue.length
rework system.cycle-time; jackson system.wip; pooling system.cycle-time; pooling/pooled system.cycle-time
lot-size system.cycle-time; lot-size/q-100 system.cycle-time; law-kelton-utilization stations.s4.utilization
mm1-failures system.wip; mm1-failures/up system.wip; mm1-failures stations.saw.states.failed
mm1-failures/up stations.saw.states.failed; effective-time system.cycle-time
line-2-failures-buffer-0 system.throughput; line-2-failures-buffer-5 system.throughput
line-2-buffer-0 system.throughput; line-2-buffer-10 system.throughput; line-3-buffer-0 system.throughput
line-3-buffer-1 system.throughput; line-3-buffer-2 system.throughput
penny-fab-two system.throughput; penny-fab-two system.cycle-time; conwip-5 system.throughput
palm-owed stocks.store.owed; palm/lognormal stocks.store.fill; reorder-point-quantity money.cost-rate
service-periodic stocks.store.ready; service-periodic stocks.store.fill; service-periodic stocks.store.gamma
newsvendor money.cost-rate; min-max-periodic money.cost-rate
make-to-stock money.cost-rate; make-to-stock stocks.store.fill
"""


def theory(path, arm="base", *more):
    words = ["--json", "--quiet", *more] + (["--arm", arm] if arm != "base" else [])
    done = subprocess.run([TAKT, "theory", str(path), *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["points"][0]


def values(answer):
    return {value["path"]: value for model in answer["models"] for value in model["values"] if value["path"]}


def claims(path):
    """Arm, path, number and half a unit of its last digit of each plain claim."""
    text = path.read_text()
    block = re.search(r"^arms:\n((?:  .*\n)+)", text, re.MULTILINE)
    arms = re.findall(r"^  ([\w-]+):", block[1], re.MULTILINE) if block else []
    for left, number, decimals, unit in CLAIM.findall(text):
        first, _, rest = left.partition(".")
        arm, result = (first, rest) if first in [*arms, "base"] else ("base", left)
        if (unit or None) in FACTORS:
            factor = FACTORS[unit or None]
            yield arm, result, float(number) * factor, 0.51 * 10 ** -len(decimals) * factor


class Theory(unittest.TestCase):
    def test_exact_formulas_agree_with_every_known_answer(self):
        wanted = {case.strip() for case in EXACT.replace("\n", ";").split(";") if case.strip()}
        for path in sorted(ORACLES.glob("*.yaml")):
            answers = {}
            for arm, result, number, digits in claims(path):
                if arm not in answers:
                    answers[arm] = values(theory(path, arm, "--no-run"))
                value = answers[arm].get(result)
                if value is None or value["kind"] != "exact":
                    continue
                with self.subTest(scenario=path.stem, arm=arm, path=result):
                    self.assertAlmostEqual(value["theory"], number, delta=digits)
                wanted.discard(f"{path.stem}{'' if arm == 'base' else '/' + arm} {result}")
        self.assertEqual(wanted, set(), "no exact formula for these")

    def test_a_cost_in_two_echelons_and_what_is_lost(self):
        owed = values(theory(ORACLES / "two-echelons.yaml", "base", "--no-run"))["stocks.base-1.owed"]
        self.assertAlmostEqual(owed["theory"], 0.428626, delta=0.51e-6)
        fill = values(theory(ORACLES / "lost-sales-one-for-one.yaml", "base", "--no-run"))["stocks.store.fill"]
        self.assertAlmostEqual(1 - fill["theory"], 0.214582, delta=0.51e-6)

    def test_pennies_in_closed_lines(self):
        even, random = (ORACLES / f"penny-fab-one{name}.yaml" for name in ("", "-exponential"))
        for cards, cycle, throughput in ((1, 8, 0.125), (4, 8, 0.285714), (8, 16, 0.363636)):
            setting = ("--no-run", "--set", f"cards.loop.count={cards}")
            self.assertAlmostEqual(values(theory(even, "base", *setting))["system.cycle-time"]["theory"], cycle)
            found = values(theory(random, "base", *setting))["system.throughput"]
            self.assertAlmostEqual(found["theory"], throughput, delta=0.51e-6)
            self.assertEqual(found["kind"], "exact")

    def test_a_run_stands_beside_the_formulas(self):
        answer = theory(ORACLES / "mm2.yaml", "base", "--replications", "5")
        wait = values(answer)["stations.saw.queue.wait"]
        self.assertEqual(answer["replications"], 5)
        self.assertEqual(wait["verdict"], "inside")
        self.assertLess(abs(wait["mean"] - wait["theory"]), wait["half_width"])

    def test_every_value_of_a_setting_has_its_theory(self):
        words = [TAKT, "theory", ORACLES / "mm2.yaml", "--json", "--set", "stations.saw.machines=[2, 3]", "--replications", "3"]
        points = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)["points"]
        self.assertEqual([p["settings"] for p in points], [{"stations.saw.machines": "2"}, {"stations.saw.machines": "3"}])
        waits = [values(point)["stations.saw.queue.wait"] for point in points]
        self.assertEqual([wait["verdict"] for wait in waits], ["inside", "inside"])
        self.assertAlmostEqual(waits[0]["theory"], 1.777778, delta=1e-6)

    def test_formulas_alone_are_the_same_as_beside_a_run(self):
        alone = values(theory(ORACLES / "palm.yaml", "base", "--no-run"))
        beside = values(theory(ORACLES / "palm.yaml", "base", "--replications", "2"))
        self.assertEqual({p: v["theory"] for p, v in alone.items()}, {p: v["theory"] for p, v in beside.items()})
        self.assertNotIn("mean", alone["stocks.store.fill"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
