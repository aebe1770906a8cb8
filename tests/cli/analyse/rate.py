#!/usr/bin/env python3
"""manyi rate through the shell, against R's exact tests."""
import json
import math
import os

from cli_case import SOURCE, contains, run_tests, same

REFERENCE = os.path.join(SOURCE, "tests", "reference")


def oracle(*name):
    with open(os.path.join(REFERENCE, *name), encoding="utf-8") as f:
        return json.load(f)


def close(got, want, relative=1e-9, what=""):
    assert got is not None and abs(got - want) <= relative * abs(want), f"{what}: got {got!r}, want {want!r}"


def rates(city, counts, exposures, *more):
    lines = ["period,count,exposure"] + [f"{2020 + i},{c},{e}" for i, (c, e) in enumerate(zip(counts, exposures))]
    return city.ok("rate", city.write("rates.csv", "\n".join(lines) + "\n"), *more)


def rates_have_garwoods_interval(city):
    small = oracle("small", "small_statistics.json")
    for want in small["poisson_rate"]:
        row, = rates(city, [want["count"]], [want["exposure"]], "--per", str(want["per"]))["rows"]
        close(row["low"], want["ci"][0], what="low")
        close(row["high"], want["ci"][1], what="high")
        close(row["rate"], want["count"] / want["exposure"] * want["per"], what="rate")
    for want in (w for one in small["poisson"] for w in (one if isinstance(one, list) else [one])):
        row, = rates(city, [want["count"]], [1], "--per", "1", "--level", str(want["level"]))["rows"]
        for low, high, key in (("low", "high", "garwood"), ("low_mid_p", "high_mid_p", "midp"),
                               ("low_byar", "high_byar", "byar")):
            if want.get(key):
                close(row[low], want[key][0], what=key)
                close(row[high], want[key][1], what=key)


def changes_have_the_exact_test(city):
    for want in oracle("small", "small_statistics.json")["poisson_two_sample_exact"]:
        # Its ratio is of the first to the second; ours of the later to the earlier.
        change, = rates(city, want["counts"][::-1], want["exposure"][::-1])["changes"]
        close(change["p_two"], want["p"], what="p")
        close(change["ratio"], want["ratio"], what="ratio")
        close(change["low"], want["ci"][0], what="low")
        close(change["high"], want["ci"][1], what="high")
        same([change["from"], change["to"]], ["2020", "2021"])


def homogeneity_and_falls_are_told(city):
    counts, exposures = [400, 330, 270, 200], [100000] * 4
    answer = rates(city, counts, exposures, "--reference", "30")
    mean = sum(counts) / 4
    chisq = sum((c - mean) ** 2 / mean for c in counts)
    close(answer["homogeneity"]["chisq"], chisq, what="chisq")
    same(answer["homogeneity"]["df"], 3)
    close(answer["homogeneity"]["overdispersion"], chisq / 3, what="overdispersion")
    same(answer["three_falls"]["p_fall"], max(c["p_fall"] for c in answer["changes"]))
    assert answer["three_falls"]["p_fall"] < 0.05
    rows = answer["rows"]
    assert rows[0]["p_above"] < 0.001 and rows[3]["p_below"] < 0.001
    close(rows[2]["p_below"], sum(math.exp(-300 + k * math.log(300) - math.lgamma(k + 1)) for k in range(271)),
          what="P(X <= 270 | 300)")
    same(rates(city, counts[:3], exposures[:3])["three_falls"]["p_fall"], None)
    shown = city.run("rate", city.path("rates.csv"))
    contains(shown.text, "2020")


def periods_that_make_no_sense_are_named(city):
    for text, part in (("period,count,exposure\n2020,-1,5\n", "2020"), ("period,count,exposure\n2020,1.5,5\n", "2020"),
                       ("period,count,exposure\n2021,1,0\n", "2021"), ("period,count,exposure\n2021,NA,9\n", "2021"),
                       ("period,count\n2021,1\n", "exposure")):
        answer = city.run("rate", city.write("bad.csv", text), "--json")
        same(answer.code, 1)
        contains(answer.json["error"]["message"], part)
    same(city.run("rate", city.path("bad.csv"), "--per", "0").code, 2)


if __name__ == "__main__":
    run_tests([
        rates_have_garwoods_interval, changes_have_the_exact_test, homogeneity_and_falls_are_told,
        periods_that_make_no_sense_are_named,
    ])
