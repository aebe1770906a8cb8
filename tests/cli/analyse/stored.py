#!/usr/bin/env python3
"""--wave: analyses of stored waves against their rows, their exported file and what the tracker publishes."""
import csv
import io
import json
import math
import os
import random

from analyse_case import NUMBERS, near
from cli_case import City, contains, manyi, run_tests, same

MARGINS = {"sex": {"1": 41000, "2": 43000}, "age": {"1": 20000, "2": 24000, "3": 22000, "4": 18000}}
TOWNS = ["210281001", "210281002", "210281003", "210281004", "210281005"]
ITEMS = ["sector", "conflict", "sat", "sat_exp", "sat_ideal", "q_rel", "sex", "age", "town", "edu"]


def person(r, place, year):
    mood = 6.2 + 0.25 * (place % 5) + 0.3 * (year - 2023) + r.gauss(0, 0.4)

    def score():
        return "98" if r.random() < 0.05 else str(max(1, min(10, round(mood + r.gauss(0, 1.6)))))

    return {"sector": f"S{1 + r.randrange(3):02d}", "conflict": "1" if r.random() < 0.05 else "2",
            "sat": score(), "sat_exp": score(), "sat_ideal": score(), "q_rel": score(),
            "sex": str(1 + (r.random() < 0.6)), "age": str(1 + r.randrange(4)) if r.random() < 0.97 else "99",
            "town": TOWNS[place % 5], "edu": str(1 + r.randrange(3))}


def answers(year, n, clusters=40):
    r = random.Random(year)
    out = io.StringIO()
    w = csv.DictWriter(out, ["stratum", "cluster", "weight"] + ITEMS)
    w.writeheader()
    for i in range(n):
        place = i % clusters
        w.writerow({"stratum": f"h{place % 4}", "cluster": f"c{place}", "weight": str(1 + (i % 7) / 4),
                    **person(r, place, year)})
    return out.getvalue()


def visitors(sites, year, n):
    r = random.Random(-year)
    out = io.StringIO()
    w = csv.DictWriter(out, ["site"] + ITEMS)
    w.writeheader()
    for i in range(n):
        w.writerow({"site": sites[i % len(sites)], **person(r, i % len(sites), year)})
    return out.getvalue()


def margins_csv(placeholder=""):
    lines = ["variable,category,population,source,date,area,placeholder"]
    for variable, categories in MARGINS.items():
        lines += [f"{variable},{c},{n},census,2020-11-01,city,{placeholder}" for c, n in categories.items()]
    return "\n".join(lines) + "\n"


def city_make():
    city = City()
    city.ok("margins", "import", city.write("m.csv", margins_csv()))
    sites = [city.ok("site", "add", "--name", f"甲{i}", "--township", TOWNS[i % 5], "--sector", "S01")["code"]
             for i in range(8)]
    for year in (2023, 2024):
        city.ok("wave", "open", "--form", "A", "--year", str(year), "--margins", "sex age")
        city.ok("import", city.write(f"s{year}.csv", answers(year, 800)), "--wave", f"A-{year}")
        city.ok("import", city.write(f"o{year}.csv", visitors(sites, year, 400)), "--wave", f"A-{year}",
                "--mode", "qr")
        if year < 2024:
            city.ok("wave", "close", f"A-{year}")
    return city


CITY = city_make()


def ask(requests, *args, wave="A-2024", code=0, **plan):
    answer = CITY.run("analyse", "-", "--wave", wave, "--json", *args,
                      stdin=json.dumps({"requests": requests, **plan}).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:800]} {answer.err}"
    return answer.json["results"] if code != 1 or "results" in answer.json else answer.json


