#!/usr/bin/env python3
"""Another programme, with other chapters, departments and another form feeding it, from a table as offices send it to
rules, verdicts, a board and a published figure: all of it data.

THE PROGRAMME AND THE FORM OF THIS FILE ARE A TEST'S.  They are nobody's programme and nobody's survey."""
import json
import os
import random
import re
import tempfile
import urllib.parse

from service import Service, Tap, free_port
from words import enter

# As an office would send it: merged cells are empty, two departments run together, numbers before titles and tasks.
TABLE = """\
指标项\t指标内容\t目标任务\t牵头部门\t配合部门
一、街面整洁（测试用）\t\t\t\t
\t1.居民对街面整洁满意\t居民对街面整洁满意度连续3年提高。\t区城管测试局\t各测试单位
\t2.公厕有人管\t2.1每座公厕都有管理制度；\t区城管测试局区环卫测试队\t
\t\t2.2公厕完好率达到95%以上。\t区环卫测试队\t区城管测试局
二、绿化（测试用）\t3居民满意绿化\t绿化满意。\t区园林测试处\t各测试单位
\t4.其他\t做好其他工作。\t区园林测试处\t区环卫测试队、区城管测试局
"""


def words(zh, en):
    return {"zh": zh, "en": en}


def scale(name, zh):
    return [{"type": "begin_group", "name": "g_" + name, "appearance": "field-list"},
            {"type": "select_one ten", "name": name, "label": words(zh, "How satisfied?"), "appearance": "scale"},
            {"type": "end_group", "name": "g_" + name}]


FORM = {
    "settings": {"form_id": "T9", "version": "1", "title": words("测试问卷", "A test's form"),
                 "population": words("测试", "a test's people"), "minutes": 1, "seconds": 30, "mapping": "acsi-1-10",
                 "indicators": "", "consent": words("{city}同意", "Consent of {city}")},
    "choices": {"ten": [{"name": str(i), "label": words(str(i), str(i))} for i in range(1, 11)]},
    "survey": scale("street", "街面整洁？") + scale("green", "绿化？"),
    "indices": [{"name": n, "label": words(zh, en), "items": [n], "weights": [1], "min_items": 1, "person": False}
                for n, zh, en in (("street", "街面整洁满意度", "Satisfaction with the streets"),
                                  ("green", "绿化满意度", "Satisfaction with green spaces"))],
    "variants": [],
}


class Town(Service):
    """An empty city, served."""

    def __init__(self):  # pylint: disable=super-init-not-called
        self.dir = tempfile.mkdtemp(prefix="manyi-")
        self.city = os.path.join(self.dir, "city")
        os.mkdir(self.city)
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.process = None
        self.manyi("init")

    def write(self, name, text, encoding="utf-8"):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding=encoding, newline="") as f:
            f.write(text)
        return path

    def fails(self, *args):
        got = self.run(list(args), check=False)
        return "" if got.returncode == 0 else (got.stdout + got.stderr).decode()


def rules_written(programme):
    """What somebody writes into the imported file: rules, and what feeds them.  Row 4 stays a person's."""
    rows = {row["id"]: row for row in programme["rows"]}
    source = words("测试问卷抽样调查", "sample survey with a test's form")
    label = words("街面整洁满意度", "satisfaction with the streets")
    rows["1"].update(kind=["survey"], points=5, evidence=["1-1"], deadline="2031-06", clauses=[
        {"rule": "街面整洁满意度 趋势:连续3年提高", "feed": {"kind": "series", "form": "T9", "index": ["street"],
                                                        "source": source, "label": label}}],
        figures={"form": "T9", "index": ["street", "green"]}, domains="figures",
        headline={"kind": "trend", "first": [{"index": "street", "label": label}]})
    rows["2.1"]["clauses"] = [{"rule": "公厕管理制度=有", "en": {"name": "There are rules for public toilets"}}]
    rows["2.2"]["clauses"] = [{"rule": "公厕完好率>=95%"}]
    rows["3"].update(kind=["survey"], clauses=[
        {"rule": "绿化满意=是", "feed": {"kind": "level", "form": "T9", "index": ["green"], "source": source}}],
        figures={"form": "T9", "index": ["green"]},
        headline={"kind": "level", "first": [{"index": "green", "label": words("绿化满意度", "satisfaction with green spaces")}]})
    return programme


