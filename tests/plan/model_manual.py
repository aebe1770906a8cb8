"""The manual of models: its example runs and says what is printed, and it names every member."""
import os
import re

import plan_manual
from cli_case import SOURCE, contains, manyi, run_tests, same

plan_manual.PAGE = os.path.join(SOURCE, "plan", "model.5")
with open(plan_manual.PAGE, encoding="utf-8") as f:
    plan_manual.MANUAL = MANUAL = f.read()


def the_example_says_what_is_printed(city):
    answers, model, said = plan_manual.blocks()
    city.write("answers.csv", answers)
    shown = manyi("model", city.write("model.json", model))
    same((shown.code, shown.err), (0, ""))
    same([line.rstrip() for line in shown.text.splitlines()], [line.rstrip() for line in said.splitlines()])


def every_member_is_described(city):
    for name in ("model/shape.c", "model/data.c"):
        for known in re.findall(r"known\[\] = \{(.*?)\}", plan_manual.source(name), re.S):
            for member in re.findall(r'"(\w+)"', known):
                assert re.search(rf"^\.(It )?Cm (.*, )?{member}\b", MANUAL, re.M), f"{name}: {member}"
    answers, model, _ = plan_manual.blocks()
    city.write("answers.csv", answers)
    for member in city.ok("model", city.write("model.json", model)):
        contains(MANUAL.replace("SHA-256", "model_sha256 n"), member)


def the_command_names_its_manual():
    with open(os.path.join(SOURCE, "cli", "manyi.1"), encoding="utf-8") as f:
        contains(f.read(), ".Xr model 5")


run_tests([the_example_says_what_is_printed, every_member_is_described, plan_manual.the_manual_is_sound_mdoc,
           the_command_names_its_manual])
