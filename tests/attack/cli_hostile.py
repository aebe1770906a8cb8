#!/usr/bin/env python3
"""Hostile words in every place of every command, hostile bytes in every text of the database: an answer all the same."""
import json
import os
import random
import sqlite3
import subprocess

from cli_case import MANYI, City, run_tests

# What is no text at all, and what is text that no name, number or path should be.
NOT_TEXT = [b"m\xff", "银行".encode("gbk"), b"\xed\xa0\x80", b"a\xc3"]
ODD = ["", " ", "\u202egnp.exe", "a\u200bb", "%s%n%999999d", "-1", "1e999", "nan", "0x10", "9" * 40, "2024-13-45",
       "x" * 5000, "'; DROP TABLE site; --", "../../etc/passwd", "/dev/null", "/nowhere/x", "\n", "\x01", "\x1b[31m", "😀"]
RUNS_FOR_EVER = {"serve", "intake", "store", "desk", "demo"}

# A word that could stand there, by what the help calls it.
LIKELY = {"ID": "A", "WAVE": "B-2024", "YEAR": "2024", "NAME": "x", "N": "1", "X": "1", "DAY": "2024-05-12", "CODE": "ABCDEF",
          "ROLE": "admin", "FILE": "/dev/null", "FILE.csv": "/dev/null", "TEXT": "x", "PLAN.json": "/dev/null", "LIST": "fast",
          "FILE.pdf|DIR": "/nowhere/x.pdf", "FILE.svg|FILE.png": "/nowhere/x.svg", "NEWFILE": "/nowhere/x", "DIR": "/nowhere/x"}


def commands(city):
    return city.ok("help")["commands"]


def words_of(command, place=None, word=None):
    """The command with likely words; the word at a place (an operand's number or an option's name) is the given one."""
    said = [command["topic"]] + command["name"].split()
    names = command["operands"].replace("[", "").replace("]", "").split() or ["X"]
    for i in range(command["least"] if not isinstance(place, int) else max(command["least"], place + 1)):
        said.append(word if i == place else LIKELY.get(names[min(i, len(names) - 1)], "x"))
    for o in command["options"]:
        if o["value"] is not None and (o["required"] or o["name"] == place):
            said += ["--" + o["name"], word if o["name"] == place else LIKELY.get(o["value"], "x")]
    return said


def places(command):
    return list(range(command["most"])) + [o["name"] for o in command["options"] if o["value"] is not None]


def run(city, words, as_json, lang="en", env=None):
    full = {"PATH": os.environ["PATH"], "MANYI_DB": city.db, "MANYI_LANG": lang, "LC_ALL": "C.UTF-8"}
    full.update(env or {})
    return subprocess.run([MANYI, *words] + (["--json"] if as_json else []), env=full, cwd=city.dir,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)


def judge(done, words, as_json, codes=(0, 1, 2, 3)):
    """Its exit code is one of the manual's, and what it says agrees."""
    assert done.returncode in codes, f"{words}: exit {done.returncode}: {done.stdout[:300]} {done.stderr[:300]}"
    for stream in (done.stdout, done.stderr):
        stream.decode("utf-8")
    assert b"\x1b" not in done.stdout + done.stderr, f"{words}: an escape sequence came through"
    if as_json:
        said = json.loads(done.stdout)
        error = said.get("error") if isinstance(said, dict) else None
        if done.returncode >= 2:
            assert error and error["code"] not in ("none", "") and error["message"], f"{words}: {said}"
        if done.returncode == 0:
            assert not error, f"{words}: exit 0 and {error}"
    elif done.returncode >= 2:
        assert done.stderr.strip(), f"{words}: exit {done.returncode} and not a word"


def with_answers(city):
    city.ok("wave", "open", "--form", "B", "--year", "2024")
    city.ok("site", "add", "--name", "市政务服务中心", "--sector", "S01", "--window", "3号窗口")
    path = city.write("b.csv", "level\n" + "5\n" * 30)
    city.ok("import", "--wave", "B-2024", path)


