#!/usr/bin/env python3
"""The first page of a large wave while residents answer: its rows are read, and nobody is turned away.

ROWS (default 50000; FULL=1: 1000000) comes from the environment.
"""

import hashlib
import os
import secrets
import sqlite3
import time

from serve import City, Phones, note, place, until
import serve

ROWS = int(os.environ.get("ROWS", "1000000" if os.environ.get("FULL") else "50000"))
CLIENTS = 4
MOST_SECONDS = 2.0      # that an answer may take; the store gives up after three

COLUMNS = ("wave, site, stream, mode, stratum, cluster, weight, minute, seconds, flagged, answers, key, receipt, leaf,"
           " screens, dont_know, resends, client, rush")


def multiply(path, rows):
    """Many more answers of the newest wave of form C, all as its first one."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA foreign_keys = ON")
        names = [c.strip() for c in COLUMNS.split(",")]
        first = db.execute("SELECT %s FROM response WHERE wave ="
                           " (SELECT max(id) FROM wave WHERE form_id = 'C') ORDER BY id LIMIT 1" % COLUMNS).fetchone()
        model = dict(zip(names, first))
        model.update(stream="open", mode="qr", cluster="", stratum="", site=None)

        def row(i):
            return {**model, "key": "many-%09d" % i, "receipt": "%016d" % i,
                    "leaf": hashlib.sha256(b"%d" % i).digest()}

        db.executemany("INSERT INTO response (%s) VALUES (%s)" % (COLUMNS, ", ".join(":" + n for n in names)),
                       (row(i) for i in range(rows)))
        db.execute("DELETE FROM fieldwork")
        db.execute("INSERT INTO fieldwork SELECT wave, coalesce(site, 0), stream, 0, count(*), sum(flagged), min(minute),"
                   " max(minute) FROM response GROUP BY 1, 2, 3")
    db.close()


def logged_in(path):
    """A leader's session, without the waiting a password takes."""
    token = secrets.token_urlsafe(32)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE user SET must_change = 0")
        who = db.execute("SELECT id FROM user").fetchone()[0]
        db.execute("INSERT INTO session (hash, user, csrf, expires) VALUES (?, ?, 'x', ?)",
                   (hashlib.sha256(token.encode()).digest(), who, int(time.time()) + 36000))
    db.close()
    return token


class Crowd(Phones):
    """They write down how long it took and what they were told."""

    def __init__(self, city):
        self.seconds, self.refused = [], []
        super().__init__(city, CLIENTS)

    def phone(self, number):
        n = 0
        while not self.stop.is_set():
            n += 1
            began = time.monotonic()
            status = self.city.answer("crowd-%02d-%08d" % (number, n)).status
            self.seconds.append(time.monotonic() - began)
            if status != 303:
                self.refused.append(status)
            time.sleep(0.01)


class Demo(City):
    """A demo city; its site is one whose poster opens form B."""

    def make(self):
        self.must("demo", self.dir, "--seed", "7", "--answers", "600")
        return self.rows("SELECT code FROM site WHERE form_id = 'B' AND active")[0][0]


def first_page(city, token):
    crowd = Crowd(city)
    until(lambda: len(crowd.seconds) > 20)
    began = time.monotonic()
    page = city.ask("/desk/", headers={"Cookie": "manyi_desk=" + token})
    took = time.monotonic() - began
    time.sleep(0.3)
    crowd.end()
    blocks = os.listdir(os.path.join(city.dir, "derived"))
    note("%d rows: the page took %.2f s; beside it %d answers, the slowest %.2f s, refused: %s" % (
        ROWS, took, len(crowd.seconds), max(crowd.seconds), crowd.refused))
    serve.test(page.status == 200 and len(blocks) > 0, "the first page of a large wave comes")
    serve.test(not crowd.refused, "nobody who answers meanwhile is turned away")
    serve.test(max(crowd.seconds) < MOST_SECONDS, "or waits long")


def main():
    with place("wave") as top:
        city = Demo(os.path.join(top, "city"))
        multiply(city.db, ROWS)
        token = logged_in(city.db)
        with city.running():
            first_page(city, token)
            serve.test(city.end() == 0, "it ends well")


if __name__ == "__main__":
    main()
