#!/usr/bin/env python3
"""The command line itself: help, mistakes, exit codes, and a world that fails."""
import json
import os
import re
import shutil
import sqlite3
import subprocess

from cli_case import MANYI, SOURCE, City, Skip, contains, manyi, run_tests, same


def topics():
    return [w for w in manyi("help", "--words").text.split() if not w.startswith("--")]


def commands():
    """Every command as its words."""
    for topic in topics():
        words = [w for w in manyi("help", "--words", topic).text.split() if not w.startswith("-")]
        if not words:
            yield [topic]
        for word in words:
            more = [w for w in manyi("help", "--words", topic, word).text.split()
                    if not w.startswith("-")]
            yield from ([topic, word, w] for w in more) if more else [[topic, word]]


def every_command_has_help_in_both_languages():
    all_commands = list(commands())
    assert len(all_commands) > 40, all_commands
    for words in all_commands:
        for lang, mark in (("zh", "用法："), ("en", "Usage: ")):
            answer = manyi(*words, "--help", lang=lang)
            same(answer.code, 0)
            contains(answer.text, mark + "manyi " + " ".join(words))
            assert bool(re.search("[\u4e00-\u9fff]", answer.text)) == (lang == "zh"), words
        same(manyi("help", *words).text, manyi(*words, "--help").text)


def help_is_json_when_asked():
    contains(manyi("wave", "open", "--help", "--json").json["help"], "--year YEAR")


def the_version_is_that_of_the_package():
    answer = manyi("version", "--json")
    contains(open(os.path.join(SOURCE, "configure.ac"), encoding="utf-8").read(),
             f"AC_INIT([manyi], [{answer.json['version']}]")
    same(manyi("--version").text, f"manyi {answer.json['version']}\n")


def nothing_to_do_is_a_usage_error():
    answer = manyi()
    same((answer.code, answer.out), (2, b""))
    contains(answer.err, "manyi --help")


def a_mistyped_word_gets_a_suggestion():
    for args, meant in ((["wvae"], '"wave"'), (["imprt", "x"], '"import"'),
                        (["wave", "opne"], '"open"'), (["site", "ad"], '"add"'),
                        (["wave", "open", "--from", "A"], '"--form"'),
                        (["index", "--indicater=43"], '"--indicator"'),
                        (["form", "list", "--jsn"], '"--json"')):
        answer = manyi(*args)
        same(answer.code, 2)
        contains(answer.err, meant)


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


def options_may_stand_anywhere_and_take_an_equals_sign(city):
    for args in (["form", "list", "--json"], ["--json", "form", "list"], ["form", "--json", "list"],
                 ["--json", "form", "list", "--lang=zh"]):
        same(len(city.run(*args).json), 3)
    same(manyi("form", "list", f"--db={city.db}", "--json").code, 0)


def an_option_twice_or_without_its_value_is_refused(city):
    same(city.run("index", "--indicator", "43", "--indicator", "47").code, 2)
    same(city.run("index", "--indicator").code, 2)
    same(city.run("index", "--indicator", "--json").code, 2)
    same(city.run("form", "list", "--json=yes").code, 2)
    same(city.run("form", "list", "extra").code, 2)


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


def init_leaves_an_existing_database_alone(city):
    before = open(city.db, "rb").read()
    answer = city.run("init", "--json")
    same((answer.code, answer.json["error"]["code"]), (1, "conflict"))
    same(open(city.db, "rb").read(), before)


def init_makes_a_database_and_a_private_key(city):
    same(city.names(), ["ledger.key", "ledger.key.pub", "manyi.db"])
    same(os.stat(city.path("ledger.key")).st_mode & 0o777, 0o600)
    same([f["id"] for f in city.ok("form", "list")], ["A", "B", "C"])


def init_on_a_full_disk_leaves_nothing():
    city = City(make=False)
    try:
        answer = city.run("init", "--json", limit=100000)
        same((answer.code, answer.json["error"]["code"]), (3, "full"))
        same(city.names(), [])
    finally:
        city.close()


def init_where_it_may_not_write_leaves_nothing(city):
    answer = manyi("init", "--json", db=city.path("none/manyi.db"))
    same(answer.code, 3)
    assert "none" not in city.names()


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


def form_check_points_at_every_fault(city):
    good = os.path.join(SOURCE, "forms/questionnaires/A.json")
    answer = manyi("form", "check", good, "--json")
    same((answer.code, answer.json["ok"], answer.json["faults"]), (0, True, []))
    text = open(good, encoding="utf-8").read()
    path = city.write("bad.json", text.replace('"select_one sectors"', '"select_won sectors"'))
    answer = manyi("form", "check", path, "--json")
    same((answer.code, answer.json["ok"]), (1, False))
    line = next(n for n, s in enumerate(text.splitlines(), 1) if '"select_one sectors"' in s)
    fault = next(f for f in answer.json["faults"] if f["line"] == line)
    assert fault["column"] > 0 and fault["what"] and fault["instead"]
    contains(manyi("form", "check", path).text, f"{path}:{line}:")


def a_broken_form_is_not_loaded(city):
    path = city.write("bad.json", "{")
    same(city.run("form", "load", path).code, 1)
    same(len(city.ok("form", "list")), 3)


