#!/usr/bin/env python3
"""manyi ledger: heads are signed, and what was changed or removed is noticed."""
from cli_case import City, run_tests, same
from cli_wave import HEADER, OTHER, ROW, open_wave, sqlite


def the_ledger_signs_what_is_there_and_notices_what_was_changed(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", f"{HEADER}\n" + f"{ROW}\n" * 5))
    head = city.ok("ledger", "head")
    same((head["size"], head["fresh"]), (5, True))
    again = city.ok("ledger", "head")
    same((again["fresh"], again["signature"]), (False, head["signature"]))
    city.ok("import", "--wave", "A-2024", city.write("b.csv", f"{HEADER}\n" + f"{OTHER}\n" * 3))
    city.ok("ledger", "head")
    said = city.ok("ledger", "verify")
    same((said["ok"], said["responses"], [h["size"] for h in said["heads"]]), (True, 8, [5, 8]))
    same(said["heads"][0]["root"], head["root"])
    sqlite(city, "DROP TRIGGER IF EXISTS response_no_update")
    for (name,) in sqlite(city, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND "
                          "tbl_name = 'response'"):
        sqlite(city, f"DROP TRIGGER {name}")
    sqlite(city, "UPDATE response SET answers = replace(answers, '8', '10') WHERE id = 3")
    answer = city.run("ledger", "verify", "--json")
    same((answer.code, answer.json["ok"], answer.json["changed"]), (1, False, [3]))


def a_removed_answer_breaks_the_signed_head(city):
    open_wave(city)
    city.ok("import", "--wave", "A-2024", city.write("a.csv", f"{HEADER}\n" + f"{ROW}\n" * 4))
    city.ok("ledger", "head")
    for (name,) in sqlite(city, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        sqlite(city, f"DROP TRIGGER {name}")
    sqlite(city, "DELETE FROM response WHERE id = 4")
    answer = city.run("ledger", "verify", "--json")
    same((answer.code, answer.json["heads"][0]["root_ok"], answer.json["heads"][0]["signature_ok"]),
         (1, False, True))


def another_key_does_not_verify(city):
    city.ok("ledger", "head")
    other = City()
    try:
        answer = city.run("ledger", "verify", "--public-key", other.path("ledger.key.pub"), "--json")
        same((answer.code, answer.json["heads"][0]["signature_ok"]), (1, False))
    finally:
        other.close()
    same(city.run("ledger", "verify", "--public-key", city.write("x", "no key")).code, 1)


if __name__ == "__main__":
    run_tests([
        the_ledger_signs_what_is_there_and_notices_what_was_changed,
        a_removed_answer_breaks_the_signed_head, another_key_does_not_verify,
    ])
