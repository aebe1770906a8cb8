#!/usr/bin/env python3
"""Help of every command in both languages, as JSON, and completion made from it."""
import os
import re
import subprocess

from cli_case import MANYI, SOURCE, contains, manyi, run_tests, same


def topics():
    return [w for w in manyi("help", "--words").text.split() if not w.startswith("--")]


def commands():
    """Every command as its words."""
    for topic in topics():
        words = [w for w in manyi("help", "--words", topic).text.split() if not w.startswith("-")]
        if not words:
            yield [topic]
        for word in words:
            more = [w for w in manyi("help", "--words", topic, word).text.split()
                    if not w.startswith("-")]
            yield from ([topic, word, w] for w in more) if more else [[topic, word]]


def every_command_has_help_in_both_languages():
    all_commands = list(commands())
    assert len(all_commands) > 40, all_commands
    for words in all_commands:
        for lang, mark in (("zh", "用法："), ("en", "Usage: ")):
            answer = manyi(*words, "--help", lang=lang)
            same(answer.code, 0)
            contains(answer.text, mark + "manyi " + " ".join(words))
            unquoted = re.sub("“[^”]*”", "", answer.text)	# what must be typed in Chinese stands in quotes
            assert bool(re.search("[\u4e00-\u9fff]", unquoted)) == (lang == "zh"), words
        same(manyi("help", *words).text, manyi(*words, "--help").text)


def help_is_json_when_asked():
    contains(manyi("wave", "open", "--help", "--json").json["help"], "--year YEAR")


def completion_knows_what_the_program_knows():
    script = os.path.join(SOURCE, "cli/manyi.bash")

    def complete(*words):
        line = " ".join(f"'{w}'" for w in words)
        return subprocess.run(
            ["bash", "-c", f"source '{script}'; COMP_WORDS=('{MANYI}' {line}); "
             f"COMP_CWORD={len(words)}; _manyi 2>/dev/null; echo \"${{COMPREPLY[*]}}\""],
            check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    same(complete("wav"), ["wave"])
    same([w for w in complete("wave", "") if not w.startswith("-")], ["open", "close", "renew", "list"])
    same([w for w in complete("track", "evidence", "") if not w.startswith("-")],
         ["add", "accept", "return"])
    same(complete("wave", "open", "--y"), ["--year="])
    same(complete("index", "--stream", "s"), ["sampled"])


if __name__ == "__main__":
    run_tests([
        every_command_has_help_in_both_languages, help_is_json_when_asked,
        completion_knows_what_the_program_knows,
    ])