def form_show_lists_items_and_gives_the_file_back(city):
    form = city.ok("form", "show", "B")
    same(form["items"][0]["name"], "level")
    same([c["name"] for c in form["items"][0]["choices"]], ["5", "4", "3", "2", "1"])
    with open(os.path.join(SOURCE, "forms/questionnaires/B.json"), encoding="utf-8") as f:
        same(city.ok("form", "show", "B", "--source"), json.load(f))
    same(city.run("form", "show", "Z").code, 1)


def settings_are_known_by_name(city):
    city.ok("config", "set", "city", "瓦房店市")
    same(city.ok("config", "get", "city")["value"], "瓦房店市")
    same(city.run("config", "get", "city").text, "瓦房店市\n")
    same(city.run("config", "get", "contact").code, 1)
    contains(city.run("config", "set", "citty", "x").err, '"city"')
    same(city.run("config", "set", "demo", "0").code, 1)
    same(city.run("config", "set", "base_url", "http://host?x=1#y").code, 1)
    same(city.ok("config", "list")["city"], "瓦房店市")


def users_get_one_time_passwords(city):
    first = city.ok("user", "add", "--name", "zhang", "--role", "analyst")
    assert re.fullmatch(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", first["password"])
    second = city.ok("user", "reset", "zhang")
    assert first["password"] != second["password"]
    same(city.run("user", "add", "--name", "zhang", "--role", "analyst").code, 1)
    same(city.run("user", "add", "--name", "x y", "--role", "analyst").code, 2)
    same(city.run("user", "add", "--name", "li", "--role", "boss").code, 2)
    same(city.run("user", "add", "--name", "li", "--role", "department").code, 2)
    same(city.run("user", "add", "--name", "li", "--role", "department",
                  "--department", "没有的局").code, 1)
    city.ok("user", "add", "--name", "li", "--role", "department", "--department", "市商务局")
    city.ok("user", "disable", "zhang")
    same({u["name"]: u["active"] for u in city.ok("user", "list")}, {"zhang": False, "li": True})
    city.ok("user", "enable", "zhang")
    same(city.run("user", "reset", "nobody").code, 1)


def passwords_are_not_kept_in_the_open(city):
    password = city.ok("user", "add", "--name", "zhang", "--role", "admin")["password"]
    assert password.encode() not in open(city.db, "rb").read()


def changes_are_entered_in_the_audit_trail(city):
    city.ok("site", "add", "--name", "一号窗口")
    city.ok("form", "list")
    db = sqlite3.connect(city.db)
    rows = db.execute("SELECT action, detail FROM audit").fetchall()
    db.close()
    same(rows, [("site add", "name=一号窗口")])


def a_backup_is_a_whole_database(city):
    city.ok("site", "add", "--name", "一号窗口")
    said = city.ok("backup", city.path("copy.db"))
    same(said["bytes"], os.stat(city.path("copy.db")).st_size)
    same(len(json.loads(manyi("site", "list", "--json", db=city.path("copy.db")).text)), 1)
    same(city.run("backup", city.path("copy.db")).code, 1)
    same(city.run("backup", city.path("none/copy.db")).code, 3)


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


def completion_knows_what_the_program_knows():
    script = os.path.join(SOURCE, "cli/manyi.bash")

    def complete(*words):
        line = " ".join(f"'{w}'" for w in words)
        return subprocess.run(
            ["bash", "-c", f"source '{script}'; COMP_WORDS=('{MANYI}' {line}); "
             f"COMP_CWORD={len(words)}; _manyi 2>/dev/null; echo \"${{COMPREPLY[*]}}\""],
            check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    same(complete("wav"), ["wave"])
    same([w for w in complete("wave", "") if not w.startswith("-")], ["open", "close", "renew", "list"])
    same([w for w in complete("track", "evidence", "") if not w.startswith("-")],
         ["add", "accept", "return"])
    same(complete("wave", "open", "--y"), ["--year="])
    same(complete("index", "--stream", "s"), ["sampled"])


if __name__ == "__main__":
    run_tests([
        every_command_has_help_in_both_languages, help_is_json_when_asked,
        the_version_is_that_of_the_package, nothing_to_do_is_a_usage_error,
        a_mistyped_word_gets_a_suggestion, an_error_is_one_json_document,
        errors_are_one_line_in_either_language, options_may_stand_anywhere_and_take_an_equals_sign,
        an_option_twice_or_without_its_value_is_refused, no_database_named_is_a_usage_error,
        a_missing_database_is_the_worlds_fault, a_file_that_is_no_database_is_refused_untouched,
        a_newer_database_is_refused_untouched, init_leaves_an_existing_database_alone,
        init_makes_a_database_and_a_private_key, init_on_a_full_disk_leaves_nothing,
        init_where_it_may_not_write_leaves_nothing, standard_output_that_is_full_is_noticed,
        an_unreadable_file_is_named, form_check_points_at_every_fault, a_broken_form_is_not_loaded,
        form_show_lists_items_and_gives_the_file_back, settings_are_known_by_name,
        users_get_one_time_passwords, passwords_are_not_kept_in_the_open,
        changes_are_entered_in_the_audit_trail, a_backup_is_a_whole_database,
        an_account_without_a_name_is_entered_by_its_number,
        completion_knows_what_the_program_knows,
    ])
