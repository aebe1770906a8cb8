"""manyi analyse and estimate: errors that cannot be seen, degrees of freedom, effective n, and which p is which."""
import json
import os

from analyse_case import SMALL, ask, close
from cli_case import contains, run_tests, same


def an_error_that_cannot_be_seen_is_never_nought(city):
    rows = [f"{1 + i * 7 % 10},5,{i % 2},{'a' if i < 4 else 'b'},{i // 4},{i // 12}" for i in range(24)]
    city.write("d.csv", "y,same,half,town,c,s\n" + "\n".join(rows) + "\n")
    d, design = city.path("d.csv"), {"cluster": "c", "strata": "s"}
    mean, flat, none = ask(d, [{"op": "mean", "of": "y", "by": "town"}, {"op": "mean", "of": "same"},
                               {"op": "share", "of": "half", "is": [2]}], design=design)
    lonely, other = mean["rows"]
    same([lonely["estimate"], lonely["n"], lonely["se"], lonely["low"], lonely["high"], lonely["n_eff"]],
         [(1 + 8 + 5 + 2) / 4, 4, None, None, None, None])
    same(lonely["no_interval"]["code"], "lonely_domain")
    contains(lonely["no_interval"]["message"], "a")
    same(other["se"] > 0, True)
    row, = flat["rows"]
    same([row["estimate"], row["se"], row["low"], row["high"], row["no_interval"]["code"]],
         [5, None, None, None, "all_alike"])
    row, = none["rows"]
    same([row["estimate"], row["se"], row["low"]], [0, None, 0])
    same(1 - 0.025 ** (1 / 24) < row["high"] < 0.3, True)   # wider than a simple random sample's
    for policy in ("certainty", "average", "adjust"):   # the rounding of 0 is no error
        asked, = ask(d, [{"op": "mean", "of": "y", "where": {"town": "a"}}], design={**design, "lonely": policy})
        row, = asked["rows"]
        same([row["se"], row["deff"], row["low"], row["no_interval"]["code"]], [None, None, None, "lonely_domain"])
    q, = ask(d, [{"op": "quantile", "of": "y", "p": [0.02]}])
    same([q["rows"][0]["low"], q["rows"][0]["no_interval"]["code"]], [None, "too_few"])
    shown = city.run("estimate", d, "--mean", "y,same", "--by", "town", "--cluster", "c", "--strata", "s")
    contains(shown.text, "lonely domain")
    contains(shown.text, "all results are alike")


def what_is_all_alike_has_no_error_and_no_p(city):
    d = city.write("d.csv", "a,g\n5,1\n5,1\n7,2\n7,2\n")
    test, step = ask(d, [{"op": "ttest", "of": "a", "over": "g"}, {"op": "difference", "of": "a", "over": "g"}])
    same(test["error"]["code"], "all_alike")
    row, = step["rows"]
    same([row["estimate"], row["se"], row["p_two"], row["p_up"], row["no_interval"]["code"]], [2, None, None, None, "all_alike"])
    row, = city.ok("estimate", city.write("two.csv", "T\n9\n9\n"), "--total", "T")["results"][0]["rows"]
    same([row["estimate"], row["se"], row["low"], row["no_interval"]["code"]], [18, None, None, "all_alike"])


def a_group_has_its_own_degrees_of_freedom(city):
    # Four strata of four units with five rows each; town a is two units of every stratum, b one stratum and a half.
    def town(h, u):
        return "a" if u < 2 else "b" if h < 1 or (h == 1 and u == 2) else "c"
    rows = [f"{h},{h}{u},{town(h, u)},{(7 * h + 3 * u * u + 5 * i) % 11},{i % 2}"
            for h in range(4) for u in range(4) for i in range(5)]
    d = city.write("rows.csv", "s,c,town,y,t\n" + "\n".join(rows) + "\n")
    design = {"strata": "s", "cluster": "c"}
    own = {"a": 8 - 4, "b": 3 - 2, "c": 5 - 3}
    mean = {"op": "mean", "of": "y", "by": "town"}
    said, domain, whole, share, index, half, ratio, total = (r["rows"] for r in ask(d, [
        mean, {**mean, "df": "domain"}, {**mean, "df": "design"}, {"op": "share", "of": "y", "is": [9, 10], "by": "town"},
        {"op": "index", "of": {"y": 1}, "scale": [0, 10], "by": "town"},
        {"op": "quantile", "of": "y", "p": 0.5, "by": "town"}, {"op": "ratio", "num": "y", "den": "s", "by": "town"},
        {"op": "total", "of": "y", "by": "town"}], design=design))
    for rows in (said, domain, share, index, half, ratio, total):
        same({r["by"]["town"]: r["df"] for r in rows}, own)
    same([r["df"] for r in whole], [12] * 3)
    t = {1: 12.7062047361747, 2: 4.30265272974946, 4: 2.77644510519779, 12: 2.17881282966723}
    for rows in (said, whole):
        for r in rows:
            close(r["high"] - r["estimate"], t[r["df"]] * r["se"], 1e-9, f"interval of {r['by']}")
    # One township, one interval: alone, among others, and beside a difference.
    levels = ask(d, [{"op": "difference", "of": "y", "over": "town"}], design=design)[0]
    for r, alone in zip(said, [ask(d, [{"op": "mean", "of": "y", "where": {"town": x}}], design=design)[0]["rows"][0]
                               for x in "abc"]):
        same([alone[k] for k in ("df", "n")], [r[k] for k in ("df", "n")])
        close(alone["low"], r["low"], 1e-12, "where and by")
    same([(r["by"]["town"], r["df"]) for r in levels["levels"]], list(own.items()))
    same([r["df"] for r in levels["rows"]], [12, 12])
    least = ask(d, [{"op": "difference", "of": "y", "over": "town", "df": "domain"}], design=design)[0]["rows"]
    same([r["df"] for r in least], [1, 1])
    # Split by town, each change has the town's; the larger of the two levels' where they differ.
    split = ask(d, [{"op": "difference", "of": "y", "over": "t", "by": "town"}], design=design)[0]["rows"]
    same({r["by"]["town"]: r["df"] for r in split}, own)
    fixed = ask(d, [{"op": "difference", "of": "y", "over": "t", "by": "town", "df": "design"}], design=design)[0]["rows"]
    same([r["df"] for r in fixed], [12] * 3)
    for a, b in zip(split, fixed):
        same([a["estimate"], a["se"]], [b["estimate"], b["se"]])
        close(a["high"] - a["estimate"], t[a["df"]] * a["se"], 1e-9, f"interval of the change of {a['by']}")
    shown = city.ok("estimate", d, "--mean", "y", "--by", "town", "--strata", "s", "--cluster", "c")
    same(shown["results"][0]["rows"], said)


