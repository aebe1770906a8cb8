#!/usr/bin/env python3
"""Published figures computed again by R's package survey, from the folder an outside agency is given."""
import csv
import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import threading

from cli_case import City, contains, run_tests, same


def bundle(city, indicator, year, *more):
    """The folder of a published figure, and what was said of it."""
    folder = city.path(f"r-{indicator}-{year}-{len(os.listdir(city.dir))}")
    said = city.ok("export", "--r", folder, "--indicator", indicator, "--year", str(year), *more)
    same(said["folder"], folder)
    return folder, said


def recompute(folder):
    """Run the script: its exit code and what it said."""
    done = subprocess.run(["Rscript", os.path.join(folder, "recompute.R")], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300, cwd="/",
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
    return done.returncode, done.stdout.decode()


def rows_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def decimals(x, digits):
    return f"{x:.{digits}f}"


def printed_by_r(text):
    """id -> the line that R printed from its own numbers."""
    return {m[1]: m[2].strip() for m in
            re.finditer(r"\n([^\n]*?)  [^\n]*\n(?:    [a-z_]+ .*\n)*?    printed .*\n +(.*) =\n", text)}


def agrees(folder, said):
    """The script agrees; and what it printed are the digits that were frozen, read here a second way."""
    code, text = recompute(folder)
    assert code == 0, text
    contains(text, f"all {said['figures']} figures agree")
    with open(os.path.join(folder, "figure.json"), encoding="utf-8") as f:
        frozen = json.load(f)
    printed = printed_by_r(text)
    same(len(printed), said["figures"])
    shown = 0
    for e in frozen["body"]["estimates"]:
        if "error" in e:
            continue
        k, mark = (100, "%") if e["mapping"] == "share" else (1, "")
        want = (f"{decimals(e['value'] * k, 1)}{mark} ({decimals(e['low'] * k, 1)}{mark}-"
                f"{decimals(e['high'] * k, 1)}{mark}) n {e['n']:.0f} n_eff {'-' if e['n_eff'] is None else decimals(e['n_eff'], 0)} "
                f"deff {'-' if e['deff'] is None else decimals(e['deff'], 2)}")
        same(printed[f"{e['index']} {e['stream']} {e['year']} wave {e['wave']}"], want)
        shown += 1
    assert shown > 0
    return text


class Demo:
    """One demonstration city for several tests."""
    city = None

    @classmethod
    def get(cls):
        if cls.city is None:
            cls.city = City(make=False)
            cls.city.run("demo", cls.city.path("d"), "--answers", "2000")
            cls.city.db = cls.city.path("d/manyi.db")
        return cls.city


def the_raked_index_by_sector_its_steps_and_the_complaint_rate_agree():
    folder, said = bundle(Demo.get(), "43", 2024)
    text = agrees(folder, said)
    ids = {r["id"] for r in rows_of(folder, "published.csv")}
    assert {"csi sampled 2023-2024", "rate registered 2024", "rate registered 2023-2024",
            "csi sampled last 3 steps", "rate registered last 3 steps"} <= ids, ids
    assert any(i.startswith("csi open") for i in ids), ids
    same(text.count("<>"), 0)


def composites_and_single_items_agree():
    folder, said = bundle(Demo.get(), "47", 2023)
    agrees(folder, said)
    ids = {r["id"].split()[0] for r in rows_of(folder, "published.csv")}
    assert {"product", "cqi", "overall"} <= ids, ids


def shares_of_every_kind_agree():
    city = Demo.get()
    city.ok("publish", "44", "--year", "2022", "--signed-by", "王局长")
    folder, said = bundle(city, "44", 2022)
    agrees(folder, said)
    rows = rows_of(folder, "published.csv")
    assert {"unaided", "aided", "aided_net", "overclaim", "channel_used", "channel_ok"} <= \
        {r["id"].split()[0] for r in rows}
    assert all("%" in r["printed"] for r in rows if r["deff"]), rows
    # What people typed is a code here, and nothing else of them.
    answers = rows_of(folder, "answers.csv")
    code = next(c for c in answers[0] if c.endswith(".code"))
    assert {r[code] for r in answers} <= {"", "1", "12315", "12345", "12365"}


def nothing_in_the_folder_leads_to_a_person():
    city = Demo.get()
    folder, said = bundle(city, "43", 2021)
    same(sorted(os.listdir(folder)), ["SHA256SUMS", "answers.csv", "complaints.csv", "figure.json", "margins.csv",
                                      "published.csv", "recompute.R"])
    answers = rows_of(folder, "answers.csv")
    same(list(answers[0]), ["wave", "stream", "stratum", "cluster", "weight", "excluded", "sex", "age", "edu", "sat",
                            "sat_exp", "sat_ideal", "sector"])
    with open(os.path.join(folder, "answers.csv"), encoding="utf-8") as f:
        text = f.read()
    lines = text.splitlines()[1:]
    same((len(lines), lines == sorted(lines, key=lambda s: s.encode())), (said["rows"], True))
    db = sqlite3.connect(city.db)
    for key, receipt in db.execute("SELECT key, receipt FROM response LIMIT 20"):
        assert key not in text and receipt not in text
    db.close()


def the_seal_is_in_the_provenance_and_every_file_has_its_hash():
    city = Demo.get()
    folder, said = bundle(city, "43", 2022)
    frozen = next(p for p in city.ok("publish", "list", "43") if p["year"] == 2022)
    with open(os.path.join(folder, "answers.csv"), "rb") as f:
        sealed = hashlib.sha256(f.read()).hexdigest()
    same((said["rows_sha256"], frozen["provenance"]["rows_sha256"]), (sealed, sealed))
    same(subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=False).returncode, 0)
    with open(os.path.join(folder, "recompute.R"), encoding="utf-8") as f:
        script = f.read()
    for part in (sealed, frozen["provenance"]["ledger_head"], frozen["signed_by"]):
        contains(script, part)


