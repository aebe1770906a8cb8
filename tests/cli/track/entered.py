#!/usr/bin/env python3
"""What was entered for a row, as the office reads it back."""
from cli_case import contains, run_tests
from cli_year import NEXT


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


if __name__ == "__main__":
    run_tests([
        what_was_entered_is_confirmed_in_the_offices_words,
    ])
