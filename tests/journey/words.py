#!/usr/bin/env python3
"""The demo city as officials meet it: every page of desk, public and resident side, and the shell's text, in both languages,
without a word that tests/view/board/words.h forbids."""
import html
import http.cookiejar
import os
import re
import sys
import urllib.parse
import urllib.request

from service import Service, Tap  # noqa: E402

SOURCE = os.environ.get("srcdir", ".")
PASSWORD = "words-of-the-office"


def forbidden():
    """The list of tests/view/board/words.h."""
    with open(os.path.join(SOURCE, "tests", "view", "board", "words.h"), encoding="utf-8") as f:
        return re.findall(r'"([^"]+)"', f.read().split("forbidden_words[] = {")[1].split("};")[0])


def readable(page):
    page = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def found(text, words):
    """Each forbidden word in the text with what stands around it."""
    return ["%s: …%s…" % (w, re.sub(r"\s+", " ", text[max(0, text.index(w) - 40):text.index(w) + 40]))
            for w in words if w in text]


class Browser:
    def __init__(self, url):
        self.url = url
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def get(self, path, lang):
        return self.ask(path + ("&" if "?" in path else "?") + "lang=" + lang)

    def ask(self, path, **fields):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        with self.open(self.url + path, body, timeout=120) as answer:
            return answer.read().decode("utf-8")


def enter(service):
    """A browser that is logged in as the administrator."""
    first = service.manyi("user", "reset", "admin")["password"]
    browser = Browser(service.url)
    page = browser.ask("/desk/login", name="admin", password=first)
    token = re.search(r'name="_csrf" value="([^"]+)"', page).group(1)
    browser.ask("/desk/password", _csrf=token, old=first, new=PASSWORD, again=PASSWORD)
    return browser


def main():
    tap, words = Tap(), forbidden()
    tap.ok(len(words) > 30, "the list of words is read", words)
    with Service(seed=7, answers=600) as service:
        browser = enter(service)
        rows = [row["id"] for row in service.manyi("track", "list")]
        site = service.manyi("site", "list")[0]["code"]
        pages = ["/desk/indicator/" + row for row in rows]
        pages += ["/desk/", "/desk/departments", "/desk/?department=" + urllib.parse.quote("市商务局"), "/desk/fieldwork",
                  "/desk/sites", "/desk/ledger", "/desk/published", "/desk/password", "/", "/ledger", "/privacy", "/r/",
                  "/Q/" + site]
        tap.ok(len(rows) == 52, "there are 52 tasks", rows)
        for lang in ("zh-CN", "en"):
            bad = []
            for page in pages:
                bad += [page + " " + b for b in found(readable(browser.get(page, lang)), words)]
            tap.ok(not bad, "every page in %s is in the words of its readers" % lang, "\n".join(bad))
        bad = []
        for command in [["track", "list"]] + [["track", "show", row] for row in rows]:
            said = service.run(command + ["--lang", "zh"]).stdout.decode("utf-8")
            bad += ["%s %s" % (command, b) for b in found(said, words)]
        tap.ok(not bad, "the shell's text on the tasks is as well", "\n".join(bad))
    tap.done()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
