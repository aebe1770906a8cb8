#!/usr/bin/env python3
"""Waves of two versions of a form over the years: what both have is compared, what differs is said."""
import csv
import io
import json
import random

from analyse_case import near
from cli_case import City, contains, run_tests, same


def words(zh, en):
    return {"zh": zh, "en": en}


def choices(*names):
    return [{"name": n, "label": words(f"选{n}", f"choice {n}")} for n in names]


def question(kind, name, label, **more):
    return [{"type": "begin_group", "name": "g_" + name, "appearance": "field-list"},
            {"type": kind, "name": name, "label": words(label, name), **more}, {"type": "end_group", "name": "g_" + name}]


def form(version, q_list, kinds, gone, new, wording):
    """q keeps its name and, with another list, not its scale; gone and new are in one version each."""
    return {
        "settings": {"form_id": "V", "version": version, "title": words("两版问卷", "Two versions"), "population": words("测试", "test"),
                     "minutes": 1, "seconds": 30, "mapping": "acsi-1-10", "indicators": "", "consent": words("{city}同意", "{city}")},
        "choices": {"ten": choices(*map(str, range(1, 11))), "five": choices(*map(str, range(1, 6))), "sex": choices("1", "2"),
                    "kind": choices(*kinds)},
        "survey": question("select_one ten", "t", "总体", appearance="scale") +
        question(f"select_one {q_list}", "q", "专项", appearance="scale") +
        question("select_multiple kind", "kind", "哪几种") + question("select_one sex", "sex", wording) +
        (question("select_one ten", "old", "旧题", appearance="scale") if gone else []) +
        (question("select_one ten", "new", "新题", appearance="scale") if new else []),
        "indices": [{"name": "all", "label": words("总体", "all"), "items": ["t"], "weights": [1], "min_items": 1, "person": False}],
        "variants": []}


def people(year):
    r = random.Random(year)
    later = year > 2023
    kinds = ["a", "b", "d"] if later else ["a", "b", "c"]
    return [{"stratum": f"h{i % 2}", "cluster": f"c{i % 20}", "weight": 1 + i % 3, "t": r.randrange(1, 11), "sex": 1 + i % 2,
             "q": r.randrange(1, 6 if later else 11), "new" if later else "old": r.randrange(1, 11),
             "kind": " ".join(k for k in kinds if r.random() < .5)} for i in range(240)]


def city_make():
    city = City()
    for year, version in ((2023, form("1", "ten", "abc", True, False, "性别")), (2024, form("2", "five", "abd", False, True, "您的性别"))):
        out = io.StringIO()
        w = csv.DictWriter(out, list(people(year)[0]))
        w.writeheader()
        w.writerows(people(year))
        city.ok("form", "load", city.write(f"V{year}.json", json.dumps(version, ensure_ascii=False)))
        city.ok("wave", "open", "--form", "V", "--year", str(year))
        city.ok("import", city.write(f"V{year}.csv", out.getvalue()), "--wave", f"V-{year}")
        if year < 2024:
            city.ok("wave", "close", f"V-{year}")
    return city


CITY = city_make()


def said(*requests, code=0, wave="V-2023,V-2024", lang="en"):
    answer = CITY.run("analyse", "-", "--wave", wave, "--json", stdin=json.dumps({"requests": requests}).encode(), lang=lang)
    assert answer.code == code, f"{answer.code} {answer.text[:800]} {answer.err}"
    return answer.json


def by_hand(year, value):
    rows = [(r["weight"], value(r)) for r in people(year) if value(r) is not None]
    return sum(w * x for w, x in rows) / sum(w for w, _ in rows)


def what_both_versions_ask_is_compared():
    answer = said({"op": "difference", "of": "t", "over": "year"}, {"op": "mean", "of": "t", "by": "year"},
                  {"op": "index", "of": "all", "by": "year"})
    step, = answer["results"][0]["rows"]
    near(step["estimate"], by_hand(2024, lambda r: r["t"]) - by_hand(2023, lambda r: r["t"]), "difference", 1e-12)
    for year, row in zip((2023, 2024), answer["results"][1]["rows"]):
        alone, = said({"op": "mean", "of": "t"}, wave=f"V-{year}")["results"][0]["rows"]
        same([row[k] for k in ("estimate", "se", "low", "high", "n", "df")], [alone[k] for k in ("estimate", "se", "low", "high", "n", "df")])
    assert "notes" not in answer, answer["notes"]


def another_scale_is_refused_with_both():
    for request in ({"op": "difference", "of": "q", "over": "year"}, {"op": "mean", "of": ["t", "q"], "by": "year"},
                    {"op": "index", "of": {"t": 1, "q": 1}, "scale": [1, 10], "by": "year"}, {"op": "trend", "of": "q", "over": "year"},
                    {"op": "ratio", "num": "q", "den": "t", "by": "year"}):
        for lang in ("en", "zh"):
            error = said(request, code=1, lang=lang)["results"][0]["error"]
            same(error["code"], "input")
            for part in ("q ", "V-2023", "V-2024", "1 2 3 4 5"):
                contains(error["message"], part)
    # Each year by itself has its mean, and a share asks for an answer and no point of a scale.
    said({"op": "mean", "of": "q"}, wave="V-2024")
    answer = said({"op": "share", "of": "q", "is": 5, "by": "year"})
    contains(answer["notes"][0], "6 7 8 9 10")


def choices_of_one_version_alone_are_left_out_and_noted():
    answer = said({"op": "difference", "of": "kind", "over": "year"})
    same([r["of"] for r in answer["results"][0]["rows"]], ["kinda", "kindb"])
    near(answer["results"][0]["rows"][0]["estimate"],
         by_hand(2024, lambda r: "a" in r["kind"] if r["kind"] else None) - by_hand(2023, lambda r: "a" in r["kind"] if r["kind"] else None),
         "kinda", 1e-12)
    notes = " ".join(answer["notes"])
    for part in ("kindc", "kindd", "only in V-2023: c", "only in V-2024: d"):
        contains(notes, part)
    error = said({"op": "share", "of": "kind", "is": "d", "by": "year"}, code=1)["results"][0]["error"]
    contains(error["message"], "V-2023: ")
    contains(CITY.run("analyse", "-", "--wave", "V-2023,V-2024",
                      stdin=json.dumps({"requests": [{"op": "difference", "of": "kind", "over": "year"}]}).encode()).text, "kindc")


def a_question_of_one_version_alone_is_named_with_the_wave():
    for of, wave in (("old", "V-2024"), ("new", "V-2023")):
        error = said({"op": "mean", "of": of, "by": "year"}, code=1)["results"][0]["error"]
        same(error["code"], "column")
        contains(error["message"], f"{wave}: ")
    error = said({"op": "mean", "of": "neither", "by": "year"}, code=1)["results"][0]["error"]
    assert "V-20" not in error["message"], error


def other_words_are_noted_and_compared():
    answer = said({"op": "difference", "of": "t", "over": "year", "by": "sex"})
    same([r["by"] for r in answer["results"][0]["rows"]], [{"sex": "1"}, {"sex": "2"}])
    contains(answer["notes"][0], "sex")
    same(len(answer["notes"]), 1)


if __name__ == "__main__":
    try:
        run_tests([what_both_versions_ask_is_compared, another_scale_is_refused_with_both,
                   choices_of_one_version_alone_are_left_out_and_noted, a_question_of_one_version_alone_is_named_with_the_wave,
                   other_words_are_noted_and_compared])
    finally:
        CITY.close()
