#!/usr/bin/env python3
"""Named errors instead of numbers, tests for every group, and numerics: through the shell."""
import json
import math
import os
import random

from cli_case import SOURCE, City, contains, manyi, run_tests, same

SURVEY = os.path.join(SOURCE, "tests", "reference", "survey")
CITY = City(make=False)


def save(text, name="d.csv"):
    return CITY.write(name, text)


def ask(data, requests, code=0, **plan):
    answer = manyi("analyse", "-", "--json", stdin=json.dumps({"data": data, "requests": requests, **plan}).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:1500]} {answer.err}"
    return answer.json["results"]


def refused(data, request, code, *parts, **plan):
    """Every request of the plan is refused with this word, its sentence naming every part, in both languages."""
    stdin = json.dumps({"data": data, "requests": [request], **plan}).encode()
    for lang in ("en", "zh"):
        answer = manyi("analyse", "-", "--json", stdin=stdin, lang=lang)
        same(answer.code, 1)
        result, = answer.json["results"]
        error = result.get("error") or result["rows"][0]["error"]
        same(error["code"], code)
        for part in parts:
            contains(error["message"], part)
        assert not any(key in result for key in ("alpha", "weights")), result


def close(got, want, tolerance=1e-9, what=""):
    assert got is not None and abs(got - want) <= tolerance * max(abs(want), 1e-300), f"{what}: {got!r}, want {want!r}"


MEAN = {"op": "mean", "of": "y"}
PEOPLE = save("y,z,k,g,s,c,w,neg,sex,big\n" + "".join(
    f"{i % 7},NA,4,{'ab'[i % 2]},north,c{i % 6},1,{-1 if i == 9 else 1},{1 + i % 2},{1 + i % 3}\n" for i in range(24)) +
    "3,NA,4,a,south,c99,1,1,1,2\n", "people.csv")


# ---- what has no number ----

def groups_without_number_are_refused_instead_of_taking_all_memory():
    keys = save("key,q,g\n" + "".join(f"k{i},{1 + i % 10},{'ab'[i % 2]}\n" for i in range(10100)), "keys.csv")
    for request in ({"op": "mean", "of": "q", "by": "key"}, {"op": "mean", "of": "q", "by": ["g", "key"]},
                    {"op": "index", "of": {"q": 1}, "scale": [1, 10], "by": "key"}, {"op": "share", "of": "q", "is": 1, "by": "key"},
                    {"op": "quantile", "of": "q", "p": 0.5, "by": "key"}, {"op": "difference", "of": "q", "over": "key"},
                    {"op": "ttest", "of": "q", "over": "g", "by": "key"}):
        refused(keys, request, "input", "10100", "10000")
    refused(keys, {"op": "mean", "of": "key"}, "input", "key", "10100", "1000")


def one_sampling_unit_in_a_stratum_names_the_stratum():
    design = {"cluster": "c", "strata": "s"}
    said, = ask(PEOPLE, [MEAN], design=design)[0]["rows"]
    same(said["no_interval"]["code"], "lonely_psu")
    contains(said["no_interval"]["message"], "south")
    row, = ask(PEOPLE, [MEAN], design={**design, "lonely": "certainty"})[0]["rows"]
    assert row["se"] > 0 and said["se"] is None and said["low"] is None
    same([said["estimate"], said["n"]], [row["estimate"], row["n"]])


def an_empty_domain_names_what_was_asked():
    refused(PEOPLE, {**MEAN, "where": {"g": "nobody"}}, "input", "nobody")
    refused(PEOPLE, {"op": "difference", "of": "y", "over": "z"}, "empty_domain")
    refused(PEOPLE, {"op": "cochran_armitage", "success": {"g": "a"}, "scores": {"sex": [1, 2, 3]}}, "empty_domain",
            "sex", "3")


def an_item_nobody_answered_is_named():
    refused(PEOPLE, {"op": "mean", "of": "z"}, "all_missing", "z")
    refused(PEOPLE, {"op": "total", "of": "z", "by": "g"}, "all_missing", "z")
    both, = ask(PEOPLE, [{"op": "mean", "of": ["y", "z"]}])
    same(both["rows"][1]["error"]["code"], "all_missing")
    assert both["rows"][0]["estimate"] is not None and "error" not in both


def a_constant_item_is_named():
    refused(PEOPLE, {"op": "alpha", "of": ["y", "k"]}, "constant", "k")
    model = {"data": PEOPLE, "blocks": {"A": ["y", "k"], "B": ["big", "sex"]}, "paths": [["A", "B"]]}
    answer = manyi("model", "-", "--json", stdin=json.dumps(model).encode())
    same((answer.code, answer.json["error"]["code"]), (1, "constant"))
    contains(answer.json["error"]["message"], "k")


def a_margin_category_without_respondents_is_named():
    for method in ("rake", "poststratify"):
        refused(PEOPLE, MEAN, "margin_empty", "sex", "3",
                calibrate={"method": method, "margins": {"sex": {"1": 50, "2": 40, "3": 10}}})


def a_category_without_a_target_is_named():
    refused(PEOPLE, MEAN, "margin_unlisted", "big", "3",
            calibrate={"method": "rake", "margins": {"big": {"1": 50, "2": 40}}})


