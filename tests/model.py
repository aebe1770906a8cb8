"""manyi model through the shell, against seminr, semPLS, cSEM, plspm and SmartPLS on two published data sets."""
import csv
import gzip
import json
import os

from cli_case import SOURCE, City, contains, manyi, run_tests, same

PLS = os.path.join(SOURCE, "tests", "reference", "pls")


def oracle(name):
    with open(os.path.join(PLS, name), encoding="utf-8") as f:
        return json.load(f)


ECSI, SATISFACTION = oracle("mobi_ecsi.json"), oracle("plspm_satisfaction.json")
LV = ECSI["model"]["lv"]
SCHEMES = ("path", "centroid", "factorial")


def fit(code=0, **said):
    """Fit a model from standard input."""
    answer = manyi("model", "-", "--json", stdin=json.dumps(said).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:2000]} {answer.err}"
    return answer.json


def mobi(data="mobi.csv", **said):
    return fit(model="ecsi", data=os.path.abspath(os.path.join(PLS, data)), **said)


def near(got, want, tolerance=1e-9, what="", scale=0.0):
    if want is None:
        assert got is None, f"{what}: got {got!r}, want null"
        return
    assert got is not None and abs(got - want) <= tolerance * max(abs(want), scale), f"{what}: got {got!r}, want {want!r}"


def matrix(m):
    """{(row, column): value} of a named matrix."""
    return {(r, c): m["data"][i][j] for i, r in enumerate(m["rows"]) for j, c in enumerate(m["cols"])}


def paths_agree(answer, want, tolerance=1e-9, scale=0.0):
    """The reference's rows are what paths lead to, its columns where they come from."""
    got = {(p["to"], p["from"]): p["estimate"] for p in answer["paths"]}
    for ends, value in matrix(want).items():
        if value == 0:
            assert ends not in got, ends
        else:
            near(got[ends], value, tolerance, f"path {ends}", scale)


# ---- the ECSI model ----

def every_number_of_the_ecsi_model_agrees_in_all_schemes():
    for scheme in SCHEMES:
        want, got = ECSI["own_reference"][scheme], mobi(scheme=scheme)
        for i, item in enumerate(want["mv"]):
            near(got["weights"][item], want["outer_weights"][i], what=f"weight {item}")
            near(got["loadings"][item], want["loadings"][i], what=f"loading {item}")
            near(got["index_weights"][item], want["unstd_weights_norm"][i], what=f"index weight {item}")
        paths_agree(got, want["paths_row_to_col_from"])
        total = {(t["to"], t["from"]): t["estimate"] for t in got["total_effects"]}
        for ends, value in matrix(want["total_effects"]).items():
            if value != 0 or ends in total:
                near(total[ends], value, what=f"total {ends}")
        for key, name in (("f2", "f2"), ("vif", "VIF")):
            for (to, cause), value in matrix(want[name]).items():
                if value != 0:
                    near(got[key][to][cause], value, what=f"{key} {to} {cause}")
        for i, a in enumerate(LV):
            for j, b in enumerate(LV):
                near(got["correlations"][a][b], want["lv_cor"][i][j], what=f"correlation {a} {b}")
        for (a, b), value in matrix(want["htmt"]).items():
            if value is not None or a == b:
                near(got["htmt"][a][b], value, what=f"htmt {a} {b}")
                near(got["htmt"][b][a], value, what=f"htmt {b} {a}")
        constructs_agree(got["constructs"], want)


def constructs_agree(got, want):
    reliability, index = matrix(want["reliability"]), matrix(want["index"])
    for name in LV:
        for key, column in (("alpha", "alpha_std"), ("alpha_raw", "alpha_raw"), ("rho_a", "rho_A"),
                            ("rho_c", "rho_C"), ("ave", "AVE")):
            near(got[name][key], reliability[name, column], what=f"{key} {name}")
        near(got[name]["r2"], want["R2"][name], what=f"R2 {name}")
        near(got[name]["r2_adjusted"], want["R2adj"][name], what=f"adjusted R2 {name}")
        row = got[name]["index"]
        near(row["estimate"], index["index", name], what=f"index {name}")
        near(row["se"], index["se_srs", name], what=f"se {name}")
        near(got[name]["index_sd"], index["sd_index", name], what=f"sd {name}")
        same((row["of"], row["n"], row["df"], row["level"]), (name, 250, 249, 0.95))
        near(row["deff"], 1, what="deff")
        assert 0 < row["low"] < row["estimate"] < row["high"] < 100, row


