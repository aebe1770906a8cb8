"""Every leaf of the path models' reference answers: compared, or left out for a reason said here."""
import csv
import gzip
import json
import os

from cli_case import manyi, run_tests, same
from oracle import ITERATED, REFERENCE, Oracle

PLS = os.path.abspath(os.path.join(REFERENCE, "pls"))


def fit(**said):
    answer = manyi("model", "-", "--json", stdin=json.dumps(said).encode())
    assert answer.code == 0, answer.text[:1000]
    return answer.json


def mobi(data="mobi.csv", **said):
    return fit(model="ecsi", data=os.path.join(PLS, data), **said)


def ends(list_):
    return {(p["from"], p["to"]): p["estimate"] for p in list_}


def square(o, path, got, tolerance=ITERATED, otherwise=0.0):
    """A named matrix whose rows are what is led to: {(from, to): x}; elsewhere 0."""
    want = o.at(path)
    o.held(f"{path}/rows")
    o.held(f"{path}/cols")
    o.close(f"{path}/data", [[got.get((c, r), otherwise) for c in want["cols"]] for r in want["rows"]], tolerance, 1e-6)


def table(o, path, got, tolerance=ITERATED):
    """A named matrix of numbers by row and column name; None: not ours."""
    want = o.at(path)
    o.held(f"{path}/rows")
    o.held(f"{path}/cols")
    for i, row in enumerate(want["rows"]):
        for j, column in enumerate(want["cols"]):
            x = got(row, column)
            if x is not None or want["data"][i][j] is None:
                o.close(f"{path}/data/{i}/{j}", x, tolerance, 1e-6)


def by_item(o, path, got, items, tolerance=ITERATED):
    o.close(path, [got[i] for i in items], tolerance, 1e-6)


def own_fit(o, path, got):
    """One scheme of the reference's own fit."""
    items = o.at(f"{path}/mv")
    o.close(f"{path}/mv", list(got["weights"]))
    blocks = {i: b for b, many in ECSI.items() for i in many}
    o.close(f"{path}/block", [blocks[i] for i in items])
    by_item(o, f"{path}/outer_weights", got["weights"], items)
    by_item(o, f"{path}/loadings", got["loadings"], items)
    by_item(o, f"{path}/unstd_weights_norm", got["index_weights"], items)
    o.close(f"{path}/crossloadings", [list(got["cross_loadings"][i].values()) for i in items], ITERATED)
    o.close(f"{path}/communality", [got["loadings"][i] ** 2 for i in items], ITERATED)
    square(o, f"{path}/paths_row_to_col_from", ends(got["paths"]))
    square(o, f"{path}/total_effects", ends(got["total_effects"]))
    for name, key in (("f2", "f2"), ("VIF", "vif")):
        square(o, f"{path}/{name}", {(c, to): x for to, row in got[key].items() for c, x in row.items()})
    o.close(f"{path}/lv_cor", [list(row.values()) for row in got["correlations"].values()], ITERATED)
    constructs = got["constructs"]
    for name, c in constructs.items():
        o.close(f"{path}/R2/{name}", c["r2"], ITERATED)
        o.close(f"{path}/R2adj/{name}", c["r2_adjusted"], ITERATED)
    table(o, f"{path}/index", lambda row, c: {
        "mean_raw": 1 + 9 * constructs[c]["index"]["estimate"] / 100, "index": constructs[c]["index"]["estimate"],
        "sd_index": constructs[c]["index_sd"], "se_srs": constructs[c]["index"]["se"]}[row])
    table(o, f"{path}/reliability", lambda c, column: {
        "alpha_raw": constructs[c]["alpha_raw"], "alpha_std": constructs[c]["alpha_standardised"], "rho_A": constructs[c]["rho_a"],
        "rho_C": constructs[c]["rho_c"], "AVE": constructs[c]["ave"]}.get(column))
    order = list(constructs)
    table(o, f"{path}/htmt", lambda a, b: got["htmt"][a][b] if order.index(a) < order.index(b) else None)


ECSI = {b: [i] if isinstance(i, str) else i for b, i in json.load(
    open(os.path.join(PLS, "mobi_ecsi.json"), encoding="utf-8"))["model"]["mv"].items()}


