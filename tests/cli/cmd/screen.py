#!/usr/bin/env python3
"""Screening: rules registered first, applied later, each to the answers it was written for and to no other."""
import json
import os
import sqlite3

from cli_case import SOURCE, contains, run_tests, same

SCALES = ["p1", "p2", "P", "e1", "e2", "E", "s1", "s2", "S", "n1", "n2", "N", "g1", "g2", "G", "T"]


def typical():
    with open(os.path.join(SOURCE, "forms/questionnaires/C.json"), encoding="utf-8") as f:
        return json.load(f)["settings"]["seconds"]


def row(key, seconds, values, rush=0):
    return ",".join([key, str(seconds), str(rush), "1", *map(str, values)])


def fill(city):
    """One answer for each thing that may be wrong, and good ones."""
    mixed = [1 + (7 * i) % 10 for i in range(len(SCALES))]
    usual, rows = typical(), [",".join(["key", "seconds", "rush", "resid", *SCALES])]
    rows += [row("good", usual, mixed), row("unknown", "", mixed), row("slowish", usual // 2 - 5, mixed),
             row("fast", usual // 4, mixed), row("alike", usual, [7] * len(SCALES)),
             row("alike-but-one", usual, [7] * (len(SCALES) - 1) + [8]),
             row("seven-alike", usual, [7] * 7 + [98] * (len(SCALES) - 7)),
             row("half", usual, [5, 6] * 4 + [98] * 8), row("blank", usual, [5, 6, 7] + [98] * 13),
             row("crowd", usual // 2 - 20, mixed, 2), row("calm-crowd", usual, mixed, 1)]
    city.ok("wave", "open", "--form", "C", "--year", "2026")
    city.ok("import", "--wave", "C-2026", city.write("c.csv", "\n".join(rows) + "\n"))


def excluded(city):
    db = sqlite3.connect(city.db)
    try:
        return sorted(db.execute("SELECT agency_key, rule FROM exclusion JOIN response ON response.id = response").fetchall())
    finally:
        db.close()


def each_rule_finds_what_it_was_written_for(city):
    fill(city)
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "fast,straight,blank,crowd")
    said = city.ok("screen", "run", "--wave", "C-2026")
    same(excluded(city), [("alike", "straight"), ("blank", "blank"), ("crowd", "crowd"), ("fast", "fast"),
                          ("seven-alike", "blank")])
    same([(r["rule"], r["version"], r["excluded"], r["answers"]) for r in said],
         [("fast", "1", 1, 11), ("straight", "1", 1, 11), ("blank", "1", 2, 11), ("crowd", "1", 1, 11)])


def behind_the_back(city, change):
    """A row of the table changed by somebody who is not the program."""
    db = sqlite3.connect(city.db)
    db.execute("DROP TRIGGER response_fixed")
    change(db)
    db.commit()
    db.close()


def what_a_withdrawn_import_brought_is_left_alone(city):
    fill(city)
    rows = [",".join(["key", "seconds", "rush", "resid", *SCALES]), row("withdrawn", typical(), [9] * len(SCALES))]
    city.ok("import", "--wave", "C-2026", city.write("d.csv", "\n".join(rows) + "\n"))
    city.ok("import", "withdraw", "2", "--reason", "x")
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "straight")
    city.ok("screen", "run", "--wave", "C-2026")
    same(excluded(city), [("alike", "straight")])


def what_is_not_the_forms_is_named_and_nothing_set_aside(city):
    fill(city)
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "straight")
    behind_the_back(city, lambda db: db.execute("UPDATE response SET answers = '[1]' WHERE agency_key = 'half'"))
    refused = city.run("screen", "run", "--wave", "C-2026")
    same(refused.code, 3)
    contains(refused.err, "does not fit form C")
    same(excluded(city), [])


def the_rows_are_looked_at_and_no_block_made_of_them(city):
    city.ok("wave", "open", "--form", "C", "--year", "2026")
    rows = [",".join(["key", "seconds", "rush", "resid", *SCALES])]
    rows += [row(f"good-{i}", typical(), [1 + (i + 7 * k) % 10 for k in range(len(SCALES))]) for i in range(5000)]
    city.ok("import", "--wave", "C-2026", city.write("c.csv", "\n".join(rows) + "\n"))
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "fast")
    derived = os.path.join(os.path.dirname(city.db), "derived")
    city.ok("screen", "run", "--wave", "C-2026")
    same(os.path.isdir(derived) and os.listdir(derived) or [], [])
    city.ok("index", "--form", "C", "--year", "2026")
    same(len(os.listdir(derived)), 1)
    behind_the_back(city, lambda db: db.execute("UPDATE response SET seconds = 1 WHERE agency_key = 'good-7'"))
    city.ok("screen", "run", "--wave", "C-2026")
    same(excluded(city), [("good-7", "fast")])


