"""The journey: a printed poster is scanned, answered on a phone, and moves the tracker.

Real programs on the whole way: poppler prints the poster, zbar scans it, Chromium answers
with script on and off, and the pages of the desk show what came of it.
"""
import glob
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "tests"))
from browser import chrome, missing  # noqa: E402
from service import Service, Tap  # noqa: E402

if missing():
    print("1..0 # SKIP " + missing())
    sys.exit(0)
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

signal.alarm(900)   # a browser that hangs must not hold up everything
SHOTS = os.path.join(os.environ.get("builddir", "."), "screenshots")
tap = Tap()


def browser(width, height, script=True):
    """A fresh Chromium with an empty profile."""
    screen = (width, height)
    return chrome(script, phone=screen) if width < 600 else chrome(script, size=screen)


def shot(driver, name):
    driver.save_screenshot(os.path.join(SHOTS, name + ".png"))


def visible(driver, css):
    return [e for e in driver.find_elements(By.CSS_SELECTOR, css) if e.is_displayed()]


def look(driver, words):
    """Ask the page for a value: works with the page's own script off."""
    return driver.execute_cdp_cmd("Runtime.evaluate", {
        "expression": words, "returnByValue": True})["result"].get("value")


def choose(driver, name, value):
    """Tap the word button of a choice, as a thumb does: its label, not the input."""
    box = driver.find_element(By.CSS_SELECTOR, "input[name='%s'][value='%s']" % (name, value))
    tap_on(driver, box.find_element(By.XPATH, "./ancestor::label | ./following-sibling::label[1]"))
    assert box.is_selected(), "%s=%s did not stay chosen" % (name, value)


def tap_on(driver, element):
    """Bring it to the middle, as a scrolling thumb would, and tap where it is: by the browser's own
    input, since the driver's click waits for ever where the page may not run script."""
    look(driver, "scrollTo(0, %d - innerHeight / 2)" % element.rect["y"])
    at = element.rect
    point = {"x": at["x"] + at["width"] / 2, "y": at["y"] + at["height"] / 2 - look(driver, "scrollY"),
             "button": "left", "clickCount": 1}
    for kind in ("mousePressed", "mouseReleased"):
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", dict(point, type=kind))


def asked(driver):
    """Names of the questions in view."""
    names = []
    for question in visible(driver, "fieldset.q"):
        for field in question.find_elements(By.CSS_SELECTOR, "input, textarea"):
            name = field.get_attribute("name")
            if name and name not in names:
                names.append(name)
    return names


def answer(driver, answers, seen):
    """Answer what the screen asks, also what it asks only because of an answer just given."""
    fresh = [n for n in asked(driver) if n not in seen]
    while fresh:
        for name in fresh:
            seen.append(name)
            if isinstance(answers.get(name), tuple):
                field = driver.find_element(By.NAME, name)
                field.clear()
                field.send_keys(answers[name][0])
            elif name in answers:
                choose(driver, name, answers[name])
        fresh = [n for n in asked(driver) if n not in seen]


def walk(driver, answers, seen):
    """Go forward screen by screen to the last one."""
    for _ in range(30):
        answer(driver, answers, seen)
        onward = visible(driver, "a.next")
        if not onward:
            return
        tap_on(driver, onward[0])
    raise AssertionError("no last screen after 30")


def submit(driver):
    tap_on(driver, visible(driver, "button[name=_consent]")[-1])
    WebDriverWait(driver, 30).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, ".receipt, .wrong[role=alert]"))


def receipt(driver):
    found = driver.find_elements(By.CSS_SELECTOR, ".receipt")
    return "".join(c for c in found[0].text if c.isalnum()) if found else ""


def fits(driver, tag):
    wide = look(driver, "document.documentElement.scrollWidth")
    tap.ok(wide <= 360, tag + ": nothing is wider than a 360 px phone", wide)


def scan(service, code, name):
    """Print the poster of a site and read it back, once as a tilted, shrunk picture."""
    pdf = os.path.join(service.dir, name + ".pdf")
    service.run(["poster", "--site", code, "-o", pdf])
    png = os.path.join(SHOTS, "poster-" + name)
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-singlefile", pdf, png], check=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", png + ".png"], capture_output=True)
    return read.stdout.decode().strip()


