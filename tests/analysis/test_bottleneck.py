#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `takt bottleneck` measures, beside the derivatives of small Markov chains.

    tests/analysis/test_bottleneck.py [build/takt]

The chains are built and solved here: two or three machines with exponential work, little room between them, endless work
before the first, blocked after service; the second may fail at work. The derivative of the throughput is that of the
chain, by central differences of the same step."""
import itertools
import json
import os
import subprocess
import sys
import unittest

import numpy

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")
STEP = 0.05

LINE = """takt: 1
run: {length: 4000 h, warm-up: 100 h, replications: 30}
items: {part: {route: [%s]}}
releases: {in: {item: part, when: always}}
stations:
%s"""


def takt(text, *words, code=0):
    done = subprocess.run([TAKT, "bottleneck", "-", "--quiet", *words], input=text, text=True, capture_output=True,
                          timeout=300)
    assert done.returncode == code, done.stderr
    return done


def throughput(rates, rooms, fails=None):
    """Of a line: machine k works at rates[k], rooms[k] places behind it. FAILS: (machine, failure rate at work, repair)."""
    count = len(rates)
    # Lots behind machine k that have not been begun: up to rooms[k], then machine k is blocked (rooms[k] + 1).
    states, edges = {}, []

    def settle(state):
        """Lots move on as far as they can: state = (on machine 1 .. n as 0 idle, 1 work, 2 blocked), queues, down."""
        machines, queues, down = list(state[0]), list(state[1]), state[2]
        moved = True
        while moved:
            moved = False
            for k in range(count - 1, -1, -1):
                if machines[k] == 2 and (k == count - 1 or queues[k] < rooms[k] or
                                         (machines[k + 1] == 0 and queues[k] == 0)):
                    machines[k] = 0
                    if k < count - 1:
                        queues[k] += 1
                    moved = True
                if machines[k] == 0 and (k == 0 or queues[k - 1] > 0):
                    machines[k] = 1
                    if k > 0:
                        queues[k - 1] -= 1
                    moved = True
        return tuple(machines), tuple(queues), down

    first = settle(((0,) * count, (0,) * (count - 1), 0))
    states[first], todo, outputs = 0, [first], []
    while todo:
        state = todo.pop()
        machines, queues, down = state
        moves = []
        for k in range(count):
            stands = fails and fails[0] == k and down
            if machines[k] == 1 and not stands:
                done = list(machines)
                done[k] = 2
                moves.append((rates[k], settle((tuple(done), queues, down)), k == count - 1))
        if fails and down:
            moves.append((fails[2], settle((machines, queues, 0)), False))
        elif fails and machines[fails[0]] == 1:
            moves.append((fails[1], settle((machines, queues, 1)), False))
        for rate, to, out in moves:
            if to not in states:
                states[to] = len(states)
                todo.append(to)
            edges.append((states[state], states[to], rate, out))
    size = len(states)
    generator, leaves = numpy.zeros((size, size)), numpy.zeros(size)
    for i, j, rate, out in edges:
        generator[i, j] += rate
        generator[i, i] -= rate
        leaves[i] += rate if out else 0
    system = numpy.vstack([generator.T, numpy.ones(size)])
    p = numpy.linalg.lstsq(system, numpy.append(numpy.zeros(size), 1), rcond=None)[0]
    return float(p @ leaves)


def derivatives(rates, rooms, fails=None):
    """Per cent of throughput for a per cent of speed. A machine that fails at work keeps its failures per hour of work."""
    base, found = throughput(rates, rooms, fails), []
    for k in range(len(rates)):
        ends = []
        for factor in (1 + STEP, 1 - STEP):
            changed = list(rates)
            changed[k] *= factor
            ends.append(throughput(changed, rooms, fails))
        found.append((ends[0] - ends[1]) / (2 * STEP * base))
    return found


class Bottleneck(unittest.TestCase):
    def measured(self, text, *words):
        return json.loads(takt(text, "--json", *words).stdout)

    def names(self, answer, method):
        return next(m["names"] for m in answer["methods"] if m["method"] == method)

    def expect_derivatives(self, answer, right):
        for station, wanted in zip(answer["stations"], right):
            found = station["sensitivity"]
            # 95 % of it, widened to 99.9 %.
            self.assertLess(abs(found["mean"] - wanted), 1.8 * found["half_width"], (station["name"], found, wanted))
            self.assertLess(found["half_width"], 0.03)

    def test_the_chain_is_that_of_the_known_answers(self):
        for room, right in ((0, 0.666667), (1, 0.75), (5, 0.875)):
            self.assertAlmostEqual(throughput([1, 1], [room]), right, places=6)
        self.assertAlmostEqual(throughput([1, 1, 1], [1, 1]), 0.670466, places=6)
        self.assertAlmostEqual(throughput([1, 1e6], [5]), 1, places=4)

    def test_sensitivity_is_the_derivative_of_an_unbalanced_line(self):
        text = LINE % ("a, b, c", "  a: {time: exponential(1 h)}\n"
                                  "  b: {time: exponential(1.25 h), queue: {room: 1}}\n"
                                  "  c: {time: exponential(0.9 h), queue: {room: 2}}\n")
        answer = self.measured(text)
        self.expect_derivatives(answer, derivatives([1, 0.8, 1 / 0.9], [1, 2]))
        self.assertTrue(answer["agree"])
        for method in ("load", "utilization", "active period", "arrows", "turning point", "sensitivity"):
            self.assertEqual(self.names(answer, method), ["b"], method)

    def test_where_a_machine_fails_utilization_names_another_than_sensitivity(self):
        text = LINE % ("a, b", "  a: {time: exponential(1 h)}\n"
                               "  b: {time: exponential(0.8 h), queue: {room: 2},\n"
                               "      failures: {jam: {after: exponential(10 h), lasts: exponential(8 h)}}}\n")
        text = text.replace("4000 h", "8000 h")
        answer = self.measured(text)
        right = derivatives([1, 1.25], [2], (1, 0.1, 0.125))
        self.expect_derivatives(answer, right)
        self.assertGreater(right[1], right[0])
        self.assertEqual(self.names(answer, "utilization"), ["a"])
        for method in ("load", "active period", "arrows", "sensitivity"):
            self.assertEqual(self.names(answer, method), ["b"], method)
        self.assertFalse(answer["agree"])
        self.assertIn("They disagree: utilization names a; what is measured is b.", takt(text).stdout)

    def test_what_comes_sets_the_throughput_of_an_open_line(self):
        # M/M/1 in tandem: cycle time 1 / (1 / s - r) each; more speed of one changes its own part alone.
        text = """takt: 1
