#!/usr/bin/env python3
"""A form in three languages, one written from right to left: from its check to the stored answer and the figure, through the real programs."""
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "tests", "support"))
from browser import chrome, missing  # noqa: E402
from service import MANYI, Tap, free_port, wait_until  # noqa: E402

FORM = os.path.join(os.environ.get("srcdir", "."), "tests", "data", "three.json")
UG, FRAME = '<html lang="ug" dir="rtl">', '<html lang="zh-CN">'
tap = Tap()


class City:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="manyi-languages-")
        self.env = dict(os.environ, MANYI_DB=os.path.join(self.dir, "m.db"), MANYI_LANG="en")
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.manyi("init")
        self.manyi("config", "set", "base_url", self.url)
        self.manyi("form", "load", FORM)
        self.manyi("wave", "open", "--form", "M", "--year", "2026")
        self.code = json.loads(self.manyi("site", "add", "--name", "集市", "--form", "M", "--json"))["code"]
        self.log = open(os.path.join(self.dir, "log"), "wb")
        self.process = subprocess.Popen([MANYI, "serve", "--port", str(self.port)], env=self.env, stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        assert line.startswith(b"ready"), (line, open(self.log.name).read())

    def run(self, *words):
        return subprocess.run([MANYI, *words], env=self.env, check=False, capture_output=True, text=True)

    def manyi(self, *words, fails=False):
        got = self.run(*words)
        assert (got.returncode != 0) == fails, (words, got.stdout, got.stderr)
        return got.stderr if fails else got.stdout

    def ask(self, path, body=None, accept=None):
        """Status, Location and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Host": "127.0.0.1:%d" % self.port}
        if accept:
            headers["Accept-Language"] = accept
        if body is not None:
            headers.update({"Origin": self.url, "Content-Type": "application/x-www-form-urlencoded"})
            body = urllib.parse.urlencode(body)
        connection.request("GET" if body is None else "POST", path, body, headers)
        reply = connection.getresponse()
        got = reply.status, reply.getheader("Location"), reply.read().decode()
        connection.close()
        return got

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.log.close()
        shutil.rmtree(self.dir, ignore_errors=True)


def asked_for(city, page):
    tap.ok(UG in city.ask(page + "?lang=ug")[2], "the third language is asked for in the address")
    tap.ok(UG in city.ask(page, accept="ug-CN,ug;q=0.9,zh;q=0.5")[2], "or by the browser")
    tap.ok('<html lang="en">' in city.ask(page, accept="fr,en;q=0.5,ug;q=0.2")[2], "the one its reader likes best of those there are")
    for path, accept in [(page + "?lang=fr", None), (page, "fr"), (page + "?lang=%00", None), (page, None)]:
        status, _, html = city.ask(path, accept=accept)
        tap.ok(status == 200 and FRAME in html, "an unknown one is passed over: the form's own", (path, status, html[:200]))
    status, location, _ = city.ask("/q/%s?lang=ug" % city.code.lower())
    tap.ok(status == 303 and location.endswith("/Q/%s?lang=ug" % city.code), "it follows to the address as printed", location)


def around(city):
    """Pages without a form speak the two; the third language names which, and is not forgotten on the way."""
    for path in ["/privacy", "/Q/", "/r/", "/V/", "/nowhere", "/Q/%s?consent=no" % city.code]:
        _, _, html = city.ask(path + ("&" if "?" in path else "?") + "lang=ug", accept="en")
        tap.ok(FRAME in html and "lang=ug" in html, "%s is in the language the form names, and leads back" % path, html[:600])


def answered(city, page):
    html = city.ask(page + "?lang=ug")[2]
    key, wave = (re.search('name="%s" value="([^"]*)"' % name, html).group(1) for name in ("_key", "_w"))
    said = {"_key": key, "_w": wave, "_lang": "ug", "level": "2", "why": "قىممەت", "_consent": "yes"}
    status, _, html = city.ask(page, said)
    tap.ok(status == 422 and UG in html and "قىممەت" in html, "a mistake keeps language and words", html[:300])
    status, _, html = city.ask(page, dict(said, _switch="en"))
    tap.ok(status == 200 and '<html lang="en">' in html and "قىممەت" in html, "so does the way to another language")
    status, _, html = city.ask(page, dict(said, _lang="en", _switch="ug"))
    tap.ok(status == 200 and UG in html and 'value="ug"' in html, "and the way back")
    said.update(kind="fruit", again="9", hotline="98")
    status, location, _ = city.ask(page, said)
    tap.ok(status == 303 and location.endswith("lang=ug"), "stored, and the thanks know the language", (status, location))
    tap.ok(FRAME in city.ask(location, accept="en")[2], "they are said in the frame's")
    rows = json.loads(city.manyi("export", "--wave", "M-2026", "--json"))
    row = dict(zip(rows["columns"], rows["rows"][0]))
    tap.ok((row["kind"], row["level"], row["why"], row["again"], row["hotline"]) == ("fruit", "2", "قىممەت", "9", "98"),
           "codes are stored, the same in every language", row)


def by_staff(city):
    said = json.loads(city.manyi("form", "show", "M", "--language", "ug", "--json"))
    tap.ok(said["title"] == "بازارنى باھالاش" and said["items"][0]["choices"][1]["label"] == "مېۋە",
           "form show gives the questions in a language of the form", said["title"])
    tap.ok([one["tag"] for one in said["languages"]] == ["zh", "en", "ug"] and said["languages"][2]["direction"] == "rtl",
           "and says which there are", said["languages"])
    tap.ok("zh en ug" in city.manyi("form", "show", "M", "--language", "ko", fails=True), "another is refused, naming them")
    labels = city.run("index", "--form", "M", "--json").stdout  # too few answers for a figure, which has its label all the same
    tap.ok("集市满意度" in labels and "Satisfaction with the market" in labels, "figures are in the two that staff read", labels[:600])
    pdf = os.path.join(city.dir, "p")
    city.manyi("poster", "--all", "-o", pdf)
    text = subprocess.run("pdftotext -layout %s/*.pdf - 2>/dev/null" % pdf, shell=True, capture_output=True, text=True).stdout
    tap.ok("集市评价" in text and re.search("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]", text), "the poster calls the survey in Chinese and in the third", text[:600])
    bad = os.path.join(city.dir, "bad.json")
    with open(FORM, encoding="utf-8") as f, open(bad, "w", encoding="utf-8") as g:
        g.write(f.read().replace(', "ug": "مېۋە"', "").replace(', "ug": "سودا"', ""))
    got = json.loads(city.run("form", "check", bad, "--json").stdout)
    tap.ok([(one["where"], "ug" in one["what"]) for one in got["faults"]] ==
           [("/choices/kinds/1/label", True), ("/survey/0/label", True)], "what is missing is named: where and in which language", got)


PLACES = """
const rect = e => e.getBoundingClientRect(), first = s => document.querySelector(s);
const large = rect(first('header .tools label')), other = rect(first('header .tools button:last-of-type'));
return [getComputedStyle(document.body).direction, large.left > other.right, document.documentElement.scrollWidth <= innerWidth,
    getComputedStyle(first('.notice p')).textAlign, first('header .tools button').textContent];
"""
SECOND = """
location.hash = 's2';
const q = [...document.querySelectorAll('.q')].find(e => e.getClientRects().length > 0);
q.querySelector('input[value=fruit]').click();
const word = [...q.querySelectorAll('b')].map(e => e.scrollWidth <= e.clientWidth + 1);
return [q.querySelector('legend').innerText, word.every(x => x), document.documentElement.scrollWidth <= innerWidth];
"""


def in_a_browser(city, page):
    if missing():
        tap.ok(True, "# SKIP " + missing())
        return
    driver = chrome(lang="ug", phone=(360, 640))
    try:
        driver.get(city.url + page)
        direction, mirrored, fits, _, other = driver.execute_script(PLACES)
        tap.ok(direction == "rtl" and mirrored and other == "中文", "a browser sets it from right to left", (direction, mirrored, other))
        tap.ok(fits, "nothing is wider than the phone")
        legend, words, fits = driver.execute_script(SECOND)
        tap.ok("نېمە سېتىۋالدىڭىز؟" in legend and words and fits, "nor on the screen of questions", (legend, words, fits))
        driver.save_screenshot(os.path.join(os.environ.get("SHOTS", city.dir), "languages.png"))
        [b for b in driver.find_elements("css selector", "[name=_switch]") if b.text == "English"][0].click()
        kept = "return document.documentElement.lang + (document.querySelector('[name=kind]:checked') || {}).value"
        tap.ok(wait_until(lambda: driver.execute_script(kept) == "enfruit", 15, 0.05),
               "a tap leads to another language with all that was answered")
    finally:
        driver.quit()


def main():
    signal.alarm(300)
    city = City()
    page = "/Q/" + city.code
    try:
        asked_for(city, page)
        around(city)
        answered(city, page)
        by_staff(city)
        in_a_browser(city, page)
    finally:
        city.end()
    tap.done()


main()