def margins_of_different_totals_are_named():
    refused(PEOPLE, MEAN, "margin_totals", "big",
            calibrate={"method": "rake", "margins": {"sex": {"1": 50, "2": 50}, "big": {"1": 50, "2": 40, "3": 20}}})


def a_rake_that_cannot_converge_names_the_worst_category():
    """A structural zero: everybody of a is 1 and everybody of b is 2, the margins want otherwise."""
    zero = save("y,a,b\n" + "1,1,1\n" * 5 + "2,1,1\n" * 5 + "3,2,2\n" * 10, "zero.csv")
    refused(zero, MEAN, "not_converged", "b",
            calibrate={"method": "rake", "margins": {"a": {"1": 50, "2": 50}, "b": {"1": 80, "2": 20}}})
    refused(PEOPLE, MEAN, "not_converged",
            calibrate={"method": "logit", "totals": {"(Intercept)": 25, "y": 400}, "bounds": [0.9, 1.1]})


def negative_and_missing_weights_name_their_line():
    refused(PEOPLE, MEAN, "weight", "10", design={"weight": "neg"})
    missing = save("y,w\n1,1\n2,\n3,1\n", "missing.csv")
    refused(missing, MEAN, "weight", "2", design={"weight": "w"})
    words = save("y,w\n1,1\n2,many\n", "words.csv")
    refused(words, MEAN, "input", "many", design={"weight": "w"})
    refused(PEOPLE, MEAN, "column", "nowhere", design={"weight": "nowhere"})


def clusters_in_two_strata_are_named():
    crossed = save("y,s,c\n1,n,k1\n2,n,k2\n3,m,k1\n4,m,k3\n", "crossed.csv")
    refused(crossed, MEAN, "not_nested", "k1", "n", "m", design={"strata": "s", "cluster": "c"})
    same(ask(crossed, [MEAN], design={"strata": "s", "cluster": "c", "nest": True})[0]["rows"][0]["df"], 2)


def a_sampling_unit_without_its_stratum_names_its_line():
    holes = save("y,s,c,N\n1,n,k1,9\n2,,k2,9\n3,n,k3,9\n", "holes.csv")
    refused(holes, MEAN, "missing_design", "2", design={"strata": "s", "cluster": "c"})
    small = save("y,s,N\n1,n,2\n2,n,2\n3,n,2\n", "small.csv")
    refused(small, MEAN, "fpc", design={"strata": "s", "fpc": "N"})


# ---- tests for every group, and under a design ----

def a_test_by_groups_is_the_test_of_each_group():
    design = {"cluster": "dnum", "weight": "pw", "fpc": "fpc"}
    data = os.path.join(SURVEY, "apiclus1.csv")
    for request in ({"op": "ttest", "of": "api00", "over": "both"}, {"op": "trend", "of": "api00", "over": "meals"}):
        if request["op"] == "ttest":
            request["over"] = "comp.imp"
        by, *one = ask(data, [{**request, "by": "stype"}] +
                       [{**request, "where": {"stype": s}} for s in "EHM"], design=design)
        same([r["by"] for r in by["rows"]], [{"stype": s} for s in "EHM"])
        for row, alone in zip(by["rows"], one):
            for key in ("estimate", "se", "df", "t", "p_two", "low", "high", "n"):
                close(row[key], alone["rows"][0][key], 1e-12, key)
        for i in range(3):
            close(by["vcov"][i][i], by["rows"][i]["se"] ** 2, 1e-12)
            assert by["vcov"][i][(i + 1) % 3] is None


def a_group_that_cannot_be_tested_leaves_the_others_be():
    data = save("y,g,t\n1,a,p\n2,a,q\n3,a,q\n5,a,p\n1,b,p\n2,b,p\n", "groups.csv")
    result, = ask(data, [{"op": "ttest", "of": "y", "over": "t", "by": "g"}])
    assert "error" not in result
    same([r.get("error", {}).get("code") for r in result["rows"]], [None, "input"])
    where, = ask(data, [{"op": "ttest", "of": "y", "over": "t", "where": {"g": "a"}}])
    same(where["rows"][0]["estimate"], result["rows"][0]["estimate"])


def cochran_armitage_under_a_design_is_rs_svyglm():
    """summary(svyglm(I(sch.wide == "Yes") ~ score)) of R survey: estimate, se, t, p, df."""
    request = {"op": "cochran_armitage", "success": {"sch.wide": "Yes"}, "scores": {"stype": ["E", "M", "H"]}}
    for data, design, want in (
            ("apiclus1.csv", {"cluster": "dnum", "fpc": "fpc", "weight": "pw"},
             (-0.11178624937572752, 0.064612047646624135, -1.7301146372439438, 0.10726230457405826, 13)),
            ("apistrat.csv", {"strata": "awards", "weight": "pw"},
             (-0.19800634005505363, 0.034985724299983034, -5.6596324362834372, 5.297201397779309e-08, 197))):
        row, = ask(os.path.join(SURVEY, data), [request], design=design)[0]["rows"]
        for key, x in zip(("estimate", "se", "z", "p_two", "ddf"), want):
            close(row[key], x, 1e-9, key)
        same((row["df"], row["z_unbiased"]), (1, None))
        contains(row["method"], "linearised")
    plain, = ask(os.path.join(SURVEY, "apiclus1.csv"), [request])[0]["rows"]
    contains(plain["method"], "simple random sample")


