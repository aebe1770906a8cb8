#!/usr/bin/env python3
"""A hostile client on the FastCGI sockets themselves, where only nginx may be: others notice nothing."""

import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "tests"))
from service import MANYI, Tap, wait_until  # noqa: E402

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, VALUES, UNKNOWN = 1, 2, 3, 4, 5, 6, 9, 11
tap = Tap()


def record(kind, content=b"", number=1, version=1, length=None, padding=0):
    return struct.pack(">BBHHBB", version, kind, number, len(content) if length is None else length, padding,
                       0) + content + b"\0" * padding


def begin(keep=True, role=1, number=1):
    return record(BEGIN, struct.pack(">HB5x", role, keep), number)


def pair(name, value, long=False):
    sizes = b"".join(struct.pack(">I", n | 0x80000000) if long or n > 127 else bytes([n])
                     for n in (len(name), len(value)))
    return sizes + name + value


def request(path, body=None, keep=True, number=1):
    params = b"".join(pair(n.encode(), v.encode()) for n, v in (
        ("REQUEST_METHOD", "GET" if body is None else "POST"), ("REQUEST_URI", path),
        ("CONTENT_TYPE", "application/x-www-form-urlencoded"), ("CONTENT_LENGTH", str(len(body or "")))))
    data = begin(keep, number=number) + record(PARAMS, params, number) + record(PARAMS, b"", number)
    if body:
        data += record(STDIN, body.encode(), number)
    return data + record(STDIN, b"", number)


class Peer:
    """One connection."""

    def __init__(self, path, patience=20):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(patience)
        self.socket.connect(path)
        self.got = b""

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            pass            # it has hung up already: that is what is asked below

    def record(self):
        """The next (type, number, content), or None at the end."""
        while len(self.got) < 8 or len(self.got) < self.whole():
            try:
                more = self.socket.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                return None
            self.got += more
        kind, number, length = struct.unpack(">xBHH", self.got[:6])
        content, self.got = self.got[8:8 + length], self.got[self.whole():]
        return kind, number, content

    def whole(self):
        length, padding = struct.unpack(">4xHB", self.got[:7])
        return 8 + length + padding

    def reply(self):
        """Status of the next reply, or None if there is none."""
        out = b""
        while True:
            got = self.record()
            if got is None:
                return None
            if got[0] == STDOUT:
                out += got[2]
            elif got[0] == END:
                status = re.match(rb"Status: (\d+)", out)
                return int(status.group(1)) if status else 0

    def ended(self):
        return self.record() is None

    def close(self):
        self.socket.close()


class Programs:
    """Store, intake and desk on a small city."""

    def __init__(self, where):
        self.dir, self.running = where, {}
        self.db = os.path.join(where, "m.db")
        for words in (["init"], ["wave", "open", "--form", "B", "--year", "2024"]):
            self.manyi(*words)
        site = self.manyi("site", "add", "--name", "Window 3", "--sector", "S03", "--township", "210281001", "--json")
        self.page = "/Q/" + re.search(r'"code": *"([^"]+)"', site).group(1)
        store, self.intake, self.desk = (os.path.join(where, n) for n in ("store", "intake", "desk"))
        self.start("store", "--db", self.db, "--socket", store)
        self.start("intake", "--store", store, "--socket", self.intake)
        self.start("desk", "--db", self.db, "--socket", self.desk)

    def manyi(self, *words):
        got = subprocess.run([MANYI, *words, "--db", self.db], capture_output=True, text=True,
                             env=dict(os.environ, MANYI_LANG="en"))
        if got.returncode != 0:
            raise SystemExit("Bail out! %s: %s" % (words, got.stderr))
        return got.stdout

    def start(self, name, *words):
        self.running[name] = subprocess.Popen([MANYI, name, *words])

    def honest(self, path=None, page=None):
        """Is an ordinary visitor served, and how long does he wait?"""
        start = time.monotonic()
        try:
            peer = Peer(path or self.intake)
        except OSError:
            return None
        peer.send(request(page or self.page, keep=False))
        status = peer.reply()
        peer.close()
        return time.monotonic() - start if status == 200 else None

    def memory_mb(self, name):
        with open("/proc/%d/status" % self.running[name].pid) as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024

    def alive(self):
        return all(p.poll() is None for p in self.running.values())

    def stop(self):
        codes = []
        for name in ("intake", "desk", "store"):
            p = self.running[name]
            p.send_signal(signal.SIGTERM)
            try:
                codes.append(p.wait(30))
            except subprocess.TimeoutExpired:
                p.kill()
                codes.append("killed")
        return codes