def what_is_not_registered_is_not_applied(city):
    fill(city)
    same(city.run("screen", "run", "--wave", "C-2026").code, 1)
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "fast")
    city.ok("screen", "run", "--wave", "C-2026")
    same(excluded(city), [("fast", "fast")])


def running_twice_sets_nothing_aside_twice(city):
    fill(city)
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "fast,straight")
    city.ok("screen", "run", "--wave", "C-2026")
    city.ok("screen", "run", "--wave", "C-2026")
    same(len(excluded(city)), 2)


def a_registration_says_how_many_answers_there_were_and_stays(city):
    city.ok("wave", "open", "--form", "C", "--year", "2025")
    first = city.ok("screen", "register", "--wave", "C-2025", "--rule", "fast")
    again = city.ok("screen", "register", "--wave", "C-2025", "--rule", "fast")
    same((first[0]["answers"], again), (0, first))
    db = sqlite3.connect(city.db)
    for sql in ("DELETE FROM screening", "UPDATE screening SET answers = 0"):
        try:
            db.execute(sql)
            raise AssertionError(sql)
        except sqlite3.IntegrityError as problem:
            contains(str(problem), "append-only")
    db.close()
    same(city.run("screen", "register", "--wave", "C-2025", "--rule", "pretty", "--json").code, 1)


def the_main_estimate_leaves_them_out_and_the_rows_stay(city):
    city.ok("wave", "open", "--form", "C", "--year", "2026")
    rows = [",".join(["key", "seconds", "rush", "resid", *SCALES])]
    rows += [row(f"good-{i}", typical(), [1 + (i + 7 * k) % 10 for k in range(len(SCALES))]) for i in range(120)]
    rows += [row(f"alike-{i}", typical(), [10] * len(SCALES)) for i in range(40)]
    city.ok("import", "--wave", "C-2026", city.write("c.csv", "\n".join(rows) + "\n"))
    asked = ("index", "--form", "C", "--index", "overall", "--year", "2026", "--stream", "sampled", "--json")
    before = city.run(*asked).json
    city.ok("screen", "register", "--wave", "C-2026", "--rule", "straight")
    city.ok("screen", "run", "--wave", "C-2026")
    after = city.run(*asked).json
    same([figure["n"] for figure in (before["estimates"][0], after["estimates"][0])], [160, 120])
    same(sqlite3.connect(city.db).execute("SELECT count(*) FROM response").fetchone()[0], 160)
    city.ok("ledger", "head")
    city.ok("ledger", "verify")


if __name__ == "__main__":
    run_tests([each_rule_finds_what_it_was_written_for,
               what_a_withdrawn_import_brought_is_left_alone,
               what_is_not_the_forms_is_named_and_nothing_set_aside,
               the_rows_are_looked_at_and_no_block_made_of_them,
               what_is_not_registered_is_not_applied,
               running_twice_sets_nothing_aside_twice,
               a_registration_says_how_many_answers_there_were_and_stays,
               the_main_estimate_leaves_them_out_and_the_rows_stay])
