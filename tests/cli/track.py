#!/usr/bin/env python3
"""Figures and the tracker through the program: what is computed, what may be said, what is frozen."""
import contextlib
import datetime
import hashlib
import math
import os
import random
import sqlite3
import time

from cli_case import City, contains, run_tests, same

ESTIMATE = {"indicator", "form", "index", "domain", "year", "stream", "value", "se", "low", "high",
            "level", "df", "n", "n_eff", "deff", "mapping", "method", "population"}


def survey(city, year, middle, form="A", rows=600, extra="", values="", seed=0):
    """A wave of phone answers around a middle of the ten-point scale, in 4 strata of 15 clusters."""
    draw = random.Random(f"{form}{year}{middle}{seed}")
    items = ["sat", "sat_exp", "sat_ideal"] if form == "A" else ["P", "E", "S", "N", "G", "T"]
    first, code = ("sector", None) if form == "A" else ("resid", "1")
    lines = [f"{first},stratum,cluster,weight,{','.join(items)},sex,age,town{extra}"]
    for i in range(rows):
        person = draw.gauss(middle, 1.3)
        points = [min(10, max(1, round(person + draw.gauss(0, 0.8)))) for _ in items]
        lines.append(f"{code or 'S%02d' % (i % 12 + 1)},h{i % 4},c{i % 60},1.5,"
                     f"{','.join(map(str, points))},{i % 2 + 1},{i % 6 + 1},2102810{i % 5 + 1:02d}{values}")
    # Over for long: for an hour after its end nothing of a wave is published.
    city.ok("wave", "open", "--form", form, "--year", str(year), "--strata", "片", "--clusters", "社区",
            "--opens", f"{year}-01-02", "--closes", f"{year}-01-31")
    city.ok("import", "--wave", f"{form}-{year}", city.write("s.csv", "\n".join(lines) + "\n"))
    city.ok("wave", "close", f"{form}-{year}")
    return lines


def mean_index(lines, columns):
    """The index by hand: every person's mean of the items, on 0..100, equal weights."""
    header = lines[0].split(",")
    at = [header.index(c) for c in columns]
    people = [[float(line.split(",")[k]) for k in at] for line in lines[1:]]
    return [100 * (sum(p) / len(p) - 1) / 9 for p in people]


def row_of(city, ident):
    return city.ok("track", "show", ident)


# ---- figures ----

def an_index_agrees_with_arithmetic(city):
    lines = survey(city, 2024, 8)
    said = city.ok("index", "--indicator", "43")
    assert set(said) == {"estimates"}
    estimate = next(e for e in said["estimates"] if e["index"] == "csi" and e["stream"] == "sampled")
    assert ESTIMATE <= set(estimate), ESTIMATE - set(estimate)
    # Equal sectors, equal weights, 50 people each: the plain mean.
    people = mean_index(lines, ["sat", "sat_exp", "sat_ideal"])
    assert math.isclose(estimate["value"], sum(people) / len(people), rel_tol=1e-9), estimate
    same((estimate["n"], estimate["year"], estimate["domain"], estimate["mapping"]),
         (600, 2024, "all", "acsi-1-10"))
    same((estimate["indicator"], estimate["form"], estimate["df"], estimate["level"]), ("43", "A", 56, 0.95))
    assert estimate["low"] < estimate["value"] < estimate["high"]


def figures_come_by_sector_and_below_the_limit_say_why(city):
    survey(city, 2024, 8, rows=1200)
    by = city.ok("index", "--form", "A", "--index", "csi", "--by", "sector", "--stream", "sampled")
    same(sorted(e["domain"] for e in by["estimates"]), [f"S{i:02d}" for i in range(1, 13)])
    survey(city, 2023, 8, rows=96)
    by = city.run("index", "--form", "A", "--year", "2023", "--by", "sector", "--stream", "sampled", "--json")
    assert by.code == 1 and all("error" in e for e in by.json["estimates"])
    assert all(e["error"]["code"] and e["error"]["message"] for e in by.json["estimates"])
    text = city.run("index", "--form", "A", "--stream", "sampled", lang="zh").text
    contains(text, "（")


def the_level_widens_the_interval(city):
    survey(city, 2024, 8)
    wide, narrow = (city.ok("index", "--form", "A", "--level", level, "--stream", "sampled")["estimates"][0]
                    for level in ("0.99", "0.8"))
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]
    same(wide["value"], narrow["value"])


def a_question_that_makes_no_sense_is_refused(city):
    survey(city, 2024, 8, rows=120)
    for args, code in (([], 2), (["--indicator", "43", "--form", "A"], 2), (["--indicator", "99"], 1),
                       (["--form", "Z"], 1), (["--form", "A", "--by", "colour"], 1),
                       (["--form", "A", "--stream", "both"], 2), (["--form", "A", "--level", "2"], 2),
                       (["--form", "A", "--index", "none"], 1)):
        same((args, city.run("index", *args).code), (args, code))


