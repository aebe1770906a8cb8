#!/usr/bin/env python3
"""What paper says of the office: the settings, and what stands where one is missing."""
import subprocess

from cli_case import contains, run_tests
from cli_wave import sqlite


def words(path):
    return subprocess.run(["pdftotext", "-raw", path, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()


def poster(city):
    code = city.ok("site", "list")[0]["code"]
    city.ok("poster", "--site", code, "-o", city.path("p.pdf"))
    return words(city.path("p.pdf"))


def the_poster_says_what_the_settings_say(city):
    city.ok("site", "add", "--name", "甲")
    text = poster(city)
    contains(text.lower(), "127.0.0.1:8080")
    assert "市统计局" not in text, text
    for name, value in (("base_url", "https://zl.example.cn"), ("agency", "市统计局"), ("table_number", "瓦统01表"),
                        ("approval", "瓦统字1号"), ("valid_until", "2099-12-31"), ("city", "瓦房店市")):
        city.ok("config", "set", name, value)
    text = poster(city).replace("\n", "")
    for part in ("zl.example.cn", "市统计局", "瓦统01表", "瓦统字1号", "瓦房店市"):
        contains(text, part)
    assert "演示" not in text, text


def a_demonstration_is_marked_on_paper(city):
    city.ok("site", "add", "--name", "甲")
    assert "演示" not in poster(city)
    sqlite(city, "INSERT OR REPLACE INTO setting VALUES ('demo', '1')")     # the shell refuses to
    contains(poster(city), "演示")


if __name__ == "__main__":
    run_tests([the_poster_says_what_the_settings_say, a_demonstration_is_marked_on_paper])
