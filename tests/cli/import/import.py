#!/usr/bin/env python3
"""Imports as agencies send them: batches, the same file again, corrections, late answers."""
import csv
import io
import os
import random
import signal
import sqlite3
import subprocess
import time

from cli_case import MANYI, City, contains, run_tests, same
from cli_wave import HEADER, ROW, sqlite
from import_case import PHONE, counted, errors, index, open_wave, phone_rows, put, refused, text_of, without


def the_same_answers_are_known_however_the_file_was_saved(city):
    open_wave(city)
    rows = phone_rows()
    first = put(city, PHONE)
    same((first.code, first.json["stored"], first.json["batch"]), (0, 240, 1))
    weight = rows[0].index("weight")
    mended = [rows[0]] + [[("2.5" if i == weight else c) for i, c in enumerate(r)] for r in rows[1:]]
    order = [rows[0]] + sorted(rows[1:])
    columns = list(range(len(rows[0])))
    random.Random(1).shuffle(columns)
    again = {
        "lf": (text_of(rows, "\n"), "utf-8"), "bom": (text_of(rows), "utf-8-sig"), "gb": (text_of(rows), "gb18030"),
        "sorted": (text_of(order), "utf-8"), "quoted": (text_of(rows, quoting=csv.QUOTE_ALL), "utf-8"),
        "semicolon": (text_of(rows, delimiter=";"), "utf-8"), "weight": (text_of(mended), "utf-8"),
        "columns": (text_of([[r[c] for c in columns] for r in rows]), "utf-8"), "utf16": (text_of(rows, delimiter="\t"), "utf-16"),
        "one": (text_of([rows[0], rows[7]]), "utf-8"),
    }
    for name, (text, encoding) in again.items():
        said = refused(city, city.write("again.csv", text, encoding=encoding))
        contains(said, "1 rows are the same" if name == "one" else "240 rows are the same")
        contains(said, "--replaces 1")
        contains(said, "--again")
    contains(refused(city, PHONE), "line 2")
    same(counted(city), 240)


def other_people_who_agree_are_stored_when_that_is_said(city):
    open_wave(city)
    put(city, PHONE)
    same(put(city, PHONE, "--again").json["stored"], 240)
    same(counted(city), 480)


def a_file_that_lost_columns_is_the_same_file(city):
    open_wave(city)
    rows = phone_rows()
    put(city, PHONE)
    for names in (["stratum"], ["cluster"], ["minute"], ["occ"], ["town"], ["stratum", "cluster", "minute", "weight", "occ"]):
        for blank in (False, True):
            if blank and "town" in names:       # must be answered
                continue
            said = refused(city, city.write("less.csv", text_of(without(rows, *names, blank=blank))))
            contains(said, "240 rows are the same")
            contains(said, ", ".join(n for n in names if n != "weight"))
            assert said.index("--replaces 1") < said.index("--again"), said
            contains(said, "counted twice")
    some = rows[:1] + rows[1:61]
    contains(refused(city, city.write("some.csv", text_of(without(some, "minute")))), "60 rows are the same")
    less = city.write("less.csv", text_of(without(rows, "minute", "occ")))
    same(put(city, less, "--replaces", "1").json["stored"], 240)
    same(counted(city), 240)
    # The other way round: the stored one has less.
    contains(refused(city, PHONE), "240 rows are the same")
    contains(refused(city, PHONE, "--dry-run"), "not compared: minute, occ")


def other_people_of_a_short_form_are_not_taken_for_the_same(city):
    open_wave(city, "A")
    rng = random.Random(5)
    people = [HEADER.split(",") + ["minute"]]
    for i in range(1500):
        mood = min(10, max(1, round(rng.gauss(8, 1))))
        people.append(["S01", str(mood), str(mood), str(mood), "1", str(1 + i % 2), "2", "210281001", "3", f"2024-05-{1 + i % 28:02} 09:{i % 60:02}"])
    same(put(city, city.write("a.csv", text_of(people[:1001])), wave="A-2024").json["stored"], 1000)
    same(put(city, city.write("b.csv", text_of(without(people[:1] + people[1001:], "minute"))), wave="A-2024").json["stored"], 500)