def later_answers_and_exclusions_change_nothing():
    city = Demo.get()
    first, said = bundle(city, "47", 2024)
    db = sqlite3.connect(city.db)
    wave = db.execute("SELECT id FROM wave WHERE form_id = 'C' AND year = 2024").fetchone()[0]
    for row, in db.execute("SELECT id FROM response WHERE wave = ? AND stream = 'sampled' AND flagged = 0 LIMIT 40",
                           (wave,)).fetchall():
        db.execute("INSERT INTO exclusion (response, rule, version, who, minute) VALUES (?, 'speed', '1', 'x', 1)",
                   (row,))
    db.commit()
    db.close()
    again, said_again = bundle(city, "47", 2024)
    same(said_again["rows_sha256"], said["rows_sha256"])
    for name in ("answers.csv", "published.csv", "recompute.R"):
        with open(os.path.join(first, name), "rb") as a, open(os.path.join(again, name), "rb") as b:
            same(a.read() == b.read(), True)
    # Published once more, the figure rests on fewer rows, and the folder says why each is out.
    city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    folder, said = bundle(city, "47", 2024)
    same(said["version"], 2)
    marks = [r["excluded"] for r in rows_of(folder, "answers.csv") if r["wave"] == "C-2024"]
    same((marks.count("event"), "form" in marks), (40, True))
    agrees(folder, said)
    old, said = bundle(city, "47", 2024, "--edition", "1")
    same(said["rows_sha256"], said_again["rows_sha256"])


def sector_weights_enter_the_script():
    city = Demo.get()
    weights = " ".join(f"S{i:02d}={i / 2}" for i in range(1, 13))
    db = sqlite3.connect(city.db)
    db.execute("INSERT INTO setting VALUES ('sector_weights', ?)", (weights,))
    db.commit()
    db.close()
    city.ok("publish", "43", "--year", "2024", "--signed-by", "王局长")
    folder, said = bundle(city, "43", 2024)
    with open(os.path.join(folder, "recompute.R"), encoding="utf-8") as f:
        contains(f.read(), '"S03" = 1.5')
    agrees(folder, said)


def survey(city, year, middle, cluster, strata, clusters="", rows=400, extra=None):
    draw = random.Random(f"{year}{middle}")
    lines = [f"resid,stratum,{'cluster,' if cluster else ''}weight,P,E,S,N,G,T,sex,age{',aided,used' if extra else ''}"]
    for i in range(rows):
        person = draw.gauss(middle, 1.3)
        points = [98 if draw.random() < 0.05 else min(10, max(1, round(person + draw.gauss(0, 0.8)))) for _ in "PESNGT"]
        label = f"c{i % 30}," if cluster else ""
        lines.append(f"1,{f'h{i % 3}' if strata else ''},{label}{1 + i % 4 / 2},{','.join(map(str, points))},"
                     f"{i % 2 + 1},{'' if i % 17 == 0 else i % 5 + 2}{extra(i) if extra else ''}")
    margins = ["--margins", "sex age"]
    city.ok("wave", "open", "--form", "C", "--year", str(year), "--strata", "片", "--clusters", clusters, *margins,
            "--opens", f"{year}-01-02", "--closes", f"{year}-01-31")      # over for long: it may be published
    answer = city.run("import", "--wave", f"C-{year}", city.write("s.csv", "\n".join(lines) + "\n"), "--json")
    same(answer.code, 0)
    city.ok("wave", "close", f"C-{year}")


def margins_of(city):
    lines = ["variable,category,population,source"]
    lines += [f"sex,{i},{4000 + 500 * i},统计局" for i in (1, 2)]
    lines += [f"age,{i},{[1500, 2200, 2100, 1900, 1800][i - 2]},统计局" for i in range(2, 7)]
    city.ok("margins", "import", city.write("m.csv", "\n".join(lines) + "\n"))


