#!/usr/bin/env python3
"""Every leaf of the reference answers on ranks and small statistics is compared, or its absence has a reason."""
import csv
import math
import os

from cli_case import SOURCE, City, manyi, run_tests, same
from oracle import CLOSED, ITERATED, REFERENCE, Oracle, results

CITY = City(make=False)
C_INTERVAL, C_TREND = "tests/stats/test_interval.c", "tests/stats/compare/test_trend.c"
C_RANK, SHELL_RANK = "tests/stats/compare/test_rank.c", "tests/cli/analyse/rank.py"
MADE = [("/_made_by/*", "versions")]


def table(name, header, rows):
    return CITY.write(name, ",".join(header) + "\n" + "".join(",".join(str(x) for x in r) + "\n" for r in rows))


# ---- ranks ----

def ranks(x, se, *more):
    path = table("peers.csv", ("name", "score", "se"), [(f"p{i}", repr(float(a)), repr(float(b)))
                                                        for i, (a, b) in enumerate(zip(x, se))])
    answer = manyi("rank", path, "--json", *more)
    same(answer.code, 0)
    return answer.json["rows"]


def within(o, path, rows, least, most, key):
    for i, row in enumerate(rows):
        low, high = o.at(f"{path}/{least}/{i}"), o.at(f"{path}/{most}/{i}")
        assert low <= row[key] <= high, f"{path} {key} {i}: {row[key]} not in {low}..{high}"
    o.held(f"{path}/{least}")
    o.held(f"{path}/{most}")


def hold_ranks(o, path, stability, *more):
    rows = ranks(o.at(f"{path}/x"), o.at(f"{path}/se") if o.has(f"{path}/se") else
                 [math.sqrt(line[i]) for i, line in enumerate(o.at(f"{path}/Sigma"))], *more)
    for leaf in ("x", "se", "Sigma"):
        if o.has(f"{path}/{leaf}"):
            o.held(f"{path}/{leaf}")
    for kind in o.at(f"{path}/res"):
        if o.has(f"{path}/res/{kind}/rank") and not kind.startswith("tau"):
            o.close(f"{path}/res/{kind}/rank", [r["rank"] for r in rows])
    within(o, f"{path}/{stability}", rows, "simul_two_sided_L_min", "L_max", "low_simultaneous")
    within(o, f"{path}/{stability}", rows, "U_min", "U_max", "high_simultaneous")
    near(o, f"{path}/res/two-sided_simul_stepdown", rows, ("low_simultaneous", "high_simultaneous"), 2)
    near(o, f"{path}/res/two-sided_marg_stepdown", rows, ("low", "high"), 2)


def near(o, path, rows, keys, places):
    """One seed of 1000 draws against 20,000 of ours: a few places apart at most."""
    for key, end in zip(keys, ("L", "U")):
        for i, row in enumerate(rows):
            assert abs(row[key] - o.at(f"{path}/{end}/{i}")) <= places, f"{path} {end} {i}: {row[key]}"
        o.held(f"{path}/{end}")


ONE_SIDED = [(f"*/res/{kind}*", (C_RANK, "given_draws_give_exactly_csranks_sets"))
             for kind in ("lower_", "upper_", "two-sided_simul_single", "two-sided_marg_single", "tau_")]


def ranks_of_countries_lie_within_csranks_range_over_seeds():
    o = Oracle("ranks", "pisa.json")
    for name in o.at("results"):
        hold_ranks(o, f"results/{name}", "stability_6seeds_R5000")
    o.finish([("/note", "words"), ("/results/*/names/*", "names of countries"), ("/results/*/seed", "of R's generator"),
              ("/results/*/R", "of R's generator"), *ONE_SIDED, *MADE])


def ties_and_covariances_have_csranks_ranges():
    o = Oracle("ranks", "small.json")
    hold_ranks(o, "ties", "stab")
    matrix = table("v.csv", (), [])
    with open(matrix, "w", encoding="utf-8") as f:
        f.writelines(",".join(repr(float(x)) for x in line) + "\n" for line in o.at("correlated_0.6/Sigma"))
    hold_ranks(o, "correlated_0.6", "stab", "--vcov", matrix)
    o.close("irank_ties/omega0", [r["rank"] for r in ranks(o.at("ties/x"), o.at("ties/se"))])
    o.finish([("/irank_ties/omega05/*", "equal scores share the better rank: other shares are not offered"),
              ("/irank_ties/omega1/*", "the same"),
              ("/multinom/*", "ranks of multinomial counts are not offered: METHODS asks for none"), *ONE_SIDED, *MADE])


