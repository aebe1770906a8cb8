"""Everything a bench compares, behind one nginx: Manyi, Manyi with a commit for each answer, echo, PHP."""
import glob
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

SRC = os.environ.get("srcdir", ".")
BUILD = os.environ.get("builddir", ".")
MANYI = os.environ.get("MANYI", "./manyi")
TICK = os.sysconf("SC_CLK_TCK")

# Form C, all that is asked of somebody who lives here and used a service.
ANSWERS = dict({k: "8" for k in "p1 p2 P e1 e2 E s1 s2 S n1 n2 N g1 g2 G T".split()},
               resid="1", used="1", sex="1", age="2", edu="3", occ="4", town="210281001",
               unaided="12345", aided="12345")


def free_ports(n):
    """Different ones: each is held until all are found."""
    held = [socket.socket() for _ in range(n)]
    for s in held:
        s.bind(("", 0))
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def find(name, *patterns):
    """Path of a program: in PATH or the usual places for daemons."""
    got = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    for pattern in patterns:
        got = got or next(iter(sorted(glob.glob(pattern))), None)
    return got


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        with open("/proc/%d/stat" % pid) as f:
            words = f.read().rsplit(")", 1)[1].split()
        total += int(words[11]) + int(words[12])
    return total / TICK


def memory_kb(pids):
    """(resident, proportional) of processes; shared pages count once in the second."""
    rss = pss = 0
    for pid in pids:
        with open("/proc/%d/smaps_rollup" % pid) as f:
            text = f.read()
        rss += int(re.search(r"^Rss:\s+(\d+)", text, re.M).group(1))
        pss += int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))
    return rss, pss