def answer_b(service, url, script):
    """Form B with a phone number mistyped, then mended."""
    tag = "b-" + ("script" if script else "plain")
    driver = browser(360, 740, script)
    try:
        driver.get(url)
        shot(driver, tag + "-1")
        fits(driver, tag)
        choose(driver, "level", "2")
        seen = []
        walk(driver, {"reason": "21", "callback": "2", "phone": ("12",),
                      "text": ("等了一个小时，我的电话是13800138000",)}, seen)
        tap.ok("phone" in seen, tag + ": who wants a callback is asked for a number", seen)
        submit(driver)
        shot(driver, tag + "-2-mistake")
        tap.ok(bool(visible(driver, ".wrong[role=alert]")) and "phone" in asked(driver),
               tag + ": a wrong number is said on top, and its question is shown", asked(driver))
        tap.ok("等了一个小时" in (driver.find_element(By.NAME, "text").get_attribute("value") or ""),
               tag + ": what was typed is still there")
        field = driver.find_element(By.NAME, "phone")
        field.clear()
        field.send_keys("13900139000")
        submit(driver)
        shot(driver, tag + "-3-thanks")
        got = receipt(driver)
        tap.ok(len(got) == 16, tag + ": mended and sent, a receipt of 16 characters",
               driver.page_source[:2000])
        return got
    finally:
        driver.quit()


C_ANSWERS = {"P": "8", "E": "8", "S": "9", "N": "98", "G": "7", "T": "8", "sex": "2", "age": "3",
             "used": "1", "edu": "3", "occ": "4", "town": "210281001"}


def stopped(driver, tag):
    """With script, who forgets the one question that must be answered is told at its own screen."""
    tap_on(driver, visible(driver, "a.next")[0])
    shot(driver, tag + "-4-mistake")
    tap.ok(bool(visible(driver, ".q.bad .wrong")) and asked(driver) == ["resid"],
           tag + ": the forgotten question stops at its own screen", asked(driver))
    choose(driver, "resid", "1")
    tap.ok(not visible(driver, ".wrong"), tag + ": and its message goes when it is answered")


def sent_back(driver, tag):
    """Without, the server says so, with everything else still there."""
    submit(driver)
    shot(driver, tag + "-4-mistake")
    tap.ok(bool(visible(driver, ".wrong[role=alert]")) and "resid" in asked(driver),
           tag + ": the forgotten question is shown, with a line on top", asked(driver))
    tap.ok(driver.find_element(By.CSS_SELECTOR, "input[name=S][value='9']").is_selected(),
           tag + ": earlier answers are still chosen")
    choose(driver, "resid", "1")


def answer_c(service, url, script):
    """Form C: forgets the one question that must be answered, mends it, skips some."""
    tag = "c-" + ("script" if script else "plain")
    driver = browser(360, 740, script)
    try:
        driver.get(url)
        shot(driver, tag + "-1-consent")
        fits(driver, tag)
        tap_on(driver, visible(driver, "a.even")[0])
        shot(driver, tag + "-2")
        tap.ok(asked(driver) == ["resid"], tag + ": the first question is about residence", asked(driver))
        seen = []
        if script:
            stopped(driver, tag)
            seen.append("resid")
        walk(driver, C_ANSWERS, seen)
        tap.ok({"P", "E", "S", "N", "G", "T", "unaided", "aided"} <= set(seen),
               tag + ": every dimension is asked", seen)
        shot(driver, tag + "-3-last")
        if not script:
            sent_back(driver, tag)
        submit(driver)
        shot(driver, tag + "-5-thanks")
        got = receipt(driver)
        tap.ok(len(got) == 16, tag + ": a receipt of 16 characters", driver.page_source[:2000])
        driver.get(service.url + "/r/" + got)
        shot(driver, tag + "-6-receipt")
        tap.ok(receipt(driver) == got, tag + ": the receipt finds the answer again")
        return got
    finally:
        driver.quit()


