#!/usr/bin/python3
"""Samples of every design drawn at random, estimated by R's survey and by manyi analyse, compared to the last digits.

Usage: designs.py [SAMPLES [FIRST_SEED]]; MANYI names the program.  Ends with 1 where the two disagree.
"""
import collections
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

CLOSED, ITERATED = 1e-9, 1e-7
MANYI = os.environ.get("MANYI", "manyi")
DESIGNS = ("elements", "strata", "clusters", "strata and clusters", "two stages", "cluster names used again")
CALIBRATIONS = (None, None, "poststratify", "rake", "linear", "raking", "logit")
REPLICATES = (None, None, None, "JK1", "JKn", "bootstrap")
HIGH = [9, 10]
REQUESTS = [
    {"op": "design"},
    {"op": "mean", "of": ["x", "y"], "deff": True},
    {"op": "mean", "of": ["x"], "by": ["g"]},
    {"op": "mean", "of": ["q1", "q2"]},
    {"op": "mean", "of": ["q1", "q2", "q3"], "missing": "listwise"},
    {"op": "mean", "of": ["x"], "where": {"g": ["a", "b"]}},
    {"op": "mean", "of": ["x"], "by": ["z"], "where": {"g": ["a", "c"]}},
    {"op": "total", "of": ["y", "x"]},
    {"op": "ratio", "num": "y", "den": "d"},
    {"op": "ratio", "num": "y", "den": "d", "by": ["g"]},
    {"op": "share", "of": "q1", "is": HIGH, "interval": "logit"},
    {"op": "share", "of": "q1", "is": HIGH, "interval": "beta"},
    {"op": "share", "of": "q1", "is": HIGH, "interval": "wald"},
    {"op": "quantile", "of": "x", "p": [0.4, 0.5], "rule": "math"},
    {"op": "quantile", "of": "x", "p": [0.4, 0.5], "rule": "school"},
    {"op": "quantile", "of": "x", "p": [0.4, 0.5], "rule": "hf7"},
    {"op": "difference", "of": "y", "over": "year"},
    {"op": "trend", "of": "y", "over": "year"},
    {"op": "ttest", "of": "y", "over": "z"},
    {"op": "weights"},
]
# What R is asked, by the place of the request; o() prints a row, m() the rows of a whole table.
R_ANSWERS = """
o <- function(name, ...) cat(name, sprintf("%.17g", as.numeric(c(...))), "\\n")
ends <- function(b, se, df) b + c(-1, 1) * qt(.975, df) * se
m <- function(name, s, df = degf(S)) { b <- coef(s); V <- as.matrix(vcov(s)); df <- rep_len(df, length(b))
  for (i in seq_along(b)) o(paste0(name, ".", i - 1), b[i], sqrt(V[i, i]), ends(b[i], sqrt(V[i, i]), df[i])) }
# Every group by the degrees of freedom of its own units.
own <- function(s, group) sapply(sort(unique(s$variables[[group]])), function(l)
  degf(s[s$variables[[group]] == l, ]))
ask <- function(name, e) tryCatch(e, error = function(x) cat(name, "NONE", conditionMessage(x), "\\n"))
ask(0, o("0.0", degf(S), sum(weights(S, "sampling"))))
ask(1, { a <- svymean(~x + y, S, deff = !is.rep); m(1, a); if (!is.rep) o("1.deff", deff(a)) })
ask(2, m(2, svyby(~x, ~g, S, svymean), own(S, "g")))
ask(3, { o1 <- svymean(~q1, S, na.rm = TRUE); o2 <- svymean(~q2, S, na.rm = TRUE)
  o("3.0", coef(o1), SE(o1), ends(coef(o1), SE(o1), degf(S))); o("3.1", coef(o2), SE(o2), ends(coef(o2), SE(o2), degf(S))) })
ask(4, m(4, svymean(~q1 + q2 + q3, S, na.rm = TRUE)))
ask(5, { d <- subset(S, g %in% c("a", "b")); m(5, svymean(~x, d), degf(d)) })
ask(6, { d <- subset(S, g %in% c("a", "c")); m(6, svyby(~x, ~z, d, svymean), own(d, "z")) })
ask(7, m(7, svytotal(~y + x, S)))
ask(8, m(8, svyratio(~y, ~d, S)))
ask(9, m(9, svyby(~y, ~g, S, denominator = ~d, svyratio), own(S, "g")))
if (!is.rep) {
answered <- subset(update(S, nine = ifelse(is.na(q1), 0, q1) >= 9), !is.na(q1))
p <- svymean(~as.numeric(nine), answered); names(p) <- "p"; b <- coef(p); v <- as.numeric(vcov(p))
lo <- svycontrast(p, quote(log(p / (1 - p))))
o("10.0", b, sqrt(v), plogis(ends(coef(lo), SE(lo), degf(S))))
ne <- b * (1 - b) / v * (qt(.025, sum(!is.na(D$q1)) - 1) / qt(.025, degf(S)))^2
o("11.0", b, sqrt(v), qbeta(.025, ne * b, ne * (1 - b) + 1), qbeta(.975, ne * b + 1, ne * (1 - b)))
o("12.0", b, sqrt(v), ends(b, sqrt(v), degf(S)))
for (i in 1:3) { q <- svyquantile(~x, S, c(.4, .5), qrule = c("math", "school", "hf7")[i], ci = TRUE,
    interval.type = "mean", df = degf(S))[[1]]
  for (k in 1:2) o(paste0(12 + i, ".", k - 1), q[k, 1], NA, q[k, 2], q[k, 3]) }
}
ask(16, { b <- svyby(~y, ~f, update(S, f = factor(year)), svymean, covmat = TRUE); V <- vcov(b); b <- coef(b)
  for (i in 2:3) { se <- sqrt(V[i, i] + V[i - 1, i - 1] - 2 * V[i, i - 1])
    o(paste0("16.", i - 2), b[i] - b[i - 1], se, ends(b[i] - b[i - 1], se, degf(S))) } })
slope <- function(name, formula) ask(name, { f <- svyglm(formula, S); se <- sqrt(diag(vcov(f)))[2]
  o(paste0(name, ".0"), coef(f)[2], se, ends(coef(f)[2], se, degf(S) - 1)) })
slope(17, y ~ year)
slope(18, y ~ z)
o("19.w", weights(S, "sampling"))
"""


