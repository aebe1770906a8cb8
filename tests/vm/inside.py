#!/usr/bin/env python3
"""Inside the machine of tests/vm/run: docs/operators.md typed line by line, then visited, killed, restarted, rebooted.

Three lives.  The first installs and tests, and ends by a reboot; the second ends as if the power went; the third looks
what is left.  What must outlive them is in STATE.
"""
import collections
import glob
import http.client
import json
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import termios
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))
from service import Tap, wait_until  # noqa: E402

STATE = "/var/lib/vm-test/"
DB = "/var/lib/manyi/manyi.db"
HOST = "zl.example.gov.cn"      # as in the manual
UNITS = ("manyi-store", "manyi-intake", "manyi-desk")
PATIENCE = 60
NGINX_LOG = "/run/nginx-errors.log"
tap = Tap()


def note(*what):
    print("#", *what, flush=True)


def run(*words, user=None, **more):
    """A program's exit status and all it said."""
    words = (["sudo", "-u", user] if user else []) + list(words)
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, **more)
    return done.returncode, done.stdout


def remember(name, value):
    with open(STATE + name, "w") as f:
        json.dump(value, f)
        f.flush()
        os.fsync(f.fileno())


def recall(name, value=None):
    try:
        with open(STATE + name) as f:
            return json.load(f)
    except FileNotFoundError:
        return value


# ---- the manual ----

def manual(section):
    """The commands of one section, as they stand, but what is only an example there."""
    text = open(os.path.join(SOURCE, "docs/operators.md")).read()
    part = re.search(r"^## %d\..*?(?=^## |^---)" % section, text, re.M | re.S).group()
    said = "".join(line[4:] + "\n" for line in part.splitlines() if line.startswith("    ")).replace("--batch 3", "--batch 1")
    # No authority certifies this machine: as where a proxy before it ends TLS.
    return re.sub(r"--certificate \S+ --certificate-key \S+", "--https-outside", said)


def follow(section):
    """Type it, as an administrator who is not root, in the folder of section 1."""
    commands = manual(section)
    function = [line for line in manual(2).splitlines() if line.startswith("manyi()")]
    with open("/home/admin/typed", "w") as f:
        f.write("cd ~/manyi\n" + "\n".join(function) + "\nset -exo pipefail\n" + commands)
    code, said = run("bash", "-l", "/home/admin/typed", user="admin")
    tap.ok(commands.count("\n") > 0 and code == 0, "section %d of docs/operators.md does what it says" % section,
           "\n".join(said.splitlines()[-15:]))
    return said


def manyi(*words):
    return run("sudo", "-u", "manyi", "/usr/bin/manyi", *words, "--db", DB)


# ---- units ----

def shown(unit, key):
    return run("systemctl", "show", "-P", key, unit)[1].strip()


def main_pid(unit):
    return int(shown(unit + ".service", "MainPID") or 0)


def journal(unit, lines=25):
    return run("journalctl", "-b", "--no-pager", "-o", "cat", "-n", str(lines), "-u", unit)[1]


def all_active():
    return all(shown(u + kind, "ActiveState") == "active" for u in UNITS for kind in (".service", ".socket"))


def units_are_active(when):
    tap.ok(wait_until(all_active, PATIENCE), "the three services and their sockets are active " + when,
           "\n".join("%s\n%s%s" % (u, run("systemctl", "status", "--no-pager", u)[1], journal(u)) for u in UNITS
                     if shown(u + ".service", "ActiveState") != "active"))


# ---- visits ----

class Away:
    status, text = 0, ""

    def __init__(self, why):
        self.text = why

    def getheader(self, name):
        return None


def ask(path, body=None, source="127.0.0.1", cookie=None):
    c = http.client.HTTPConnection("127.0.0.1", 80, timeout=PATIENCE, source_address=(source, 0))
    headers = {"Host": HOST}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if cookie:
        headers["Cookie"] = cookie
    try:
        c.request("POST" if body is not None else "GET", path, body, headers)
        reply = c.getresponse()
        reply.text = reply.read().decode()
        return reply
    except (OSError, http.client.HTTPException) as e:
        return Away("%s %s" % (type(e).__name__, e))
    finally:
        c.close()


def answer(key, source="127.0.0.1"):
    return ask("/Q/" + recall("code"), "level=5&_consent=yes&_key=" + key, source)


