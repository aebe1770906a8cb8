#!/usr/bin/env python3
"""manyi analyse through the shell, against R's survey: every design, calibration and replicate of the oracle."""
import csv
import math
import os

from analyse_case import CLOSED, ITERATED, SMALL, SURVEY, ask, close, oracle
from cli_case import contains, run_tests, same

DESIGNS = {
    "srs": ("apisrs.csv", {"fpc": "fpc", "weight": "pw"}),
    "strat": ("apistrat.csv", {"strata": "stype", "fpc": "fpc", "weight": "pw"}),
    "clus1": ("apiclus1.csv", {"cluster": "dnum", "fpc": ["fpc"], "weight": "pw"}),
    "clus2": ("apiclus2.csv", {"cluster": ["dnum", "snum"], "fpc": ["fpc1", "fpc2"]}),
    "clus2_wr": ("apiclus2.csv", {"cluster": ["dnum"], "weight": "pw"}),
    "strat_nofpc": ("apistrat.csv", {"strata": ["stype", None], "weight": "pw"}),
    "clus1_nofpc": ("apiclus1.csv", {"cluster": ["dnum"], "weight": "pw", "fpc": None}),
}
BASIC, CALIBRATION, REPLICATES = (oracle(f"api_{n}.json")["results"] for n in
                                  ("basic", "calibration", "replicates"))


def flat(x):
    return x if isinstance(x, list) else [x]


def square(x):
    while isinstance(x[0], list) and len(x) == 1 and isinstance(x[0][0], list):
        x = x[0]
    return x


def check(result, want, tolerance=CLOSED, deff=False, ci=True, zero=0.0):
    """A result against an oracle's est, se, vcov, ci, df; zero: what counts as no error at all."""
    assert "error" not in result, result["error"]
    rows = result["rows"]
    same(len(rows), len(flat(want["est"])))
    for i, row in enumerate(rows):
        name = f"{result['request']} row {i}"
        close(row["estimate"], flat(want["est"])[i], tolerance, name)
        close(row["se"], flat(want["se"])[i], tolerance, name + " se", scale=zero)
        if ci and "ci" in want:
            close(row["low"], want["ci"][i][0], tolerance, name + " low")
            close(row["high"], want["ci"][i][1], tolerance, name + " high")
        if ci and "df" in want:
            close(row["df"], want["df"], tolerance, name + " df")
        if deff and "deff" in want:
            close(row["deff"], flat(square(flat(want["deff"])))[i] if not isinstance(flat(want["deff"])[0], list)
                  else want["deff"][i][i], tolerance, name + " deff")
    for i, line in enumerate(square(want["vcov"]) if "vcov" in want else []):
        for j, v in enumerate(line):
            if v in (None, "NaN"):
                continue
            scale = math.sqrt(abs(want["vcov"][i][i] * want["vcov"][j][j]))
            close(result["vcov"][i][j], v, tolerance, f"{result['request']} vcov {i},{j}", scale=max(scale, zero))


def each_design():
    for name, (data, design) in DESIGNS.items():
        yield name, data, design, BASIC[name]


def the_design_says_n_df_and_weights():
    for _, data, design, want in each_design():
        row, = ask(data, [{"op": "design"}], design=design)[0]["rows"]
        same(row["n"], want["n"])
        same(row["df"], want["df"])
        for got, key in (("sum_w", "sum_w"), ("sum_w2", "sum_w2"), ("kish_n", "kish_neff")):
            close(row[got], want[key], what=got)
        close(row["kish_deff"], want["n"] / want["kish_neff"], what="kish_deff")


def means_totals_and_their_covariances_are_rs():
    for _, data, design, want in each_design():
        got = ask(data, [
            {"op": "mean", "of": "api00", "deff": True},
            {"op": "mean", "of": ["api00"], "deff": "replace"},
            {"op": "mean", "of": ["api00", "api99", "enroll"], "missing": "listwise"},
            {"op": "mean", "of": "stype"},
            {"op": "total", "of": "enroll", "deff": True},
            {"op": "total", "of": "stype"}], design=design)
        check(got[0], want["mean_api00"], deff=True)
        close(got[1]["rows"][0]["deff"], want["mean_api00_deff_replace"], what="deff")
        check(got[2], want["mean_multi"])
        check(got[3], want["mean_factor"], zero=1)
        same([r["of"] for r in got[3]["rows"]], want["mean_factor"]["names"])
        check(got[4], want["total_enroll"], deff=True)
        check(got[5], want["total_stype"], zero=1e-3)


