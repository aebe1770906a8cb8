"""manyi model: what cannot be fitted is named; ready models; how a model is written."""
import hashlib
import json
import os
import random

from cli_case import SOURCE, City, contains, manyi, run_tests, same

MOBI = os.path.abspath(os.path.join(SOURCE, "tests", "reference", "pls", "mobi.csv"))
BLOCKS = {"X": ["a", "b"], "Y": ["c", "d"]}


def rows(n=40, **changed):
    """Answers of n people to four items that hang together; changed: other columns, or other values of one."""
    draw = random.Random(9)
    out = []
    for i in range(n):
        level = draw.randint(3, 8)
        row = {name: level + draw.randint(-2, 2) for name in "abcd"}
        row.update({name: value(i) if callable(value) else value for name, value in changed.items()})
        out.append(row)
    return out


def write(city, answers, **said):
    names = list(answers[0]) if answers else list("abcd")
    city.write("data.csv", "\n".join([",".join(names)] + [",".join(str(r[n]) for n in names) for r in answers]) + "\n")
    said = {"data": "data.csv", "blocks": BLOCKS, "paths": [["X", "Y"]], "scale": [1, 10], **said}
    return city.write("model.json", json.dumps({k: v for k, v in said.items() if v is not ...}))


def refused(city, code, parts, answers=None, **said):
    """The model is refused with this word, and the sentence names these parts, in both languages."""
    path = write(city, rows() if answers is None else answers, **said)
    answer = city.run("model", path, "--json")
    assert answer.code == 1, f"{answer.code} {answer.text[:500]}"
    same(set(answer.json), {"error"})
    same(answer.json["error"]["code"], code)
    for part in parts:
        contains(answer.json["error"]["message"], part)
    chinese = city.run("model", path, lang="zh")
    same((chinese.code, chinese.text), (1, ""))
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese.err), chinese.err


def what_the_answers_cannot_give_is_named(city):
    refused(city, "constant", ["item c"], rows(c=5))
    refused(city, "all_missing", ["item d"], rows(d=""))
    refused(city, "all_missing", ["item d"], rows(d="NA"), missing="listwise")
    refused(city, "all_missing", ["item d"], rows(d=98), codes={"*": [98]})
    refused(city, "too_few", ["1"], rows(1))
    refused(city, "too_few", ["2", "regression"], rows(2))
    refused(city, "too_few", ["0"], rows(c=lambda i: 5 if i % 2 else "", d=lambda i: "" if i % 2 else 6), missing="listwise")
    refused(city, "too_few", ["d and c"], rows(c=lambda i: 5 + i % 3 if i % 2 else "", d=lambda i: "" if i % 2 else i % 5),
            missing="pairwise")
    refused(city, "column", ["zz"], blocks={"X": ["a", "zz"], "Y": ["c"]})
    refused(city, "input", ["line 3", "so-so"], rows(a=lambda i: "so-so" if i == 1 else i % 7))
    refused(city, "input", ["rows"], [])
    # An item twice over under another name makes a regression of mode B singular.
    refused(city, "numeric", ["determine"], [{**r, "b": r["a"]} for r in rows()], mode="B")


def weights_and_clusters_that_make_no_sense_are_named(city):
    refused(city, "weight", ["3"], rows(w=lambda i: -1 if i == 2 else 1), weight="w")
    refused(city, "weight", ["3"], rows(w=lambda i: "" if i == 2 else 1), weight="w")
    refused(city, "column", ["nowhere"], weight="nowhere")
    refused(city, "column", ["nowhere"], bootstrap={"cluster": "nowhere"})
    lonely = rows(p=lambda i: f"p{i // 4}", h=lambda i: "alone" if i < 4 else "many")
    for way in ("bootstrap", "jackknife"):
        refused(city, "lonely_psu", ["alone"], lonely, **{way: {"cluster": "p", "strata": "h"}})
        refused(city, "one_psu", [], rows(p="same"), **{way: {"cluster": "p"}})
        refused(city, "not_nested", ["p0"], rows(p=lambda i: f"p{i % 3}", h=lambda i: f"h{i % 2}"),
                **{way: {"cluster": "p", "strata": "h"}})
        refused(city, "missing_design", ["1"], rows(p=lambda i: "" if i == 0 else f"p{i // 4}"), **{way: {"cluster": "p"}})
    # Taken with certainty, the stratum is left as it is.
    said = {"jackknife": {"cluster": "p", "strata": "h", "lonely": "certainty"}}
    got = city.ok("model", write(city, lonely, **said))
    same(got["resampling"]["df"], 8)
    assert got["paths"][0]["se"] > 0