def placeholder_margins_give_no_weighted_figure(city):
    city.ok("wave", "open", "--form", "A", "--year", "2024", "--margins", "sex")
    lines = ["sector,sat,sat_exp,sat_ideal,sex,cluster"] + [f"S01,{8 - i % 3},7,9,{i % 2 + 1},c{i % 20}" for i in range(200)]
    city.ok("import", "--wave", "A-2024", city.write("a.csv", "\n".join(lines) + "\n"))
    margins = "variable,category,population,source,placeholder\nsex,1,4000,{0},{1}\nsex,2,6000,{0},{1}\n"
    city.ok("margins", "import", city.write("m.csv", margins.format("", 1)))
    answer = city.run("index", "--form", "A", "--stream", "sampled", "--json")
    same((answer.code, answer.json["estimates"][0]["error"]["code"]), (1, "placeholder_margins"))
    city.ok("margins", "import", city.write("m.csv", margins.format("统计局", 0)))
    estimate = city.ok("index", "--form", "A", "--stream", "sampled")["estimates"][0]
    same(estimate["margins"], "sex")
    same(len(estimate["margins_hash"]), 64)
    same(len(city.ok("margins", "list")), 2)


def margins_with_faults_change_nothing(city):
    city.ok("margins", "import", city.write("m.csv", "variable,category,population,source\nsex,1,10,s\n"))
    for bad in ("sex,1,0,s", "sex,1,x,s", ",1,5,s", "sex,,5,s", "sex,1,5,", "sex,1,5,s\nsex,1,6,s"):
        answer = city.run("margins", "import",
                          city.write("m.csv", f"variable,category,population,source\n{bad}\n"), "--json")
        same((bad, answer.code, len(answer.json["errors"])), (bad, 1, 1))
    same(len(city.ok("margins", "list")), 1)


# ---- the tracker ----

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


def what_was_entered_is_confirmed_in_the_offices_words(city):
    """No field names, no rule syntax; the number with its unit."""
    city.write("r.pdf", "x")
    for args, zh, en in (
            (["set", "3", "--subtarget", "2", "--year", "2024", "--value", "1.2", "--source", "决算", "--date", "2024-12-20"],
             "第 3 项第 2 条“专项经费占年财政一般预算收入比例不低于 1‰”\n2024 年完成值：1.2‰；来源：决算（2024-12-20）", "2024: 1.2‰"),
            (["threshold", "23", "--clause", "1", "--value", "前10名", "--signed-by", "市长", "--date", "2024-01-05"],
             "审定为：前 10 名（市长，2024-01-05）", "set to: among the first 10"),
            (["criterion", "44", "--governs", "literal", "--signed-by", "市长", "--date", "2024-01-05"],
             "第 44 项以条文口径为准（市长，2024-01-05）", "in row 44"),
            (["evidence", "add", "3", "--title", "决算", "--file", city.path("r.pdf"), "--date", "2024-02-02"],
             "已登记佐证材料，编号 1：第 3 项《决算》，待审", "Document no. 2"),
            (["evidence", "return", "1", "--reviewer", "李", "--note", "缺章"], "佐证材料编号 1：已退回", "no. 1: Returned")):
        said = city.run("track", *args, lang="zh").text
        contains(said, zh)
        assert not any(word in said for word in (">=", "位次:", "signed_by", "indicator", "subtarget", "sha256:")), said
        contains(city.run("track", *args, lang="en").text, en)
    for wrong in ("7/20", "前列", "0"):
        contains(city.run("track", "threshold", "23", "--clause", "1", "--value", wrong, "--signed-by", "市长",
                          "--date", "2024-01-05", lang="zh").err, "要审定前多少名，填一个不小于 1 的整数")
    said = city.run("ledger", "verify", lang="zh").text
    assert "存证摘要" in said and "树" not in said, said
    city.ok("user", "add", "--name", "li", "--role", "official")
    contains(city.run("user", "list", lang="zh").text, "领导小组办公室（official）")
    contains(city.run("user", "add", "--name", "wu", "--role", "department", "--department", "财政局", lang="zh").err,
             "manyi track departments")
    contains(city.run("wave", "open", "--form", "A", "--year", str(NEXT), lang="zh").err, f"{NEXT} 年还没有到；可用")


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


