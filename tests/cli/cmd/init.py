#!/usr/bin/env python3
"""manyi init: a new database, whole or not at all."""
import os

from cli_case import City, manyi, run_tests, same


def init_leaves_an_existing_database_alone(city):
    before = open(city.db, "rb").read()
    answer = city.run("init", "--json")
    same((answer.code, answer.json["error"]["code"]), (1, "conflict"))
    same(open(city.db, "rb").read(), before)


def init_makes_a_database_and_a_private_key(city):
    same(city.names(), ["ledger.key", "ledger.key.pub", "manyi.db"])
    same(os.stat(city.path("ledger.key")).st_mode & 0o777, 0o600)
    same([f["id"] for f in city.ok("form", "list")], ["A", "B", "C"])


def init_on_a_full_disk_leaves_nothing():
    city = City(make=False)
    try:
        answer = city.run("init", "--json", limit=100000)
        same((answer.code, answer.json["error"]["code"]), (3, "full"))
        same(city.names(), [])
    finally:
        city.close()


def init_where_it_may_not_write_leaves_nothing(city):
    answer = manyi("init", "--json", db=city.path("none/manyi.db"))
    same(answer.code, 3)
    assert "none" not in city.names()


if __name__ == "__main__":
    run_tests([
        init_leaves_an_existing_database_alone, init_makes_a_database_and_a_private_key,
        init_on_a_full_disk_leaves_nothing, init_where_it_may_not_write_leaves_nothing,
    ])
