#!/usr/bin/env python3
"""Rows that cannot be served beside those that can, and a catalogue that cannot be had: who is told what."""
import os
import sqlite3

from serve import City, manyi, note, place, until
import serve


def run(path, *statements):
    with sqlite3.connect(path) as db:
        for s in statements:
            db.execute(s)
    db.close()


COLUMNS = ("year, label, opens, closes, population, modes, mapping, strata, clusters, margins, domains, break_note,"
           " table_number, agency, approval, valid_until")
FORM = "version, sha256, title_zh, title_en, loaded, %s, body, %s"


def spoil(city):
    """A site as a terminal set to GBK named it, and a wave whose form is one no longer."""
    run(city.db,
        "INSERT INTO site (code, name, window, sector, township, stratum, form_id, active)"
        " VALUES ('GBKGBK', CAST(x'd2f8d0d0' AS TEXT), '', 'S01', '', '', 'B', 1)",
        "INSERT INTO form (id, %s) SELECT 'Z', %s FROM form WHERE id = 'B'"
        % (FORM % ("answers", "position"), FORM.replace("body", "'{}'") % ("'z'", "99")),
        "INSERT INTO wave (form_id, form_version, open, %s) SELECT 'Z', form_version, 1, %s FROM wave" % (COLUMNS, COLUMNS))


def crowd_of_waves(city, n):
    """More open waves than a catalogue may hold: the intake refuses it."""
    for i in range(n):
        run(city.db,
            "INSERT INTO form (id, %s) SELECT 'Y%d', %s FROM form WHERE id = 'B'"
            % (FORM % ("answers", "position"), i, FORM % ("'y%d'" % i, 1000 + i)),
            "INSERT INTO wave (form_id, form_version, open, %s) SELECT 'Y%d', form_version, 1, %s FROM wave WHERE form_id = 'B'"
            % (COLUMNS, i, COLUMNS))


def served(city):
    health = city.ask("/healthz")
    serve.test(health.status == 200 and health.text.startswith("ok\n") and "site GBKGBK (name: utf-8)" in health.text
               and "wave Z-2024 (form:" in health.text, "what is left out is named to whoever asks after the health")
    note(health.text)
    serve.test("site GBKGBK" in city.said("err"), "and in the log")
    serve.test(city.ask("/Q/" + city.code).status == 200 and city.answer("still-here-and-well-001").status == 303,
               "every other form stays up")
    serve.test(city.ask("/Q/GBKGBK").status == 404, "the site itself is not served")
    said = manyi("site", "list", "--db", city.db)
    serve.test(said.returncode == 0 and "GBKGBK" in said.stdout and "\\xd2\\xf8\\xd0\\xd0" in said.stdout,
               "the list shows the row, with its bytes in letters")


def stale(city):
    crowd_of_waves(city, 70)
    gone = until(lambda: city.ask("/healthz").status == 503, 20)
    health = city.ask("/healthz")
    note(health.status, health.text)
    serve.test(gone and "stale" in health.text and health.getheader("Retry-After"), "a catalogue that cannot be had is no health")
    serve.test(city.answer("still-here-and-well-002").status == 303, "though residents answer by the old one")
    run(city.db, "UPDATE wave SET open = 0, closes = 1 WHERE form_id LIKE 'Y%'")
    serve.test(until(lambda: city.ask("/healthz").status == 200, 20), "once it can be had again all is well")


def main():
    with place("stale") as top:
        city = City(os.path.join(top, "city"))
        spoil(city)
        with city.running():
            served(city)
            stale(city)
            serve.test(city.end() == 0, "it ends well")


if __name__ == "__main__":
    main()