def ratios_are_rs():
    for _, data, design, want in each_design():
        got = ask(data, [{"op": "ratio", "num": "api00", "den": "api99"},
                         {"op": "ratio", "num": ["api00", "api.stu", "api00", "api.stu"],
                          "den": ["api99", "api99", "enroll", "enroll"], "missing": "listwise"}], design=design)
        check(got[0], want["ratio"])
        check(got[1], want["ratio_multi"], ci=False)
        same(got[0]["rows"][0]["of"], "api00/api99")


def domains_are_rs():
    for _, data, design, want in each_design():
        got = ask(data, [
            {"op": "mean", "of": "api00", "by": "stype", "df": "design"},
            {"op": "total", "of": "api00", "by": ["stype"], "df": "design"},
            {"op": "mean", "of": "api00", "by": ["stype", "sch.wide"], "df": "design"},
            {"op": "mean", "of": "api00", "where": {"stype": ["E"]}},
            {"op": "mean", "of": "api00", "where": {"stype": "E"}, "df": "design"},
            {"op": "mean", "of": "acs.46"}], design=design)
        check(got[0], want["by_stype"])
        same([r["by"] for r in got[0]["rows"]], [{"stype": s} for s in "EHM"])
        check(got[1], want["by_stype_total"])
        check(got[2], want["by_stype_schwide"])
        same(got[2]["rows"][1]["by"], {"stype": "H", "sch.wide": "No"})
        check(got[3], want["subset_E"], ci=False)
        same(got[3]["rows"][0]["df"], want["subset_E_df"])
        check(got[4], want["subset_E"])
        same(got[4]["rows"][0]["df"], want["df"])
        check(got[5], want["covmat_missing"])
        same(got[5]["rows"][0]["n"], want["covmat_missing"]["n_nonmiss"])


def shares_have_rs_intervals():
    ours = {"beta": "beta", "asin": "asin", "wald": "mean"}
    for name, data, design, want in each_design():
        for interval, theirs in ours.items():
            row, = ask(data, [{"op": "share", "of": "sch.wide", "is": ["Yes"], "interval": interval}],
                       design=design)[0]["rows"]
            close(row["estimate"], want["ciprop"][theirs]["est"], what=name)
            close(row["low"], want["ciprop"][theirs]["ci"][0], what=f"{name} {interval}")
            close(row["high"], want["ciprop"][theirs]["ci"][1], what=f"{name} {interval}")
        # R's own logit is a glm's, good to 1e-6 or so.
        row, = ask(data, [{"op": "share", "of": "sch.wide", "is": "Yes"}], design=design)[0]["rows"]
        close(row["low"], want["ciprop"]["logit"]["ci"][0], 1e-6, name)
        contains(row["method"], "logit")


def quantiles_are_rs():
    for _, data, design, want in each_design():
        for rule in ("math", "school", "hf7"):
            if rule not in want["quantile"]:
                continue
            w = want["quantile"][rule]
            rows = ask(data, [{"op": "quantile", "of": "api00", "p": w["p"], "rule": rule}],
                       design=design)[0]["rows"]
            for i, row in enumerate(rows):
                same(row["quantile"], w["p"][i])
                close(row["estimate"], w["est"][i], what=rule)
                close(row["se"], w["se"][i], what=f"{rule} se")


def ttests_are_rs():
    for name, data, design, want in each_design():
        row, = ask(data, [{"op": "ttest", "of": "api00", "over": "sch.wide"}], design=design)[0]["rows"]
        w = want["ttest_schwide"]
        close(row["estimate"], w["est"], what=name)
        close(row["t"], w["t"], what="t")
        same(row["df"], w["df"])
        close(row["p_two"], flat(list(w["p"].values()) if isinstance(w["p"], dict) else w["p"])[0], what="p")
        close(row["low"], w["ci"][0], what="low")
        same([row["from"], row["to"]], ["No", "Yes"])