def complaints_with_faults_change_nothing(city):
    for bad in ("2024,-1,800000,25", "2024,10,0,25", "24,10,1000,25", "2024,10,1000,x",
                "2024,10,1000,25\n2024,11,1000,25"):
        path = city.write("c.csv", f"year,registered,residents,national_per_10000\n{bad}\n")
        answer = city.run("track", "complaints", path, "--json")
        same((bad, answer.code, len(answer.json["errors"])), (bad, 1, 1))
    path = city.write("c.csv", "year,registered,residents,source,date\n2024,10,1000,12315,2023-12-31\n")
    answer = city.run("track", "complaints", path, "--json")
    same([(e["row"], e["column"]) for e in answer.json["errors"]], [(1, "date")])


def peers_come_from_a_file(city):
    path = city.write("p.csv", "indicator,year,city,score,se\n40,2024,甲市,81.2,0.9\n40,2024,乙市,80.1,\n")
    same(city.ok("track", "peers", path), {"rows": 2})
    path = city.write("p.csv", "indicator,year,city,score\n99,2024,甲市,81.2\n40,2024,,81\n40,2024,丙市,181\n")
    answer = city.run("track", "peers", path, "--json")
    same([(e["row"], e["column"]) for e in answer.json["errors"]], [(1, "indicator"), (2, "city"), (3, "score")])


def evidence_is_uploaded_then_accepted_or_returned(city):
    path = city.write("plan.pdf", "规划")
    said = city.ok("track", "evidence", "add", "1", "--title", "质量发展规划", "--file", path,
                   "--document-no", "瓦政发〔2024〕1号", "--date", "2024-03-01", "--pages", "12")
    same((said["state"], said["sha256"]), ("waiting", hashlib.sha256("规划".encode()).hexdigest()))
    same(row_of(city, "1")["evidence_state"], "waiting")
    same(city.run("track", "evidence", "return", str(said["evidence"]), "--reviewer", "李").code, 2)
    city.ok("track", "evidence", "return", str(said["evidence"]), "--reviewer", "李", "--note", "缺章")
    contains(city.run("track", "show", "1", lang="zh").text, f"编号 {said['evidence']}　已退回　质量发展规划　缺章")
    city.ok("track", "evidence", "accept", str(said["evidence"]), "--reviewer", "李")
    row = row_of(city, "1")
    same((row["evidence_state"], row["evidence"][0]["document_no"]), ("accepted", "瓦政发〔2024〕1号"))
    same(city.run("track", "evidence", "accept", "99", "--reviewer", "李").code, 1)
    same(city.run("track", "evidence", "accept", "x", "--reviewer", "李").code, 2)
    same(city.run("track", "evidence", "add", "1", "--title", "t", "--file", city.path("none"), "--date", "2024-03-01").code, 3)
    same(city.run("track", "evidence", "add", "1", "--title", "t", "--file", path, "--subtarget", "9").code, 1)
    dated = ("--date", "2024-03-01")
    contains(city.run("track", "evidence", "add", "1", "--title", "t", "--file", city.write("e.pdf", ""), *dated).err, "empty")
    contains(city.run("track", "evidence", "add", "1", "--title", "t", "--file", path, lang="zh").err, "文件日期或覆盖时段")
    external = ("track", "external", "40", "--year", "2024", "--rank", "1", "--of", "2", "--agency", "a", "--report")
    contains(city.run(*external, city.path("e.pdf"), "--qualification", "q").err, "empty")
    same((len(row_of(city, "1")["evidence"]), row_of(city, "40")["external"]), (1, None))


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


# ---- years ----

NEXT = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).year + 1
SET = ("track", "set", "3", "--subtarget")


def reading(city, subtarget, year, value, **change):
    words = {"source": "决算", "date": "2024-12-20", **change}
    return city.run(*SET, str(subtarget), "--year", str(year), "--value", value, "--source", words["source"],
                    "--date", words["date"], "--json")


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


# ---- publishing ----

def a_published_figure_is_frozen_with_its_provenance(city):
    survey(city, 2023, 8.0)
    survey(city, 2024, 8.1)
    first = city.ok("publish", "43", "--year", "2024", "--signed-by", "王局长")
    same((first["indicator"], first["year"], first["version"], first["signed_by"]), ("43", 2024, 1, "王局长"))
    provenance = first["provenance"]
    same((provenance["mapping"], provenance["ledger_size"], provenance["form"]), ("acsi-1-10", 1200, "A"))
    head = city.ok("ledger", "head")
    same((head["root"], head["fresh"]), (provenance["ledger_head"], False))
    # Another estimate today must not change what was published.
    city.ok("wave", "open", "--form", "A", "--year", "2024", "--label", "2024-2")
    lines = ["sector,sat,sat_exp,sat_ideal,cluster"] + [f"S{i % 12 + 1:02d},1,1,1,c{i % 30}" for i in range(600)]
    city.ok("import", "--wave", "A-2024-2", city.write("x.csv", "\n".join(lines) + "\n"))
    second = city.ok("publish", "43", "--year", "2024", "--signed-by", "王局长")
    same(second["version"], 2)
    listed = city.ok("publish", "list", "43")
    same([p["version"] for p in listed], [1, 2])
    same(listed[0]["body"], first["body"])
    assert listed[1]["body"]["estimates"] != first["body"]["estimates"]
    db = sqlite3.connect(city.db)
    try:
        db.execute("UPDATE published SET body = '{}'")
        raise AssertionError("a published figure could be changed")
    except sqlite3.DatabaseError:
        pass
    finally:
        db.close()


