#!/usr/bin/env python3
"""manyi margins: the population's counts."""
from cli_case import run_tests, same


def margins_with_faults_change_nothing(city):
    city.ok("margins", "import", city.write("m.csv", "variable,category,population,source\nsex,1,10,s\n"))
    for bad in ("sex,1,0,s", "sex,1,x,s", ",1,5,s", "sex,,5,s", "sex,1,5,", "sex,1,5,s\nsex,1,6,s"):
        answer = city.run("margins", "import",
                          city.write("m.csv", f"variable,category,population,source\n{bad}\n"), "--json")
        same((bad, answer.code, len(answer.json["errors"])), (bad, 1, 1))
    same(len(city.ok("margins", "list")), 1)


if __name__ == "__main__":
    run_tests([
        margins_with_faults_change_nothing,
    ])
