#!/usr/bin/env python3
"""manyi publish: a signed figure, frozen."""
import contextlib
import datetime
import os
import sqlite3
import time

from cli_case import contains, run_tests, same
from cli_year import reading, survey


def a_published_figure_is_frozen_with_its_provenance(city):
    survey(city, 2023, 8.0)
    survey(city, 2024, 8.1)
    first = city.ok("publish", "43", "--year", "2024", "--signed-by", "王局长")
    same((first["indicator"], first["year"], first["version"], first["signed_by"]), ("43", 2024, 1, "王局长"))
    provenance = first["provenance"]
    same((provenance["mapping"], provenance["ledger_size"], provenance["form"]), ("acsi-1-10", 1200, "A"))
    head = city.ok("ledger", "head")
    same((head["root"], head["fresh"]), (provenance["ledger_head"], False))
    # Another estimate today must not change what was published.
    city.ok("wave", "open", "--form", "A", "--year", "2024", "--label", "2024-2")
    lines = ["sector,sat,sat_exp,sat_ideal,cluster"] + [f"S{i % 12 + 1:02d},1,1,1,c{i % 30}" for i in range(600)]
    city.ok("import", "--wave", "A-2024-2", city.write("x.csv", "\n".join(lines) + "\n"))
    second = city.ok("publish", "43", "--year", "2024", "--signed-by", "王局长")
    same(second["version"], 2)
    listed = city.ok("publish", "list", "43")
    same([p["version"] for p in listed], [1, 2])
    same(listed[0]["body"], first["body"])
    assert listed[1]["body"]["estimates"] != first["body"]["estimates"]
    db = sqlite3.connect(city.db)
    try:
        db.execute("UPDATE published SET body = '{}'")
        raise AssertionError("a published figure could be changed")
    except sqlite3.DatabaseError:
        pass
    finally:
        db.close()


def nothing_is_published_for_an_hour_after_the_end(city):
    """What a resident had opened before may still come."""
    survey(city, 2024, 8.0)
    minute = int(time.time()) // 60
    for ended, code in ((minute - 59, 1), (minute, 1), (minute - 61, 0)):
        with contextlib.closing(sqlite3.connect(city.db)) as db:
            db.execute("UPDATE wave SET closes = ?", (ended,)).connection.commit()
        answer = city.run("publish", "43", "--year", "2024", "--signed-by", "王局长", "--json")
        same((ended - minute, answer.code), (ended - minute, code))
        until = datetime.datetime.fromtimestamp((ended + 60) * 60, datetime.timezone(datetime.timedelta(hours=8)))
        same(until.strftime("%Y-%m-%d %H:%M") in answer.text, code == 1)
    with contextlib.closing(sqlite3.connect(city.db)) as db:
        db.execute("UPDATE wave SET closes = ?", (minute,)).connection.commit()
    sealed = ("export", "--r", city.path("sealed"), "--indicator", "43", "--year", "2024", "--json")
    same((city.run(*sealed).code, os.path.exists(city.path("sealed"))), (1, False))


def what_has_no_figure_is_not_published(city):
    for args, code in ((["43", "--year", "2024"], 1), (["51", "--year", "2024"], 1), (["43"], 2),
                       (["43", "--year", "x"], 2)):
        extra = ["--signed-by", "王局长"] if "--year" in args else []
        same((args, city.run("publish", *args, *extra).code), (args, code))
    same(city.run("publish", "43", "--year", "2024").code, 2)
    same(city.ok("publish", "list"), [])
    # Of another year something is known; of this row nobody has said a word.
    reading(city, 1, 2024, "是")
    contains(city.run("publish", "5", "--year", "2024", "--signed-by", "x").err, "row 5 stands as not reported for 2024")
    # Half of it is not reported; in another year, all of it; and an empty name signs nothing.
    publish = ("publish", "3", "--signed-by", "x", "--year")
    contains(city.run(*publish, "2024").err, "not reported for 2024")
    reading(city, 2, 2024, "1.2")
    reading(city, 1, 2023, "是")
    contains(city.run(*publish, "2023").err, "not reported for 2023")
    same(city.run("publish", "3", "--year", "2024", "--signed-by", "").code, 2)
    same(city.ok("publish", "list"), [])
    said = city.ok(*publish, "2024")
    same([(c["value"], c["unit"], c["year"], c["source"]) for c in said["body"]["clauses"]],
         [("2023 年 是 → 2024 年 是", None, 2024, "决算"), ("1.2‰", "‰", 2024, "决算")])
    same((said["body"]["clauses"][0]["year"], said["provenance"]["method_version"]), (2024, 3))
    city.ok(*said["provenance"]["command"].split()[1:])


if __name__ == "__main__":
    run_tests([
        a_published_figure_is_frozen_with_its_provenance,
        nothing_is_published_for_an_hour_after_the_end, what_has_no_figure_is_not_published,
    ])
