"""manyi model through the shell: what its parts mean, by hand; the reference answers are swept in oracles_pls.py."""
import csv
import json
import math
import os

from cli_case import SOURCE, contains, manyi, run_tests, same

PLS = os.path.abspath(os.path.join(SOURCE, "tests", "reference", "pls"))


def fit(**said):
    """Fit a model from standard input."""
    answer = manyi("model", "-", "--json", stdin=json.dumps(said).encode())
    assert answer.code == 0, f"{answer.code} {answer.text[:2000]} {answer.err}"
    return answer.json


def mobi(**said):
    return fit(model="ecsi", data=os.path.join(PLS, "mobi.csv"), **said)


def table(name):
    with open(os.path.join(PLS, name), encoding="utf-8", newline="") as f:
        return [{k: float(v) for k, v in row.items() if k != "gender"} for row in csv.DictReader(f)]


def near(got, want, tolerance=1e-9, what="", scale=0.0):
    assert got is not None and abs(got - want) <= tolerance * max(abs(want), scale), f"{what}: got {got!r}, want {want!r}"


def every_persons_scores_agree():
    answer = mobi(scores=True)["scores"]
    for kind, name in (("index", "index0_100"), ("standardized", "standardized")):
        rows = table(f"mobi_scores_path_{name}.csv")
        same(len(rows), 250)
        for construct, got in answer[kind].items():
            for i, row in enumerate(rows):
                near(got[i], row[construct], 1e-9, f"{kind} {construct} {i}", 1.0)


def an_index_is_a_weighted_mean_of_answers_on_the_scale():
    """Fornell's index by hand: answers weighted by weight / sd, with the error of the persons' mean."""
    for file, said in (("mobi.csv", {"model": "ecsi"}), ("satisfaction.csv", {
            "blocks": {"IMAG": ["imag1", "imag2", "imag3", "imag4", "imag5"], "SAT": ["sat1", "sat2", "sat3", "sat4"]},
            "paths": [["IMAG", "SAT"]], "scale": [1, 10]})):
        got, rows = fit(data=os.path.join(PLS, file), **said), table(file)
        blocks = said.get("blocks") or {"Image": ["IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"]}
        for name, items in blocks.items():
            omega = {}
            for item in items:
                mean = sum(r[item] for r in rows) / 250
                omega[item] = got["weights"][item] / math.sqrt(sum((r[item] - mean) ** 2 for r in rows) / 249)
            persons = [100 * sum(o * (r[i] - 1) for i, o in omega.items()) / (9 * sum(omega.values())) for r in rows]
            mean = sum(persons) / 250
            sd = math.sqrt(sum((p - mean) ** 2 for p in persons) / 249)
            row = got["constructs"][name]["index"]
            near(row["estimate"], mean, what=name)
            near(row["se"], sd / math.sqrt(250), what=f"se {name}")
            near(got["constructs"][name]["index_sd"], sd, what=f"sd {name}")
            same((row["of"], row["by"], row["n"], row["df"], row["level"]), (name, {}, 250, 249, 0.95))
            near(row["deff"], 1, what="deff")
            # logit t, with 249 degrees of freedom
            half = 1.969536868 * row["se"] * 100 / (mean * (100 - mean))
            middle = math.log(mean / (100 - mean))
            near(row["low"], 100 / (1 + math.exp(half - middle)), 1e-8, "low")
            near(row["high"], 100 / (1 + math.exp(-half - middle)), 1e-8, "high")


def replicates_stand_in_the_rows_they_belong_to():
    got = mobi(bootstrap={"replicates": 40, "seed": 5}, level=0.9)
    for path, spread in zip(got["paths"], got["resampling"]["paths"]):
        for key in ("from", "to", "se", "low", "high"):
            same(path[key], spread[key])
    for name, construct in got["constructs"].items():
        row = construct["index"]
        for key in ("se", "low", "high"):
            same(row[key], got["resampling"]["index"][name][key])
        same(row["level"], 0.9)
        contains(row["method"], "bootstrap")
    wide = mobi(bootstrap={"replicates": 40, "seed": 5}, level=0.99)
    assert wide["paths"][0]["low"] < got["paths"][0]["low"] < got["paths"][0]["high"] < wide["paths"][0]["high"]
    same(wide["paths"][0]["se"], got["paths"][0]["se"])


def importance_is_what_a_point_more_brings():
    """Total effects in index points: the slope of one 0..100 score on another is path times sd over sd."""
    got = mobi(scores=True)
    sd = {name: c["index_sd"] for name, c in got["constructs"].items()}
    total = {(t["from"], t["to"]): t["estimate"] for t in got["total_effects"]}
    same({(r["construct"], r["target"]) for r in got["importance_performance"]}, set(total))
    for row in got["importance_performance"]:
        pair = row["construct"], row["target"]
        near(row["importance_standardized"], total[pair])
        near(row["importance"], total[pair] * sd[pair[1]] / sd[pair[0]])
        near(row["performance"], got["constructs"][pair[0]]["index"]["estimate"])
    # Where one construct alone explains another, it is the slope of the scores.
    x, y = (got["scores"]["index"][name] for name in ("Satisfaction", "Complaints"))
    mx, my = sum(x) / 250, sum(y) / 250
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)
    row, = [r for r in got["importance_performance"] if (r["construct"], r["target"]) == ("Satisfaction", "Complaints")]
    near(row["importance"], slope)


run_tests([
    every_persons_scores_agree, an_index_is_a_weighted_mean_of_answers_on_the_scale,
    replicates_stand_in_the_rows_they_belong_to, importance_is_what_a_point_more_brings,
])