def keys():
    """How often each key is stored."""
    db = sqlite3.connect("file:%s?mode=ro" % DB, uri=True)
    try:
        return collections.Counter(k for (k,) in db.execute("SELECT key FROM response"))
    finally:
        db.close()


def a_visit(key):
    """The form, an answer, the receipt; and one row more."""
    before = sum(keys().values())
    form = wait_until(lambda: (lambda r: r if r.status == 200 else None)(ask("/Q/" + recall("code"))), PATIENCE) or Away("none")
    tap.ok(form.status == 200 and "_consent" in form.text, "nginx shows the form", "%d %s" % (form.status, form.text[:300]) + journal("manyi-intake"))
    posted = answer(key)
    receipt = posted.getheader("Location") or ""
    tap.ok(posted.status == 303 and receipt.startswith("/T/"), "an answer is thanked",
           "%d %s" % (posted.status, posted.text[:300]) + journal("manyi-store"))
    page = ask(receipt or "/none")
    tap.ok(page.status == 200, "the page of thanks is shown", page.text[:300])
    again = answer(key)
    tap.ok(again.getheader("Location") == receipt and sum(keys().values()) == before + 1, "sent twice it counts once")
    tap.ok(ask("/healthz").status == 200, "/healthz says that all are there")


def the_staff(said):
    """With the password that section 5 of the manual printed."""
    tap.ok(ask("/desk/login").status == 200, "the staff's login is shown", journal("manyi-desk"))
    password = re.findall(r"\b[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}\b", said)
    reply = ask("/desk/login", "name=zhang&password=" + (password[-1] if password else ""))
    cookie = (reply.getheader("Set-Cookie") or "").split(";")[0]
    tap.ok(reply.status == 303 and cookie, "a user of section 5 logs in", "%d %s %s" % (reply.status, reply.text[-300:], said[-300:]))
    page = ask(reply.getheader("Location") or "/none", cookie=cookie)
    tap.ok(page.status == 200, "and is shown the page for the new password", "%d %s" % (page.status, page.text[:300]))
    tap.ok(ask("/").status == 200, "the public page of figures is shown", journal("manyi-desk"))


# ---- under load ----

def who_said(reply):
    """A refusal and whose it is: nginx turns a 502 of its own into a page that asks to come again."""
    if reply.status == 0:
        return reply.text[:80]
    return "%d from %s" % (reply.status, "nginx" if "<title>满意</title>" in reply.text else "the intake")


def nginx_errors():
    """What nginx itself would have said; beside the log of the manual's configuration, in memory."""
    with open(NGINX_LOG, errors="replace") as f:
        return "".join(f.readlines()[-12:])


class Crowd:
    """Phones that send each answer until they are thanked, with the same key."""

    def __init__(self, name, phones=4, path=None):
        self.name, self.path = name, path
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.thanked, self.differing, self.slowest = {}, [], 0.0
        self.refused = collections.Counter()
        self.file = open(path, "a") if path else None
        self.threads = [threading.Thread(target=self.phone, args=(i,), daemon=True) for i in range(phones)]
        for t in self.threads:
            t.start()

    def send(self, key):
        began = time.monotonic()
        reply = answer(key)     # from this machine: whom the intake takes for a crowd it makes wait
        with self.lock:
            self.slowest = max(self.slowest, time.monotonic() - began)
            if reply.status != 303:
                self.refused[who_said(reply)] += 1
                return False
            receipt = reply.getheader("Location")
            if self.thanked.setdefault(key, receipt) != receipt:
                self.differing.append(key)
            if self.file:
                self.file.write(key + "\n")
                self.file.flush()
                os.fsync(self.file.fileno())
        return True

    def look(self):
        """A visitor from elsewhere, whose address must be written nowhere, asks for the form."""
        reply = ask("/Q/" + recall("code"), source="127.0.0.5")
        if reply.status != 200:
            with self.lock:
                self.refused[who_said(reply) + " to a look"] += 1

    def phone(self, number):
        n = 0
        while not self.stop.is_set():
            key = "%s-%02d-%010d" % (self.name, number, n)
            n += 1
            while not self.send(key):
                time.sleep(0.02)
            if n % 10 == 1:
                self.look()

    def end(self):
        self.stop.set()
        for t in self.threads:
            t.join(PATIENCE)
        stored = keys()
        self.lost = [k for k in self.thanked if stored[k] == 0]
        self.doubled = [k for k in stored if stored[k] > 1] + self.differing


