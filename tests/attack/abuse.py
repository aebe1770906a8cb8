#!/usr/bin/env python3
"""The public door under abuse: tickets twice and forged, crowds, nonsense, and thousands who only hold on."""
import http.client
import os
import re
import resource
import select
import signal
import socket
import sqlite3
import sys
import time

from service import Service, Tap, wait_until

FULL = os.environ.get("FULL", "") not in ("", "0")
HELD = 10000 if FULL else 500           # connections that are slow, and as many that are idle
VISITS = 400 if FULL else 120
ANSWERS_B = "level=5&reason=11&_consent=yes&_lang=zh-CN"
SITE_BURST, NETWORK_BURST = 60, 300     # intake/rate.h

tap = Tap()
key_number = 0


def key():
    global key_number
    key_number += 1
    return "abuse-test-key-%08d" % key_number


class Door:
    """nginx of a running city, from one address of this machine."""

    def __init__(self, service):
        self.port = service.port
        self.db = os.path.join(service.city, "manyi.db")

    def ask(self, path, body=None, source=None, headers=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60,
                                       source_address=(source, 0) if source else None)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            c.request("POST" if body is not None else "GET", path, body, {**kind, **(headers or {})})
            reply = c.getresponse()
            reply.text = reply.read().decode("utf-8", "replace")
            return reply
        finally:
            c.close()

    def raw(self, data, wait=20):
        """Bytes as they are; returns the reply's first line, "" if it hung up without one, None if it is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as s:
            try:
                s.sendall(data)
                got = s.recv(4096)
            except ConnectionError:
                got = b""
            except TimeoutError:
                return None
        return got.split(b"\r\n")[0].decode("latin-1")

    def rows(self, sql="SELECT count(*) FROM response", *args):
        db = sqlite3.connect("file:%s?mode=ro" % self.db, uri=True)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def count(self):
        return self.rows()[0][0]


# ---- tickets ----

def hidden(page, name):
    found = re.search(r'name="%s" value="([^"]*)"' % name, page)
    return found.group(1) if found else None


def tickets(service, door):
    made = service.manyi("ticket", "make", "--wave", open_wave(service, "C"), "--count", "12", "--stratum", "城区",
                         "--cluster", "v9")
    code = [c.replace("-", "") for c in made["codes"]]
    r = door.ask("/v/" + made["codes"][0].lower())
    tap.ok(r.status == 303 and r.getheader("Location") == "/V/" + code[0], "a code as somebody types it leads to its address")
    r = door.ask("/V/" + code[0])
    tap.ok(r.status == 200 and "您正在参加" in r.text and "只能用一次" in r.text and 'action="/V/%s"' % code[0] in r.text,
           "a ticket opens its survey and says that it is used once", r.text[:1500])
    before = door.count()
    body = "resid=1&T=8&P=7&_consent=yes&_n=13&_key=" + key()
    r = door.ask("/V/" + code[0], body, headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8"})
    receipt = r.getheader("Location", "")
    row = door.rows("SELECT stream, mode, stratum, cluster, site, client, screens, dont_know FROM response ORDER BY id DESC")[0]
    tap.ok(r.status == 303 and receipt.startswith("/T/") and door.count() == before + 1 and
           row == ("sampled", "ticket", "城区", "v9", None, "wechat", 13, 0),
           "its answer is stored once, in the sample, with where it stands in the design", (r.status, row, r.text[:500]))
    r = door.ask("/V/" + code[0], body)
    tap.ok(r.status == 303 and r.getheader("Location") == receipt and door.count() == before + 1,
           "the same sent again gets the same receipt", (r.status, r.text[:500]))
    r = door.ask("/V/" + code[0], "resid=1&T=1&unaided=12345&_consent=yes&_key=" + key())
    tap.ok(r.status == 409 and "已经用过" in r.text and "has been used" in r.text and door.count() == before + 1 and
           hidden(r.text, "unaided") == "12345" and hidden(r.text, "_open") == "yes",
           "another answer with it is refused kindly, in two languages, with all that was typed",
           (r.status, door.count() - before, hidden(r.text, "unaided"), hidden(r.text, "_open"), r.text[-900:]))
    r = door.ask("/V/" + code[0], "resid=1&T=1&_consent=yes&_open=yes&_key=" + key())
    row = door.rows("SELECT stream, mode, stratum, cluster FROM response ORDER BY id DESC")[0]
    tap.ok(r.status == 303 and row == ("open", "link", "", ""), "and may go on in the open stream", (r.status, row))
    r = door.ask("/V/" + code[0])
    tap.ok(r.status == 410 and "open=1" in r.text, "opened again it says so and offers to go on without", r.text[:800])
    r = door.ask("/V/%s?open=1" % code[0])
    tap.ok(r.status == 200 and hidden(r.text, "_open") == "yes", "which opens the form")
    forged = door.ask("/V/" + code[1][:5] + code[2][5:])
    tap.ok(forged.status == 404 and "没有这个邀请码" in forged.text and "did not issue" in forged.text,
           "a forged one is told so")
    service.manyi("ticket", "void", "--code", code[3])
    r = door.ask("/V/" + code[3])
    tap.ok(r.status == 410 and "收回" in r.text, "one that was taken back is told so")
    r = door.ask("/V/" + code[3], "resid=1&T=1&_consent=yes&_key=" + key())
    tap.ok(r.status == 409 and "收回" in r.text, "at the end, too")
    got = service.manyi("ticket", "count", "--wave", open_wave(service, "C"))
    tap.ok((got["used"], got["void"], got["cases"]) == (1, 1, 11), "the office counts what came back", got)
    columns = {r[1] for r in door.rows("PRAGMA table_info(ticket)")}
    tap.ok(columns == {"hash", "batch", "state"}, "and knows of a ticket neither when nor by which answer", columns)


def open_wave(service, form):
    return next(w["wave"] for w in service.manyi("wave", "list") if w["form"] == form and w["open"])


# ---- crowds ----

def crowd(service, door):
    site = service.manyi("site", "add", "--name", "人多的大厅")["code"]
    wait_until(lambda: door.ask("/Q/" + site).status == 200)
    marks, slowest, status = [], 0, set()
    for _ in range(SITE_BURST + 3):
        begin = time.monotonic()
        r = door.ask("/Q/" + site, ANSWERS_B + "&_key=" + key(), source="127.0.0.2")
        slowest = max(slowest, time.monotonic() - begin)
        status.add(r.status)
    marks = [r[0] for r in door.rows(
        "SELECT rush FROM response JOIN site ON site.id = response.site WHERE code = ? ORDER BY response.id", site)]
    tap.ok(status == {303} and len(marks) == SITE_BURST + 3, "of a crowd at one site nobody is refused", status)
    tap.ok(sum(marks[:SITE_BURST - 5]) == 0 and set(marks[-2:]) == {2} and slowest > 1,
           "but beyond the limit answers are marked and slower", (marks, slowest))
    begin = time.monotonic()
    other = service.manyi("site", "list")[0]["code"]
    door.ask("/Q/" + other, "level=5&_consent=yes&_key=" + key(), source="127.0.0.2")
    tap.ok(time.monotonic() - begin < 1, "and who is elsewhere notices nothing")


# ---- nonsense ----

def post(body, more=b"", path=b"/Q/X", length=None):
    return (b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n" + more +
            b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (len(body) if length is None else length) + body)


def nonsense(service, door):
    site = next(s["code"] for s in service.manyi("site", "list") if s["form"] == "B" and s["active"]).encode()
    path, before = b"/Q/" + site, door.count()
    end = b"&_consent=yes&_key="

    def says(data, *want):
        got = door.raw(data)
        return got == "" and "" in want or got is not None and any(w and w in got for w in want) or got

    def body(what):
        return what + end + key().encode()

    for name, data, want in (
            ("a body beyond nginx's limit", post(b"x=" + b"a" * 200000, path=path), ("413", "")),
            ("a body beyond the form's limit", post(b"text=" + b"a" * 100000, path=path), ("413",)),
            ("a chunked body without an end", b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
             ("400",)),
            ("two lengths", post(b"level=5", b"Content-Length: 3\r\n", path), ("400",)),
            ("a length and chunks", post(b"0\r\n\r\n", b"Transfer-Encoding: chunked\r\n", path), ("400",)),
            ("a length that is no number", b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", ("400",)),
            ("a NUL in an answer", post(body(b"level=5&text=%00x"), path=path), ("422", "400")),
            ("a raw NUL", post(body(b"level=5&text=a\0b"), path=path), ("422", "400")),
            ("overlong UTF-8", post(body(b"level=5&text=%C0%AF%E0%80%AF"), path=path), ("422", "400")),
            ("half a character", post(body(b"level=5&text=%E4%BD"), path=path), ("422", "400")),
            ("a surrogate", post(body(b"level=5&text=%ED%A0%80"), path=path), ("422", "400")),
            ("a broken escape", post(body(b"level=5&text=%zz"), path=path), ("422", "400")),
            ("a level that is none", post(body(b"level=6"), path=path), ("422",)),
            ("a full-width level", post(body(b"level=%EF%BC%95"), path=path), ("422",)),
            ("the same question twice", post(body(b"level=5&level=1"), path=path), ("422", "400")),
            ("ten thousand names", post(body(b"&".join(b"a%d=1" % i for i in range(9000))), path=path), ("4",)),
            ("a question that is not there", post(body(b"level=5&admin=1"), path=path), ("422",)),
            ("another site's form", post(body(b"level=5"), b"Origin: http://evil.example\r\n", path), ("403",)),
            ("a key with a quote in it", post(b"level=5&_consent=yes&_key='; DROP TABLE x --", path=path), ("422",)),
            ("JSON", post(b'{"level":5}', path=path).replace(b"x-www-form-urlencoded", b"json"), ("400",)),
            ("a method that is none", b"BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", ("405", "400")),
            ("a NUL in the address", b"GET /Q/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", ("400", "404")),
            ("overlong UTF-8 in the address", b"GET /%C0%AE%C0%AE/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", ("400",)),
            ("a way up", b"GET /s/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", ("400", "404")),
            ("headers without end", b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 100000 + b"\r\n\r\n", ("400", "414", "")),
            ("a line break in a header", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n", ("400", "200"))):
        got = says(data, *want)
        tap.ok(got is True, name + " is answered " + " or ".join(w or "by hanging up" for w in want), got)
    tap.ok(door.count() == before, "and of all that nothing is stored")
    # What only nginx may say a visitor cannot.
    r = door.ask("/Q/" + site.decode(), ANSWERS_B + "&_n=999&_r=77&_key=" + key(),
                 headers={"MANYI_NETWORK": "1.2.3", "Manyi-Client": "desktop", "MANYI_CLIENT": "desktop",
                          "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile/15E148"})
    row = door.rows("SELECT client, screens, resends, rush FROM response ORDER BY id DESC")[0]
    tap.ok(r.status == 303 and row == ("phone", -1, 0, 0), "what a page says of itself is not believed beyond its range", row)
    tap.ok(door.ask("/healthz").text == "ok\n", "the service is well")


# ---- those who hold on ----

class Holder:
    """A process of its own (one may not have descriptors for all) with n connections that have sent so much."""

    def __init__(self, port, n, first):
        self.tell, said = os.pipe()[::-1], os.pipe()
        self.hear = said[0]
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.run(port, n, first, said[1])
            finally:
                os._exit(0)
        os.close(said[1])

    def run(self, port, n, first, say):
        os.close(self.tell[0])
        held = []
        for _ in range(n):
            s = socket.socket()
            s.setblocking(False)
            s.connect_ex(("127.0.0.1", port))
            held.append(s)
            if len(held) % 200 == 0:
                time.sleep(0.02)        # the machine's own queue is not what is tested
        reached = 0
        for s in held:
            ready = select.poll()
            ready.register(s, select.POLLOUT)
            ready.poll(5000)
            try:
                s.send(first) if first else s.getpeername()
                reached += 1
            except OSError:
                pass
        os.write(say, b"%d\n" % reached)
        while os.read(self.tell[1], 1):
            os.write(say, b"%d\n" % all(over(s) for s in held[:20]))

    def answer(self):
        line = b""
        while not line.endswith(b"\n"):
            more = os.read(self.hear, 1)
            if not more:
                return 0
            line += more
        return int(line)

    def all_gone(self):
        os.write(self.tell[0], b"?")
        return self.answer() == 1

    def end(self):
        os.kill(self.pid, signal.SIGKILL)   # its sisters hold copies of its pipe: it would not hear the end
        os.waitpid(self.pid, 0)


def hold(door, n, first):
    """n connections, in processes of at most 2500."""
    return [Holder(door.port, min(2500, n - at), first) for at in range(0, n, 2500)]


def p95(door, path):
    took = []
    for i in range(VISITS):
        begin = time.monotonic()
        r = door.ask(path)
        took.append(time.monotonic() - begin)
        if r.status != 200:
            return None
    return sorted(took)[int(len(took) * 0.95)]


def holders(service, door):
    site = next(s["code"] for s in service.manyi("site", "list") if s["form"] == "B" and s["active"])
    path = "/Q/" + site
    alone = p95(door, path)
    held = hold(door, HELD, post(b"level=5", path=path.encode(), length=4000)[:-3]) + hold(door, HELD, b"")
    reached = sum(h.answer() for h in held)
    among = p95(door, path)
    print("# p95 of a form: %.1f ms alone, %.1f ms among %d slow and %d idle" % (
        1000 * (alone or 0), 1000 * (among or 0), HELD, HELD), flush=True)
    tap.ok(reached > 1.9 * HELD, "nearly all of them got in", reached)
    tap.ok(among is not None and among < 0.1, "honest visitors' p95 stays under 100 ms", among)
    begin, before = time.monotonic(), door.count()
    r = door.ask(path, ANSWERS_B + "&_key=" + key())
    tap.ok(r.status == 303 and door.count() == before + 1 and time.monotonic() - begin < 1, "an answer is stored among them", r.status)
    gone = wait_until(lambda: all(h.all_gone() for h in held), 60, 0.5)
    tap.ok(gone, "who only holds on is let go within a minute")
    for h in held:
        h.end()
    tap.ok(door.ask("/healthz").text == "ok\n", "and the service is well")


def over(s):
    try:
        return s.recv(4096) == b"" or over(s)
    except BlockingIOError:
        return False
    except OSError:
        return True


def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    with Service(answers=600) as service:
        door = Door(service)
        tickets(service, door)
        crowd(service, door)
        nonsense(service, door)
        holders(service, door)
    tap.done()
    sys.exit(1 if tap.failed else 0)


if __name__ == "__main__":
    main()
