#!/usr/bin/env python3
"""manyi version."""
import os

from cli_case import SOURCE, contains, manyi, run_tests, same


def the_version_is_that_of_the_package():
    answer = manyi("version", "--json")
    contains(open(os.path.join(SOURCE, "configure.ac"), encoding="utf-8").read(),
             f"AC_INIT([manyi], [{answer.json['version']}]")
    same(manyi("--version").text, f"manyi {answer.json['version']}\n")


if __name__ == "__main__":
    run_tests([
        the_version_is_that_of_the_package,
    ])
