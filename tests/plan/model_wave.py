"""manyi model --wave: the model of a stored wave is that of its rows under its own design."""
import json
import random

from cli_case import City, contains, manyi, run_tests, same

ITEMS = ["img", "exp", "q_all", "q_fit", "q_rel", "q_staff", "v_price", "v_qual", "sat", "sat_exp", "sat_ideal", "again",
         "recomm"]


def answers(n=400):
    draw = random.Random(6)
    rows = []
    for i in range(n):
        place = i % 20
        mood = 5 + place % 4 + draw.gauss(0, 1)
        row = {"sector": "S01", "conflict": 2, "sex": 1 + i % 2, "stratum": f"h{place % 4}", "cluster": f"c{place}",
               "weight": 1 + (i % 5) / 4}
        row.update({item: 98 if draw.random() < 0.03 else max(1, min(10, round(mood + draw.gauss(0, 1.5)))) for item in ITEMS})
        rows.append(row)
    return rows


def text(rows):
    return "\n".join([",".join(rows[0])] + [",".join(str(v) for v in r.values()) for r in rows]) + "\n"


def wave(city, margins="", mode="phone"):
    city.ok("wave", "open", "--form", "A", "--year", "2024", *(("--margins", margins) if margins else ()))
    rows = answers()
    if mode == "qr":
        rows = [{k: v for k, v in r.items() if k not in ("stratum", "cluster", "weight")} for r in rows]
    city.ok("import", city.write("rows.csv", text(rows)), "--wave", "A-2024", "--mode", mode)


def fit(city, *args, code=0, **said):
    answer = city.run("model", "-", "--json", *args, stdin=json.dumps({"model": "ccsi", **said}).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:500]} {answer.err}"
    return answer.json


def close(a, b, what=""):
    if isinstance(a, dict):
        same(set(a), set(b))
        for key in a:
            close(a[key], b[key], f"{what} {key}")
    elif isinstance(a, list):
        same(len(a), len(b))
        for x, y in zip(a, b):
            close(x, y, what)
    elif isinstance(a, float) and isinstance(b, (int, float)):
        assert abs(a - b) <= 1e-10 * max(1, abs(a)), f"{what}: {a!r} and {b!r}"
    else:
        same(a, b)


def a_wave_is_its_rows_with_its_design(city):
    wave(city)
    design = {"weight": "weight", "cluster": "cluster", "strata": "stratum"}
    data = {"data": city.path("rows.csv"), **design}
    for way in ({}, {"jackknife": True}, {"bootstrap": {"replicates": 60, "seed": 2}}):
        stored, rows = fit(city, "--wave", "A-2024", **way), fit(city, **data, **way)
        if "bootstrap" in way:
            # PSUs come in another order from the file, so other ones are drawn.
            for answer in (stored, rows):
                answer.pop("resampling")
                for part in answer["paths"] + answer["total_effects"] + [c["index"] for c in answer["constructs"].values()]:
                    for key in ("se", "low", "high", "deff", "n_eff"):
                        part.pop(key, None)
        same(stored.pop("wave")["name"], ["A-2024"])
        for answer in (stored, rows):
            answer.pop("model_sha256")
        close(rows, stored)
    same(stored["constructs"]["Satisfaction"]["index"]["df"], 16)
    contains(city.run("model", "-", "--wave", "A-2024", stdin=b'{"model": "ccsi"}').text, "A-2024")


def margins_weight_the_model_and_are_said_to_be_held_fixed(city):
    city.ok("margins", "import", city.write("m.csv", "variable,category,population,source,date,area,placeholder\n"
                                            "sex,1,70000,census,2020-11-01,city,\nsex,2,30000,census,2020-11-01,city,\n"))
    wave(city, "sex")
    met, plain = fit(city, "--wave", "A-2024", jackknife=True), fit(city, "--wave", "A-2024", jackknife=True, weight="weight")
    assert met["weights"] != plain["weights"]
    assert any("margins" in w for w in met["warnings"])
    assert not any("margins" in w for w in plain["warnings"])
    # By hand: a person's weight times what meets the margin of their sex.
    rows = answers()
    total = {s: sum(r["weight"] for r in rows if r["sex"] == s) for s in (1, 2)}
    by_hand = [{**r, "w": r["weight"] * {1: 70000, 2: 30000}[r["sex"]] / total[r["sex"]]} for r in rows]
    hand = fit(city, data=city.write("hand.csv", text(by_hand)), weight="w")
    for part in ("weights", "loadings", "correlations"):
        close(hand[part], met[part], part)


def margins_that_are_placeholders_stand_in_the_way_of_the_waves_weights_alone(city):
    city.ok("margins", "import", city.write("m.csv", "variable,category,population,source,date,area,placeholder\n"
                                            "sex,1,70000,census,2020-11-01,city,1\nsex,2,30000,census,2020-11-01,city,1\n"))
    wave(city, "sex")
    same(fit(city, "--wave", "A-2024", code=1)["error"]["code"], "placeholder_margins")
    got = fit(city, "--wave", "A-2024", weight="weight")
    same([got["own"]["calibrate"], got["wave"]["calibration"]], [None, "none"])


def volunteers_give_a_model_based_interval(city):
    wave(city, mode="qr")
    got = fit(city, "--wave", "A-2024", "--stream", "open")
    contains(got["constructs"]["Satisfaction"]["index"]["method"], "model-based")
    refused = fit(city, "--wave", "A-2024", code=1)
    assert refused["error"]["message"]


run_tests([a_wave_is_its_rows_with_its_design, margins_weight_the_model_and_are_said_to_be_held_fixed,
           margins_that_are_placeholders_stand_in_the_way_of_the_waves_weights_alone, volunteers_give_a_model_based_interval])