def a_file_of_another_make_is_not_mixed_in(city):
    open_wave(city)
    rows = phone_rows()
    first = city.write("first.csv", text_of(rows[:1] + rows[1:181]))
    other = rows[:1] + rows[181:]
    weight = rows[0].index("weight")
    put(city, first)
    for name, table in (("weight", without(other, "weight")), ("weight", without(other, "weight", blank=True)),
                        ("ten times", [other[0]] + [[str(float(c) / 1000) if i == weight else c for i, c in enumerate(r)] for r in other[1:]]),
                        ("stratum", without(other, "stratum")), ("cluster", without(other, "cluster"))):
        said = refused(city, city.write("other.csv", text_of(table)))
        contains(said, name)
        contains(said, "--unlike")
    bare = city.write("other.csv", text_of(without(other, "weight", "stratum", "cluster")))
    refused(city, bare, "--dry-run")
    same(put(city, bare, "--stream", "open", "--dry-run").code, 0)      # volunteers have no design
    same(put(city, bare, "--unlike").json["stored"], 60)
    same([(b["again"], b["unlike"], b["no_final_newline"]) for b in city.ok("import", "list")], [(False,) * 3, (False, True, False)])
    same(put(city, first, "--again").json["stored"], 180)
    same(city.ok("import", "list")[2]["again"], True)


def a_wave_of_another_make_takes_no_file_unasked(city):
    """The other way round: what is stored lacks what the file has."""
    rows = phone_rows()
    other = city.write("other.csv", text_of(rows[:1] + rows[181:]))
    for year, name in enumerate(("weight", "stratum", "cluster"), 2021):
        open_wave(city, year=year)
        wave = f"C-{year}"
        first = city.write("first.csv", text_of(without(rows[:1] + rows[1:181], name)))
        same(put(city, first, wave=wave).json["stored"], 180)
        said = refused(city, other, wave=wave)
        contains(said, f"this file has a {name}")
        contains(said, "--unlike")
        whole = city.write("whole.csv", text_of(rows[:1] + rows[1:181]))
        same(put(city, whole, "--replaces", str(city.ok("import", "list", "--wave", wave)[0]["batch"]), wave=wave).json["stored"], 180)
        same(put(city, other, wave=wave).json["stored"], 60)
        city.ok("wave", "close", wave)


def a_file_without_answers_is_no_import(city):
    open_wave(city)
    contains(refused(city, city.write("header.csv", text_of(phone_rows()[:1]))), "no answer")
    same(city.ok("import", "list"), [])


def what_is_left_out_is_said_on_both_sides(city):
    open_wave(city)
    put(city, PHONE)
    put(city, PHONE, "--again")
    city.ok("import", "withdraw", "2", "--reason", "x")
    out = city.run("export", "--wave", "C-2024", "-o", city.path("out.csv"), "--json")
    same((out.json["rows"], out.json["counted"]), (480, 240))
    contains(out.err, "240 answers")
    contains(city.run("export", "--wave", "C-2024", lang="zh").err, "240 份")
    other = City()
    try:
        open_wave(other)
        for more in (["--dry-run"], []):
            said = put(other, city.path("out.csv"), *more).json
            same((said["rows"], said["stored"]), (480, 240))
            assert any("240 rows are marked counted=0" in n for n in said["notes"]), said
    finally:
        other.close()
    with open(city.path("out.csv"), encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f))
    at = rows[0].index("counted")
    contains(refused(city, city.write("none.csv", text_of(rows[:1] + [r for r in rows[1:] if r[at] == "0"]))), "no answer to import")


