#!/usr/bin/env python3
"""The whole service as people start it: nginx, intake, store and desk, killed and stopped."""

import collections
import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from service import free_port, wait_until

MANYI = os.environ.get("MANYI", "./manyi")
ENV = dict(os.environ, MANYI_LANG="en")
PATIENCE = 120          # seconds until anything counts as never; the machine may be busy

done = 0


def test(ok, name):
    global done
    done += 1
    print("%sok %d - %s" % ("" if ok else "not ", done, name), flush=True)


def note(*what):
    print("#", *what, flush=True)


def manyi(*args, env=ENV):
    return subprocess.run([MANYI, *args], capture_output=True, text=True, env=env, timeout=PATIENCE)


def until(what, seconds=PATIENCE):
    """Whether what() becomes true in time."""
    return bool(wait_until(what, seconds, 0.02))


def bail_out(why):
    print("Bail out! %s" % why)
    sys.exit(1)


@contextlib.contextmanager
def place(name):
    """A folder for a test of the whole service, and the plan of its tests behind it; skipped where nginx is missing."""
    if NGINX is None:
        print("1..0 # SKIP nginx is not installed")
        sys.exit(0)
    with tempfile.TemporaryDirectory(prefix="manyi-%s-" % name) as top:
        yield top
    print("1..%d" % done)


class Phones:
    """So many threads, each of which does phone(number) until end(): residents who answer all the time."""

    def __init__(self, city, clients):
        self.city, self.stop = city, threading.Event()
        self.threads = [threading.Thread(target=self.phone, args=(i,), daemon=True) for i in range(clients)]
        for t in self.threads:
            t.start()

    def phone(self, number):
        raise NotImplementedError

    def end(self):
        self.stop.set()
        for t in self.threads:
            t.join()


class City:
    """A database with one site of form B, and perhaps a service on it."""

    def __init__(self, where):
        self.dir, self.db, self.process = where, os.path.join(where, "manyi.db"), None
        self.code = self.make()

    def make(self):
        """Make the database; returns the site's code."""
        os.makedirs(self.dir)
        self.must("init")
        self.must("wave", "open", "--form", "B", "--year", "2024")
        return json.loads(self.must("site", "add", "--name", "Window 3", "--sector", "S03", "--township", "210281001",
                                    "--json"))["code"]

    def must(self, *args):
        """What a command says of this database that has to succeed."""
        said = manyi(*args, "--db", self.db)
        if said.returncode != 0:
            bail_out("%s: %s" % (" ".join(args), said.stderr + said.stdout))
        return said.stdout

    @contextlib.contextmanager
    def running(self, port=None):
        """Served on a port, or on a free one; whatever happens nothing is left running."""
        try:
            if self.start("--port", str(port or free_port())) is None:
                note(self.said("err"))
                bail_out("the service does not start")
            yield self
        finally:
            if self.process is not None and self.process.poll() is None:
                self.process.kill()

    def start(self, *args):
        """Start it; returns the port, or None when it ended instead."""
        self.out = open(os.path.join(self.dir, "out"), "w+")
        self.err = open(os.path.join(self.dir, "err"), "w+")
        self.process = subprocess.Popen([MANYI, "serve", "--db", self.db, *args], stdout=self.out,
                                        stderr=self.err, env=ENV)
        until(lambda: self.said("out").count("\n") > 0 or self.process.poll() is not None)
        ready = re.match(r"ready http://127\.0\.0\.1:(\d+)\n$", self.said("out"))
        self.port = int(ready.group(1)) if ready else None
        return self.port

    def said(self, name):
        with open(os.path.join(self.dir, name)) as f:
            return f.read()

    def end(self, how=signal.SIGINT):
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        return self.process.returncode

    def ask(self, path, body=None, source=None, headers={}):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE,
                                       source_address=(source, 0) if source else None)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            c.request("POST" if body is not None else "GET", path, body, {**kind, **headers})
            reply = c.getresponse()
            reply.text = reply.read().decode()
            return reply
        finally:
            c.close()

    def answer(self, key, level=5):
        return self.ask("/Q/" + self.code, "level=%d&_consent=yes&_key=%s" % (level, key))

    def rows(self, query):
        """What the database holds, read beside the service."""
        with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % self.db, uri=True)) as db:
            return db.execute(query).fetchall()

    def keys(self):
        """How often each key is stored."""
        return collections.Counter(key for (key,) in self.rows("SELECT key FROM response"))

    def children(self):
        """Process ids below ours by what they are."""
        found = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % pid) as f:
                    parent = int(f.read().rsplit(")", 1)[1].split()[1])
                with open("/proc/%s/cmdline" % pid, "rb") as f:
                    args = f.read().split(b"\0")
            except OSError:
                continue
            if parent == self.process.pid and len(args) > 1:
                name = "nginx" if b"nginx" in args[0] else args[1].decode()
                found[name] = int(pid)
        return found

    def kill(self, name):
        try:
            os.kill(self.children()[name], signal.SIGKILL)
            return True
        except (KeyError, ProcessLookupError):
            return False        # just being started again


