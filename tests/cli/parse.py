#!/usr/bin/env python3
"""From a command line to a command: where options may stand, and what was probably meant."""
from cli_case import contains, manyi, run_tests, same


def nothing_to_do_is_a_usage_error():
    answer = manyi()
    same((answer.code, answer.out), (2, b""))
    contains(answer.err, "manyi --help")


def a_mistyped_word_gets_a_suggestion():
    for args, meant in ((["wvae"], '"wave"'), (["imprt", "x"], '"import"'),
                        (["wave", "opne"], '"open"'), (["site", "ad"], '"add"'),
                        (["wave", "open", "--from", "A"], '"--form"'),
                        (["index", "--indicater=43"], '"--indicator"'),
                        (["form", "list", "--jsn"], '"--json"')):
        answer = manyi(*args)
        same(answer.code, 2)
        contains(answer.err, meant)


def options_may_stand_anywhere_and_take_an_equals_sign(city):
    for args in (["form", "list", "--json"], ["--json", "form", "list"], ["form", "--json", "list"],
                 ["--json", "form", "list", "--lang=zh"]):
        same(len(city.run(*args).json), 3)
    same(manyi("form", "list", f"--db={city.db}", "--json").code, 0)


def an_option_twice_or_without_its_value_is_refused(city):
    same(city.run("index", "--indicator", "43", "--indicator", "47").code, 2)
    same(city.run("index", "--indicator").code, 2)
    same(city.run("index", "--indicator", "--json").code, 2)
    same(city.run("form", "list", "--json=yes").code, 2)
    same(city.run("form", "list", "extra").code, 2)


if __name__ == "__main__":
    run_tests([
        nothing_to_do_is_a_usage_error, a_mistyped_word_gets_a_suggestion,
        options_may_stand_anywhere_and_take_an_equals_sign,
        an_option_twice_or_without_its_value_is_refused,
    ])
