#!/usr/bin/env python3
"""manyi config: settings."""
from cli_case import contains, run_tests, same


def settings_are_known_by_name(city):
    city.ok("config", "set", "city", "瓦房店市")
    same(city.ok("config", "get", "city")["value"], "瓦房店市")
    same(city.run("config", "get", "city").text, "瓦房店市\n")
    same(city.run("config", "get", "contact").code, 1)
    wrong = city.run("config", "set", "citty", "x")
    same(wrong.code, 2)
    contains(wrong.err, '"city"')
    same(city.run("config", "get", "colour").code, 2)
    same(city.run("config", "set", "demo", "0").code, 1)
    same(city.run("config", "set", "base_url", "http://host?x=1#y").code, 1)
    same(city.ok("config", "list")["city"], "瓦房店市")


if __name__ == "__main__":
    run_tests([
        settings_are_known_by_name,
    ])
