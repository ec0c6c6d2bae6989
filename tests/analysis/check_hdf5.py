#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a file of results as a user of Python would, and compares it with a dump of the same results.

    check_hdf5.py RESULTS.h5 DUMP.json

Exit status 0: all is as it should be; 1: something is not, and said; 77: h5py is not installed."""

import json
import math
import shutil
import subprocess
import sys
import zlib

try:
    import h5py
    import numpy
except ImportError as error:
    print(f"skipped: {error} (apt install python3-h5py)")
    sys.exit(77)

faults = []


def expect(truth, *what):
    if not truth:
        faults.append(" ".join(str(w) for w in what))


def number(value):
    return math.nan if value is None else float(value)


def same(a, b):
    return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))


def labels(column, axis):
    """What the scale of an axis says, as h5py finds it."""
    scale = column.dims[axis][0]
    return [v.decode() if isinstance(v, bytes) else v for v in scale[:]]


def column_name(entry):
    return (entry["kpi"] + entry["stat"]).replace(".", "_").replace("-", "_")


def check_scales(file):
    """Each dimension of each column has one scale, of its length, that knows the column."""

    def visit(path, thing):
        if not isinstance(thing, h5py.Dataset) or h5py.h5ds.is_scale(thing.id):
            return
        for axis, dimension in enumerate(thing.dims):
            expect(len(dimension) == 1, path, "has", len(dimension), "scales on axis", axis)
            scale = dimension[0]
            expect(scale.shape == (thing.shape[axis],), path, "axis", axis, "does not fit its scale")
            if zlib.crc32(path.encode()) % 25 == 0:  # of some columns only: HDF5 searches through all
                expect(h5py.h5ds.is_attached(thing.id, scale.id, axis), path, "is not in its scale")

    file.visititems(visit)


def check_plain(file):
    """No enums or compounds, no times; large columns are compressed."""

    def visit(path, thing):
        if not isinstance(thing, h5py.Dataset):
            return
        expect(thing.id.get_type().get_class() in (h5py.h5t.INTEGER, h5py.h5t.FLOAT, h5py.h5t.STRING),
               path, "has a type that is not plain")
        expect(h5py.h5g.get_objinfo(thing.id).mtime == 0, path, "has a time")
        if thing.dtype.kind != "O" and thing.size * thing.dtype.itemsize > 4096:
            expect(thing.compression == "gzip" and thing.shuffle, path, "is not compressed")

    file.visititems(visit)


def check_root(file, dump):
    for name in ("title", "takt_version", "format_version", "git_revision", "scenario_sha256", "seed",
                 "command_line", "created", "arithmetic", "complete"):
        expect(name in file.attrs, "no attribute", name)
    expect(file.attrs["title"] == dump["title"], "title is", file.attrs["title"])
    expect(file.attrs["seed"] == 2**64 - 1, "seed is", file.attrs["seed"])
    expect(file["scenario/text"][()].decode().startswith("takt: 1"), "the scenario is not there")
    horizon = file["points/horizon"]
    expect(list(horizon.attrs["texts"]) == ["1 wk", "4 wk"], "texts are", horizon.attrs["texts"])
    expect(list(file["points/arm"].asstr()) == ["base", "mill"], "arms are", file["points/arm"][:])
    expect(file["points/stopped"].asstr()[1, 2].startswith("deadlock"), "the stop is not there")


def check_values(file, dump):
    """Every value of the dump stands where the scales say; everything else is NaN."""
    seen = {}
    for entry in dump["values"]:
        path = f'{entry["section"]}/{column_name(entry)}'
        if path not in seen:
            column = file[path]
            seen[path] = (column[...], [labels(column, i) for i in range(column.ndim)],
                          numpy.zeros(column.shape, bool))
            pattern = column.attrs["path"]
            expect(entry["path"].endswith(pattern.split("*")[-1]), path, "has the path", pattern)
            expect(column.attrs["formula"] == entry["formula"], path, "has another formula")
            for name in ("unit", "better", "long_name"):
                expect(name in column.attrs, path, "has no", name)
        values, scales, found = seen[path]
        key = [entry["point"], entry["horizon"], entry["replication"]] + [entry["object"]] * (len(scales) - 3)
        at = tuple(scale.index(k) for scale, k in zip(scales, key))
        found[at] = True
        expect(same(values[at], number(entry["value"])), path, key, "is", values[at], "not", entry["value"])
    for path, (values, _, found) in seen.items():
        expect(numpy.isnan(values[~found]).all(), path, "has values of what is not there")
    return seen


def check_statistics(file, seen):
    for path, (values, _, _) in seen.items():
        group = file["statistics/" + path]
        with numpy.errstate(all="ignore"):
            mean = values.mean(axis=2)
        got, n = group["mean"][...], group["n"][...]
        expect(got.shape == mean.shape == group["half_width"].shape, path, "has statistics of another shape")
        expect((n == (~numpy.isnan(values)).sum(axis=2)).all(), path, "counts wrongly")
        fine = numpy.isfinite(mean)
        expect(numpy.allclose(got[fine], mean[fine], rtol=1e-9, atol=0), path, "has a wrong mean")
        expect(numpy.isnan(got[numpy.isnan(mean)]).all(), path, "has a mean of the survivors")
    claims = file["statistics/claims"]
    verdicts = [claims["verdict"].attrs["names"][v] for v in claims["verdict"][:]]
    expect(verdicts == ["supported", "undecided"], "verdicts are", verdicts)


def check_comparisons(file, seen):
    """Differences from point 0 and what the same luck saved, worked out once more."""
    names = [name.decode() for name in file["statistics/compared"][:]]
    for path, (values, _, _) in seen.items():
        column = file["statistics/" + path + "/comparison"]
        expect(column.shape == values.shape[:2] + values.shape[3:] + (len(names),), path, "is compared in another shape")
        got = dict(zip(names, numpy.moveaxis(column[...], -1, 0)))
        expect(numpy.isnan(got["difference"][0]).all(), path, "compares point 0 with itself")
        with numpy.errstate(all="ignore"):
            wanted = (values - values[:1]).mean(axis=2)
            saved = (values.var(axis=2) + values[:1].var(axis=2)) / (values - values[:1]).var(axis=2)
        fine = numpy.isfinite(wanted)
        fine[0] = False
        expect(numpy.allclose(got["difference"][fine], wanted[fine], rtol=1e-9, atol=0), path, "differs wrongly")
        fine &= numpy.isfinite(saved) & (saved < 1e9)
        expect(numpy.allclose(got["saved"][fine], saved[fine], rtol=1e-6), path, "saves another number")
        best = numpy.isfinite(got["best_low"])
        expect(((got["best_low"] <= 0) & (got["best_high"] >= 0))[best].all(), path, "is not constrained")


def check_ledger(file):
    if "money" not in file:
        return
    ledger = file["money/ledger"]
    expect([d[0].name.split("/")[-1] for d in ledger.dims]
           == ["point", "horizon", "replication", "account"], "the ledger has other dimensions")
    names = labels(ledger, 3)
    expect("materials" in names and "wages" in names and "cost" not in names, "other accounts", names)
    for i, name in enumerate(names):
        one = file["money/" + name.replace("-", "_")][...]
        expect(numpy.array_equal(ledger[..., i], one, equal_nan=True), "the ledger differs in", name)


def check_states(file):
    if "states" not in file["stations"]:
        return
    states = file["stations/states"]
    expect([d[0].name.split("/")[-1] for d in states.dims]
           == ["point", "horizon", "replication", "station", "state"], "states has other dimensions")
    for i, name in enumerate(labels(states, 4)):
        one = file["stations/states_" + name.replace("-", "_")][...]
        expect(numpy.array_equal(states[..., i], one, equal_nan=True), "states differ in", name)


def check_log(file):
    """Codes of the log are places in the lists that they name; the runs share the rows among them."""
    log, runs = file["log"], file["log/runs"]
    expect(list(runs["point"][:]) == [0, 0, 1], "logs are of the points", runs["point"][:])
    expect(list(runs["replication"][:]) == [1, 3, 1], "logs are of the replications", runs["replication"][:])
    expect(list(runs["complete"][:]) == [1, 0, 1], "logs are complete", runs["complete"][:])
    expect(list(runs["count"][:]) == [300, 200, 301], "logs have rows", runs["count"][:])
    expect(list(runs["first"][:]) == [0, 300, 500], "logs begin at", runs["first"][:])
    named = 0
    for name, column in log.items():
        if "codes_of" not in getattr(column, "attrs", {}):
            continue
        named += 1
        names = file[column.attrs["codes_of"]]
        codes = column[:]
        expect(codes.min() >= -1 and 0 <= codes.max() < len(names), name, "has codes beyond its names")
    expect(named >= 6, "only", named, "columns of the log have names")
    expect(log["time_us"][500] == log["time_us"][0] == -3600000000, "times are", log["time_us"][500])


def check_xarray(path):
    """Opened with xarray, each group has named dimensions with their coordinates."""
    try:
        import h5netcdf  # noqa: F401
        import xarray
    except ImportError as error:
        print(f"without xarray: {error}")
        return
    with h5py.File(path) as file:
        groups = [name for name in file if name != "statistics"]
        groups += ["layouts/columns", "statistics/claims", "log/runs"]
        groups += [f"statistics/{name}/{next(iter(section))}" for name, section in file["statistics"].items()
                   if name in file]
    for group in groups:
        with xarray.open_dataset(path, group=group, engine="h5netcdf") as data:
            for name, variable in data.variables.items():
                for dimension in variable.dims:
                    expect(not dimension.startswith("phony"), group, name, "has a dimension without a name")
                    expect(dimension in data.coords, group, name, "has no coordinates for", dimension)
    with xarray.open_dataset(path, group="stations", engine="h5netcdf") as stations:
        name = next(n for n, v in stations.data_vars.items() if len(v.dims) == 4)
        expect(stations[name].dims == ("point", "horizon", "replication", "station"), stations[name].dims)
        drill = stations[name].sel(station="drill", horizon=672, replication=2)
        expect(drill.dims == ("point",) and not numpy.isnan(drill).all(), "the drill is not there")


def check_h5dump(path):
    if not shutil.which("h5dump"):
        return
    done = subprocess.run(["h5dump", "-H", path], capture_output=True, text=True)
    expect(done.returncode == 0 and "error" not in done.stderr, "h5dump says", done.stderr[:400])


def main(path, dump_path):
    with open(dump_path, encoding="utf-8") as file:
        dump = json.load(file)
    with h5py.File(path, "r") as file:
        check_root(file, dump)
        check_scales(file)
        check_plain(file)
        seen = check_values(file, dump)
        check_statistics(file, seen)
        check_comparisons(file, seen)
        check_states(file)
        check_ledger(file)
        check_log(file)
    check_xarray(path)
    check_h5dump(path)
    for fault in faults[:20]:
        print(fault)
    if len(faults) > 20:
        print("and", len(faults) - 20, "more")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