def the_ecsi_model():
    o = Oracle("pls", "mobi_ecsi.json")
    got = {s: mobi(scheme=s) for s in ("path", "centroid", "factorial")}
    for scheme, answer in got.items():
        own_fit(o, f"own_reference/{scheme}", answer)
    path, items = got["path"], o.at("own_reference/path/mv")
    constructs = path["constructs"]
    by_item(o, "seminr/outer_weights", path["weights"], items)
    by_item(o, "seminr/loadings", path["loadings"], items)
    square(o, "seminr/paths_row_to", ends(path["paths"]))
    table(o, "seminr/rSquared", lambda row, c: constructs[c]["r2" if row == "Rsq" else "r2_adjusted"])
    table(o, "seminr/reliability", lambda c, column: constructs[c][
        {"rhoC": "rho_c", "rhoA": "rho_a", "AVE": "ave", "alpha": "alpha_standardised"}.get(column, column)])
    # seminr takes absolute correlations, which differs where Loyalty's CUSL2 has negative ones.
    order = list(constructs)
    table(o, "seminr/htmt", lambda a, b: path["htmt"][a][b]
          if order.index(a) > order.index(b) and "Loyalty" not in (a, b) else None)
    for scheme, name in (("path", "pathWeighting"), ("centroid", "centroid"), ("factorial", "factorial")):
        square(o, f"semPLS_{name}/paths_row_to", ends(got[scheme]["paths"]))
        square(o, f"semPLS_{name}/total_effects_row_to", ends(got[scheme]["total_effects"]))
        by_item(o, f"semPLS_{name}/outer_weights", got[scheme]["weights"], items)
        by_item(o, f"semPLS_{name}/loadings", got[scheme]["loadings"], items)
    # Programs that stop early agree to what they stopped at.
    square(o, "seminr_default_tol/paths_row_to", ends(path["paths"]), 1e-6)
    square(o, "semPLS_default/paths_row_to", ends(path["paths"]), 1e-5)
    square(o, "cSEM_path/paths", ends(path["paths"]))
    for name in o.at("cSEM_path/R2"):
        o.close(f"cSEM_path/R2/{name}", constructs[name]["r2"], ITERATED)
    consistent_agrees(o, path)
    plspm_agrees(o, "plspm_path", path)
    o.finish([
        ("/own_reference/*/iterations", "rounds are counted to another tolerance"),
        ("/own_reference/*/reliability/data/*/[56]", "eigenvalues of the items' correlations are not reported"),
        ("/own_reference/*/GoF", "goodness of fit by Tenenhaus is history: it cannot tell a wrong model"),
        ("/seminr/htmt/data/*", "absolute correlations, above"),
        ("/data", "a note"), ("/scale", "a note"), ("/standardize", "a note"), ("/model/*", "what was asked"),
        ("/_made_by/*", "a note"), ("*/version", "a note"), ("*/iterations", "rounds are counted to another tolerance"),
        ("*/maxdiff*", "differences between the references"), ("*/stopCriterion", "a setting"), ("*/tol", "a setting"),
        ("*/note", "a note"), ("/plspm_path/gof", "as GoF above"),
        ("/plspm_path/unidim/DG.rho/*", "from the first principal component, not the fitted construct"),
        ("/plspm_path/unidim/eig.*/*", "eigenvalues, as above"),
        ("/plspm_path/outer/weight/*", "scaled to plspm's sd with n in place of n - 1"),
        ("/plspm_path/outer/redundancy/*", "loading squared times R squared of its construct, for plspm's own tables"),
        ("/plspm_path/inner_summary/Type/*", "words"),
        ("/plspm_path/inner_summary/Mean_Redundancy/*", "as redundancy"),
        ("/cSEM_PLSc/admissible/*", "five checks of cSEM's own"),
    ])


def consistent_agrees(o, got):
    """PLSc of cSEM: paths, loadings, R squared among disattenuated constructs."""
    c = got["consistent"]
    same(c["admissible"], False)
    square(o, "cSEM_PLSc/paths", ends(c["paths"]))
    table(o, "cSEM_PLSc/loadings", lambda b, item: c["loadings"][item] if item in ECSI[b] else 0.0)
    for name in o.at("cSEM_PLSc/R2"):
        o.close(f"cSEM_PLSc/R2/{name}", c["r2"][name], ITERATED)
    for name in o.at("cSEM_PLSc/reliabilities"):
        o.close(f"cSEM_PLSc/reliabilities/{name}", got["constructs"][name]["rho_a"], ITERATED)


