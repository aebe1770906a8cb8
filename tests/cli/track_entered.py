#!/usr/bin/env python3
"""What was entered for a row, as the office reads it back."""
import hashlib

from cli_case import contains, run_tests, same
from cli_year import NEXT, row_of


def what_was_entered_is_confirmed_in_the_offices_words(city):
    """No field names, no rule syntax; the number with its unit."""
    city.write("r.pdf", "x")
    for args, zh, en in (
            (["set", "3", "--subtarget", "2", "--year", "2024", "--value", "1.2", "--source", "决算", "--date", "2024-12-20"],
             "第 3 项第 2 条“专项经费占年财政一般预算收入比例不低于 1‰”\n2024 年完成值：1.2‰；来源：决算（2024-12-20）", "2024: 1.2‰"),
            (["threshold", "23", "--clause", "1", "--value", "前10名", "--signed-by", "市长", "--date", "2024-01-05"],
             "审定为：前 10 名（市长，2024-01-05）", "set to: among the first 10"),
            (["criterion", "44", "--governs", "literal", "--signed-by", "市长", "--date", "2024-01-05"],
             "第 44 项以条文口径为准（市长，2024-01-05）", "in row 44"),
            (["evidence", "add", "3", "--title", "决算", "--file", city.path("r.pdf"), "--date", "2024-02-02"],
             "已登记佐证材料，编号 1：第 3 项《决算》，待审", "Document no. 2"),
            (["evidence", "return", "1", "--reviewer", "李", "--note", "缺章"], "佐证材料编号 1：已退回", "no. 1: Returned")):
        said = city.run("track", *args, lang="zh").text
        contains(said, zh)
        assert not any(word in said for word in (">=", "位次:", "signed_by", "indicator", "subtarget", "sha256:")), said
        contains(city.run("track", *args, lang="en").text, en)
    for wrong in ("7/20", "前列", "0"):
        contains(city.run("track", "threshold", "23", "--clause", "1", "--value", wrong, "--signed-by", "市长",
                          "--date", "2024-01-05", lang="zh").err, "要审定前多少名，填一个不小于 1 的整数")
    said = city.run("ledger", "verify", lang="zh").text
    assert "存证摘要" in said and "树" not in said, said
    city.ok("user", "add", "--name", "li", "--role", "official")
    contains(city.run("user", "list", lang="zh").text, "领导小组办公室（official）")
    contains(city.run("user", "add", "--name", "wu", "--role", "department", "--department", "财政局", lang="zh").err,
             "manyi track departments")
    contains(city.run("wave", "open", "--form", "A", "--year", str(NEXT), lang="zh").err, f"{NEXT} 年还没有到；可用")


def evidence_is_uploaded_then_accepted_or_returned(city):
    path = city.write("plan.pdf", "规划")
    said = city.ok("track", "evidence", "add", "1", "--title", "质量发展规划", "--file", path,
                   "--document-no", "瓦政发〔2024〕1号", "--date", "2024-03-01", "--pages", "12")
    same((said["state"], said["sha256"]), ("waiting", hashlib.sha256("规划".encode()).hexdigest()))
    same(row_of(city, "1")["evidence_state"], "waiting")
    same(city.run("track", "evidence", "return", str(said["evidence"]), "--reviewer", "李").code, 2)
    city.ok("track", "evidence", "return", str(said["evidence"]), "--reviewer", "李", "--note", "缺章")
    contains(city.run("track", "show", "1", lang="zh").text, f"编号 {said['evidence']}　已退回　质量发展规划　缺章")
    city.ok("track", "evidence", "accept", str(said["evidence"]), "--reviewer", "李")
    row = row_of(city, "1")
    same((row["evidence_state"], row["evidence"][0]["document_no"]), ("accepted", "瓦政发〔2024〕1号"))
    same(city.run("track", "evidence", "accept", "99", "--reviewer", "李").code, 1)
    same(city.run("track", "evidence", "accept", "x", "--reviewer", "李").code, 2)
    same(city.run("track", "evidence", "add", "1", "--title", "t", "--file", city.path("none"), "--date", "2024-03-01").code, 3)
    same(city.run("track", "evidence", "add", "1", "--title", "t", "--file", path, "--subtarget", "9").code, 1)
    dated = ("--date", "2024-03-01")
    contains(city.run("track", "evidence", "add", "1", "--title", "t", "--file", city.write("e.pdf", ""), *dated).err, "empty")
    contains(city.run("track", "evidence", "add", "1", "--title", "t", "--file", path, lang="zh").err, "文件日期或覆盖时段")
    external = ("track", "external", "40", "--year", "2024", "--rank", "1", "--of", "2", "--agency", "a", "--report")
    contains(city.run(*external, city.path("e.pdf"), "--qualification", "q").err, "empty")
    same((len(row_of(city, "1")["evidence"]), row_of(city, "40")["external"]), (1, None))


if __name__ == "__main__":
    run_tests([
        what_was_entered_is_confirmed_in_the_offices_words,
        evidence_is_uploaded_then_accepted_or_returned,
    ])
