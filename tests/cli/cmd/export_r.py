#!/usr/bin/env python3
"""manyi export --r: the folder an outside agency is given, and when there is none."""
import hashlib
import json
import os
import sqlite3

from cli_case import contains, run_tests, same
from cli_year import survey


def published(city):
    survey(city, 2024, 7.8)
    city.ok("publish", "43", "--year", "2024", "--signed-by", "王局长")


def export(city, name, *more):
    return city.run("export", "--r", city.path(name), *more, "--json")


def the_folder_holds_the_figure_and_a_hash_of_every_file(city):
    published(city)
    said = export(city, "x", "--indicator", "43", "--year", "2024").json
    same((said["folder"], said["indicator"], said["year"], said["version"]), (city.path("x"), "43", 2024, 1))
    same(sorted(os.listdir(city.path("x"))), ["SHA256SUMS", "answers.csv", "complaints.csv", "figure.json", "published.csv",
                                              "recompute.R"])
    with open(city.path("x/SHA256SUMS"), encoding="utf-8") as f:
        sums = dict(reversed(line.split()) for line in f)
    for name, digest in sums.items():
        with open(city.path("x/" + name.lstrip("*")), "rb") as f:
            same((name, hashlib.sha256(f.read()).hexdigest()), (name, digest))
    same(len(sums), 5)
    same((said["rows"], said["rows_sha256"]), (600, sums["answers.csv"]))
    with open(city.path("x/figure.json"), encoding="utf-8") as f:
        same(json.load(f)["provenance"]["rows_sha256"], said["rows_sha256"])


def it_is_said_in_both_languages(city):
    published(city)
    for i, lang in enumerate(("zh", "en")):
        text = city.run("export", "--r", city.path(lang), "--indicator", "43", "--year", "2024", lang=lang).text
        contains(text, city.path(lang))
        same(("Rscript" in text, any("\u4e00" <= c <= "\u9fff" for c in text)), (True, i == 0))


def a_changed_database_is_not_exported(city):
    published(city)
    db = sqlite3.connect(city.db)
    for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'response'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("UPDATE response SET weight = weight * 2 WHERE id = 3")
    db.commit()
    db.close()
    answer = city.run("export", "--r", city.path("x"), "--indicator", "43", "--year", "2024", "--json")
    same((answer.code, answer.json["error"]["code"]), (1, "conflict"))
    assert not os.path.exists(city.path("x"))


def a_question_that_makes_no_sense_is_refused(city):
    published(city)
    city.write("taken", "")
    os.mkdir(city.path("full"))
    city.write("full/file", "x")
    r = ["export", "--r"]
    for args, code in (([*r, city.path("a")], 2), ([*r, city.path("a"), "--indicator", "43"], 2),
                       ([*r, city.path("a"), "--indicator", "43", "--year", "2023"], 1),
                       ([*r, city.path("a"), "--indicator", "43", "--year", "2024", "--edition", "2"], 1),
                       ([*r, city.path("full"), "--indicator", "43", "--year", "2024"], 1),
                       ([*r, city.path("taken"), "--indicator", "43", "--year", "2024"], 3), (["export"], 2)):
        same((args, city.run(*args).code), (args, code))
    same(os.listdir(city.path("full")), ["file"])


if __name__ == "__main__":
    run_tests([
        the_folder_holds_the_figure_and_a_hash_of_every_file, it_is_said_in_both_languages,
        a_changed_database_is_not_exported, a_question_that_makes_no_sense_is_refused,
    ])