def a_model_that_makes_no_sense_is_named(city):
    three = {"X": ["a"], "Y": ["b"], "Z": ["c"]}
    refused(city, "input", ["circle"], blocks=three, paths=[["X", "Y"], ["Y", "Z"], ["Z", "X"]])
    refused(city, "input", ["circle", "X"], blocks=three, paths=[["X", "X"], ["Y", "Z"]])
    refused(city, "input", ["circle"], blocks={**three, "W": ["d"]}, paths=[["W", "X"], ["X", "Y"], ["Y", "X"], ["Y", "Z"]])
    refused(city, "input", ["Z", "no path"], blocks=three, paths=[["X", "Y"]])
    refused(city, "input", ["Y", "no item"], blocks={"X": ["a"], "Y": []})
    refused(city, "input", ["item a", "X", "Y"], blocks={"X": ["a", "b"], "Y": ["c", "a"]})
    refused(city, "input", ["item a", "X", "X"], blocks={"X": ["a", "a"], "Y": ["c"]})
    refused(city, "input", ["Q"], paths=[["X", "Q"]])
    refused(city, "input", ["X", "Y", "twice"], paths=[["X", "Y"], ["X", "Y"]])
    refused(city, "input", ["paths"], paths=["X", "Y"])
    refused(city, "input", ["paths"], paths="X")
    refused(city, "input", ["paths"], paths=...)
    refused(city, "input", ["blocks"], blocks=...)
    refused(city, "input", ["blocks"], blocks=["a"])
    refused(city, "input", ["two constructs"], blocks={"X": ["a"]}, paths=[])
    refused(city, "input", ["names of columns"], blocks={"X": ["a", None], "Y": ["c"]})


def members_that_make_no_sense_are_named(city):
    for said, part in (
            ({"scheme": "centre"}, "centroid"), ({"mode": "C"}, "mode"), ({"missing": "zero"}, "pairwise"),
            ({"scale": [10, 1]}, "scale"), ({"scale": [1]}, "scale"), ({"scale": "1-10"}, "scale"), ({"level": 95}, "level"),
            ({"sceme": "path"}, "sceme"), ({"bootstrap": {"replicats": 5}}, "replicats"),
            ({"bootstrap": {"replicates": 1}}, "replicates"), ({"bootstrap": {"replicates": 2.5}}, "replicates"),
            ({"bootstrap": {"replicates": 1e9}}, "replicates"), ({"bootstrap": {"seed": -1}}, "seed"),
            ({"bootstrap": "yes"}, "bootstrap"), ({"bootstrap": True, "jackknife": True}, "not both"),
            ({"jackknife": {"replicates": 5}}, "replicates"), ({"jackknife": 5}, "jackknife"),
            ({"jackknife": {"lonely": "adjust"}}, "lonely"),
            ({"jackknife": "JK2"}, "JKn"), ({"labels": ["x"]}, "labels"), ({"scores": 1}, "scores"),
            ({"model": "usa"}, "ecsi, acsi, ccsi"), ({"weight": 3}, "weight")):
        refused(city, "input", [part], **said)