def differences_use_the_full_covariance():
    want = BASIC["clus1"]["contrast"]
    result, = ask("apiclus1.csv", [{"op": "difference", "of": "api00", "over": "stype"}],
                  design=DESIGNS["clus1"][1])
    first, second = result["rows"]
    same([first["from"], first["to"], second["from"], second["to"]], ["E", "H", "H", "M"])
    close(first["estimate"], -want["est"][0], what="H - E")
    close(first["se"], want["se"][0], what="se")
    v = want["vcov"]
    # M - H = (E - H) - (E - M); its variance and its covariance with H - E by hand.
    close(result["vcov"][1][1], v[0][0] + v[1][1] - 2 * v[0][1], what="var(M - H)")
    close(result["vcov"][0][1], -(v[0][0] - v[0][1]), what="cov", scale=v[0][0])
    same(result["p_iut"], max(first["p_up"], second["p_up"]))
    close(first["p_two"], 2 * min(first["p_up"], first["p_down"]), what="two-sided")
    same("p" in first, False)   # one word, one meaning
    assert 0 < second["p_up"] < 0.5 < first["p_up"] < 1
    same(len(result["levels"]), 3)


def lonely_psus_follow_their_policy():
    for key, want in oracle("lonely_psu.json")["results"].items():
        policy, fpc, domain = key.split("_")
        design = {"cluster": ["id"], "strata": ["st"], "weight": "w", "lonely": policy,
                  "domain_lonely": domain == "adjdomain", "fpc": ["N"] if fpc == "fpc" else None}
        requests = [{"op": "mean", "of": "y"}, {"op": "total", "of": "y"},
                    {"op": "mean", "of": "y", "where": {"dom": 1}}, {"op": "mean", "of": "y", "by": "dom"}]
        if "error" in want:
            row, = ask("lonely.csv", requests[:1], design=design)[0]["rows"]
            same([row["no_interval"]["code"], row["se"], row["low"], row["high"], row["deff"]],
                 ["lonely_psu", None, None, None, None])
            contains(row["no_interval"]["message"], "stratum c")
            close(row["estimate"], oracle("lonely_psu.json")["results"]["certainty_nofpc_"]["mean"], what="value")
            continue
        mean, total, dom, by = ask("lonely.csv", requests, design=design)
        same(mean["rows"][0]["df"], want["df"])
        close(mean["rows"][0]["estimate"], want["mean"], what=key)
        close(mean["rows"][0]["se"], square(want["se"])[0][0], what=key)
        close(total["rows"][0]["se"], square(want["se_total"])[0][0], what=key)
        close(dom["rows"][0]["se"], flat(want["dom_se"])[0], what=key + " domain")
        for i, se in enumerate(want["by"]["se"]):
            close(by["rows"][i]["se"], se, what=key + " by")


STYPE = {"E": 4421, "H": 755, "M": 1018}
WIDE = {"No": 1072, "Yes": 5122}
API99 = {"(Intercept)": 6194, "stypeH": 755, "stypeM": 1018, "api99": 3914069}
FIVE = [{"op": "weights"}, {"op": "mean", "of": "api00"}, {"op": "total", "of": "enroll"},
        {"op": "total", "of": "stype"}, {"op": "ratio", "num": "api.stu", "den": "enroll"},
        {"op": "mean", "of": "api00", "by": "stype", "df": "design"}, {"op": "design"}]


def check_calibrated(design, calibrate, key, tolerance=ITERATED):
    data, how = DESIGNS[design]
    want = CALIBRATION[key]
    got = ask(data, FIVE, design=how, calibrate=calibrate)
    for g, w in zip(got[0]["weights"], want["weights"]):
        close(g, w, tolerance, f"{key} weight")
    for result, name in zip(got[1:], ("mean_api00", "total_enroll", "total_stype", "ratio", "by")):
        check(result, want[name], tolerance, zero=1e-3 if name == "total_stype" else 0, ci=name != "total_stype")
    close(got[6]["rows"][0]["sum_w"], want["sum_w"], tolerance, "sum")


def poststratification_is_rs():
    check_calibrated("clus1", {"method": "poststratify", "margins": {"stype": STYPE}}, "poststratify_clus1", CLOSED)


def calibration_to_totals_is_rs():
    linear = {"method": "linear", "totals": {k: API99[k] for k in ("(Intercept)", "stypeH", "stypeM")}}
    check_calibrated("clus1", linear, "calibrate_linear_clus1", CLOSED)
    check_calibrated("clus1", {"method": "linear", "totals": API99}, "calibrate_linear_api99", CLOSED)
    check_calibrated("clus1", {"method": "raking", "totals": API99}, "calibrate_raking_api99")
    check_calibrated("clus1", {"method": "logit", "totals": API99, "bounds": [0.5, 2.5]}, "calibrate_logit_api99")
    check_calibrated("strat", {"method": "linear", "bounds": [0.9, 1.1],
                               "totals": {"(Intercept)": 6194, "api99": 3914069, "sch.wideYes": 5122}},
                     "calibrate_linear_bounds_strat")


