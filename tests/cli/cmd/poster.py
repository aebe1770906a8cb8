#!/usr/bin/env python3
"""manyi poster and manyi qr: paper that leads to the form."""
import os
import subprocess

from cli_case import contains, run_tests, same
from cli_wave import open_wave


def a_poster_to_a_closed_survey_is_pointed_out(city):
    contains(city.run("site", "add", "--name", "甲").err, "manyi wave open --form B")
    answer = city.run("poster", "--all", "-o", city.path("posters"), "--lang", "zh")
    same(answer.code, 0)
    contains(answer.err, "问卷 B 现在没有开放的调查")
    open_wave(city, form="B")
    same(city.run("site", "add", "--name", "乙").err, "")
    three = city.write("sites.csv", "name,form\n丙,A\n丁,A\n戊,B\n")
    same(len(city.run("site", "import", three).err.splitlines()), 1)     # once a form


def a_code_decodes_to_the_address_in_capitals(city):
    city.ok("config", "set", "base_url", "https://zl.example.cn")
    code = city.ok("site", "add", "--name", "甲")["code"]
    said = city.ok("qr", "--site", code, "-o", city.path("qr.png"))
    same(said["url"], f"https://zl.example.cn/Q/{code}")
    read = subprocess.run(["zbarimg", "-q", "--raw", city.path("qr.png")], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    same(read.strip(), f"HTTPS://ZL.EXAMPLE.CN/Q/{code}")
    city.ok("qr", "--site", code, "--output", city.path("qr.svg"))
    contains(open(city.path("qr.svg"), encoding="utf-8").read(), "<svg")
    same(city.run("qr", "--site", code, "-o", city.path("qr.gif")).code, 2)
    same(city.run("qr", "--site", "ZZZZZZ", "-o", city.path("x.png")).code, 1)


def posters_are_one_pdf_a_site(city):
    codes = [city.ok("site", "add", "--name", f"点位{i}")["code"] for i in range(3)]
    city.ok("site", "close", codes[2])
    same(city.ok("poster", "--site", codes[0], "-o", city.path("one.pdf"))["files"],
         [city.path("one.pdf")])
    said = city.ok("poster", "--all", "-o", city.path("all"))
    same(sorted(os.listdir(city.path("all"))), sorted(f"{c}.pdf" for c in codes[:2]))
    same(len(said["files"]), 2)
    for name in said["files"] + [city.path("one.pdf")]:
        same(open(name, "rb").read(5), b"%PDF-")
    same(city.run("poster", "-o", city.path("x.pdf")).code, 2)
    same(city.run("poster", "--all", "--site", codes[0], "-o", city.path("x.pdf")).code, 2)


if __name__ == "__main__":
    run_tests([
        a_poster_to_a_closed_survey_is_pointed_out, a_code_decodes_to_the_address_in_capitals,
        posters_are_one_pdf_a_site,
    ])
