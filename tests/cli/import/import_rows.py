#!/usr/bin/env python3
"""manyi import: rows of a file become answers, or each wrong cell is named."""
import time

from cli_case import contains, run_tests, same
from cli_wave import HEADER, MORNING, OTHER, ROW, open_wave, sqlite, stored


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


if __name__ == "__main__":
    run_tests([
        answers_are_stored_and_the_same_file_counts_once, one_file_may_serve_two_waves,
        keys_in_the_file_decide_what_is_a_duplicate, one_wrong_cell_stores_nothing,
        every_kind_of_wrong_cell_names_its_column, an_unknown_column_is_an_error_with_a_suggestion,
        a_file_in_the_wrong_encoding_says_which_to_try_and_in_none_said_is_recognised,
        a_byte_order_mark_and_crlf_are_fine, standard_input_is_a_file_too,
        times_weights_and_sites_are_kept, modes_tell_the_stream_unless_it_is_said,
        a_closed_or_unknown_wave_takes_nothing,
        an_import_on_a_full_disk_counts_nothing_until_it_goes_on,
        a_hundred_thousand_rows_take_seconds_and_no_progress_in_a_pipe,
    ])