def people_who_are_their_own_units_and_did_not_tell_their_age_agree(city):
    margins_of(city)
    survey(city, 2023, 7.5, False, False)
    survey(city, 2024, 7.8, False, True)
    city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    folder, said = bundle(city, "47", 2024)
    agrees(folder, said)
    with open(os.path.join(folder, "recompute.R"), encoding="utf-8") as f:
        contains(f.read(), "shared = FALSE")


def a_share_of_none_and_of_all_agrees(city):
    margins_of(city)
    survey(city, 2024, 7.8, True, True, "社区", extra=lambda i: f",12315 12345,{i % 3 % 2 + 1}")
    city.ok("publish", "44", "--year", "2024", "--signed-by", "王局长")
    folder, said = bundle(city, "44", 2024)
    agrees(folder, said)
    rows = {r["id"].split()[0]: r for r in rows_of(folder, "published.csv")}
    same((rows["overclaim"]["estimate"], rows["overclaim"]["se"], rows["overclaim"]["low"]), ("0", "", "0"))
    same((rows["aided"]["estimate"], rows["aided"]["high"]), ("1", "1"))


def another_sample_of_clusters_gives_independent_years(city):
    margins_of(city)
    survey(city, 2023, 7.5, True, True, "社区")
    survey(city, 2024, 7.8, True, True, "村")
    city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    folder, said = bundle(city, "47", 2024)
    agrees(folder, said)


def figures_published_while_answers_come_in_are_of_one_moment(city):
    margins_of(city)
    survey(city, 2023, 7.5, True, True, "社区")
    city.ok("wave", "open", "--form", "C", "--year", "2024", "--strata", "片", "--clusters", "社区", "--margins", "sex age")

    def rows(part):
        draw = random.Random(part)
        lines = ["resid,stratum,cluster,weight,P,E,S,N,G,T,sex,age"]
        lines += [f"1,h{i % 3},c{i % 30},1,{','.join(str(draw.randint(4, 10)) for _ in range(6))},{i % 2 + 1},{i % 5 + 2}"
                  for i in range(300)]
        return city.write(f"part{part}.csv", "\n".join(lines) + "\n")

    city.ok("import", "--wave", "C-2024", rows(0))
    parts = [rows(i) for i in range(1, 9)]
    come = threading.Thread(target=lambda: [city.ok("import", "--wave", "C-2024", p) for p in parts])
    come.start()
    published = []
    while come.is_alive() and len(published) < 8:
        published.append(city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长"))
    come.join()
    for p in published:
        folder, said = bundle(city, "47", 2024, "--edition", str(p["version"]))
        same(said["rows_sha256"], p["provenance"]["rows_sha256"])
        wave = [r for r in rows_of(folder, "answers.csv") if r["wave"] == "C-2024"]
        product = next(e for e in p["body"]["estimates"] if e["index"] == "product")
        same((product["n"], len(wave) % 300), (len(wave), 0))
        assert p["provenance"]["ledger_size"] >= 400 + len(wave)
    agrees(folder, said)


def a_changed_answer_is_found_by_seal_and_by_script(city):
    margins_of(city)
    survey(city, 2024, 7.8, True, True, "社区")
    city.ok("publish", "47", "--year", "2024", "--signed-by", "王局长")
    folder, _ = bundle(city, "47", 2024)
    path = os.path.join(folder, "answers.csv")
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    at = lines[0].split(",").index("P")
    row = lines[7].split(",")
    row[at] = "1" if row[at] != "1" else "10"
    lines[7] = ",".join(row)
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    same(subprocess.run(["sha256sum", "--status", "-c", "SHA256SUMS"], cwd=folder, check=False).returncode, 1)
    code, text = recompute(folder)
    same(code, 1)
    contains(text, "differs")


if __name__ == "__main__":
    if shutil.which("Rscript") is None:
        print("1..0 # SKIP Rscript is not installed: apt-get install r-cran-survey")
        sys.exit(0)
    try:
        run_tests([
            the_raked_index_by_sector_its_steps_and_the_complaint_rate_agree, composites_and_single_items_agree,
            shares_of_every_kind_agree, nothing_in_the_folder_leads_to_a_person,
            the_seal_is_in_the_provenance_and_every_file_has_its_hash, later_answers_and_exclusions_change_nothing,
            sector_weights_enter_the_script, people_who_are_their_own_units_and_did_not_tell_their_age_agree,
            another_sample_of_clusters_gives_independent_years, a_share_of_none_and_of_all_agrees,
            figures_published_while_answers_come_in_are_of_one_moment, a_changed_answer_is_found_by_seal_and_by_script,
        ])
    finally:
        if Demo.city:
            Demo.city.close()