def people(rng, design, fpc):
    """Rows of a drawn sample; "effect" is what people of one cluster share."""
    rows = []
    for h in range(1 if design in ("elements", "clusters") else rng.randint(2, 6)):
        if design in ("elements", "strata"):
            n = rng.randint(30, 60)
            size = n * rng.randint(2, 9)
            rows += [{"h": f"S{h}", "c": f"c{h}_{i}", "u": f"u{h}_{i}", "n1": size, "n2": 1, "effect": 0,
                      "w": size / n * (1 if fpc else rng.uniform(0.5, 2))} for i in range(n)]
            continue
        clusters = rng.randint(5, 9)
        for c in range(clusters):
            n, effect = rng.randint(6, 14), rng.gauss(0, 1)
            times, all_clusters = rng.randint(1, 4), clusters * 3
            name = f"k{c}" if design == "cluster names used again" else f"c{h}_{c}"
            rows += [{"h": f"S{h}", "c": name, "u": f"u{h}_{c}_{i}", "n1": all_clusters, "n2": n * times,
                      "effect": effect, "w": 3 * times * (1 if fpc and design == "two stages" else rng.uniform(0.5, 2))}
                     for i in range(n)]
    return rows


def answer(rng, row):
    """What one person says; some refuse (98), some leave it empty."""
    effect = row.pop("effect")
    row.update(g=rng.choice("abca"), z=rng.choice("mf"), year=rng.choice((2022, 2023, 2024)))
    row["x"] = round(effect * 3 + rng.gauss(70, 10), 3)
    row["y"] = round(0.4 * row["x"] + rng.gauss(10, 5) + (row["year"] - 2022) * 1.5, 4)
    row["d"] = round(abs(rng.gauss(5, 2)) + 0.5, 3)
    for name, mean in (("q1", 7 + effect), ("q2", 7 + effect), ("q3", 8)):
        value = min(10, max(1, round(rng.gauss(mean, 2))))
        row[name] = rng.choices((value, 98, "NA", ""), (93, 4, 2, 1))[0]


def margins(rng, rows, name, total):
    share = {level: rng.uniform(0.5, 1.5) * sum(r["w"] for r in rows if r[name] == level)
             for level in sorted({r[name] for r in rows})}
    scale = total / sum(share.values())
    return {level: value * scale for level, value in share.items()}


