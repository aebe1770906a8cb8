#!/usr/bin/env python3
"""The demo city: whole or not at all, the same for the same seed, and marked as simulated."""
import json
import math
import os
import pty
import sqlite3
import subprocess
import threading

from cli_case import MANYI, Skip, City, contains, manyi, run_tests, same

SMALL = ["--answers", "1200"]
TABLES = ["setting", "site", "wave", "response", "margin", "reading", "threshold", "external", "complaint",
          "peer", "evidence"]


def rows(directory, table):
    db = sqlite3.connect(os.path.join(directory, "manyi.db"))
    try:
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})")]
        return db.execute(f"SELECT * FROM {table} ORDER BY {', '.join(map(str, range(1, len(columns) + 1)))}").fetchall()
    finally:
        db.close()


class Demo:
    """One small demo city for the tests that only look at it."""
    city = City(make=False)
    dir = city.path("demo")
    answer = manyi("demo", dir, "--seed", "7", *SMALL, "--json")

    @classmethod
    def ok(cls, *args):
        answer = manyi(*args, "--json", db=os.path.join(cls.dir, "manyi.db"))
        assert answer.code == 0, (args, answer.text)
        return answer.json


def it_says_what_it_made_and_is_silent_in_a_pipe():
    same((Demo.answer.code, Demo.answer.err), (0, ""))
    said = Demo.answer.json
    same((said["dir"], said["db"], said["seed"], said["sites"], said["simulated"]),
         (Demo.dir, Demo.dir + "/manyi.db", 7, 60, True))
    same(said["responses"], 8 * (1200 + 3000) + 360)
    same(said["user"], "admin")
    same(sorted(os.listdir(Demo.dir)), ["ledger.key", "ledger.key.pub", "manyi.db"])
    same([n for n in Demo.city.names() if n != "demo"], [])


def the_same_seed_gives_the_same_rows():
    other = Demo.city.path("again")
    same(manyi("demo", other, "--seed", "7", *SMALL).code, 0)
    for table in TABLES:
        assert rows(other, table) == rows(Demo.dir, table), table
    assert len(rows(other, "response")) > 30000


def another_seed_gives_another_city():
    other = Demo.city.path("other")
    same(manyi("demo", other, "--seed", "8", *SMALL).code, 0)
    same(len(rows(other, "response")), len(rows(Demo.dir, "response")))
    assert rows(other, "response") != rows(Demo.dir, "response")


def it_is_marked_as_simulated_everywhere():
    same(Demo.ok("config", "get", "demo")["value"], "1")
    contains(Demo.ok("config", "get", "city")["value"], "演示")
    assert all(m["simulated"] and "演示" in m["source"] for m in Demo.ok("margins", "list"))
    estimates = Demo.ok("index", "--indicator", "43", "--stream", "sampled")["estimates"]
    assert estimates and all(e["simulated"] for e in estimates)


def waves_of_four_years_with_the_last_one_open():
    waves = Demo.ok("wave", "list")
    same([w["wave"] for w in waves], [f"A-{y}" for y in range(2021, 2025)] + ["B-2024"]
         + [f"C-{y}" for y in range(2021, 2025)])
    same([w["wave"] for w in waves if w["open"]], ["A-2024", "B-2024", "C-2024"])
    same({(w["sampled"], w["open_answers"]) for w in waves if w["form"] != "B"}, {(1200, 3000)})


def sixty_sites_in_twelve_sectors_carry_every_form():
    sites = Demo.ok("site", "list")
    same((len(sites), len({s["sector"] for s in sites}), len({s["code"] for s in sites})), (60, 12, 60))
    same({s["form"] for s in sites}, {"A", "B", "C"})
    same(sites[0]["form"], "B")


def figures_move_by_little_and_streams_stay_apart():
    estimates = Demo.ok("index", "--indicator", "43")["estimates"]
    sampled = [e for e in estimates if e["stream"] == "sampled"]
    same([e["year"] for e in sampled], [2021, 2022, 2023, 2024])
    for e in estimates:
        assert 65 < e["value"] < 90 and e["n_eff"] >= 50 and e["low"] < e["value"] < e["high"], e
    # The simulated truth rises by about one point in all; a sample of 1200 sees it within its error.
    rise = sampled[3]["value"] - sampled[0]["value"]
    assert abs(rise - 1.0) < 4 * math.hypot(sampled[0]["se"], sampled[3]["se"]), rise


