#!/usr/bin/env python3
"""The program around its commands: exit codes, errors in either form, a world that fails, what is entered."""
import os
import shutil
import sqlite3
import subprocess

from cli_case import MANYI, Skip, contains, manyi, run_tests, same


def an_error_is_one_json_document():
    answer = manyi("wave", "open", "--form", "A", "--json")
    same((answer.code, answer.err), (2, ""))
    same(answer.json["error"]["code"], "usage")
    contains(answer.json["error"]["message"], "--year")


def errors_are_one_line_in_either_language():
    for lang, word in (("zh", "没有"), ("en", "there is no")):
        answer = manyi("nonsense", lang=lang)
        same(len(answer.err.splitlines()), 1)
        contains(answer.err, word)


def no_database_named_is_a_usage_error():
    answer = manyi("form", "list")
    same(answer.code, 2)
    contains(answer.err, "MANYI_DB")


def a_missing_database_is_the_worlds_fault(city):
    answer = manyi("form", "list", "--json", db=city.path("none.db"))
    same((answer.code, answer.json["error"]["code"]), (3, "io"))
    contains(answer.json["error"]["message"], "manyi init")
    assert "none.db" not in city.names()


def a_file_that_is_no_database_is_refused_untouched(city):
    path = city.write("text.db", "not a database\n" * 100)
    answer = manyi("form", "list", "--json", db=path)
    same(answer.code, 3)
    contains(answer.json["error"]["message"], "text.db")
    same(open(path, encoding="utf-8").read(), "not a database\n" * 100)


def a_newer_database_is_refused_untouched(city):
    with sqlite3.connect(city.db) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()
    before = open(city.db, "rb").read()
    for args in (["form", "list"], ["site", "add", "--name", "x"]):
        answer = city.run(*args, "--json")
        same((answer.code, answer.json["error"]["code"]), (3, "version"))
    same(open(city.db, "rb").read(), before)


def standard_output_that_is_full_is_noticed(city):
    with open("/dev/full", "wb") as full:
        for args in (["form", "list"], ["form", "list", "--json"], ["--help"]):
            answer = city.run(*args, stdout=full)
            same(answer.code, 3)
            contains(answer.err, "standard output")


def an_unreadable_file_is_named(city):
    for args in (["form", "check"], ["form", "load"], ["site", "import"], ["margins", "import"],
                 ["track", "complaints"]):
        answer = city.run(*args, city.path("none.csv"), "--json")
        same((answer.code, answer.json["error"]["code"]), (3, "io"))
        contains(answer.json["error"]["message"], "none.csv")


def changes_are_entered_in_the_audit_trail(city):
    city.ok("site", "add", "--name", "一号窗口")
    city.ok("form", "list")
    db = sqlite3.connect(city.db)
    rows = db.execute("SELECT action, detail FROM audit").fetchall()
    db.close()
    same(rows, [("site add", "name=一号窗口")])


def an_account_without_a_name_is_entered_by_its_number(city):
    if os.getuid() != 0:
        raise Skip("only root can be somebody else")
    who, program = 54321, city.path("manyi")
    shutil.copy2(MANYI, program)
    for name in ("", *city.names()):
        os.chown(city.path(name), who, who)
    done = subprocess.run([program, "config", "set", "city", "x"], env={"MANYI_DB": city.db, "LC_ALL": "C.UTF-8"}, user=who, group=who,
                          extra_groups=[], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(city.db) as db:
        same(db.execute("SELECT who FROM audit ORDER BY id DESC LIMIT 1").fetchone(), ("uid 54321",))
    db.close()


if __name__ == "__main__":
    run_tests([
        an_error_is_one_json_document, errors_are_one_line_in_either_language,
        no_database_named_is_a_usage_error, a_missing_database_is_the_worlds_fault,
        a_file_that_is_no_database_is_refused_untouched, a_newer_database_is_refused_untouched,
        standard_output_that_is_full_is_noticed, an_unreadable_file_is_named,
        changes_are_entered_in_the_audit_trail, an_account_without_a_name_is_entered_by_its_number,
    ])
