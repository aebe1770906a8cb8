#!/usr/bin/env python3
"""A composite index of domains, as an agency's file gives it with clusters and without, against R's survey."""
import json
import math
import os

from cli_case import SOURCE, City, contains, run_tests, same
from import_case import open_wave, phone_rows, put, text_of, without

FOLDER = os.path.join(SOURCE, "tests", "reference", "composite")
with open(os.path.join(FOLDER, "composite.json"), encoding="utf-8") as reference:
    R = json.load(reference)
CLOSED, ITERATED = 1e-10, 1e-9
FIELDS = ("estimate", "se", "low", "high", "df", "n")


class Cities:
    """A city for each way the file is loaded and weighted, made once."""
    made = {}

    @classmethod
    def get(cls, design, weights):
        if (design, weights) not in cls.made:
            city = cls.made[design, weights] = City()
            rows = phone_rows()
            path = city.write("phone.csv", text_of(without(rows, "cluster", blank=True) if design == "people" else rows))
            if weights == "raked":
                city.ok("margins", "import", os.path.join(FOLDER, "margins.csv"))
                open_wave(city, margins="sex town")
            else:
                open_wave(city)
            same(put(city, path).code, 0)
        return cls.made[design, weights]

    @classmethod
    def close(cls):
        for city in cls.made.values():
            city.close()


def every_case():
    for case, want in R.items():
        _, design, weights, by = case.split()
        words = [] if by == "all" else ["--by", by]
        yield case, Cities.get(design, weights), words, want, CLOSED if weights == "unraked" else ITERATED


def close(got, want, tolerance, what):
    assert math.isclose(got, want, rel_tol=tolerance), f"{what}: got {got!r}, R {want!r}"


def every_domain_has_the_numbers_of_r():
    for case, city, by, want, tolerance in every_case():
        result, = city.ok("estimate", "--wave", "C-2024", "--figure", "cqi", *by)["results"]
        same((case, [next(iter(r["by"].values()), "all") for r in result["rows"]]), (case, want["domain"]))
        for i, row in enumerate(result["rows"]):
            for field in FIELDS:
                close(row[field], want[field][i], tolerance, f"{case} {want['domain'][i]} {field}")
        got = [x for line in result["vcov"] for x in line]
        same((case, len(got)), (case, len(want["vcov"])))
        for i, x in enumerate(want["vcov"]):
            assert abs(got[i] - x) <= tolerance * max(want["vcov"]), f"{case} vcov[{i}]: got {got[i]!r}, R {x!r}"


def the_index_is_the_same_or_says_that_too_few_answered():
    hidden = []
    for case, city, by, want, tolerance in every_case():
        estimates = city.run("index", "--form", "C", "--index", "cqi", *by, "--json").json["estimates"]
        same((case, [e["domain"] for e in estimates]), (case, want["domain"]))
        for i, e in enumerate(estimates):
            if "error" in e:
                same(e["error"]["code"], "too_few")
                hidden.append((case, e["domain"]))
                continue
            for field in FIELDS:
                close(e["value" if field == "estimate" else field], want[field][i], tolerance,
                      f"{case} {e['domain']} {field}")
    # 54 to 56 people of unequal weights, each a unit: fewer than 50 in effect.
    same(hidden, [(f"composite people {weights} town", f"21028100{town}") for weights in ("unraked", "raked")
                  for town in (2, 8, 9)])


def without_clusters_every_person_is_a_unit():
    """The interval differs by its error and its degrees of freedom alone."""
    for weights in ("unraked", "raked"):
        for by in ("all", "sex", "town"):
            with_clusters, people = (R[f"composite {design} {weights} {by}"] for design in ("clusters", "people"))
            same(with_clusters["n"], people["n"])
            for a, b in zip(with_clusters["estimate"], people["estimate"]):
                close(a, b, ITERATED, by)
            assert all(few < many for few, many in zip(with_clusters["df"], people["df"]))
    text = Cities.get("people", "raked").run("index", "--form", "C", "--index", "cqi", "--by", "sex", lang="zh").text
    contains(text, "80.2（77.6–82.5）")


if __name__ == "__main__":
    try:
        run_tests([
            every_domain_has_the_numbers_of_r, the_index_is_the_same_or_says_that_too_few_answered,
            without_clusters_every_person_is_a_unit,
        ])
    finally:
        Cities.close()
