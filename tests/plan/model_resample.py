"""manyi model: resampling, weights and missing answers against hand algebra and refits of the changed data."""
import csv
import itertools
import json
import math
import os
import random

from cli_case import SOURCE, City, contains, manyi, run_tests, same

PLS = os.path.join(SOURCE, "tests", "reference", "pls")


def table(name="mobi.csv"):
    with open(os.path.join(PLS, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


MOBI, GAPS = table(), table("mobi_missing10pct.csv")
ITEMS = list(MOBI[0])


def fit(city, rows, **said):
    """Fit the ECSI model, or the one said, to rows."""
    names = list(rows[0])
    city.write("data.csv", "\n".join([",".join(names)] + [",".join(str(r[n]) for n in names) for r in rows]) + "\n")
    if "blocks" not in said:
        said = {"model": "ecsi", **said}
    city.write("model.json", json.dumps({"data": "data.csv", **said}))
    return city.ok("model", city.path("model.json"))


def near(got, want, tolerance=1e-9, what="", scale=0.0):
    assert got is not None and abs(got - want) <= tolerance * max(abs(want), scale), f"{what}: got {got!r}, want {want!r}"


def numbers(answer):
    """All that a fit estimates, by name."""
    flat = {f"{p['from']}->{p['to']}": p["estimate"] for p in answer["paths"]}
    flat.update({f"w:{i}": w for i, w in answer["weights"].items()})
    flat.update({f"l:{i}": w for i, w in answer["loadings"].items()})
    for name, c in answer["constructs"].items():
        flat.update({f"r2:{name}": c["r2"], f"index:{name}": c["index"]["estimate"]})
    return flat


def replicated(answer, key):
    """What the replicates say, under the same names."""
    r = answer["resampling"]
    flat = {f"{p['from']}->{p['to']}": p[key] for p in r["paths"]}
    flat.update({f"w:{i}": w[key] for i, w in r["weights"].items()})
    flat.update({f"l:{i}": w[key] for i, w in r["loadings"].items()})
    flat.update({f"r2:{n}": w[key] for n, w in r["r2"].items()})
    flat.update({f"index:{n}": w[key] for n, w in r["index"].items()})
    return flat


def alike(a, b, tolerance, scale=1e-3):
    same(set(a), set(b))
    for name in a:
        near(b[name], a[name], tolerance, name, scale)


def weighted(rows, seed=5):
    draw = random.Random(seed)
    return [{**r, "w": round(0.3 + draw.random() * 3, 3), "psu": f"p{i // 5}", "h": f"h{i // 60}"}
            for i, r in enumerate(rows)]


# ---- what changes nothing ----

def row_order_and_the_scale_of_weights_change_nothing(city):
    rows = weighted(MOBI)
    first = fit(city, rows, weight="w")
    shuffled = rows[:]
    random.Random(3).shuffle(shuffled)
    for other in (shuffled, [{**r, "w": r["w"] * 1000} for r in rows], [{**r, "w": r["w"] / 7} for r in rows]):
        again = fit(city, other, weight="w")
        alike(numbers(first), numbers(again), 1e-12, 1)
        for name, c in first["constructs"].items():
            for key in ("se", "low", "high", "df", "n", "n_eff"):
                near(again["constructs"][name]["index"][key], c["index"][key], 1e-11, f"{name} {key}")
    ones = fit(city, [{**r, "w": 4} for r in rows], weight="w")
    plain = fit(city, MOBI)
    alike(numbers(plain), numbers(ones), 1e-12, 1)
    near(ones["constructs"]["Satisfaction"]["index"]["se"], plain["constructs"]["Satisfaction"]["index"]["se"], 1e-12)
    near(ones["constructs"]["Value"]["r2_adjusted"], plain["constructs"]["Value"]["r2_adjusted"], 1e-12)


def a_weight_stands_for_repeated_rows(city):
    draw = random.Random(8)
    times = [draw.randint(0, 3) for _ in MOBI]
    once = fit(city, [{**r, "w": t} for r, t in zip(MOBI, times)], weight="w")
    often = fit(city, [r for r, t in zip(MOBI, times) for _ in range(t)])
    alike(numbers(often), numbers(once), 1e-11, 1)
    same(once["n"], sum(t > 0 for t in times))


def large_numbers_keep_their_digits(city):
    draw = random.Random(2)
    small = []
    for _ in range(60):
        base = draw.random() < 0.5
        small.append({n: int(draw.random() < (0.8 if base else 0.2)) for n in ("a", "b", "c", "d")})
    said = {"blocks": {"X": ["a", "b"], "Y": ["c", "d"]}, "paths": [["X", "Y"]],
            "bootstrap": {"replicates": 50, "seed": 4}}
    want = fit(city, small, scale=[0, 1], **said)
    got = fit(city, [{n: 1000000000 + v for n, v in r.items()} for r in small], scale=[1e9, 1e9 + 1], **said)
    alike(numbers(want), numbers(got), 1e-9)
    alike(replicated(want, "se"), replicated(got, "se"), 1e-8)


# ---- missing answers ----

def correlation(x, y):
    n, mx, my = len(x), sum(x) / len(x), sum(y) / len(y)
    xy = sum((a - mx) * (b - my) for a, b in zip(x, y))
    assert n > 1
    return xy / math.sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


def with_single_items_a_path_is_a_correlation(city):
    """Two constructs of one item each: every treatment of missing answers is hand algebra."""
    x = [float(r["CUSA1"]) if r["CUSA1"] else None for r in GAPS]
    y = [float(r["PERQ1"]) if r["PERQ1"] else None for r in GAPS]
    both = [(a, b) for a, b in zip(x, y) if a is not None and b is not None]
    mean = [sum(v for v in z if v is not None) / sum(v is not None for v in z) for z in (x, y)]
    filled = [(mean[0] if a is None else a, mean[1] if b is None else b) for a, b in zip(x, y)]
    said = {"blocks": {"X": ["CUSA1"], "Y": "PERQ1"}, "paths": [["X", "Y"]], "scale": [1, 10]}
    for missing, pairs, index in (
            ("pairwise", both, mean[0]), ("listwise", both, sum(a for a, _ in both) / len(both)),
            ("mean", filled, mean[0])):
        got = fit(city, GAPS, missing=missing, **said)
        near(got["paths"][0]["estimate"], correlation(*zip(*pairs)), what=missing)
        near(got["constructs"]["X"]["index"]["estimate"], 100 * (index - 1) / 9, what=missing)
        same(len(got["warnings"]), 1)
        contains(got["warnings"][0], "missing")
    # Pairwise, the index of one item is its own mean, with that mean's error.
    given = [v for v in x if v is not None]
    spread = sum((v - mean[0]) ** 2 for v in given)
    se = 100 / 9 * math.sqrt(250 / 249 * spread) / len(given)
    near(fit(city, GAPS, missing="pairwise", **said)["constructs"]["X"]["index"]["se"], se)


def blank_na_and_codes_are_missing(city):
    coded = [{n: {"": draw}.get(v, v) for n, v in r.items()} for r, draw in zip(GAPS, itertools.cycle(("98", "NA", "", "99")))]
    got = fit(city, coded, missing="pairwise", codes={"*": [98], **{n: [99] for n in ITEMS}})
    same(numbers(got), numbers(fit(city, GAPS, missing="pairwise")))


# ---- replicates are refits ----

def stored_resamples_are_fits_of_the_resampled_rows(city):
    draw = random.Random(11)
    indices = [[draw.randint(1, 250) for _ in range(250)] for _ in range(2)]
    city.write("rows.csv", "".join(",".join(map(str, line)) + "\n" for line in indices))
    for rows, missing in ((MOBI, "mean"), (GAPS, "mean"), (GAPS, "pairwise"), (GAPS, "listwise")):
        refits = [numbers(fit(city, [rows[i - 1] for i in line], missing=missing)) for line in indices]
        got = fit(city, rows, missing=missing, bootstrap={"indices": "rows.csv"})
        alike({n: (refits[0][n] + refits[1][n]) / 2 for n in refits[0]}, replicated(got, "mean"), 1e-9, 0.1)
        alike({n: abs(refits[0][n] - refits[1][n]) / math.sqrt(2) for n in refits[0]}, replicated(got, "se"), 1e-7, 0.01)
        # Rows that are named are still rows, in whatever order their names sort.
        named = fit(city, [{**r, "id": (i * 7) % 250} for i, r in enumerate(rows)], missing=missing, cluster="id",
                    bootstrap={"indices": "rows.csv"})
        same(replicated(named, "mean"), replicated(got, "mean"))


def the_jackknife_is_refits_without_one_cluster(city):
    rows = weighted(MOBI)[:120]
    rows = [{**r, "psu": f"p{i // 12}", "h": "ab"[i >= 72]} for i, r in enumerate(rows)]
    clusters = {h: sorted({r["psu"] for r in rows if r["h"] == h}) for h in "ab"}
    same({h: len(c) for h, c in clusters.items()}, {"a": 6, "b": 4})
    thetas, scales = [], []
    for h, members in clusters.items():
        n = len(members)
        for gone in members:
            left = [{**r, "w": r["w"] * (0 if r["psu"] == gone else n / (n - 1) if r["h"] == h else 1)} for r in rows]
            thetas.append(numbers(fit(city, left, weight="w")))
            scales.append((n - 1) / n)
    got = fit(city, rows, weight="w", jackknife={"cluster": "psu", "strata": "h"})
    for name, se in replicated(got, "se").items():
        values = [t[name] for t in thetas]
        mean = sum(values) / len(values)
        near(se, math.sqrt(sum(s * (v - mean) ** 2 for s, v in zip(scales, values))), 1e-8, name, 1e-3)
    same((got["resampling"]["method"], got["resampling"]["replicates"], got["resampling"]["df"]), ("jackknife", 10, 8))
    row = got["constructs"]["Satisfaction"]["index"]
    same(row["df"], 8)
    near(row["se"], got["resampling"]["index"]["Satisfaction"]["se"])
    # The interval is the logit's with t on 8 degrees of freedom.
    t = 2.306004135204166
    logit, slope = math.log(row["estimate"] / (100 - row["estimate"])), row["estimate"] * (100 - row["estimate"]) / 100
    near(row["low"], 100 / (1 + math.exp(-(logit - t * row["se"] / slope))), 1e-9)
    path = got["paths"][0]
    near(path["high"], path["estimate"] + t * path["se"], 1e-9)


def delete_one_answer_is_jk1(city):
    rows = MOBI[:30]
    said = {"blocks": {"X": ["CUSA1"], "Y": ["PERQ1"]}, "paths": [["X", "Y"]], "scale": [1, 10]}
    got = fit(city, rows, jackknife="JK1", **said)
    same(got["resampling"], fit(city, rows, jackknife=True, **said)["resampling"])
    x, y = ([float(r[n]) for r in rows] for n in ("CUSA1", "PERQ1"))
    left = [correlation(x[:i] + x[i + 1:], y[:i] + y[i + 1:]) for i in range(30)]
    mean = sum(left) / 30
    near(got["paths"][0]["se"], math.sqrt(29 / 30 * sum((v - mean) ** 2 for v in left)))
    # For a mean the jackknife is the linearised error.
    m = sum(x) / 30
    near(got["constructs"]["X"]["index"]["se"], 100 / 9 * math.sqrt(sum((v - m) ** 2 for v in x) / 29 / 30))


# ---- the bootstrap ----

def a_seed_gives_the_same_result_whatever_the_threads(city):
    rows = weighted(GAPS)
    design = {"cluster": "psu", "strata": "h", "replicates": 200}
    for data, said in ((MOBI, {"replicates": 200}), (rows, design)):
        weight = {"weight": "w"} if data is rows else {}
        first = fit(city, data, bootstrap={**said, "seed": 7, "threads": 1}, **weight)
        for threads in (2, 3, 8):
            again = fit(city, data, bootstrap={**said, "seed": 7, "threads": threads}, **weight)
            for part in ("resampling", "paths", "constructs"):
                same(again[part], first[part])
        other = fit(city, data, bootstrap={**said, "seed": 8}, **weight)
        assert other["paths"] != first["paths"]
        assert other["weights"] == first["weights"]


def the_bootstrap_is_near_what_it_estimates(city):
    """The jackknife and the linearised error are other roads to the same number; 1000 replicates: about 2 % of noise."""
    plain = fit(city, MOBI, bootstrap=True)
    same((plain["resampling"]["replicates"], plain["resampling"]["seed"]), (1000, 1))
    linear = fit(city, MOBI)
    for name, c in plain["constructs"].items():
        if name == "Loyalty":  # whose weights are themselves uncertain: CUSL2 hardly belongs to it
            assert c["index"]["se"] > 1.2 * linear["constructs"][name]["index"]["se"]
            continue
        near(c["index"]["se"], linear["constructs"][name]["index"]["se"], 0.08, name)
        near(c["index"]["deff"], 1, 0.16, f"deff {name}")
    rows = weighted(MOBI)
    design = {"cluster": "psu", "strata": "h"}
    drawn = fit(city, rows, weight="w", bootstrap={**design, "replicates": 1000, "seed": 3})
    left = fit(city, rows, weight="w", jackknife=design)
    same(drawn["resampling"]["rescaled"], True)
    for a, b in zip(drawn["paths"], left["paths"]):
        near(a["se"], b["se"], 0.15, f"{a['from']}->{a['to']}")
    for name, c in left["constructs"].items():
        near(drawn["constructs"][name]["index"]["se"], c["index"]["se"], 0.12, name)
        near(drawn["constructs"][name]["index"]["df"], 45, what="df: 50 clusters less 5 strata")


def few_clusters_need_the_rescaled_draw(city):
    """Two clusters a stratum: drawing both of two is too narrow by the root of 2; one of two, rescaled, is not."""
    rows = [{**r, "psu": f"p{i // 5}", "h": f"h{i // 10}"} for i, r in enumerate(MOBI)]
    design = {"cluster": "psu", "strata": "h", "replicates": 800}
    right = fit(city, rows, bootstrap=design)
    narrow = fit(city, rows, bootstrap={**design, "rescaled": False})
    linear = fit(city, rows, cluster="psu", strata="h")
    se = [a["constructs"]["Satisfaction"]["index"]["se"] for a in (right, narrow, linear)]
    near(se[0], se[2], 0.12)
    near(se[1] * math.sqrt(2), se[2], 0.12)


def replicates_without_a_solution_are_counted(city):
    rows = [{"a": 3 + (i % 4), "b": 2 + (i % 5), "c": 5 + (i == 0), "d": 1 + (i % 3)} for i in range(30)]
    got = fit(city, rows, blocks={"X": ["a", "b"], "Y": ["c", "d"]}, paths=[["X", "Y"]], scale=[1, 10],
              bootstrap={"replicates": 400, "seed": 1})
    failed = got["resampling"]["failed"]
    # c varies in one row alone, which a resample misses with chance (29 / 30)^30 = 0.36.
    assert 100 < failed < 200, failed
    text, = [w for w in got["warnings"] if "replicates" in w]
    contains(text, f"{failed} of 400")
    contains(text, f"{failed} by an item without variation")


# ---- mode B ----

def two_blocks_in_mode_b_are_canonical_correlation(city):
    got = fit(city, MOBI, blocks={"X": ["CUSA1", "CUSA2"], "Y": ["PERQ1", "PERQ4"]}, paths=[["X", "Y"]], mode="B",
              scale=[1, 10])
    x = [[float(r[n]) for r in MOBI] for n in ("CUSA1", "CUSA2", "PERQ1", "PERQ4")]
    c = [[correlation(a, b) for b in x] for a in x]

    def inverse(r):
        return [[1 / (1 - r * r), -r / (1 - r * r)], [-r / (1 - r * r), 1 / (1 - r * r)]]

    def times(a, b):
        return [[sum(a[i][k] * b[k][j] for k in range(2)) for j in range(2)] for i in range(2)]

    across = [[c[0][2], c[0][3]], [c[1][2], c[1][3]]]
    m = times(times(inverse(c[0][1]), across), times(inverse(c[2][3]), [list(z) for z in zip(*across)]))
    trace, det = m[0][0] + m[1][1], m[0][0] * m[1][1] - m[0][1] * m[1][0]
    largest = (trace + math.sqrt(trace * trace - 4 * det)) / 2
    near(got["paths"][0]["estimate"], math.sqrt(largest))
    near(got["constructs"]["Y"]["r2"], largest)


run_tests([
    row_order_and_the_scale_of_weights_change_nothing, a_weight_stands_for_repeated_rows,
    large_numbers_keep_their_digits, with_single_items_a_path_is_a_correlation, blank_na_and_codes_are_missing,
    stored_resamples_are_fits_of_the_resampled_rows, the_jackknife_is_refits_without_one_cluster,
    delete_one_answer_is_jk1, a_seed_gives_the_same_result_whatever_the_threads,
    the_bootstrap_is_near_what_it_estimates, few_clusters_need_the_rescaled_draw,
    replicates_without_a_solution_are_counted, two_blocks_in_mode_b_are_canonical_correlation,
])
