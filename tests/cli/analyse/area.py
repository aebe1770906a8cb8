"""manyi area: Fay-Herriot by REML against hand algebra where there is some, and a search of the likelihood elsewhere."""
import csv
import json
import math
import os
import random

from cli_case import SOURCE, City, contains, run_tests, same

AREA = os.path.join(SOURCE, "tests", "reference", "area")


def close(got, want, relative=1e-9, what=""):
    assert got is not None and abs(got - want) <= relative * max(abs(want), 1e-12), f"{what}: got {got!r}, want {want!r}"


def areas(city, direct, variance, more=None, *options):
    names = list(more or {})
    lines = [",".join(["area", "estimate", "variance", *names])]
    for i, (y, d) in enumerate(zip(direct, variance)):
        lines.append(",".join([f"t{i}", repr(y), repr(d), *(str(more[n][i]) for n in names)]))
    return city.ok("area", city.write("areas.csv", "\n".join(lines) + "\n"), *options)


def equal_variances_have_a_closed_form(city):
    y, d = [70.0, 74.0, 81.0, 66.0, 79.0, 84.0, 71.5], 4.0
    m = len(y)
    mean = sum(y) / m
    spread = sum((v - mean) ** 2 for v in y) / (m - 1)
    refvar = spread - d
    gamma = refvar / spread
    answer = areas(city, y, [d] * m)
    close(answer["refvar"], refvar, what="refvar")
    close(answer["beta"]["(Intercept)"], mean, what="beta")
    close(answer["beta_se"]["(Intercept)"], math.sqrt(spread / m), what="se of beta")
    same(answer["boundary"], None)
    # Prasad & Rao: g1 + g2 + 2 g3, the variance of refvar being 2 (refvar + d)^2 / m.
    mse = gamma * d + (1 - gamma) ** 2 * spread / m + 2 * d * d / spread ** 3 * 2 * spread ** 2 / m
    for row, v in zip(answer["rows"], y):
        close(row["gamma"], gamma, what="gamma")
        close(row["eblup"], gamma * v + (1 - gamma) * mean, what="eblup")
        close(row["mse"], mse, what="mse")
        same(row["direct"], v)


def areas_that_differ_no_more_than_their_errors_are_at_the_boundary(city):
    answer = areas(city, [70.0, 70.5, 69.5, 70.2], [4.0, 5.0, 4.5, 3.0])
    same(answer["refvar"], 0)
    contains(answer["boundary"], "refvar is 0")
    same([r["gamma"] for r in answer["rows"]], [0] * 4)
    weights = [1 / 4, 1 / 5, 1 / 4.5, 1 / 3]
    mean = sum(w * y for w, y in zip(weights, [70.0, 70.5, 69.5, 70.2])) / sum(weights)
    for row in answer["rows"]:
        close(row["eblup"], mean, what="eblup")
    contains(city.run("area", city.path("areas.csv")).text, "refvar is 0")


def restricted(refvar, y, d, x):
    """Restricted log-likelihood of a line in x, and the coefficients, by 2 x 2 algebra."""
    v = [1 / (refvar + e) for e in d]
    a, b, c = sum(v), sum(w * t for w, t in zip(v, x)), sum(w * t * t for w, t in zip(v, x))
    p, q = sum(w * u for w, u in zip(v, y)), sum(w * u * t for w, u, t in zip(v, y, x))
    det = a * c - b * b
    slope, start = (a * q - b * p) / det, (c * p - b * q) / det
    rest = sum(w * (u - start - slope * t) ** 2 for w, u, t in zip(v, y, x))
    return 0.5 * (sum(map(math.log, v)) - math.log(det) - rest), start, slope, (a, b, c, det)


def a_covariate_is_fitted_at_the_top_of_the_likelihood(city):
    draw = random.Random(3)
    x = [draw.uniform(0, 10) for _ in range(25)]
    d = [draw.uniform(0.5, 6) for _ in x]
    y = [60 + 2 * t + draw.gauss(0, 2) + draw.gauss(0, math.sqrt(e)) for t, e in zip(x, d)]
    answer = areas(city, y, d, {"x": x}, "--x", "x")
    refvar = answer["refvar"]
    assert refvar > 0
    # No value near or far does better, and the slope there is 0.
    top = restricted(refvar, y, d, x)[0]
    for factor in (0.01, 0.1, 0.5, 0.9, 0.999, 1.001, 1.1, 2, 10, 100):
        assert restricted(refvar * factor, y, d, x)[0] < top, factor
    h = refvar * 1e-4
    slope = (restricted(refvar + h, y, d, x)[0] - restricted(refvar - h, y, d, x)[0]) / (2 * h)
    assert abs(slope) < 1e-6, slope
    _, start, gradient, (a, b, c, det) = restricted(refvar, y, d, x)
    close(answer["beta"]["(Intercept)"], start, what="intercept")
    close(answer["beta"]["x"], gradient, what="slope")
    information = sum(1 / (refvar + e) ** 2 for e in d)
    for row, u, e, t in zip(answer["rows"], y, d, x):
        gamma = refvar / (refvar + e)
        close(row["eblup"], gamma * u + (1 - gamma) * (start + gradient * t), what="eblup")
        g2 = (1 - gamma) ** 2 * (c - 2 * b * t + a * t * t) / det
        close(row["mse"], gamma * e + g2 + 2 * e * e / (refvar + e) ** 3 * 2 / information, what="mse")