def all_counted(crowd, what):
    tap.ok(len(crowd.thanked) > 0 and not crowd.lost and not crowd.doubled,
           "%s: of %d thanked none is lost, none doubled" % (what, len(crowd.thanked)),
           "lost %s, doubled %s" % (crowd.lost[:5], crowd.doubled[:5]))


def no_one_refused(crowd, unit):
    """Not even once; but a store that takes more than five seconds to come back, as without KVM, is told of by the intake."""
    late = crowd.refused["503 from the intake"] if "store" in unit else 0
    if late:
        note("a store too slow for this machine: asked again", late)
    return sum(crowd.refused.values()) == late


def restarts(unit, times=4):
    crowd = Crowd("restart-" + unit.replace("+", "-"))
    time.sleep(1)
    for _ in range(times):
        before = len(crowd.thanked)
        run("systemctl", "restart", *unit.split("+"))
        wait_until(lambda: len(crowd.thanked) > before + 20, PATIENCE)
    crowd.end()
    tap.ok(no_one_refused(crowd, unit), "%d restarts of %s under posts: every one of %d is thanked, the slowest after %.2f s"
           % (times, unit, len(crowd.thanked), crowd.slowest), "%s\n%s%s" % (dict(crowd.refused), nginx_errors(), journal(unit.split("+")[0])))
    all_counted(crowd, "restarts of " + unit)


def kills(unit, times=6):
    crowd = Crowd("kill-" + unit)
    time.sleep(1)
    killed = 0
    for _ in range(times):
        before, pid = len(crowd.thanked), main_pid(unit)
        if pid:
            os.kill(pid, signal.SIGKILL)
            killed += 1
        wait_until(lambda: len(crowd.thanked) > before + 20 and main_pid(unit) not in (0, pid), PATIENCE)
    crowd.end()
    tap.ok(killed == times and no_one_refused(crowd, unit),
           "kill -9 of %s, %d times under posts: every one of %d is thanked, the slowest after %.2f s"
           % (unit, killed, len(crowd.thanked), crowd.slowest),
           "%s\n%s%s" % (dict(crowd.refused), nginx_errors(), journal(unit)))
    all_counted(crowd, "kill -9 of " + unit)


def desk_restarts(times=4):
    got, stop = collections.Counter(), threading.Event()

    def look():
        while not stop.is_set():
            got[ask("/desk/login").status] += 1
    threads = [threading.Thread(target=look) for _ in range(4)]
    for t in threads:
        t.start()
    for i in range(times):
        before = got[200]
        run("systemctl", "restart", "manyi-desk")
        wait_until(lambda: got[200] > before + 20, PATIENCE)
    stop.set()
    for t in threads:
        t.join()
    tap.ok(set(got) == {200}, "%d restarts of manyi-desk: each of %d looks at the login is answered" % (times, got[200]),
           "%s\n%s" % (dict(got), journal("manyi-desk")))


def a_long_queue():
    """While the intake does not move, a crowd waits at its socket."""
    pid, waiting = main_pid("manyi-intake"), []
    os.kill(pid, signal.SIGSTOP)
    try:
        for _ in range(1500):
            s = socket.socket(socket.AF_UNIX)
            s.setblocking(False)
            s.connect("/run/manyi-intake/intake.sock")
            waiting.append(s)
    except OSError as e:
        note("after", len(waiting), e)
    finally:
        for s in waiting:
            s.close()
        os.kill(pid, signal.SIGCONT)
    tap.ok(len(waiting) == 1500, "%d connections wait at the socket of an intake that does not move" % len(waiting))
    tap.ok(wait_until(lambda: ask("/healthz").status == 200, PATIENCE), "and afterwards it goes on", journal("manyi-intake"))


def never_gives_up():
    """A store that cannot start, again and again, is there again once it can."""
    os.rename("/var/lib/manyi", "/var/lib/manyi.away")
    os.kill(main_pid("manyi-store"), signal.SIGKILL)
    posted = answer("without-a-store-00000001")
    time.sleep(12)
    tries = int(shown("manyi-store", "NRestarts"))
    held = shown("manyi-store.socket", "ActiveState")
    os.rename("/var/lib/manyi.away", "/var/lib/manyi")
    tap.ok(posted.status == 503, "without a store an answer is told to come again", "%d %s" % (posted.status, posted.text[:200]))
    tap.ok(tries > 8 and held == "active", "its socket stands while it is started %d times in vain" % tries, journal("manyi-store"))
    tap.ok(wait_until(lambda: answer("without-a-store-00000001").status == 303, PATIENCE),
           "and the same answer is thanked once it can start", journal("manyi-store"))
    units_are_active("after that")


