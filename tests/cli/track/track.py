#!/usr/bin/env python3
"""manyi track: rows, readings, signatures, and what follows from them."""
import hashlib
import math

from cli_case import contains, run_tests, same
from cli_year import NEXT, SET, reading, row_of, survey

STATES = ("met", "missed", "unfilled", "unproven", "unset", "awaiting", "judged", "none", "cancelled")


def the_tracker_has_all_rows_verbatim(city):
    rows = city.ok("track", "list")
    same((len(rows), rows[0]["id"], rows[51]["id"]), (52, "1", "50"))
    assert {"id", "chapter", "title", "content", "lead", "cooperate", "evidence_state", "result_state",
            "reason"} <= set(rows[0])
    row = next(r for r in rows if r["id"] == "43")
    same((row["chapter"], row["lead"], row["cooperate"]), (8, ["市商务局", "市旅游局"], []))
    same(row["title"], "服务质量不断改进，顾客满意指数不断提高")
    assert all(r["result_state"] in STATES for r in rows)
    same({r["evidence_state"] for r in rows}, {"none"})


def a_reading_decides_its_row_and_keeps_its_source(city):
    same(row_of(city, "33")["result_state"], "unfilled")
    said = city.ok("track", "set", "33", "--subtarget", "1", "--year", "2024", "--value", "98.5%",
                   "--source", "验收台账", "--date", "2024-12-20")
    same((said["indicator"], said["value"]), ("33", "98.5%"))
    row = row_of(city, "33")
    same((row["result_state"], row["clauses"][0]["literal"]), ("met", True))
    same([(r["value"], r["source"], r["date"]) for r in row["readings"]], [("98.5%", "验收台账", "2024-12-20")])
    city.ok("track", "set", "33", "--subtarget", "1", "--year", "2024", "--value", "97.9%",
            "--source", "更正", "--date", "2024-12-28")
    row = row_of(city, "33")
    same((row["result_state"], len(row["readings"])), ("missed", 2))


def a_reading_that_cannot_be_is_refused(city):
    good = {"--subtarget": "1", "--year": "2024", "--value": "98.5%", "--source": "台账", "--date": "2024-12-20"}
    for change, code in (({"--value": "198%"}, 1), ({"--value": "很好"}, 1), ({"--subtarget": "2"}, 1),
                         ({"--year": "24"}, 2), ({"--date": "2024-12-32"}, 2), ({"--source": " "}, 2)):
        args = [w for pair in {**good, **change}.items() for w in pair]
        same((change, city.run("track", "set", "33", *args).code), (change, code))
    same(city.run("track", "set", "51", *[w for pair in good.items() for w in pair]).code, 1)
    same(row_of(city, "33")["readings"], [])


def nobody_types_in_what_a_survey_or_agency_decides(city):
    for ident, value in (("43", "90"), ("40", "第3位")):
        same(city.run("track", "set", ident, "--subtarget", "1", "--year", "2024", "--value", value,
                      "--source", "s", "--date", "2024-12-20").code, 1)


def a_front_rank_waits_for_a_signature(city):
    def set_rank(value):
        city.ok("track", "set", "25", "--subtarget", "1", "--year", "2024", "--value", value, "--source", "名录",
                "--date", "2024-12-20")
    city.ok("track", "set", "25", "--subtarget", "2", "--year", "2024", "--value", "是", "--source", "名录",
            "--date", "2024-12-20")
    set_rank("7/50")
    same(row_of(city, "25")["result_state"], "unset")
    city.ok("track", "threshold", "25", "--clause", "1", "--value", "10", "--signed-by", "市长",
            "--date", "2024-01-05")
    row = row_of(city, "25")
    same((row["result_state"], row["clauses"][0]["signed_by"], row["clauses"][0]["threshold"]),
         ("met", "市长", 10))
    same(city.run("track", "threshold", "33", "--clause", "1", "--value", "90", "--signed-by", "市长",
                  "--date", "2024-01-05").code, 1)
    city.ok("track", "threshold", "38", "--clause", "1", "--value", "n/a", "--signed-by", "市长",
            "--date", "2024-01-05")
    same(row_of(city, "38")["result_state"], "none")


