#!/usr/bin/env python3
"""manyi model: what cannot be fitted is named."""
from cli_case import contains, run_tests, same
from model_case import rows, write


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


if __name__ == "__main__":
    run_tests([
        what_the_answers_cannot_give_is_named, weights_and_clusters_that_make_no_sense_are_named,
        a_model_that_makes_no_sense_is_named, members_that_make_no_sense_are_named,
        stored_resamples_that_make_no_sense_are_named, warnings_name_the_item, undefined_is_null,
    ])
