#!/usr/bin/env python3
"""manyi site: places with a poster, one by one and from a file."""
import re

from cli_case import run_tests, same


def a_site_gets_a_code_and_an_address(city):
    city.ok("config", "set", "base_url", "https://zl.example.cn/")
    site = city.ok("site", "add", "--name", "新华街道银行", "--sector", "S01", "--township", "210281001",
                   "--window", "3号窗口", "--stratum", "中心城区")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{6}", site["code"])
    same(site["url"], f"https://zl.example.cn/Q/{site['code']}")
    same(city.ok("site", "list"), [site])
    same((site["form"], site["window"], site["active"]), ("B", "3号窗口", True))


def a_site_of_an_unknown_sector_township_or_form_is_refused(city):
    for args in (["--sector", "S13"], ["--township", "210281999"], ["--form", "Z"]):
        same(city.run("site", "add", "--name", "x", *args).code, 1)
    same(city.run("site", "add", "--name", "").code, 2)
    same(city.ok("site", "list"), [])


def sites_come_from_a_file_all_or_none(city):
    good = city.write("sites.csv", "name,sector,township,form\n甲,S01,210281001,\n乙,S02,210281002,A\n")
    said = city.ok("site", "import", good)
    same((said["rows"], [s["name"] for s in said["sites"]]), (2, ["甲", "乙"]))
    bad = city.write("bad.csv", "name,sector\n丙,S01\n丁,S99\n,S02\n")
    answer = city.run("site", "import", bad, "--json")
    same(answer.code, 1)
    same([(e["row"], e["line"]) for e in answer.json["errors"]], [(2, 3), (3, 4)])
    same(len(city.ok("site", "list")), 2)
    gb = city.write("gb.csv", "name,sector\n戊,S01\n", encoding="gb18030")
    same(city.run("site", "import", gb, "--encoding", "utf-8").code, 1)
    same(city.ok("site", "import", gb, "--encoding", "gb18030")["rows"], 1)
    same(city.ok("site", "import", gb)["rows"], 1)


def a_site_can_be_withdrawn_and_put_back(city):
    code = city.ok("site", "add", "--name", "甲")["code"]
    same(city.ok("site", "close", code)["active"], False)
    same(city.ok("site", "reopen", code.lower())["active"], True)
    same(city.run("site", "close", "000000").code, 1)


if __name__ == "__main__":
    run_tests([
        a_site_gets_a_code_and_an_address, a_site_of_an_unknown_sector_township_or_form_is_refused,
        sites_come_from_a_file_all_or_none, a_site_can_be_withdrawn_and_put_back,
    ])
