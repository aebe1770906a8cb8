#!/usr/bin/env python3
"""Waves and time from the shell: approvals that end, reasons to go on, last days, the hour after the end."""
import datetime
import os
import signal
import sqlite3
import subprocess
import sys

from cli_case import MANYI, contains, run_tests, same

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "tests"))
from service import free_port  # noqa: E402

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def day(ahead):
    return (datetime.datetime.now(CHINA) + datetime.timedelta(days=ahead)).strftime("%Y-%m-%d")


def opened(city, *more):
    return city.run("wave", "open", "--form", "B", "--year", "2026", *more, "--json")


def a_lapsed_approval_opens_nothing_and_a_reason_does(city):
    refused = opened(city, "--valid-until", day(-1))
    same(refused.code, 1)
    contains(refused.err + refused.text, "--lapsed-because")
    same(opened(city, "--valid-until", day(-1), "--lapsed-because", "  ").code, 2)
    same(opened(city, "--valid-until", "soon").code, 2)
    same(city.run("config", "set", "valid_until", "soon").code, 2)
    city.ok("config", "set", "valid_until", day(-1))
    same(opened(city).code, 1)                          # the office's holds where the wave has none
    same(city.ok("wave", "list"), [])
    wave = city.ok("wave", "open", "--form", "B", "--year", "2026", "--lapsed-because", "续批办理中")
    same((wave["state"], wave["approval_state"], wave["lapsed_because"]), ("open", "overridden", "续批办理中"))
    contains(city.run("wave", "list", lang="zh").err, "续批办理中")


def a_survey_of_the_past_was_covered_while_it_ran(city):
    wave = city.ok("wave", "open", "--form", "A", "--year", "2024", "--opens", "2024-04-08", "--closes", "2024-05-31",
                   "--valid-until", "2024-12-31")
    same((wave["state"], wave["closes"]), ("closed", "2024-05-31"))


def an_approval_is_warned_of_sixty_days_before(city):
    same(opened(city, "--valid-until", day(59)).code, 0)
    listed = city.run("wave", "list", lang="en")
    contains(listed.err, "manyi wave renew B-2026")
    contains(listed.err, "60 days more")
    same(city.ok("wave", "list")[0]["approval_state"], "ending")
    same(city.ok("wave", "list")[0]["approval_days"], 60)
    renewed = city.ok("wave", "renew", "B-2026", "--valid-until", day(60), "--approval", "瓦统制〔2026〕9号")
    same((renewed["approval_state"], renewed["approval"], renewed["valid_until"]),
         ("valid", "瓦统制〔2026〕9号", day(60)))
    same(city.run("wave", "list").err, "")
    same(city.run("wave", "renew", "B-2026").code, 2)
    same(city.run("wave", "renew", "B-1999", "--valid-until", day(1)).code, 1)


def a_running_wave_lapses_and_is_renewed_or_overridden(city):
    same(opened(city, "--valid-until", day(0)).code, 0)
    sqlite3.connect(city.db).execute("UPDATE wave SET valid_until = ?", (day(-2),)).connection.commit()
    wave = city.ok("wave", "list")[0]
    same((wave["state"], wave["open"], wave["approval_state"], wave["approval_days"]), ("lapsed", True, "lapsed", 0))
    contains(city.run("wave", "list", lang="zh").text, "批准过期")
    wave = city.ok("wave", "renew", "B-2026", "--lapsed-because", "领导已同意延期")
    same((wave["state"], wave["approval_state"]), ("open", "overridden"))
    wave = city.ok("wave", "renew", "B-2026", "--valid-until", day(365))
    same((wave["state"], wave["approval_state"], wave["lapsed_because"]), ("open", "valid", ""))


def who_starts_it_is_warned(city):
    same(opened(city, "--valid-until", day(10)).code, 0)
    serve = subprocess.Popen([MANYI, "serve", "--db", city.db, "--port", str(free_port())], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, env=dict(os.environ, MANYI_LANG="en"))
    try:
        contains(serve.stderr.readline().decode(), "manyi wave renew B-2026")
    finally:
        serve.send_signal(signal.SIGINT)
        serve.communicate(timeout=30)


def the_last_day_is_one_of_its_days(city):
    same(city.ok("wave", "open", "--form", "B", "--year", "2026", "--closes", day(0))["state"], "open")
    same(city.ok("wave", "close", "B-2026")["closes"], day(0))
    wave = city.ok("wave", "open", "--form", "B", "--year", "2025", "--closes", day(100))
    same(wave["closes"], day(100))
    closed = city.ok("wave", "close", "B-2025")         # before its time: it ends now, not then
    same((closed["closes"], closed["state"]), (day(0), "closed"))


if __name__ == "__main__":
    run_tests([a_lapsed_approval_opens_nothing_and_a_reason_does,
               a_survey_of_the_past_was_covered_while_it_ran,
               an_approval_is_warned_of_sixty_days_before,
               a_running_wave_lapses_and_is_renewed_or_overridden,
               who_starts_it_is_warned,
               the_last_day_is_one_of_its_days])
