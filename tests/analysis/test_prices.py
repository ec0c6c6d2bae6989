#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices are only prices: what must hold of the money of any scenario whose decisions do not look at it.

    tests/analysis/test_prices.py [build/takt]

All twice as high: accounts, expenses and worth double, and every other result stays as it is.

One at a time: a price that is set to nothing changes its accounts and what is made of them, and a price that stands
alone is all the money there is. The manual's tables of keys say which prices there are: one that no scenario here has,
or that costs nothing, is a fault."""
import json
import os
import pathlib
import re
import string
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


def results(text, replications=2):
    """What a run of this scenario says: (path, horizon) -> mean."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "prices.yaml")
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([TAKT, "run", str(path), "--json", "-q", "--replications", str(replications)],
                              capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{done.stderr}\n{text}")
    kpis = json.loads(done.stdout)["points"][0]["kpis"]
    return {(kpi["path"], kpi["horizon"]): kpi["mean"] for kpi in kpis}


class AllPrices(unittest.TestCase):
    def test_all_money_is_doubled_and_nothing_else(self):
        for name in FILES.split():
            text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8").partition("\nclaims:")[0] + "\n"
            once, twice = results(text), results(doubled(text))
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


# ---- one at a time ----
# Each price has a name: the table that it stands in, and its key. In the text it is $NAME.
WORKS = """takt: 1
title: A works with all that it costs
run: {length: 40 d, warm-up: 3 d}
items:
  raw: {cost: $item_cost, holding: $item_holding}
  x:
    price: $item_price
    holding: $item_holding_share
    uses: {raw: 2}
    route:
      saw: {time: exponential(40 min), cost: $step_cost, scrap: 5 %, setup: {time: 1 min, cost: $step_setup_cost}}
      polish: 5 min
sites: {works: {cost: $site_cost}}
stations:
  saw:
    site: works
    cost: $station_cost
    energy: {working: 7 kW}
    setup: {when: every 4 pieces, time: 2 min}
    failures: {jam: {after: exponential(9 h), lasts: 1 h, cost: $stop_cost}}
    maintenance: {oil: {after: 5 d, lasts: 1 h, cost: $maintenance_cost}}
  polish: {setup: {when: every 3 pieces, time: 0 s, cost: $setup_cost}, needs: {run: men}}
crews: {men: {people: 2, wage: $crew_wage, hire: {cost: $hire_cost, delay: 1 d}}}
suppliers: {mine: {supplies: raw, lead-time: 1 d, order-cost: $supplier_order_cost}}
stocks:
  rack: {holds: raw, from: mine, start: 90, reorder: {policy: min-max, min: 90, max: 200}}
  store: {holds: x, from: factory, start: 4, reorder: {policy: base-stock, level: 4}}
customers: {shop: {buys: x, from: store, rate: 1 /h, due: 1 h, late-cost: $customer_late_cost}}
plans: {outlook: {kind: forecast, of: x, every: 1 wk, costs: $plan_costs}}
money:
  fixed: $money_fixed
  cash: $money_cash
  rate: $money_rate
  energy-price: $money_energy_price
  energy-co2: 0.4 kg/kWh
  carbon: $money_carbon
  flows: [$flow_amount at 12 d]
programmes:
  more: {at: 10 d, capex: $programme_capex, cost: $programme_cost, change: {crews.men.people: plus 1}}
"""

CHAIN = """takt: 1
title: A chain with all that it costs
run: {length: 60 d, warm-up: 5 d}
sites: {abroad: {at: [0 km, 0 km]}, port: {at: [30 km, 40 km]}, town: {at: [30 km, 50 km]}}
items:
  box: {cost: $item_cost, price: $item_price, weight: 3 kg}
suppliers:
  far: {supplies: box, site: abroad, order-cost: $supplier_order_cost, defects: 5 %}
  near: {supplies: box, price: $supplier_price, lead-time: 1 d}
  third:
    supplies: {box: {price: $supply_price, breaks: [{from: 54, price: $price_break_price}]}}
    lead-time: 2 d
vehicles: {trucks: {number: 2, speed: 40 km/h, carries: 60, cost: {hour: $vehicle_hour, distance: $vehicle_distance}}}
lanes:
  sea:
    from: abroad
    to: port
    time: 4 d
    load: 30
    cost: {order: $lane_order, load: $lane_load, unit: $lane_unit, distance: $lane_distance, value: $lane_value}
  road: {from: port, to: town, by: trucks, cost: {value: 5 %}}
stocks:
  depot:
    holds: box
    site: port
    from: {far: 50 %, near: 20 %, third: 30 %}
    start: 60
    holding: $stock_holding
    holding-under-way: $stock_holding_under_way
    owed-cost: $stock_owed_cost
    reorder: {policy: min-max, min: 50, max: 100}
  shop: {holds: box, from: depot, lead-time: 1 d, start: 20, reorder: {policy: base-stock, level: 20}}
customers:
  firm: {buys: box, from: depot, site: town, rate: 0.5 /d, size: poisson(12), owed-cost: $customer_owed_cost, price: $customer_price}
  home: {buys: box, from: shop, rate: 18 /d, if-short: lose, lost-cost: $customer_lost_cost}
"""

# What is made of goods: their worth, what is sold, and the capital in them.
GOODS = ("money.sold money.scrap money.variance money.inventory money.raw money.in-process money.finished "
         "money.investment money.working-capital money.cash-to-cash money.contribution money.throughput "
         "system.unit-cost items.*.unit-cost customers.*.margin customers.*.lost-margin money.lost-margin").split()
# What is made of any price; and of any that is a cost.
SUMS = "money.profit money.balance money.npv money.irr money.payback money.operating-expense".split()
COSTS = "money.cost money.cost-rate system.unit-cost".split()

# Price -> an amount, the accounts in which it stands (each must change), and what else is made of it.
PRICES = {
    "item_cost": ("4 EUR", "money.materials", GOODS + ["money.holding", "money.tariffs", "*.expense", "lanes.*.tariffs",
                                                       "customers.*.cost-to-serve"]),
    "item_price": ("30 EUR", "money.revenue", GOODS + ["customers.*.revenue"]),
    "item_holding": ("3 EUR/y", "money.holding stocks.rack.expense", []),
    "step_cost": ("1 EUR", "money.making", GOODS + ["releases.*.unit-cost", "money.holding", "stocks.store.expense"]),
    "step_setup_cost": ("1.50 EUR", "money.setups", []),
    "site_cost": ("5 EUR/d", "money.fixed-costs", []),
    "station_cost": ("4 EUR/h", "money.machines stations.saw.expense", []),
    "stop_cost": ("5 EUR", "money.repairs", []),
    "maintenance_cost": ("6 EUR", "money.repairs", []),
    "setup_cost": ("2 EUR", "money.setups", []),
    "crew_wage": ("9 EUR/h", "money.wages crews.men.expense", []),
    "hire_cost": ("70 EUR", "money.wages crews.men.expense", []),
    "supplier_order_cost": ("7 EUR", "money.ordering *.expense", []),
    "supplier_price": ("5 EUR", "money.materials suppliers.near.expense", GOODS),
    "supply_price": ("6 EUR", "money.materials suppliers.third.expense", GOODS),
    "price_break_price": ("5.50 EUR", "money.materials suppliers.third.expense", GOODS),
    "customer_late_cost": ("7 EUR/h", "money.penalties customers.shop.cost-to-serve", []),
    "customer_owed_cost": ("2 EUR/d", "money.penalties customers.firm.cost-to-serve stocks.depot.expense", []),
    "customer_lost_cost": ("3 EUR", "money.penalties customers.home.cost-to-serve", []),
    "customer_price": ("25 EUR", "money.revenue customers.firm.revenue", GOODS),
    "plan_costs": ("40 EUR", "money.planning-costs plans.outlook.expense", []),
    "money_fixed": ("11 EUR/d", "money.fixed-costs", []),
    "money_cash": ("1000 EUR", "money.balance", []),
    "money_energy_price": ("0.1 EUR/kWh", "money.energy", []),
    "money_carbon": ("80 EUR/t", "money.emissions", []),
    "flow_amount": ("-100 EUR", "money.other", []),
    "programme_capex": ("200 EUR", "money.capex programmes.more.expense", ["money.equipment"]),
    "programme_cost": ("6 EUR/d", "money.programmes programmes.more.expense", []),
    "lane_order": ("1 EUR", "money.transport lanes.sea.expense", ["money.contribution", "money.throughput"]),
    "lane_load": ("12 EUR", "money.transport lanes.sea.expense", ["money.contribution", "money.throughput"]),
    "lane_unit": ("0.2 EUR", "money.transport lanes.sea.expense", ["money.contribution", "money.throughput"]),
    "lane_distance": ("0.3 EUR/km", "money.transport lanes.sea.expense", ["money.contribution", "money.throughput"]),
    "vehicle_hour": ("8 EUR/h", "money.transport vehicles.trucks.expense", ["money.contribution", "money.throughput"]),
    "vehicle_distance": ("0.5 EUR/km", "money.transport vehicles.trucks.expense",
                         ["money.contribution", "money.throughput"]),
    "stock_holding": ("1 EUR/mo", "money.holding stocks.depot.expense", []),
    "stock_holding_under_way": ("2 EUR/mo", "money.holding stocks.depot.expense", []),
    "stock_owed_cost": ("1 EUR/d", "money.penalties stocks.depot.expense", []),
}
# Shares of other money: alone they are nothing.
SHARES = {
    "item_holding_share": ("20 %/y", "money.holding stocks.store.expense", []),
    "lane_value": ("10 %", "money.tariffs lanes.sea.tariffs lanes.sea.expense", ["money.contribution", "money.throughput"]),
    "money_rate": ("8 %/y", "money.npv", []),
}
# The tables of the manual whose names say too little, and prices that only decisions see.
TABLES = {"cost": "lane", "cost_2": "vehicle", "plan_2": "plan"}
SEEN_BY_PLANS = {"planning_order_cost"}
INCOME = {"item_price", "customer_price", "money_cash"}


def pattern(paths):
    """Matches these paths, and every statistic of them; `*` is any name."""
    return re.compile("(" + "|".join(re.escape(path).replace(r"\*", ".*") for path in paths) + r")(\.[\w-]+)?$")


def nothing(amount):
    """0, in the unit of this amount."""
    return re.sub(r"-?[\d.]+", "0", amount, count=1)


def changed(one, other):
    return {path for (path, horizon), value in one.items() if value != other[path, horizon]}


class EachPrice(unittest.TestCase):
    def priced(self, scenario, costs):
        """The results of this scenario when only the prices for which COSTS says so are more than nothing."""
        amounts = {name: price[0] if costs(name) else nothing(price[0])
                   for name, price in (PRICES | SHARES).items()}
        return results(string.Template(scenario).substitute(amounts), replications=1)

    def names(self, scenario):
        return re.findall(r"\$(\w+)", scenario)

    def check(self, name, one, other):
        """Between these two runs only this price has changed, and with it all of its accounts."""
        _, accounts, made = (PRICES | SHARES)[name]
        sums = SUMS + ([] if name in INCOME else COSTS)
        moved = changed(one, other)
        for account in accounts.split():
            self.assertTrue(any(pattern([account]).match(path) for path in moved), f"{name} is nothing in {account}")
        strangers = {path for path in moved if not pattern(accounts.split() + made + sums).match(path)}
        self.assertEqual(strangers, set(), f"{name} changes what it has nothing to do with")

    def test_a_price_that_is_nothing_takes_only_its_own_accounts_with_it(self):
        for scenario in (WORKS, CHAIN):
            paid = self.priced(scenario, lambda name: True)
            for name in self.names(scenario):
                with self.subTest(name):
                    self.check(name, paid, self.priced(scenario, lambda other: other != name))

    def test_a_price_that_stands_alone_is_all_the_money_that_there_is(self):
        for scenario in (WORKS, CHAIN):
            free = self.priced(scenario, lambda name: name in SHARES)
            spent = {path for (path, _), value in free.items() if MONEY.match(path) and value}
            self.assertEqual(spent, set())
            for name in set(self.names(scenario)) - set(SHARES):
                with self.subTest(name):
                    self.check(name, free, self.priced(scenario, lambda other: other == name or other in SHARES))

    def test_no_price_of_the_language_is_missing_here(self):
        manual = (SCENARIOS / "MANUAL.md").read_text(encoding="utf-8").partition("\n## Keys\n")[2]
        found, table = set(), ""
        for line in manual.split("\n"):
            if line.startswith("### "):
                table = line[4:].replace("-", "_")
            row = re.match(r"\| \**`([\w-]+)`\** \| [^|\[]*\bmoney\b[^|]*\|", line)
            if row:
                found.add(f"{TABLES.get(table, table)}_{row[1].replace('-', '_')}")
        self.assertEqual(found - SEEN_BY_PLANS, set(PRICES))
        self.assertEqual(set(self.names(WORKS + CHAIN)), set(PRICES | SHARES))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
