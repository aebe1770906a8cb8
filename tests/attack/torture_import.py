#!/usr/bin/env python3
"""A long import while residents answer: all of it is stored, and nobody is turned away.

ROWS (default 5000; FULL=1: 100000) comes from the environment.
"""

import csv
import json
import os
import time

from serve import manyi, note, place, until
from torture_wave import Crowd, Demo
import serve

ROWS = int(os.environ.get("ROWS", "100000" if os.environ.get("FULL") else "5000"))
MOST_SECONDS = 2.0      # that an answer may take; the store gives up after three


def write_rows(path):
    """Answers to form A that no two people gave alike."""
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow("key sector sat sat_exp sat_ideal problem sex age town edu stratum cluster weight minute".split())
        for i in range(ROWS):
            out.writerow([f"t-{i}", f"S{i % 12 + 1:02d}", i % 10 + 1, i // 10 % 10 + 1, i // 100 % 10 + 1, 1, i % 2 + 1, i % 5 + 2,
                          210281001, 3, f"h{i % 3}", f"c{i % 40}", "1.5", f"2024-05-{i // 1440 % 28 + 1:02d} {i // 60 % 24:02d}:{i % 60:02d}"])
    return path


def closed_wave(city):
    """A wave of form A that takes late answers, whichever is open."""
    waves = json.loads(city.must("wave", "list", "--form", "A", "--json"))
    return waves[-1]["wave"], [] if waves[-1]["open"] else ["--late", "torture"]


def long_import(city, path):
    wave, late = closed_wave(city)
    crowd = Crowd(city)
    until(lambda: len(crowd.seconds) > 20)
    began = time.monotonic()
    # Their weights are none of the demo city's: said, since a file of another make is refused else.
    done = manyi("import", "--wave", wave, path, "--unlike", "--json", "--db", city.db, *late)
    took = time.monotonic() - began
    crowd.end()
    note("%d rows: the import took %.2f s; beside it %d answers, the slowest %.2f s, refused: %s" % (
        ROWS, took, len(crowd.seconds), max(crowd.seconds), crowd.refused))
    said = json.loads(done.stdout) if done.returncode == 0 else {}
    if not said:
        note(done.stdout[:600])
    serve.test(said.get("stored") == ROWS, "all of a long import is stored")
    serve.test(not crowd.refused, "nobody who answers meanwhile is turned away")
    serve.test(max(crowd.seconds) < MOST_SECONDS, "or waits long")
    stored, counts, crowds = city.rows("SELECT count(*), (SELECT sum(n) FROM fieldwork), sum(key LIKE 'crowd-%')"
                                       " FROM response")[0]
    serve.test(stored == counts and crowds == len(crowd.seconds), "every answer is there once")


def main():
    with place("import") as top:
        city = Demo(os.path.join(top, "city"))
        path = write_rows(os.path.join(top, "rows.csv"))
        with city.running():
            long_import(city, path)
            serve.test(city.end() == 0, "it ends well")


if __name__ == "__main__":
    main()
