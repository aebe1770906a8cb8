#!/usr/bin/env python3
"""manyi estimate: a quick question, asked of the same engine as a plan."""
import json
import os

from analyse_case import SURVEY, close, oracle
from cli_case import contains, manyi, run_tests, same

BASIC, CALIBRATION, REPLICATES = (oracle(f"api_{n}.json")["results"] for n in
                                  ("basic", "calibration", "replicates"))


def estimate_asks_the_same_engine(city):
    data = os.path.abspath(os.path.join(SURVEY, "apiclus1.csv"))
    answer = city.ok("estimate", data, "--mean", "api00,api99", "--total", "enroll", "--ratio", "api00/api99",
                     "--share", "sch.wide=Yes", "--quantile", "api00:0.25,0.5", "--by", "stype", "--cluster", "dnum",
                     "--fpc", "fpc", "--weight", "pw")
    want = BASIC["clus1"]
    same(len(answer["results"]), 5)
    close(answer["results"][0]["rows"][0]["estimate"], want["by_stype"]["est"][0], what="mean by")
    close(answer["results"][0]["rows"][0]["se"], want["by_stype"]["se"][0], what="se")
    again = manyi("analyse", "-", "--json", stdin=json.dumps(answer["plan"]).encode())
    same(again.json["results"], answer["results"])
    where = city.ok("estimate", data, "--mean", "api00", "--where", "stype=E", "--cluster", "dnum", "--fpc", "fpc")
    close(where["results"][0]["rows"][0]["estimate"], want["subset_E"]["est"], what="where")
    shown = city.run("estimate", data, "--mean", "api00", "--cluster", "dnum", "--fpc", "fpc", "--weight", "pw")
    contains(shown.text, "644.169")
    city.write("i.csv", "a,b\n1,10\n98,10\n10,10\n")
    index = city.ok("estimate", city.path("i.csv"), "--index", "a,b", "--scale", "1,10", "--codes", "98")
    close(index["results"][0]["rows"][0]["estimate"], 75, what="index")


def a_quick_question_that_is_none_is_a_usage_error(city):
    city.write("d.csv", "a\n1\n2\n")
    for words in ((), ("--ratio", "a"), ("--share", "a"), ("--quantile", "a"), ("--index", "a"),
                  ("--mean", "a", "--where", "b"), ("--mean", "a", "--level", "95")):
        same(city.run("estimate", city.path("d.csv"), *words).code, 2)
    same(city.run("estimate", city.path("d.csv"), "--mean", "b").code, 1)


if __name__ == "__main__":
    run_tests([
        estimate_asks_the_same_engine, a_quick_question_that_is_none_is_a_usage_error,
    ])
