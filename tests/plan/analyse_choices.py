"""Questions with several choices, of files and of stored waves, and values that are none of the choices."""
import csv
import io
import json
import random

from analyse_case import NUMBERS, ask, close, near
from cli_case import City, contains, manyi, run_tests, same


def choices_are_parted_as_files_part_them(city):
    for mark in (";", ",", "|", "/", "、", "；", "，", "｜", "／", "　", " ", "; "):
        rows = "".join(f'"{mark.join(cell)}",{y}\n' for cell, y in (("12", 1), ("2", 2), ("13", 3), ("123", 4), ("", 9)))
        d = city.write("m.csv", "m,y\n" + rows)
        said = city.ok("estimate", d, "--multi", "m", "--share", "m=1")
        row, = said["results"][0]["rows"]
        same([row["estimate"], row["n"]], [0.75, 4])
        same("notes" in said, mark != " ")
        shown = city.run("estimate", d, "--multi", "m", "--mean", "y", "--by", "m").text
        same("split at their marks" in shown, mark != " ")
        found = city.ok("estimate", d, "--multi", "m", "--mean", "y", "--by", "m")["results"][0]["rows"]
        same([(r["by"]["m"], r["n"]) for r in found], [("1", 3), ("2", 3), ("3", 2)])
        unsaid = city.run("estimate", d, "--share", "m=1")
        same(unsaid.code, 1)
        contains(unsaid.text, "--multi m")


def a_declared_choice_keeps_the_marks_it_is_written_with(city):
    d = city.write("w.csv", "m\na/b c\nc\na/b\na/b;not at all\nc\n")
    got = ask(d, [{"op": "share", "of": "m", "is": [x]} for x in ("a/b", "c", "not at all")],
              multi={"m": ["a", "a/b", "c", "not at all"]})
    for result, want in zip(got, (3 / 5, 3 / 5, 1 / 5)):
        close(result["rows"][0]["estimate"], want, what=str(result["request"]))


def groups_of_several_choices_are_named(city):
    d = city.write("g.csv", "m,k,y\n" + "1 2,a b,1\n2,b,2\n1,a,3\n2,b,5\n" * 3)
    for request in ({"op": "difference", "of": "y", "over": "m"}, {"op": "ttest", "of": "y", "over": "m"}):
        said, = ask(d, [request], code=1)
        contains(said["error"]["message"], "--multi m")
    said, = ask(d, [{"op": "mean", "of": "y", "by": ["m", "k"]}], code=1, multi=["m", "k"])
    contains(said["error"]["message"], "m and k both")


def a_value_that_nobody_has_is_named(city):
    rows = [(i % 3 > 0, i % 4 == 0, i, "12315 title" if i % 2 else "title") for i in range(24)]
    d = city.write("d.csv", "counted,flagged,y,aided\n" + "".join(f"{int(c)},{int(f)},{y},{a}\n" for c, f, y, a in rows))
    want = [y for c, f, y, _ in rows if c and not f]
    said = city.ok("estimate", d, "--mean", "y", "--where", "counted=1,flagged=0")
    row, = said["results"][0]["rows"]
    same([row["n"], said["plan"]["requests"][0]["where"]], [len(want), {"counted": ["1"], "flagged": ["0"]}])
    close(row["estimate"], sum(want) / len(want), what="both conditions")
    same(city.ok("estimate", d, "--mean", "y", "--where", "counted=0,1,flagged=0")["results"][0]["rows"][0]["n"], 18)
    for words in (("--where", "counted=1,2"), ("--where", "counted=no")):
        said = city.run("estimate", d, "--mean", "y", *words)
        same(said.code, 1)
        contains(said.text, "it has: 0 1")
    for where in ("counted", "counted=", "counted=1,=0", "counted=1,counted=0", "=1"):
        same(city.run("estimate", d, "--mean", "y", "--where", where).code, 2)
    said = city.run("estimate", d, "--multi", "aided", "--share", "aided=nosuch", "--json")
    same([said.code, said.json["results"][0]["error"]["code"]], [1, "input"])
    contains(said.text, "12315 title")
    # Nobody need have given the best mark of all, and a list of choices may have one that nobody ticked.
    low, none = ask(d, [{"op": "share", "of": "counted", "is": [2]}, {"op": "share", "of": "aided", "is": ["other"]}],
                    multi={"aided": ["12315", "title", "other"]})
    same([low["rows"][0]["estimate"], none["rows"][0]["estimate"]], [0, 0])