def our_own_survey_never_meets_40(city):
    survey(city, 2024, 9.5)
    row = row_of(city, "40")
    assert row["result_state"] != "met"
    report = city.write("report.pdf", "第三方报告")
    args = ["--year", "2024", "--of", "50", "--agency", "某机构", "--qualification", "CNAS 0001", "--report", report]
    same(city.run("track", "external", "40", "--rank", "60", *args).code, 2)
    said = city.ok("track", "external", "40", "--rank", "7", *args)
    same(said["report_sha256"], hashlib.sha256("第三方报告".encode()).hexdigest())
    row = row_of(city, "40")
    same((row["result_state"], row["external"]["rank"], row["external"]["agency"]), ("met", 7, "某机构"))
    same(city.run("track", "external", "40", "--rank", "7", *args[:-1], city.path("none.pdf")).code, 3)


def rising_years_are_literal_truth_and_strength_apart(city):
    for year, middle in ((2021, 7.9), (2022, 7.95), (2023, 8.0), (2024, 8.05)):
        survey(city, year, middle, seed=1)
    estimates = city.ok("index", "--indicator", "43", "--stream", "sampled")["estimates"]
    values = [e["value"] for e in estimates if e["index"] == "csi"]
    same(len(values), 4)
    row = row_of(city, "43")
    rising = row["clauses"][0]
    same(rising["literal"], values == sorted(values))
    strength = rising["strength"]
    same([s["from"] for s in strength["steps"]], [2021, 2022, 2023])
    for step, (a, b) in zip(strength["steps"], zip(values, values[1:])):
        assert math.isclose(step["value"], b - a, abs_tol=1e-9), (step, a, b)
        assert step["low"] < step["value"] < step["high"] and 0 <= step["p_up"] <= 1
    assert math.isclose(strength["iut_up"], max(s["p_up"] for s in strength["steps"]), rel_tol=1e-12)
    # Steps of half a point cannot be seen with 600 answers: never met.
    assert strength["iut_up"] > 0.05 and row["result_state"] != "met"


def big_rises_and_a_low_complaint_rate_meet_43(city):
    for year, middle in ((2021, 6.5), (2022, 7.2), (2023, 7.9), (2024, 8.6)):
        survey(city, year, middle)
    same(row_of(city, "43")["result_state"], "unfilled")
    path = city.write("c.csv", "year,registered,residents,national_per_10000,source,date\n"
                      + "".join(f"{y},{n},800000,25.0,12315,2025-01-10\n"
                                for y, n in ((2021, 900), (2022, 950), (2023, 990), (2024, 1000))))
    same(city.ok("track", "complaints", path), {"rows": 4})
    row = row_of(city, "43")  # nobody has said what the rates count
    same((row["clauses"][3]["literal"], row["result_state"]), (None, "unproven"))
    contains(row["clauses"][3]["reason"], "ompar")
    city.ok("track", "complaints", path, "--definition", "12315", "--national-definition", "12315+举报")
    same(row_of(city, "43")["clauses"][3]["literal"], None)
    same(city.ok("track", "complaints", path, "--definition", "12315", "--national-definition", "12315"), {"rows": 4})
    row = row_of(city, "43")
    same([c["literal"] for c in row["clauses"]], [True, False, None, True])
    same(row["result_state"], "met")
    contains(row["headline"], "2024")


