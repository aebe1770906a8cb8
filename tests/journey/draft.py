#!/usr/bin/env python3
"""Nothing typed is lost, nothing is handed in twice unsaid: the real programs, a phone's browser, script on and off."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "tests"))
from browser import chrome, missing  # noqa: E402
from service import MANYI, Tap, free_port, wait_until  # noqa: E402

if missing():
    print("1..0 # SKIP " + missing())
    sys.exit(0)

signal.alarm(600)   # a browser that hangs must not hold up everything
tap = Tap()


class City:
    """A small city, served."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="manyi-draft-")
        self.env = dict(os.environ, MANYI_DB=os.path.join(self.dir, "m.db"), MANYI_LANG="en")
        self.url = "http://127.0.0.1:%d" % free_port()
        self.manyi("init")
        for form in "ABC":
            self.manyi("wave", "open", "--form", form, "--year", "2025")
        self.site = {form: json.loads(self.manyi("site", "add", "--name", "厅" + form, "--form", form, "--json"))["code"]
                     for form in "ABC"}
        self.log = open(os.path.join(self.dir, "log"), "wb")
        self.process = subprocess.Popen([MANYI, "serve", "--port", self.url.rsplit(":", 1)[1]], env=self.env,
                                        stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        assert line.startswith(b"ready"), (line, open(self.log.name).read())

    def manyi(self, *words):
        return subprocess.run([MANYI, *words], env=self.env, check=True, capture_output=True, text=True).stdout

    def rows(self, form):
        """The stored answers of a form, each as {item: cell}."""
        out = json.loads(self.manyi("export", "--wave", form + "-2025", "--json"))
        return [dict(zip(out["columns"], row)) for row in out["rows"]]

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        shutil.rmtree(self.dir, ignore_errors=True)


class Phone:
    """A browser of 360 by 640 points and what a thumb does with it."""

    def __init__(self, city, script=True, pages_kept=True):
        self.driver = chrome(script, flags=() if pages_kept else ("--disable-features=BackForwardCache",))
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": True})
        self.city = city

    def look(self, words):
        """Asked of the page from outside: works with its own script off."""
        return self.driver.execute_cdp_cmd("Runtime.evaluate", {
            "expression": words, "returnByValue": True})["result"].get("value")

    def open(self, form):
        self.driver.get("%s/Q/%s" % (self.city.url, self.city.site[form]))

    def until(self, words):
        return wait_until(lambda: self.look(words), 15, 0.05)

    def shows(self, selector):
        return self.look("[...document.querySelectorAll(%r)].some(e => e.getClientRects().length > 0)" % selector)

    def step(self):
        """The number of the screen in view."""
        return self.look("(c => c && Number(/ p(\\d+)/.exec(c.className)[1]))([...document.querySelectorAll('.p')]"
                         ".find(e => e.getClientRects().length > 0))")

    def press(self, selector):
        """A tap on the first of these in view, by the browser's own doing."""
        self.look("[...document.querySelectorAll(%r)].find(e => e.getClientRects().length > 0).click()" % selector)

    def choose(self, name, value):
        self.look("document.querySelector('[name=\"%s\"][value=\"%s\"]').click()" % (name, value))

    def chosen(self, name):
        return self.look("[...document.querySelectorAll('[name=\"%s\"]:checked')].map(e => e.value).join(' ')" % name)

    def type(self, name, words):
        self.look("(e => { e.value = %s; e.dispatchEvent(new Event('input', { bubbles: true })); })"
                  "(document.querySelector('.q [name=\"%s\"]:not([type=checkbox])'))" % (json.dumps(words), name))

    def text(self, name):
        return self.look("document.querySelector('.q [name=\"%s\"]:not([type=checkbox])').value" % name)

    def key(self):
        return self.look("document.querySelector('[name=_key]').value")

    def go(self, step):
        self.look("location.hash = 's%d'" % step)
        return self.until("location.hash === '#s%d'" % step) and wait_until(lambda: self.step() == step, 5, 0.05)

    def draft(self):
        return json.loads(self.look("sessionStorage.getItem('manyi')") or "null")

    def heading(self):
        return self.look("(document.querySelector('h1') || {}).innerText") or ""

    def heads(self, words):
        return wait_until(lambda: words in self.heading(), 15, 0.05)

    def asked(self):
        return wait_until(lambda: self.shows("#draft"), 10, 0.05)

    def ready(self):
        return self.until("document.documentElement.className.indexOf('js') >= 0")

    def reload(self):
        self.driver.refresh()
        return self.ready()

    def back(self):
        self.driver.back()
        time.sleep(.3)

    def end(self):
        self.driver.quit()


def order_of(phone):
    """The first question of every screen, in the page's order, and how the levels stand."""
    return phone.look("[...document.querySelectorAll('.p')].map(p => (p.querySelector('[name]') || {}).name)"
                      ".join(' ') + [...document.querySelectorAll('.opts input')].map(i => i.value).join(' ')")


def drafts(city):
    phone = Phone(city)
    phone.open("B")
    phone.ready()
    tap.ok(phone.draft() is None, "who only looks leaves nothing behind")
    phone.choose("level", "1")
    phone.go(2)
    phone.choose("reason", "21")
    phone.go(3)
    phone.type("text", "等了两小时")
    phone.go(4)
    phone.choose("callback", "2")
    phone.type("phone", "13812345678")
    kept = phone.draft()
    key, order = phone.key(), order_of(phone)
    tap.ok(kept["key"] == key and ["level", "1"] in kept["said"] and ["text", "等了两小时"] in kept["said"] and
           kept["step"] == "#s4", "a draft holds key, screen and answers", kept)
    tap.ok("13812345678" not in json.dumps(kept) and city.site["B"] not in json.dumps(kept),
           "and no telephone number, nor the address", kept)
    phone.reload()
    tap.ok(phone.asked() and not phone.shows(".p") and phone.chosen("level") == "",
           "after a reload one is asked before any answer shows")
    phone.press("[data-draft=resume]")
    tap.ok(wait_until(lambda: phone.key() == key, 15) and phone.ready() and phone.step() == 4 and
           phone.chosen("level") == "1" and phone.chosen("reason") == "21" and phone.text("text") == "等了两小时" and
           phone.chosen("callback") == "2" and phone.text("phone") == "" and order_of(phone) == order,
           "going on brings back key, order, screen and answers, but the number", (phone.step(), phone.chosen("level")))
    phone.driver.get(city.url + "/privacy")
    tap.ok("标签页" in phone.look("document.body.innerText"), "the privacy page tells of it")
    phone.driver.get(city.url + "/privacy?lang=en")
    tap.ok("this tab" in phone.look("document.body.innerText"), "in English, too")
    phone.open("B")
    phone.ready()
    tap.ok(phone.asked(), "who comes back from elsewhere is asked again")
    phone.press("[data-draft=anew]")
    tap.ok(phone.until("document.getElementById('draft').hidden") and phone.step() == 1 and phone.chosen("level") == "" and
           phone.key() != key and phone.draft() is None, "a fresh sheet is blank and the draft forgotten", phone.draft())
    phone.choose("level", "5")
    phone.look("(d => { d.at -= 31 * 60000; sessionStorage.setItem('manyi', JSON.stringify(d)); })"
               "(JSON.parse(sessionStorage.getItem('manyi')))")
    stale = phone.look("sessionStorage.getItem('manyi')")
    phone.driver.get("about:blank")
    phone.open("A")
    phone.ready()
    phone.look("sessionStorage.setItem('manyi', %s)" % json.dumps(stale))
    phone.open("B")
    phone.ready()
    time.sleep(.3)
    tap.ok(not phone.shows("#draft") and phone.draft() is None, "after half an hour it is gone", phone.draft())
    phone.choose("level", "4")
    phone.open("A")
    phone.ready()
    time.sleep(.3)
    tap.ok(not phone.shows("#draft"), "another form does not ask for it")
    phone.end()


def order_survives(city):
    phone = Phone(city)
    phone.open("A")
    phone.ready()
    phone.choose("sector", "S03")
    phone.go(4)
    phone.choose("sat", "7")
    key, order = phone.key(), order_of(phone)
    for turn in range(2):
        phone.reload()
        phone.asked()
        phone.press("[data-draft=resume]")
        wait_until(lambda: phone.key() == key, 15)
        phone.ready()
    tap.ok(phone.key() == key and order_of(phone) == order and phone.chosen("sat") == "7" and phone.step() == 4,
           "reloaded twice a long form is the same: random order, turned levels, screen", phone.step())
    phone.press("[name=_switch]")
    tap.ok(phone.until("document.documentElement.lang === 'en'") and phone.ready() and phone.key() == key and
           phone.chosen("sat") == "7" and not phone.shows("#draft"), "the other language goes on with it")
    phone.look("document.getElementById('big').click()")
    phone.reload()
    tap.ok(phone.asked(), "large print does not lose it")
    phone.press("[data-draft=resume]")
    wait_until(lambda: phone.key() == key, 15)
    phone.ready()
    tap.ok(phone.look("document.getElementById('big').checked && document.documentElement.lang") == "en" and
           phone.chosen("sat") == "7", "nor does it lose large print and the language")
    phone.go(1)
    phone.press(".bar a.even[href*=consent]")
    phone.heads("好的") or phone.heads("All right")
    tap.ok("said" not in (phone.draft() or {}), "declining forgets it", phone.draft())
    phone.end()


def back_after_thanks(city, kept):
    how = "page cache %s: " % ("on" if kept else "off")
    phone = Phone(city, pages_kept=kept)
    phone.open("B")
    phone.ready()
    tap.ok(not phone.shows("#stored"), how + "who comes first is told of no sheet before")
    first = phone.key()
    phone.choose("level", "2")
    before = len(city.rows("B"))
    phone.press(".bar .main")
    tap.ok(phone.heads("谢谢您") and len(city.rows("B")) == before + 1, how + "an answer is stored")
    when = phone.look("document.getElementById('over').getAttribute('data-stored')")
    tap.ok(phone.draft() and "said" not in phone.draft(), how + "its draft is gone", phone.draft())
    phone.back()
    tap.ok(wait_until(lambda: phone.key() not in (None, first) and phone.chosen("level") == "", 15) is not None,
           how + "Back gives a fresh sheet", (phone.key(), phone.chosen("level")))
    phone.ready()
    tap.ok(wait_until(lambda: phone.shows("#stored"), 5) and
           "您刚才那份 %s 已经保存；这是新的一份" % when in phone.look("document.getElementById('stored').textContent"),
           how + "and says when the first was stored", when)
    phone.choose("level", "4")
    phone.press(".bar .main")
    tap.ok(phone.heads("谢谢您") and len(city.rows("B")) == before + 2, how + "another person on the phone counts, too")
    phone.end()


def without_script(city):
    """no-store makes Back ask for the page anew; a browser that keeps it all the same is told (two_tabs)."""
    phone = Phone(city, script=False, pages_kept=False)
    phone.open("B")
    first = phone.key()
    phone.choose("level", "1")
    phone.choose("reason", "21")
    phone.choose("callback", "2")
    phone.choose("level", "5")
    before = len(city.rows("B"))
    phone.press(".bar .main")
    tap.ok(phone.heads("谢谢您") and len(city.rows("B")) == before + 1, "script off: a changed mind is taken", phone.heading())
    row = city.rows("B")[-1]
    tap.ok((row["level"], row["callback"]) == ("5", "") and "21" not in row["reason"],
           "script off: what it left behind is dropped", row)
    phone.back()
    tap.ok(wait_until(lambda: phone.key() not in (None, first), 10) and phone.chosen("level") == "",
           "script off: Back gives a fresh sheet")
    phone.press(".bar .main")
    tap.ok(wait_until(lambda: phone.shows("div.wrong") and phone.shows(".p .wrong"), 15), "script off: a missing answer is said")
    phone.end()


def lost_key(city):
    """A page the server made again with all answers on it goes on with them, and is not put behind a question."""
    phone = Phone(city)
    phone.open("B")
    phone.ready()
    key = phone.key()
    phone.choose("level", "3")
    phone.look("document.querySelector('[name=_key]').value = ''")
    phone.press(".bar .main")
    tap.ok(wait_until(lambda: phone.key() not in (None, "", key), 15) and phone.ready() and phone.shows("div.wrong") and
           not phone.shows("#draft") and phone.chosen("level") == "3", "a lost number is said, with the answers")
    before = len(city.rows("B"))
    phone.press("div.wrong button")
    tap.ok(phone.heads("谢谢您") and len(city.rows("B")) == before + 1, "and another tap hands them in", phone.heading())
    phone.end()


def two_tabs(city):
    """The same key twice: what came second is told, and a fresh sheet is at hand."""
    phone = Phone(city)
    phone.open("B")
    phone.ready()
    key = phone.key()
    phone.choose("level", "3")
    one = phone.driver.current_window_handle
    phone.driver.switch_to.new_window("tab")
    phone.open("B")
    phone.ready()
    tap.ok(phone.key() != key and not phone.shows("#draft"), "a second tab of the poster has a sheet of its own")
    phone.look("document.querySelector('[name=_key]').value = %r" % key)
    phone.choose("level", "5")
    phone.press(".bar .main")
    phone.heads("谢谢您")
    phone.driver.switch_to.window(one)
    before = len(city.rows("B"))
    phone.press(".bar .main")
    tap.ok(phone.heads("这份已经交过，回答没有改动") and len(city.rows("B")) == before, "the same key with other answers is told so",
           phone.heading())
    phone.press("main a.button")
    tap.ok(wait_until(lambda: phone.key() not in (None, key), 15) and phone.ready() and phone.chosen("level") == "" and
           not phone.shows("#draft"), "and leads to a fresh sheet")
    phone.end()


def language(city):
    """The other language shows the same screen, with what was answered, and back again."""
    phone = Phone(city)
    phone.open("A")
    phone.ready()
    phone.choose("sector", "S03")
    phone.go(4)
    key = phone.key()
    for tag in ("en", "zh-CN"):
        phone.press("[name=_switch]")
        tap.ok(phone.until("document.documentElement.lang === %r" % tag) and phone.ready() and phone.step() == 4 and
               phone.key() == key and phone.chosen("sector") == "S03", "%s keeps the screen" % tag, (phone.step(), phone.key()))
    phone.end()


def required(city):
    phone = Phone(city)
    phone.open("A")
    phone.ready()
    phone.go(2)
    phone.press(".p2 .next")
    time.sleep(.2)
    tap.ok(phone.step() == 2 and phone.shows(".p2 .q.bad .wrong"), "a required question stops at its own screen")
    phone.choose("sector", "S03")
    tap.ok(not phone.shows(".wrong") and phone.look("document.querySelectorAll('.bad').length") == 0,
           "its message goes when it is answered")
    phone.press(".p2 .next")
    tap.ok(wait_until(lambda: phone.step() == 3, 5), "and then it goes on")
    phone.open("B")
    phone.ready()
    phone.go(3)
    before = len(city.rows("B"))
    phone.press(".p3 .main")
    tap.ok(wait_until(lambda: phone.step() == 1 and phone.shows(".p1 .q.bad .wrong"), 5) and len(city.rows("B")) == before,
           "submitting from elsewhere leads to the one that is open")
    phone.end()
    # What only the server can tell: one mistake on a screen in the middle is mended and sent from there.
    phone = Phone(city)
    phone.open("C")
    phone.ready()
    phone.go(2)
    phone.choose("resid", "1")
    phone.look("document.querySelector('.q textarea, .q [name=unaided]').removeAttribute('maxlength')")
    phone.type("unaided", "长" * 3000)
    last = phone.look("document.querySelectorAll('.p').length")
    phone.go(last)
    phone.press(".p%d .main" % last)
    tap.ok(wait_until(lambda: phone.shows("div.wrong"), 15) and phone.ready(), "the server's refusal is shown", phone.heading())
    tap.ok(phone.look("document.querySelector('main, body').innerText").count("请删短") == 1,
           "what is too long is said once", phone.look("document.querySelector('[name=unaided]').closest('.q').innerText")[-90:])
    at = phone.step()
    tap.ok(at not in (1, last) and phone.shows(".p%d button.main" % at), "on its screen, from which it can be sent", at)
    phone.type("unaided", "12345")
    tap.ok(not phone.shows(".wrong"), "the box goes with the last mistake")
    before = len(city.rows("C"))
    phone.press(".p%d button.main" % at)
    tap.ok(phone.heads("谢谢您") and len(city.rows("C")) == before + 1, "and it is sent from there")
    phone.end()


def main():
    city = City()
    try:
        drafts(city)
        order_survives(city)
        back_after_thanks(city, True)
        back_after_thanks(city, False)
        without_script(city)
        lost_key(city)
        two_tabs(city)
        language(city)
        required(city)
    finally:
        city.end()
    tap.done()
    sys.exit(tap.failed > 0)


if __name__ == "__main__":
    main()