HEARD = ["12315", "12345", "12365", "title", "month", "direct"]


def heard_make():
    """A wave of form C of people who ticked several choices; its rows, and how to ask it."""
    city = City()
    r = random.Random(8)
    rows = []
    for i in range(600):
        ticked = [h for h in HEARD if r.random() < 0.4] or ["none"]
        if i % 50 == 7:
            ticked = []
        rows.append({"stratum": f"h{i % 4}", "cluster": f"c{i % 40}", "weight": 1 + i % 4 / 2, "resid": 1,
                     **{k: r.randrange(1, 11) for k in "PESNGT"}, "sex": 1 + i % 2, "age": 2 + i % 5,
                     "aided": " ".join(ticked), "used": 1 + i % 3})
    out = io.StringIO()
    w = csv.DictWriter(out, list(rows[0]))
    w.writeheader()
    w.writerows(rows)
    city.ok("wave", "open", "--form", "C", "--year", "2024", "--margins", "")
    city.ok("import", city.write("c.csv", out.getvalue()), "--wave", "C-2024")
    return city, rows, city.write("plain.csv", out.getvalue())


def a_choice_of_several_is_counted_by_who_ticked_it():
    city, rows, path = heard_make()
    try:
        heard_by_membership(city, rows, path)
        heard_is_refused_by_name(city, path)
    finally:
        city.close()


def mean_of(rows, x):
    return sum(r["weight"] * x(r) for r in rows) / sum(r["weight"] for r in rows)


def heard_by_membership(city, rows, path):
    told = [r for r in rows if r["aided"]]
    wave = ("--wave", "C-2024")
    file = (path, "--multi", "aided", "--strata", "stratum", "--cluster", "cluster", "--weight", "weight", "--nest")

    def both(*words):
        a, b = (city.ok("estimate", *source, *words)["results"][0] for source in (wave, file))
        for x, y in zip(*(sorted(t["rows"], key=lambda row: (sorted(row["by"].items()), row["of"])) for t in (a, b))):
            same((x["by"], x["of"]), (y["by"], y["of"]))
            for key in NUMBERS:
                near(x.get(key), y.get(key), f"{words} {key}")
        same(len(a["rows"]), len(b["rows"]))
        return a

    share = both("--share", "aided=12315")["rows"][0]
    near(share["estimate"], mean_of(told, lambda r: "12315" in r["aided"].split()), "share", 1e-9)
    same(share["n"], len(told))
    assert 0.3 < share["estimate"] < 0.5
    share = both("--share", "aided=12315,title")["rows"][0]
    near(share["estimate"], mean_of(told, lambda r: bool({"12315", "title"} & set(r["aided"].split()))), "either", 1e-9)
    where = both("--mean", "P", "--where", "aided=12345,direct")["rows"][0]
    some = [r for r in told if {"12345", "direct"} & set(r["aided"].split())]
    near(where["estimate"], mean_of(some, lambda r: r["P"]), "where", 1e-9)
    same(where["n"], len(some))
    for words, of in ((("--mean", "P"), lambda r: r["P"]), (("--share", "sex=1"), lambda r: r["sex"] == 1)):
        said = both(*words, "--by", "aided")
        contains(said["overlapping"]["message"], "aided")
        found = {r["by"]["aided"]: r for r in said["rows"]}
        same(sorted(found), sorted(HEARD + ["none"]))
        for choice, row in found.items():
            those = [r for r in told if choice in r["aided"].split()]
            same(row["n"], len(those))
            near(row["estimate"], mean_of(those, of), f"by {choice}", 1e-9)
            alone = city.ok("estimate", *wave, *words, "--where", f"aided={choice}")["results"][0]["rows"][0]
            for key in ("se", "low", "high", "df"):
                near(row[key], alone[key], key)
        assert sum(r["n"] for r in said["rows"]) > len(told)
    contains(city.run("estimate", *wave, "--mean", "P", "--by", "aided").text, "overlap")
    index = both("--index", "P,T", "--scale", "1,10", "--by", "aided,sex")["rows"]
    those = [r for r in told if "month" in r["aided"].split() and r["sex"] == 2]
    row = next(r for r in index if r["by"] == {"aided": "month", "sex": "2"})
    near(row["estimate"], mean_of(those, lambda r: 100 * ((r["P"] + r["T"]) / 2 - 1) / 9), "index", 1e-9)
    half = both("--quantile", "P:0.5", "--by", "aided")["rows"]
    same(len(half), 7)
    every = {r["of"]: r for r in both("--mean", "aided")["rows"]}
    near(every["aided12315"]["estimate"], mean_of(told, lambda r: "12315" in r["aided"].split()), "indicator", 1e-9)
    # The board's own figure of any of the three numbers is the same membership.
    any_of = both("--share", "aided=12315,12345,12365")["rows"][0]["estimate"]
    near(any_of, mean_of(told, lambda r: bool(set(HEARD[:3]) & set(r["aided"].split()))), "aided", 1e-9)