def calibration(rng, rows, method):
    total = sum(r["w"] for r in rows)
    if method in ("poststratify", "rake"):
        names = ("g",) if method == "poststratify" else ("g", "z")
        return {"method": method, "tolerance": 1e-13, "margins": {n: margins(rng, rows, n, total) for n in names}}
    sized = sum(r["w"] * r["d"] for r in rows)
    c = {"method": method, "tolerance": 1e-13,
         "totals": {"(Intercept)": total * rng.uniform(0.98, 1.02), "d": sized * rng.uniform(0.97, 1.03)}}
    if method == "logit":
        c["bounds"] = [0.3, 3]
    return c


def draw(seed):
    """One sample: its rows, its plan, and how its replicates are to be made."""
    rng = random.Random(seed)
    kind, fpc, method, replicates = (rng.choice(DESIGNS), rng.random() < 0.5, rng.choice(CALIBRATIONS),
                                     rng.choice(REPLICATES))
    rows = people(rng, kind, fpc)
    for row in rows:
        answer(rng, row)
    rng.shuffle(rows)
    design = {"weight": "w", "nest": kind == "cluster names used again"}
    if kind not in ("elements", "clusters"):
        design["strata"] = ["h", None] if kind == "two stages" else "h"
    if kind not in ("elements", "strata"):
        design["cluster"] = ["c", "u"] if kind == "two stages" else "c"
    if fpc:
        design["fpc"] = ["n1", "n2"] if kind == "two stages" else "n1"
    if replicates is not None:
        replicates = {"JK1": "JKn", "JKn": "JKn"}.get(replicates, replicates) if "strata" in design else \
            {"JKn": "JK1"}.get(replicates, replicates)
        method = method if method == "poststratify" else None  # R cannot redo the others in every replicate
        design.pop("fpc", None)
        design["cluster"] = design.get("cluster") and "c"
    plan = {"data": "data.csv", "codes": {q: [98] for q in ("q1", "q2", "q3")}, "design": design, "requests": REQUESTS}
    if method is not None:
        plan["calibrate"] = calibration(rng, rows, method)
    name = kind + (", fpc" if "fpc" in design else "") + (f", {replicates}" if replicates else "") + \
        (f", {method}" if method else "")
    return rows, plan, replicates, name


def formula(names):
    names = [names] if isinstance(names, str) else [n for n in names or () if n]
    return "~" + ("+".join(names) or "1")


def numbers(values):
    return "c(" + ",".join(f"`{k}`={v!r}" for k, v in values.items()) + ")"


def r_calibrate(c):
    if c["method"] == "poststratify":
        g = c["margins"]["g"]
        return f"S <- postStratify(S, ~g, data.frame(g=names({numbers(g)}), Freq={numbers(g)}))\n"
    if c["method"] == "rake":
        totals = {"(Intercept)": sum(c["margins"]["g"].values())}
        for name, margin in c["margins"].items():
            totals.update({name + level: v for level, v in list(margin.items())[1:]})
        terms, function = "~g + z", "raking"
    else:
        totals, terms, function = c["totals"], "~d", c["method"]
    bounds = f", bounds=c({c['bounds'][0]}, {c['bounds'][1]})" if "bounds" in c else ""
    return (f"S <- calibrate(S, {terms}, population={numbers(totals)}, calfun='{function}', epsilon=1e-13, "
            f"maxit=200{bounds})\n")


