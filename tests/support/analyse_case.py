"""Plans through the shell: how the tests of manyi analyse ask and compare."""
import json
import os

from cli_case import SOURCE, manyi

SURVEY = os.path.join(SOURCE, "tests", "reference", "survey")
SMALL = os.path.join(SOURCE, "tests", "reference", "small")
CLOSED, ITERATED = 1e-9, 1e-7
EXACT = 1e-12
NUMBERS = ("estimate", "se", "low", "high", "level", "df", "n", "n_eff", "kish_n", "deff")


def oracle(name, folder=SURVEY):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        return json.load(f)


def ask(data, requests, folder=SURVEY, code=0, **plan):
    """Run a plan from standard input; returns its results."""
    plan = {"data": os.path.abspath(os.path.join(folder, data)), "requests": requests, **plan}
    answer = manyi("analyse", "-", "--json", stdin=json.dumps(plan).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:2000]} {answer.err}"
    return answer.json["results"]


def close(got, want, tolerance=CLOSED, what="", scale=0.0):
    if want is None or want in ("NaN",):
        assert got is None, f"{what}: got {got}, want none"
        return
    assert got is not None, f"{what}: got none, want {want}"
    assert abs(got - want) <= tolerance * max(abs(want), scale), f"{what}: got {got!r}, want {want!r}"


def near(got, want, what, tolerance=EXACT, scale=0.0):
    if got is None or want is None:
        assert got is None and want is None, f"{what}: {got} against {want}"
        return
    assert abs(got - want) <= tolerance * max(abs(got), abs(want), scale), f"{what}: got {got!r}, want {want!r}"