def stored_draws_give_the_sets_exactly():
    o = Oracle("ranks", "given_draws.json")
    for row, i in zip(ranks(o.at("x"), o.at("se")), range(12)):
        same(row["rank"], o.at(f"res/two-sided_simul_stepdown/rank/{i}"))
    exact = (C_RANK, "given_draws_give_exactly_csranks_sets")
    o.finish([("/note", "words"), ("/x/*", "an input"), ("/se/*", "an input"),
              ("/res/tau_best/*", (C_RANK, "res/tau_best/10")), ("/res/tau_worst5/*", (C_RANK, "res/tau_worst5")),
              ("/res/*", exact),
              ("/first_step_critical_value_all_pairs", "inside the procedure: the sets made from it are exact"),
              ("/marginal_critical/*", "inside the procedure: the sets made from it are exact"), *MADE])


def three_hundred_cities_agree_with_two_seeds():
    o = Oracle("ranks", "cities300.json")
    with open(os.path.join(REFERENCE, "ranks", "cities300.csv"), newline="", encoding="utf-8") as f:
        cities = list(csv.DictReader(f))
    rows = ranks([r["x"] for r in cities], [r["se"] for r in cities])
    o.close("simul_seed101/rank", [r["rank"] for r in rows])
    for seed in ("simul_seed101", "simul_seed102"):
        near(o, seed, rows, ("low_simultaneous", "high_simultaneous"), 12)
    some = [rows[i - 1] for i in o.at("marginal_seed101/indices")]
    o.held("marginal_seed101/indices")
    near(o, "marginal_seed101", some, ("low", "high"), 12)
    o.finish([("/R", "of R's generator"), ("/n_diff_*", "how far R's two seeds are apart"), ("/max_diff", "the same"),
              *MADE])


def countries_of_a_real_survey_have_their_places():
    o = Oracle("ranks", "lapop.json")
    rows = ranks(o.at("est"), o.at("se"))
    o.held("est")
    o.held("se")
    o.close("rank/rank", [r["rank"] for r in rows])
    near(o, "rank", rows, ("low_simultaneous", "high_simultaneous"), 1)
    o.finish([("/data", "words: the answers themselves are not ours to distribute"), ("/design", "words"),
              ("/index", "words"), ("/pais/*", "names"), ("/rank/seed", "of R's generator"),
              ("/rank/R", "of R's generator"), *MADE])


# ---- small statistics ----

def rates(counts, exposures, *more):
    path = table("rates.csv", ("period", "count", "exposure"),
                 [(2020 + i, c, e) for i, (c, e) in enumerate(zip(counts, exposures))])
    answer = manyi("rate", path, "--json", *more)
    same(answer.code, 0)
    return answer.json


def hold_counts(o):
    for i, case in ((p, o.at(p)) for p in each(o, "poisson")):
        row, = rates([case["count"]], [1], "--per", "1", "--level", str(case["level"]))["rows"]
        for key, low, high, tolerance in (("garwood", "low", "high", CLOSED), ("poisson_test", "low", "high", CLOSED),
                                          ("byar", "low_byar", "high_byar", CLOSED),
                                          ("midp", "low_mid_p", "high_mid_p", ITERATED)):
            o.close(f"{i}/{key}", [row[low], row[high]], tolerance)
    for i, case in ((p, o.at(p)) for p in each(o, "poisson_rate")):
        row, = rates([case["count"]], [case["exposure"]], "--per", str(case["per"]))["rows"]
        o.close(f"{i}/ci", [row["low"], row["high"]])
    for i, case in ((p, o.at(p)) for p in each(o, "poisson_two_sample_exact")):
        change, = rates(case["counts"][::-1], case["exposure"][::-1])["changes"]
        o.close(f"{i}/ratio", change["ratio"])
        o.close(f"{i}/p", change["p_two"])
        o.close(f"{i}/ci", [change["low"], change["high"]])


def each(o, path):
    """Paths of the cases of a list, which may be lists of cases by level."""
    for i, case in enumerate(o.at(path)):
        if isinstance(case, list):
            yield from (f"{path}/{i}/{j}" for j in range(len(case)))
        else:
            yield f"{path}/{i}"


def hold_armitage(o):
    for path in each(o, "cochran_armitage"):
        case = o.at(path)
        data = table("a.csv", ("Sat", "Infl", "Freq"), [line for g, (x, n) in enumerate(zip(case["x"], case["n"]))
                                                        for line in (("High", f"g{g}", x), ("Low", f"g{g}", n - x))])
        scores = {f"g{g}": s for g, s in enumerate(case["scores"])}
        row, = results(data, [{"op": "cochran_armitage", "success": {"Sat": "High"}, "scores": {"Infl": scores}}],
                       design={"frequency": "Freq"})[0]["rows"]
        for leaf, ours in (("x", "x"), ("n", "n"), ("scores", "scores"), ("chisq", "chisq"), ("df", "df"), ("z", "z"),
                           ("p_two", "p_two"), ("z_unbiased_Nm1", "z_unbiased"), ("p_one_increasing", "p_up")):
            o.close(f"{path}/{leaf}", row[ours], scale=1e-9 if leaf in ("chisq", "z") else 0)


