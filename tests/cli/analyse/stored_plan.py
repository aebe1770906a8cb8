#!/usr/bin/env python3
"""Plans on stored waves that columns tell in part: several choices, words, a design and a calibration of their own."""
import csv
import io
import json
import random

from analyse_case import near
from cli_case import City, contains, run_tests, same
from cli_wave import sqlite

HEARD = ["12315", "12345", "12365", "title", "month", "direct", "none"]
SCALES = ["p1", "p2", "P", "e1", "e2", "E", "s1", "s2", "S", "n1", "n2", "N", "g1", "g2", "G", "T"]
SECONDS = 210
MARGINS = ("variable,category,population,source,date,area,placeholder\n"
           "sex,1,41000,census,2020-11-01,city,\nsex,2,43000,census,2020-11-01,city,\n")


def person(r, i):
    scales = {k: r.randrange(1, 11) for k in SCALES}
    if i % 40 == 11:
        scales = dict.fromkeys(SCALES, 1)
    return {"stratum": f"h{i % 4}", "cluster": f"c{i % 40}", "weight": 1 + i % 4 / 2, "seconds": SECONDS, "resid": 1, **scales,
            "unaided": r.choice(["12345 热线", "市长热线", ""]), "sex": 1 + i % 2, "age": 2 + i % 5,
            "aided": " ".join(h for h in HEARD[:-1] if r.random() < 0.4) or "none" if i % 50 != 7 else "",
            "used": 1 + i % 3, "occ": 1 if i % 30 == 3 else 2}


def people(year):
    r = random.Random(year)
    return [person(r, i) for i in range(600)]


def main(rows):
    """Not those out by the form's own rule, nor those that a screening set aside."""
    return [r for r in rows if r["occ"] != 1 and not all(r[k] == 1 for k in SCALES)]


def city_make():
    city = City()
    city.ok("margins", "import", city.write("m.csv", MARGINS))
    sqlite(city, "UPDATE margin SET simulated = 1")
    for year in (2023, 2024):
        wave = f"C-{year}"
        out = io.StringIO()
        w = csv.DictWriter(out, list(people(year)[0]))
        w.writeheader()
        w.writerows(people(year))
        city.ok("wave", "open", "--form", "C", "--year", str(year), "--margins", "sex")
        city.ok("screen", "register", "--wave", wave, "--rule", "straight")
        city.ok("import", city.write(f"{wave}.csv", out.getvalue()), "--wave", wave)
        same(city.ok("screen", "run", "--wave", wave)[0]["excluded"], 15)
        if year < 2024:
            city.ok("wave", "close", wave)
    return city


CITY = city_make()


def ask(*requests, wave="C-2024", code=0, **plan):
    answer = CITY.run("analyse", "-", "--wave", wave, "--json", stdin=json.dumps({"requests": requests, **plan}).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:800]} {answer.err}"
    return answer.json["results"]


def alike(one, two):
    same([(r["of"], r["by"], r.get("from"), r["n"]) for r in one["rows"]],
         [(r["of"], r["by"], r.get("from"), r["n"]) for r in two["rows"]])
    for a, b in zip(one["rows"], two["rows"]):
        for key in ("estimate", "se", "low", "high", "df"):
            near(a[key], b[key], f"{one['request']} {a['of']} {key}", 1e-9, 1e-9)


# ---- several choices ----

def columns_and_rows_say_the_same_of_several_choices():
    """A plan with codes of its own runs on the rows."""
    requests = [{"op": "difference", "of": "aided", "over": "sex"}, {"op": "mean", "of": ["T", "aided"], "by": "sex"},
                {"op": "difference", "of": ["aided", "T"], "over": "age", "by": "sex"},
                {"op": "share", "of": "aided", "is": ["title", 12345], "by": "sex"},
                {"op": "mean", "of": "T", "where": {"aided": [12345, "month"], "sex": 1}}]
    for a, b in zip(ask(*requests), ask(*requests, codes={})):
        alike(a, b)
    same([r["of"] for r in ask(requests[0])[0]["rows"]], [f"aided{h}" for h in HEARD])