class Stack:
    """A demo city, its processes, and the web server in front.  Use as a context."""

    def __init__(self, name, batch=None, db=None, bare=False, php=False):
        self.name, self.batch, self.bare, self.php = name, batch, bare, php
        self.dir = tempfile.mkdtemp(prefix="manyi-bench-", dir=os.environ.get("BENCH_DIR"))
        self.db = db or os.path.join(self.dir, "city", "manyi.db")
        self.port, self.extra = free_ports(2)
        self.started = {}
        if db is None:
            self.manyi("demo", os.path.dirname(self.db), "--seed", "7", "--answers", "600", db=False)
        sites = self.manyi("site", "list", "--json")
        self.code = re.search(r'"code":\s*"(\w+)"[^}]*"form":\s*"C"', sites) or re.search(
            r'"form":\s*"C"[^}]*"code":\s*"(\w+)"', sites)
        self.path = "/Q/" + self.code.group(1)
        self.body = self.file("body", urllib.parse.urlencode(dict(ANSWERS, _consent="yes", _t=int(time.time()) - 200)))

    def file(self, name, text=None):
        path = os.path.join(self.dir, name)
        if text is not None:
            with open(path, "w") as f:
                f.write(text)
        return path

    def manyi(self, *words, db=True):
        env = dict(os.environ, LC_ALL="C.UTF-8")
        if db:
            env["MANYI_DB"] = self.db
        got = subprocess.run([MANYI] + list(words), env=env, capture_output=True, text=True)
        if got.returncode != 0:
            raise SystemExit("manyi %s: %s%s" % (" ".join(words), got.stdout, got.stderr))
        return got.stdout

    def start(self, name, *words):
        log = open(self.file(name + ".log"), "w")
        self.started[name] = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)

    def nginx(self):
        s = self.file
        conf = "daemon off; worker_processes auto; pid %s; error_log stderr crit;\n" % s("pid")
        if os.geteuid() == 0:
            conf += "user root;\n"
        conf += "events { worker_connections 4096; }\nhttp {\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
            conf += "%s_temp_path %s;\n" % (kind, s(kind))
        conf += self.manyi("nginx-config", "--plain-http", "--port", str(self.port), "--intake", s("intake.sock"),
                           "--desk", s("desk.sock"))
        for name in ("echo", "bare"):
            conf += "upstream %s { server unix:%s; keepalive 128; }\n" % (name, s(name + ".sock"))
        conf += "server { listen 127.0.0.1:%d backlog=1024; access_log off; root %s;\n" % (self.extra, s("www"))
        conf += "client_body_buffer_size 128k;\n"
        params = "".join("fastcgi_param %s $%s;" % (n, v) for n, v in (
            ("REQUEST_METHOD", "request_method"), ("REQUEST_URI", "request_uri"), ("CONTENT_TYPE", "content_type"),
            ("CONTENT_LENGTH", "content_length")))
        conf += "location /echo { fastcgi_pass echo; fastcgi_keep_conn on; %s }\n" % params
        conf += "location /bare { fastcgi_pass bare; fastcgi_keep_conn on; %s }\n" % params
        conf += ("location /php { fastcgi_pass unix:%s; %s fastcgi_param SCRIPT_FILENAME %s; "
                 "fastcgi_param BENCH_DB %s; }\n}\n}\n") % (
            s("php.sock"), params, os.path.abspath(os.path.join(SRC, "bench", "insert.php")), s("php.db"))
        os.makedirs(s("www"), exist_ok=True)
        self.file("www/small.txt", "a" * 1024)
        self.start("nginx", find("nginx"), "-p", self.dir, "-c", self.file("nginx.conf", conf), "-e", "stderr")

    def php_fpm(self):
        conf = "[global]\nerror_log = %s\ndaemonize = no\n[www]\nlisten = %s\n" % (
            self.file("php.err"), self.file("php.sock"))
        conf += "pm = static\npm.max_children = 8\nlisten.backlog = 1024\n"
        if os.geteuid() == 0:
            conf += "user = root\ngroup = root\n"
        with sqlite3.connect(self.file("php.db")) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, key TEXT UNIQUE, body TEXT)")
        self.start("php", find("php-fpm", "/usr/sbin/php-fpm*"), "-R", "-F", "-y", self.file("fpm.conf", conf))

    def __enter__(self):
        batch = ["--batch", str(self.batch)] if self.batch else []
        s = self.file
        self.start("store", MANYI, "store", "--db", self.db, "--socket", s("store.sock"), *batch)
        self.start("intake", MANYI, "intake", "--store", s("store.sock"), "--socket", s("intake.sock"))
        self.start("desk", MANYI, "desk", "--db", self.db, "--socket", s("desk.sock"))
        if self.bare:
            self.start("echo", os.path.join(BUILD, "bench", "echo"), s("echo.sock"))
            self.start("bare", os.path.join(BUILD, "bench", "bare"), s("bare.sock"), s("bare.db"))
        if self.php:
            self.php_fpm()
        self.nginx()
        for _ in range(600):
            if self.answers():
                return self
            time.sleep(0.1)
        logs = "".join(open(self.file(n + ".log")).read() for n in self.started)
        self.__exit__()
        raise SystemExit("%s does not come up: %s" % (self.name, logs))

    def answers(self):
        got = subprocess.run(["curl", "-s", "-o", self.file("www/page.html"), "-w", "%{http_code}",
                              "http://127.0.0.1:%d%s" % (self.port, self.path)], capture_output=True, text=True)
        return got.stdout == "200"

    def __exit__(self, *_):
        for name in ("nginx", "intake", "desk", "store", "echo", "bare", "php"):
            p = self.started.get(name)
            if p is None:
                continue
            p.send_signal(signal.SIGQUIT if name in ("nginx", "php") else signal.SIGTERM)
            try:
                p.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
        if "BENCH_KEEP" not in os.environ:
            shutil.rmtree(self.dir, ignore_errors=True)

    def pids(self, *names):
        return [self.started[n].pid for n in names]

    def rows(self):
        with sqlite3.connect("file:%s?mode=ro" % self.db, uri=True) as db:
            return db.execute("SELECT count(*) FROM response").fetchone()[0]

    def beside(self, name):
        """Rows a program stored that Manyi is compared with: bare or php."""
        with sqlite3.connect(self.file(name + ".db")) as db:
            return db.execute("SELECT count(*) FROM answer").fetchone()[0]
