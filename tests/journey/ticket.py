#!/usr/bin/env python3
"""A ticket in somebody's hand: scanned from the slip, answered on a phone in a real browser, used up, counted on the desk."""
import os
import re
import sqlite3
import subprocess
import sys

from journey import C_ANSWERS, SHOTS, answer, asked, browser, choose, receipt, shot, submit, tap, tap_on, visible, walk
from service import Service


def from_slip(service, wave):
    """Make slips, print them, read the first with zbar: its address on this machine."""
    pdf = os.path.join(service.dir, "slips.pdf")
    service.manyi("ticket", "make", "--wave", wave, "--count", "12", "--stratum", "城区", "--cluster", "v9", "--pdf", pdf)
    png = os.path.join(SHOTS, "slips")
    subprocess.run(["pdftoppm", "-png", "-r", "200", "-singlefile", pdf, png], check=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", png + ".png"], capture_output=True, check=False).stdout.decode().split()
    tap.ok(len(read) == 12 or len(read) == 10, "ten slips of a printed sheet are read", read)
    return service.url + re.search(r"/V/\w+$", sorted(read)[0]).group(0)


def answered(service, url):
    driver = browser(360, 740)
    try:
        driver.get(url)
        shot(driver, "ticket-1-consent")
        head = visible(driver, "h1.place")[0].text
        tap.ok("您正在参加" in head and "城市质量满意度调查" in head, "the page says which survey it is", head)
        tap.ok("只能用一次" in visible(driver, ".notice")[0].text, "and what a ticket means, before anything is asked")
        tap_on(driver, visible(driver, "a.even")[0])
        choose(driver, "resid", "1")
        seen, screens = [], []
        for _ in range(30):
            answer(driver, C_ANSWERS, seen)
            screens.append(len(asked(driver)))
            onward = visible(driver, "a.next")
            if not onward:
                break
            tap_on(driver, onward[0])
        tap.ok(max(screens[-2:]) <= 2 and "town" in seen and "occ" in seen, "the last two screens ask little", screens)
        shot(driver, "ticket-2-last")
        submit(driver)
        got = receipt(driver)
        shot(driver, "ticket-3-thanks")
        tap.ok(len(got) == 16, "sent, a receipt of 16 characters", driver.page_source[:1500])
        return got
    finally:
        driver.quit()


def used_again(url):
    driver = browser(360, 740)
    try:
        driver.get(url)
        shot(driver, "ticket-4-used")
        tap.ok("已经用过" in driver.page_source and "has been used" in driver.page_source,
               "opened again it is kindly refused in two languages")
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        tap.ok(wide <= 360, "nothing is wider than the phone", wide)
        tap_on(driver, [b for b in visible(driver, "a.button") if "自愿参加" in b.text][0])
        tap_on(driver, visible(driver, "a.even")[0])
        choose(driver, "resid", "1")
        walk(driver, C_ANSWERS, [])
        choose_back = driver.find_elements("css selector", "input[name=_open][value=yes]")
        tap.ok(len(choose_back) == 1, "and the form goes on in the open stream")
    finally:
        driver.quit()


def stored(service, got):
    db = sqlite3.connect("file:%s?mode=ro" % os.path.join(service.city, "manyi.db"), uri=True)
    row = db.execute("SELECT stream, mode, stratum, cluster, client, screens, resends, rush FROM response"
                     " WHERE receipt = ?", (got,)).fetchone()
    db.close()
    tap.ok(row is not None and row[:4] == ("sampled", "ticket", "城区", "v9"), "the answer is in the sample", row)
    tap.ok(row is not None and row[4] in ("phone", "desktop") and row[5] >= 10 and row[6:] == (0, 0),
           "with the screens that were looked at", row)


def main():
    os.makedirs(SHOTS, exist_ok=True)
    with Service(answers=600) as service:
        wave = next(w["wave"] for w in service.manyi("wave", "list") if w["form"] == "C" and w["open"])
        url = from_slip(service, wave)
        stored(service, answered(service, url))
        used_again(url)
        count = service.manyi("ticket", "count", "--wave", wave)
        tap.ok((count["used"], count["cases"]) == (1, 12), "and the office sees one of twelve come back", count)
    tap.done()
    sys.exit(1 if tap.failed else 0)


if __name__ == "__main__":
    main()
