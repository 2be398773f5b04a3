"""Compares this project's recurrence engine with libical, python-dateutil and Foundation, rule by rule in one run.

usage: compare.py OURS LIBICAL ZONEFILE

OURS and LIBICAL are the programs that measure one rule; dateutil is measured here. All times are processor time, the
best of five rounds. Before anything is compared it is checked that all found the same.
"""
import importlib.metadata
import json
import re
import subprocess
import sys
import time
from datetime import datetime, timezone

import dateutil
from dateutil import rrule, tz

ZONE = "Europe/London"
AFTER, SOON = "2020-01-03T09:00:00", "2001-01-03T09:00:00"
RULES = [
    ("daily", "2000-01-03T09:00:00", "FREQ=DAILY"),
    ("weekly MO,WE", "2000-01-03T09:00:00", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ("third Friday", "2000-01-21T09:00:00", "FREQ=MONTHLY;BYDAY=3FR"),
    ("last working day", "2000-01-31T09:00:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("yearly", "2000-01-03T09:00:00", "FREQ=YEARLY"),
    ("week 20", "2000-05-15T09:00:00", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
    ("29 February", "2000-02-29T09:00:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ("daily, COUNT=10000", "2000-01-03T09:00:00", "FREQ=DAILY;COUNT=10000"),
]


def measure(work):
    """Nanoseconds for each thing found, and the sum over what was."""
    count, total = work()
    best = None
    for _ in range(5):
        begin, found = time.process_time_ns(), 0
        while True:
            found += work()[0]
            elapsed = time.process_time_ns() - begin
            if elapsed >= 1e8:
                break
        best = min(best or elapsed / found, elapsed / found)
    return {"ns": best, "sum": total}


def dateutil_measurements(start, text):
    start = datetime.fromisoformat(start)
    after = datetime.fromisoformat(AFTER)
    zone = tz.gettz(ZONE)

    def walk(start, end, moment):
        count = total = 0
        for occurrence in rrule.rrulestr(text, dtstart=start):
            if count == 300 or occurrence >= end:
                break
            count += 1
            total += moment(occurrence)
        return count, int(total)

    def local():
        return walk(start, datetime(2400, 1, 1), lambda occurrence: 0)

    def zoned():
        return walk(start.replace(tzinfo=zone), datetime(2037, 1, 1, tzinfo=zone), datetime.timestamp)

    def seek():
        found = rrule.rrulestr(text, dtstart=start).after(after)
        return 1, int(found.replace(tzinfo=timezone.utc).timestamp())

    return {"local": measure(local), "zoned": measure(zoned), "seek": measure(seek)}


def run(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def times(other, ours):
    return f"{other['ns'] / ours['ns']:,.0f}×" if other and other["ns"] and ours["ns"] else "–"


def same(name, what, ours, **others):
    """Says where somebody found something else; the sums are of whole seconds."""
    for other, measurement in others.items():
        if measurement and measurement["ns"] and measurement["sum"] not in (0, ours["sum"]):
            print(f"  {name}, {what}: {other} found something else ({measurement['sum']}, not {ours['sum']})")


def versions():
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    swift = re.search(r"Swift version \S+", swift)
    libical = subprocess.run(["pkg-config", "--modversion", "libical"], capture_output=True, text=True).stdout.strip()
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    return [
        f"libical {libical}", f"python-dateutil {importlib.metadata.version('python-dateutil')}"
        f" (Python {sys.version.split()[0]})",
        f"Foundation of {swift[0] if swift else 'an unknown Swift'}", model[1] if model else "",
    ]


def main():
    ours_program, libical_program, zone_file = sys.argv[1:]
    print("Compared:", "; ".join(versions()))
    rows, seeks, builds = [], [], []
    for name, start, text in RULES:
        ours = run(ours_program, name, start, text, ZONE, zone_file, AFTER, SOON)
        compact = [re.sub("[-:]", "", moment) for moment in (start, AFTER)]
        libical = run(libical_program, compact[0], text, ZONE, compact[1])
        python = dateutil_measurements(start, text)
        foundation = {key: ours.get("foundation" + key) for key in ("Local", "Zoned", "Seek")}
        for what, key in [("local", "Local"), ("zoned", "Zoned"), ("seek", "Seek")]:
            others = {"libical": libical[what], "dateutil": python[what], "Foundation": foundation[key]}
            if what == "local":
                others.pop("dateutil")
            same(name, what, ours[what], **others)
            cells = [f"{ours[what]['ns']:.1f}"]
            if what == "seek":
                cells += [times(libical["seek"], ours["seek"]), times(libical["step"], ours["seek"])]
            else:
                cells += [times(libical[what], ours[what])]
            cells += [times(python[what], ours[what]), times(foundation[key], ours[what])]
            if what == "seek":
                seeks.append([name] + cells + [f"{ours['seek']['ns'] / ours['seekSoon']['ns']:.2f}"])
                steps = ("seek", "seekZoned", "build", "parse")
                builds.append([name] + [f"{ours[step]['ns']:.0f}" for step in steps])
            else:
                rows.append([name, "on the wall clock" if what == "local" else f"in {ZONE}"] + cells)
        print(f"  {name}: measured", file=sys.stderr)
    table("Nanoseconds for an occurrence, and how many times as long the others take",
          ["rule", "", "ours", "libical", "dateutil", "Foundation"], rows)
    table("next(after:) 20 years from the start, the set built before: the same, and the cost of 20 years over that of one",
          ["rule", "ours", "libical set_start", "libical stepping", "dateutil", "Foundation", "20y/1y"], seeks)
    table("Ours in nanoseconds, from less and less prepared",
          ["rule", "next(after:)", "and its instant", "set built from a rule first", "and the rule read from text"], builds)


def table(title, head, rows):
    widths = [max(len(row[column]) for row in [head] + rows) for column in range(len(head))]
    print(f"\n{title}:")
    for row in [head] + rows:
        cells = [cell.ljust(width) if column < (2 if len(head) == 6 else 1) else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        print("  " + "  ".join(cells).rstrip())


main()
