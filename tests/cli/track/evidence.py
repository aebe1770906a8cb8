#!/usr/bin/env python3
"""manyi track evidence: documents uploaded, accepted, returned."""
import hashlib

from cli_case import contains, run_tests, same
from cli_year import row_of


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
        evidence_is_uploaded_then_accepted_or_returned,
    ])