def leftovers(where):
    """Processes that still speak of a directory."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as f:
                if where.encode() in f.read() and int(pid) != os.getpid():
                    found.append(int(pid))
        except OSError:
            pass
    return found


def post_and_resend(city):
    page = city.ask("/Q/" + city.code)
    key = re.search(r'name="_key" value="([^"]+)"', page.text)
    test(page.status == 200 and key is not None and len(page.text) < 50000, "the form comes through nginx")
    first = city.answer(key.group(1))
    where = first.getheader("Location", "")
    test(first.status == 303 and where.startswith("/T/"), "an answer leads to its thanks")
    thanks = city.ask(where)
    plain = re.sub(r"<[^>]*>|[ -]", "", thanks.text)
    test(thanks.status == 200 and where[3:19] in plain, "the thanks show the receipt")
    again = city.answer(key.group(1))
    test(again.getheader("Location") == where and city.keys() == {key.group(1): 1},
         "a resend gets the same receipt and is one row")


def headers(city):
    pages = ["/", "/Q/" + city.code, "/Q/", "/nowhere", "/desk/login", "/privacy", "/ledger", "/healthz",
             "/api/v1/published", "/desk/"]
    bad = []
    for path in pages:
        r = city.ask(path)
        if ("default-src 'none'" not in r.getheader("Content-Security-Policy", "")
                or r.getheader("X-Content-Type-Options") != "nosniff"
                or r.getheader("Referrer-Policy") != "same-origin"
                or r.getheader("Server", "") != "nginx" or r.status >= 500):
            bad.append((path, r.status))
    test(not bad, "every page carries the security headers and no version")
    if bad:
        note(bad)
    css = re.search(r'/s/[^"]+\.css', city.ask("/").text).group(0)
    r = city.ask(css)
    test(r.status == 200 and "immutable" in r.getheader("Cache-Control", ""),
         "the desk's style sheet is found beside the intake's")


def limits(city):
    r = city.ask("/Q/" + city.code, "level=1&text=" + "a" * 70000)
    test(r.status == 413 and "_key" not in r.text, "an answer over 64 KB is refused kindly")
    r = city.ask("/Q/" + city.code, "level=1&text=" + "a" * 300000)
    test(r.status == 413 and "html" in r.text, "one over nginx's limit too")
    status = [city.ask("/desk/login", "name=x&password=y", source="127.0.0.2").status for _ in range(40)]
    r = city.ask("/desk/login", "name=x&password=y", source="127.0.0.2")
    test(429 in status and r.status == 429 and (r.getheader("Retry-After") or "") != "",
         "a flood of logins from one address is slowed")
    test(city.ask("/Q/" + city.code, source="127.0.0.2").status == 200, "residents behind it are not")
    test(all(city.answer("not-limited-%06d" % i).status == 303 for i in range(60)),
         "nor is the machine itself")


def survive(city):
    for name in ("intake", "store", "desk", "nginx"):
        city.kill(name)
        try:
            page = city.ask("/desk/login" if name == "desk" else "/Q/" + city.code).status
        except OSError as e:    # nginx itself was killed with the connection in its hands
            page = 200 if name == "nginx" else e
        key = "after-the-kill-of-" + name
        ok = until(lambda: stored(city, key))
        test(page == 200 and ok and city.keys().get(key) == 1, "a killed %s costs a wait and no answer" % name)
        until(lambda: len(city.children()) == 4)


def stored(city, key):
    try:
        return city.answer(key).status == 303
    except OSError:
        return False


def under_fire(city, kills):
    """Clients that resend until thanked, while workers are killed at random."""
    stop, thanked, refused = threading.Event(), [], []

    def client(number):
        n = 0
        while not stop.is_set():
            key = "fire-%02d-%08d" % (number, n)
            n += 1
            while True:
                try:
                    status = city.answer(key).status
                except OSError as e:
                    status = repr(e)
                if status == 303:
                    thanked.append(key)
                    break
                refused.append(status)

    threads = [threading.Thread(target=client, args=(i,)) for i in range(6)]
    for t in threads:
        t.start()
    chance = random.Random(7)
    killed = 0
    while killed < kills:
        time.sleep(chance.uniform(0.05, 0.5))
        killed += city.kill(chance.choice(["intake", "store"]))
    stop.set()
    for t in threads:
        t.join()
    count = city.keys()
    lost = [k for k in thanked if count.get(k, 0) == 0]
    doubled = [k for k, n in count.items() if n > 1]
    note("%d kills, %d thanked, %d lost, %d doubled, %d asked to resend %s" % (
        killed, len(thanked), len(lost), len(doubled), len(refused), sorted(set(map(str, refused)))[:5]))
    test(thanked and not lost and not doubled, "under random kills nothing thanked is lost or doubled")
    test(set(map(str, refused)) <= {"503"}, "who is not thanked is asked to send again, politely")


def ports(city, where):
    other = City(os.path.join(where, "other"))
    r = manyi("serve", "--db", other.db, "--port", str(city.port))
    test(r.returncode == 3 and str(city.port) in r.stderr and "--port" in r.stderr and r.stdout == "",
         "a port in use is named, with what to do")
    r = manyi("serve", "--db", city.db)
    test(r.returncode == 1 and "manyi.db" in r.stderr, "a database has one service")
    test(other.start() is not None, "without --port a free one is found")
    test(other.end(signal.SIGTERM) == 0, "SIGTERM stops it")
    r = manyi("serve", "--db", os.path.join(where, "none.db"))
    test(r.returncode != 0 and "none.db" in r.stderr, "a database that is not there is named")
    r = manyi("serve", "--db", other.db, env=dict(ENV, MANYI_NGINX="/nowhere/nginx"))
    test(r.returncode == 3 and "install" in r.stderr and not os.path.exists(os.path.join(other.dir, "run")),
         "a missing nginx is said before anything starts")
    r = manyi("serve", "--db", city.db, "--port", "99999")
    test(r.returncode == 2, "a port that is none is a mistake of usage")


def deep(where):
    """A socket's path holds 108 bytes; a directory may be deeper."""
    city = City(os.path.join(where, "d" * 60, "e" * 60))
    own = os.path.join(where, "tmp")       # others come and go in the shared one
    os.mkdir(own)
    ENV["TMPDIR"] = own
    ok = city.start("--port", str(free_port())) is not None and city.ask("/Q/" + city.code).status == 200
    test(ok, "a deep directory works")
    city.end()
    made = os.listdir(own)
    test(not made and not leftovers(city.db), "and leaves nothing behind")


