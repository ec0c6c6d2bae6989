#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a script can see.

    tests/lint/lint.py [BUILD]        BUILD holds libtakt.so and libtakt.a (default build)

Includes run one way, sim <- models <- scenarios <- analysis, and a folder is entered by its front door only; the program
sees nothing but analysis/takt.h. Every symbol of libtakt.so starts with takt_, and libtakt.a keeps no data that could
change. What may change during a run is listed where it changes. Each source has its licence line, the format of .clang-format, and nothing left undone. Long files and functions
are reported, and fail nothing. Prints one line a fault, and exits with 1 if there is any."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["sim", "models", "scenarios", "analysis"]  # each may include those before it
COMMAND = pathlib.PurePath("analysis/command")
PUBLIC = pathlib.PurePath("analysis/takt.h")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
UNDONE = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
FILE_LINES, FUNCTION_LINES = 600, 60
FIXED_SETTINGS = {("item", "shelf_life")}  # of keys that are FIXED


def relative(path):
    return path.relative_to(ROOT)


def sources(*suffixes):
    for folder in [*FOLDERS, "tests"]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes:
                yield path


def included(path, name):
    """What a quoted include names, as a path from the root: beside the file first, then from the root."""
    for start in (path.parent, ROOT):
        target = (start / name).resolve()
        if target.is_file() and target.is_relative_to(ROOT):
            return relative(target)
    return None


def include_fault(here, target):
    """Why a file of the four folders may not include another, or None."""
    mine, theirs = here.parts[0], target.parts[0]
    in_command = here.is_relative_to(COMMAND)
    if in_command:
        return None if target == PUBLIC or target.is_relative_to(COMMAND) else f"the program may include only {PUBLIC}"
    if here == PUBLIC:
        return "the public header stands alone"
    if theirs not in FOLDERS:
        return "outside of the four folders"
    if FOLDERS.index(theirs) > FOLDERS.index(mine):
        return f"{mine} must not know {theirs}"
    if theirs != mine and target != pathlib.PurePath(theirs, f"{theirs}.h"):
        return f"{theirs} is entered by {theirs}/{theirs}.h"
    if target.is_relative_to(COMMAND):
        return "the library must not know the program"
    return None


def lint_includes():
    for path in sources(".c", ".h"):
        here = relative(path)
        if here.parts[0] not in FOLDERS:
            continue
        for match in INCLUDE.finditer(path.read_text()):
            target = included(path, match[1])
            fault = include_fault(here, target) if target else "there is no such file"
            if fault:
                line = path.read_text().count("\n", 0, match.start(1)) + 1
                yield f'{here}:{line}: #include "{match[1]}": {fault}'


def lint_licence_and_leftovers():
    for path in [*sources(".c", ".h", ".py", ".sh"), ROOT / "Makefile", ROOT / "tests/run", ROOT / "tests/oracles/run"]:
        lines = path.read_text().splitlines()
        if not any(SPDX in line for line in lines[:2]):
            yield f"{relative(path)}:1: no {SPDX}"
        for number, line in enumerate(lines, 1):
            if UNDONE.search(line):
                yield f"{relative(path)}:{number}: unfinished: {line.strip()}"


def lint_format():
    files = [str(relative(path)) for path in sources(".c", ".h")]
    done = subprocess.run(["clang-format", "--dry-run", *files], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f"clang-format: {done.stderr.strip()}"
    places = re.findall(r"^(\S+?):(\d+):\d+: warning: code should be clang-formatted", done.stderr, re.MULTILINE)
    first = {}
    for name, line in places:
        first.setdefault(name, line)
    for name, line in first.items():
        yield f"{name}:{line}: not formatted: clang-format -i {name}"


def lint_symbols(build):
    library = build / "libtakt.so"
    listing = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        name = line.split()[-1]
        if not name.startswith("takt_"):
            yield f"{library}: symbol {name} does not start with takt_"


def lint_mutable_data(build):
    """Objects that could change while the program runs: in .data or .bss, or their kind for each thread."""
    archive = build / "libtakt.a"
    listing = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout
    member = ""
    for line in listing.splitlines():
        if ":     file format" in line:
            member = line.split(":")[0]
        match = re.search(r"\s(\.\S+)\s+[0-9a-f]+\s+(?:\.hidden )?([^.\s]\S*)$", line)
        if match and re.match(r"\.t?(data|bss)", match[1]) and not match[1].startswith(".data.rel.ro"):
            yield f"{archive}: {member}: {match[2]} can change: no globals, no mutable statics"


def report_sizes():
    for path in sources(".c", ".h"):
        lines = path.read_text().splitlines()
        if len(lines) > FILE_LINES:
            yield f"{relative(path)}: {len(lines)} lines"
        begin, name = 0, None
        for number, line in enumerate(lines, 1):
            head = re.match(r"^\w[^=;]*?(\w+)\(", line)
            if head:
                begin, name = number, head[1]
            if line.startswith("}") and name:
                if number - begin + 1 > FUNCTION_LINES:
                    yield f"{relative(path)}:{begin}: {name} has {number - begin + 1} lines"
                name = None


def lint_settings():
    """What may change during a run stands in the list of change.c, or programmes would change it in vain."""
    plant, change = ROOT / "models/plant/plant.h", ROOT / "models/run/change.c"
    listed = {(kind, member.split(".")[0])
              for kind, member in re.findall(r"SETTING\(\w+, (\w+), ([\w.]+)\)", change.read_text())}
    for kind, body in re.findall(r"^struct (\w+)_settings \{(.*?)^\};", plant.read_text(), re.DOTALL | re.MULTILINE):
        body = re.sub(r"struct \w+ \{.*?\}", "struct inner", re.sub(r"/\*.*?\*/", "", body, flags=re.DOTALL), flags=re.DOTALL)
        for declaration in filter(str.strip, body.split(";")):
            members = re.sub(r"^\s*(const )?(struct |enum )?\w+ ", "", declaration, count=1)
            for member in (re.findall(r"\w+", part)[-1] for part in members.split(",")):
                if (kind, member) not in listed | FIXED_SETTINGS:
                    yield f"{relative(change)}: {member} of struct {kind}_settings is not among the settings that change"


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    for note in report_sizes():
        print(f"long: {note}")
    faults = [*lint_includes(), *lint_licence_and_leftovers(), *lint_format(), *lint_symbols(build),
              *lint_mutable_data(build), *lint_settings()]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