# ---- who may what ----

CONNECT = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])"
STORE, INTAKE, DESK = "/run/manyi/store.sock", "/run/manyi-intake/intake.sock", "/run/manyi-desk/desk.sock"


def who_reaches(path):
    """Which accounts may connect, of those there are and of one like the intake's."""
    who = [u for u in ("www-data", "nobody", "admin", "manyi") if run("python3", "-c", CONNECT, path, user=u)[0] == 0]
    like_intake = run("systemd-run", "--wait", "--quiet", "-p", "DynamicUser=yes", "-p", "SupplementaryGroups=manyi-store",
                      "python3", "-c", CONNECT, path)[0]
    return who + (["intake"] if like_intake == 0 else [])


def accounts():
    for path, allowed in ((STORE, ["intake"]), (INTAKE, ["www-data"]), (DESK, ["www-data"])):
        who = who_reaches(path)
        tap.ok(who == allowed, "%s is open to %s alone" % (path, allowed[0]), "to " + ", ".join(who) + run("ls", "-l", path)[1])
    files = glob.glob("/var/lib/manyi/*")
    for user in ("www-data", "nobody"):
        seen = [f for f in files if run("cat", f, user=user, )[0] == 0] if len(files) > 2 else ["?"]
        tap.ok(not seen, "%s reads none of the %d files of the database's folder" % (user, len(files)), seen)
    status = {u: process_status(u) for u in UNITS}
    uid = {u: s.get("Uid", "").split()[:1] for u, s in status.items()}
    gid = {u: set(s.get("Gid", "").split() + s.get("Groups", "").split()) for u, s in status.items()}
    tap.ok(uid["manyi-intake"] != uid["manyi-store"] and uid["manyi-intake"] not in (["0"], ["33"]),
           "the intake's account is neither the store's nor nginx's", "%s %s" % (uid, gid))
    manyi_gid = run("getent", "group", "manyi")[1].split(":")[2]
    tap.ok(manyi_gid not in gid["manyi-intake"] and "33" not in gid["manyi-intake"],
           "and it is in neither group", gid)


def process_status(unit):
    try:
        with open("/proc/%d/status" % main_pid(unit)) as f:
            return dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
    except OSError:
        return {}


def walls():
    for unit in UNITS:
        s = process_status(unit)
        tap.ok(s.get("Seccomp") == "2" and s.get("NoNewPrivs") == "1" and int(s.get("CapBnd", "1"), 16) == 0,
               "%s has a filter of system calls (%s of them), no capability and no way to new ones" % (unit, s.get("Seccomp_filters")),
               {k: s.get(k) for k in ("Seccomp", "NoNewPrivs", "CapBnd", "CapEff")})
        said = journal(unit, 500)
        tap.ok("not in this kernel" not in said and "内核不支持" not in said, "%s misses no wall at its start" % unit, said[-400:])
        said = run("env", "LC_ALL=C", "systemd-analyze", "security", "--no-pager", unit + ".service")[1]
        score = re.search(r"exposure level for .*: ([0-9.]+)", said)
        tap.ok(score and float(score.group(1)) <= 1.0, "%s, running, is exposed by %s of 10" % (unit, score and score.group(1)), said[-300:])
    pid = main_pid("manyi-intake")
    open_files = {fd: os.readlink("/proc/%d/fd/%s" % (pid, fd)) for fd in os.listdir("/proc/%d/fd" % pid)}
    other = {fd: to for fd, to in open_files.items() if not to.startswith(("socket:", "anon_inode:")) and to != "/dev/null"}
    tap.ok(len(open_files) > 4 and not other, "the intake's %d open files are sockets, events and /dev/null" % len(open_files), other)


