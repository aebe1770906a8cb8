#!/usr/bin/env python3
"""The reference answers made again: R's survey, as installed here, against `manyi` on the same files.

usage: live.py MANYI REFERENCE    (make check-oracle)

Each R script says lines "case<TAB>field<TAB>numbers"; each case is asked of manyi here; numbers are compared one by one,
closed forms at 1e-9 relative, iterated ones at 1e-7.  Exit 0: all agree; 1: something differs, or was not compared.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

MANYI, REFERENCE = (os.path.abspath(p) for p in sys.argv[1:3])
HERE = os.path.dirname(os.path.abspath(__file__))
SURVEY = os.path.join(REFERENCE, "survey")
CLOSED, ITERATED = 1e-9, 1e-7

DESIGNS = {
    "srs": ("apisrs.csv", {"fpc": "fpc", "weight": "pw"}),
    "strat": ("apistrat.csv", {"strata": "stype", "fpc": "fpc", "weight": "pw"}),
    "clus1": ("apiclus1.csv", {"cluster": "dnum", "fpc": "fpc", "weight": "pw"}),
    "clus2": ("apiclus2.csv", {"cluster": ["dnum", "snum"], "fpc": ["fpc1", "fpc2"]}),
    "clus2_wr": ("apiclus2.csv", {"cluster": "dnum", "weight": "pw"}),
    "strat_nofpc": ("apistrat.csv", {"strata": "stype", "weight": "pw"}),
}
STYPE, WIDE = {"E": 4421, "H": 755, "M": 1018}, {"No": 1072, "Yes": 5122}
API99 = {"(Intercept)": 6194, "stypeH": 755, "stypeM": 1018, "api99": 3914069}


class Tried:
    """What manyi said, by case: field -> numbers."""

    def __init__(self):
        self.said = {}
        self.tolerance = {}

    def put(self, case, fields, tolerance=CLOSED):
        assert case not in self.said, case
        self.said[case] = fields
        self.tolerance[case] = tolerance


def run(*args, stdin=None):
    done = subprocess.run([MANYI, *args, "--json"], input=stdin, stdout=subprocess.PIPE, check=False,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANYI_LANG": "en"})
    assert done.returncode == 0, f"{args}: {done.stdout.decode()[:2000]}"
    return json.loads(done.stdout)


def analyse(data, requests, **plan):
    said = run("analyse", "-", stdin=json.dumps({"data": data, "requests": requests, **plan}).encode())["results"]
    for result in said:
        assert "error" not in result, result
    return said


def fields(result):
    """A result of a plan as field -> numbers, rows in order."""
    rows = result.get("rows", [])
    f = {key: [r.get(key) for r in rows] for key in (rows[0] if rows else {})
         if not isinstance(rows[0][key], (str, dict))}
    if "vcov" in result:
        f["vcov"] = [x for line in result["vcov"] for x in line]
    if "weights" in result:
        f["weights"] = result["weights"]
    f.update({k: [v] for k, v in result.items() if isinstance(v, (int, float))})
    return f


def put_all(tried, prefix, names, results, tolerance=CLOSED):
    for name, result in zip(names, results):
        tried.put(f"{prefix} {name}", fields(result), tolerance)


def basic(tried):
    asked = {
        "design": {"op": "design"},
        "mean": {"op": "mean", "of": ["api00", "api99", "enroll"], "missing": "listwise"},
        "deff": {"op": "mean", "of": "api00", "deff": "replace"},
        "deff without replacement": {"op": "mean", "of": "api00", "deff": True},
        "total": {"op": "total", "of": "enroll"},
        "ratio": {"op": "ratio", "num": "api00", "den": "api99"},
        "by": {"op": "mean", "of": "api00", "by": "stype", "df": "design"},
        "by two": {"op": "mean", "of": "api00", "by": ["stype", "sch.wide"], "df": "design"},
        "where": {"op": "mean", "of": "api00", "where": {"stype": "E"}, "df": "design"},
        "ttest": {"op": "ttest", "of": "api00", "over": "sch.wide"},
    }
    for method, ours in (("mean", "wald"), ("xlogit", "logit"), ("beta", "beta"), ("asin", "asin")):
        asked[f"share {method}"] = {"op": "share", "of": "sch.wide", "is": "Yes", "interval": ours}
    for rule in ("math", "school", "hf7"):
        asked[f"quantile {rule}"] = {"op": "quantile", "of": "api00", "p": [0.25, 0.5, 0.75], "rule": rule}
    for name, (data, design) in DESIGNS.items():
        put_all(tried, f"basic {name}", asked, analyse(os.path.join(SURVEY, data), list(asked.values()), design=design))


FIVE = {"weights": {"op": "weights"}, "mean": {"op": "mean", "of": "api00"}, "total": {"op": "total", "of": "enroll"},
        "ratio": {"op": "ratio", "num": "api.stu", "den": "enroll"}, "by": {"op": "mean", "of": "api00", "by": "stype", "df": "design"}}
RAKE = {"method": "rake", "margins": {"stype": STYPE, "sch.wide": WIDE}, "tolerance": 1e-13}
LINEAR = {"method": "linear", "totals": API99}
CALIBRATIONS = [
    ("poststratify", "clus1", {"method": "poststratify", "margins": {"stype": STYPE}}, CLOSED),
    ("rake", "clus1", RAKE, ITERATED),
    ("linear", "clus1", LINEAR, CLOSED),
    ("linear two stages", "clus2", LINEAR, CLOSED),
    ("raking", "clus1", {"method": "raking", "totals": API99}, ITERATED),
    ("logit", "clus1", {"method": "logit", "totals": API99, "bounds": [0.5, 2.5]}, ITERATED),
    ("bounded", "strat", {"method": "linear", "bounds": [0.9, 1.1],
                          "totals": {"(Intercept)": 6194, "api99": 3914069, "sch.wideYes": 5122}}, ITERATED),
    ("trimmed", "clus1", {**LINEAR, "trim": {"lower": 25, "upper": 60}}, CLOSED),
    ("trimmed strictly", "clus1", {**LINEAR, "trim": {"lower": 25, "upper": 60, "strict": True}}, CLOSED),
]


def calibration(tried):
    for name, design, calibrate, tolerance in CALIBRATIONS:
        data, how = DESIGNS[design]
        got = analyse(os.path.join(SURVEY, data), list(FIVE.values()), design=how, calibrate=calibrate)
        put_all(tried, f"calibration {name}", FIVE, got, tolerance)
        if name == "rake":
            tried.put("calibration rake() weights", fields(got[0]), ITERATED)


def table(folder, name, rows):
    path = os.path.join(folder, name)
    with open(path, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows(rows)
    return path


def read(name, folder="survey"):
    with open(os.path.join(REFERENCE, folder, name), newline="", encoding="utf-8") as f:
        return list(csv.reader(f))


def jackknife(folder, name, data, unit, stratum=None):
    """Leave one unit out at a time: the others of its stratum stand in for it."""
    rows = read(data)
    u, h = rows[0].index(unit), rows[0].index(stratum) if stratum else None
    units = sorted({(r[h] if stratum else "", r[u]) for r in rows[1:]})
    count = {}
    for s, _ in units:
        count[s] = count.get(s, 0) + 1
    out = [rows[0] + [f"jk{k}" for k in range(len(units))]]
    for r in rows[1:]:
        s = r[h] if stratum else ""
        out.append(r + ["1" if g != s else "0" if i == r[u] else repr(count[s] / (count[s] - 1)) for g, i in units])
    return table(folder, name, out), out[0][len(rows[0]):]


def beside(folder, name, data, weights):
    """Stored replicate weights beside the data they belong to."""
    rows, more = read(data), read(weights)
    names = [f"r{i}" for i in range(1, len(more[0]))]
    out = [rows[0] + names] + [r + w[1:] for r, w in zip(rows[1:], more[1:])]
    return table(folder, name, out), names


def replicates(tried, folder):
    def put(name, made, how, weight="pw", y="api00", x="api99"):
        requests = {"design": {"op": "design"}, "mean": {"op": "mean", "of": y}, "total": {"op": "total", "of": y},
                    "ratio": {"op": "ratio", "num": y, "den": x}}
        design = {"weight": weight, "replicates": {"columns": made[1], **how}}
        put_all(tried, f"replicates {name}", requests, analyse(made[0], list(requests.values()), design=design))

    clus1 = jackknife(folder, "jk1.csv", "apiclus1.csv", "dnum")
    put("jk1", clus1, {"type": "JK1", "combined": False})
    put("jk1 mse", clus1, {"type": "JK1", "combined": False, "mse": True})
    put("jkn", jackknife(folder, "jkn.csv", "apistrat.csv", "cds", "stype"), {"type": "JKn", "combined": False})
    scd = {"weight": "w", "y": "alive", "x": "arrests"}
    put("brr", beside(folder, "brr.csv", "scd.csv", "repweights_brr_scd.csv"), {"type": "BRR"}, **scd)
    put("fay", beside(folder, "fay.csv", "scd.csv", "repweights_fay03_scd.csv"), {"type": "Fay", "rho": 0.3}, **scd)
    put("bootstrap", beside(folder, "boot.csv", "apistrat.csv", "repweights_subboot_strat_R60.csv"), {"type": "bootstrap"})


def lonely(tried):
    requests = {"mean": {"op": "mean", "of": "y"}, "total": {"op": "total", "of": "y"},
                "by": {"op": "mean", "of": "y", "by": "dom", "df": "design"}}
    for fpc in ("fpc", "nofpc"):
        for domain in ("design", "domain"):
            for policy in ("adjust", "average", "certainty", "remove"):
                design = {"cluster": "id", "strata": "st", "weight": "w", "lonely": policy,
                          "domain_lonely": domain == "domain", "fpc": "N" if fpc == "fpc" else None}
                put_all(tried, f"lonely {policy} {fpc} {domain}", requests,
                        analyse(os.path.join(SURVEY, "lonely.csv"), list(requests.values()), design=design))


def small(tried, folder):
    for k in (0, 1, 7, 40, 250):
        row, = run("rate", table(folder, "k.csv", [["period", "count", "exposure"], [2024, k, 1]]), "--per", "1")["rows"]
        tried.put(f"small rate {k}", {"low": [row["low"]], "high": [row["high"]]})
    rates = table(folder, "rates.csv", [["period", "count", "exposure"], [2023, 20, 1000], [2024, 31, 1100]])
    change, = run("rate", rates)["changes"]
    tried.put("small rates", {k: [change[k]] for k in ("ratio", "low", "high", "p_two")})
    counts = [["a", "b", "n"]] + [[a, b, n] for b, x, n_b in (("0", 12, 60), ("1", 25, 70), ("2", 41, 80))
                                  for a, n in (("yes", x), ("no", n_b - x))]
    trend, = analyse(table(folder, "trend.csv", counts), [
        {"op": "cochran_armitage", "success": {"a": "yes"}, "scores": {"b": {"0": 0, "1": 1, "2": 2}}}],
        design={"frequency": "n"})
    tried.put("small trend", fields(trend))
    mobi = read("mobi.csv", "small")
    grouped = [mobi[0] + ["half"]] + [r + ["1" if i < 100 else "2"] for i, r in enumerate(mobi[1:])]
    welch, alpha = analyse(table(folder, "mobi.csv", grouped), [
        {"op": "ttest", "of": "CUSA1", "over": "half"}, {"op": "alpha", "of": ["CUSA1", "CUSA2", "CUSA3"]}])
    tried.put("small welch", fields(welch))
    tried.put("small alpha", fields(alpha))


def composite(tried, folder):
    """The index of docs/examples/phone.csv as an agency's wave, with its clusters and with the column emptied."""
    phone = os.path.join(REFERENCE, "..", "..", "docs", "examples", "phone.csv")
    with open(phone, newline="", encoding="utf-8-sig") as f:
        rows = list(csv.reader(f))
    at = rows[0].index("cluster")
    emptied = table(folder, "people.csv", rows[:1] + [r[:at] + [""] + r[at + 1:] for r in rows[1:]])
    for design, data in (("clusters", phone), ("people", emptied)):
        for weights, margins in (("unraked", []), ("raked", ["--margins", "sex town"])):
            db = ["--db", os.path.join(folder, f"{design}-{weights}.db")]
            run("init", *db)
            run("margins", "import", os.path.join(REFERENCE, "composite", "margins.csv"), *db)
            run("wave", "open", "--form", "C", "--year", "2024", *margins, *db)
            run("import", "--wave", "C-2024", data, *db)
            for by in ("all", "sex", "town"):
                words = [] if by == "all" else ["--by", by]
                result, = run("estimate", "--wave", "C-2024", "--figure", "cqi", *words, *db)["results"]
                tried.put(f"composite {design} {weights} {by}", fields(result), CLOSED if weights == "unraked" else ITERATED)


