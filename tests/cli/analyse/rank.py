#!/usr/bin/env python3
"""manyi rank through the shell, against csranks' range over seeds."""
import csv
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


def peers(city, score, se, name="peers.csv"):
    lines = ["name,score,se"] + [f"p{i},{x!r},{s!r}" for i, (x, s) in enumerate(zip(score, se))]
    return city.write(name, "\n".join(lines) + "\n")


def inside(rows, stability, what):
    for i, row in enumerate(rows):
        for key, low, high in (("low_simultaneous", "simul_two_sided_L_min", "L_max"),
                               ("high_simultaneous", "U_min", "U_max")):
            assert stability[low][i] <= row[key] <= stability[high][i], \
                f"{what} {row}: {key} not in {stability[low][i]}..{stability[high][i]}"


def rank_sets_lie_within_csranks_range_over_seeds(city):
    cases = [(k, v["x"], v["se"], v["res"], v["stability_6seeds_R5000"])
             for k, v in oracle("ranks", "pisa.json")["results"].items()]
    ties = oracle("ranks", "small.json")["ties"]
    cases.append(("ties", ties["x"], ties["se"], ties["res"], ties["stab"]))
    for name, x, se, res, stability in cases:
        rows = city.ok("rank", peers(city, x, se))["rows"]
        inside(rows, stability, name)
        same([r["rank"] for r in rows], res["two-sided_simul_stepdown"]["rank"])
        for row in rows:
            assert row["low_simultaneous"] <= row["low"] <= row["rank"] <= row["high"] <= row["high_simultaneous"]


def countries_of_a_real_survey_have_csranks_places(city):
    real = oracle("ranks", "lapop.json")
    rows = city.ok("rank", peers(city, real["est"], real["se"]))["rows"]
    same([r["rank"] for r in rows], real["rank"]["rank"])
    for row, low, high in zip(rows, real["rank"]["L"], real["rank"]["U"]):
        assert abs(row["low_simultaneous"] - low) <= 1 and abs(row["high_simultaneous"] - high) <= 1, row


def covariances_change_the_sets(city):
    case = oracle("ranks", "small.json")["correlated_0.6"]
    se = [math.sqrt(case["Sigma"][i][i]) for i in range(len(case["x"]))]
    path = peers(city, case["x"], se)
    matrix = [",".join(repr(v) for v in line) for line in case["Sigma"]]
    plain = city.write("v.csv", "\n".join(matrix) + "\n")
    named = city.write("named.csv", "," + ",".join(f"p{i}" for i in range(len(matrix))) + "\n" +
                       "".join(f"p{i},{line}\n" for i, line in enumerate(matrix)))
    rows = city.ok("rank", path, "--vcov", plain)["rows"]
    inside(rows, case["stab"], "correlated")
    same(city.ok("rank", path, "--vcov", named)["rows"], rows)
    no_se = city.write("nose.csv", "name,score\n" + "".join(f"p{i},{x}\n" for i, x in enumerate(case["x"])))
    for a, b in zip(city.ok("rank", no_se, "--vcov", plain)["rows"], rows):
        same([a["low"], a["high"]], [b["low"], b["high"]])
        close(a["se"], b["se"])


def three_hundred_cities_agree_with_csranks_two_seeds(city):
    want = oracle("ranks", "cities300.json")
    with open(os.path.join(REFERENCE, "ranks", "cities300.csv"), newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    got = city.ok("rank", peers(city, [float(r["x"]) for r in rows], [float(r["se"]) for r in rows]))["rows"]
    same([r["rank"] for r in got], want["simul_seed101"]["rank"])
    # R's two seeds of 1000 draws differ by up to 4 places between themselves.
    for i, row in enumerate(got):
        for key, end in (("low_simultaneous", "L"), ("high_simultaneous", "U")):
            ends = [want[s][end][i] for s in ("simul_seed101", "simul_seed102")]
            assert min(ends) - 8 <= row[key] <= max(ends) + 8, f"{row} {ends}"


def seeds_repeat_and_the_chance_of_the_top_is_told(city):
    path = peers(city, [80.0, 79.0, 60.0], [1.0, 1.0, 1.0])
    first = city.ok("rank", path, "--seed", "7", "--top", "1")
    same(city.ok("rank", path, "--seed", "7", "--top", "1"), first)
    same([first["seed"], first["draws"], first["top"]], [7, 20000, 1])
    p = [r["p_top"] for r in first["rows"]]
    # P(N(1, 2) > 0)
    close(p[0], 0.5 * math.erfc(-1 / math.sqrt(2) / math.sqrt(2)), 0.02, "p_top")
    assert abs(sum(p) - 1) < 1e-9 and p[2] == 0
    same([r["p_top"] for r in city.ok("rank", path)["rows"]], [None] * 3)
    contains(city.run("rank", path).text, "1–2")


def peers_that_make_no_sense_are_named(city):
    def refused(text, part, *more):
        answer = city.run("rank", city.write("bad.csv", text), *more, "--json")
        same(answer.code, 1)
        contains(answer.json["error"]["message"], part)

    refused("name,score,se\na,1,1\nb,,1\n", "b")
    refused("name,score,se\na,1,1\nb,2,-1\n", "b")
    refused("name,score,se\na,1,x\n", "x")
    refused("name,score\na,1\n", "se")
    refused("name,score,se\n", "no rows")
    good = "name,score,se\na,1,1\nb,2,1\n"
    refused(good, "2", "--vcov", city.write("v1.csv", "1,0\n"))
    refused(good, "2", "--vcov", city.write("v2.csv", "1,0,0\n0,1,0\n"))
    refused(good, "", "--vcov", city.write("v3.csv", "1,2\n2,1\n"))
    same(city.run("rank", city.path("bad.csv"), "--draws", "many").code, 2)
    same(city.run("rank", city.path("bad.csv"), "--level", "95").code, 2)


if __name__ == "__main__":
    run_tests([
        rank_sets_lie_within_csranks_range_over_seeds,
        countries_of_a_real_survey_have_csranks_places, covariances_change_the_sets,
        three_hundred_cities_agree_with_csranks_two_seeds,
        seeds_repeat_and_the_chance_of_the_top_is_told, peers_that_make_no_sense_are_named,
    ])
