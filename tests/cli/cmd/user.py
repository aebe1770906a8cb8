#!/usr/bin/env python3
"""manyi user: accounts and their one-time passwords."""
import re

from cli_case import run_tests, same


def users_get_one_time_passwords(city):
    first = city.ok("user", "add", "--name", "zhang", "--role", "analyst")
    assert re.fullmatch(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", first["password"])
    second = city.ok("user", "reset", "zhang")
    assert first["password"] != second["password"]
    same(city.run("user", "add", "--name", "zhang", "--role", "analyst").code, 1)
    same(city.run("user", "add", "--name", "x y", "--role", "analyst").code, 2)
    same(city.run("user", "add", "--name", "li", "--role", "boss").code, 2)
    same(city.run("user", "add", "--name", "li", "--role", "department").code, 2)
    same(city.run("user", "add", "--name", "li", "--role", "department",
                  "--department", "没有的局").code, 1)
    city.ok("user", "add", "--name", "li", "--role", "department", "--department", "市商务局")
    city.ok("user", "disable", "zhang")
    same({u["name"]: u["active"] for u in city.ok("user", "list")}, {"zhang": False, "li": True})
    city.ok("user", "enable", "zhang")
    same(city.run("user", "reset", "nobody").code, 1)


def passwords_are_not_kept_in_the_open(city):
    password = city.ok("user", "add", "--name", "zhang", "--role", "admin")["password"]
    assert password.encode() not in open(city.db, "rb").read()


if __name__ == "__main__":
    run_tests([
        users_get_one_time_passwords, passwords_are_not_kept_in_the_open,
    ])