def hold_welch(o):
    for path in each(o, "welch"):
        case = o.at(path)
        data = table("w.csv", ("y", "g"), [(repr(float(y)), g) for g in "ab" for y in case[g]])
        row, = results(data, [{"op": "ttest", "of": "y", "over": "g"}])[0]["rows"]
        o.held(f"{path}/a")
        o.held(f"{path}/b")
        for leaf, got in (("diff", row["estimate"]), ("t", row["t"]), ("df", row["df"]), ("p_two", row["p_two"]),
                          ("p_greater", row["p_up"]), ("ci", [row["low"], row["high"]])):
            o.close(f"{path}/{leaf}", got)


def hold_alpha(o):
    data = os.path.join(REFERENCE, "small", "mobi.csv")
    for path in each(o, "cronbach/cases"):
        case = o.at(path)
        result, = results(data, [{"op": "alpha", "of": case["cols"], "missing": "listwise"}])
        same(result["k"], len(case["cols"]))
        for leaf, got in (("raw", result["alpha_raw"]), ("raw_psych", result["alpha_raw"]), ("std", result["alpha_standardised"]),
                          ("avg_r", result["average_r"]), ("feldt_ci", [result["low"], result["high"]]),
                          ("drop", None if len(case["cols"]) == 2 else
                           [i["alpha_without"] for i in result["items"]]),
                          ("r_drop", [i["item_rest_r"] for i in result["items"]])):
            if got is not None:
                o.close(f"{path}/{leaf}", got)
        o.close(f"{path}/cols", [i["item"] for i in result["items"]])


def every_small_statistic_is_rs():
    o = Oracle("small", "small_statistics.json")
    hold_counts(o)
    hold_armitage(o)
    hold_welch(o)
    hold_alpha(o)
    proportions = [(f"/proportion/*/{kind}*", (C_INTERVAL, f'"{kind}"'))
                   for kind in ("wald", "clopper_pearson", "binom_test", "logit")]
    o.finish([
        ("*/wilson_cc/*", "no continuity correction is offered: METHODS asks for none"),
        ("/proportion/*/wilson/*", (C_INTERVAL, '"wilson"')), *proportions,
        ("*/agresti_coull/*", "not offered: its interval leaves 0..1; METHODS lists it as a name"),
        ("*/jeffreys/*", "not offered: METHODS lists it as a name"),
        ("/proportion/*/x", "an input"), ("/proportion/*/n", "an input"), ("/proportion/*/level", "an input"),
        ("/poisson/*/count", "an input"), ("/poisson/*/level", "an input"), ("/poisson_rate/*/count", "an input"),
        ("/poisson_rate/*/exposure", "an input"), ("/poisson_rate/*/per", "an input"),
        ("/poisson_two_sample_exact/*/counts/*", "an input"), ("/poisson_two_sample_exact/*/exposure/*", "an input"),
        ("/korn_graubard/*/ci*", (C_INTERVAL, '"ci_capped"')), ("/korn_graubard/*", "inputs, and n* on the way to ci"),
        ("/mann_kendall/*/kendall_pkg_p", "R's Kendall gives p = 1 for n = 3: METHODS 6 takes the exact test"),
        ("/mann_kendall/*", (C_TREND, "mann_kendall_is_rs_but_says_when_it_cannot")),
        ("/welch_from_summary/*", (C_TREND, "welch_from_summary")),
        ("/consecutive_improvement_iut/*", (C_TREND, "rises_in_a_row_need_every_step")),
        ("/cronbach/data", "a path"), ("/cronbach/cases/*/G6", "Guttman's lambda is not offered: METHODS asks for none"),
        ("/cronbach/cases/*/drop/*", "of two items one is left: psych repeats a covariance, ours is undefined"),
        ("/kappa", "R says nothing"), *MADE])


def no_file_of_answers_is_left_out():
    swept = ""
    for name in ("oracles.py", "oracles_small.py"):
        with open(os.path.join(SOURCE, "tests", "oracle", name), encoding="utf-8") as f:
            swept += f.read()
    for folder in ("survey", "ranks", "small"):
        for name in os.listdir(os.path.join(REFERENCE, folder)):
            assert not name.endswith(".json") or f'Oracle("{folder}", "{name}")' in swept, f"{folder}/{name}"


if __name__ == "__main__":
    try:
        run_tests([ranks_of_countries_lie_within_csranks_range_over_seeds, ties_and_covariances_have_csranks_ranges,
                   stored_draws_give_the_sets_exactly, three_hundred_cities_agree_with_two_seeds,
                   countries_of_a_real_survey_have_their_places, every_small_statistic_is_rs,
                   no_file_of_answers_is_left_out])
    finally:
        CITY.close()