def broken_streams(p):
    """What costs the connection at once."""
    values = b"".join(pair(b"FCGI_MAX_CONNS", b"") for _ in range(10000))
    streams = {
        "HTTP": b"GET / HTTP/1.1\r\n\r\n",
        "another version": record(BEGIN, b"\0\1\1\0\0\0\0\0", version=2),
        "a beginning of seven bytes": record(BEGIN, b"\0\1\1\0\0\0\0"),
        "a body before the parameters end": begin() + record(STDIN, b"level=5"),
        "one request begun twice": begin() + begin(),
        "output from the client": begin() + record(STDOUT, b"Status: 200"),
        "a name longer than all there is": begin() + record(PARAMS, b"\xff\xff\xff\xff\x01A") + record(PARAMS) +
        record(STDIN),
        "a name and a value that overlap the end": begin() + record(PARAMS, b"\x02\x02ABC") + record(PARAMS) +
        record(STDIN),
        "ten thousand repeated names": begin() + b"".join(
            record(PARAMS, values[i:i + 60000]) for i in range(0, len(values), 60000)) + record(PARAMS) + record(STDIN),
        "a doubled name": begin() + record(PARAMS, pair(b"A", b"1") + pair(b"A", b"2")) + record(PARAMS) + record(STDIN),
        "parameters without end": begin() + record(PARAMS, b"a" * 65000) * 3,
        "records of nobody without end": record(STDIN, b"x", number=9) * 1000,
    }
    for path in (p.intake, p.desk):
        for what, data in streams.items():
            peer = Peer(path)
            peer.send(data)
            tap.ok(peer.ended(), "%s: %s ends the connection" % (os.path.basename(path), what))
            peer.close()


def management(p):
    peer = Peer(p.intake)
    values = b"".join(pair(b"FCGI_MPXS_CONNS", b"", long=True) for _ in range(3000))
    peer.send(record(VALUES, values[:65000], number=0) + record(99, b"?", number=0))
    first, second = peer.record(), peer.record()
    peer.send(request(p.page))
    tap.ok(first and first[0] == UNKNOWN and first[2][0] == VALUES and second and second[2][0] == 99 and
           peer.reply() == 200, "management records are answered unknown, and the connection serves on", (first, second))
    peer.close()
    peer = Peer(p.intake)
    peer.send(begin(role=2) + begin(number=1) + begin(number=2))
    refused = [peer.record(), peer.record()]
    tap.ok([r and (r[0], r[1], r[2][4]) for r in refused] == [(END, 1, 3), (END, 2, 1)],
           "another role and a second request at a time are refused by the book", refused)
    peer.close()


def kept(p):
    peer = Peer(p.intake)
    statuses = set()
    for n in range(200):
        peer.send(request(p.page if n % 2 else "/privacy", number=1 + n % 3))
        statuses.add(peer.reply())
    tap.ok(statuses == {200}, "two hundred requests go over one kept connection", statuses)
    peer.close()
    peer = Peer(p.intake)
    for byte in request(p.page, "level=5&_consent=yes&_key=byte-by-byte-00001", keep=False):
        peer.send(bytes([byte]))
    tap.ok(peer.reply() == 303 and peer.ended(), "a request byte by byte is one, and is ended as asked")


