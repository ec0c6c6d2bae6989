#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What takt writes for other programs, read as they read it: CSV and JSON tables, OCEL 2.0, trace events.

    tests/analysis/test_export.py [build/takt]
"""
import collections
import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

TAKT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/takt")

# Failures, shifts, setups, batches, blocking, rework, scrap, material, orders to stock and to the factory.
SHOP = """takt: 1
title: "Shop, with \\"everything\\""
run: {length: 4 d, warm-up: 1 d, replications: 3, horizons: [2 d], start: 2027-01-04 06:00}
record: {log: [1, 3], series: [system.wip, stocks.*.on-hand], every: 6 h}
calendars: {day: {cycle: {work: 20 h, rest: 4 h}}}
items:
  gear: {lot: 2, uses: {steel: 3}, route: {saw: uniform(2 6) min, oven: 25 min/batch, mill: {time: 6 min, scrap: 3 %}}}
  shaft: {route: {mill: {time: 7 min, rework: {share: 10 %, times: 1, then: pass}}, saw: 3 min, pack: 9 min}}
  steel: {unit: kg}
stations:
  saw: {machines: 2, calendar: day, queue: {room: 3}, failures: {jam: {after: uniform(50 150) min, lasts: uniform(5 25) min}}}
  oven: {batch: {min: 2, max: 3, wait: 40 min}}
  mill: {machines: 2, setup: {when: item changes, time: 2 min}}
  pack: {machines: unlimited}
stocks:
  rack: {holds: steel, from: mine, start: 300 kg, reorder: {policy: min-max, min: 200 kg, max: 400 kg}}
  store: {holds: shaft, from: factory, start: 10, reorder: {policy: base-stock, level: 15}}
suppliers: {mine: {supplies: steel, lead-time: uniform(2 8) h}}
releases: {gears: {item: gear, every: exponential(35 min)}}
customers:
  shop: {buys: shaft, from: store, every: exponential(30 min), if-short: lose}
  direct: {buys: shaft, from: factory, every: exponential(2 h), size: 3, due: 5 h}
arms:
  more: {change: {stations.mill.machines: 3}}