def stored_resamples_that_make_no_sense_are_named(city):
    for text, part in (("1,2\n3,41\n", "41"), ("1,2\n1,2,3\n", "line 2"), ("1,2\n0,2\n", "line 2"), ("1,2\n", "two"),
                       ("", "two"), ("1,2\n1,-2\n", "line 2"), ("1,2\n1,x\n", "line 2"),
                       ("1,2\n1,99999999999999999999\n", "line 2"), ("1\n" * 3 + "1 2 3 4 5 6 7 8 9\n", "line 4")):
        city.write("draws.csv", text)
        refused(city, "input", [part], bootstrap={"indices": "draws.csv"})
    refused(city, "input", ["JKn"], rows(h=lambda i: i % 2), jackknife={"type": "JK1", "strata": "h"})
    city.write("draws.csv", "1,2,3\n4,5,6\n")
    refused(city, "input", ["clusters or strata"], rows(p=lambda i: i // 4), bootstrap={"indices": "draws.csv", "cluster": "p"})
    missing = city.run("model", write(city, rows(), bootstrap={"indices": "none.csv"}), "--json")
    same((missing.code, missing.json["error"]["code"]), (1, "missing"))


def files_that_cannot_be_read_are_named(city):
    for path in (city.path("none.json"), write(city, rows(), data="none.csv")):
        answer = city.run("model", path, "--json")
        same((answer.code, answer.json["error"]["code"]), (1, "missing"))
        contains(answer.json["error"]["message"], "none.")
    directory = city.run("model", city.dir, "--json")
    same((directory.code, directory.json["error"]["code"]), (3, "io"))
    for text in ("", "[]", "{", "null", '{"data": "a", "data": "b"}', "\x00"):
        answer = city.run("model", city.write("bad.json", text), "--json")
        same(answer.code, 1)
        same(answer.json["error"]["code"], "input")
    same(city.run("model", "--json").code, 2)
    same(city.run("model", "--list", "--show", "ecsi").code, 2)
    same(city.run("model", "--show", "none", "--json").json["error"]["code"], "input")


# ---- what a reader should know ----

def warnings_name_the_item(city):
    same(city.ok("model", write(city, [{k: min(10, max(1, v)) for k, v in r.items()} for r in rows()]))["warnings"], [])
    text, = city.ok("model", write(city, rows(a=lambda i: 98 if i in (3, 7) else 1 + i % 9)))["warnings"]
    for part in ("item a", "2 answers", "98", "1 to 10", "codes"):
        contains(text, part)
    # d runs against c: one of them must weigh negatively, and the index may leave 0..100.
    against = [{**r, "d": 11 - r["c"] + (i % 3 == 0)} for i, r in enumerate(rows(60))]
    got = city.ok("model", write(city, against))
    negative = [item for item in "cd" if got["index_weights"][item] < 0]
    same(len(negative), 1)
    text, = [w for w in got["warnings"] if "0-100" in w]
    contains(text, negative[0])
    contains(text, "Y")
    got = city.ok("model", write(city, rows(), scale=...))
    same([got["constructs"][n]["index"] for n in "XY"], [None, None])
    contains(got["warnings"][0], "scale")


def undefined_is_null(city):
    got = city.ok("model", write(city, rows()))
    same({k: got["paths"][0][k] for k in ("se", "low", "high")}, {"se": None, "low": None, "high": None})
    same((got["htmt"]["X"]["X"], got["resampling"]), (None, None))
    contains(got["constructs"]["X"]["index"]["method"], "held fixed")
    same((list(got["vif"]), list(got["f2"]["Y"])), (["Y"], ["X"]))


# ---- ready models, and how a model is written ----

def ready_models_are_listed_shown_and_fitted(city):
    listed = city.ok("model", "--list")
    same([(m["name"], m["constructs"], m["paths"]) for m in listed], [("ecsi", 7, 12), ("acsi", 6, 9), ("ccsi", 6, 11)])
    for m in listed:
        shown = json.loads(city.run("model", "--show", m["name"]).text)
        same(shown, city.ok("model", "--show", m["name"]))
        same((len(shown["blocks"]), len(shown["paths"])), (m["constructs"], m["paths"]))
        # Printed, it is a model of its own: given answers to its items it can be fitted.
        draw = random.Random(1)
        items = [i for block in shown["blocks"].values() for i in block]
        answers = []
        for _ in range(80):
            level = draw.randint(3, 8)
            answers.append({i: 98 if draw.random() < 0.02 else level + draw.randint(-2, 2) for i in items})
        shown.update({"data": "data.csv", "codes": {"*": [98, 99]}})
        path = write(city, answers, **shown)
        by_itself = city.ok("model", path)
        by_name = city.ok("model", city.write("named.json", json.dumps(
            {"model": m["name"], "data": "data.csv", "codes": {"*": [98, 99]}})))
        same(by_itself["weights"], by_name["weights"])
        same(by_itself["constructs"], by_name["constructs"])


def a_file_changes_a_ready_model_member_by_member(city):
    whole = city.ok("model", city.write("m.json", json.dumps({"model": "ecsi", "data": MOBI})))
    city.write("m.json", json.dumps({"model": "ecsi", "data": MOBI, "scheme": "centroid", "mode": None,
                                     "blocks": {"Complaints": None, "Loyalty": ["CUSL1", "CUSL3"]}}))
    got = city.ok("model", city.path("m.json"))
    assert "Complaints" not in got["constructs"] and "CUSL2" not in got["weights"]
    same([(p["from"], p["to"]) for p in got["paths"]],
         [(p["from"], p["to"]) for p in whole["paths"] if "Complaints" not in (p["from"], p["to"])])
    same(list(got["constructs"]), [n for n in whole["constructs"] if n != "Complaints"])


def paths_are_relative_to_the_model_and_its_digest_is_said(city):
    path = write(city, rows())
    got = city.ok("model", path)
    with open(path, "rb") as f:
        text = f.read()
    same(got["model_sha256"], hashlib.sha256(text).hexdigest())
    here = os.getcwd()
    os.chdir(city.dir)
    try:
        same(city.ok("model", "-", stdin=text), got)
        same(city.ok("model", "model.json"), got)
    finally:
        os.chdir(here)
    note = json.loads(text)
    note["note"] = "Signed before the survey."
    noted = city.ok("model", city.write("note.json", json.dumps(note)))
    assert noted.pop("model_sha256") != got.pop("model_sha256")
    same(noted, got)


def chinese_files_and_names_are_read(city):
    data = [{"形象": r["a"], "满意": r["c"]} for r in rows()]
    text = "\r\n".join(["形象,满意"] + [f"{r['形象']},{r['满意']}" for r in data]) + "\r\n"
    model = {"data": "中文.csv", "blocks": {"品牌": ["形象"], "顾客": ["满意"]}, "paths": [["品牌", "顾客"]], "scale": [1, 10]}
    answers = []
    for encoding, said in (("utf-8-sig", {}), ("gb18030", {"encoding": "gb18030"})):
        city.write("中文.csv", text, encoding)
        answers.append(city.ok("model", city.write("m.json", json.dumps({**model, **said})))["paths"])
    answers.append(city.ok("model", city.write("m.json", json.dumps(model)), "--encoding", "gb18030")["paths"])
    same(answers[0], answers[1])
    same(answers[0], answers[2])


def the_tables_say_the_same_in_both_languages(city):
    path = city.write("m.json", json.dumps({"model": "ecsi", "data": MOBI, "bootstrap": 50}))
    got = city.ok("model", path)
    english, chinese = city.run("model", path).text, city.run("model", path, lang="zh").text
    for text in (english, chinese):
        for name, construct in got["constructs"].items():
            line, = [row for row in text.splitlines() if row.startswith(name + " ") and f"{construct['r2']:.6g}" in row
                     and f"{construct['index']['estimate']:.6g}" in row]
            contains(line, f"{construct['index']['se']:.6g}")
        for p in got["paths"]:
            assert any(row.split()[:2] == [p["from"], p["to"]] and f"{p['estimate']:.6g}" in row
                       for row in text.splitlines()), p
        for item, weight in got["weights"].items():
            assert any(row.split()[:2] == [item, f"{weight:.6g}"] for row in text.splitlines()), item
        contains(text, got["model_sha256"])
    for word in ("构念", "指数", "路径系数", "Satisfaction 满意", "50 次"):
        contains(chinese, word)
    for word in ("construct", "index", "path", "50 replicates"):
        contains(english, word)


run_tests([
    what_the_answers_cannot_give_is_named, weights_and_clusters_that_make_no_sense_are_named,
    a_model_that_makes_no_sense_is_named, members_that_make_no_sense_are_named,
    stored_resamples_that_make_no_sense_are_named, files_that_cannot_be_read_are_named,
    warnings_name_the_item, undefined_is_null, ready_models_are_listed_shown_and_fitted,
    a_file_changes_a_ready_model_member_by_member, paths_are_relative_to_the_model_and_its_digest_is_said,
    chinese_files_and_names_are_read, the_tables_say_the_same_in_both_languages,
])
