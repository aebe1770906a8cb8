#!/usr/bin/env python3
"""manyi wave open, close, list: what a wave is called, takes and refuses."""
from cli_case import contains, run_tests, same
from cli_wave import open_wave


def a_wave_has_a_name_and_the_forms_own_words(city):
    wave = open_wave(city)
    same((wave["wave"], wave["form"], wave["version"], wave["year"], wave["open"]),
         ("A-2024", "A", "2024-2", 2024, True))
    same((wave["mapping"], wave["label"], wave["margins"]), ("acsi-1-10", "2024", ""))
    contains(wave["population"], "居民")
    assert isinstance(wave["id"], int)


def a_wave_takes_its_statutory_header_from_the_settings(city):
    city.ok("config", "set", "agency", "市统计局")
    wave = open_wave(city, table_number="瓦统01表", opens="2024-04-08", closes="2024-05-31",
                     margins="sex age", strata="乡镇", clusters="社区")
    same((wave["agency"], wave["table_number"]), ("市统计局", "瓦统01表"))
    same((wave["opens"], wave["closes"]), ("2024-04-08", "2024-05-31"))
    same((wave["margins"], wave["strata"]), ("sex age", "乡镇"))


def a_wave_that_makes_no_sense_is_refused(city):
    for args, code in ((["--form", "Z", "--year", "2024"], 1), (["--form", "A", "--year", "20x4"], 2),
                       (["--form", "A", "--year", "2024", "--margins", "sex agee"], 1),
                       (["--form", "A", "--year", "2024", "--opens", "2024-02-30"], 2),
                       (["--form", "A", "--year", "2024", "--opens", "2024-05-02",
                         "--closes", "2024-05-01"], 2)):
        same(city.run("wave", "open", *args).code, code)
    same(city.ok("wave", "list"), [])


def one_wave_of_a_form_is_open_at_a_time(city):
    open_wave(city, year=2023)
    same(city.run("wave", "open", "--form", "A", "--year", "2024").code, 1)
    same(city.ok("wave", "close", "A-2023")["open"], False)
    open_wave(city, year=2024)
    same([(w["wave"], w["open"]) for w in city.ok("wave", "list")],
         [("A-2023", False), ("A-2024", True)])
    same(city.run("wave", "close", "A-1999").code, 1)


if __name__ == "__main__":
    run_tests([
        a_wave_has_a_name_and_the_forms_own_words,
        a_wave_takes_its_statutory_header_from_the_settings, a_wave_that_makes_no_sense_is_refused,
        one_wave_of_a_form_is_open_at_a_time,
    ])
