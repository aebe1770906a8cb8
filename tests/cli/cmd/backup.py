#!/usr/bin/env python3
"""manyi backup: a whole copy."""
import json
import os

from cli_case import manyi, run_tests, same


def a_backup_is_a_whole_database(city):
    city.ok("site", "add", "--name", "一号窗口")
    said = city.ok("backup", city.path("copy.db"))
    same(said["bytes"], os.stat(city.path("copy.db")).st_size)
    same(len(json.loads(manyi("site", "list", "--json", db=city.path("copy.db")).text)), 1)
    same(city.run("backup", city.path("copy.db")).code, 1)
    same(city.run("backup", city.path("none/copy.db")).code, 3)


if __name__ == "__main__":
    run_tests([
        a_backup_is_a_whole_database,
    ])
