"""manyi rank and manyi rate through the shell, against csranks' range over seeds and R's exact tests."""
import csv
import json
import math
import os

from cli_case import SOURCE, City, contains, manyi, run_tests, same

REFERENCE = os.path.join(SOURCE, "tests", "reference")


def oracle(*name):
    with open(os.path.join(REFERENCE, *name), encoding="utf-8") as f:
        return json.load(f)


def close(got, want, relative=1e-9, what=""):
    assert got is not None and abs(got - want) <= relative * abs(want), f"{what}: got {got!r}, want {want!r}"


# ---- ranks ----

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


# ---- rates ----

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


run_tests([
    rank_sets_lie_within_csranks_range_over_seeds, countries_of_a_real_survey_have_csranks_places,
    covariances_change_the_sets, three_hundred_cities_agree_with_csranks_two_seeds,
    seeds_repeat_and_the_chance_of_the_top_is_told, peers_that_make_no_sense_are_named,
    rates_have_garwoods_interval, changes_have_the_exact_test, homogeneity_and_falls_are_told,
    periods_that_make_no_sense_are_named,
])
