#!/usr/bin/env python3
"""docs/extending.md as it stands: by default every file and line it names is there; with --apply its steps are taken in a
copy of the tree, which is built and asked for the new things."""
import os
import re
import shutil
import subprocess
import sys

SOURCE = os.path.abspath(os.environ.get("srcdir", "."))
BUILD = os.path.abspath(os.environ.get("builddir", "."))
DOCUMENT = "docs/extending.md"
COPY = os.path.join(BUILD, "extend")
STEP = re.compile(r"(?:In `(?P<path>[^`]+)`,\s(?P<how>after|before|in place of)\s`(?P<line>[^`]+)`|"
                  r"In `(?P<end>[^`]+)`, at the end|[Nn]ew file `(?P<new>[^`]+)`|(?P<see>See it)):$", re.M)


class Step:
    """One block of the document and what is done with it."""

    def __init__(self, chapter, match, block):
        self.chapter, self.block = chapter, block
        self.see = match["see"] is not None
        self.path = match["path"] or match["end"] or match["new"]
        self.how = match["how"] or ("at the end" if match["end"] else "new")
        self.line = match["line"] and " ".join(match["line"].split("\n"))

    def place(self, text):
        """The one line that is meant: where it begins and ends."""
        lines = [m for m in re.finditer(r"[^\n]*\n", text) if self.line in m[0]]
        assert len(lines) == 1, f"{self.path}: {len(lines)} lines have {self.line!r}, {DOCUMENT} means one"
        return lines[0].span()

    def check(self, made):
        if self.see or (self.how == "at the end" and self.path in made):
            return
        path = os.path.join(SOURCE, self.path)
        if self.how == "new":
            assert not os.path.exists(path), f"{self.path}, which is told as new, is there"
            made.add(self.path)
            return
        assert os.path.exists(path), f"{self.path} is not there"
        if self.line:
            self.place(read(path))

    def apply(self, top):
        path = os.path.join(top, self.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = "" if self.how == "new" else read(path)
        if self.how in ("new", "at the end"):
            text += self.block
        else:
            begin, end = self.place(text)
            if self.how == "after":
                begin = end
            elif self.how == "before":
                end = begin
            text = text[:begin] + self.block + text[end:]
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def steps():
    """Every block with an instruction before it; one without is a fault of the document."""
    found, chapter, at = [], "", 0
    text = read(os.path.join(SOURCE, DOCUMENT))
    for block in re.finditer(r"^```\w+\n(.*?)^```\n", text, re.M | re.S):
        before = text[at:block.start()].rstrip("\n")
        at = block.end()
        for title in re.findall(r"^## (.*)$", before, re.M):
            chapter = title
        told = [m for m in STEP.finditer(before) if m.end() == len(before)]
        assert told, f"{DOCUMENT}: nothing says what is done with the block after {before[-70:]!r}"
        found.append(Step(chapter, told[0], block[1]))
    return found


# ---- the copy ----

def built(folder):
    return os.path.exists(os.path.join(folder, "config.status"))


def skip(folder, names):
    """What a copy does without: other builds, the demo city, logs."""
    def without(path):
        return path in (COPY, os.path.join(SOURCE, "demo")) or built(path) or os.path.islink(path)
    return [n for n in names if n in (".git", "autom4te.cache", "screenshots", "__pycache__") or
            n.endswith((".log", ".trs")) or without(os.path.join(folder, n))]


def copy_tree():
    """The sources and what was built of them, at home in their new place: only what changes is compiled again."""
    shutil.rmtree(COPY, ignore_errors=True)
    inside = BUILD == SOURCE
    shutil.copytree(SOURCE, COPY, ignore=skip)
    top = COPY if inside else os.path.join(COPY, "build")
    if not inside:
        shutil.copytree(BUILD, top, ignore=skip, dirs_exist_ok=True)
    for folder, _, names in os.walk(top):
        for name in names:
            if name in ("Makefile", "config.status") or name.endswith(".Po"):
                path = os.path.join(folder, name)
                stat = os.stat(path)
                text = read(path).replace(BUILD, "@NEW@").replace(SOURCE, COPY).replace("@NEW@", top)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text)
                os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return top