def the_other_programs_agree():
    for scheme, name in (("path", "semPLS_pathWeighting"), ("centroid", "semPLS_centroid"),
                         ("factorial", "semPLS_factorial")):
        paths_agree(mobi(scheme=scheme), ECSI[name]["paths_row_to"])
    got, seminr = mobi(), ECSI["seminr"]
    paths_agree(got, seminr["paths_row_to"])
    paths_agree(got, ECSI["cSEM_path"]["paths"])
    paths_agree(got, ECSI["plspm_path"]["paths"], 1e-8)
    for (name, column), value in matrix(seminr["reliability"]).items():
        near(got["constructs"][name][{"rhoC": "rho_c", "rhoA": "rho_a", "AVE": "ave"}.get(column, column)], value)
    # seminr takes absolute correlations: the same where an item of Loyalty, which has negative ones, is not in it.
    for (a, b), value in matrix(seminr["htmt"]).items():
        if value is not None and "Loyalty" not in (a, b):
            near(got["htmt"][a][b], value)


def smartpls_agrees_in_every_printed_digit():
    published = oracle("mobi_smartpls_published.json")
    for scheme in SCHEMES:
        got = {(p["to"], p["from"]): p["estimate"] for p in mobi(scheme=scheme)["paths"]}
        for ends, value in matrix(published[scheme]["paths_row_to"]).items():
            if value != 0:
                # Eight digits, the last of which that program cuts or lets its looser stop decide.
                assert abs(got[ends] - value) < 1e-8, (scheme, ends, got[ends], value)