def log_in(driver, service):
    """First login with a one-time password, which must be changed."""
    once = service.manyi("user", "reset", "admin")["password"]
    driver.get(service.url + "/desk/")
    driver.find_element(By.NAME, "name").send_keys("admin")
    driver.find_element(By.NAME, "password").send_keys(once)
    shot(driver, "desk-1-login")
    driver.find_element(By.CSS_SELECTOR, "main button").click()
    WebDriverWait(driver, 30).until(lambda d: d.find_elements(By.CSS_SELECTOR, "input[autocomplete=new-password]"))
    fields = driver.find_elements(By.CSS_SELECTOR, "input[type=password]")
    tap.ok(len(fields) >= 2, "a one-time password must be changed before anything else")
    for field in fields:
        field.send_keys(once if "old" in field.get_attribute("name") or "current" in field.get_attribute("name")
                        else "a-long-new-password-7")
    driver.find_element(By.CSS_SELECTOR, "main button").click()
    WebDriverWait(driver, 30).until(lambda d: d.find_elements(By.CSS_SELECTOR, "a[href*='/desk/indicator/43']"))


def open_answers(service, form):
    """n of the open stream, and the newest answer's wave, as the index command says."""
    got = service.manyi("index", "--form", form, "--stream", "open", "--year", "2024")["estimates"]
    return {e["index"]: e["n"] for e in got if "error" not in e}


def page_n(driver, service, row):
    """All numbers on an indicator's page, as text."""
    driver.get(service.url + "/desk/indicator/" + row)
    return driver.find_element(By.TAG_NAME, "main").text


def fieldwork(driver, service, wave):
    """Answers of a wave's open stream, as the fieldwork page counts them."""
    driver.get(service.url + "/desk/fieldwork")
    for row in driver.find_elements(By.CSS_SELECTOR, "main table:first-of-type tr"):
        cells = [c.text for c in row.find_elements(By.CSS_SELECTOR, "th, td")]
        if len(cells) > 2 and cells[0] == wave and "扫码" in cells[1]:
            return int(cells[2].replace(",", ""))
    return None


def main():
    os.makedirs(SHOTS, exist_ok=True)
    for old in glob.glob(os.path.join(SHOTS, "*.png")):
        os.unlink(old)
    with Service(seed=7, answers=1000) as service:
        sites = {}
        for site in service.manyi("site", "list"):
            sites.setdefault(site["form"], site)
        tap.ok({"B", "C"} <= set(sites), "the city has posters of forms B and C", sites)
        urls = {}
        for form in ("B", "C"):
            urls[form] = scan(service, sites[form]["code"], form)
            tap.ok(urls[form] == (service.url + "/Q/" + sites[form]["code"]).upper(),
                   "the poster of form %s, printed and scanned, gives its address" % form, urls[form])
        desk = browser(1280, 900)
        try:
            log_in(desk, service)
            shot(desk, "desk-2-board")
            before = open_answers(service, "C")
            page_before = page_n(desk, service, "47")
            counted = {w: fieldwork(desk, service, w) for w in ("B-2024", "C-2024")}
            receipts = set()
            for script in (True, False):
                receipts.add(answer_b(service, urls["B"], script))
                receipts.add(answer_c(service, urls["C"], script))
            tap.ok(len(receipts) == 4, "four answers, four receipts", receipts)
            after = open_answers(service, "C")
            tap.ok(after["overall"] == before["overall"] + 2,
                   "the index of the open stream rests on two more answers", (before, after))
            page_after = page_n(desk, service, "47")
            shot(desk, "desk-3-indicator-47")
            tap.ok(page_after != page_before, "the indicator's page has changed")
            for row in ("43", "40"):
                page_n(desk, service, row)
                shot(desk, "desk-4-indicator-" + row)
            now = {w: fieldwork(desk, service, w) for w in counted}
            shot(desk, "desk-5-fieldwork")
            tap.ok(all(counted[w] is not None and now[w] == counted[w] + 2 for w in counted),
                   "the fieldwork page counts two more answers of each form", (counted, now))
            desk.get(service.url + "/")
            shot(desk, "public-1")
            tap.ok("演示" in desk.find_element(By.TAG_NAME, "body").text,
                   "the public page says that this is a demonstration")
        finally:
            desk.quit()
    tap.done()


if __name__ == "__main__":
    main()