def run(command, folder, log):
    env = dict(os.environ, srcdir=COPY, builddir=folder, MANYI_LANG="en", LC_ALL="C.UTF-8",
               MAKEFLAGS=f"-j{os.cpu_count()}")
    done = subprocess.run(["sh", "-e", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    log.write(f"$ {command}\n{done.stdout}")
    assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout[-3000:]}"
    return " ".join(done.stdout.split())


def see(block, folder, log):
    """Commands after $, then what their answer holds."""
    said = ""
    for line in block.splitlines():
        if line.startswith("$ "):
            said = run(line[2:], folder, log)
        else:
            want = " ".join(line.split())
            assert want in said, f"{want!r} is not in {said[-1500:]!r}"


# ---- TAP ----

def report(number, name, work):
    try:
        work()
    except AssertionError as problem:
        for line in str(problem).splitlines():
            print(f"# {line}")
        print(f"not ok {number} - {name}", flush=True)
        return 1
    print(f"ok {number} - {name}", flush=True)
    return 0


def words(text):
    """Functions that are called, types, constants."""
    return set(re.findall(r"\b[a-z]\w*(?=\()|(?<=struct )\w+|(?<=enum )\w+|\b[A-Z]+_[A-Z_]+\b", text))


def sources(*ends):
    for folder, inside, names in os.walk(SOURCE):
        inside[:] = [n for n in inside if n != ".git" and not built(os.path.join(folder, n))]
        for name in names:
            if name.endswith(ends):
                yield read(os.path.join(folder, name))


def check_names(found):
    """What the blocks use is in the sources, or in a block."""
    code = [s for s in found if s.path and s.path.endswith((".c", ".h"))]
    make = "".join(s.block for s in found if s.path and s.path.endswith("mk"))
    new = {n for s in code for n in re.findall(r"^\*?(\w+)\(|^(?:struct|enum) (\w+) \{", s.block, re.M) for n in n}
    new |= {n for s in code if s.path.endswith(".h") for n in words(s.block)}
    known = set().union(*(words(t) for t in sources(".c", ".h")))
    lost = set().union(*(words(s.block) for s in code)) - known - new
    assert not lost, f"{DOCUMENT} names what is nowhere: {sorted(lost)}"
    headers = {h for s in code for h in re.findall(r'#include "([^"]+)"', s.block)} - {s.path for s in found}
    lost = {h for h in headers if not os.path.exists(os.path.join(SOURCE, h))}
    assert not lost, f"{DOCUMENT} includes what is not there: {sorted(lost)}"
    defined = set(re.findall(r"^(\w+) *\+?=", "".join(sources(".mk", ".am")) + make, re.M))
    lost = set(re.findall(r"\$\((\w+)\)", make)) - defined
    assert not lost, f"{DOCUMENT} names what no makefile defines: {sorted(lost)}"


def check_all():
    made, found = set(), steps()
    for step in found:
        step.check(made)
    check_names(found)


def apply_all():
    if shutil.which("automake") is None:
        print("1..0 # SKIP automake is not installed")
        return 0
    found = steps()
    chapters = list(dict.fromkeys(s.chapter for s in found))
    print(f"1..{len(chapters)}", flush=True)
    top = copy_tree()
    failed = 0
    with open(os.path.join(BUILD, "extend.log"), "w", encoding="utf-8") as log:
        for number, chapter in enumerate(chapters, 1):
            failed += report(number, chapter, lambda chapter=chapter: [
                see(s.block, top, log) if s.see else s.apply(COPY) for s in found if s.chapter == chapter])
    if not failed:
        shutil.rmtree(COPY)
    return failed


if __name__ == "__main__":
    if sys.argv[1:] == ["--apply"]:
        sys.exit(1 if apply_all() else 0)
    print("1..1", flush=True)
    sys.exit(report(1, "every file, line and name that docs/extending.md uses is there", check_all))