def raking_weights_are_rs_and_its_error_is_that_of_residuals():
    rake = {"method": "rake", "margins": {"stype": STYPE, "sch.wide": WIDE}, "tolerance": 1e-12}
    got = ask("apiclus1.csv", FIVE, design=DESIGNS["clus1"][1], calibrate=rake)
    want = CALIBRATION["rake_clus1_tight"]
    for g, w in zip(got[0]["weights"], want["weights"]):
        close(g, w, ITERATED, "weight")
    close(got[1]["rows"][0]["estimate"], want["mean_api00"]["est"], ITERATED, "mean")
    # Weights met by calibrate(calfun = "raking") have design-weighted residuals, as ours.
    want = CALIBRATION["rake_strat_deville_sarndal"]
    got = ask("apistrat.csv", FIVE[:2], design=DESIGNS["strat"][1], calibrate={
        "method": "rake", "margins": {"awards": {"No": 2027, "Yes": 4167}, "sch.wide": WIDE}})
    close(got[1]["rows"][0]["se"], want["mean_api00"]["se"], ITERATED, "se")


def trimming_is_rs():
    linear = {"method": "linear", "totals": API99}
    check_calibrated("clus1", {**linear, "trim": {"lower": 25, "upper": 60}}, "trimWeights_25_60_strict_FALSE")
    check_calibrated("clus1", {**linear, "trim": {"lower": 25, "upper": 60, "strict": True}},
                     "trimWeights_25_60_strict_TRUE")
    check_calibrated("strat", {"trim": {"upper": 40}}, "trimWeights_strat_upper40", CLOSED)


def a_cap_keeps_the_margins():
    weights, design = ask("apiclus1.csv", [{"op": "weights"}, {"op": "total", "of": "stype"}],
                          design=DESIGNS["clus1"][1],
                          calibrate={"method": "rake", "margins": {"stype": STYPE, "sch.wide": WIDE},
                                     "trim": {"upper": 62}})
    assert max(weights["weights"]) <= 62 * (1 + 1e-6)
    assert weights["calibration"]["trimmed"] > 0
    for row, want in zip(design["rows"], STYPE.values()):
        close(row["estimate"], want, 1e-6, "margin")


def a_calibration_that_cannot_be_met_says_why():
    def refused(calibrate, code, part):
        got = ask("apiclus1.csv", [{"op": "mean", "of": "api00"}], design=DESIGNS["clus1"][1],
                  calibrate=calibrate, code=1)
        same(got[0]["error"]["code"], code)
        contains(got[0]["error"]["message"], part)

    refused({"method": "rake", "margins": {"stype": {**STYPE, "X": 10}}}, "margin_empty", "X")
    refused({"method": "rake", "margins": {"stype": {"E": 4421, "H": 755}}}, "margin_unlisted", "M")
    refused({"method": "rake", "margins": {"stype": STYPE, "sch.wide": {"No": 1072, "Yes": 9000}}},
            "margin_totals", "sch.wide")
    refused({"method": "linear", "totals": API99, "bounds": [0.99, 1.01]}, "not_converged", "")
    refused({"method": "rake", "margins": {"nothing": STYPE}}, "column", "nothing")
    refused({"method": "rakeing", "margins": {"stype": STYPE}}, "input", "rakeing")
    refused({"margins": {"stype": STYPE}}, "input", "method")


