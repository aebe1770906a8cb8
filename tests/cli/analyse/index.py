#!/usr/bin/env python3
"""manyi index: figures, by what they are asked for, and why there is none."""
import math

from cli_case import contains, run_tests, same
from cli_wave import sqlite
from cli_year import survey

ESTIMATE = {"indicator", "form", "index", "domain", "year", "stream", "value", "se", "low", "high",
            "level", "df", "n", "n_eff", "deff", "mapping", "method", "population"}


def mean_index(lines, columns):
    """The index by hand: every person's mean of the items, on 0..100, equal weights."""
    header = lines[0].split(",")
    at = [header.index(c) for c in columns]
    people = [[float(line.split(",")[k]) for k in at] for line in lines[1:]]
    return [100 * (sum(p) / len(p) - 1) / 9 for p in people]


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


def a_count_that_is_damaged_moves_no_figure_and_ends_nothing(city):
    survey(city, 2024, 8, rows=120)
    right = city.ok("index", "--form", "A", "--index", "csi")
    for n in (9 * 10**14, 2**63 - 1, -5, 0):
        sqlite(city, f"UPDATE fieldwork SET n = {n}")
        same(city.ok("index", "--form", "A", "--index", "csi"), right)


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


if __name__ == "__main__":
    run_tests([
        a_count_that_is_damaged_moves_no_figure_and_ends_nothing,
        an_index_agrees_with_arithmetic, figures_come_by_sector_and_below_the_limit_say_why,
        the_level_widens_the_interval, a_question_that_makes_no_sense_is_refused,
        placeholder_margins_give_no_weighted_figure,
    ])