def aborts(p):
    """At every record's end and in the middle of every record."""
    whole = request(p.page, "level=5&_consent=yes&_key=abort-abort-00001")
    cuts, at = [], 0
    while at < len(whole):
        at += 8 + struct.unpack(">H", whole[at + 4:at + 6])[0] + whole[at + 6]
        cuts.append(at)
    good = True
    for cut in cuts:
        peer = Peer(p.intake)
        peer.send(whole[:cut] + record(ABORT))
        good = good and peer.reply() in (0, 303)
        peer.send(request(p.page))
        good = good and peer.reply() == 200
        peer.close()
    tap.ok(good, "an abort after any record is answered, and the connection serves on")
    for cut in range(0, len(whole) + 1, 7):
        peer = Peer(p.intake)
        peer.send(whole[:cut])
        peer.close()
    tap.ok(p.honest() is not None and p.alive(), "who hangs up at any byte harms nobody")


def silence(p):
    """Many who say half a thing or nothing."""
    whole = request(p.page, "level=5&_consent=yes&_key=half-half-half-01")
    start = time.monotonic()
    silent = [Peer(p.intake, 40) for _ in range(300)]
    for i, peer in enumerate(silent):
        peer.send(whole[:i % len(whole)])
    waits = sorted(p.honest() or 99 for _ in range(100))
    tap.ok(waits[94] < 0.1 or waits[50] < 0.02, "beside 300 who say half a thing, visitors do not wait",
           "median %.0f ms, 95 of 100 within %.0f ms" % (waits[50] * 1e3, waits[94] * 1e3))
    ended = all(peer.ended() for peer in silent)
    took = time.monotonic() - start
    tap.ok(ended and 5 < took < 35, "they are hung up on after ten seconds", "%.1f s" % took)
    for peer in silent:
        peer.close()


def greedy(p):
    """Who asks for pages and takes none fills no memory."""
    before = p.memory_mb("intake")
    peers = [Peer(p.intake) for _ in range(50)]
    for peer in peers:
        peer.socket.setblocking(False)
        for n in range(200):
            try:
                peer.socket.send(request(p.page, number=1 + n % 2))
            except OSError:
                break
    ok = p.honest() is not None
    grown = p.memory_mb("intake") - before
    tap.ok(ok and grown < 30, "fifty who ask and do not listen cost little memory", "%.1f MB" % grown)
    for peer in peers:
        peer.close()


def crowd(p):
    """More connections than descriptors: new ones wait, nobody inside is harmed."""
    inside = Peer(p.intake)
    inside.send(request(p.page))
    ok = inside.reply() == 200
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    peers = []
    for _ in range(1500):       # the intake allows itself 1024 descriptors
        try:
            peers.append(Peer(p.intake))
        except OSError:
            break
    inside.send(request(p.page))
    tap.ok(ok and inside.reply() == 200 and p.alive(), "beside %d idle connections the one inside is served" % len(peers))
    for peer in peers:
        peer.close()
    tap.ok(wait_until(lambda: p.honest() is not None, 20), "and when they are gone everybody is")


def main():
    with tempfile.TemporaryDirectory(prefix="manyi-hostile-") as where:
        p = Programs(where)
        tap.ok(wait_until(lambda: p.honest() is not None and p.honest(p.desk, "/desk/login") is not None, 60),
               "intake and desk answer a client that behaves")
        for attack in (broken_streams, management, kept, aborts, silence, greedy, crowd):
            attack(p)
            tap.ok(p.alive() and p.honest() is not None and p.honest(p.desk, "/desk/login") is not None,
                   "after %s everybody is served" % attack.__name__.replace("_", " "))
        half = Peer(p.intake)
        half.send(request(p.page)[:40])
        tap.ok(p.stop() == [0, 0, 0], "SIGTERM ends all of them well, whatever is connected")
    tap.done()


main()