def what_is_not_text_is_refused_wherever_it_stands(city):
    with_answers(city)
    before = sqlite3.connect(city.db).execute("SELECT count(*) FROM audit").fetchone()
    n = 0
    for command in commands(city):
        for place in places(command):
            n += 1
            words = words_of(command, place, NOT_TEXT[n % len(NOT_TEXT)])
            as_json = n % 2 == 0
            judge(run(city, words, as_json, ("en", "zh")[n // 2 % 2]), words, as_json, (2,))
    assert n > 200, n
    for words in (["site", "list", "--db", b"\xff"], [b"\xff"], [b"--\xff"], ["site", b"\xff"], ["--lang", b"\xff", "site", "list"],
                  ["site", "list", b"--x=\xff"], ["help", b"\xff"]):
        for as_json in (False, True):
            judge(run(city, words, as_json), words, as_json, (2,))
    for as_json in (False, True):
        judge(run(city, ["site", "list"], as_json, env={"MANYI_DB": os.fsdecode(b"/tmp/\xff")}), "MANYI_DB", as_json, (2,))
        judge(run(city, ["config", "set", "city", "x"], as_json, env={"SUDO_USER": os.fsdecode(b"\xff"), "MANYI_LANG": os.fsdecode(b"\xff")}),
              "SUDO_USER", as_json, (0,))
    assert sqlite3.connect(city.db).execute("SELECT count(*) FROM audit").fetchone()[0] == before[0] + 2


def odd_words_get_an_answer(city):
    with_answers(city)
    chance = random.Random(36)
    n = 0
    for command in commands(city):
        if command["topic"] in RUNS_FOR_EVER:
            continue
        for place in places(command):
            n += 1
            words = words_of(command, place, chance.choice(ODD))
            as_json = n % 4 != 0
            judge(run(city, words, as_json, chance.choice(["zh", "en"])), words, as_json)
    assert n > 150, n


def a_name_that_cannot_be_printed_is_refused_with_a_sentence(city):
    with_answers(city)
    bad = {"\u202eABC": "U+202E", "银行\u200b": "U+200B", "a\nb": "U+000A", "a\tb": "U+0009", "\ufeff银行": "U+FEFF", "   ": "empty",
           "\u3000": "empty", "大" * 201: "at most"}
    for name, why in bad.items():
        for words in (["site", "add", "--name", name, "--sector", "S01"], ["site", "add", "--name", "x", "--window", name],
                      ["config", "set", "city", name], ["config", "set", "agency", name],
                      ["wave", "open", "--form", "A", "--year", "2024", "--agency", name]):
            done = run(city, words, True)
            said = json.loads(done.stdout)["error"]
            missing = name == "   " and "--name" in words and words[3] == name    # as if it had not been given
            assert done.returncode == (2 if missing else 1) and why in said["message"], f"{words}: {done.returncode} {said}"
            judge(done, words, True)
    path = city.write("sites.csv", "name,window\n银行,3号\n银\u202e行,3号\n")
    done = run(city, ["site", "import", path], True)
    said = json.loads(done.stdout)
    assert done.returncode == 1 and "U+202E" in str(said) and len(said["errors"]) == 1, said
    for name in ("瓦房店市政务服务中心（东区）", "Café 3 — “Nº 1”", "𠮷野家", "大" * 80):
        city.ok("site", "add", "--name", name, "--window", "3号窗口")
    assert len(city.ok("site", "list")) == 5


def text_columns(db):
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall():
        for column in db.execute(f"PRAGMA table_info({table})").fetchall():
            if column[2] == "TEXT":
                yield table, column[1]


def spoil(path, table, column):
    """Bytes that are not UTF-8 at the end of a text of every row, as an older program could store them."""
    db = sqlite3.connect(path, isolation_level=None)
    for (trigger,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {trigger}")
    try:
        db.execute("PRAGMA ignore_check_constraints = ON")
        rows = db.execute(f'UPDATE "{table}" SET "{column}" = CAST(CAST("{column}" AS BLOB) || x\'d2f8\' AS TEXT)').rowcount
    except sqlite3.Error:
        rows = 0
    db.close()
    return rows


def bytes_of_an_older_program_are_shown_and_stop_nothing():
    city = City(make=False)
    try:
        subprocess.run([MANYI, "demo", city.path("c"), "--seed", "7", "--answers", "600"], check=True, stdout=subprocess.DEVNULL)
        city.db = city.path("c/manyi.db")
        whole = open(city.db, "rb").read()
        table = commands(city)
        columns = list(text_columns(sqlite3.connect(city.db)))
        assert len(columns) > 60
        chance = random.Random(35)
        n = 0
        always = [c for c in columns if c[0] in ("site", "wave", "setting")]
        for name, column in always + chance.sample([c for c in columns if c not in always], 20):
            with open(city.db, "wb") as f:
                f.write(whole)
            if spoil(city.db, name, column) == 0:
                continue
            for command in chance.sample([c for c in table if c["database"] in ("read", "keep") and c["topic"] != "export"], 3):
                n += 1
                words = words_of(command)
                as_json = chance.random() < 0.7
                judge(run(city, words, as_json), words + [name, column], as_json)
        assert n > 60, n
    finally:
        city.close()


if __name__ == "__main__":
    run_tests([what_is_not_text_is_refused_wherever_it_stands,
               odd_words_get_an_answer,
               a_name_that_cannot_be_printed_is_refused_with_a_sentence,
               bytes_of_an_older_program_are_shown_and_stop_nothing])