run: {length: 20000 h, warm-up: 500 h, replications: 30}
items: {part: {route: [a, b]}}
releases: {in: {item: part, rate: 1 /h}}
stations: {a: {time: exponential(30 min)}, b: {time: exponential(40 min)}}
"""
        answer = self.measured(text)
        self.assertEqual(answer["quantity"], "system.cycle-time")
        right = []
        for k, rate in enumerate((2, 1.5)):
            ends = [1 / (rate * (1 + s) - 1) for s in (STEP, -STEP)]
            right.append((ends[0] - ends[1]) / (2 * STEP * (1 + 2)))
        for station, wanted in zip(answer["stations"], right):
            found = station["sensitivity"]
            self.assertLess(abs(found["mean"] - wanted), 1.8 * found["half_width"], (station["name"], found, wanted))
        self.assertEqual(self.names(answer, "sensitivity"), ["b"])
        self.assertEqual(self.names(answer, "arrows"), [])

    def test_without_chance_a_balanced_line_has_two_bottlenecks(self):
        text = LINE % ("a, b", "  a: {time: 1 h}\n  b: {time: 1 h, queue: {room: 1}}\n")
        answer = self.measured(text.replace("replications: 30", "replications: 1"))
        self.assertEqual(answer["replications"], 1)
        self.assertEqual(self.names(answer, "load"), ["a", "b"])

    def test_threads_change_nothing(self):
        text = LINE % ("a, b", "  a: {time: exponential(1 h)}\n  b: {time: exponential(1 h), queue: {room: 1}}\n")
        self.assertEqual(takt(text, "--json", "-j", "1").stdout, takt(text, "--json", "-j", "3").stdout)

    def test_slips_are_said(self):
        text = LINE % ("a", "  a: {time: exponential(1 h)}\n")
        self.assertIn("there is no result 'system.througput'; did you mean 'system.throughput'?",
                      takt(text, "--of", "system.througput", code=2).stderr)
        self.assertIn("takes one value", takt(text, "--set", "stations.a.machines=1..2", code=65).stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
