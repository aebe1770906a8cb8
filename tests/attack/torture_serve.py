#!/usr/bin/env python3
"""The whole service under load: killed at random, nginx included, and replaced while people answer.

KILLS (default 25), TORTURE_SECONDS (an end whatever happens; default 600) and SEED come from the environment.
"""

import collections
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time

from serve import MANYI, City, Phones, manyi, note, place, until
import serve

CLIENTS = 6
KILLS = int(os.environ.get("KILLS", "25"))
SECONDS = float(os.environ.get("TORTURE_SECONDS", "600"))
SEED = int(os.environ.get("SEED", str(int(time.time()))))


class Crowd(Phones):
    """Phones that send each answer until they are thanked, with the same key."""

    def __init__(self, city, name):
        self.name = name
        self.thanked = {}                       # key -> its receipt
        self.differing = []                     # keys with a second, different receipt
        self.refused = collections.Counter()
        self.lock = threading.Lock()
        super().__init__(city, CLIENTS)

    def send(self, key):
        try:
            reply = self.city.answer(key)
        except (OSError, http.client.HTTPException) as e:
            return type(e).__name__
        if reply.status != 303:
            return "%d from %s" % (reply.status, "nginx" if "<title>满意</title>" in reply.text else "the intake")
        receipt = reply.getheader("Location")
        with self.lock:
            if self.thanked.setdefault(key, receipt) != receipt:
                self.differing.append(key)
        return None

    def phone(self, number):
        n = 0
        while not self.stop.is_set():
            key = "%s-%02d-%010d" % (self.name, number, n)
            n += 1
            while True:
                refusal = self.send(key)
                if refusal is None:
                    break
                with self.lock:
                    self.refused[refusal] += 1
                time.sleep(0.01)
            if n % 10 == 0:
                self.send(key)                  # a double tap: one row all the same

    def tally(self):
        """(lost, doubled) among what was thanked."""
        count = self.city.keys()
        lost = [k for k in self.thanked if count.get(k, 0) == 0]
        return lost, [k for k, n in count.items() if n > 1]


def descendant(city, what):
    """A process of the service: a child by name, or one of nginx's workers."""
    children = city.children()
    if what != "worker":
        return children.get(what)
    try:
        with open("/proc/%d/task/%d/children" % (children["nginx"], children["nginx"])) as f:
            workers = f.read().split()
        return int(random.choice(workers)) if workers else None
    except (KeyError, OSError):
        return None


def kill_at_random(city, kills, deadline, chance):
    """Kill one of five kinds again and again; returns how many of each."""
    killed = collections.Counter()
    while sum(killed.values()) < kills and time.monotonic() < deadline:
        time.sleep(chance.uniform(0.01, 0.3))
        what = chance.choice(["store", "store", "intake", "intake", "nginx", "worker"])
        pid = descendant(city, what)
        if pid is None:
            continue
        try:
            os.kill(pid, signal.SIGKILL)
            killed[what] += 1
        except ProcessLookupError:
            pass
    return killed


def whole(city):
    odd = city.rows("SELECT (SELECT sum(n) FROM fieldwork) - (SELECT count(*) FROM response)")
    return city.rows("PRAGMA integrity_check") == [("ok",)] and odd == [(0,)]


def under_kills(city):
    chance = random.Random(SEED)
    begun = time.monotonic()
    crowd = Crowd(city, "kill%d" % SEED)
    killed = kill_at_random(city, KILLS, begun + SECONDS, chance)
    until(lambda: len(city.children()) == 4)
    crowd.end()
    lost, doubled = crowd.tally()
    note("SEED=%d: %d kills %s in %.0f s: %d thanked, %d lost, %d doubled; asked to resend: %s" % (
        SEED, sum(killed.values()), dict(killed), time.monotonic() - begun, len(crowd.thanked), len(lost),
        len(doubled), dict(crowd.refused)))
    serve.test(sum(killed.values()) > 0 and len(crowd.thanked) > sum(killed.values()),
               "the service works while it is killed")
    serve.test(not lost, "nobody thanked is lost")
    serve.test(not doubled and not crowd.differing, "nobody is doubled, a double tap included")
    serve.test(whole(city), "the database is whole")


def newer_form(where):
    """Form B as a new version with one word changed."""
    said = manyi("form", "show", "B", "--source", "--db", where + "/manyi.db")
    form = json.loads(said.stdout)
    form["settings"]["version"] += "x"
    path = os.path.join(where, "newer.json")
    with open(path, "w") as f:
        json.dump(form, f, ensure_ascii=False)
    return path


def changes(city, binary):
    """What people do to a running service, each as a function."""
    db = ["--db", city.db]

    def new_site():
        return manyi("site", "add", "--name", "Window 9", "--sector", "S03", "--township", "210281001", *db)

    def new_form():
        return manyi("form", "load", newer_form(city.dir), *db)

    def new_setting():
        return manyi("config", "set", "contact", "0411-1234567", *db)

    def new_binary():
        shutil.copy2(MANYI, binary + ".new")
        os.rename(binary + ".new", binary)
        before = city.children()
        os.kill(city.process.pid, signal.SIGUSR2)
        ours = ("store", "desk", "intake")
        done = until(lambda: all(city.children().get(n) not in (None, before.get(n)) for n in ours), 30)
        return subprocess.CompletedProcess([], 0 if done else 1, "", "not replaced")

    def nginx_reload():
        os.kill(city.children()["nginx"], signal.SIGHUP)
        return subprocess.CompletedProcess([], 0)

    return [new_site, new_form, new_setting, new_binary, nginx_reload, new_binary]


def under_changes(city, binary):
    crowd = Crowd(city, "change")
    failed = []
    for change in changes(city, binary):
        time.sleep(0.4)
        result = change()
        if result.returncode != 0:
            failed.append((change.__name__, result.stdout, result.stderr))
    time.sleep(0.6)
    crowd.end()
    lost, doubled = crowd.tally()
    note("changed while answering: %d thanked, %d lost, %d doubled; failed requests: %s" % (
        len(crowd.thanked), len(lost), len(doubled), dict(crowd.refused)))
    serve.test(not failed, "a new site, form version, setting and program are taken in while people answer")
    for what in failed:
        note(what)
    serve.test(len(crowd.thanked) > 100 and not crowd.refused, "no request fails meanwhile")
    serve.test(not lost and not doubled and not crowd.differing, "and nothing is lost or doubled")


def main():
    with place("torture") as top:
        binary = os.path.join(top, "manyi")
        shutil.copy2(MANYI, binary)
        serve.MANYI = binary
        city = City(os.path.join(top, "city"))
        with city.running():
            under_changes(city, binary)
            under_kills(city)
            serve.test(city.end() == 0, "it ends well")


if __name__ == "__main__":
    main()
