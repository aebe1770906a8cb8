#!/usr/bin/env python3
"""The manual's examples run as printed, and the manual names every command there is."""
import os
import random
import re
import shlex
import subprocess

from cli_case import SOURCE, City, contains, manyi, run_tests, same

MANUAL = open(os.path.join(SOURCE, "cli/manyi.1"), encoding="utf-8").read()


def examples():
    text = MANUAL[MANUAL.index(".Sh EXAMPLES"):]
    return [line for block in re.findall(r"\.Bd.*?\n(.*?)\.Ed", text, re.S)
            for line in block.splitlines()]


def every_example_runs_as_printed():
    city = City(make=False)
    try:
        draw = random.Random(1)
        lines = ["sector,sat,sat_exp,sat_ideal,stratum,cluster"] + [
            f"S{i % 12 + 1:02d},{','.join(str(draw.randint(5, 10)) for _ in range(3))},h{i % 3},c{i % 30}"
            for i in range(1200)]
        city.write("answers.csv", "\n".join(lines) + "\n")
        where = os.getcwd()
        assert len(examples()) > 10
        for line in examples():
            words = shlex.split(line)
            same(words[0], "manyi")
            os.chdir(city.dir)
            answer = city.run(*words[1:])
            os.chdir(where)
            assert answer.code == 0, f"{line}: {answer.code} {answer.text[:300]} {answer.err}"
    finally:
        city.close()


def the_manual_names_every_command():
    for topic in manyi("help", "--words").text.split():
        if topic.startswith("--") or topic in ("help", "version"):
            continue
        assert re.search(rf"^\.It (.*, )?(Ic )?{topic}\b|\.It Ic .*\b{topic}\b", MANUAL, re.M), topic


def the_manual_is_sound_mdoc():
    for program in (["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-k", "-mandoc", "-Tutf8", "-ww", "-z"]):
        try:
            done = subprocess.run(program + [os.path.join(SOURCE, "cli/manyi.1")], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, check=False)
        except FileNotFoundError:
            continue
        same(done.returncode, 0)
        contains(done.stdout + "\n", "\n")
        return
    print("# neither mandoc nor groff is here to look at it")


if __name__ == "__main__":
    run_tests([every_example_runs_as_printed, the_manual_names_every_command, the_manual_is_sound_mdoc])
