#!/usr/bin/env python3
"""manyi form: questionnaires checked, loaded, shown."""
import json
import os

from cli_case import SOURCE, contains, manyi, run_tests, same


def form_check_points_at_every_fault(city):
    good = os.path.join(SOURCE, "forms/questionnaires/A.json")
    answer = manyi("form", "check", good, "--json")
    same((answer.code, answer.json["ok"], answer.json["faults"]), (0, True, []))
    text = open(good, encoding="utf-8").read()
    path = city.write("bad.json", text.replace('"select_one sectors"', '"select_won sectors"'))
    answer = manyi("form", "check", path, "--json")
    same((answer.code, answer.json["ok"]), (1, False))
    line = next(n for n, s in enumerate(text.splitlines(), 1) if '"select_one sectors"' in s)
    fault = next(f for f in answer.json["faults"] if f["line"] == line)
    assert fault["column"] > 0 and fault["what"] and fault["instead"]
    contains(manyi("form", "check", path).text, f"{path}:{line}:")


def a_broken_form_is_not_loaded(city):
    path = city.write("bad.json", "{")
    same(city.run("form", "load", path).code, 1)
    same(len(city.ok("form", "list")), 3)


def form_show_lists_items_and_gives_the_file_back(city):
    form = city.ok("form", "show", "B")
    same(form["items"][0]["name"], "level")
    same([c["name"] for c in form["items"][0]["choices"]], ["5", "4", "3", "2", "1"])
    with open(os.path.join(SOURCE, "forms/questionnaires/B.json"), encoding="utf-8") as f:
        same(city.ok("form", "show", "B", "--source"), json.load(f))
    same(city.run("form", "show", "Z").code, 1)


if __name__ == "__main__":
    run_tests([
        form_check_points_at_every_fault, a_broken_form_is_not_loaded,
        form_show_lists_items_and_gives_the_file_back,
    ])