def plspm_agrees(o, path, got):
    """What plspm prints, to its own tolerance."""
    items, loose = o.at(f"{path}/outer/name"), 1e-6
    blocks = [next(b for b in got["constructs"] if b == name) for name in o.at(f"{path}/outer/block")]
    o.close(f"{path}/outer/name", list(got["weights"]))
    o.close(f"{path}/outer/block", blocks)
    by_item(o, f"{path}/outer/loading", got["loadings"], items, loose)
    o.close(f"{path}/outer/communality", [got["loadings"][i] ** 2 for i in items], loose)
    square(o, f"{path}/paths", ends(got["paths"]), loose)
    constructs = got["constructs"].values()
    o.close(f"{path}/inner_summary/R2", [c["r2"] for c in constructs], loose)
    o.close(f"{path}/inner_summary/AVE", [c["ave"] for c in constructs], loose)
    o.close(f"{path}/inner_summary/Block_Communality", [c["ave"] for c in constructs], loose)
    o.held(f"{path}/unidim/Mode")
    counts = [sum(b == name for b in blocks) for name in got["constructs"]]
    o.close(f"{path}/unidim/MVs", counts)
    o.close(f"{path}/unidim/C.alpha", [c["alpha_standardised"] for c in constructs], loose)


def another_data_set():
    o = Oracle("pls", "plspm_satisfaction.json")
    shape = o.at("model/P")
    paths = [[c, r] for i, r in enumerate(shape["rows"]) for j, c in enumerate(shape["cols"]) if shape["data"][i][j]]
    for scheme in ("path", "centroid", "factorial"):
        got = fit(data=os.path.join(PLS, "satisfaction.csv"), blocks=o.at("model/blocks"), paths=paths, scheme=scheme,
                  scale=[1, 10])
        base = f"results/{scheme}"
        items = o.at(f"{base}/scaled_TRUE/outer/name")
        plspm_agrees(o, f"{base}/scaled_TRUE", got)
        o.close(f"{base}/scaled_TRUE/outer/weight", [got["weights"][i] * (249 / 250) ** 0.5 for i in items], 3e-3)
        cross = f"{base}/scaled_TRUE/crossloadings"
        o.held(f"{cross}/name")
        o.held(f"{cross}/block")
        for name in got["constructs"]:
            o.close(f"{cross}/{name}", [got["cross_loadings"][i][name] for i in items], 1e-6)
        o.close(f"{base}/scaled_TRUE/lv", list(got["constructs"]))
        effects = o.at(f"{base}/scaled_TRUE/effects")
        direct, total = ends(got["paths"]), ends(got["total_effects"])
        for i, name in enumerate(effects["relationships"]):
            pair = tuple(name.split(" -> "))
            o.held(f"{base}/scaled_TRUE/effects/relationships/{i}")
            o.close(f"{base}/scaled_TRUE/effects/direct/{i}", direct.get(pair, 0.0), 1e-6, 1e-6)
            o.close(f"{base}/scaled_TRUE/effects/total/{i}", total.get(pair, 0.0), 1e-6, 1e-6)
            o.close(f"{base}/scaled_TRUE/effects/indirect/{i}", total.get(pair, 0.0) - direct.get(pair, 0.0), 1e-6, 1e-6)
        own = f"{base}/own_scaled_TRUE"
        by_item(o, f"{own}/weights", got["weights"], items)
        by_item(o, f"{own}/loadings", got["loadings"], items)
        square(o, f"{own}/paths", ends(got["paths"]))
        for name, c in got["constructs"].items():
            o.close(f"{own}/R2/{name}", c["r2"], ITERATED)
    o.finish([
        ("/data", "a note"), ("/model/*", "what was asked"), ("/_made_by/*", "a note"),
        ("/results/*/scaled_FALSE/*", "answers that are centred only: manyi standardises always, as the ECSI does"),
        ("/results/*/maxdiff", "differences between the references"),
        ("/results/*/rescaled_scores_mean/*", "plspm's rescaled scores weight items without their sd"),
        ("/results/*/scaled_TRUE/iter", "rounds are counted to another tolerance"),
        ("/results/*/scaled_TRUE/gof", "goodness of fit by Tenenhaus is history"),
        ("/results/*/scaled_TRUE/outer/redundancy/*", "for plspm's own tables"),
        ("/results/*/scaled_TRUE/inner_summary/Type/*", "words"),
        ("/results/*/scaled_TRUE/inner_summary/Mean_Redundancy/*", "as redundancy"),
        ("/results/*/scaled_TRUE/unidim/DG.rho/*", "from the first principal component"),
        ("/results/*/scaled_TRUE/unidim/eig.*/*", "eigenvalues are not reported"),
    ])