def a_leader_signs_which_reading_governs(city):
    sign = ["--signed-by", "市长", "--date", "2024-01-05"]
    said = city.ok("track", "criterion", "43", "--governs", "literal", *sign)
    same((said["indicator"], said["governs"]), ("43", "literal"))
    same(row_of(city, "43")["governs"], {"value": "literal", "signed_by": "市长", "date": "2024-01-05"})
    same(row_of(city, "44")["governs"], None)
    older = city.run("track", "criterion", "43", "--governs", "statistical", "--signed-by", "李", "--date", "2020-01-01", lang="zh")
    contains(older.text, "已有 2024-01-05 审定的“条文口径”，日期更晚，仍以它为准")
    same(row_of(city, "43")["governs"]["value"], "literal")
    same(city.run("track", "criterion", "43", "--governs", "p<0.05", *sign).code, 1)
    same(city.run("track", "criterion", "33", "--governs", "literal", *sign).code, 1)
    gone = ["track", "threshold", "23", "--clause", "2", "--value", "cancelled", *sign]
    same(city.run(*gone).code, 1)
    city.ok(*gone, "--document", "公告 2012 年第 120 号")
    same(row_of(city, "23")["clauses"][1]["state"], "cancelled")


def led_and_helped_are_counted_apart(city):
    one = next(d for d in city.ok("track", "departments") if d["department"] == "市商务局")
    rows = city.ok("track", "list")
    same(one["lead"]["rows"], sum("市商务局" in r["lead"] for r in rows))
    same(one["cooperate"]["rows"], sum("市商务局" not in r["lead"] and bool({"市商务局", "各成员单位"} &
                                       set(r["cooperate"])) for r in rows))
    contains(city.run("track", "list", lang="zh").text, "52 项任务：达标 0（佐证齐全 0 · 佐证不全 0） · 未达标 0")


def text_shows_both_readings_of_a_clause(city):
    for year in (2021, 2022, 2023, 2024):
        survey(city, year, 8.0 + year % 10 / 20)
    text = city.run("track", "show", "43", lang="zh").text
    for part in ("结果：", "条文口径：", "统计检验：", "牵头：市商务局、市旅游局"):
        contains(text, part)
    contains(text, "城市服务业满意度连续 3 年提高")
    contains(text, "条件 1：下列各条，其中一项符合即可")
    contains(city.run("track", "show", "43", lang="en").text, "by the wording:")
    same(city.run("track", "show", "51").code, 1)


def next_years_reading_does_not_turn_this_year_green(city):
    reading(city, 1, 2024, "是")
    reading(city, 2, 2024, "0.84‰")
    same(row_of(city, "3")["result_state"], "missed")
    reading(city, 1, 2025, "是", date="2025-12-01")
    reading(city, 2, 2025, "1.2‰", date="2025-12-01")
    of = {year: city.ok("track", "show", "3", "--year", str(year)) for year in (2024, 2025)}
    same([(of[y]["year"], of[y]["result_state"], of[y]["clauses"][1]["value"], of[y]["clauses"][1]["year"]) for y in of],
         [(2024, "missed", "0.84‰", 2024), (2025, "met", "1.2‰", 2025)])
    same((row_of(city, "3")["year"], row_of(city, "3")["result_state"]), (2025, "met"))
    lists = {year: {r["id"]: r for r in city.ok("track", "list", "--year", str(year))} for year in (2024, 2025)}
    same([(lists[y]["3"]["year"], lists[y]["3"]["result_state"]) for y in lists], [(2024, "missed"), (2025, "met")])
    contains(city.run("track", "show", "3", "--year", "2024", lang="zh").text, "2024 年结果：未达标")
    contains(city.run("track", "show", "3", "--year", "2024", lang="zh").text, "（2024 年）：0.84‰　决算")


def a_year_that_is_not_there_is_refused_with_those_that_are(city):
    reading(city, 1, 2022, "是")
    reading(city, 1, 2024, "是")
    for args in (("track", "list"), ("track", "show", "3"), ("publish", "3", "--signed-by", "x")):
        for year in ("2035", str(NEXT), "2019", "2023"):
            answer = city.run(*args, "--year", year, "--json")
            same((args, year, answer.code), (args, year, 1))
            if int(year) < NEXT or args[0] == "track":
                contains(answer.json["error"]["message"], "2022, 2024")
    same(city.run("track", "list", "--year", "last").code, 2)
    same(city.ok("publish", "list"), [])
    contains(city.run("track", "show", "3", "--year", "2019", lang="zh").err, "有数据的年度：2022、2024")