def with_replicates(city, data, weights):
    """A copy of data with stored weights beside: w of the full sample, V2 ... of the replicates."""
    with open(os.path.join(SURVEY, data), newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f))
    with open(os.path.join(SURVEY, weights), newline="", encoding="utf-8") as f:
        more = [[f"r{name}" for name in next(csv.reader(f))], *csv.reader(f)]
    path = city.path("replicates.csv")
    with open(path, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows(a + b for a, b in zip(rows, more))
    return path, more[0][1:]


def stored_replicates_are_rs(city):
    cases = [("brr_scd", "scd.csv", "repweights_brr_scd.csv", "BRR", {}),
             ("fay03_scd", "scd.csv", "repweights_fay03_scd.csv", "Fay", {"rho": 0.3}),
             ("subbootstrap_clus1_R100", "apiclus1.csv", "repweights_subboot_clus1_R100.csv", "bootstrap", {}),
             ("subbootstrap_strat_R60", "apistrat.csv", "repweights_subboot_strat_R60.csv", "bootstrap", {}),
             ("bootstrap_cantydavison_strat_R60", "apistrat.csv", "repweights_cantyboot_strat_R60.csv", "other", {}),
             ("mrbbootstrap_strat_R60", "apistrat.csv", "repweights_mrb_strat_R60.csv", "other", {}),
             ("jk1_clus1_nofpc_raked", "apiclus1.csv", "repweights_jk1_clus1_raked.csv", "JK1", {})]
    for key, data, weights, kind, more in cases:
        want = REPLICATES[key]
        path, names = with_replicates(city, data, weights)
        a, b = ("alive", "arrests") if data == "scd.csv" else ("api00", "api99")
        got = ask(path, [{"op": "mean", "of": a}, {"op": "total", "of": a}, {"op": "ratio", "num": a, "den": b}],
                  design={"weight": "rw", "replicates": {
                      "type": kind, "columns": names, "mse": want["mse"], "combined": True,
                      "scale": want["scale"], "rscales": want["rscales"], **more}})
        for result, name in zip(got, ("mean", "total", "ratio")):
            check(result, want[name])


def jackknife(city, rake):
    """Delete one district at a time; the plan rakes every replicate if told."""
    with open(os.path.join(SURVEY, "apiclus1.csv"), newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    districts = sorted({r["dnum"] for r in rows}, key=int)
    n = len(districts)
    names = [f"jk{d}" for d in districts]
    for r in rows:
        for d, name in zip(districts, names):
            r[name] = repr(0.0 if r["dnum"] == d else n / (n - 1))
    path = city.path("jk1.csv")
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.DictWriter(f, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    more = {"calibrate": {"method": "rake", "margins": {"stype": STYPE, "sch.wide": WIDE}}} if rake else {}
    return ask(path, [{"op": "mean", "of": "api00"}, {"op": "total", "of": "api00"},
                      {"op": "ratio", "num": "api00", "den": "api99"}],
               design={"weight": "pw", "replicates": {"type": "JK1", "columns": names, "combined": False}}, **more)


def the_jackknife_is_rs_and_rakes_every_replicate(city):
    for rake, key, tolerance in ((False, "jk1_clus1_nofpc", CLOSED), (True, "jk1_clus1_nofpc_raked", ITERATED)):
        for result, name in zip(jackknife(city, rake), ("mean", "total", "ratio")):
            check(result, REPLICATES[key][name], tolerance)


def alpha_is_psychs():
    for want in oracle("small_statistics.json", SMALL)["cronbach"]["cases"]:
        result, = ask("mobi.csv", [{"op": "alpha", "of": want["cols"], "missing": "listwise"}], folder=SMALL)
        close(result["alpha_raw"], want["raw"], what="alpha")
        close(result["alpha_standardised"], want["std"], what="standardized")
        same(result["k"], len(want["cols"]))
        same(result["n"], 250)
        same(result["rows"][0]["alpha_raw"], result["alpha_raw"])


def cochran_armitage_is_rs_from_rows_or_frequencies(city):
    for want in oracle("small_statistics.json", SMALL)["cochran_armitage"]:
        lines = ["Sat,Infl,Freq"]
        for g, (x, n) in enumerate(zip(want["x"], want["n"])):
            lines += [f"High,g{g},{x}", f"Low,g{g},{n - x}"]
        city.write("a.csv", "\n".join(lines) + "\n")
        row, = ask(city.path("a.csv"), [{"op": "cochran_armitage", "success": {"Sat": "High"},
                                         "scores": {"Infl": [f"g{g}" for g in range(len(want["x"]))]}}],
                   design={"frequency": "Freq"})[0]["rows"]
        close(row["chisq"], want["chisq"], CLOSED, "chisq", scale=1e-12)
        close(row["z"], want["z"], what="z")
        close(row["z_unbiased"], want["z_unbiased_Nm1"], what="z unbiased")
        close(row["p_two"], want["p_two"], what="p")
        close(row["p_up"], want["p_one_increasing"], what="p up")


def without_a_design_the_t_test_is_welchs(city):
    for want in oracle("small_statistics.json", SMALL)["welch"]:
        lines = ["y,g"] + [f"{y!r},a" for y in want["a"]] + [f"{y!r},b" for y in want["b"]]
        city.write("w.csv", "\n".join(lines) + "\n")
        row, = ask(city.path("w.csv"), [{"op": "ttest", "of": "y", "over": "g"}])[0]["rows"]
        close(row["estimate"], want["diff"], what="diff")
        close(row["t"], want["t"], what="t")
        close(row["df"], want["df"], what="df")
        close(row["p_two"], want["p_two"], what="p")
        close(row["p_up"], want["p_greater"], what="p greater")
        close(row["low"], want["ci"][0], what="low")
        same(row["method"], "welch")


def trends_are_the_slope_of_a_line(city):
    # y = 3 + 2 t exactly but for +1 and -1 at each end: slope by hand (1*(-1) ... ) / sum of squares.
    city.write("t.csv", "y,t\n5,1\n7,2\n10,3\n10,4\n13,5\n")
    row, = ask(city.path("t.csv"), [{"op": "trend", "of": "y", "over": "t"}])[0]["rows"]
    close(row["estimate"], 1.9, what="slope")
    residual = [5 - 5.2, 7 - 7.1, 10 - 9.0, 10 - 10.9, 13 - 12.8]
    u = [(t - 3) / 10 * e for t, e in zip(range(1, 6), residual)]
    close(row["se"], math.sqrt(5 / 4 * sum(x * x for x in u)), what="se")
    same(row["df"], 3)


def an_index_is_the_weighted_mean_of_points(city):
    city.write("i.csv", "a,b\n1,10\n10,10\n4,NA\n7,1\n98,5\n")
    result, = ask(city.path("i.csv"), [{"op": "index", "of": {"a": 1, "b": 3}, "scale": [1, 10]}],
                  codes={"a": [98]})
    points_a = [0, 100, 100 / 3, 200 / 3]
    points_b = [100, 100, 0, 400 / 9]
    want = (sum(points_a) / 4 + 3 * sum(points_b) / 4) / 4
    close(result["rows"][0]["estimate"], want, what="index")
    contains(result["rows"][0]["method"], "logit")
    assert 0 < result["rows"][0]["low"] < want < result["rows"][0]["high"] < 100
    refused = ask(city.path("i.csv"), [{"op": "index", "of": {"a": 1}, "scale": [1, 10]}], code=1)[0]["error"]
    contains(refused["message"], "98")


def order_and_scale_of_the_rows_change_nothing(city):
    with open(os.path.join(SURVEY, "apiclus1.csv"), newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f))
    at = rows[0].index("pw")
    body = [r[:at] + [repr(float(r[at]) * 1e6)] + r[at + 1:] for r in reversed(rows[1:])]
    with open(city.path("r.csv"), "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([rows[0]] + body)
    for a, b in zip(ask("apiclus1.csv", FIVE[1:2] + FIVE[4:6], design=DESIGNS["clus1"][1]),
                    ask(city.path("r.csv"), FIVE[1:2] + FIVE[4:6], design=DESIGNS["clus1"][1])):
        for x, y in zip(a["rows"], b["rows"]):
            close(y["estimate"], x["estimate"], 1e-12, "estimate")
            close(y["se"], x["se"], 1e-12, "se")


if __name__ == "__main__":
    run_tests([
        the_design_says_n_df_and_weights, means_totals_and_their_covariances_are_rs, ratios_are_rs,
        domains_are_rs, shares_have_rs_intervals, quantiles_are_rs, ttests_are_rs,
        differences_use_the_full_covariance, lonely_psus_follow_their_policy,
        poststratification_is_rs, calibration_to_totals_is_rs,
        raking_weights_are_rs_and_its_error_is_that_of_residuals, trimming_is_rs,
        a_cap_keeps_the_margins, a_calibration_that_cannot_be_met_says_why,
        stored_replicates_are_rs, the_jackknife_is_rs_and_rakes_every_replicate, alpha_is_psychs,
        cochran_armitage_is_rs_from_rows_or_frequencies, without_a_design_the_t_test_is_welchs,
        trends_are_the_slope_of_a_line, an_index_is_the_weighted_mean_of_points,
        order_and_scale_of_the_rows_change_nothing,
    ])