def ask_r_composite():
    """The script that made the reference says its numbers as JSON, and none of its domains."""
    done = subprocess.run(["Rscript", "composite.R"], stdout=subprocess.PIPE, check=False, timeout=120,
                          cwd=os.path.join(REFERENCE, "composite"))
    assert done.returncode == 0, "R failed"
    for case, said in json.loads(done.stdout).items():
        for field, numbers in said.items():
            if field != "domain":
                yield case, field, numbers


def ask_r():
    """Lines of every R script, in one process: loading survey takes longer than computing."""
    program = "".join(f"source({json.dumps(os.path.join(HERE, name))});"
                      for name in ("say.R", "basic.R", "calibration.R", "replicates.R", "lonely.R", "small.R"))
    done = subprocess.run(["Rscript", "-e", program, REFERENCE], stdout=subprocess.PIPE, check=False, timeout=120)
    assert done.returncode == 0, "R failed"
    for line in done.stdout.decode().splitlines():
        case, field, numbers = line.split("\t")[:3]
        yield case, field, numbers if field == "skip" else [None if x == "NA" else float(x) for x in numbers.split()]
    yield from ask_r_composite()


def apart(ours, theirs, scale):
    """Relative difference; undefined agrees with undefined alone."""
    if ours is None or theirs is None:
        return 0.0 if ours is None and theirs is None else float("inf")
    return abs(ours - theirs) / max(abs(theirs), scale, 1e-300)


