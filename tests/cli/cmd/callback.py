#!/usr/bin/env python3
"""manyi callback: phones that wait for a call, and those whose time has come."""
import datetime
import time

from cli_case import contains, run_tests, same
from cli_wave import sqlite

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def day(minute):
    return datetime.datetime.fromtimestamp(minute * 60, CHINA).strftime("%Y-%m-%d")


def waiting(city, phone, days_left, site="NULL"):
    now = int(time.time()) // 60
    midnight = (now + 480) // 1440 * 1440 - 480
    sqlite(city, "INSERT INTO callback (phone, site, day, delete_after) VALUES "
                 f"('{phone}', {site}, {midnight}, {now + days_left * 1440})")
    return midnight, now + days_left * 1440


def a_phone_is_listed_with_its_place_and_day_and_who_looked_is_entered(city):
    code = city.ok("site", "add", "--name", "甲")["code"]
    since, until = waiting(city, "13800000001", 20, 1)
    same(city.ok("callback", "list"),
         [{"phone": "13800000001", "site": code, "day": day(since), "delete_after": day(until)}])
    same(sqlite(city, "SELECT action FROM audit ORDER BY id DESC LIMIT 1"), [("callback list",)])
    for lang, title in (("zh", "此后删除"), ("en", "deleted after")):
        text = city.run("callback", "list", lang=lang).text
        contains(text, title)
        contains(text, "13800000001")


def those_whose_time_has_come_go_when_told(city):
    waiting(city, "13800000001", -1)
    waiting(city, "13800000002", 1)
    same(len(city.ok("callback", "list")), 2)
    same([c["phone"] for c in city.ok("callback", "clean")], ["13800000002"])
    same(sqlite(city, "SELECT count(*) FROM callback"), [(1,)])
    same(city.run("callback", "list", "13800000002").code, 2)


if __name__ == "__main__":
    run_tests([
        a_phone_is_listed_with_its_place_and_day_and_who_looked_is_entered, those_whose_time_has_come_go_when_told,
    ])