def r_script(plan, replicates, seed):
    d = plan["design"]
    text = ("suppressMessages(library(survey)); options(survey.lonely.psu='fail', warn=-1)\n"
            "D <- read.csv('data.csv', na.strings=c('NA', ''))\n"
            "for (q in c('q1', 'q2', 'q3')) D[[q]][D[[q]] %in% 98] <- NA\n"
            f"S <- svydesign(ids={formula(d.get('cluster'))}, weights=~w, data=D, nest={str(d['nest']).upper()}"
            + (f", strata={formula(d['strata'])}" if "strata" in d else "")
            + (f", fpc={formula(d['fpc'])}" if "fpc" in d else "") + ")\n"
            f"is.rep <- {'TRUE' if replicates else 'FALSE'}\n")
    if replicates:
        text += (f"set.seed({seed}); S <- as.svrepdesign(S, type='{replicates}', compress=FALSE"
                 + (", replicates=30" if replicates == "bootstrap" else "") + ")\n"
                 "rw <- as.matrix(weights(S, 'analysis')); colnames(rw) <- paste0('rw_', 1:ncol(rw))\n"
                 "E <- read.csv('data.csv', na.strings=character(), colClasses='character')\n"
                 "write.csv(cbind(E, format(rw, digits=17, trim=TRUE)), 'data.csv', row.names=FALSE, quote=FALSE)\n"
                 "cat('scale', sprintf('%.17g', S$scale), '\\n'); cat('rscales', sprintf('%.17g', S$rscales), '\\n')\n")
    return text + (r_calibrate(plan["calibrate"]) if "calibrate" in plan else "") + R_ANSWERS


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def of_r(plan, replicates, seed, folder):
    """R's rows by name; adds the replicates to the plan."""
    with open(os.path.join(folder, "ask.R"), "w", encoding="utf-8") as f:
        f.write(r_script(plan, replicates, seed))
    done = run(["Rscript", "ask.R"], folder)
    if done.returncode != 0:
        sys.exit(f"R failed on sample {seed}: {done.stderr}")
    want = {}
    for line in done.stdout.splitlines():
        name, *rest = line.split()
        if rest and rest[0] != "NONE":
            want[name] = [math.nan if v == "NA" else float(v) for v in rest]
    if replicates:
        with open(os.path.join(folder, "data.csv"), encoding="utf-8") as f:
            columns = [c for c in f.readline().strip().split(",") if c.startswith("rw_")]
        plan["design"] = {"weight": "w", "replicates": {"type": replicates, "columns": columns,
                          "scale": want["scale"][0], "rscales": want["rscales"] if len(want["rscales"]) > 1 else None}}
    return want


def of_manyi(plan, seed, folder):
    with open(os.path.join(folder, "plan.json"), "w", encoding="utf-8") as f:
        json.dump(plan, f)
    done = run([os.path.abspath(MANYI) if "/" in MANYI else MANYI, "analyse", "plan.json", "--json"], folder)
    if not done.stdout:
        sys.exit(f"manyi failed on sample {seed}: {done.stderr}")
    return json.loads(done.stdout)["results"]


def pairs(results, want):
    """(what, ours, R's) of every number both have."""
    for i, result in enumerate(results):
        if i == 0:
            yield "df", result["rows"][0]["df"], want["0.0"][0]
            yield "sum of weights", result["rows"][0]["sum_w"], want["0.0"][1]
        elif "weights" in result:
            yield from ((f"weight {k}", *both) for k, both in enumerate(zip(result["weights"], want["19.w"])))
        else:
            for k, row in enumerate(result.get("rows", ())):
                for name, r in zip(("estimate", "se", "low", "high"), want.get(f"{i}.{k}", ())):
                    yield f"{json.dumps(result['request'])} row {k} {name}", row.get(name), r
                if i == 1 and "1.deff" in want:
                    yield f"deff {k}", row.get("deff"), want["1.deff"][k]


def check(seed, table):
    """One sample; how many numbers disagree."""
    rows, plan, replicates, name = draw(seed)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "data.csv"), "w", newline="", encoding="utf-8") as f:
            writer = csv.DictWriter(f, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        want = of_r(plan, replicates, seed, folder)
        allowed = ITERATED if "calibrate" in plan else CLOSED
        for what, ours, r in pairs(of_manyi(plan, seed, folder), want):
            if math.isnan(r):
                continue
            difference = math.inf if ours is None else abs(ours - r) / max(abs(r), 1e-6)
            entry = table[name]
            entry[0] += 1
            entry[1] = max(entry[1], difference)
            if difference > allowed:
                bad += 1
                print(f"sample {seed} ({name}): {what}: manyi {ours!r}, R {r!r}")
    return bad


def main():
    samples, first = (int(a) for a in (sys.argv[1:] + ["40", "1"][len(sys.argv) - 1:])[:2])
    table = collections.defaultdict(lambda: [0, 0.0])
    bad = sum(check(seed, table) for seed in range(first, first + samples))
    print(f"{'design':<60} {'numbers':>8} {'largest difference':>19}")
    for name, (count, worst) in sorted(table.items()):
        print(f"{name:<60} {count:>8} {worst:>19.2e}")
    print(f"{sum(e[0] for e in table.values())} numbers of {samples} samples compared, {bad} disagree")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
