#!/usr/bin/env python3
"""The manual of plans: its example runs and says what is printed, and it names every operation and member."""
import os
import re
import subprocess

from cli_case import SOURCE, City, contains, manyi, run_tests, same

PAGE = os.path.join(SOURCE, "plan", "plan.5")
with open(PAGE, encoding="utf-8") as f:
    MANUAL = f.read()


def blocks():
    return [b.replace("\\e", "\\") for b in re.findall(r"\.Bd -literal\n(.*?)\.Ed", MANUAL, re.S)]


def the_example_says_what_is_printed(city):
    answers, plan, said = blocks()
    city.write("answers.csv", answers)
    shown = manyi("analyse", city.write("plan.json", plan))
    same(shown.code, 0)
    same([line.rstrip() for line in shown.text.splitlines()], [line.rstrip() for line in said.splitlines()])


def source(name):
    with open(os.path.join(SOURCE, "plan", name), encoding="utf-8") as f:
        return f.read()


def every_operation_and_member_is_described():
    ops = re.findall(r'\{ "(\w+)", (?:op_\w+|NULL),\s+(?:table_\w+|NULL), (?:true|false),\s+\{ ([^}]*) \} \}', source("plan.c"))
    assert len(ops) > 12, ops
    members = {m for name in ("plan.c", "design.c", "calibrate.c")
               for known in re.findall(r"known\[\] = \{(.*?)\}", source(name), re.S) for m in re.findall(r'"(\w+)"', known)}
    assert {"data", "cluster", "margins"} <= members, members
    for op, words in ops:
        assert re.search(rf"^\.It Cm (.*, )?{op}\b", MANUAL, re.M), op
        members.update(re.findall(r'"(\w+)"', words))
    for member in sorted(members):
        assert re.search(rf"^\.(It )?Cm (.*, )?{member}\b", MANUAL, re.M), member


def the_manual_is_sound_mdoc():
    for program in (["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-k", "-mandoc", "-Tutf8", "-ww", "-z"]):
        try:
            done = subprocess.run(program + [PAGE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        except FileNotFoundError:
            continue
        same((done.returncode, done.stdout), (0, ""))
        return
    print("# neither mandoc nor groff is here to look at it")


def the_command_names_its_manual():
    with open(os.path.join(SOURCE, "cli", "manyi.1"), encoding="utf-8") as f:
        contains(f.read(), ".Xr plan 5")


if __name__ == "__main__":
    run_tests([the_example_says_what_is_printed, every_operation_and_member_is_described, the_manual_is_sound_mdoc,
               the_command_names_its_manual])
