#!/usr/bin/env python3
"""manyi export: what was answered, out again."""
import csv
import io

from cli_case import City, contains, run_tests, same
from cli_wave import HEADER, ROW, open_wave, sqlite


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


def words_and_ticks_come_out_as_they_were_given(city):
    open_wave(city, form="C")
    words = ["打\"12345\"，\\\\ 市长", "第一行\n第二行", "\U0001F600 好", "=1+1,", "98"]
    with open(city.path("c.csv"), "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([["resid", "unaided", "aided"]] + [["1", said, "12345 12315" if i else ""]
                                                                    for i, said in enumerate(words)])
    city.ok("import", "--wave", "C-2024", city.path("c.csv"))
    rows = list(csv.DictReader(io.StringIO(city.run("export", "--wave", "C-2024", "--no-bom").text, newline="")))
    same([r["unaided"] for r in rows], ["'" + said if said[0] == "=" else said for said in words])
    same([r["aided"] for r in rows], ["99"] + ["12315 12345"] * 4)
    said = city.ok("export", "--wave", "C-2024")
    same([row[said["columns"].index("unaided")] for row in said["rows"]], words)
    # As another writer of JSON may have put it.
    sqlite(city, "DROP TRIGGER response_fixed")
    sqlite(city, "UPDATE response SET answers = replace(answers, '好', '\\ud83d\\ude00\\u597d\\/') WHERE id = 3")
    same(city.ok("export", "--wave", "C-2024")["rows"][2][said["columns"].index("unaided")], "\U0001F600 \U0001F600好/")


def a_row_that_is_not_the_forms_is_named_and_nothing_written(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", f"{HEADER}\n{ROW}\n{ROW}\n"))
    sqlite(city, "DROP TRIGGER response_fixed")
    sqlite(city, "UPDATE response SET answers = '[1]' WHERE id = 2")
    for how in ([], ["--json"], ["-o", city.path("out.csv")]):
        answer = city.run("export", "--wave", "A-2024", *how)
        same((answer.code, "--json" in how or answer.out), (3, "--json" in how or b""))
        contains(answer.err + answer.text, "answer 2 of wave 1 does not fit form A")
    same([n for n in city.names() if "out" in n], [])


def an_export_on_a_full_disk_leaves_the_old_file(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", HEADER + "\n" + f"{ROW}\n" * 3000))
    city.write("out.csv", "old")
    names = city.names()
    answer = city.run("export", "--wave", "A-2024", "-o", city.path("out.csv"), "--json", limit=100000)
    same((answer.code, answer.json["error"]["code"]), (3, "full"))
    same(open(city.path("out.csv"), encoding="utf-8").read(), "old")
    same([n for n in city.names() if "out" in n], [n for n in names if "out" in n])


if __name__ == "__main__":
    run_tests([
        an_export_goes_back_in_unchanged, an_export_has_codes_as_names_and_a_choice_of_encodings,
        words_and_ticks_come_out_as_they_were_given, a_row_that_is_not_the_forms_is_named_and_nothing_written,
        an_export_on_a_full_disk_leaves_the_old_file,
    ])