def volunteers_figures_say_what_they_are_not():
    said = {"zh": "自愿参与，不代表全体；区间按模型推断", "en": "voluntary participants, not representative; model-based interval"}
    estimates = Demo.ok("index", "--indicator", "43")["estimates"]
    assert {e["stream"] for e in estimates} == {"open", "sampled"}
    for e in estimates:
        if e["stream"] == "open":
            same(e["note"], said)
        else:
            same(e["note"], {"zh": "人口数据为模拟数据", "en": "simulated population figures"})
    published = [e for p in Demo.ok("publish", "list") for e in p["body"]["estimates"] if e["stream"] == "open"]
    assert published and all(e["note"] == said for e in published)
    for lang, head in (("zh", "群众扫码："), ("en", "Open stream: ")):
        text = manyi("index", "--indicator", "43", db=Demo.dir + "/manyi.db", lang=lang).text
        same(text.count(head + said[lang]), 1)
        same((head + said[lang]) in manyi("index", "--indicator", "43", "--stream", "sampled", db=Demo.dir + "/manyi.db",
                                          lang=lang).text, False)


def the_board_shows_every_state():
    rows_of = Demo.ok("track", "list")
    same({r["result_state"] for r in rows_of},
         {"met", "missed", "unfilled", "unproven", "unset", "awaiting", "judged", "none", "cancelled"})
    same({r["evidence_state"] for r in rows_of}, {"none", "waiting", "returned", "accepted"})


def its_ledger_holds_and_its_figures_are_published():
    same(Demo.ok("ledger", "verify")["ok"], True)
    published = Demo.ok("publish", "list")
    same({(p["indicator"], p["year"]) for p in published},
         {(i, y) for i in ("43", "47") for y in range(2021, 2025)})


def a_terminal_sees_progress_and_the_answer_stays_clean():
    path = Demo.city.path("watched")
    try:
        leader, follower = pty.openpty()
    except OSError as why:
        raise Skip(f"no pseudo-terminal here ({why}): mount devpts on /dev/pts") from why
    seen = []

    def watch():
        try:
            while True:
                seen.append(os.read(leader, 4096))
        except OSError:
            pass

    reader = threading.Thread(target=watch)
    reader.start()
    done = subprocess.run([MANYI, "demo", path, "--answers", "600", "--json"], stdout=subprocess.PIPE,
                          stderr=follower, env={"MANYI_LANG": "zh"}, check=True, timeout=300)
    os.close(follower)
    reader.join()
    os.close(leader)
    text = b"".join(seen).decode()
    contains(text, "生成演示城市 [")
    contains(text, "100%")
    same(json.loads(done.stdout)["dir"], path)


def a_directory_with_something_in_it_is_left_alone():
    before = os.stat(os.path.join(Demo.dir, "manyi.db")).st_mtime_ns
    answer = manyi("demo", Demo.dir, *SMALL, "--json")
    same((answer.code, answer.json["error"]["code"]), (1, "conflict"))
    same(os.stat(os.path.join(Demo.dir, "manyi.db")).st_mtime_ns, before)


def an_empty_directory_is_taken():
    path = Demo.city.path("empty")
    os.mkdir(path)
    same(manyi("demo", path + "/", "--answers", "600").code, 0)
    assert "manyi.db" in os.listdir(path)


def a_full_disk_leaves_nothing_behind():
    names = Demo.city.names()
    answer = manyi("demo", Demo.city.path("full"), *SMALL, "--json", limit=3000000)
    same((answer.code, answer.json["error"]["code"]), (3, "full"))
    same(Demo.city.names(), names)


def a_place_that_cannot_be_written_is_named():
    path = Demo.city.write("file", "x")
    answer = manyi("demo", path + "/demo", *SMALL, "--json")
    same(answer.code, 3)
    contains(answer.json["error"]["message"], "file")


if __name__ == "__main__":
    try:
        run_tests([
            it_says_what_it_made_and_is_silent_in_a_pipe, the_same_seed_gives_the_same_rows,
            another_seed_gives_another_city, it_is_marked_as_simulated_everywhere,
            waves_of_four_years_with_the_last_one_open, sixty_sites_in_twelve_sectors_carry_every_form,
            figures_move_by_little_and_streams_stay_apart, volunteers_figures_say_what_they_are_not,
            the_board_shows_every_state,
            its_ledger_holds_and_its_figures_are_published,
            a_terminal_sees_progress_and_the_answer_stays_clean,
            a_directory_with_something_in_it_is_left_alone, an_empty_directory_is_taken,
            a_full_disk_leaves_nothing_behind, a_place_that_cannot_be_written_is_named,
        ])
    finally:
        Demo.city.close()