def compare(tried):
    groups, wrong, skipped, left = {}, [], [], dict.fromkeys(tried.said, 1)
    for case, field, theirs in ask_r():
        left.pop(case, None)
        if field == "skip":
            skipped.append(f"{case}: {theirs}")
            continue
        ours = tried.said.get(case, {}).get(field)
        if ours is None or len(ours) != len(theirs):
            wrong.append(f"{case}, {field}: manyi has {0 if ours is None else len(ours)} numbers, R {len(theirs)}")
            continue
        # A covariance near 0 is measured by the largest of its matrix.
        scale = max((abs(x) for x in theirs if x is not None), default=0) if field == "vcov" else 0
        worst = max(apart(a, b, scale) for a, b in zip(ours, theirs))
        if worst > tried.tolerance[case]:
            wrong.append(f"{case}, {field}: apart by {worst:.3g}; R {theirs[:3]}, manyi {ours[:3]}")
        words = case.split()
        key = case if words[0] == "small" else " ".join(words[:2])
        g = groups.setdefault(key, [0, 0, 0.0, 0.0])
        g[0] += 1
        g[1] += len(theirs)
        g[2] = max(g[2], worst)
        g[3] = max(g[3], tried.tolerance[case])
    wrong += [f"{case}: R said nothing of it" for case in left]
    return groups, wrong, skipped


def main():
    tried = Tried()
    with tempfile.TemporaryDirectory(prefix="manyi-oracle-") as folder:
        basic(tried)
        calibration(tried)
        replicates(tried, folder)
        lonely(tried)
        small(tried, folder)
        composite(tried, folder)
    groups, wrong, skipped = compare(tried)
    print(f"{'what':28} {'fields':>7} {'numbers':>8} {'largest relative difference':>28} {'allowed':>8}")
    for key, (fields_n, numbers, worst, allowed) in groups.items():
        print(f"{key:28} {fields_n:7d} {numbers:8d} {worst:28.2e} {allowed:8.0e}")
    print(f"{len(tried.said)} cases, {sum(g[1] for g in groups.values())} numbers, {len(wrong)} disagreements")
    for line in skipped:
        print(f"not compared  {line}")
    for line in wrong:
        print(f"DIFFERS  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