def the_words_say_what_is_and_what_would_be(city):
    open_wave(city)
    put(city, PHONE)
    text = city.run("import", "--wave", "C-2024", PHONE, "--replaces", "1", "--dry-run").text
    contains(text, "would be replaced")
    assert "no longer counts" not in text and "duplicates" not in text, text
    rows = phone_rows()
    minute = rows[0].index("minute")
    rows[1][minute] = "2024/4/14 12:14"
    contains(put(city, city.write("slash.csv", text_of(rows)), "--replaces", "1").text, '2024-04-14 12:14')
    blank = without(phone_rows(), "weight", blank=True)
    other = City()
    try:
        open_wave(other)
        said = put(other, other.write("blank.csv", text_of(blank))).json
        assert any("weighs 1" in n for n in said["notes"]), said
        total = [blank[0]] + [["", "合计"] + r[2:] for r in blank[1:2]]
        same(errors(other, other.write("total.csv", text_of(total)))[0]["cell"], "合计")
        few = blank[:2] + [["", "合计"] + [""] * (len(blank[0]) - 2)]
        contains(refused(other, other.write("few.csv", text_of(few))), '("合计")')
    finally:
        other.close()


def rows_are_a_multiset(city):
    open_wave(city, "A")
    two = city.write("two.csv", f"{HEADER},minute\n" + f"{ROW},2024-05-12 09:30\n" * 2)
    said = put(city, two, wave="A-2024").json
    same(said["stored"], 2)
    contains(said["notes"][0], "1 rows are the same as one before")
    five = city.write("five.csv", f"{HEADER},minute\n" + f"{ROW},2024-05-12 09:30\n" * 5)
    contains(refused(city, five, wave="A-2024"), "2 rows are the same")


