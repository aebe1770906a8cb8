#!/usr/bin/env python3
"""Rows of a stored wave as an analysis of rows gets them: what is missing, out, or stands alone."""
import json

from cli_case import run_tests, same
from cli_wave import open_wave

# sector, conflict, sat, stratum, cluster, weight: 98 and 99 are no answer, conflict 1 is out by the form's own rule.
ROWS = ["S01,2,2,h1,c1,1", "S01,2,4,h1,c2,3", "S02,2,98,h1,c1,1", "S02,2,99,h2,c3,1", "S02,1,10,h2,c4,1", "S02,2,6,h2,c3,1"]


def filled(city):
    open_wave(city)
    text = "sector,conflict,sat,stratum,cluster,weight\n" + "\n".join(ROWS) + "\n"
    city.ok("import", "--wave", "A-2024", city.write("a.csv", text))


def ask(city, *requests, args=(), **plan):
    answer = city.run("analyse", "-", "--wave", "A-2024", "--json", *args,
                      stdin=json.dumps({"requests": requests, **plan}).encode())
    assert answer.code == 0, answer.text
    return answer.json


def only_rows(**request):
    """A quantile: what stored sums cannot tell."""
    return {"op": "quantile", "of": "sat", "p": [0.5], **request}


def codes_are_missing_and_flagged_answers_are_out(city):
    filled(city)
    row = ask(city, only_rows())["results"][0]["rows"][0]
    # 2, 4 (three times) and 6: the middle of their weights.
    same((row["estimate"], row["n"]), (4, 3))
    by = ask(city, only_rows(by="sector"))["results"][0]["rows"]
    same([(r["by"], r["n"]) for r in by if "error" not in r][:1], [({"sector": "S01"}, 2)])


def the_design_is_that_of_the_wave(city):
    filled(city)
    said = ask(city, {"op": "mean", "of": "sat"}, only_rows())
    mean = said["results"][0]["rows"][0]
    # (2 + 3 * 4 + 6) / 5; four sampling units in two strata, that of the flagged answer among them.
    same((round(mean["estimate"], 12), mean["n"], mean["df"]), (4, 3, 2))


def volunteers_are_clustered_by_their_place(city):
    open_wave(city)
    codes = [city.ok("site", "add", "--name", f"点{i}", "--sector", "S01")["code"] for i in range(2)]
    text = "site,conflict,sat\n" + "".join(f"{codes[i % 2]},2,{2 + i}\n" for i in range(6))
    city.ok("import", "--wave", "A-2024", city.write("o.csv", text), "--mode", "qr")
    said = ask(city, only_rows(by="site"), {"op": "mean", "of": "sat"}, args=("--stream", "open"))
    mean = said["results"][1]["rows"][0]
    same((round(mean["estimate"], 12), mean["n"], mean["df"]), (4.5, 6, 1))
    same(sorted(r["by"]["site"] for r in said["results"][0]["rows"]), sorted(codes))


if __name__ == "__main__":
    run_tests([
        codes_are_missing_and_flagged_answers_are_out, the_design_is_that_of_the_wave,
        volunteers_are_clustered_by_their_place,
    ])