def a_name_that_is_a_questions_is_the_question():
    """The form also has shares that are named as these questions are."""
    for of in ("aided", "unaided"):
        request = {"op": "difference", "of": of, "over": "sex"}
        alike(*(ask(request, **plan)[0] for plan in ({}, {"codes": {}})))
    words = ask({"op": "difference", "of": "unaided", "over": "year"}, wave="C-2023,C-2024")[0]["rows"]
    assert words and all(r["of"].startswith("unaided") and r["of"] != "unaided" for r in words), words
    # Words are asked for as they stand, though the form lists none.
    said, = ask({"op": "share", "of": "unaided", "is": "12345 热线"})[0]["rows"]
    rows = [r for r in main(people(2024)) if r["unaided"]]
    same(said["n"], len(rows))
    error = ask({"op": "share", "of": "unaided", "is": "nobody said so"}, code=1)[0]["error"]
    contains(error["message"], "市长热线")
    # No question is called so, and a figure is asked for by its name.
    same(ask({"op": "difference", "of": "cqi", "over": "sex"})[0]["rows"][0]["of"], "cqi")
    same(ask({"op": "index", "of": "aided"})[0]["rows"][0]["of"], "aided")
    # A column that is neither is the rows'.
    step, = ask({"op": "difference", "of": "seconds", "over": "sex", "where": {"used": [1, 2]}})[0]["rows"]
    same([step["of"], step["estimate"]], ["seconds", 0])
    error = ask({"op": "difference", "of": "cqi", "over": "sex", "where": {"used": 1}}, code=1)[0]["error"]
    contains(error["message"], "cqi")


def a_test_of_groups_is_as_thin_as_the_smallest():
    large, small = ask({"op": "cochran_armitage", "success": {"T": [9, 10]}, "scores": {"sex": [1, 2]}},
                       {"op": "cochran_armitage", "success": {"T": [9, 10]}, "scores": {"sex": [1, 2]},
                        "where": {"T": [1, 10], "p1": 1, "p2": [1, 2, 3, 4, 5]}})
    assert all(n >= 10 for n in large["rows"][0]["n"]) and "below_limits" not in large, large
    assert any(n < 10 for n in small["rows"][0]["n"]), small["rows"][0]["n"]
    same(small["below_limits"], [0])


def several_choices_are_compared_over_the_years():
    shares = CITY.ok("estimate", "--wave", "C-2023,C-2024", "--share", "aided=12345", "--by", "year")["results"][0]["rows"]
    steps = {r["of"]: r for r in ask({"op": "difference", "of": "aided", "over": "year"}, wave="C-2023,C-2024")[0]["rows"]}
    same(sorted(steps), sorted(f"aided{h}" for h in HEARD))
    near(steps["aided12345"]["estimate"], shares[1]["estimate"] - shares[0]["estimate"], "step", 1e-9)
    for row, year in zip(shares, (2023, 2024)):
        alone, = ask({"op": "share", "of": "aided", "is": "12345"}, wave=f"C-{year}")[0]["rows"]
        same([row["by"], row["estimate"], row["n"]], [{"year": str(year)}, alone["estimate"], alone["n"]])
        same(row["n"], sum(r["aided"] != "" for r in main(people(year))))
    # Groups that overlap need the rows.
    error = ask({"op": "mean", "of": "T", "by": ["year", "aided"]}, wave="C-2023,C-2024", code=1)[0]["error"]
    contains(error["message"], "one wave at a time")


def whole_numbers_are_shown_whole():
    shown = CITY.run("estimate", "--wave", "C-2024", "--share", "aided=12345", "--index", "P,T", "--scale", "1,10").text
    contains(shown, "is [12345]")
    contains(shown, "scale [1,10]")
    assert ".0]" not in shown and ".0}" not in shown, shown


# ---- a design, a calibration of its own ----

def mean(rows, of, weight=lambda r: 1):
    return sum(weight(r) * of(r) for r in rows) / sum(weight(r) for r in rows)


