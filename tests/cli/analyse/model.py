#!/usr/bin/env python3
"""manyi model: ready models, what a model's file may say, and its tables in both languages."""
import hashlib
import json
import os
import random

from cli_case import SOURCE, contains, run_tests, same
from model_case import rows, write

MOBI = os.path.abspath(os.path.join(SOURCE, "tests", "reference", "pls", "mobi.csv"))


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


if __name__ == "__main__":
    run_tests([
        files_that_cannot_be_read_are_named, ready_models_are_listed_shown_and_fitted,
        a_file_changes_a_ready_model_member_by_member,
        paths_are_relative_to_the_model_and_its_digest_is_said, chinese_files_and_names_are_read,
        the_tables_say_the_same_in_both_languages,
    ])
