#!/usr/bin/env python3
"""Files as agencies send them: every dialect, and every common damage."""
import json
import os

from cli_case import SOURCE, City, contains, run_tests, same
from cli_wave import HEADER, ROW, sqlite
from import_case import PHONE, counted, errors, open_wave, phone_rows, put, text_of

FORMATS = os.path.join(SOURCE, "tests", "data", "formats")


def every_dialect_is_read_or_named(city):
    with open(os.path.join(FORMATS, "csv", "index.json"), encoding="utf-8") as f:
        expected = json.load(f)
    notes = {"02": "GB18030", "05": "semicolons", "07": "UTF-16", "10": "full-width", "12": "decimal point", "19": "in another way",
             "21": "empty columns", "36": "not parted by spaces"}
    faults = {"16": "not a number", "22": "totals", "25": "title", "28": "words of the questions", "60": "empty, while other rows", "66": "cells in a row"}
    plain = None
    for name, what in sorted(expected.items()):
        number = name[:2]
        fresh = City()
        try:
            open_wave(fresh)
            answer = put(fresh, os.path.join(FORMATS, "csv", name))
            text = json.dumps(answer.json, ensure_ascii=False)
            if number in faults:
                same((name, answer.code, counted(fresh)), (name, 1, 0))
                contains(text, faults[number])
                if number == "28":
                    same(len(answer.json["errors"]), 1)
                continue
            assert what["verdict"].startswith("in"), name
            same((name, answer.code), (name, 0))
            same((name, answer.json["stored"]), (name, 60))
            same((name, len(answer.json["notes"])), (name, number in notes))
            if number in notes:
                contains(text, notes[number])
            rows = sqlite(fresh, "SELECT answers, stratum, cluster, weight, minute, mode FROM response ORDER BY id")
            plain = plain or rows
            if number == "10":       # one cell is another digit, besides being wide
                same(sum(a != b for a, b in zip(rows, plain)), 1)
            elif number != "09":
                same((name, rows == plain), (name, True))
        finally:
            fresh.close()


def files_that_are_no_text_say_what_they_are(city):
    open_wave(city)
    for name, is_, do in (("xlsx/x00_shared.xlsx", "Excel workbook", "CSV UTF-8"), ("sav/01_labels.sav", "SPSS", "Save As")):
        path = os.path.join(FORMATS, *name.split("/"))
        for args in (["import", "--wave", "C-2024", path], ["import", "--wave", "C-2024", path, "--encoding", "gb18030"],
                     ["site", "import", path], ["margins", "import", path], ["track", "complaints", path], ["track", "peers", path],
                     ["estimate", path, "--mean", "P"]):
            answer = city.run(*args, "--json")
            assert answer.code != 0, args
            said = answer.json["error"]["message"]
            contains(said, is_)
            contains(said, do)
            assert "gb18030" not in said.lower() and "utf-8;" not in said.lower(), said
        for args in (["form", "check", path], ["analyse", path]):
            said = city.run(*args, "--json").text
            contains(said, is_)


def every_reader_refuses_a_row_cut_short(city):
    open_wave(city)
    for args, text in ((["import", "--wave", "C-2024"], "resid,P\n1,8\n1\n"), (["site", "import"], "name,window\n甲,1\n乙\n"),
                       (["margins", "import"], "variable,category,population\nsex,1,5\nsex,2\n"),
                       (["track", "complaints"], "year,registered\n2024,5\n2023\n"),
                       (["track", "peers"], "indicator,year,city,score\n43,2024,甲,80\n43,2024,乙\n"),
                       (["estimate"], "a,b\n1,2\n3\n")):
        more = ["--mean", "a"] if args == ["estimate"] else []
        answer = city.run(*args, city.write("cut.csv", text), "--json", *more)
        assert answer.code != 0, args
        contains(answer.json["error"]["message"], "cut.csv:3")


def a_cut_inside_the_last_row_is_seen(city):
    open_wave(city)
    with open(PHONE, "rb") as f:
        whole = f.read()
    for cut in range(1, 60):
        with open(city.path("cut.csv"), "wb") as f:
            f.write(whole[:-cut])
        answer = put(city, city.path("cut.csv"))
        same((cut, answer.code), (cut, 1))
        assert "line end" in answer.text or "cut" in answer.text, answer.text
    same(sqlite(city, "SELECT count(*) FROM batch"), [(0,)])
    with open(city.path("cut.csv"), "wb") as f:
        f.write(whole[:-1])
    said = put(city, city.path("cut.csv"), "--no-final-newline").json
    same(said["stored"], 240)
    contains(said["notes"][0], "line end")


