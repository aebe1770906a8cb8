#!/usr/bin/env python3
"""A copy in a place where nothing can be written: everything that reads says what it says of the original."""
import json
import os
import shutil
import sqlite3
import subprocess

from cli_case import MANYI, City, run_tests, same

NOBODY = 65534
# What each command that reads is asked here; a new one needs a line.
ASKED = {
    "config get": ["city"], "config list": [], "form list": [], "form show": ["A"], "wave list": [], "site list": [],
    "poster": ["--site", "SITE", "--output", "OUT/p.pdf"], "qr": ["--site", "SITE", "--output", "OUT/q.svg"], "ticket list": [],
    "ticket count": ["--wave", "C-2024"], "export": ["--wave", "B-2024", "--output", "OUT/e.csv"],
    "screen list": ["--wave", "C-2024"], "callback list": [], "import list": [], "margins list": [], "index": ["--indicator", "43"],
    "track list": [], "track loaded": [], "track show": ["43"], "publish list": [], "ledger verify": [], "user list": [], "backup": ["OUT/b.db"],
    "nginx-config": ["--plain-http"], "estimate": ["--wave", "C-2024", "--share", "aided=12315"],
}
WITH_A_FILE = {"analyse", "model", "rank", "rate", "area", "estimate"}      # --wave of these is the estimate's


class Copy:
    """A demo city, and copies of it that belong to somebody else."""

    def __init__(self):
        self.city = City(make=False)
        os.chmod(self.city.dir, 0o755)
        made = subprocess.run([MANYI, "demo", self.city.path("demo"), "--seed", "7", "--answers", "600"],
                              capture_output=True, check=False)
        assert made.returncode == 0, made.stderr
        self.whole = self.city.path("demo/manyi.db")
        os.mkdir(self.city.path("out"))
        os.chmod(self.city.path("out"), 0o777)
        self.program = self.city.path("manyi")
        shutil.copy2(MANYI, self.program)
        with sqlite3.connect(self.whole) as db:
            self.site = db.execute("SELECT code FROM site ORDER BY id LIMIT 1").fetchone()[0]
            db.execute("INSERT OR IGNORE INTO setting VALUES ('city', '瓦房店市')")
        db.close()

    def frozen(self, name, beside=()):
        """A folder without permission to write, and in it the file with what lies beside it."""
        folder = self.city.path(name)
        os.mkdir(folder)
        for end in ("", *beside):
            shutil.copy2(self.whole + end, os.path.join(folder, "manyi.db" + end))
        shutil.copy2(self.city.path("demo/ledger.key.pub"), folder)
        for file in os.listdir(folder):
            os.chmod(os.path.join(folder, file), 0o444)
        os.chmod(folder, 0o555)
        return os.path.join(folder, "manyi.db")

    def ask(self, db, words, nobody=True, as_json=True):
        out = self.city.path("out")
        words = [w.replace("OUT", out).replace("SITE", self.site) for w in words]
        for file in os.listdir(out):
            os.unlink(os.path.join(out, file))
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if nobody and os.getuid() == 0 else {}
        return subprocess.run([self.program, *words] + (["--json"] if as_json else []), capture_output=True, cwd="/", check=False,
                              env={"MANYI_DB": db, "MANYI_LANG": "en", "LC_ALL": "C.UTF-8", "HOME": out, "PATH": os.environ["PATH"]},
                              stdin=subprocess.DEVNULL, timeout=120, **who)

    def close(self):
        subprocess.run(["chmod", "-R", "u+w", self.city.dir], check=False)
        self.city.close()


def every_command_that_reads():
    table = json.loads(subprocess.run([MANYI, "help", "--json"], capture_output=True, check=True).stdout)["commands"]
    for c in table:
        name = " ".join([c["topic"], c["name"]]).strip()
        if c["database"] in ("read", "keep"):
            yield name.split() + ASKED[name]
        elif c["database"] == "wave":
            assert name in WITH_A_FILE, name
    yield ["estimate"] + ASKED["estimate"]


def a_copy_that_cannot_be_written_says_what_the_original_says():
    copy = Copy()
    try:
        frozen = copy.frozen("frozen")
        before = open(frozen, "rb").read()
        n = 0
        for words in every_command_that_reads():
            n += 1
            want, got = copy.ask(copy.whole, words, nobody=False), copy.ask(frozen, words)
            assert want.returncode == 0, f"{words}: {want.returncode} {want.stdout[:300]} {want.stderr[:300]}"
            assert got.returncode == 0, f"{words}: {got.returncode} {got.stdout[:300]} {got.stderr[:300]}"
            if words[0] not in ("nginx-config", "callback", "backup"):     # time, notes, what was kept meanwhile
                assert got.stdout == want.stdout, f"{words}: {got.stdout[:300]} is not {want.stdout[:300]}"
        assert n > 20, n
        same(sorted(os.listdir(os.path.dirname(frozen))), ["ledger.key.pub", "manyi.db"])
        assert open(frozen, "rb").read() == before
        looked = copy.ask(frozen, ["callback", "list"])
        assert "audit" in looked.stderr.decode(), looked.stderr
        for words in (["site", "add", "--name", "x"], ["config", "set", "city", "x"]):
            same(copy.ask(frozen, words).returncode, 3)
    finally:
        copy.close()


def what_is_still_in_the_log_is_not_left_out_in_silence():
    copy = Copy()
    try:
        writer = sqlite3.connect(copy.whole)
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("UPDATE setting SET value = '在日志里' WHERE name = 'city'")
        writer.commit()
        alone = copy.frozen("alone", ("-wal",))
        both = copy.frozen("both", ("-wal", "-shm"))
        for words in every_command_that_reads():
            got = copy.ask(alone, words)
            said = json.loads(got.stdout)["error"]["message"]
            assert got.returncode == 3 and "manyi.db-wal" in said and "copy" in said, f"{words}: {got.returncode} {said}"
        got = copy.ask(both, ["config", "get", "city"])
        assert got.returncode == 3 or json.loads(got.stdout)["value"] == "在日志里", got.stdout
        writer.close()
    finally:
        copy.close()


if __name__ == "__main__":
    run_tests([a_copy_that_cannot_be_written_says_what_the_original_says,
               what_is_still_in_the_log_is_not_left_out_in_silence])
