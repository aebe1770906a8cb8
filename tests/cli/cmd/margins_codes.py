#!/usr/bin/env python3
"""Margins speak of items of forms: what nobody can have answered is refused."""
from cli_case import contains, run_tests, same


def margins_take_only_what_a_form_can_answer(city):
    for row, said in (("sex,男,10,x", "1 "), ("gender,1,10,x", "sex"), ("age,99,10,x", "2 ")):
        path = city.write("m.csv", f"variable,category,population,source\n{row}\nsex,2,10,x\n")
        answer = city.run("margins", "import", path, "--json")
        same((row, answer.code), (row, 1))
        contains(answer.json["errors"][0]["message"], said)
        same(city.ok("margins", "list"), [])
    good = city.write("m.csv", "variable,category,population,source\nsex,1,10,x\nsex,2,12,x\n")
    same(city.ok("margins", "import", good)["rows"], 2)


if __name__ == "__main__":
    run_tests([
        margins_take_only_what_a_form_can_answer,
    ])