def missing_answers():
    o = Oracle("pls", "mobi_missing.json")
    for key, missing in (("mean_replacement", "mean"), ("listwise", "listwise")):
        got = mobi("mobi_missing10pct.csv", missing=missing)
        o.close(f"{key}/weights", list(got["weights"].values()), ITERATED)
        square(o, f"{key}/paths", ends(got["paths"]))
        constructs = got["constructs"]
        for name, c in constructs.items():
            o.close(f"{key}/R2/{name}", c["r2"], ITERATED)
        table(o, f"{key}/index", lambda row, c, of=constructs: {
            "mean_raw": 1 + 9 * of[c]["index"]["estimate"] / 100, "index": of[c]["index"]["estimate"],
            "sd_index": of[c]["index_sd"], "se_srs": of[c]["index"]["se"]}[row])
        if missing == "mean":
            square(o, "seminr_mean_replacement_paths", ends(got["paths"]))
        else:
            o.close("n_complete", got["n"])
    with open(os.path.join(PLS, "mobi_missing10pct.csv"), encoding="utf-8", newline="") as f:
        o.close("n_missing_cells", sum(v == "" for row in csv.DictReader(f) for v in row.values()))
    o.finish([("/maxdiff", "a difference between the references"), ("/_made_by/*", "a note")])


def another_programs_printed_digits():
    o = Oracle("pls", "mobi_smartpls_published.json")
    for scheme in ("path", "centroid", "factorial"):
        got = ends(mobi(scheme=scheme)["paths"])
        want = o.at(f"{scheme}/paths_row_to")
        for i, to in enumerate(want["rows"]):
            for j, cause in enumerate(want["cols"]):
                assert abs(got.get((cause, to), 0) - want["data"][i][j]) < 1e-8, (scheme, cause, to)
        o.held(f"{scheme}/paths_row_to")
    o.finish([("/*/source", "a note"), ("/*/maxdiff*", "a difference between the references"), ("/_made_by/*", "a note")])


def a_thousand_stored_resamples(city):
    with gzip.open(os.path.join(PLS, "mobi_boot_indices_1000x250.csv.gz"), "rt") as f:
        lines = f.read().splitlines()
    o = Oracle("pls", "mobi_bootstrap.json")
    names = o.at("names")

    def run(rows):
        city.write("rows.csv", "\n".join(rows) + "\n")
        got = mobi(bootstrap={"indices": city.path("rows.csv")})
        r = got["resampling"]
        found = {f"{p['from']}->{p['to']}": p for p in r["paths"]}
        found.update({f"w:{i}": w for i, w in r["weights"].items()})
        found.update({f"index:{n}": w for n, w in r["index"].items()})
        estimate = {f"{p['from']}->{p['to']}": p["estimate"] for p in got["paths"]}
        estimate.update({f"w:{i}": w for i, w in got["weights"].items()})
        estimate.update({f"index:{n}": c["index"]["estimate"] for n, c in got["constructs"].items()})
        return found, estimate

    found, estimate = run(lines)
    o.close("names", [n for n in names if n in found])
    o.close("orig", [estimate[n] for n in names], ITERATED)
    for key, ours in (("boot_mean", "mean"), ("boot_se", "se"), ("lo", "low"), ("hi", "high")):
        o.close(key, [found[n][ours] for n in names], ITERATED, 1e-6)
    # One resample alone is the mean of two of the same.
    for i, key in enumerate(("first_resample", "second_resample")):
        alone, _ = run([lines[i]] * 2)
        o.close(key, [alone[n]["mean"] for n in names], ITERATED, 1e-6)
    o.finish([("/note", "a note"), ("/_made_by/*", "a note")])


run_tests([the_ecsi_model, another_data_set, missing_answers, another_programs_printed_digits,
           a_thousand_stored_resamples])
