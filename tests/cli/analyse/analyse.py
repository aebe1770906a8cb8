#!/usr/bin/env python3
"""manyi analyse: a plan's own file, its digest and paths, files of other systems, and what ends the program."""
import hashlib
import json
import os

from analyse_case import ask
from cli_case import contains, manyi, run_tests, same


def codes_that_look_like_scores_are_noted(city):
    d = city.write("d.csv", "q,full\n" + "".join(f"{q},{f}\n" for q, f in ((7, 98), (98, 60), (99, 75), (5, 99), (9, 100))))
    said = city.ok("estimate", d, "--mean", "q,full", "--total", "q")
    same(len(said["notes"]), 1)
    contains(said["notes"][0], "column q")
    contains(city.run("estimate", d, "--mean", "q").text, "--codes 98,99")
    said = city.ok("estimate", d, "--mean", "q", "--codes", "98,99")
    same(["notes" in said, said["results"][0]["rows"][0]["estimate"]], [False, 7])


def the_plan_is_sealed_and_its_paths_are_its_own(city):
    os.mkdir(city.path("sub"))
    city.write("sub/d.csv", "y,g\n1,x\n2,y\n4,x\n")
    text = '{"data": "d.csv",\n "requests": [{"op": "mean", "of": "y"}]}\n'
    path = city.write("sub/plan.json", text)
    answer = manyi("analyse", path, "--json")
    same(answer.code, 0)
    same(answer.json["plan_sha256"], hashlib.sha256(text.encode()).hexdigest())
    result, = answer.json["results"]
    same(result["request"], {"op": "mean", "of": "y"})
    row, = result["rows"]
    same(sorted(row), sorted(["of", "by", "estimate", "se", "low", "high", "level", "df", "n", "n_eff", "kish_n", "uncertain",
                              "deff", "method"]))
    same([row["by"], row["of"], row["n"], row["level"]], [{}, "y", 3, 0.95])
    shown = manyi("analyse", path)
    contains(shown.text, "2.33333")
    contains(shown.text, answer.json["plan_sha256"])


def files_of_other_systems_are_read(city):
    bom = "\ufeff区县,分\r\n\"甲\",1\r\n甲,3\r\n乙,2\r\n乙,5\r\n乙,NA\r\n"
    for encoding in ("utf-8", "gb18030"):
        city.write("d.csv", bom if encoding == "utf-8" else bom[1:], encoding)
        city.write("p.json", json.dumps({"data": "d.csv", "requests": [{"op": "mean", "of": "分", "by": "区县"}]}))
        answer = manyi("analyse", city.path("p.json"), "--json", "--encoding", encoding)
        same(answer.code, 0 if encoding else 1)
        rows = answer.json["results"][0]["rows"]
        same(sorted(r["by"]["区县"] for r in rows), ["乙", "甲"])


def special_codes_are_missing_before_anything_else(city):
    city.write("d.csv", "q,g\n1,a\n98,a\n3,-9\n99,b\n-9,b\n5,b\n")
    mean, by = ask(city.path("d.csv"), [{"op": "mean", "of": "q"}, {"op": "mean", "of": "q", "by": "g"}],
                   codes={"q": [98, 99], "*": [-9]})
    same([mean["rows"][0]["estimate"], mean["rows"][0]["n"]], [3.0, 3])
    same([r["by"]["g"] for r in by["rows"]], ["a", "b"])


def what_cannot_be_told_is_named(city):
    city.write("d.csv", "y,z,g,s,c,w,n\n1,NA,a,1,1,1,1\n2,NA,a,1,2,1,2\n3,NA,b,2,3,-1,x\n4,NA,b,2,1,NA,1\n")
    d = city.path("d.csv")

    def refused(request, code, part, **plan):
        error = ask(d, [request], code=1, **plan)[0]["error"]
        same(error["code"], code)
        contains(error["message"], part)

    mean = {"op": "mean", "of": "y"}
    refused({"op": "mean", "of": "z"}, "all_missing", "z")
    refused({**mean, "where": {"g": "nobody"}}, "input", "it has: a b")
    refused({**mean, "where": {"g": "a", "s": 2}}, "empty_domain", "y")
    refused({"op": "mean", "of": "other"}, "column", "other")
    refused({"op": "mean", "of": "n"}, "input", "x")
    refused({**mean, "wher": {}}, "input", "wher")
    refused({**mean, "interval": "narrow"}, "input", "narrow")
    refused({"op": "median"}, "input", "median")
    refused({"op": "quantile", "of": "y", "p": [1.5]}, "input", "")
    refused({"op": "alpha", "of": ["y"]}, "too_few", "")
    refused({"op": "ttest", "of": "y", "over": "y"}, "input", "y")
    refused(mean, "weight", "3", design={"weight": "w"})
    refused(mean, "not_nested", "1", design={"cluster": "c", "strata": "s"})
    refused(mean, "column", "nowhere", design={"strata": "nowhere"})
    refused(mean, "input", "claster", design={"claster": "c"})
    same(ask(d, [mean], design={"cluster": "c", "strata": "s", "nest": True})[0]["rows"][0]["df"], 2)
    one = ask(d, [mean, {"op": "mean", "of": ["y", "z"]}])
    same("error" in one[1]["rows"][1], True)
    same("error" in one[1], False)


def a_plan_that_cannot_be_read_ends_the_program(city):
    answer = manyi("analyse", city.path("none.json"), "--json")
    same([answer.code, answer.json["error"]["code"]], [1, "missing"])
    for text in ("{", "[]", '{"data": "d.csv"}', '{"data": "d.csv", "requests": {}}',
                 '{"data": "none.csv", "requests": []}', '{"data": 5, "requests": []}',
                 '{"data": "e.csv", "requests": []}', '{"data": "e.csv", "requests": [], "level": 95}'):
        city.write("e.csv", "y\n")
        city.write("p.json", text)
        answer = manyi("analyse", city.path("p.json"), "--json")
        assert answer.code in (1, 3), text
        assert answer.json["error"]["message"], text


if __name__ == "__main__":
    run_tests([
        codes_that_look_like_scores_are_noted, the_plan_is_sealed_and_its_paths_are_its_own,
        files_of_other_systems_are_read, special_codes_are_missing_before_anything_else,
        what_cannot_be_told_is_named, a_plan_that_cannot_be_read_ends_the_program,
    ])