def agree(one, two):
    """Two results: the same rows, numbers and covariances to 1e-12."""
    assert "error" not in one and "error" not in two, f"{one.get('error')} {two.get('error')}"
    same(len(one["rows"]), len(two["rows"]))
    for a, b in zip(one["rows"], two["rows"]):
        if "error" in a or "error" in b:
            same((a["by"], a["error"]["code"]), (b["by"], b["error"]["code"]))
            continue
        same((a["of"], a.get("by"), a.get("from")), (b["of"], b.get("by"), b.get("from")))
        for key in NUMBERS:
            near(a[key], b[key], f"{one['request']} {a['by']} {key}")
        for key in ("quantile", "p_up", "p_two"):
            near(a.get(key), b.get(key), key)
        same(a.get("no_interval", {}).get("code"), b.get("no_interval", {}).get("code"))
    for i, (x, y) in enumerate(zip(one["vcov"], two["vcov"])):
        for j, (p, q) in enumerate(zip(x, y)):
            if "error" in one["rows"][i] or "error" in one["rows"][j]:
                continue
            if p is None or q is None:
                near(p, q, f"{one['request']} vcov {i},{j}")
                continue
            near(p, q, f"{one['request']} vcov {i},{j}", scale=math.sqrt(abs(one["vcov"][i][i] * one["vcov"][j][j])))


REQUESTS = [
    {"op": "mean", "of": "sat"},
    {"op": "mean", "of": ["sat", "q_rel"]},
    {"op": "mean", "of": "sat", "by": "sector"},
    {"op": "mean", "of": ["sat", "q_rel"], "by": "town", "level": 0.9},
    {"op": "mean", "of": "sat", "where": {"sector": ["S01", "S02"]}},
    {"op": "mean", "of": "sat", "where": {"sector": "S01", "edu": [1, 2]}, "by": "sex"},
    {"op": "mean", "of": "sat", "where": {"sector": "S01"}, "df": "design"},
    {"op": "share", "of": "sat", "is": [9, 10]},
    {"op": "share", "of": "sat", "is": [9, 10], "by": ["sex", "edu"], "interval": "beta"},
    {"op": "share", "of": "sector", "is": "S02"},
    {"op": "index", "of": {"sat": 1, "sat_exp": 1, "sat_ideal": 1}, "scale": [1, 10]},
    {"op": "index", "of": {"sat": 2, "q_rel": 1}, "scale": [1, 10], "by": "town", "interval": "wald"},
    {"op": "difference", "of": "sat", "over": "edu"},
    {"op": "difference", "of": {"sat": 1, "q_rel": 1}, "scale": [1, 10], "over": "age", "by": "sex"},
]


# ---- sums, rows and the exported file ----

def sums_give_what_the_rows_give():
    """A plan with codes of its own runs on the rows: every number the same to 1e-12, in both streams."""
    for stream in ("sampled", "open"):
        for a, b in zip(ask(REQUESTS, "--stream", stream), ask(REQUESTS, "--stream", stream, codes={})):
            agree(a, b)