def heard_is_refused_by_name(city, path):
    wave = ("--wave", "C-2024")
    for words in (("--share", "aided=12316"), ("--share", "sex=3"), ("--mean", "P", "--where", "aided=12316"),
                  ("--mean", "P", "--where", "sex=3"), ("--mean", "P", "--where", "sex=1,3")):
        said = city.run("estimate", *wave, *words, "--json")
        same(said.code, 1)
        contains(said.text, "title" if "aided" in " ".join(words) else "3")
        same(said.json["results"][0]["error"]["code"], "input")
    # Without the form a file's cells are taken for sets only when somebody says so; asked whole, they are not answered.
    for words in (("--share", "aided=12315"), ("--mean", "P", "--by", "aided"), ("--mean", "P", "--where", "aided=title")):
        said = city.run("estimate", path, *words)
        same(said.code, 1)
        contains(said.text, "--multi aided")
    for request in ({"op": "difference", "of": "P", "over": "aided"}, {"op": "ttest", "of": "P", "over": "sex", "by": "aided"},
                    {"op": "index", "of": {"aided": 1}, "scale": [1, 10]},
                    {"op": "alpha", "of": ["P", "aided"], "by": "aided"}):
        said = city.run("analyse", "-", *wave, "--json", stdin=json.dumps({"requests": [request]}).encode())
        same(said.json["results"][0]["error"]["code"], "input")
        contains(said.text, "aided")
    model = {"blocks": {"A": ["P", "aided"], "B": ["T", "E"]}, "paths": [["A", "B"]]}
    said = city.run("model", "-", *wave, stdin=json.dumps(model).encode())
    same(said.code, 1)
    contains(said.err, "aided")
    for words in (("index", "--form", "C", "--by", "aided"), ("rank", *wave, "--by", "aided")):
        said = city.run(*words)
        assert said.code != 0
        contains(said.err, "estimate --wave")
    # The plan's word for it, and its opposite.
    plain = {"data": path, "requests": [{"op": "share", "of": "aided", "is": "12315 12345"}]}
    for multi, n in ((["aided"], 0), ({"aided": False}, 588), ({"aided": ["12315", "12345"]}, None)):
        said = manyi("analyse", "-", "--json", stdin=json.dumps({**plain, "multi": multi}).encode()).json["results"][0]
        if not n:
            contains(said["error"]["message"], "12315 12345")
        else:
            same([said["rows"][0]["n"], said["rows"][0]["estimate"] > 0], [588, True])
    same(manyi("analyse", "-", stdin=json.dumps({**plain, "multi": ["nobody"]}).encode()).code, 1)
    same(city.run("analyse", "-", *wave, stdin=json.dumps({"requests": [], "multi": ["aided"]}).encode()).code, 1)


run_tests([
    choices_are_parted_as_files_part_them, a_declared_choice_keeps_the_marks_it_is_written_with,
    groups_of_several_choices_are_named, a_value_that_nobody_has_is_named,
    a_choice_of_several_is_counted_by_who_ticked_it,
])