def every_persons_scores_agree():
    answer = mobi(scores=True)["scores"]
    for kind, name, in (("index", "index0_100"), ("standardized", "standardized")):
        with open(os.path.join(PLS, f"mobi_scores_path_{name}.csv"), encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        same(len(rows), 250)
        for construct in LV:
            for i, row in enumerate(rows):
                near(answer[kind][construct][i], float(row[construct]), 1e-9, f"{kind} {construct} {i}", 1.0)


def missing_answers_agree_by_mean_and_listwise():
    want = oracle("mobi_missing.json")
    for key, missing in (("mean_replacement", "mean"), ("listwise", "listwise")):
        got = mobi("mobi_missing10pct.csv", missing=missing)
        for i, item in enumerate(ECSI["own_reference"]["path"]["mv"]):
            near(got["weights"][item], want[key]["weights"][i], 1e-8, f"{missing} {item}")
        paths_agree(got, want[key]["paths"], 1e-7)
        index = matrix(want[key]["index"])
        for name in LV:
            near(got["constructs"][name]["r2"], want[key]["R2"][name], 1e-8, f"R2 {name}")
            row = got["constructs"][name]["index"]
            near(row["estimate"], index["index", name], what=f"index {name}")
            near(row["se"], index["se_srs", name], 1e-8, what=f"se {name}")
            near(got["constructs"][name]["index_sd"], index["sd_index", name], 1e-8, f"sd {name}")
        same(got["n"], 250 if missing == "mean" else want["n_complete"])
        contains(got["warnings"][0], f"{100 * want['n_missing_cells'] / 6000:.1f} %")
    paths_agree(mobi("mobi_missing10pct.csv"), want["seminr_mean_replacement_paths"], 1e-7)


# ---- the bootstrap from stored resamples ----

def stored_resamples_give_the_published_bootstrap(city):
    with gzip.open(os.path.join(PLS, "mobi_boot_indices_1000x250.csv.gz"), "rt") as f:
        city.write("rows.csv", f.read())
    city.write("model.json", json.dumps({"model": "ecsi", "data": os.path.abspath(os.path.join(PLS, "mobi.csv")),
                                         "bootstrap": {"indices": "rows.csv"}}))
    got, want = city.ok("model", city.path("model.json")), oracle("mobi_bootstrap.json")
    same((got["resampling"]["replicates"], got["resampling"]["failed"], got["warnings"]), (1000, 0, []))
    found = {f"{p['from']}->{p['to']}": p for p in got["resampling"]["paths"]}
    found.update({f"w:{item}": w for item, w in got["resampling"]["weights"].items()})
    found.update({f"index:{name}": w for name, w in got["resampling"]["index"].items()})
    same(set(want["names"]), set(found))
    for i, name in enumerate(want["names"]):
        for key, list_ in (("mean", "boot_mean"), ("se", "boot_se"), ("low", "lo"), ("high", "hi")):
            near(found[name][key], want[list_][i], 1e-9, f"{name} {key}", 1e-3)
    for path in got["paths"]:
        i = want["names"].index(f"{path['from']}->{path['to']}")
        near(path["estimate"], want["orig"][i])
        near(path["se"], want["boot_se"][i])
        near(path["low"], want["lo"][i], scale=1e-2)
        near(path["high"], want["hi"][i])
    for name in LV:
        row = got["constructs"][name]["index"]
        i = want["names"].index(f"index:{name}")
        for key, list_ in (("estimate", "orig"), ("se", "boot_se"), ("low", "lo"), ("high", "hi")):
            near(row[key], want[list_][i], 1e-9, f"{name} {key}")
        contains(row["method"], "bootstrap")


# ---- another data set ----

def hand_index(items, own, names):
    """Fornell's index from the reference's weights: answers weighted by weight / sd, on 0..100."""
    with open(os.path.join(PLS, "satisfaction.csv"), encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    top = bottom = 0
    for item in items:
        x = [float(r[item]) for r in rows]
        mean = sum(x) / len(x)
        omega = own["weights"][names.index(item)] / (sum((v - mean) ** 2 for v in x) / (len(x) - 1)) ** 0.5
        top += omega * (mean - 1)
        bottom += omega * 9
    return 100 * top / bottom


def another_data_set_agrees_with_plspm():
    shape = SATISFACTION["model"]["P"]
    paths = [[c, r] for (r, c), on in matrix(shape).items() if on]
    for scheme in SCHEMES:
        got = fit(data=os.path.abspath(os.path.join(PLS, "satisfaction.csv")), blocks=SATISFACTION["model"]["blocks"],
                  paths=paths, scheme=scheme, scale=[1, 10])
        result = SATISFACTION["results"][scheme]
        own, plspm = result["own_scaled_TRUE"], result["scaled_TRUE"]
        names = plspm["outer"]["name"]
        for i, item in enumerate(names):
            near(got["weights"][item], own["weights"][i], what=f"weight {item}")
            near(got["loadings"][item], own["loadings"][i], what=f"loading {item}")
            near(got["loadings"][item], plspm["outer"]["loading"][i], 1e-8, f"plspm loading {item}")
        paths_agree(got, own["paths"], 1e-8)
        paths_agree(got, plspm["paths"], 1e-7)
        for i, name in enumerate(plspm["lv"]):
            construct = got["constructs"][name]
            near(construct["r2"], own["R2"][name], what=f"R2 {name}")
            near(construct["ave"], plspm["inner_summary"]["AVE"][i], 1e-8, f"AVE {name}")
            near(construct["alpha"], plspm["unidim"]["C.alpha"][i], what=f"alpha {name}")
            near(construct["index"]["estimate"], hand_index(SATISFACTION["model"]["blocks"][name], own, names),
                 what=f"index {name}")
        effects = plspm["effects"]
        total = {f"{t['from']} -> {t['to']}": t["estimate"] for t in got["total_effects"]}
        for i, name in enumerate(effects["relationships"]):
            if effects["total"][i] != 0:
                near(total[name], effects["total"][i], 1e-7, name)


def importance_is_what_a_point_more_brings():
    """Total effects in index points: the slope of one 0..100 score on another is path times sd over sd."""
    got = mobi()
    sd = {name: c["index_sd"] for name, c in got["constructs"].items()}
    total = {(t["from"], t["to"]): t["estimate"] for t in got["total_effects"]}
    same({(r["construct"], r["target"]) for r in got["importance_performance"]}, set(total))
    for row in got["importance_performance"]:
        pair = row["construct"], row["target"]
        near(row["importance_standardized"], total[pair])
        near(row["importance"], total[pair] * sd[pair[1]] / sd[pair[0]])
        near(row["performance"], got["constructs"][pair[0]]["index"]["estimate"])
    # Where one construct alone explains another, it is the slope of the scores.
    scores = mobi(scores=True)["scores"]["index"]
    x, y = scores["Satisfaction"], scores["Complaints"]
    mx, my = sum(x) / 250, sum(y) / 250
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)
    row, = [r for r in got["importance_performance"] if (r["construct"], r["target"]) == ("Satisfaction", "Complaints")]
    near(row["importance"], slope)


run_tests([
    every_number_of_the_ecsi_model_agrees_in_all_schemes, the_other_programs_agree,
    smartpls_agrees_in_every_printed_digit, every_persons_scores_agree, missing_answers_agree_by_mean_and_listwise,
    stored_resamples_give_the_published_bootstrap, another_data_set_agrees_with_plspm,
    importance_is_what_a_point_more_brings,
])