def a_file_without_times_is_known_at_another_time(city):
    open_wave(city, "A")
    path = city.write("a.csv", f"{HEADER}\n{ROW}\n{ROW.replace('8', '9', 1)}\n")
    put(city, path, wave="A-2024")
    later = city.run("import", "--wave", "A-2024", path, "--json", env={"MANYI_LANG": "en"})
    same(later.code, 1)
    # As if it had been stored an hour ago.
    for (name,) in sqlite(city, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fixed'"):
        sqlite(city, f"DROP TRIGGER {name}")
    sqlite(city, "UPDATE response SET minute = minute - 60")
    sqlite(city, "UPDATE batch SET minute = minute - 60")
    contains(refused(city, path, wave="A-2024"), "2 rows are the same")
    # Imported before batches were kept: no batch, and the time of the import for a minute.
    sqlite(city, "UPDATE response SET batch = NULL")
    contains(refused(city, path, wave="A-2024"), "2 rows are the same")


def another_wave_is_another_matter(city):
    open_wave(city, "A", 2023)
    path = city.write("a.csv", f"{HEADER}\n{ROW}\n")
    put(city, path, wave="A-2023")
    city.ok("wave", "close", "A-2023")
    open_wave(city, "A", 2024)
    same(put(city, path, wave="A-2024").json["stored"], 1)


def a_dry_run_says_the_same_and_stores_nothing(city):
    open_wave(city)
    said = put(city, PHONE, "--dry-run").json
    same((said["dry_run"], said["stored"], "batch" in said), (True, 240, False))
    same((counted(city), sqlite(city, "SELECT count(*) FROM batch")), (0, [(0,)]))
    put(city, PHONE)
    contains(refused(city, PHONE, "--dry-run"), "240 rows are the same")


def a_corrected_file_takes_the_place_of_the_first(city):
    open_wave(city)
    put(city, PHONE)
    before = index(city)
    rows = phone_rows()
    weight = rows[0].index("weight")
    for r in rows[1:20]:
        r[weight] = str(float(r[weight]) * 1.2)
    said = put(city, city.write("mended.csv", text_of(rows)), "--replaces", "1").json
    same((said["batch"], said["stored"], said["replaces"], counted(city)), (2, 240, 1, 240))
    same([(b["batch"], b["state"]) for b in city.ok("import", "list")], [(1, "withdrawn"), (2, "complete")])
    after = index(city)
    same([n for _, n, _ in after], [n for _, n, _ in before])
    assert after != before, "the cached figure of the replaced batch was shown"
    same(sqlite(city, "SELECT count(*), count(DISTINCT key) FROM response"), [(480, 480)])
    same(city.run("import", "--wave", "C-2024", PHONE, "--replaces", "1").code, 1)
    same(city.ok("ledger", "head")["size"], 480)
    same(city.ok("ledger", "verify")["ok"], True)


def a_file_that_corrects_two_batches_is_told_the_way(city):
    open_wave(city)
    rows = phone_rows()
    put(city, city.write("a1.csv", text_of(rows[:121])))
    put(city, city.write("a2.csv", text_of(rows[:1] + rows[121:])))
    contains(refused(city, PHONE), "--replaces 1")
    said = refused(city, PHONE, "--replaces", "1")
    contains(said, "manyi import withdraw 2 --reason")
    assert "--replaces 2" not in said, said
    city.ok("import", "withdraw", "2", "--reason", "合并重送")
    same(put(city, PHONE, "--replaces", "1").json["stored"], 240)
    same(counted(city), 240)


def what_is_withdrawn_stays_and_is_part_of_no_figure(city):
    open_wave(city, strata="片区", clusters="社区")
    put(city, PHONE)
    alone = index(city)
    rows = phone_rows()
    q = rows[0].index("P")
    bad = [[("1" if i == q else c) for i, c in enumerate(r)] for r in rows[1:] if r[q]]
    same(put(city, city.write("bad.csv", text_of(rows[:1] + bad))).json["stored"], 236)
    assert index(city) != alone
    same(city.run("import", "withdraw", "2").code, 2)
    same(city.run("import", "withdraw", "2", "--reason", " ").code, 2)
    same(city.run("import", "withdraw", "9", "--reason", "x").code, 1)
    said = city.ok("import", "withdraw", "2", "--reason", "督导发现整批代填")
    same((said["state"], said["reason"], said["stored"]), ("withdrawn", "督导发现整批代填", 236))
    same(city.run("import", "withdraw", "2", "--reason", "again").code, 1)
    same(index(city), alone)
    same(counted(city), 240)
    export = list(csv.DictReader(io.StringIO(city.run("export", "--wave", "C-2024", "--no-bom").text)))
    same((len(export), sum(r["counted"] == "1" for r in export)), (476, 240))
    same({r["batch"] for r in export if r["counted"] == "0"}, {"2"})
    # Screening finds only what counts.
    city.ok("screen", "register", "--wave", "C-2024", "--rule", "straight")
    city.ok("screen", "run", "--wave", "C-2024")
    assert all(r[0] <= 240 for r in sqlite(city, "SELECT response FROM exclusion"))
    same(city.ok("ledger", "verify")["responses"] if city.ok("ledger", "head") else 0, 476)
    same(city.run("backup", city.path("copy.db")).code, 0)
    view = sqlite(city, "SELECT answers FROM form WHERE id = 'C'")[0][0]
    same(sqlite(city, f"SELECT count(*) FROM {view}"), [(240,)])


def a_sealed_bundle_is_not_changed_by_a_later_withdrawal(city):
    open_wave(city, strata="片区", clusters="社区")
    rows = phone_rows()
    put(city, city.write("a.csv", text_of(rows[:1] + rows[1:121])))
    put(city, city.write("b.csv", text_of(rows[:1] + rows[121:])))
    put(city, city.write("c.csv", text_of([rows[0]] + [["1" if rows[0][i] == "P" else c for i, c in enumerate(r)] for r in rows[1:31]])))
    city.ok("import", "withdraw", "3", "--reason", "代填")
    published = city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    first = city.ok("export", "--r", city.path("one"), "--indicator", "47", "--year", "2024")
    same(first["rows_sha256"], published["provenance"]["rows_sha256"])
    with open(os.path.join(city.path("one"), "answers.csv"), encoding="utf-8") as f:
        why = [r["excluded"] for r in csv.DictReader(f)]
    same((len(why), why.count("withdrawn")), (270, 30))
    said = city.ok("import", "withdraw", "2", "--reason", "later")
    same(said["published"]["indicator"], "47")
    put(city, city.write("d.csv", text_of(rows[:1] + rows[121:])))
    second = city.ok("export", "--r", city.path("two"), "--indicator", "47", "--year", "2024")
    same(second["rows_sha256"], first["rows_sha256"])
    again = city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    with_all = city.ok("export", "--r", city.path("three"), "--indicator", "47", "--year", "2024")
    same(with_all["rows_sha256"], again["provenance"]["rows_sha256"])
    assert with_all["rows_sha256"] != first["rows_sha256"]


def who_and_what_is_on_record(city):
    open_wave(city)
    name = "调查\n公司\u202e.csv"
    with open(PHONE, "rb") as f:
        city.write(name, f.read().decode("utf-8"))
    import pwd
    put(city, city.path(name))
    batch = city.ok("import", "list", "--wave", "C-2024")[0]
    assert batch["file"].isprintable() and batch["file"].startswith("调查") and batch["file"].endswith(".csv"), batch["file"]
    same(batch["who"], pwd.getpwuid(os.getuid()).pw_name)
    same((batch["rows"], batch["stored"], batch["duplicates"]), (240, 240, 0))
    other = city.run("import", "--wave", "C-2024", PHONE, "--again", "--json",
                     env={"USER": "mallory", "LOGNAME": "mallory", "SUDO_USER": "mallory"})
    same(other.code, 0)
    same({b["who"] for b in city.ok("import", "list")}, {batch["who"]})
    for sql in ("UPDATE batch SET who = 'x'", "DELETE FROM batch", "DELETE FROM batch_event",
                "UPDATE batch_event SET state = 'withdrawn'"):
        try:
            sqlite(city, sql)
            raise AssertionError(sql)
        except sqlite3.IntegrityError:
            pass


def the_agencys_key_is_kept_apart_from_ours(city):
    open_wave(city, "A")
    path = city.write("a.csv", f"key,{HEADER}\nk1,{ROW}\nk2,{ROW}\nk1,{ROW}\n")
    said = put(city, path, wave="A-2024").json
    same((said["rows"], said["stored"], said["duplicates"]), (3, 2, 1))
    same(sqlite(city, "SELECT key, agency_key FROM response"), [("b1-1", "k1"), ("b1-2", "k2")])
    # The same person answered otherwise in another file: a correction, or a mistake.
    other = city.write("b.csv", f"key,{HEADER}\nk1,{ROW.replace('8', '2', 1)}\n")
    contains(refused(city, other, wave="A-2024"), '"k1"')
    same(put(city, other, "--replaces", "1", wave="A-2024").json["stored"], 1)
    both = city.write("c.csv", f"key,{HEADER}\nk7,{ROW}\nk7,{ROW.replace('8', '2', 1)}\n")
    same([(e["line"], e["column"], e["cell"]) for e in errors(city, both, wave="A-2024")], [(3, "key", "k7")])
    phone = city.write("d.csv", f"key,{HEADER}\n13912345678,{ROW}\n21028119900101123X,{ROW}\n")
    same([(e["line"], e["count"]) for e in errors(city, phone, wave="A-2024")], [(2, 2)])


def an_import_that_is_killed_counts_nothing_and_goes_on(city):
    open_wave(city, "A")
    path = city.write("a.csv", f"{HEADER},key\n" + "".join(f"{ROW},k{i}\n" for i in range(30000)))
    env = {"PATH": os.environ["PATH"], "MANYI_DB": city.db, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen([MANYI, "import", "--wave", "A-2024", path], env=env, stdout=subprocess.DEVNULL) as p:
        while p.poll() is None and sqlite(city, "SELECT count(*) FROM response")[0][0] == 0:
            time.sleep(0.005)
        p.send_signal(signal.SIGKILL)
    stored = sqlite(city, "SELECT count(*) FROM response")[0][0]
    assert 0 < stored < 30000, stored
    same(stored % 256, 0)
    same(counted(city, "A-2024"), 0)
    same([b["state"] for b in city.ok("import", "list")], ["loading"])
    # Another file waits; the same one with other options is not the same import.
    other = city.write("b.csv", f"{HEADER}\n{ROW}\n")
    contains(refused(city, other, wave="A-2024"), "batch 1")
    contains(refused(city, path, "--mode", "household", wave="A-2024"), "batch 1")
    said = put(city, path, wave="A-2024").json
    same((said["batch"], said["stored"], said["resumed"]), (1, 30000, stored))
    same((counted(city, "A-2024"), sqlite(city, "SELECT count(*) FROM response")[0][0]), (30000, 30000))
    city.ok("ledger", "head")
    same(city.ok("ledger", "verify")["ok"], True)
    same(city.run("backup", city.path("copy.db")).code, 0)


def an_import_that_was_stopped_can_be_taken_back(city):
    open_wave(city, "A")
    path = city.write("a.csv", HEADER + "\n" + f"{ROW}\n" * 20000)
    answer = city.run("import", "--wave", "A-2024", path, "--json", limit=1500000)
    same(answer.code, 3)
    contains(answer.json["error"]["message"], "manyi import withdraw 1")
    same(counted(city, "A-2024"), 0)
    city.ok("import", "withdraw", "1", "--reason", "磁盘满")
    same(put(city, path, wave="A-2024").json["batch"], 2)
    same(counted(city, "A-2024"), 20000)


def late_answers_join_a_closed_wave_on_record_until_it_is_published(city):
    open_wave(city, strata="片区", clusters="社区")
    rows = phone_rows()
    put(city, city.write("a.csv", text_of(rows[:1] + rows[1:201])))
    city.ok("wave", "close", "C-2024")
    late = city.write("late.csv", text_of(rows[:1] + rows[201:221]))
    contains(refused(city, late), "--late")
    contains(refused(city, late, "--late", " "), "--late")
    same(put(city, late, "--late", "邮寄途中耽搁").json["stored"], 20)
    same(city.ok("import", "list")[1]["late"], "邮寄途中耽搁")
    same(counted(city), 220)
    # For an hour after its end a wave may still grow, and nothing of it is published.
    sqlite(city, "UPDATE wave SET closes = closes - 120")
    city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    later = city.write("later.csv", text_of(rows[:1] + rows[221:]))
    contains(refused(city, later, "--late", "再晚一些"), "was published")
    same(counted(city), 220)


if __name__ == "__main__":
    run_tests([
        the_same_answers_are_known_however_the_file_was_saved,
        other_people_who_agree_are_stored_when_that_is_said, rows_are_a_multiset,
        a_file_that_lost_columns_is_the_same_file,
        other_people_of_a_short_form_are_not_taken_for_the_same,
        a_file_of_another_make_is_not_mixed_in, a_wave_of_another_make_takes_no_file_unasked,
        a_file_without_answers_is_no_import, what_is_left_out_is_said_on_both_sides,
        the_words_say_what_is_and_what_would_be, a_file_without_times_is_known_at_another_time,
        another_wave_is_another_matter, a_dry_run_says_the_same_and_stores_nothing,
        a_corrected_file_takes_the_place_of_the_first,
        a_file_that_corrects_two_batches_is_told_the_way,
        what_is_withdrawn_stays_and_is_part_of_no_figure,
        a_sealed_bundle_is_not_changed_by_a_later_withdrawal, who_and_what_is_on_record,
        the_agencys_key_is_kept_apart_from_ours,
        an_import_that_is_killed_counts_nothing_and_goes_on,
        an_import_that_was_stopped_can_be_taken_back,
        late_answers_join_a_closed_wave_on_record_until_it_is_published,
    ])
