"""What the tests of imports share: a wave of form C, the agency's file, what an import says."""
import csv
import io
import os

import cli_wave
from cli_case import SOURCE, same

PHONE = os.path.join(SOURCE, "docs", "examples", "phone.csv")


def open_wave(city, form="C", year=2024, **options):
    return cli_wave.open_wave(city, form, year, **options)


def counted(city, wave="C-2024"):
    w = next(w for w in city.ok("wave", "list") if w["wave"] == wave)
    return w["sampled"] + w["open_answers"]


def put(city, path, *more, wave="C-2024"):
    return city.run("import", "--wave", wave, path, "--json", *more)


def refused(city, path, *more, wave="C-2024"):
    """The sentence an import is refused with; nothing of it counts."""
    before = counted(city, wave)
    answer = put(city, path, *more, wave=wave)
    same(answer.code, 1)
    same(counted(city, wave), before)
    return answer.json["error"]["message"]


def errors(city, path, *more, wave="C-2024"):
    before = counted(city, wave)
    answer = put(city, path, *more, wave=wave)
    same((answer.code, counted(city, wave)), (1, before))
    assert "errors" in answer.json, answer.text
    return answer.json["errors"]


def index(city, form="C"):
    return [(m["index"], m.get("n"), m.get("value")) for m in city.ok("index", "--form", form)["estimates"]]


def phone_rows():
    with open(PHONE, encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f))


def text_of(rows, end="\r\n", quoting=csv.QUOTE_MINIMAL, delimiter=","):
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=quoting, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def without(rows, *names, blank=False):
    """The table with these columns left out, or emptied."""
    at = {rows[0].index(n) for n in names}
    if blank:
        return [rows[0]] + [["" if i in at else c for i, c in enumerate(r)] for r in rows[1:]]
    return [[c for i, c in enumerate(r) if i not in at] for r in rows]
