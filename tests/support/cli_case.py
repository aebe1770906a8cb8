"""What the tests of the command line share: the program, a city in a temporary directory, TAP."""
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

MANYI = os.path.abspath(os.environ.get("MANYI", "./manyi"))
SOURCE = os.path.abspath(os.environ.get("srcdir", "."))


class Answer:
    """What one run said."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode("utf-8", "replace")

    @property
    def text(self):
        return self.out.decode("utf-8")

    @property
    def json(self):
        """The one JSON document; anything after it is an error."""
        return json.loads(self.text)


def manyi(*args, db=None, lang="en", stdin=b"", limit=None, stdout=subprocess.PIPE, env=None):
    """Run the program; limit: the largest file it may write, in bytes."""
    full = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "MANYI_LANG": lang,
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
            # What fontconfig keeps for the life of a process is not ours to free.
            "LSAN_OPTIONS": f"print_suppressions=0:suppressions={SOURCE}/tests/data/lsan.supp"}
    if db is not None:
        full["MANYI_DB"] = db
    full.update(env or {})

    def lower():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return Answer(subprocess.run([MANYI, *args], env=full, input=stdin, stdout=stdout,
                                 stderr=subprocess.PIPE, preexec_fn=lower, timeout=300))


class Skip(Exception):
    """This machine lacks what a test needs; says what."""


class City:
    """A database of its own that goes away at the end."""

    def __init__(self, make=True):
        self.dir = tempfile.mkdtemp(prefix="manyi-test-")
        self.db = self.path("manyi.db")
        if make:
            answer = self.run("init", "--json")
            assert answer.code == 0, answer.text

    def path(self, name):
        return os.path.join(self.dir, name)

    def run(self, *args, **kw):
        return manyi(*args, db=self.db, **kw)

    def ok(self, *args, **kw):
        """A run that must succeed; returns its JSON."""
        answer = self.run(*args, "--json", **kw)
        assert answer.code == 0, f"{args}: {answer.code} {answer.text} {answer.err}"
        return answer.json

    def write(self, name, text, encoding="utf-8"):
        with open(self.path(name), "w", encoding=encoding, newline="") as f:
            f.write(text)
        return self.path(name)

    def names(self):
        return sorted(os.listdir(self.dir))

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def run_tests(tests):
    """Each test is a function whose name is a sentence; it may take a fresh City."""
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__
        city = City() if test.__code__.co_argcount else None
        try:
            test(*([city] if city else []))
            print(f"ok {number} - {name}", flush=True)
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}", flush=True)
        except Exception as problem:  # pylint: disable=broad-except
            failed += 1
            line = sys.exc_info()[2]
            while line.tb_next and line.tb_next.tb_frame.f_code.co_filename == test.__code__.co_filename:
                line = line.tb_next
            kind = type(problem).__name__
            for text in f"line {line.tb_lineno}: {kind}: {problem}".splitlines():
                print(f"# {text}")
            print(f"not ok {number} - {name}", flush=True)
        finally:
            if city:
                city.close()
    sys.exit(1 if failed else 0)


def same(got, want):
    assert got == want, f"got {got!r}, want {want!r}"


def contains(text, part):
    assert part in text, f"{part!r} is not in {text!r}"