def nothing_is_entered_for_a_day_or_year_that_cannot_be(city):
    report, late = city.write("r.pdf", "r"), f"{NEXT}-01-01"
    complaints = "year,registered,residents,source,date\n"
    peers = "indicator,year,city,score\n"
    margins = "variable,category,population,source,date\n"
    external = ("track", "external", "40", "--rank", "1", "--of", "2", "--agency", "a", "--qualification", "q",
                "--report", report, "--year")
    evidence = ("track", "evidence", "add", "1", "--title", "t", "--file", report)
    threshold = ("track", "threshold", "25", "--clause", "1", "--value", "10", "--signed-by", "x", "--date")
    for args in ([*SET, "1", "--value", "是", "--source", "s", "--date", "2024-01-01", "--year", str(NEXT)],
                 [*SET, "1", "--value", "是", "--source", "s", "--date", "2024-01-01", "--year", "1999"],
                 [*SET, "1", "--value", "是", "--source", "s", "--date", "2031-06-01", "--year", "2024"],
                 [*SET, "1", "--value", "是", "--source", "s", "--date", late, "--year", "2024"],
                 [*external, str(NEXT)], [*external, "1999"], [*threshold, late], [*threshold, "1911-10-10"],
                 [*evidence, "--date", late], [*evidence, "--period", f"{NEXT} 年度"], [*evidence, "--period", "本年"],
                 ["wave", "open", "--form", "A", "--year", str(NEXT)], ["wave", "open", "--form", "A", "--year", "1999"],
                 ["index", "--form", "A", "--year", str(NEXT)],
                 ["track", "complaints", city.write("c1.csv", f"{complaints}{NEXT},1,2,s,\n")],
                 ["track", "complaints", city.write("c2.csv", f"{complaints}1999,1,2,s,\n")],
                 ["track", "complaints", city.write("c3.csv", f"{complaints}2024,1,2,s,{late}\n")],
                 ["track", "complaints", city.write("c4.csv", f"{complaints}2024,1,2,s,2024-02-30\n")],
                 ["track", "peers", city.write("p1.csv", f"{peers}40,{NEXT},x,80\n")],
                 ["track", "peers", city.write("p2.csv", f"{peers}40,1999,x,80\n")],
                 ["margins", "import", city.write("m1.csv", f"{margins}sex,1,5,s,{late}\n")],
                 ["margins", "import", city.write("m2.csv", f"{margins}sex,1,5,s,2020-11-31\n")]):
        answer = city.run(*args, "--json")
        same((args, answer.code), (args, 1))
        message = str(answer.json)
        assert any(word in message for word in ("to come", "before", "real one", "period", "year")), message
    same((city.ok("wave", "list"), city.ok("margins", "list"), row_of(city, "3")["readings"]), ([], [], []))
    same(row_of(city, "1")["evidence_state"], "none")


if __name__ == "__main__":
    run_tests([
        the_tracker_has_all_rows_verbatim, a_reading_decides_its_row_and_keeps_its_source,
        a_reading_that_cannot_be_is_refused, nobody_types_in_what_a_survey_or_agency_decides,
        a_front_rank_waits_for_a_signature, our_own_survey_never_meets_40,
        rising_years_are_literal_truth_and_strength_apart,
        big_rises_and_a_low_complaint_rate_meet_43, a_leader_signs_which_reading_governs,
        led_and_helped_are_counted_apart, text_shows_both_readings_of_a_clause,
        next_years_reading_does_not_turn_this_year_green,
        a_year_that_is_not_there_is_refused_with_those_that_are,
        nothing_is_entered_for_a_day_or_year_that_cannot_be,
    ])