def exported(stream):
    """The exported file with the rows out of the main estimate at weight 0; the open stream's site its cluster."""
    path = CITY.path(f"{stream}.csv")
    CITY.ok("export", "--wave", "A-2024", "--stream", stream, "--no-bom", "-o", path)
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert any(r["flagged"] == "1" for r in rows)
    for r in rows:
        r["weight"] = "0" if r["flagged"] == "1" else r["weight"]
        if stream == "open":
            r.update(stratum="", cluster=r["site"])
    with open(path, "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, list(rows[0]))
        w.writeheader()
        w.writerows(rows)
    return path


def the_exported_file_gives_the_same_numbers():
    codes = {item: [98, 99] for item in ITEMS[2:6] + ITEMS[6:]}
    for stream, design, rake in (
            ("sampled", {"strata": "stratum", "cluster": "cluster", "weight": "weight"},
             {"calibrate": {"method": "rake", "margins": MARGINS, "aside": True}}),
            ("open", {"cluster": "cluster", "weight": "weight"}, {})):
        plan = {"data": exported(stream), "codes": codes, "design": design, "requests": REQUESTS, **rake}
        answer = manyi("analyse", "-", "--json", stdin=json.dumps(plan).encode())
        same(answer.code, 0)
        for a, b in zip(ask(REQUESTS, "--stream", stream), answer.json["results"]):
            agree(a, b)


def what_sums_cannot_tell_comes_from_the_rows():
    got = ask([{"op": "quantile", "of": "sat", "p": [0.25, 0.5]}, {"op": "design"}, {"op": "total", "of": "sat"},
               {"op": "ratio", "num": "sat", "den": "q_rel"}, {"op": "alpha", "of": ["sat", "sat_exp", "sat_ideal"]},
               {"op": "ttest", "of": "sat", "over": "sex", "by": "edu"}, {"op": "trend", "of": "sat", "over": "age"},
               {"op": "mean", "of": ["sat", "q_rel"], "missing": "listwise"}, {"op": "weights"},
               {"op": "mean", "of": "sat", "deff": True}])
    for result in got:
        assert "error" not in result, result
    design = got[1]["rows"][0]
    same(design["df"], 36)
    near(design["sum_w"], 84000, "weights sum to the population", 1e-9)
    same(len(got[8]["weights"]), 800)
    same(sum(w == 0 for w in got[8]["weights"]), 800 - design["n"])
    same(len(got[5]["rows"]), 3)
    both = got[7]["rows"]
    same(both[0]["n"], both[1]["n"])


def a_sampling_unit_whose_answers_are_all_out_still_counts():
    """Zeroed out, never deleted: 40 clusters in 4 strata whatever is flagged."""
    row, = ask([{"op": "mean", "of": "sat", "where": {"town": TOWNS[0]}, "df": "design"}])[0]["rows"]
    same(row["df"], 36)


# ---- published figures ----

def a_figure_is_what_the_index_command_publishes():
    for stream in ("sampled", "open"):
        for by in (None, "sector", "town"):
            published = CITY.run("index", "--form", "A", "--index", "csi", "--year", "2024", "--stream", stream,
                                 "--json", *(["--by", by] if by else [])).json["estimates"]
            rows = ask([{"op": "index", "of": "csi", **({"by": by} if by else {})}], "--stream", stream)[0]["rows"]
            same(len(rows), len(published))
            for row, m in zip(rows, published):
                same(row["by"], {by: m["domain"]} if by else {})
                for key, theirs in (("estimate", "value"), ("se", "se"), ("low", "low"), ("high", "high"),
                                    ("df", "df"), ("n", "n"), ("n_eff", "n_eff"), ("deff", "deff")):
                    if m.get("value") is not None:
                        same((key, row["by"], row[key]), (key, row["by"], m[theirs]))


def steps_over_the_years_are_those_of_the_series():
    """Waves that name no clusters are independent samples: Welch, as the tracker has it."""
    result, = ask([{"op": "difference", "of": "csi", "over": "year"}], wave="A-2023,A-2024")
    step, = result["rows"]
    was, now = (CITY.run("index", "--form", "A", "--index", "csi", "--year", y, "--stream", "sampled",
                         "--json").json["estimates"][0] for y in ("2023", "2024"))
    same((step["from"], step["to"]), ("2023", "2024"))
    near(step["estimate"], now["value"] - was["value"], "step")
    near(step["se"], math.hypot(now["se"], was["se"]), "se")
    contains(step["method"], "Welch")
    v, w = was["se"] ** 2, now["se"] ** 2
    near(step["df"], (v + w) ** 2 / (v ** 2 / was["df"] + w ** 2 / now["df"]), "df")


def steps_over_shared_units_are_the_trackers(city):
    """Waves that name the same clusters: the covariance is in, and indicator 43 says the same."""
    for year in (2022, 2023, 2024):
        city.ok("wave", "open", "--form", "A", "--year", str(year), "--clusters", "社区")
        city.ok("import", city.write(f"s{year}.csv", answers(year, 700)), "--wave", f"A-{year}")
        city.ok("wave", "close", f"A-{year}")
    plan = {"requests": [{"op": "difference", "of": "csi", "over": "year"}]}
    answer = city.run("analyse", "-", "--wave", "A-2022,A-2023,A-2024", "--json", stdin=json.dumps(plan).encode())
    rows = answer.json["results"][0]["rows"]
    published = next(c for c in city.ok("track", "show", "43")["clauses"] if c["strength"].get("steps"))
    steps = published["strength"]["steps"]
    same(len(rows), len(steps))
    for row, step in zip(rows, steps):
        same((row["from"], row["to"], row["df"], row["n"]),
             (str(step["from"]), str(step["to"]), step["df"], step["n"]))
        for key, theirs in (("estimate", "value"), ("se", "se"), ("low", "low"), ("high", "high"), ("p_up", "p_up")):
            near(row[key], step[theirs], key, scale=1 if key in ("low", "high") else 0)
        contains(step["method"], "shared")


def a_trend_over_two_waves_is_their_difference():
    trend, step, mean = ask([{"op": "trend", "of": "sat", "over": "year"},
                             {"op": "difference", "of": "sat", "over": "year"},
                             {"op": "mean", "of": "sat", "by": "year"}], wave="A-2023,A-2024")
    near(trend["rows"][0]["estimate"], step["rows"][0]["estimate"], "slope", 1e-9)
    near(trend["rows"][0]["se"], step["rows"][0]["se"], "se", 1e-9)
    same([r["by"] for r in mean["rows"]], [{"year": "2023"}, {"year": "2024"}])
    near(mean["rows"][1]["estimate"], ask([{"op": "mean", "of": "sat"}])[0]["rows"][0]["estimate"], "2024")
    same(trend["rows"][0]["n"], sum(r["n"] for r in mean["rows"]))
    same([[r["by"], r["n"]] for r in trend["levels"]], [[r["by"], r["n"]] for r in mean["rows"]])
    # Comparisons of years with thousands of answers are no thin ones, though they tell no effective n.
    same(["below_limits" in r for r in (trend, step, mean)], [False] * 3)


def several_waves_are_compared_over_years_and_nothing_else():
    for request in ({"op": "mean", "of": "sat"}, {"op": "total", "of": "sat"}, {"op": "quantile", "of": "sat", "p": 0.5}):
        same(ask([request], wave="A-2023,A-2024", code=1)[0]["error"]["code"], "input")
    same(CITY.run("analyse", "-", "--wave", "A-2024,A-2023", stdin=b'{"requests":[]}').code, 1)


# ---- streams ----

def the_streams_are_never_pooled():
    sampled, open_ = (ask([{"op": "mean", "of": "sat"}], "--stream", s)[0]["rows"][0] for s in ("sampled", "open"))
    plain = ask([{"op": "mean", "of": "sat"}])[0]["rows"][0]
    same(plain, sampled)
    assert 600 < sampled["n"] <= 800 and 300 < open_["n"] <= 400
    said = CITY.ok("estimate", "--wave", "A-2024", "--mean", "sat", "--stream", "open")["wave"]
    same((said["stream"], said["inference"], said["margins"]), ("open", "model-based", ""))
    same(CITY.run("estimate", "--wave", "A-2024", "--mean", "sat", "--stream", "both").code, 2)


def every_interval_of_the_open_stream_is_called_model_based():
    for result in ask(REQUESTS + [{"op": "quantile", "of": "sat", "p": 0.5}, {"op": "index", "of": "csi"}],
                      "--stream", "open"):
        assert "error" not in result, result
        for row in result["rows"]:
            if "error" not in row:
                contains(row["method"], "model-based")


def a_stream_without_answers_is_refused(city):
    city.ok("wave", "open", "--form", "A", "--year", "2024")
    city.ok("import", city.write("s.csv", answers(2024, 60)), "--wave", "A-2024")
    answer = city.run("estimate", "--wave", "A-2024", "--stream", "open", "--mean", "sat", "--json")
    same(answer.code, 1)
    contains(answer.json["error"]["message"], "A-2024")


def placeholder_margins_give_no_weighted_figure(city):
    city.ok("margins", "import", city.write("m.csv", margins_csv("1")))
    city.ok("wave", "open", "--form", "A", "--year", "2024", "--margins", "sex age")
    city.ok("import", city.write("s.csv", answers(2024, 400)), "--wave", "A-2024")
    plan = {"requests": [{"op": "mean", "of": "sat"}, {"op": "index", "of": "csi"}]}
    answer = city.run("analyse", "-", "--wave", "A-2024", "--json", stdin=json.dumps(plan).encode())
    same(answer.code, 1)
    same({r["error"]["code"] for r in answer.json["results"]}, {"placeholder_margins"})
    for command in ("rank", "area"):
        refused = city.run(command, "--wave", "A-2024", "--json")
        same(refused.code, 1)
        contains(refused.json["error"]["message"], "sex")
    # On its own responsibility a plan may leave the weighting out.
    plan = {"requests": [{"op": "mean", "of": "sat"}], "calibrate": None}
    answer = city.run("analyse", "-", "--wave", "A-2024", "--json", stdin=json.dumps(plan).encode())
    same(answer.code, 0)
    contains(answer.json["results"][0]["rows"][0]["method"], "linearised")
    same([answer.json["wave"][k] for k in ("calibration", "margins")], ["none", ""])
    for own in ({"codes": {}}, {"design": {"strata": "stratum"}}):
        plan = {"requests": [{"op": "mean", "of": "sat"}], **own}
        answer = city.run("analyse", "-", "--wave", "A-2024", "--json", stdin=json.dumps(plan).encode())
        same((own, answer.json["results"][0].get("error", {}).get("code")), (own, "placeholder_margins"))


# ---- places, areas, rates ----

def townships(stream="sampled"):
    return {m["domain"]: m for m in CITY.run(
        "index", "--form", "A", "--index", "csi", "--year", "2024", "--stream", stream, "--by", "township",
        "--json").json["estimates"]}


def places_of_townships_are_those_of_their_published_estimates():
    said = CITY.ok("rank", "--wave", "A-2024", "--top", "2")
    want = townships()
    same({r["name"] for r in said["rows"]}, set(want))
    for row in said["rows"]:
        m = want[row["name"]]
        if m.get("value") is not None:
            near(row["score"], m["value"], "score")
            near(row["se"], m["se"], "se")
        assert row["low"] <= row["rank"] <= row["high"] and 0 <= row["p_top"] <= 1
        same(row["rank"], 1 + sum(r["score"] > row["score"] for r in said["rows"]))
    same(said["left_out"], [])


def ranks_and_areas_say_of_what_and_how_sure():
    want = ask([{"op": "index", "of": "csi", "by": "sector"}])[0]
    few = {r["by"]["sector"]: r for r in want["rows"]}
    for command, name in (("rank", "name"), ("area", "area")):
        said = CITY.ok(command, "--wave", "A-2024", "--by", "sector")
        same([said["index"], said["by"]], ["csi", "sector"])
        for row in said["rows"]:
            m = few[row[name]]
            same(row["n"], m["n"])
            near(row["estimate_low"], m["low"], "low", 1e-9)
            near(row["estimate_high"], m["high"], "high", 1e-9)
            same("uncertain" in row, "uncertain" in m)
        shown = CITY.run(command, "--wave", "A-2024", "--by", "sector").text
        contains(shown, "csi by sector")
        contains(shown, str(said["rows"][0]["n"]))
        same(said["below_limits"], [])


def thin_places_are_marked_in_ranks_and_areas(city):
    city.ok("margins", "import", city.write("m.csv", margins_csv()))
    city.ok("wave", "open", "--form", "A", "--year", "2024", "--margins", "sex age")
    city.ok("import", city.write("s.csv", answers(2024, 120)), "--wave", "A-2024")
    held = {m["domain"] for m in city.run("index", "--form", "A", "--by", "township", "--index", "csi", "--json").json["estimates"]
            if m["stream"] == "sampled" and "error" in m}
    for command, name in (("rank", "name"), ("area", "area")):
        said = city.ok(command, "--wave", "A-2024")
        assert len(said["below_limits"]) > 0
        same({said["rows"][i][name] for i in said["below_limits"]} | {r["name"] for r in said["left_out"]}, held)
        shown = city.run(command, "--wave", "A-2024").text
        same(shown.count("not to publish"), len(said["below_limits"]) + 1)


def places_use_the_covariance_of_the_estimates():
    """The same peers from a file with that covariance have the same sets."""
    rows = CITY.ok("rank", "--wave", "A-2024", "--by", "sector", "--seed", "5")["rows"]
    vcov = ask([{"op": "index", "of": "csi", "by": "sector"}])[0]["vcov"]
    peers = CITY.write("p.csv", "name,score,se\n" + "".join(f"{r['name']},{r['score']!r},{r['se']!r}\n" for r in rows))
    cov = CITY.write("v.csv", "".join(",".join(repr(x) for x in line) + "\n" for line in vcov))
    again = manyi("rank", peers, "--vcov", cov, "--seed", "5", "--json").json["rows"]
    for a, b in zip(rows, again):
        same([a[k] for k in ("rank", "low", "high", "low_simultaneous", "high_simultaneous")],
             [b[k] for k in ("rank", "low", "high", "low_simultaneous", "high_simultaneous")])


def areas_are_the_townships_estimates_and_variances():
    said = CITY.ok("area", "--wave", "A-2024")
    want = ask([{"op": "index", "of": "csi", "by": "town"}])[0]["rows"]
    for row, m in zip(said["rows"], want):
        same(row["area"], m["by"]["town"])
        near(row["direct"], m["estimate"], "direct")
        near(row["variance"], m["se"] ** 2, "variance")
    text = "area,x\n" + "".join(f"{t},{i}\n" for i, t in enumerate(reversed(TOWNS)))
    path = CITY.write("x.csv", text)
    with_x = CITY.ok("area", path, "--wave", "A-2024", "--x", "x")
    same(sorted(with_x["beta"]), ["(Intercept)", "x"])
    lines = "area,estimate,variance,x\n" + "".join(
        f"{r['area']},{r['direct']!r},{r['variance']!r},{4 - i}\n" for i, r in enumerate(said["rows"]))
    file = manyi("area", CITY.write("y.csv", lines), "--x", "x", "--json").json
    near(file["refvar"], with_x["refvar"], "refvar", 1e-7, scale=1e-7)
    missing = CITY.run("area", CITY.write("z.csv", "area,x\nnowhere,1\n"), "--wave", "A-2024", "--x", "x", "--json")
    same(missing.code, 1)
    contains(missing.json["error"]["message"], TOWNS[0])


def rates_are_the_complaints_on_record(city):
    city.ok("wave", "open", "--form", "A", "--year", "2024")
    none = city.run("rate", "--wave", "A-2024", "--json")
    same(none.code, 1)
    contains(none.json["error"]["message"], "2024")
    city.ok("track", "complaints", city.write(
        "c.csv", "year,registered,residents,source,date\n2022,310,900000,12315,2023-01-05\n"
        "2023,280,905000,12315,2024-01-05\n2024,250,910000,12315,2025-01-05\n2025,1,910000,12315,2026-01-05\n"))
    said = city.ok("rate", "--wave", "A-2024", "--reference", "3")
    file = city.write("r.csv", "period,count,exposure\n2022,310,900000\n2023,280,905000\n2024,250,910000\n")
    want = manyi("rate", file, "--reference", "3", "--json").json
    same(said.pop("wave")["year"], [2024])
    same(said, want)


def rows_too_thin_to_publish_are_named():
    result, = ask([{"op": "mean", "of": "sat", "by": ["town", "sector", "age"]}])
    def size(r):
        return r["n_eff"] if r["n_eff"] is not None else r["kish_n"]
    assert all(r["n_eff"] is None or r["n_eff"] <= r["n"] for r in result["rows"] if "error" not in r)
    want = [i for i, r in enumerate(result["rows"]) if "error" not in r and (r["n"] < 10 or size(r) < 50 or r["low"] is None)]
    assert 0 < len(want)
    same(result["below_limits"], want)
    assert "below_limits" not in ask([{"op": "mean", "of": "sat"}])[0]
    shown = CITY.run("estimate", "--wave", "A-2024", "--mean", "sat", "--by", "town,sector,age").text
    same(shown.count("not to publish"), len(want) + 1)
    contains(shown, "fewer than 10 answers")
    assert "not to publish" not in CITY.run("estimate", "--wave", "A-2024", "--mean", "sat").text
    # A comparison is as thin as the thinner of what it compares.
    groups = ["town", "sector"]
    step, mean = ask([{"op": "difference", "of": "sat", "over": "age", "by": groups},
                      {"op": "mean", "of": "sat", "by": ["age", *groups]}])
    thin = [mean["rows"][i]["by"] for i in mean["below_limits"]]
    def side(r, age):
        return {"age": age, **r["by"]}
    want = [i for i, r in enumerate(step["rows"]) if "error" not in r and
            (r["n"] < 10 or r["low"] is None or side(r, r["from"]) in thin or side(r, r["to"]) in thin)]
    same(step["below_limits"], want)
    assert 0 < len(want)


def a_table_of_quantiles_says_which():
    shown = CITY.run("estimate", "--wave", "A-2024", "--quantile", "sat:0.25,0.5,0.75").text
    said = CITY.ok("estimate", "--wave", "A-2024", "--quantile", "sat:0.25,0.5,0.75")["results"][0]["rows"]
    same([r["quantile"] for r in said], [0.25, 0.5, 0.75])
    contains(shown, "quantile")
    for q in ("0.25", "0.5", "0.75"):
        assert any(line.split()[:2] == ["sat", q] for line in shown.splitlines()), shown


# ---- what is asked wrongly ----

def questions_that_make_no_sense_are_named():
    for request, word, part in (
            ({"op": "mean", "of": "nothing"}, "column", "nothing"),
            ({"op": "mean", "of": "sat", "by": "nothing"}, "column", "nothing"),
            ({"op": "mean", "of": "sat", "where": {"sector": "S99"}}, "input", "S01"),
            ({"op": "mean", "of": "sat", "where": {"sector": "S05"}}, "empty_domain", "sat"),
            ({"op": "index", "of": "nothing"}, "column", "nothing"),
            ({"op": "index", "of": "csi", "where": {"sex": 1}}, "input", "csi"),
            ({"op": "mean", "of": "sat", "bye": "sex"}, "input", "bye"),
            ({"op": "index", "of": {"sat": 1}, "scale": [1, 5]}, "input", "sat")):
        error = ask([request], code=1)[0]["error"]
        same((request, error["code"]), (request, word))
        contains(error["message"], part)
    same(CITY.run("estimate", "--wave", "A-1999", "--mean", "sat").code, 1)
    for command in ("estimate", "rank", "rate"):
        same(CITY.run(command, os.devnull, "--wave", "A-2024", *(["--mean", "sat"] if command == "estimate" else [])).code, 2)
        same(manyi(command).code, 2)
    same(manyi("area").code, 2)
    for words in (("rank", os.devnull, "--by", "sector"), ("area", os.devnull, "--stream", "open"),
                  ("estimate", os.devnull, "--figure", "csi"), ("estimate", "--wave", "A-2024", "--encoding", "utf-8"),
                  ("rank", "--wave", "A-2024", "--vcov", os.devnull), ("rate", "--wave", "A-2024", "--encoding", "utf-8")):
        refused = CITY.run(*words)
        same(refused.code, 2)
        contains(refused.err, words[-2])


def without_a_wave_no_database_is_needed():
    path = CITY.write("f.csv", "x\n1\n2\n3\n")
    same(manyi("estimate", path, "--mean", "x").code, 0)
    same(manyi("estimate", "--wave", "A-2024", "--mean", "x").code, 2)


if __name__ == "__main__":
    try:
        run_tests([
            sums_give_what_the_rows_give, the_exported_file_gives_the_same_numbers,
            what_sums_cannot_tell_comes_from_the_rows, a_sampling_unit_whose_answers_are_all_out_still_counts,
            a_figure_is_what_the_index_command_publishes, steps_over_the_years_are_those_of_the_series,
            steps_over_shared_units_are_the_trackers,
            a_trend_over_two_waves_is_their_difference, several_waves_are_compared_over_years_and_nothing_else,
            the_streams_are_never_pooled, every_interval_of_the_open_stream_is_called_model_based,
            a_stream_without_answers_is_refused, placeholder_margins_give_no_weighted_figure,
            places_of_townships_are_those_of_their_published_estimates, places_use_the_covariance_of_the_estimates,
            ranks_and_areas_say_of_what_and_how_sure, thin_places_are_marked_in_ranks_and_areas,
            areas_are_the_townships_estimates_and_variances, rates_are_the_complaints_on_record,
            rows_too_thin_to_publish_are_named, a_table_of_quantiles_says_which, questions_that_make_no_sense_are_named,
            without_a_wave_no_database_is_needed])
    finally:
        CITY.close()