def answers_out_of_the_main_estimate_stay_out():
    """Flagged by the form or set aside by a screening, and with their whole cluster: whatever the plan's design."""
    rows = main(people(2024))
    assert len(rows) < 575 and not any(r["cluster"] == "c11" for r in rows)
    everybody = {"calibrate": None}
    for design, weight, df in (
            ({"strata": "stratum", "cluster": "cluster", "nest": True}, lambda r: 1, 36), ({}, lambda r: 1, 599),
            (None, lambda r: 1, 599), ({"weight": "seconds", "cluster": "cluster"}, lambda r: 1, 39),
            ({"weight": "weight"}, lambda r: r["weight"], 599), ({"weight": "sex"}, lambda r: r["sex"], 599)):
        said = ask({"op": "mean", "of": "T"}, {"op": "design"}, {"op": "total", "of": "T"}, {"op": "alpha", "of": ["T", "P"]},
                   {"op": "ttest", "of": "T", "over": "sex"}, {"op": "quantile", "of": "T", "p": 0.5},
                   {"op": "cochran_armitage", "success": {"T": [9, 10]}, "scores": {"sex": ["1", "2"]}}, design=design, **everybody)
        row, whole = said[0]["rows"][0], said[1]["rows"][0]
        near(row["estimate"], mean(rows, lambda r: r["T"], weight), f"{design} mean", 1e-9)
        same((design, row["n"], whole["n"], row["df"]), (design, len(rows), len(rows), df))
        near(whole["sum_w"], sum(map(weight, rows)) * (SECONDS if design and design.get("weight") == "seconds" else 1),
             "sum of weights", 1e-9)
        same([said[i]["rows"][0]["n"] for i in (3, 4, 5)], [len(rows)] * 3)
        near(said[6]["rows"][0]["estimate"],
             mean([r for r in rows if r["sex"] == 2], lambda r: r["T"] > 8, weight) -
             mean([r for r in rows if r["sex"] == 1], lambda r: r["T"] > 8, weight), "slope", 1e-9)
    row, = CITY.ok("estimate", "--wave", "C-2024", "--mean", "T", "--strata", "stratum", "--cluster", "cluster",
                   "--nest")["results"][0]["rows"]
    same((row["n"], row["df"]), (len(rows), 36))
    by = ask({"op": "mean", "of": "T", "by": "occ"}, design={})[0]["rows"]
    same([r["by"] for r in by], [{"occ": "2"}])
    model = {"blocks": {"A": ["P", "E"], "B": ["T", "S"]}, "paths": [["A", "B"]], "scale": [1, 10], "weight": "seconds"}
    said = CITY.run("model", "-", "--wave", "C-2024", "--json", stdin=json.dumps(model).encode()).json
    same([said["n"], said["wave"]["weight"], said["wave"]["calibration"]], [len(rows), "seconds", "none"])


def the_heading_is_of_what_was_computed():
    def wave(wave="C-2024", **plan):
        text = json.dumps({"requests": [{"op": "mean", "of": "T", **({"by": "year"} if "," in wave else {})}], **plan}).encode()
        said = CITY.run("analyse", "-", "--wave", wave, "--json", stdin=text).json
        assert "error" not in said["results"][0], said
        shown = CITY.run("analyse", "-", "--wave", wave, stdin=text).text.splitlines()[0]
        about = said["wave"]
        same(about["margins_hash"] != "", about["calibration"] == "wave")
        return [about[k] for k in ("design", "weight", "calibration", "margins", "simulated")], shown, said.get("own")

    got, shown, own = wave()
    same((got, own), (["wave", "weight", "wave", "sex", True], None))
    same(shown, "C-2024 · sampled · raked to sex · simulated population figures")
    same(wave("C-2023,C-2024")[:2], (got, shown.replace("C-2024", "C-2023, C-2024")))
    same(wave(codes={})[:2], (got, shown))
    got, shown, own = wave(calibrate=None)
    same((got, own), (["wave", "weight", "none", "", False], {"calibrate": None}))
    same(shown, "C-2024 · sampled · not weighted to population figures")
    got, shown, own = wave(calibrate={"method": "poststratify", "margins": {"used": {"1": 2, "2": 3, "3": 4}}})
    same(got, ["wave", "weight", "plan", "used", False])
    same(shown, "C-2024 · sampled · calibrated as asked to used")
    got, shown, own = wave(design={"cluster": "cluster"})
    same((got, own), (["plan", None, "wave", "sex", True], {"design": {"cluster": "cluster"}}))
    contains(shown, "design as asked (weights: all 1; 0 for answers out of the main estimate) · raked to sex")
    got, shown, own = wave(design={"weight": "seconds"}, calibrate=None)
    same(got, ["plan", "seconds", "none", "", False])
    contains(shown, "weights: seconds")
    assert "raked" not in shown