claims: [stocks.store.on-hand >= 0]
"""

EPOCH = datetime.datetime(2027, 1, 4, 6, tzinfo=datetime.timezone.utc)  # run.start
LENGTH, WARM_UP = 4 * 86400 * 10**6, 86400 * 10**6


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        with open(os.path.join(cls.folder.name, "shop.yaml"), "w", encoding="utf-8") as file:
            file.write(SHOP)
        done = cls.takt("compare", "shop.yaml", "-o", "shop.h5", "--json")
        assert done.returncode == 0, done.stderr
        cls.results = json.loads(done.stdout)

    @classmethod
    def takt(cls, *words, stdin=""):
        return subprocess.run([TAKT, *words], input=stdin, text=True, capture_output=True, cwd=cls.folder.name,
                              timeout=120)

    def export(self, *words, code=0):
        done = self.takt("export", *words)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout if code == 0 else done.stderr

    def table(self, *words):
        return list(csv.DictReader(io.StringIO(self.export("shop.h5", *words))))

    def mean(self, path, arm="base", horizon="4 d"):
        point = next(p for p in self.results["points"] if p["arm"] == arm)
        return next(k for k in point["kpis"] if k["path"] == path and k["horizon"] == horizon)

    def h5(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        return h5py.File(os.path.join(self.folder.name, "shop.h5"))


class Tables(Export):
    def test_one_value_stands_in_each_row(self):
        rows = self.table()
        self.assertEqual(list(rows[0]), ["point", "arm", "horizon", "horizon_h", "replication", "path", "unit", "value"])
        keys = {(r["arm"], r["horizon"], r["replication"], r["path"]) for r in rows}
        self.assertEqual(len(keys), len(rows))
        for path in ("system.cycle-time", "stations.saw.utilization", "stocks.rack.on-hand", "customers.shop.fill"):
            for arm in ("base", "more"):
                values = [float(r["value"]) for r in rows
                          if r["path"] == path and r["arm"] == arm and r["horizon"] == "4 d"]
                self.assertEqual(len(values), 3)
                self.assertAlmostEqual(sum(values) / 3, self.mean(path, arm)["mean"], places=9)

    def test_csv_and_json_say_the_same(self):
        for table in ("results", "statistics", "series", "histograms", "log"):
            rows = self.table("--table", table)
            objects = json.loads(self.export("shop.h5", "--table", table, "--format", "json"))
            self.assertEqual(len(rows), len(objects))
            for row, other in zip(rows, objects):
                self.assertEqual(row, {k: "" if v is None else v if isinstance(v, str) else row[k]
                                       for k, v in other.items()})
                self.assertTrue(all(float(row[k]) == v for k, v in other.items() if isinstance(v, (int, float))))

    def test_statistics_are_those_of_the_tables(self):
        for row in self.table("--table", "statistics"):
            kpi = self.mean(row["path"], row["arm"], row["horizon"])
            for key in ("mean", "half_width", "n"):
                self.assertEqual(float(row[key]) if row[key] else None, kpi[key])

    def test_series_have_their_grid(self):
        rows = self.table("--table", "series")
        paths = {r["path"] for r in rows}
        self.assertEqual(paths, {"system.wip", "stocks.rack.on-hand", "stocks.store.on-hand"})
        one = [r for r in rows if r["path"] == "system.wip" and r["arm"] == "base" and r["statistic"] == "mean"]
        self.assertEqual([float(r["time_h"]) for r in one], [6.0 * (i + 1) for i in range(16)])
        with self.h5() as file:
            self.assertEqual([float(r["value"]) for r in one], list(file["series/system_wip_mean"][0]))

    def test_the_log_says_who_and_what(self):
        rows = self.table("--table", "log", "--arm", "base", "--replication", "3")
        self.assertEqual({(r["arm"], r["replication"]) for r in rows}, {("base", "3")})
        left = [float(r["value"]) for r in rows if r["what"] == "left" and float(r["time_h"]) > 0]
        values = self.table()
        for path, right in (("system.cycle-time", sum(left) / len(left)), ("system.cycle-time.count", len(left))):
            value = next(float(r["value"]) for r in values if r["path"] == path and r["arm"] == "base"
                         and r["replication"] == "3" and r["horizon"] == "4 d")
            self.assertAlmostEqual(value, right, places=9)
        some = self.table("--table", "log", "--arm", "base", "--replication", "3", "--from", "1 h", "--to", "2 h")
        self.assertEqual(some, [r for r in rows if 1 <= float(r["time_h"]) <= 2])

    def test_histograms_count_every_value_between_its_edges(self):
        done = self.takt("run", "shop.yaml", "--replications", "1", "-o", "one.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        log = list(csv.DictReader(io.StringIO(self.export("one.h5", "--table", "log"))))
        bins = list(csv.DictReader(io.StringIO(self.export("one.h5", "--table", "histograms"))))
        for item in (None, "gear", "shaft"):
            path = f"items.{item}.cycle-time" if item else "system.cycle-time"
            values = [float(r["value"]) for r in log if r["what"] == "left" and float(r["time_h"]) > 0
                      and item in (None, r["item"])]
            rows = [b for b in bins if b["path"] == path and b["horizon"] == "4 d"]
            self.assertGreater(len(rows), 10)
            for row in rows:
                inside = sum(float(row["from_h"]) <= v < float(row["to_h"]) for v in values)
                self.assertEqual(int(row["count"]), inside)
            self.assertEqual(sum(int(r["count"]) for r in rows), len(values))
            self.assertTrue(all(a["to_h"] == b["from_h"] for a, b in zip(rows, rows[1:])))

    def test_a_histogram_is_drawn_and_in_the_file(self):
        shown = self.takt("show", "shop.h5", "--histogram", "system.cycle-time").stdout
        self.assertIn("base, after 4 d: ", shown)
        self.assertIn("█", shown)
        shares = [float(share) for share in re.findall(r"^ *[\d.]+ (?:– *[\d.]*)? +([\d.]+)  ",
                                                       shown.split("more, after")[0], re.MULTILINE)]
        self.assertGreater(len(shares), 8)
        self.assertAlmostEqual(sum(shares), 100, delta=0.05 * len(shares) + 1e-9)
        data = json.loads(self.takt("show", "shop.h5", "--histogram", "system.cycle-time", "--json").stdout)
        with self.h5() as file:
            group = file["histograms/system/cycle_time"]
            for one in data["histograms"]:
                count = len(one["counts"])
                self.assertEqual(list(group["counts"][one["point"], 1][:count]), one["counts"])
                self.assertFalse(group["counts"][one["point"], 1][count:].any())
                self.assertEqual(list(group["edges"][one["point"], 1][:count + 1]), one["edges"])
            waits = file["histograms/stations/queue_wait/counts"]
            names = [n.decode() for n in waits.dims[2][0][:]]
            self.assertEqual(names, ["saw", "oven", "mill", "pack"])
            count = file["stations/queue_wait_count"][0, 1, :, names.index("mill")].sum()
            self.assertEqual(waits[0, 1, names.index("mill")].sum(), count)
        self.assertIn("has no histogram",
                      self.takt("show", "shop.h5", "--histogram", "stations.saw.utilization").stderr)
        self.assertEqual(self.takt("show", "shop.h5", "--histogram", "system.wpi").returncode, 2)

    def test_a_log_of_a_replication_that_never_was_is_missed_aloud(self):
        done = self.takt("run", "shop.yaml", "--replications", "2")
        self.assertIn("record.log asks for replication 3, but there are only 2: it has no log", done.stderr)
        self.assertNotIn("replication 1,", done.stderr)

    def test_a_swept_factor_is_a_column(self):
        done = self.takt("run", "shop.yaml", "--set", "stations.mill.machines=2..3", "--set",
                         "stations.saw.machines=[2, 3]", "--replications", "1", "-o", "sweep.h5", "--set", "record.log=[]")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = list(csv.DictReader(io.StringIO(self.export("sweep.h5"))))
        points = {(r["point"], r["stations.mill.machines"], r["stations.saw.machines"]) for r in rows}
        self.assertEqual({p[1:] for p in points}, {("2", "2"), ("2", "3"), ("3", "2"), ("3", "3")})
        self.assertEqual(len(points), 4)

    def test_what_is_not_there_is_said(self):
        self.takt("run", "shop.yaml", "--set", "record.log=[]", "--set", "record.series=[]", "-o", "bare.h5")
        self.assertIn("hold no log: `record: {log: [1]}`", self.export("bare.h5", "--table", "log", code=66))
        self.assertIn("hold no series", self.export("bare.h5", "--table", "series", code=66))
        self.assertIn("hold no sequences", self.export("bare.h5", "--table", "sequences", code=66))
        self.assertIn("these results hold no log", self.export("bare.h5", "--format", "ocel", code=66))
        self.assertIn("of this arm and replication",
                      self.export("shop.h5", "--format", "ocel", "--replication", "2", code=66))
        self.assertIn("formats are csv, json, ocel and perfetto", self.export("shop.h5", "--format", "xls", code=2))
        self.assertIn("tables are results,", self.export("shop.h5", "--table", "result", code=2))

    def test_a_file_is_there_whole_or_not_at_all(self):
        self.assertEqual(self.export("shop.h5", "-o", "shop.csv"), "")
        with open(os.path.join(self.folder.name, "shop.csv"), encoding="utf-8") as file:
            self.assertEqual(file.read(), self.export("shop.h5"))
        before = sorted(os.listdir(self.folder.name))
        self.assertIn("over itself", self.export("shop.h5", "-o", "shop.h5", code=73))
        self.assertIn("cannot create", self.export("shop.h5", "-o", "absent/shop.csv", code=73))
        self.assertIn("not an ordinary file", self.export("shop.h5", "-o", ".", code=73))
        self.export("shop.h5", "--format", "ocel", "--replication", "2", "-o", "none.json", code=66)
        self.assertEqual(sorted(os.listdir(self.folder.name)), before)

    def test_a_scenario_is_run_for_its_export(self):
        of_file = self.export("shop.h5", "--format", "perfetto", "--replication", "3", "--arm", "more")
        of_scenario = self.export("shop.yaml", "--format", "perfetto", "--replication", "3", "--arm", "more")
        self.assertEqual(of_file, of_scenario)
        self.assertEqual(self.export("shop.h5", "--arm", "base").replace("\n0,", "\n"),
                         self.export("shop.yaml").replace("\n0,", "\n"))


class Perfetto(Export):
    def chart(self, *words):
        return json.loads(self.export("shop.h5", "--format", "perfetto", *words))

    def test_slices_of_a_machine_follow_each_other_and_add_up_to_its_states(self):
        chart = self.chart()
        measured = int(chart["otherData"]["measured_from_us"])
        self.assertEqual(measured, WARM_UP)
        processes = {e["pid"]: e["args"]["name"] for e in chart["traceEvents"] if e["name"] == "process_name"}
        threads = {(e["pid"], e["tid"]) for e in chart["traceEvents"] if e["name"] == "thread_name"}
        tracks = collections.defaultdict(list)
        for event in chart["traceEvents"]:
            if event["ph"] == "X":
                tracks[event["pid"], event["tid"]].append(event)
        self.assertTrue(set(tracks) <= threads)
        ticks = collections.defaultdict(collections.Counter)
        for (process, _), slices in tracks.items():
            slices.sort(key=lambda e: e["ts"])
            for a, b in zip(slices, slices[1:]):
                self.assertEqual(a["ts"] + a["dur"], b["ts"])  # neither gaps nor overlaps
            self.assertEqual(slices[-1]["ts"] + slices[-1]["dur"], WARM_UP + LENGTH)
            for event in slices:
                self.assertGreater(event["dur"], 0)
                inside = event["ts"] + event["dur"] - max(event["ts"], measured)
                if inside > 0:
                    ticks[processes[process]][event["name"]] += inside
        rows = {(r["path"]): float(r["value"]) for r in self.table() if r["arm"] == "base" and r["replication"] == "1"
                and r["horizon"] == "4 d" and ".states." in r["path"]}
        stations = {"saw", "oven", "mill", "pack"}
        self.assertEqual(set(ticks), stations)
        for path, share in rows.items():
            _, station, _, state = path.split(".")
            self.assertAlmostEqual(ticks[station][state] / sum(ticks[station].values()), share, places=12)

    def test_slices_name_their_lots_and_flows_lead_from_one_to_the_next(self):
        events = self.chart("--from", "0 h", "--to", "10 h")["traceEvents"]
        works = [e for e in events if e["ph"] == "X" and e["name"] == "working"]
        self.assertTrue(all(e["args"]["lot"] and e["args"]["item"] in ("gear", "shaft") for e in works))
        self.assertTrue(any(len(e["args"]["lot"].split()) > 1 for e in works))  # a batch
        failed = [e for e in events if e["ph"] == "X" and e["name"] == "failed"]
        self.assertTrue(failed and all(e["args"]["failure"] == "saw.jam" for e in failed))
        starts = collections.defaultdict(list)
        for event in events:
            if event["ph"] in "st":
                starts[event["id"]].append(event)
                self.assertTrue(any(w["tid"] == event["tid"] and w["ts"] == event["ts"]
                                    and str(event["id"]) in w["args"]["lot"].split() for w in works)
                                or event["ts"] == WARM_UP + 10 * 3600 * 10**6)
        self.assertTrue(any(len({e["tid"] for e in chain}) > 2 for chain in starts.values()))

    def test_counters_are_the_levels(self):
        for name, process, path in (("wip", "system", "system.wip"), ("queue", "mill", "stations.mill.queue.length"),
                                    ("rack on-hand", "stocks", "stocks.rack.on-hand")):
            chart = self.chart()
            pids = {e["args"]["name"]: e["pid"] for e in chart["traceEvents"] if e["name"] == "process_name"}
            points = [(max(e["ts"] - WARM_UP, 0), *e["args"].values()) for e in chart["traceEvents"]
                      if e["ph"] == "C" and e["name"] == name and e["pid"] == pids[process]]
            self.assertGreater(len(points), 20)
            area = sum(value * (until - at) for (at, value), (until, _) in zip(points, points[1:] + [(LENGTH, 0)]))
            value = next(float(r["value"]) for r in self.table() if r["path"] == path and r["arm"] == "base"
                         and r["replication"] == "1" and r["horizon"] == "4 d")
            self.assertAlmostEqual(area / LENGTH, value, places=9)


class Ocel(Export):
    """The rules of OCEL 2.0 (JSON): what must be there, of which type, and that all that is named exists."""

    TYPES = {"string", "time", "integer", "float", "boolean"}

    def setUp(self):
        self.log = json.loads(self.export("shop.h5", "--format", "ocel"))

    def moment(self, text):
        self.assertRegex(text, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))

    def declared(self, kind):
        types = {}
        for entry in self.log[kind]:
            self.assertEqual(set(entry), {"name", "attributes"})
            self.assertNotIn(entry["name"], types)
            for attribute in entry["attributes"]:
                self.assertEqual(set(attribute), {"name", "type"})
                self.assertIn(attribute["type"], self.TYPES)
            types[entry["name"]] = {a["name"]: a["type"] for a in entry["attributes"]}
        return types

    def check_values(self, attributes, types):
        for attribute in attributes:
            self.assertIsInstance(attribute["value"], str)
            if types[attribute["name"]] == "float":
                float(attribute["value"])

    def test_the_four_lists_keep_the_rules(self):
        self.assertEqual(set(self.log), {"objectTypes", "eventTypes", "objects", "events"})
        object_types, event_types = self.declared("objectTypes"), self.declared("eventTypes")
        ids = set()
        for entry in self.log["objects"]:
            self.assertEqual(set(entry), {"id", "type", "attributes", "relationships"})
            self.assertNotIn(entry["id"], ids)
            ids.add(entry["id"])
            for attribute in entry["attributes"]:
                self.moment(attribute["time"])
            self.check_values(entry["attributes"], object_types[entry["type"]])
        events, before = set(), None
        for entry in self.log["events"]:
            self.assertEqual(set(entry), {"id", "type", "time", "attributes", "relationships"})
            self.assertNotIn(entry["id"], events)
            events.add(entry["id"])
            self.check_values(entry["attributes"], event_types[entry["type"]])
            at = self.moment(entry["time"])
            self.assertTrue(before is None or at >= before)
            before = at
            self.assertTrue(entry["relationships"])
        self.assertFalse(ids & events)
        for entry in self.log["objects"] + self.log["events"]:
            for relation in entry["relationships"]:
                self.assertEqual(set(relation), {"objectId", "qualifier"})
                self.assertIn(relation["objectId"], ids)
            named = [r["objectId"] for r in entry["relationships"]]
            self.assertEqual(len(named), len(set(named)))

    def test_moments_are_dates_of_the_plant(self):
        begins = EPOCH - datetime.timedelta(days=1)
        times = [self.moment(e["time"]) for e in self.log["events"]]
        self.assertGreaterEqual(times[0], begins)
        self.assertLess(times[0], begins + datetime.timedelta(hours=2))
        self.assertLessEqual(times[-1], EPOCH + datetime.timedelta(days=4))
        self.assertGreater(times[-1], EPOCH + datetime.timedelta(days=3, hours=22))

    def test_lots_belong_to_orders_and_orders_to_customers(self):
        objects = {o["id"]: o for o in self.log["objects"]}
        kinds = collections.Counter(o["type"] for o in self.log["objects"])
        for kind in ("lot", "machine", "station", "order", "replenishment", "customer", "stock", "supplier"):
            self.assertGreater(kinds[kind], 0, kind)
        made = [o for o in objects.values() if o["type"] == "lot"
                and any(r["objectId"].startswith("order:direct.") for r in o["relationships"])]
        self.assertGreater(len(made), 20)
        for entry in objects.values():
            if entry["type"] == "order":
                self.assertEqual([objects[r["objectId"]]["type"] for r in entry["relationships"]], ["customer"])

    def test_events_count_what_the_run_counts(self):
        counts = collections.Counter(e["type"] for e in self.log["events"] if self.moment(e["time"]) > EPOCH)
        values = {r["path"]: float(r["value"] or "nan") for r in self.table()
                  if r["arm"] == "base" and r["replication"] == "1" and r["horizon"] == "4 d"}
        self.assertEqual(counts["left"], values["system.cycle-time.count"])
        self.assertEqual(counts["saw stopped"], values["stations.saw.failures.jam.count"])
        self.assertEqual(counts["ordered"], values["customers.shop.orders"] + values["customers.direct.orders"])
        self.assertEqual(counts["replenishment ordered"], values["stocks.rack.orders"] + values["stocks.store.orders"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