def an_effective_n_is_never_above_n(city):
    # Two units of 61 that agree far better than people do: n / deff is thousands, and all of it is luck.
    rows = [f"{u},{1 + (i * 7 + u) % 10}" for u in range(2) for i in range(61)]
    d = city.write("two.csv", "c,y\n" + "\n".join(rows) + "\n")
    row, = ask(d, [{"op": "mean", "of": "y"}], design={"cluster": "c"})[0]["rows"]
    assert row["n"] / row["deff"] > 1000, row
    same([row["n"], row["n_eff"], row["kish_n"], row["df"]], [122, 122, 122, 1])
    same(row["uncertain"]["code"], "few_df")
    contains(row["uncertain"]["message"], "8")
    contains(city.run("estimate", d, "--mean", "y", "--cluster", "c").text, "itself uncertain")
    plain, half = ask(d, [{"op": "mean", "of": "y"}, {"op": "quantile", "of": "y", "p": 0.5}])
    assert "uncertain" not in plain["rows"][0]
    same([half["rows"][0][k] for k in ("n_eff", "deff", "kish_n", "quantile")], [None, None, 122, 0.5])
    # Weights 1 and 3: Kish's n is (sum w)2 / sum w2 = 16 / 10 * n / 2, under its own name.
    w = city.write("w.csv", "w,y\n" + "".join(f"{1 + 2 * (i % 2)},{i % 5}\n" for i in range(20)))
    design, = ask(w, [{"op": "design"}], design={"weight": "w"})[0]["rows"]
    close(design["kish_n"], 40 ** 2 / 100, 1e-12, "Kish")
    assert "n_eff" not in design
    contains(city.run("analyse", "-", stdin=json.dumps({"data": w, "design": {"weight": "w"},
                                                       "requests": [{"op": "design"}]}).encode()).text, "Kish n")


def a_p_says_its_sides_and_a_difference_counts_both(city):
    d = city.write("g.csv", "y,g\n" + "".join(f"{(3 * i) % 7 + (i >= 12)},{'ab'[i >= 12]}\n" for i in range(30)))
    for request in ({"op": "ttest", "of": "y", "over": "g"}, {"op": "difference", "of": "y", "over": "g"}):
        for design in (None, {}):
            row, = ask(d, [request], design=design)[0]["rows"]
            same(row["n"], 30)
            close(row["p_two"], 2 * min(row["p_up"], row["p_down"]), 1e-12, "two-sided")
            assert "p" not in row
        shown = city.run("analyse", "-", stdin=json.dumps({"data": d, "requests": [request]}).encode()).text
        contains(shown, "p (two-sided)")
        assert " p " not in shown.replace("one-sided p =", "").replace("p (two-sided)", ""), shown
    alpha, = ask("mobi.csv", [{"op": "alpha", "of": ["CUSA1", "CUSA2", "CUSA3"]}], folder=SMALL)
    model = city.ok("model", city.write("m.json", json.dumps(
        {"data": os.path.join(SMALL, "mobi.csv"), "blocks": {"S": ["CUSA1", "CUSA2", "CUSA3"], "L": ["CUSL1", "CUSL3"]},
         "paths": [["S", "L"]]})))["constructs"]["S"]
    for key in ("alpha_raw", "alpha_standardised"):
        close(model[key], alpha[key], 1e-9, key)
    assert "alpha" not in alpha and "alpha" not in model


run_tests([
    an_error_that_cannot_be_seen_is_never_nought,
    what_is_all_alike_has_no_error_and_no_p,
    a_group_has_its_own_degrees_of_freedom,
    an_effective_n_is_never_above_n,
    a_p_says_its_sides_and_a_difference_counts_both,
])
