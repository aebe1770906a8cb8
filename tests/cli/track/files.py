#!/usr/bin/env python3
"""manyi track complaints, manyi track peers: series that come as files."""
from cli_case import run_tests, same


def complaints_with_faults_change_nothing(city):
    for bad in ("2024,-1,800000,25", "2024,10,0,25", "24,10,1000,25", "2024,10,1000,x",
                "2024,10,1000,25\n2024,11,1000,25"):
        path = city.write("c.csv", f"year,registered,residents,national_per_10000\n{bad}\n")
        answer = city.run("track", "complaints", path, "--json")
        same((bad, answer.code, len(answer.json["errors"])), (bad, 1, 1))
    path = city.write("c.csv", "year,registered,residents,source,date\n2024,10,1000,12315,2023-12-31\n")
    answer = city.run("track", "complaints", path, "--json")
    same([(e["row"], e["column"]) for e in answer.json["errors"]], [(1, "date")])


def peers_come_from_a_file(city):
    path = city.write("p.csv", "indicator,year,city,score,se\n40,2024,甲市,81.2,0.9\n40,2024,乙市,80.1,\n")
    same(city.ok("track", "peers", path), {"rows": 2})
    path = city.write("p.csv", "indicator,year,city,score\n99,2024,甲市,81.2\n40,2024,,81\n40,2024,丙市,181\n")
    answer = city.run("track", "peers", path, "--json")
    same([(e["row"], e["column"]) for e in answer.json["errors"]], [(1, "indicator"), (2, "city"), (3, "score")])


if __name__ == "__main__":
    run_tests([
        complaints_with_faults_change_nothing, peers_come_from_a_file,
    ])