def waves_that_are_weighted_otherwise_are_told_apart(city):
    city.ok("margins", "import", city.write("m.csv", MARGINS))
    for year, margins in ((2022, ""), (2023, "sex"), (2024, "sex")):
        city.ok("wave", "open", "--form", "C", "--year", str(year), "--margins", margins)
        city.ok("import", city.write(f"{year}.csv", "resid,sex,T\n" + "".join(
            f"1,{1 + i % 2},{1 + (i + year) % 10}\n" for i in range(40))), "--wave", f"C-{year}")
        if year < 2024:
            city.ok("wave", "close", f"C-{year}")
    for waves, margins, text in (("C-2022", "", ""), ("C-2022,C-2023", "none; sex", "raked to none; sex"),
                                 ("C-2023,C-2024", "sex", "raked to sex")):
        args = ("estimate", "--wave", waves, "--mean", "T", "--by", "year" if "," in waves else "sex")
        about = city.ok(*args)["wave"]
        same([about["margins"], about["calibration"], about["version"]],
             [margins, "wave" if margins else "none", about["version"].split(";")[0]])
        contains(city.run(*args).text.splitlines()[0], text)
    contains(city.run("estimate", "--wave", "C-2022,C-2023", "--mean", "T", "--by", "year", lang="zh").text, "加权到 （不加权）；sex")


# ---- reasons for nothing ----

def nothing_comes_with_its_reason():
    for args, en, zh in (
            (("index", "--form", "C", "--year", "2019"), "no wave of 2019; there are: C-2023, C-2024", "没有 2019 年的轮次；有：C-2023, C-2024"),
            (("index", "--form", "B"), "form B has no wave yet", "问卷 B 还没有轮次"),
            (("index", "--form", "C", "--by", "sector", "--stream", "sampled", "--year", "2024"),
             "no answer of C-2024 (sampled stream) has a “sector”", "C-2024 的 sampled 答卷都没有“sector”"),
            (("index", "--form", "C", "--by", "site"), "no answer of C-2023, C-2024 has a “site”", "C-2023, C-2024 的答卷都没有“site”"),
            (("index", "--form", "C", "--stream", "open", "--year", "2024"), "C-2024 has no answers of the open stream", "C-2024 没有 open 答卷"),
            (("index", "--form", "C", "--stream", "open"), "C-2023, C-2024 have no answers of the open stream", "C-2023, C-2024 没有 open 答卷"),
            (("rank", "--wave", "C-2024", "--by", "sector"), "no answer of C-2024 (sampled stream) has a “sector”", "C-2024 的 sampled 答卷都没有"),
            (("area", "--wave", "C-2024", "--by", "sector"), "no answer of C-2024 (sampled stream) has a “sector”", "C-2024 的 sampled 答卷都没有")):
        for lang, want in (("en", en), ("zh", zh)):
            said = CITY.run(*args, lang=lang)
            same((args, said.code, said.text), (args, 1, ""))
            contains(said.err, want)
            contains(CITY.run(*args, "--json", lang=lang).json["error"]["message"], want)


def places_that_are_all_left_out_say_why(city):
    city.ok("wave", "open", "--form", "C", "--year", "2024", "--margins", "")
    rows = people(2024)[:2]
    city.ok("import", city.write("few.csv", "resid,sex,P,E,S,N,G,T\n" + "".join(
        f"1,{r['sex']},{r['P']},98,98,98,98,{r['T']}\n" for r in rows)), "--wave", "C-2024")
    for command in ("rank", "area"):
        said = city.run(command, "--wave", "C-2024", "--by", "sex")
        same(said.code, 1)
        contains(said.err, "by sex there is none to compare: 1: ")


def groups_that_overlap_say_what_to_ask_instead():
    for lang in ("en", "zh"):
        for args in (("estimate", "--wave", "C-2024", "--figure", "cqi", "--by", "aided"), ("rank", "--wave", "C-2024", "--by", "aided"),
                     ("index", "--form", "C", "--by", "aided")):
            said = CITY.run(*args, lang=lang)
            same(said.code, 1)
            contains(said.text + said.err, "--mean")
    same(CITY.run("estimate", "--wave", "C-2024", "--mean", "P", "--by", "aided").code, 0)


if __name__ == "__main__":
    try:
        run_tests([
            columns_and_rows_say_the_same_of_several_choices, a_name_that_is_a_questions_is_the_question,
            a_test_of_groups_is_as_thin_as_the_smallest,
            several_choices_are_compared_over_the_years, whole_numbers_are_shown_whole,
            answers_out_of_the_main_estimate_stay_out, the_heading_is_of_what_was_computed,
            waves_that_are_weighted_otherwise_are_told_apart, nothing_comes_with_its_reason, places_that_are_all_left_out_say_why,
            groups_that_overlap_say_what_to_ask_instead])
    finally:
        CITY.close()