def sandbox():
    with open("/sys/kernel/security/lsm") as f:
        lsm = f.read()
    tap.ok("landlock" in lsm, "the kernel %s has Landlock" % os.uname().release, lsm)
    program = os.path.join(SOURCE, "build/tests/test_sandbox")
    code, said = run(program)
    left_out = re.findall(r"# skipped: (.*)", said)
    tap.ok(code == 0 and said.count("\nok ") >= 6, "tests/proc/test_sandbox passes as root", said)
    older = [s for s in left_out if "Landlock 6" in s]
    tap.ok(left_out == older, "and leaves nothing out" + (" but what needs Landlock 6, which is newer than this kernel" if older else ""),
           left_out)


# ---- three lives ----

def first():
    run("mkdir", "-p", "/run/lock")
    os.chdir("/")
    follow(2)
    follow(3)
    run("sed", "-i", "0,/error_log/s|.*error_log .*|&\\n\\terror_log %s error;|" % NGINX_LOG, "/etc/nginx/sites-available/manyi")
    run("systemctl", "reload", "nginx")
    units_are_active("at once")
    follow(4)
    sites = manyi("site", "list", "--json")[1]
    remember("code", re.search(r'"code": *"([^"]+)"', sites).group(1))
    a_visit("the-first-visit-00000001")
    the_staff(follow(5))
    sandbox()
    walls()
    accounts()
    restarts("manyi-intake")
    restarts("manyi-store")
    restarts("manyi-store+manyi-desk+manyi-intake")
    desk_restarts()
    kills("manyi-intake")
    kills("manyi-store")
    never_gives_up()
    a_long_queue()
    before = sum(keys().values())
    follow(6)
    tap.ok(sum(keys().values()) == before, "the copy put back has all %d rows" % before)
    units_are_active("after the copy was put back")
    a_visit("after-the-copy-00000001")
    follow(8)
    a_visit("after-the-upgrade-0001")
    code, said = manyi("ledger", "verify")
    tap.ok(code == 0, "the ledger is whole", said[-300:])
    logs = "".join(open(f, errors="replace").read() for f in glob.glob("/var/log/nginx/*.log"))
    tap.ok("127.0.0.5" not in logs, "after all that nginx has written no visitor's address to the disk", logs[-300:])
    remember("rows", sum(keys().values()))
    return ["systemctl", "reboot"]


def second():
    units_are_active("after a reboot")
    tap.ok(sum(keys().values()) == recall("rows"), "all %d rows are there" % recall("rows"))
    a_visit("after-the-reboot-000001")
    crowd = Crowd("power", path=STATE + "thanked")
    wait_until(lambda: len(crowd.thanked) >= 200, PATIENCE)
    note("%d thanked; now the power goes" % len(crowd.thanked))
    return None


def third():
    units_are_active("after a power cut")
    with open(STATE + "thanked") as f:
        thanked = f.read().split()
    stored = keys()
    lost = [k for k in thanked if stored[k] == 0]
    tap.ok(len(thanked) >= 200 and not lost and max(stored.values()) == 1,
           "of %d thanked before the power cut none is lost, none doubled" % len(thanked), lost[:5])
    a_visit("after-the-power-cut-001")
    sandbox()
    walls()
    code, said = manyi("ledger", "verify")
    tap.ok(code == 0, "the ledger is whole", said[-300:])
    return ["systemctl", "poweroff"]


def main():
    sys.stdout = open("/dev/ttyS1", "w")
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 65536))
    life = recall("life", 0)
    tap.n = recall("n", 0)
    note("life %d: kernel %s, %s" % (life + 1, os.uname().release, run("systemctl", "--version")[1].splitlines()[0]))
    began = time.monotonic()
    after = None
    try:
        after = (first, second, third)[life]()
    except Exception as e:      # whatever it is, say it and go down
        import traceback
        tap.ok(False, "the test itself runs to its end", traceback.format_exc())
        note(e)
        after, life = ["systemctl", "poweroff"], 2
    note("life %d took %d s" % (life + 1, time.monotonic() - began))
    remember("life", life + 1)
    remember("n", tap.n)
    if life < 2:
        note("again")
    else:
        tap.done()
    sys.stdout.flush()
    termios.tcdrain(sys.stdout.fileno())    # a reset does not wait for what the line has not sent
    if after is not None:
        run(*after)
        return
    with open("/proc/sys/kernel/sysrq", "w") as f:
        f.write("1")
    with open("/proc/sysrq-trigger", "w") as f:
        f.write("b")


main()