def survey(town, year, middle):
    draw = random.Random(year)
    lines = ["stratum,cluster,weight,street,green"]
    for i in range(600):
        points = [min(10, max(1, round(draw.gauss(middle, 1.2)))) for _ in range(2)]
        lines.append("h%d,c%d,1,%d,%d" % (i % 4, i % 60, *points))
    town.manyi("wave", "open", "--form", "T9", "--year", str(year), "--strata", "片", "--clusters", "社区",
               "--opens", "%d-01-02" % year, "--closes", "%d-01-31" % year)
    town.manyi("import", "--wave", "T9-%d" % year, town.write("s.csv", "\n".join(lines) + "\n"))
    town.manyi("wave", "close", "T9-%d" % year)


def imported(tap, town):
    path = os.path.join(town.dir, "p.json")
    made = town.manyi("track", "import", town.write("t.tsv", TABLE, "gb18030"), "-o", path, "--id", "test",
                      "--title", "测试任务表，不是任何人的")
    tap.ok((made["rows"], made["chapters"], made["unwritten"]) == (5, 2, 5), "the table's five rows are there", made)
    with open(path, encoding="utf-8") as f:
        programme = json.load(f)
    rows = programme["rows"]
    tap.ok([r["id"] for r in rows] == ["1", "2.1", "2.2", "3", "4"], "numbers are those of the table", rows)
    tap.ok(rows[1]["lead"] == ["区城管测试局", "区环卫测试队"], "departments run together are taken apart", rows[1])
    tap.ok((rows[2]["title"], rows[2]["content"]) == ("公厕有人管", "公厕完好率达到95%以上。"), "merged cells carry on", rows[2])
    tap.ok(programme["everyone"] == "各测试单位", "everyone has the table's own name", programme["everyone"])
    return path, programme


