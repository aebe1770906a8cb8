"""A running Manyi for tests that come from outside: a temporary city and its server."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

MANYI = os.environ.get("MANYI", "./manyi")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Service:
    """A demo city in a temporary folder, served on a free port.  Use as a context."""

    def __init__(self, seed=7, answers=None):
        self.dir = tempfile.mkdtemp(prefix="manyi-")
        self.city = os.path.join(self.dir, "city")
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.process = None
        words = ["demo", self.city, "--seed", str(seed)]
        if answers is not None:
            words += ["--answers", str(answers)]
        self.run(words, db=False)
        self.manyi("config", "set", "base_url", self.url)

    def run(self, words, db=True, check=True):
        env = dict(os.environ, LC_ALL="C.UTF-8")
        if db:
            env["MANYI_DB"] = os.path.join(self.city, "manyi.db")
        got = subprocess.run([MANYI] + words, env=env, capture_output=True)
        if check and got.returncode != 0:
            raise AssertionError("manyi %s: exit %d: %s%s" % (
                " ".join(words), got.returncode, got.stdout.decode(), got.stderr.decode()))
        return got

    def manyi(self, *words):
        """Run a command with --json and return its document."""
        return json.loads(self.run(list(words) + ["--json"]).stdout)

    def __enter__(self):
        env = dict(os.environ, MANYI_DB=os.path.join(self.city, "manyi.db"), LC_ALL="C.UTF-8")
        self.log = open(os.path.join(self.dir, "serve.log"), "wb")
        self.process = subprocess.Popen(
            [MANYI, "serve", "--port", str(self.port)], env=env,
            stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        if not re.match(r"ready http://", line):
            raise AssertionError("serve said %r: %s" % (line, open(self.log.name).read()))
        return self

    def __exit__(self, *_):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.dir, ignore_errors=True)


class Tap:
    """Test Anything Protocol: each check is a sentence."""

    def __init__(self):
        self.n = 0
        self.failed = 0

    def ok(self, holds, sentence, detail=""):
        self.n += 1
        print("%s %d - %s" % ("ok" if holds else "not ok", self.n, sentence), flush=True)
        if not holds:
            self.failed += 1
            for line in str(detail).splitlines():
                print("# " + line[:400], flush=True)
        return holds

    def done(self):
        print("1..%d" % self.n, flush=True)


def wait_until(check, seconds=30, pause=0.1):
    """The first true answer of check(), or None when time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = check()
        if got:
            return got
        time.sleep(pause)
    return None