def stops(city):
    port = city.port
    code = city.end(signal.SIGINT)
    test(code == 0 and city.said("out").count("\n") == 1, "SIGINT ends it well, after one line on standard output")
    test(until(lambda: not leftovers(city.db) and not leftovers(city.dir + "/run"), 10), "no process is left")
    test(not os.path.exists(os.path.join(city.dir, "run")), "no socket or file is left")
    test(city.start("--port", str(port)) == port, "the port is free at once")
    city.process.kill()
    city.process.wait()
    test(until(lambda: not leftovers(city.dir + "/run")), "a killed supervisor takes its children along")
    test(city.start("--port", str(port)) == port and city.ask("/healthz").status == 200,
         "and the next one starts over what it left")
    slow = socket.create_connection(("127.0.0.1", port))
    slow.sendall(b"POST /Q/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
    time.sleep(0.3)
    city.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    waits = city.process.poll() is None
    begun = time.monotonic()
    test(waits and city.end(signal.SIGINT) == 0 and time.monotonic() - begun < 8,
         "it waits for who is in the middle of a post, and a second signal ends that")
    slow.close()
    test(until(lambda: not leftovers(city.dir + "/run"), 10), "and still nothing is left")


def production(city, where):
    port = str(free_port())
    r = manyi("nginx-config", "--db", city.db, "--server-name", "zl.example.cn", "--https-outside", "--port", port,
              "--intake", where + "/i.sock", "--desk", where + "/d.sock")
    conf = os.path.join(where, "nginx.conf")
    with open(conf, "w") as f:
        f.write("pid %s/pid;\nerror_log stderr;\nevents { }\nhttp {\n" % where)
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
            f.write("%s_temp_path %s/%s;\n" % (kind, where, kind))
        f.write(r.stdout + "}\n")
    t = subprocess.run([NGINX, "-t", "-p", where, "-c", conf, "-e", "stderr"], capture_output=True, text=True)
    test(r.returncode == 0 and t.returncode == 0, "nginx accepts the configuration for a real domain")
    if t.returncode != 0:
        note(t.stderr)


NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def main():
    with place("serve") as top:
        city = City(os.path.join(top, "城 市"))
        port = free_port()
        with city.running(port):
            test(city.port == port, "it says ready with its address, and nothing else")
            test(city.ask("/healthz").text == "ok\n", "it is healthy")
            post_and_resend(city)
            headers(city)
            limits(city)
            survive(city)
            under_fire(city, int(os.environ.get("KILLS", "20")))
            ports(city, top)
            production(city, top)
            stops(city)
            deep(top)


if __name__ == "__main__":
    main()
