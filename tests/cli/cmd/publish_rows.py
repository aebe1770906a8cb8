#!/usr/bin/env python3
"""What is signed comes from the answers: whatever was derived from them may lie."""
import json
import os
import shutil
import sqlite3

from cli_case import City, contains, run_tests, same
from cli_year import survey



def each_file(city, change):
    """Every block file with its bytes changed."""
    folder = city.path("derived")
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as f:
            data = bytearray(f.read())
        with open(os.path.join(folder, name), "wb") as f:
            f.write(change(data))


def turned(data):
    for at in range(2000, len(data), 997):
        data[at] ^= 1
    return data


def others(city):
    """The blocks of one year under the name of another."""
    folder = city.path("derived")
    names = sorted(os.listdir(folder))
    data = open(os.path.join(folder, names[0]), "rb").read()
    for name in names[1:]:
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)


# What is derived from the answers and stored, and a lie about each.
LIES = {
    "blocks": lambda city: each_file(city, turned),
    "half a block": lambda city: each_file(city, lambda data: data[:len(data) // 2]),
    "another's blocks": others,
    "no blocks": lambda city: shutil.rmtree(city.path("derived")),
    "counts": lambda city: lie(city, "UPDATE fieldwork SET n = n * 3, flagged = flagged + 50"),
    "no counts": lambda city: lie(city, "DELETE FROM fieldwork"),
}


def wave(city, year, nines):
    """A wave of more than a block."""
    lines = ["sector,stratum,cluster,weight,sat,sat_exp,sat_ideal"]
    for i in range(4200):
        x = 9 if i % 40 < nines else 8
        lines.append(f"S01,h{i % 2},c{i % 8},1.5,{x},{8 + i % 3 // 2},{x}")
    city.ok("wave", "open", "--form", "A", "--year", str(year), "--strata", "片", "--clusters", "社区",
            "--opens", f"{year}-01-02", "--closes", f"{year}-01-31")     # over for long: it may be published
    city.ok("import", "--wave", f"A-{year}", city.write("s.csv", "\n".join(lines) + "\n"))
    city.ok("wave", "close", f"A-{year}")


def filled(city):
    for i, year in enumerate((2021, 2022, 2023, 2024)):
        wave(city, year, 8 + 7 * i)
    survey(city, 2024, 8, form="C", rows=300)
    city.ok("track", "complaints", city.write("k.csv", "year,registered,residents,national_per_10000,source,date\n" +
            "".join(f"{y},{2400 - 100 * (y - 2020)},830000,31,12315,2025-01-05\n" for y in range(2021, 2025))))
    for ident in ("40", "43", "44", "47"):      # everything that is derived is there
        city.ok("track", "show", ident)
    same(len(os.listdir(city.path("derived"))), 4)
    with sqlite3.connect(city.db) as db:
        assert db.execute("SELECT count(*) FROM fieldwork").fetchone()[0] > 0
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(city, name):
    twin = City(make=False)
    shutil.rmtree(twin.dir)
    shutil.copytree(city.dir, twin.dir)
    return twin


def lie(city, *sql):
    db = sqlite3.connect(city.db)
    for one in sql:
        db.executescript(one)
    db.commit()
    db.close()


def published(city, ident, lang):
    """What is frozen, and the bundle beside it; without the minute of it, which figure.json bears."""
    row = city.ok("publish", ident, "--year", "2024", "--signed-by", "王", lang=lang)
    row["provenance"].pop("ledger_minute")
    folder = city.path(f"r-{ident}")
    city.ok("export", "--r", folder, "--indicator", ident, "--year", "2024", lang=lang)
    files = {}
    for name in sorted(set(os.listdir(folder)) - {"figure.json", "SHA256SUMS"}):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            files[name] = f.read()
    return row["body"], row["provenance"], files


def moved(got, want):
    """The first line that differs, to be told."""
    pairs = zip(json.dumps(got, indent=1, ensure_ascii=False).splitlines(),
                json.dumps(want, indent=1, ensure_ascii=False).splitlines())
    return next(((a[:300], b[:300]) for a, b in pairs if a != b), "its length")


def a_signed_figure_is_what_the_answers_say_whatever_lies_beside_them(city):
    filled(city)
    honest = {}
    twin = copy(city, "honest")
    for ident in ("43", "47"):
        honest[ident] = published(twin, ident, "zh")
    verified = twin.ok("ledger", "verify")
    twin.close()
    contains(json.dumps(honest["43"][0]), '"csi"')
    assert "answers.csv" in honest["43"][2], honest["43"][2].keys()
    for name, tell in LIES.items():
        twin = copy(city, name)
        tell(twin)
        lang = "en" if len(name) % 2 else "zh"
        for ident in ("43", "47"):
            for part, (got, want) in enumerate(zip(published(twin, ident, lang), honest[ident])):
                assert got == want, f"{name}, {lang}: part {part} of {ident} moved: {moved(got, want)}"
        same(twin.ok("ledger", "verify")["root"], verified["root"])
        twin.close()


def both_languages_freeze_the_same_body(city):
    filled(city)
    bodies = []
    for lang in ("zh", "en"):
        twin = copy(city, lang)
        bodies.append([published(twin, ident, lang)[0] for ident in ("43", "47")])
        twin.close()
    same(bodies[0], bodies[1])
    clause = bodies[0][0]["clauses"][0]
    assert clause["reason"]["zh"] and clause["reason"]["en"], clause
    same((clause["year"], clause["source"][:2]), (2024, "问卷"))
    said = json.dumps(bodies[0])
    assert '"message"' not in said and '"text": "' in said, "a clause's own text stays, sentences of one language go"


def publishing_stores_nothing_that_it_would_then_believe(city):
    filled(city)
    LIES["no blocks"](city)
    published(city, "43", "zh")
    same(os.path.exists(city.path("derived")), False)


def the_boards_own_numbers_notice_changed_blocks(city):
    filled(city)
    honest = [city.ok("index", "--form", "A"), city.ok("track", "show", "43")]
    for name in ("blocks", "half a block", "another's blocks", "no blocks", "no counts"):
        twin = copy(city, name)
        LIES[name](twin)
        same((name, [twin.ok("index", "--form", "A"), twin.ok("track", "show", "43")]), (name, honest))
        twin.close()


def a_refusal_is_said_in_the_language_that_asks(city):
    wave(city, 2024, 8)
    survey(city, 2024, 8, form="C", rows=20)
    texts = {}
    for lang in ("zh", "en", "zh"):
        errors = [e["error"] for e in city.run("index", "--form", "C", "--stream", "sampled", "--json", lang=lang)
                  .json["estimates"] if "error" in e]
        assert errors
        for error in errors:
            same(error["message"], error[lang])
        texts.setdefault(lang, errors[0]["message"])
        same(texts[lang], errors[0]["message"])
    contains(texts["zh"], "样本太少")
    contains(texts["en"], "too few answers")


if __name__ == "__main__":
    run_tests([
        a_signed_figure_is_what_the_answers_say_whatever_lies_beside_them, both_languages_freeze_the_same_body,
        publishing_stores_nothing_that_it_would_then_believe, the_boards_own_numbers_notice_changed_blocks,
        a_refusal_is_said_in_the_language_that_asks,
    ])