def a_frequency_is_no_design():
    """How often a row stands says nothing of how it was drawn."""
    counted = save("y,g,f\n1,a,2\n3,a,1\n2,b,3\n5,b,1\n", "counted.csv")
    written = save("y,g\n1,a\n1,a\n3,a\n2,b\n2,b\n2,b\n5,b\n", "written.csv")
    request = {"op": "ttest", "of": "y", "over": "g"}
    one, = ask(counted, [request], design={"frequency": "f"})[0]["rows"]
    two, = ask(written, [request])[0]["rows"]
    same(one, two)
    same(one["method"], "welch")


# ---- numerics ----

def a_billion_and_a_bit_is_as_good_as_the_bit():
    r = random.Random(3)
    bits = [r.randrange(2) for _ in range(400)]
    low = save("y,c,w\n" + "".join(f"{b},{i // 10},{1 + i % 3}\n" for i, b in enumerate(bits)), "low.csv")
    high = save("y,c,w\n" + "".join(f"{10 ** 9 + b},{i // 10},{1 + i % 3}\n" for i, b in enumerate(bits)), "high.csv")
    design = {"cluster": "c", "weight": "w"}
    a, b = (ask(path, [MEAN], design=design)[0]["rows"][0] for path in (low, high))
    close(b["estimate"] - 1e9, a["estimate"], 1e-6)
    close(b["se"], a["se"], 1e-12)
    close(b["deff"], a["deff"], 1e-9)


def order_of_rows_and_scale_of_weights_change_nothing():
    r = random.Random(5)
    rows = [(r.gauss(50, 20), r.randrange(1, 5), f"s{i % 3}", f"c{i % 30}", 0.5 + r.random()) for i in range(3000)]
    requests = [MEAN, {"op": "mean", "of": "y", "by": "g"}, {"op": "ratio", "num": "y", "den": "g"},
                {"op": "quantile", "of": "y", "p": [0.1, 0.5]}, {"op": "difference", "of": "y", "over": "g"},
                {"op": "trend", "of": "y", "over": "g"}, {"op": "ttest", "of": "y", "over": "h"},
                {"op": "alpha", "of": ["y", "g"]}]

    def run(order, scale, name):
        text = "y,g,h,s,c,w\n" + "".join(f"{y!r},{g},{g % 2},{s},{c},{w * scale!r}\n" for y, g, s, c, w in order)
        return ask(save(text, name), requests, design={"strata": "s", "cluster": "c", "weight": "w", "nest": True})

    shuffled = rows[:]
    r.shuffle(shuffled)
    base = run(rows, 1, "base.csv")
    # Powers of two scale weights exactly; 1e7 rounds each of them, which is the file's doing.
    for other in (run(shuffled, 1, "shuffled.csv"), run(rows, 2 ** 20, "scaled.csv"), run(shuffled, 1e7, "both.csv")):
        for x, y in zip(base, other):
            for a, b in zip(x["rows"], y["rows"]):
                for key in ("estimate", "se", "low", "high", "t", "alpha", "n", "df"):
                    if a.get(key) is not None:
                        close(b[key], a[key], 1e-12, f"{x['request']} {key}")


def a_million_rows_are_summed_without_loss():
    """y = 1e9 + {0, 1} a million times: the mean and its error by hand."""
    n = 1000000
    path = CITY.path("million.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write("y\n")
        f.writelines(f"{1000000000 + (i % 4 == 0)}\n" for i in range(n))
    row, = ask(path, [MEAN])[0]["rows"]
    same((row["n"], row["df"]), (n, n - 1))
    close(row["estimate"], 1e9 + 0.25, 1e-15)
    close(row["se"], math.sqrt(0.25 * 0.75 / (n - 1)), 1e-12)
    os.unlink(path)


if __name__ == "__main__":
    try:
        run_tests([
            groups_without_number_are_refused_instead_of_taking_all_memory,
            one_sampling_unit_in_a_stratum_names_the_stratum, an_empty_domain_names_what_was_asked,
            an_item_nobody_answered_is_named, a_constant_item_is_named,
            a_margin_category_without_respondents_is_named, a_category_without_a_target_is_named,
            margins_of_different_totals_are_named, a_rake_that_cannot_converge_names_the_worst_category,
            negative_and_missing_weights_name_their_line, clusters_in_two_strata_are_named,
            a_sampling_unit_without_its_stratum_names_its_line, a_test_by_groups_is_the_test_of_each_group,
            a_group_that_cannot_be_tested_leaves_the_others_be, cochran_armitage_under_a_design_is_rs_svyglm,
            a_frequency_is_no_design, a_billion_and_a_bit_is_as_good_as_the_bit,
            order_of_rows_and_scale_of_weights_change_nothing, a_million_rows_are_summed_without_loss])
    finally:
        CITY.close()