def a_blank_weight_stratum_or_cluster_among_others_is_refused(city):
    open_wave(city)
    rows = phone_rows()
    for column in ("weight", "stratum", "cluster"):
        at = rows[0].index(column)
        some = [rows[0]] + [["" if i == at and k in (3, 8) else c for i, c in enumerate(r)] for k, r in enumerate(rows[1:])]
        listed = errors(city, city.write("b.csv", text_of(some)))
        same([(e["column"], e["line"], e["count"], e["lines"]) for e in listed], [(column, 5, 2, [5, 10])])
        contains(listed[0]["message"], "fill it in")
    at = rows[0].index("weight")
    none = [rows[0]] + [["" if i == at else c for i, c in enumerate(r)] for r in rows[1:]]
    same(put(city, city.write("none.csv", text_of(none))).json["stored"], 240)


def an_error_shows_the_cell_and_what_is_allowed(city):
    open_wave(city)
    rows = phone_rows()
    sex, age = rows[0].index("sex"), rows[0].index("P")
    for r in rows[1:201]:
        r[sex] = "男"
    rows[5][age] = "11"
    rows[6][age] = "12"
    path = city.write("bad.csv", text_of(rows))
    # Who is no resident is not asked the rest, which is another thing to say.
    listed = {e["column"]: e for e in errors(city, path) if "skip this question" not in e["message"]}
    same(sorted(listed), ["P", "sex"])
    same((listed["sex"]["count"], listed["sex"]["line"], listed["sex"]["cell"], len(listed["sex"]["lines"])), (196, 2, "男", 10))
    contains(listed["sex"]["message"], "1 ")
    same((listed["P"]["count"], listed["P"]["cells"]), (2, ["11", "12"]))
    contains(listed["P"]["message"], "from 1 to 10")
    text = city.run("import", "--wave", "C-2024", path, lang="zh").text
    same(len(text.splitlines()), 4)
    contains(text, "列 sex")
    contains(text, "“男”")
    contains(text, "1 男；2 女")
    contains(text, "同样的共 196 处")


def one_habit_is_one_note_and_a_doubtful_cell_an_error(city):
    open_wave(city, "A")
    lines = [ROW.replace("8,7,6", f"{i % 10 + 1}.0,７, 6") for i in range(50)]
    path = city.write("h.csv", f"{HEADER},minute\n" + "".join(f"{line},2024/5/{i % 9 + 1} 9:05\n" for i, line in enumerate(lines)))
    said = put(city, path, wave="A-2024").json
    same((said["stored"], len(said["notes"])), (50, 4))
    batch = city.ok("import", "list")[0]
    same(batch["notes"], said["notes"])
    for cell in ("9.5", "9,0", "1e1", "0x9", "九", "9分", "NA", "-1", "8 9"):
        row = f'S01,"{cell}",7,6,1,1,2,210281001,3'
        listed = errors(city, city.write("x.csv", f"{HEADER}\n{row}\n"), wave="A-2024")
        same((cell, [(e["column"], e["cell"]) for e in listed]), (cell, [("sat", cell)]))
    for cell in ("45426.39", "45426", "12/5/2024", "2024-5", "2099-01-01", "昨天", "2024-02-30"):
        listed = errors(city, city.write("x.csv", f"{HEADER},minute\n{ROW},{cell}\n"), wave="A-2024")
        same((cell, [(e["column"], e["cell"]) for e in listed]), (cell, [("minute", cell)]))


def empty_rows_are_passed_over_and_said(city):
    open_wave(city, "A")
    path = city.write("e.csv", f"{HEADER},,\n{ROW},,\n" + "," * 10 + "\n" + f"{ROW},,\n")
    said = put(city, path, wave="A-2024").json
    same(said["stored"], 2)
    assert any("empty rows" in n for n in said["notes"]) and any("empty columns" in n for n in said["notes"]), said


def names_may_be_parted_by_commas(city):
    for year, names in ((2020, "sex,age"), (2021, "sex， age"), (2022, "sex、age"), (2023, " sex  age ")):
        wave = open_wave(city, "A", year, margins=names, domains=names.replace("age", "town"))
        same((wave["margins"], wave["domains"]), ("sex age", "sex town"))
        city.ok("wave", "close", f"A-{year}")
    answer = city.run("wave", "open", "--form", "A", "--year", "2024", "--margins", "sex,nosuch", "--json")
    contains(answer.json["error"]["message"], '"nosuch"')


if __name__ == "__main__":
    run_tests([
        every_dialect_is_read_or_named, files_that_are_no_text_say_what_they_are,
        every_reader_refuses_a_row_cut_short, a_cut_inside_the_last_row_is_seen,
        a_blank_weight_stratum_or_cluster_among_others_is_refused,
        an_error_shows_the_cell_and_what_is_allowed,
        one_habit_is_one_note_and_a_doubtful_cell_an_error, empty_rows_are_passed_over_and_said,
        names_may_be_parted_by_commas,
    ])