def nothing_is_published_for_an_hour_after_the_end(city):
    """What a resident had opened before may still come."""
    survey(city, 2024, 8.0)
    minute = int(time.time()) // 60
    for ended, code in ((minute - 59, 1), (minute, 1), (minute - 61, 0)):
        with contextlib.closing(sqlite3.connect(city.db)) as db:
            db.execute("UPDATE wave SET closes = ?", (ended,)).connection.commit()
        answer = city.run("publish", "43", "--year", "2024", "--signed-by", "王局长", "--json")
        same((ended - minute, answer.code), (ended - minute, code))
        until = datetime.datetime.fromtimestamp((ended + 60) * 60, datetime.timezone(datetime.timedelta(hours=8)))
        same(until.strftime("%Y-%m-%d %H:%M") in answer.text, code == 1)
    with contextlib.closing(sqlite3.connect(city.db)) as db:
        db.execute("UPDATE wave SET closes = ?", (minute,)).connection.commit()
    sealed = ("export", "--r", city.path("sealed"), "--indicator", "43", "--year", "2024", "--json")
    same((city.run(*sealed).code, os.path.exists(city.path("sealed"))), (1, False))


def what_has_no_figure_is_not_published(city):
    for args, code in ((["43", "--year", "2024"], 1), (["51", "--year", "2024"], 1), (["43"], 2),
                       (["43", "--year", "x"], 2)):
        extra = ["--signed-by", "王局长"] if "--year" in args else []
        same((args, city.run("publish", *args, *extra).code), (args, code))
    same(city.run("publish", "43", "--year", "2024").code, 2)
    same(city.ok("publish", "list"), [])
    # Of another year something is known; of this row nobody has said a word.
    reading(city, 1, 2024, "是")
    contains(city.run("publish", "5", "--year", "2024", "--signed-by", "x").err, "row 5 stands as not reported for 2024")
    # Half of it is not reported; in another year, all of it; and an empty name signs nothing.
    publish = ("publish", "3", "--signed-by", "x", "--year")
    contains(city.run(*publish, "2024").err, "not reported for 2024")
    reading(city, 2, 2024, "1.2")
    reading(city, 1, 2023, "是")
    contains(city.run(*publish, "2023").err, "not reported for 2023")
    same(city.run("publish", "3", "--year", "2024", "--signed-by", "").code, 2)
    same(city.ok("publish", "list"), [])
    said = city.ok(*publish, "2024")
    same([(c["value"], c["unit"], c["year"], c["source"]) for c in said["body"]["clauses"]],
         [("2023 年 是 → 2024 年 是", None, 2024, "决算"), ("1.2‰", "‰", 2024, "决算")])
    same((said["body"]["clauses"][0]["year"], said["provenance"]["method_version"]), (2024, 2))
    city.ok(*said["provenance"]["command"].split()[1:])


if __name__ == "__main__":
    run_tests([
        an_index_agrees_with_arithmetic, figures_come_by_sector_and_below_the_limit_say_why,
        the_level_widens_the_interval, a_question_that_makes_no_sense_is_refused,
        placeholder_margins_give_no_weighted_figure, margins_with_faults_change_nothing,
        the_tracker_has_all_rows_verbatim, a_reading_decides_its_row_and_keeps_its_source,
        what_was_entered_is_confirmed_in_the_offices_words,
        a_reading_that_cannot_be_is_refused, nobody_types_in_what_a_survey_or_agency_decides,
        a_front_rank_waits_for_a_signature, our_own_survey_never_meets_40,
        rising_years_are_literal_truth_and_strength_apart,
        big_rises_and_a_low_complaint_rate_meet_43, a_leader_signs_which_reading_governs,
        led_and_helped_are_counted_apart, complaints_with_faults_change_nothing,
        peers_come_from_a_file, evidence_is_uploaded_then_accepted_or_returned,
        text_shows_both_readings_of_a_clause, next_years_reading_does_not_turn_this_year_green,
        a_year_that_is_not_there_is_refused_with_those_that_are,
        nothing_is_entered_for_a_day_or_year_that_cannot_be, a_published_figure_is_frozen_with_its_provenance,
        nothing_is_published_for_an_hour_after_the_end,
        what_has_no_figure_is_not_published,
    ])