def fresh_milk_is_rs(city):
    """43 areas, four major ones: R's own optimiser to 1e-9, and sae's printed digits, which stop at 1e-4."""
    with open(os.path.join(AREA, "milk.csv"), newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    answer = areas(city, [float(r["estimate"]) for r in rows], [float(r["sd"]) ** 2 for r in rows],
                   {"major": [r["major"] for r in rows]}, "--factor", "major")
    same(list(answer["beta"]), ["(Intercept)", "major2", "major3", "major4"])
    for name, tolerance in (("milk_reml.json", 1e-9), ("milk_sae.json", 2e-4)):
        with open(os.path.join(AREA, name), encoding="utf-8") as f:
            want = json.load(f)
        close(answer["refvar"], want["refvar"], tolerance * 10, name)
        for key in ("beta", "beta_se"):
            for got, x in zip(answer[key].values(), want[key]):
                close(got, x, tolerance, f"{name} {key}")
        for key in ("eblup", "mse", "gamma"):
            for i, x in enumerate(want.get(key, [])):
                close(answer["rows"][i][key], x, tolerance, f"{name} {key} {i}")


def a_factor_is_a_set_of_indicators(city):
    y, d = [70.0, 75.0, 78.0, 60.0, 66.0, 63.0, 81.0], [2.0, 3.0, 2.5, 1.0, 2.0, 3.0, 1.5]
    kind = ["a", "a", "a", "b", "b", "b", "a"]
    by_factor = areas(city, y, d, {"kind": kind}, "--factor", "kind")
    by_number = areas(city, y, d, {"kindb": [int(k == "b") for k in kind]}, "--x", "kindb")
    same(list(by_factor["beta"]), ["(Intercept)", "kindb"])
    same(by_factor, by_number)


def scale_and_order_change_nothing(city):
    y, d = [70.0, 74.0, 81.0, 66.0, 79.0, 84.0], [4.0, 2.0, 5.0, 1.0, 3.0, 2.0]
    first = areas(city, y, d)
    shifted = areas(city, [1e6 + 1000 * v for v in y[::-1]], [1e6 * v for v in d[::-1]])
    close(shifted["refvar"], 1e6 * first["refvar"], 1e-7, "refvar")
    for a, b in zip(first["rows"], shifted["rows"][::-1]):
        close(b["eblup"], 1e6 + 1000 * a["eblup"], 1e-9, "eblup")


def areas_that_make_no_sense_are_named(city):
    head = "area,estimate,variance,x,z\n"
    rows = "t1,1,1,1,2\nt2,2,1,2,4\nt3,4,1,3,6\nt4,3,1,5,10\n"
    for text, options, part in (
            (head + rows + "t5,NA,1,1,1\n", (), "t5"), (head + rows + "t5,1,0,1,1\n", (), "t5"),
            (head + rows + "t5,1,1,,1\n", ("--x", "x"), "t5"), (head + rows, ("--x", "x,z"), "depend"),
            (head + "t1,1,1,1,1\n", (), "1"), (head + rows, ("--x", "none"), "none"),
            (head + rows, ("--factor", "none"), "none"), ("area,estimate\nt1,1\n", (), "variance")):
        answer = city.run("area", city.write("bad.csv", text), *options, "--json")
        same(answer.code, 1)
        contains(answer.json["error"]["message"], part)


run_tests([
    equal_variances_have_a_closed_form, areas_that_differ_no_more_than_their_errors_are_at_the_boundary,
    a_covariate_is_fitted_at_the_top_of_the_likelihood, fresh_milk_is_rs, a_factor_is_a_set_of_indicators,
    scale_and_order_change_nothing, areas_that_make_no_sense_are_named,
])
