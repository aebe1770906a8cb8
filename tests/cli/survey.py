#!/usr/bin/env python3
"""Waves, sites, posters, answers in and out, the ledger: through the program, as an agency would."""
import csv
import datetime
import io
import os
import re
import sqlite3
import subprocess
import time

from cli_case import City, contains, manyi, run_tests, same

MORNING = datetime.datetime(2024, 5, 12, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
HEADER = "sector,sat,sat_exp,sat_ideal,problem,sex,age,town,edu"
ROW = "S01,8,7,6,1,1,2,210281001,3"
OTHER = "S02,9,7,6,2,2,3,210281001,4"


def open_wave(city, form="A", year=2024, **options):
    more = [w for k, v in options.items() for w in (f"--{k.replace('_', '-')}", v)]
    return city.ok("wave", "open", "--form", form, "--year", str(year), *more)


def sqlite(city, sql):
    db = sqlite3.connect(city.db)
    try:
        with db:
            return db.execute(sql).fetchall()
    finally:
        db.close()


def stored(city):
    return sqlite(city, "SELECT count(*) FROM response")[0][0]


# ---- waves ----

def a_wave_has_a_name_and_the_forms_own_words(city):
    wave = open_wave(city)
    same((wave["wave"], wave["form"], wave["version"], wave["year"], wave["open"]),
         ("A-2024", "A", "2024-2", 2024, True))
    same((wave["mapping"], wave["label"], wave["margins"]), ("acsi-1-10", "2024", ""))
    contains(wave["population"], "居民")
    assert isinstance(wave["id"], int)


def a_wave_takes_its_statutory_header_from_the_settings(city):
    city.ok("config", "set", "agency", "市统计局")
    wave = open_wave(city, table_number="瓦统01表", opens="2024-04-08", closes="2024-05-31",
                     margins="sex age", strata="乡镇", clusters="社区")
    same((wave["agency"], wave["table_number"]), ("市统计局", "瓦统01表"))
    same((wave["opens"], wave["closes"]), ("2024-04-08", "2024-05-31"))
    same((wave["margins"], wave["strata"]), ("sex age", "乡镇"))


def a_wave_that_makes_no_sense_is_refused(city):
    for args, code in ((["--form", "Z", "--year", "2024"], 1), (["--form", "A", "--year", "20x4"], 2),
                       (["--form", "A", "--year", "2024", "--margins", "sex agee"], 1),
                       (["--form", "A", "--year", "2024", "--opens", "2024-02-30"], 2),
                       (["--form", "A", "--year", "2024", "--opens", "2024-05-02",
                         "--closes", "2024-05-01"], 2)):
        same(city.run("wave", "open", *args).code, code)
    same(city.ok("wave", "list"), [])


def one_wave_of_a_form_is_open_at_a_time(city):
    open_wave(city, year=2023)
    same(city.run("wave", "open", "--form", "A", "--year", "2024").code, 1)
    same(city.ok("wave", "close", "A-2023")["open"], False)
    open_wave(city, year=2024)
    same([(w["wave"], w["open"]) for w in city.ok("wave", "list")],
         [("A-2023", False), ("A-2024", True)])
    same(city.run("wave", "close", "A-1999").code, 1)


# ---- sites ----

def a_site_gets_a_code_and_an_address(city):
    city.ok("config", "set", "base_url", "https://zl.example.cn/")
    site = city.ok("site", "add", "--name", "新华街道银行", "--sector", "S01", "--township", "210281001",
                   "--window", "3号窗口", "--stratum", "中心城区")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{6}", site["code"])
    same(site["url"], f"https://zl.example.cn/Q/{site['code']}")
    same(city.ok("site", "list"), [site])
    same((site["form"], site["window"], site["active"]), ("B", "3号窗口", True))


def a_poster_to_a_closed_survey_is_pointed_out(city):
    contains(city.run("site", "add", "--name", "甲").err, "manyi wave open --form B")
    answer = city.run("poster", "--all", "-o", city.path("posters"), "--lang", "zh")
    same(answer.code, 0)
    contains(answer.err, "问卷 B 现在没有开放的调查")
    open_wave(city, form="B")
    same(city.run("site", "add", "--name", "乙").err, "")
    three = city.write("sites.csv", "name,form\n丙,A\n丁,A\n戊,B\n")
    same(len(city.run("site", "import", three).err.splitlines()), 1)     # once a form


def a_site_of_an_unknown_sector_township_or_form_is_refused(city):
    for args in (["--sector", "S13"], ["--township", "210281999"], ["--form", "Z"]):
        same(city.run("site", "add", "--name", "x", *args).code, 1)
    same(city.run("site", "add", "--name", "").code, 2)
    same(city.ok("site", "list"), [])


def sites_come_from_a_file_all_or_none(city):
    good = city.write("sites.csv", "name,sector,township,form\n甲,S01,210281001,\n乙,S02,210281002,A\n")
    said = city.ok("site", "import", good)
    same((said["rows"], [s["name"] for s in said["sites"]]), (2, ["甲", "乙"]))
    bad = city.write("bad.csv", "name,sector\n丙,S01\n丁,S99\n,S02\n")
    answer = city.run("site", "import", bad, "--json")
    same(answer.code, 1)
    same([(e["row"], e["line"]) for e in answer.json["errors"]], [(2, 3), (3, 4)])
    same(len(city.ok("site", "list")), 2)
    gb = city.write("gb.csv", "name,sector\n戊,S01\n", encoding="gb18030")
    same(city.run("site", "import", gb, "--encoding", "utf-8").code, 1)
    same(city.ok("site", "import", gb, "--encoding", "gb18030")["rows"], 1)
    same(city.ok("site", "import", gb)["rows"], 1)


def a_site_can_be_withdrawn_and_put_back(city):
    code = city.ok("site", "add", "--name", "甲")["code"]
    same(city.ok("site", "close", code)["active"], False)
    same(city.ok("site", "reopen", code.lower())["active"], True)
    same(city.run("site", "close", "000000").code, 1)


# ---- paper ----

def a_code_decodes_to_the_address_in_capitals(city):
    city.ok("config", "set", "base_url", "https://zl.example.cn")
    code = city.ok("site", "add", "--name", "甲")["code"]
    said = city.ok("qr", "--site", code, "-o", city.path("qr.png"))
    same(said["url"], f"https://zl.example.cn/Q/{code}")
    read = subprocess.run(["zbarimg", "-q", "--raw", city.path("qr.png")], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    same(read.strip(), f"HTTPS://ZL.EXAMPLE.CN/Q/{code}")
    city.ok("qr", "--site", code, "--output", city.path("qr.svg"))
    contains(open(city.path("qr.svg"), encoding="utf-8").read(), "<svg")
    same(city.run("qr", "--site", code, "-o", city.path("qr.gif")).code, 2)
    same(city.run("qr", "--site", "ZZZZZZ", "-o", city.path("x.png")).code, 1)


def posters_are_one_pdf_a_site(city):
    codes = [city.ok("site", "add", "--name", f"点位{i}")["code"] for i in range(3)]
    city.ok("site", "close", codes[2])
    same(city.ok("poster", "--site", codes[0], "-o", city.path("one.pdf"))["files"],
         [city.path("one.pdf")])
    said = city.ok("poster", "--all", "-o", city.path("all"))
    same(sorted(os.listdir(city.path("all"))), sorted(f"{c}.pdf" for c in codes[:2]))
    same(len(said["files"]), 2)
    for name in said["files"] + [city.path("one.pdf")]:
        same(open(name, "rb").read(5), b"%PDF-")
    same(city.run("poster", "-o", city.path("x.pdf")).code, 2)
    same(city.run("poster", "--all", "--site", codes[0], "-o", city.path("x.pdf")).code, 2)


# ---- answers in ----

def answers_are_stored_and_the_same_file_counts_once(city):
    open_wave(city)
    path = city.write("a.csv", f"{HEADER}\n{ROW}\n{OTHER}\n")
    same(city.ok("import", "--wave", "A-2024", path),
         {"wave": "A-2024", "rows": 2, "stored": 2, "duplicates": 0, "batch": 1, "notes": []})
    answer = city.run("import", "--wave=A-2024", path, "--json")
    same((answer.code, answer.json["error"]["code"]), (1, "conflict"))
    same(stored(city), 2)


def one_file_may_serve_two_waves(city):
    path = city.write("a.csv", f"{HEADER}\n{ROW}\n")
    open_wave(city, year=2023)
    city.ok("import", "--wave", "A-2023", path)
    city.ok("wave", "close", "A-2023")
    open_wave(city, year=2024)
    same(city.ok("import", "--wave", "A-2024", path)["stored"], 1)


def keys_in_the_file_decide_what_is_a_duplicate(city):
    open_wave(city)
    path = city.write("a.csv", f"key,{HEADER}\nk1,{ROW}\nk2,{ROW}\nk1,{ROW}\n")
    said = city.ok("import", "--wave", "A-2024", path)
    same((said["rows"], said["stored"], said["duplicates"]), (3, 2, 1))


def one_wrong_cell_stores_nothing(city):
    open_wave(city)
    path = city.write("a.csv", f"{HEADER}\n{ROW}\n{ROW.replace('8', '11', 1)}\n\n{ROW}\n"
                               f"{ROW.replace('S01', 'S77')}\n")
    answer = city.run("import", "--wave", "A-2024", path, "--json")
    same(answer.code, 1)
    same([(e["row"], e["line"], e["column"]) for e in answer.json["errors"]],
         [(2, 3, "sat"), (4, 6, "sector")])
    same(stored(city), 0)
    text = city.run("import", "--wave", "A-2024", path, lang="zh").text
    contains(text, "第 2 行（文件第 3 行）列 sat")
    contains(text, "什么都没有保存")


def every_kind_of_wrong_cell_names_its_column(city):
    open_wave(city)
    for column, value in (("minute", "yesterday"), ("minute", "2024-13-01"), ("minute", "2024-05-12 25:00"),
                          ("seconds", "1.5"), ("weight", "0"), ("weight", "-1"), ("weight", "many"),
                          ("site", "ABC"), ("site", "000000"), ("key", "a b"), ("mode", "pigeon"),
                          ("stream", "both"), ("handled", "3")):
        path = city.write("a.csv", f"{HEADER},{column}\n{ROW},{value}\n")
        answer = city.run("import", "--wave", "A-2024", path, "--json")
        same((answer.code, [e["column"] for e in answer.json["errors"]]), (1, [column]))
    same(stored(city), 0)


def an_unknown_column_is_an_error_with_a_suggestion(city):
    open_wave(city)
    path = city.write("a.csv", f"{HEADER},minutes,colour\n{ROW},1,red\n")
    answer = city.run("import", "--wave", "A-2024", path, "--json")
    same(answer.code, 1)
    same([(e["row"], e["column"]) for e in answer.json["errors"]], [(0, "minutes"), (0, "colour")])
    contains(answer.json["errors"][0]["message"], '"minute"')


def a_file_in_the_wrong_encoding_says_which_to_try_and_in_none_said_is_recognised(city):
    open_wave(city)
    path = city.write("gb.csv", f"{HEADER},stratum\n{ROW},中心城区\n", encoding="gb18030")
    answer = city.run("import", "--wave", "A-2024", path, "--json", "--encoding", "utf-8")
    same(answer.code, 1)
    contains(answer.json["error"]["message"].lower(), "gb18030")
    same(city.ok("import", "--wave", "A-2024", path, "--encoding", "gb18030")["stored"], 1)
    same(sqlite(city, "SELECT stratum FROM response"), [("中心城区",)])
    same(city.run("import", "--wave", "A-2024", path, "--encoding", "ebcdic").code != 0, True)


def a_byte_order_mark_and_crlf_are_fine(city):
    open_wave(city)
    path = city.write("a.csv", f"\ufeff{HEADER}\r\n{ROW}\r\n")
    same(city.ok("import", "--wave", "A-2024", path)["stored"], 1)


def standard_input_is_a_file_too(city):
    open_wave(city)
    same(city.ok("import", "--wave", "A-2024", "-", stdin=f"{HEADER}\n{ROW}\n".encode())["stored"], 1)


def times_weights_and_sites_are_kept(city):
    open_wave(city)
    code = city.ok("site", "add", "--name", "甲", "--sector", "S02")["code"]
    path = city.write("a.csv", "site,minute,seconds,stratum,cluster,weight,sat,sat_exp\n"
                      f"{code.lower()},2024-05-12 09:30,240,h1,c1,1.2345678,8,9\n"
                      ",28000000,1,h1,c1,1,8,9\n")
    # The site's sector stands in for the answer to the form's first question; without a site it is missing.
    answer = city.run("import", "--wave", "A-2024", path, "--json")
    same([(e["row"], e["column"]) for e in answer.json["errors"]], [(2, "sector")])
    path = city.write("a.csv", "site,minute,seconds,stratum,cluster,weight,sat,sat_exp\n"
                      f"{code.lower()},2024-05-12 09:30,240,h1,c1,1.2345678,8,9\n")
    city.ok("import", "--wave", "A-2024", path)
    same(sqlite(city, "SELECT minute, seconds, stratum, cluster, weight, site FROM response"),
         [(int(MORNING.timestamp()) // 60, 240, "h1", "c1", 1234568, 1)])
    same(city.ok("export", "--wave", "A-2024")["rows"][0][18], "S02")


def modes_tell_the_stream_unless_it_is_said(city):
    open_wave(city)
    for extra, want in (([], ("sampled", "phone")), (["--mode", "household"], ("sampled", "household")),
                        (["--mode", "qr"], ("open", "qr")), (["--mode", "link"], ("open", "link")),
                        (["--mode", "link", "--stream", "sampled"], ("sampled", "link"))):
        path = city.write("a.csv", f"key,{HEADER}\nk{'-'.join(want)}{len(extra)},{ROW}\n")
        city.ok("import", "--wave", "A-2024", path, "--again", *extra)
        same(sqlite(city, "SELECT stream, mode FROM response ORDER BY id DESC LIMIT 1"), [want])
    same(city.run("import", "--wave", "A-2024", path, "--mode", "pigeon").code, 2)
    same(city.run("import", "--wave", "A-2024", path, "--stream", "both").code, 2)


def a_closed_or_unknown_wave_takes_nothing(city):
    path = city.write("a.csv", f"{HEADER}\n{ROW}\n")
    same(city.run("import", "--wave", "A-2024", path).code, 1)
    open_wave(city)
    city.ok("wave", "close", "A-2024")
    same(city.run("import", "--wave", "A-2024", path).code, 1)
    same(stored(city), 0)


def an_import_on_a_full_disk_counts_nothing_until_it_goes_on(city):
    open_wave(city)
    path = city.write("a.csv", HEADER + "\n" + f"{ROW}\n" * 20000)
    answer = city.run("import", "--wave", "A-2024", path, "--json", limit=1500000)
    same((answer.code, answer.json["error"]["code"]), (3, "full"))
    same([(w["sampled"], w["open_answers"]) for w in city.ok("wave", "list")], [(0, 0)])
    there = stored(city)
    assert 0 < there < 20000, there
    said = city.ok("import", "--wave", "A-2024", path)
    same((said["stored"], said["resumed"], stored(city)), (20000, there, 20000))


def a_hundred_thousand_rows_take_seconds_and_no_progress_in_a_pipe(city):
    open_wave(city)
    path = city.write("a.csv", HEADER + "\n" + f"{ROW}\n" * 100000)
    began = time.monotonic()
    answer = city.run("import", "--wave", "A-2024", path, "--json")
    took = time.monotonic() - began
    same((answer.code, answer.json["stored"], answer.err), (0, 100000, ""))
    print(f"# 100000 rows in {took:.1f} s")
    # Generous: sanitizers and a loaded machine included.
    assert took < 120, took


# ---- answers out ----

def an_export_goes_back_in_unchanged(city):
    open_wave(city, form="C")
    row = "1,8,7,,98,99,12345,12315 title,2,1,3,210281212,4,3"
    path = city.write("c.csv", "resid,p1,p2,P,e1,e2,unaided,aided,used,sex,age,town,edu,occ,stratum\n"
                      f"{row},=1+1\n" + row.replace("1,8", "2,9", 1) + ",\"a,\"\"b\"\"\"\n3,,,,,,,,,,,,,,x\n")
    city.ok("import", "--wave", "C-2024", path)
    first = city.run("export", "--wave", "C-2024")
    same(first.code, 0)
    assert first.out.startswith(b"\xef\xbb\xbf")
    contains(first.text, "'=1+1")
    other = City()
    try:
        open_wave(other, form="C")
        back = other.write("back.csv", first.text)
        same(other.ok("import", "--wave", "C-2024", back)["stored"], 3)
        # Our key and the leaf it is in are made anew; all that was answered is the same, and the old key is the agency's.
        same([r[1:] for r in csv.reader(io.StringIO(other.run("export", "--wave", "C-2024").text))],
             [r[1:] for r in csv.reader(io.StringIO(first.text))])
        same(sqlite(other, "SELECT answers, stratum, cluster, weight, minute, seconds FROM response"),
             sqlite(city, "SELECT answers, stratum, cluster, weight, minute, seconds FROM response"))
    finally:
        other.close()


def an_export_has_codes_as_names_and_a_choice_of_encodings(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024",
            city.write("a.csv", f"{HEADER},stratum\n{ROW},中心城区\n98,,,,,,,,,乡镇\n"))
    plain = city.run("export", "--wave", "A-2024", "--no-bom")
    rows = list(csv.DictReader(io.StringIO(plain.text)))
    same((rows[0]["sector"], rows[0]["sat"], rows[0]["img"], rows[0]["handled"]), ("S01", "8", "99", ""))
    same((rows[1]["sector"], rows[1]["sat"]), ("98", ""))
    gb = city.run("export", "--wave", "A-2024", "--encoding", "gb18030")
    same(gb.out.decode("gb18030"), plain.text)
    same(city.run("export", "--wave", "A-2024", "--encoding", "latin").code, 2)
    said = city.ok("export", "--wave", "A-2024", "-o", city.path("out.csv"))
    same(said, {"file": city.path("out.csv"), "rows": 2, "counted": 2})
    same(open(city.path("out.csv"), "rb").read(), b"\xef\xbb\xbf" + plain.out)
    same(len(city.ok("export", "--wave", "A-2024", "--stream", "open")["rows"]), 0)


def an_export_on_a_full_disk_leaves_the_old_file(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", HEADER + "\n" + f"{ROW}\n" * 3000))
    city.write("out.csv", "old")
    names = city.names()
    answer = city.run("export", "--wave", "A-2024", "-o", city.path("out.csv"), "--json", limit=100000)
    same((answer.code, answer.json["error"]["code"]), (3, "full"))
    same(open(city.path("out.csv"), encoding="utf-8").read(), "old")
    same([n for n in city.names() if "out" in n], [n for n in names if "out" in n])


# ---- the ledger ----

def the_ledger_signs_what_is_there_and_notices_what_was_changed(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", f"{HEADER}\n" + f"{ROW}\n" * 5))
    head = city.ok("ledger", "head")
    same((head["size"], head["fresh"]), (5, True))
    again = city.ok("ledger", "head")
    same((again["fresh"], again["signature"]), (False, head["signature"]))
    city.ok("import", "--wave", "A-2024", city.write("b.csv", f"{HEADER}\n" + f"{OTHER}\n" * 3))
    city.ok("ledger", "head")
    said = city.ok("ledger", "verify")
    same((said["ok"], said["responses"], [h["size"] for h in said["heads"]]), (True, 8, [5, 8]))
    same(said["heads"][0]["root"], head["root"])
    sqlite(city, "DROP TRIGGER IF EXISTS response_no_update")
    for (name,) in sqlite(city, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND "
                          "tbl_name = 'response'"):
        sqlite(city, f"DROP TRIGGER {name}")
    sqlite(city, "UPDATE response SET answers = replace(answers, '8', '10') WHERE id = 3")
    answer = city.run("ledger", "verify", "--json")
    same((answer.code, answer.json["ok"], answer.json["changed"]), (1, False, [3]))


def a_removed_answer_breaks_the_signed_head(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", f"{HEADER}\n" + f"{ROW}\n" * 4))
    city.ok("ledger", "head")
    for (name,) in sqlite(city, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        sqlite(city, f"DROP TRIGGER {name}")
    sqlite(city, "DELETE FROM response WHERE id = 4")
    answer = city.run("ledger", "verify", "--json")
    same((answer.code, answer.json["heads"][0]["root_ok"], answer.json["heads"][0]["signature_ok"]),
         (1, False, True))


def another_key_does_not_verify(city):
    city.ok("ledger", "head")
    other = City()
    try:
        answer = city.run("ledger", "verify", "--public-key", other.path("ledger.key.pub"), "--json")
        same((answer.code, answer.json["heads"][0]["signature_ok"]), (1, False))
    finally:
        other.close()
    same(city.run("ledger", "verify", "--public-key", city.write("x", "no key")).code, 1)


def nginx_is_configured_for_a_real_domain(city):
    city.ok("config", "set", "base_url", "https://zl.example.cn")
    certificate = ("--certificate", "/etc/a.pem", "--certificate-key", "/etc/a.key")
    text = city.run("nginx-config", *certificate).text
    contains(text, 'server_name "zl.example.cn"')
    contains(text, "listen *:443 ssl")
    same(city.run("nginx-config", "--certificate", "/etc/a.pem").code, 2)
    answer = city.run("nginx-config", "--server-name", "a;b", *certificate)
    assert answer.code != 0


def no_password_travels_in_the_clear_unasked(city):
    """Neither for an https address nor for an http one or none; and what is said twice over is no answer."""
    for url in (None, "http://10.0.0.5", "https://zl.example.cn"):
        if url:
            city.ok("config", "set", "base_url", url)
        answer = city.run("nginx-config")
        same((answer.code, answer.text), (2, ""))
        contains(answer.err, "--https-outside")
        plain = city.run("nginx-config", "--plain-http")
        same(plain.code, 2 if url and url.startswith("https") else 0)
        same("listen *:80" in plain.text, plain.code == 0)
        contains(city.run("nginx-config", "--https-outside").text, "fastcgi_param HTTPS on")
        same(city.run("nginx-config", "--https-outside", "--plain-http").code, 2)
    contains(manyi("nginx-config", "--help").text, "--server-name")


if __name__ == "__main__":
    run_tests([
        a_wave_has_a_name_and_the_forms_own_words, a_wave_takes_its_statutory_header_from_the_settings,
        a_wave_that_makes_no_sense_is_refused, one_wave_of_a_form_is_open_at_a_time,
        a_site_gets_a_code_and_an_address, a_poster_to_a_closed_survey_is_pointed_out,
        a_site_of_an_unknown_sector_township_or_form_is_refused,
        sites_come_from_a_file_all_or_none, a_site_can_be_withdrawn_and_put_back,
        a_code_decodes_to_the_address_in_capitals, posters_are_one_pdf_a_site,
        answers_are_stored_and_the_same_file_counts_once, one_file_may_serve_two_waves,
        keys_in_the_file_decide_what_is_a_duplicate, one_wrong_cell_stores_nothing,
        every_kind_of_wrong_cell_names_its_column, an_unknown_column_is_an_error_with_a_suggestion,
        a_file_in_the_wrong_encoding_says_which_to_try_and_in_none_said_is_recognised, a_byte_order_mark_and_crlf_are_fine,
        standard_input_is_a_file_too, times_weights_and_sites_are_kept,
        modes_tell_the_stream_unless_it_is_said, a_closed_or_unknown_wave_takes_nothing,
        an_import_on_a_full_disk_counts_nothing_until_it_goes_on,
        a_hundred_thousand_rows_take_seconds_and_no_progress_in_a_pipe,
        an_export_goes_back_in_unchanged, an_export_has_codes_as_names_and_a_choice_of_encodings,
        an_export_on_a_full_disk_leaves_the_old_file,
        the_ledger_signs_what_is_there_and_notices_what_was_changed,
        a_removed_answer_breaks_the_signed_head, another_key_does_not_verify,
        nginx_is_configured_for_a_real_domain, no_password_travels_in_the_clear_unasked,
    ])
