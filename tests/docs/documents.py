#!/usr/bin/env python3
"""The documents name what is there: files, links, commands, options, make's targets, types; both READMEs say the same, and their
tour runs as printed."""
import glob
import os
import re
import subprocess

from cli_case import MANYI, SOURCE, City, contains, manyi, run_tests, same

BUILD = os.environ.get("builddir", ".")
TOPS = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md")
READMES = TOPS[:2]


def read(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as f:
        return f.read()


def documents():
    """All but the record of what was: CHANGELOG.md."""
    return list(TOPS) + sorted(os.path.relpath(p, SOURCE) for p in
                               glob.glob(os.path.join(SOURCE, "docs/**/*.md"), recursive=True))


def ours(name):
    return os.path.exists(os.path.join(SOURCE, name))


# ---- files and links ----

def prose(name):
    """A document without the blocks of docs/extending.md, whose files are still to be written."""
    return re.sub(r"(?:[Nn]ew file `[^`]+`:\n)?\n```\w+\n.*?^```\n", "\n", read(name), flags=re.M | re.S)


def there(path):
    """In the sources or among what is built of them; a program by its source; FOLDER and X stand for any word."""
    shapes = [path, re.sub(r"\b[A-Z]+\b", "*", path), path + ".c"]
    return any(glob.glob(os.path.join(SOURCE, s)) or glob.glob(os.path.join(BUILD, s)) for s in shapes)


def every_path_is_there():
    """A word with a slash whose first part is a folder here is a path; * and a brace stand for what they do in a shell."""
    new = set(re.findall(r"[Nn]ew file `([^`]+)`", read("docs/extending.md")))
    folders = {n for n in os.listdir(SOURCE) if os.path.isdir(os.path.join(SOURCE, n)) and n not in ("build", "demo")}
    missing = []
    for name in documents():
        for path in re.findall(r"(?<![\w/.<:@-])((?:[a-z][\w-]*)/(?:[\w./*{},+-]|\[ch\])*)", prose(name)):
            path = path.rstrip(".,")
            if path.split("/")[0] not in folders or path in new:
                continue
            shapes = [path.replace(whole, one) for whole, many in re.findall(r"(\{([^}]*)\})", path)
                      for one in many.split(",")] or [path]
            missing += [f"{name}: {shape}" for shape in shapes if not there(shape)]
    assert not missing, "\n".join(missing)


def anchors(text):
    return {re.sub(r"[^\w\u4e00-\u9fff -]", "", title.lower()).strip().replace(" ", "-")
            for title in re.findall(r"^#+ (.*)$", text, re.M)}


def every_link_leads_somewhere():
    broken = []
    for name in documents():
        for link in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", read(name)):
            link = link[0] or link[1]
            if re.match(r"https?:", link):
                continue
            path, _, anchor = link.partition("#")
            path = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            if not ours(path) or (anchor and anchor not in anchors(read(path))):
                broken.append(f"{name}: {link}")
    assert not broken, "\n".join(broken)


# ---- commands ----

def commands():
    return set(manyi("help", "--words").text.split())


def every_command_and_option_is_there():
    known, helps, wrong = commands(), {}, []
    for name in documents():
        for spoken in re.findall(r"(?<![\w/.])(?<!-u )manyi ((?:[a-z][a-z-]*)(?:[^`\n#|]*))", prose(name)):
            words = re.findall(r"--[a-z][a-z-]*|[^\s]+", spoken)
            if words[0] not in known:
                if re.search(rf"`(?:[^`]* )?manyi {re.escape(words[0])}|^    manyi {re.escape(words[0])}", prose(name), re.M):
                    wrong.append(f"{name}: manyi {words[0]}")
                continue
            if words[0] not in helps:
                helps[words[0]] = manyi(words[0], "--help").text
            for option in (w for w in words if w.startswith("--")):
                if option not in helps[words[0]] and option not in ("--json", "--db", "--help"):
                    wrong.append(f"{name}: manyi {words[0]} {option}")
    assert not wrong, "\n".join(wrong)


def every_target_of_make_is_there():
    makefile = os.path.join(BUILD, "Makefile")
    with open(makefile, encoding="utf-8") as f:
        targets = set(re.findall(r"^([\w./-]+):", f.read(), re.M))
    wrong = []
    for name in documents():
        for line in re.findall(r"(?:^    (?:[^#\n]*(?:&& |sudo ))?|`(?:sudo )?)make ([^`\n#;&(（]*)", prose(name), re.M):
            words = re.sub(r"-C \S+|-\w+\b|\w+=(?:\"[^\"]*\"|'[^']*'|\S*)", "", line).split()
            for word in words:
                if re.fullmatch(r"[a-z][a-z-]*", word) and word not in targets:
                    wrong.append(f"{name}: make {word}")
    assert not wrong, "\n".join(wrong)


# ---- both READMEs ----

def typed(name):
    """What a reader is told to type, without the remarks."""
    return [re.sub(r"\s+#.*$", "", line).strip() for line in re.findall(r"^    (.*)$", read(name), re.M)]


def both_readmes_say_the_same():
    one, other = (read(n) for n in READMES)
    same(typed(READMES[0]), typed(READMES[1]))
    same(typed(READMES[0])[:2], ["./run", "./check"])
    for command in ("run", "check"):
        assert os.access(os.path.join(SOURCE, command), os.X_OK) or not ours("Makefile.am"), command
    for what in (r"docs/[\w./-]+", r"`(manyi [a-z]+)", r"<img src=\"([^\"]+)\"", r"(?<![\d,])\d\d,\d{3}(?!,?\d)|\d+\.\d+"):
        same(sorted(set(re.findall(what, other))), sorted(set(re.findall(what, one))))
    same(len(re.findall(r"^## ", one, re.M)), len(re.findall(r"^## ", other, re.M)))


def tour(name):
    """The longest of its blocks."""
    blocks = re.findall(r"(?:^    .*\n)+", read(name), re.M)
    return [line.strip() for line in max(blocks, key=len).splitlines()]


def runs_as_printed(name, lang, said):
    lines, city = tour(name), City(make=False)
    try:
        os.symlink(os.path.join(SOURCE, "docs"), city.path("docs"))
        os.symlink(os.path.dirname(MANYI), city.path("build"))
        same(lines[-1].split()[:2], ["manyi", "serve"])     # which would not end; its tests are elsewhere
        done = subprocess.run(["sh", "-eux", "-c", "\n".join(lines[:-1])], cwd=city.dir, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, env=dict(os.environ, MANYI_LANG=lang), check=False)
        assert done.returncode == 0, done.stdout
        for part in said:
            contains(done.stdout, part)
        assert "note:" not in done.stdout and "注意" not in done.stdout, done.stdout    # every poster leads to an open survey
        assert os.listdir(city.path("posters"))
    finally:
        city.close()


def the_tour_runs_as_printed():
    runs_as_printed("README.md", "en", ["240 rows read, 240 stored", "City quality index"])


def the_tour_runs_as_printed_in_chinese():
    runs_as_printed("README.zh-CN.md", "zh", ["240"])


# ---- words ----

def headers():
    """Headers that another folder includes: what they declare is what folders say to each other."""
    seen = {}
    for path in glob.glob(os.path.join(SOURCE, "*/**/*.[ch]"), recursive=True):
        here = os.path.relpath(path, SOURCE)
        if here.split("/")[0] in ("tests", "bench", "fuzz", "docs", "build"):
            continue
        for header in re.findall(r'^#include "([^"]+)"', read(here), re.M):
            if header.split("/")[0] != here.split("/")[0]:
                seen[header] = here
    return sorted(h for h in seen if ours(h))


def every_public_type_has_a_word():
    text = read("docs/glossary.md")
    told = set(re.findall(r"`(?:struct|enum) ([a-z_0-9]+)`", text))
    public = {t: h for h in headers() for t in re.findall(r"^(?:struct|enum) ([a-z_0-9]+)(?: \{|;)", read(h), re.M)}
    everywhere = {t for p in glob.glob(os.path.join(SOURCE, "*/**/*.h"), recursive=True)
                  for t in re.findall(r"^(?:struct|enum) ([a-z_0-9]+)(?: \{|;)", read(os.path.relpath(p, SOURCE)), re.M)}
    missing = sorted(f"{public[t]}: {t}" for t in public if t not in told)
    gone = sorted(told - everywhere)
    assert not missing and not gone, "docs/glossary.md lacks\n" + "\n".join(missing) + "\nand has, which is nowhere\n" + "\n".join(gone)


def every_decision_is_listed():
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", read("docs/decisions/README.md")))
    same(sorted(listed), sorted(n for n in os.listdir(os.path.join(SOURCE, "docs/decisions")) if n != "README.md"))
    for name in listed:
        for part in ("Context", "Decision", "cost", "How to undo", "Measured"):
            assert re.search(rf"\*\*[^*]*{part}[^*]*\.\*\*", read("docs/decisions/" + name)), f"{name} lacks {part}"


def no_change_is_told_under_two_heads():
    """Until the first release the change log goes by whom it concerns; a merge may not bring back what it was before."""
    unreleased = read("CHANGELOG.md").split("## [Unreleased]")[1].split("\n## ")[0]
    heads = re.findall(r"^### (.*)$", unreleased, re.M)
    assert len(heads) == len(set(heads)), heads
    assert not {"Added", "Changed", "Fixed"} & set(heads), heads


if __name__ == "__main__":
    run_tests([every_path_is_there, every_link_leads_somewhere, every_command_and_option_is_there,
               every_target_of_make_is_there, both_readmes_say_the_same, the_tour_runs_as_printed,
               the_tour_runs_as_printed_in_chinese, every_public_type_has_a_word, every_decision_is_listed,
               no_change_is_told_under_two_heads])
