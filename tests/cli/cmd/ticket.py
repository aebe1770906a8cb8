#!/usr/bin/env python3
"""Tickets from the shell: made, printed, read back by zbar, counted, taken back; their codes stand nowhere else."""
import csv
import io
import os
import re
import sqlite3
import stat
import subprocess
import time

from cli_case import MANYI, contains, run_tests, same

CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")


def wave(city):
    city.ok("config", "set", "city", "瓦房店市")
    city.ok("config", "set", "base_url", "https://zl.wafangdian.gov.cn")
    city.ok("wave", "open", "--form", "C", "--year", "2026")


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def slips_and_messages_carry_the_same_codes_and_zbar_reads_them(city):
    wave(city)
    pdf, table = city.path("slips.pdf"), city.path("sms.csv")
    made = city.ok("ticket", "make", "--wave", "C-2026", "--count", "13", "--pdf", pdf, "--csv", table,
                   "--english", "--until", "2030-12-31", "--stratum", "城区", "--cluster", "v7")
    same((made["count"], made["wave"], "codes" in made, "note" in made), (13, "C-2026", False, False))
    for path in (pdf, table):
        same(stat.S_IMODE(os.stat(path).st_mode), 0o600)
    with open(table, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    same(len(rows), 13)
    same(len({r["code"] for r in rows}), 13)
    run("pdftoppm", "-r", "150", "-gray", pdf, city.path("page"))
    pages = sorted(n for n in city.names() if n.startswith("page"))
    same(len(pages), 2)
    read = [line for page in pages for line in run("zbarimg", "-q", "--raw", city.path(page)).decode().split()]
    words = run("pdftotext", "-layout", pdf, "-").decode()
    for row in rows:
        assert CODE.match(row["code"]), row["code"]
        bare = row["code"].replace("-", "")
        same(row["url"], f"https://zl.wafangdian.gov.cn/V/{bare}")
        contains(row["message"], row["url"])
        contains(row["message"], "You were selected for a survey: Satisfaction with the quality of the city")
        contains(row["message"], "until 2030-12-31")
        assert f"HTTPS://ZL.WAFANGDIAN.GOV.CN/V/{bare}" in read, row["code"]
        contains(words, row["code"])
    same(sorted(read), sorted("HTTPS://ZL.WAFANGDIAN.GOV.CN/V/" + r["code"].replace("-", "") for r in rows))
    for said in ("城市质量满意度调查", "有效期至 2030-12-31", "只能用一次", "不登录、不记名", "zl.wafangdian.gov.cn/V/",
                 "2030-12-31. No name"):
        contains(words, said)
    for alone in re.findall(r"(?m)^ *(\S{1,8}[。.])(?: {3}|$)", words):
        raise AssertionError("%s stands on a line of its own" % alone)


def a_message_s_link_ends_where_an_app_ends_it(city):
    """Apps take everything up to the next blank for the link, a full stop or a Chinese comma too."""
    wave(city)
    table = city.path("sms.csv")
    for more in ([], ["--until", "2030-12-31"]):
        city.ok("ticket", "make", "--wave", "C-2026", "--count", "2", "--csv", table, *more)
        with open(table, encoding="utf-8-sig", newline="") as f:
            for row in csv.DictReader(f):
                same((more, re.findall(r"https?://\S+", row["message"])), (more, [row["url"]]))
                contains(row["message"], "只能用一次")
                same("2030-12-31前有效" in row["message"], bool(more))


def a_slip_can_be_read_from_a_small_turned_grey_photo(city):
    wave(city)
    pdf = city.path("slips.pdf")
    city.ok("ticket", "make", "--wave", "C-2026", "--count", "1", "--pdf", pdf)
    for resolution, what in (("72", "far"), ("300", "near")):
        run("pdftoppm", "-r", resolution, "-gray", "-singlefile", pdf, city.path(what))
        contains(run("zbarimg", "-q", "--raw", city.path(what + ".pgm")).decode(), "/V/")


def the_codes_are_in_no_file_of_the_database(city):
    wave(city)
    codes = city.ok("ticket", "make", "--wave", "C-2026", "--count", "10")["codes"]
    same(len(codes), 10)
    for name in city.names():
        with open(city.path(name), "rb") as f:
            held = f.read()
        for code in codes:
            assert code.encode() not in held and code.replace("-", "").encode() not in held, name
    same(stat.S_IMODE(os.stat(city.path("ticket.key")).st_mode), 0o600)
    with open(city.path("ticket.key"), encoding="ascii") as f:
        key = bytes.fromhex(f.read())
    for name in city.names():
        if name.startswith("manyi.db"):
            with open(city.path(name), "rb") as f:
                assert key not in f.read(), name
    trail = sqlite3.connect(city.db).execute("SELECT group_concat(action || object || detail) FROM audit").fetchone()[0]
    contains(trail, "ticket")
    assert not any(code in trail for code in codes)


def batches_are_listed_counted_and_taken_back(city):
    wave(city)
    first = city.ok("ticket", "make", "--wave", "C-2026", "--count", "20", "--note", "东岗镇", "--weight", "2.5")
    codes = city.ok("ticket", "make", "--wave", "C-2026", "--count", "12")["codes"]
    city.ok("ticket", "void", "--code", "https://x.cn/V/" + codes[0].lower().replace("-", " ") + "，")
    same(city.run("ticket", "void", "--code", codes[0], "--json").code, 1)
    listed = city.ok("ticket", "list", "--wave", "C-2026")
    same([(b["count"], b["live"], b["void"], b["note"], b["weight"]) for b in listed],
         [(20, 20, 0, "东岗镇", 2.5), (12, 11, 1, "", 1.0)])
    city.ok("ticket", "void", "--batch", str(first["batch"]))
    same(city.run("ticket", "void", "--batch", "99", "--json").code, 1)
    count = city.ok("ticket", "count", "--wave", "C-2026")
    same((count["count"], count["void"], count["cases"], count["used"], count["rr1"]), (32, 21, 11, 0, 0.0))


def a_small_batch_is_made_with_a_warning(city):
    wave(city)
    contains(city.ok("ticket", "make", "--wave", "C-2026", "--count", "9")["note"], "recognised")
    assert "note" not in city.ok("ticket", "make", "--wave", "C-2026", "--count", "10")


def what_makes_no_sense_is_refused_and_leaves_nothing(city):
    wave(city)
    for more, code in ((["--count", "0"], 2), (["--count", "x"], 2), (["--count", "100001"], 2),
                       (["--count", "5", "--until", "2020-01-01"], 2), (["--count", "5", "--until", "soon"], 2),
                       (["--count", "5", "--site", "ZZZZZZ"], 1), (["--count", "5", "--weight", "-1"], 2),
                       (["--count", "5", "--base", "https://a b"], 1),
                       (["--count", "5", "--pdf", "/nowhere/x.pdf"], 3)):
        answer = city.run("ticket", "make", "--wave", "C-2026", *more, "--json")
        same((more, answer.code), (more, code))
    city.ok("wave", "close", "C-2026")
    same(city.run("ticket", "make", "--wave", "C-2026", "--count", "5").code, 1)
    same(city.run("ticket", "make", "--wave", "C-1999", "--count", "5").code, 1)
    same(sqlite3.connect(city.db).execute("SELECT count(*) FROM ticket").fetchone()[0], 0)


def nobody_waits_while_slips_are_drawn(city):
    wave(city)
    made = subprocess.Popen([MANYI, "ticket", "make", "--wave", "C-2026", "--count", "1000", "--pdf", city.path("s.pdf"),
                             "--db", city.db], stdout=subprocess.DEVNULL)
    began = time.monotonic()
    longest, busy = 0, None
    db = sqlite3.connect(city.db, timeout=0, isolation_level=None)
    while made.poll() is None:
        try:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
            busy = None
        except sqlite3.OperationalError:
            busy = busy or time.monotonic()
            longest = max(longest, time.monotonic() - busy)
        time.sleep(0.002)
    took = time.monotonic() - began
    same(made.returncode, 0)
    assert longest < took / 4, f"the database was held for {longest:.2f} of {took:.2f} s"


def exports_tell_how_answers_were_filled_in_and_imports_take_it_back(city):
    city.ok("wave", "open", "--form", "B", "--year", "2026")
    path = city.write("in.csv", "level,seconds,screens,dont_know,resends,client,rush\n5,40,3,0,1,wechat,2\n4,,,,,,\n")
    city.ok("import", "--wave", "B-2026", path)
    out = city.path("out.csv")
    city.ok("export", "--wave", "B-2026", "-o", out)
    with open(out, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(io.StringIO(f.read())))
    same([[r[c] for c in ("seconds", "screens", "dont_know", "resends", "client", "rush")] for r in rows],
         [["40", "3", "0", "1", "wechat", "2"], ["", "", "", "", "", "0"]])
    for bad in ("100,0,0,phone,0", "3,0,10,phone,0", "3,0,0,iPhone,0", "3,0,0,phone,4", "-1,0,0,phone,0"):
        path = city.write("bad.csv", f"level,screens,dont_know,resends,client,rush\n5,{bad}\n")
        same((bad, city.run("import", "--wave", "B-2026", path, "--json").code), (bad, 1))
    city.ok("ledger", "head")
    city.ok("ledger", "verify")


if __name__ == "__main__":
    run_tests([slips_and_messages_carry_the_same_codes_and_zbar_reads_them,
               a_message_s_link_ends_where_an_app_ends_it,
               a_slip_can_be_read_from_a_small_turned_grey_photo,
               the_codes_are_in_no_file_of_the_database,
               batches_are_listed_counted_and_taken_back,
               a_small_batch_is_made_with_a_warning,
               what_makes_no_sense_is_refused_and_leaves_nothing,
               nobody_waits_while_slips_are_drawn,
               exports_tell_how_answers_were_filled_in_and_imports_take_it_back])
