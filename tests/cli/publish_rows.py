#!/usr/bin/env python3
"""What is signed comes from the answers: whatever was derived from them may lie."""
import json
import os
import shutil
import sqlite3

from cli_case import City, contains, run_tests, same
from cli_year import survey

# What is derived from the answers and stored, and a lie about each.
LIES = {
    "figures": "UPDATE cached SET json = replace(replace(replace(json, '\"value\":', '\"value\":1'), "
               "'\"value\":1null', '\"value\":null'), '\"value\":1-', '\"value\":-1')",
    "sums": "UPDATE tally SET sums = '[9' || substr(sums, 2)",
    "head": "UPDATE tally_head SET layout = replace(layout, 'rows ', 'rows 1')",
    "mark": "UPDATE tally_head SET after = after - 100",
    "counts": "UPDATE fieldwork SET n = n * 3, flagged = flagged + 50",
    "no counts": "DELETE FROM fieldwork",
    "no figures": "DELETE FROM cached",
    "no sums": "DELETE FROM tally; DELETE FROM tally_head",
}


def wave(city, year, nines):
    """A wave in few cells, so that its sums are kept."""
    lines = ["sector,stratum,cluster,weight,sat,sat_exp,sat_ideal"]
    for i in range(1200):
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
    for lang in ("zh", "en"):       # everything that is cached is there
        for ident in ("40", "43", "44", "47"):
            city.ok("track", "show", ident, lang=lang)
        city.run("index", "--form", "A", "--by", "sector", lang=lang)
    with sqlite3.connect(city.db) as db:
        for table in ("cached", "tally", "tally_head", "fieldwork"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0, table
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
    for name, sql in [*LIES.items(), ("all at once", "; ".join(v for k, v in LIES.items() if not k.startswith("no ")))]:
        twin = copy(city, name)
        lie(twin, sql)
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
    lie(city, LIES["no figures"], LIES["no sums"])
    published(city, "43", "zh")
    with sqlite3.connect(city.db) as db:
        same([db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("cached", "tally", "tally_head")], [0, 0, 0])


def the_boards_own_numbers_notice_a_changed_sum_or_figure(city):
    filled(city)
    honest = [city.ok("index", "--form", "A"), city.ok("track", "show", "43")]
    for name in ("figures", "sums", "no counts"):
        twin = copy(city, name)
        lie(twin, LIES[name], "DELETE FROM cached" if name == "sums" else "")
        same((name, [twin.ok("index", "--form", "A"), twin.ok("track", "show", "43")]), (name, honest))
        twin.close()


def a_refusal_is_said_in_the_language_that_asks_however_it_was_cached(city):
    wave(city, 2024, 8)
    survey(city, 2024, 8, form="C", rows=20)
    for first, second in (("zh", "en"), ("en", "zh")):
        lie(city, "DELETE FROM cached")
        texts = {}
        for lang in (first, second, first):
            errors = [e["error"] for e in city.run("index", "--form", "C", "--stream", "sampled", "--json", lang=lang)
                      .json["estimates"] if "error" in e]
            assert errors
            for error in errors:
                same(error["message"], error[lang])
            texts.setdefault(lang, errors[0]["message"])
            same(texts[lang], errors[0]["message"])
        contains(texts["zh"], "样本太少")
        contains(texts["en"], "too few answers")
    with sqlite3.connect(city.db) as db:
        keys = [k for k, in db.execute("SELECT key FROM cached")]
    assert keys and not any("zh" in k or " en" in k for k in keys), keys


if __name__ == "__main__":
    run_tests([
        a_signed_figure_is_what_the_answers_say_whatever_lies_beside_them, both_languages_freeze_the_same_body,
        publishing_stores_nothing_that_it_would_then_believe, the_boards_own_numbers_notice_a_changed_sum_or_figure,
        a_refusal_is_said_in_the_language_that_asks_however_it_was_cached,
    ])