def main():
    tap = Tap()
    town = Town()
    path, programme = imported(tap, town)
    town.manyi("track", "load", path)
    states = [r["result_state"] for r in town.manyi("track", "list")]
    tap.ok(states == ["judged"] * 5, "without rules every row is a person's to judge", states)
    town.manyi("track", "set", "4", "--subtarget", "1", "--year", "2024", "--value", "达标", "--source", "现场查看",
               "--date", "2024-12-20")
    tap.ok(town.manyi("track", "show", "4", "--year", "2024")["result_state"] == "met", "a person says so")

    text = json.dumps(rules_written(programme), ensure_ascii=False, indent=1)
    path = town.write("p.json", text)
    tap.ok("T9" in town.fails("track", "load", path), "a form that is not there is named")
    town.manyi("form", "load", town.write("T9.json", json.dumps(FORM, ensure_ascii=False)))
    held = town.manyi("track", "check", path)
    tap.ok((held["clauses"], held["unwritten"], held["computed"], held["surveyed"]) == (4, 1, 2, 2),
           "the check says what it holds", held)
    tap.ok(held["other_forms"] == "T9", "and whose figures it could not look at", held)
    wrong = town.write("c.json", text.replace("\"T9\"", "\"C\""))
    said = town.fails("track", "check", wrong)
    tap.ok("street" in said and ("没有指数" in said or "no index" in said),
           "of a form that comes with the program it can")
    tap.ok("strret" in town.fails("track", "load", town.write("x.json", text.replace('"street",\n', '"strret",\n'))),
           "an index that is not of its form is named")
    town.manyi("track", "load", path)

    town.manyi("track", "threshold", "3", "--clause", "1", "--value", "60", "--signed-by", "区长", "--date", "2020-01-05",
               "--document", "测试〔2020〕1号")
    for year, middle in ((2021, 6.4), (2022, 6.9), (2023, 7.4), (2024, 8.0)):
        survey(town, year, middle)
    town.manyi("track", "set", "2.1", "--subtarget", "1", "--year", "2024", "--value", "有", "--source", "制度", "--date", "2024-02-01")
    town.manyi("track", "set", "2.2", "--subtarget", "1", "--year", "2024", "--value", "93%", "--source", "台账", "--date", "2024-12-20")
    got = {r["id"]: r["result_state"] for r in town.manyi("track", "list", "--year", "2024")}
    tap.ok(got == {"1": "met", "2.1": "met", "2.2": "missed", "3": "met", "4": "met"}, "rules give verdicts", got)
    said = town.manyi("track", "show", "1", "--year", "2024")
    tap.ok("街面整洁满意度" in json.dumps(said, ensure_ascii=False) and said["headline"] != "", "its figures come first", said)

    town.manyi("track", "criterion", "1", "--years", "values", "--signed-by", "区长", "--date", "2020-01-06")
    said = town.manyi("track", "show", "1", "--year", "2024")
    tap.ok("3 个年度）计（区长 于 2020-01-06 审定）" in json.dumps(said, ensure_ascii=False), "what 连续3年 means is signed", said)
    row = town.manyi("publish", "1", "--year", "2024", "--signed-by", "区长")
    loaded = town.manyi("track", "loaded")
    tap.ok([p["in_force"] for p in loaded] == [False, False, True], "what was before stays on record", loaded)
    tap.ok(row["provenance"]["programme_sha256"] == loaded[-1]["sha256"] and row["provenance"]["programme"] == "test",
           "a published figure names its programme", row["provenance"])
    folder = os.path.join(town.dir, "r")
    town.manyi("export", "--r", folder, "--indicator", "1", "--year", "2024")
    tap.ok(os.path.exists(os.path.join(folder, "recompute.R")), "and can be computed again from its rows")

    changed = text.replace("公厕完好率>=95%", "公厕完好率>=90%")
    tap.ok("2.2" in town.fails("track", "load", town.write("y.json", changed)),
           "a rule with readings on record is not changed under them")
    gone = json.loads(text)
    gone["rows"] = [r for r in gone["rows"] if r["id"] != "2.1"]
    tap.ok("2.1" in town.fails("track", "load", town.write("z.json", json.dumps(gone))), "nor is a row with records taken away")
    other = town.write("w.json", text.replace("做好其他工作。", "把其他工作做好。"))
    tap.ok("--reworded 4" in town.fails("track", "load", other), "another task does not take a row's number unasked")
    town.manyi("track", "load", other, "--reworded", "4")
    tap.ok(town.manyi("track", "show", "4")["content"] == "把其他工作做好。", "wording may change, and is on record")

    later = json.loads(text)
    later["departments"][1]["became"] = {"kind": "renamed", "successor": "区环卫中心", "document": "测试〔2024〕2号", "date": "2024-03-01"}
    later["departments"][2]["became"] = {"kind": "merged", "successor": "区林业局", "sure": "low"}
    rows = {r["id"]: r for r in later["rows"]}
    rows["2.1"]["clauses"][0]["ended"] = {"document": "测试〔2024〕3号", "date": "2024-05-01", "successor": "公厕星级"}
    rows["3"]["clauses"][0]["proposed"] = "70"
    town.manyi("track", "load", town.write("v.json", json.dumps(later, ensure_ascii=False)), "--reworded", "4")
    said = town.manyi("track", "show", "2.1", "--year", "2024")
    tap.ok(said["result_state"] == "cancelled" and "测试〔2024〕3号" in said["reason"], "a yardstick ends by its document", said)
    notes = [n["zh"] for n in said["table_notes"]]
    tap.ok(any("已更名为区环卫中心（测试〔2024〕2号" in n for n in notes), "what became of a department is shown", notes)
    notes = [n["zh"] for n in town.manyi("track", "show", "3")["table_notes"]]
    tap.ok(any("尚未以文件确认" in n for n in notes) and any("拟定为 70" in n for n in notes), "a suggestion says that it is one", notes)
    notes = [n["zh"] for n in town.manyi("track", "show", "1")["table_notes"]]
    tap.ok(notes[:3] == ["完成时限：2031 年 6 月。", "分值：5 分。", "佐证编号：1-1。"], "deadline, points and evidence are there", notes)
    town.manyi("user", "add", "--name", "han", "--role", "department", "--department", "区环卫中心")
    tap.ok("区林业局" in town.fails("user", "add", "--name", "lin", "--role", "department", "--department", "区林业局"),
           "a name that is only suggested is nobody's yet")
    town.manyi("user", "add", "--name", "admin", "--role", "admin")
    with town:
        browser = enter(town)
        board = browser.get("/desk/?year=2024", "zh-CN")
        tap.ok("街面整洁（测试用）" in board and len(re.findall('class="tile is-', board)) == 5, "the board is of these rows")
        page = browser.get("/desk/indicator/1?year=2024", "zh-CN")
        tap.ok("<svg" in page and "街面整洁满意度" in page, "a row's page draws its yearly figures")
        page = browser.get("/desk/?year=2024&department=" + urllib.parse.quote("区环卫测试队"), "zh-CN")
        tap.ok("公厕有人管" in page, "a department has a board of its own")
        page = browser.get("/desk/?year=2024&department=" + urllib.parse.quote("区环卫中心"), "zh-CN")
        tap.ok("公厕有人管" in page, "by the name it has today as well")
        tap.ok("街面整洁满意度" in browser.get("/published/1", "zh-CN"), "the published figure is there for anybody")
        tap.ok("There are rules for public toilets" in browser.get("/desk/indicator/2.1?year=2024", "en"), "and in English")
    tap.done()
    raise SystemExit(1 if tap.failed else 0)


if __name__ == "__main__":
    main()
