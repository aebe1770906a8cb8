#!/usr/bin/env python3
"""libmanyi-stats as a stranger meets it: installed, found by pkg-config, linked, compared with the program."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from cli_case import MANYI, SOURCE, contains, run_tests, same

BUILD = os.path.abspath(os.environ.get("builddir", "."))
EXAMPLE = os.path.join(SOURCE, "docs/examples/satisfaction.c")


def sh(*args, env=None, cwd=None, code=0):
    full = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "DESTDIR")}
    full.update(env or {})
    done = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=full, cwd=cwd, timeout=300,
                          check=False)
    assert done.returncode == code, f"{args}: {done.returncode}\n{done.stdout.decode()}"
    return done.stdout.decode()


class Installed:
    """The library installed once under a temporary root."""
    dir = None

    @classmethod
    def get(cls):
        if cls.dir is None:
            cls.dir = tempfile.mkdtemp(prefix="manyi-library-")
            sh("make", "-s", "-C", BUILD, "install-library", f"DESTDIR={cls.dir}")
        return cls.dir

    @classmethod
    def find(cls, name):
        for root, _, files in os.walk(cls.get()):
            if name in files:
                return os.path.join(root, name)
        raise AssertionError(f"{name} is not installed")

    @classmethod
    def flags(cls, *args):
        env = {"PKG_CONFIG_PATH": os.path.dirname(cls.find("manyi-stats.pc")), "PKG_CONFIG_SYSROOT_DIR": cls.get(),
               "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1", "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1"}
        return sh("pkg-config", *args, "manyi-stats", env=env).split()


def build(out, *flags, compiler="cc", source=EXAMPLE):
    path = os.path.join(Installed.get(), out)
    sh(compiler, "-Wall", "-Wextra", "-Werror", "-o", path, source, *flags)
    return path


def run(path):
    return sh(path, env={"LD_LIBRARY_PATH": os.path.dirname(Installed.find("libmanyi-stats.so.0.1.0"))})


def a_program_builds_with_what_pkg_config_says_and_runs():
    path = build("shared", *Installed.flags("--cflags", "--libs"))
    contains(sh("readelf", "-d", path), "[libmanyi-stats.so.0]")
    same(len(run(path).splitlines()), 5)


def the_static_library_gives_the_same_numbers():
    shared = run(build("shared", *Installed.flags("--cflags", "--libs")))
    flags = Installed.flags("--cflags", "--libs", "--static")
    path = build("static", *[f if f != "-lmanyi-stats" else "-l:libmanyi-stats.a" for f in flags])
    assert "libmanyi-stats" not in sh("readelf", "-d", path)
    same(run(path), shared)


def rows_of_the_example():
    """The example's data by its own rule, written a second time."""
    name = ["a1", "a2", "a3", "a4", "a5", "a6", "b1", "b2", "b3", "b4", "b5", "b6"]
    for i in range(48):
        answer = 5 + (i * 7 + i // 5) % 6 - (i % 11 == 3) + (i >= 24)
        town = i // 2 % 12 < 6
        yield ["" if i == 17 else answer, name[i // 2 % 12], "town" if town else "village", 100 if town else 60,
               "m" if i % 3 == 0 else "f", "2023" if i < 24 else "2024"]


def its_numbers_are_those_of_the_program():
    folder = Installed.get()
    with open(os.path.join(folder, "x.csv"), "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["y", "c", "h", "w", "sex", "year"])
        out.writerows(rows_of_the_example())
    plan = {"data": "x.csv", "design": {"cluster": ["c"], "strata": ["h"], "weight": "w"},
            "calibrate": {"method": "rake", "margins": {"sex": {"f": 2100, "m": 1900}}},
            "requests": [{"op": "share", "of": "y", "is": [9, 10], "interval": "logit"},
                         {"op": "index", "of": {"y": 1}, "scale": [1, 10], "interval": "logit"},
                         {"op": "index", "of": {"y": 1}, "scale": [1, 10], "by": ["year"], "df": "design"},
                         {"op": "difference", "of": "y", "over": "year"}]}
    with open(os.path.join(folder, "plan.json"), "w", encoding="utf-8") as f:
        json.dump(plan, f)
    said = json.loads(sh(MANYI, "analyse", os.path.join(folder, "plan.json"), "--json"))
    want = [r for result in said["results"] for r in result["rows"]]
    got = [line.split() for line in run(build("shared", *Installed.flags("--cflags", "--libs"))).splitlines()]
    same([g[0] for g in got], ["share", "index", "2023", "2024", "change"])
    for g, w, unit in zip(got, want, [1, 1, 1, 1, 100 / 9]):
        for x, key in zip(g[1:6], ["estimate", "se", "low", "high", "df"]):
            y = w[key] * (unit if key != "df" else 1)
            assert abs(float(x) - y) <= 1e-8 * abs(y), (g, w, key)


def only_what_the_header_declares_is_exported():
    with open(Installed.find("manyi-stats.h"), encoding="utf-8") as f:
        header = f.read()
    declared = set(re.findall(r"MANYI_API [^;(]*?(manyi_\w+)\(", header))
    assert len(declared) > 20, declared
    shared = sh("nm", "-D", "--defined-only", Installed.find("libmanyi-stats.so.0.1.0"))
    same({line.split()[2] for line in shared.splitlines()}, declared)
    static = sh("nm", "-g", "--defined-only", Installed.find("libmanyi-stats.a"))
    same({line.split()[2] for line in static.splitlines() if len(line.split()) == 3}, declared)


def the_header_is_plain_c99_and_cplusplus():
    path = os.path.join(Installed.get(), "t.c")
    with open(path, "w", encoding="utf-8") as f:
        f.write("#include <manyi-stats.h>\nint main(void) { manyi_init(); return manyi_version()[0] == 0; }\n")
    include = Installed.flags("--cflags")
    for compiler, *flags in (("cc", "-std=c99"), ("cc", "-std=c11"), ("g++", "-x", "c++", "-std=c++11"),
                             ("g++", "-x", "c++", "-std=c++17")):
        sh(compiler, *flags, "-Wall", "-Wextra", "-Werror", "-Wpedantic", "-c", "-o", "/dev/null", path, *include)
    out = os.path.join(Installed.get(), "cpp")
    sh("g++", "-x", "c++", path, "-x", "none", "-o", out, *Installed.flags("--cflags", "--libs"))
    run(out)


TRIES = r"""
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <manyi-stats.h>

int err_set(void) { return 7; }		/* a name of the library's inside: the program's own must win */

static void
said(const char *what, int rc, const struct manyi_error *e)
{
	printf("%s %d %s %d\n", what, rc, manyi_fault_word(rc), rc == 0 || (e->fault == rc && strlen(e->text) > 10));
}

int
main(void)
{
	static const double y[] = { 1, 2, 3, 4 }, bad[] = { 1, -1, 1, 1 }, one[] = { 3 }, score[] = { 3, 2, 1 };
	static const double se[] = { 0.1, 0.1, 0.1 }, p[] = { 0.01, 0.04 }, x[] = { 1, 1, 1, 1, 1 };
	static const double direct[] = { 1, 2, 3, 4, 9 }, variance[] = { 1, 1, 1, 1, 1 };
	static const char *const lonely[] = { "a", "a", "b", "b" }, *const cluster[] = { "1", "2", "3", "3" };
	struct manyi_design d;
	struct manyi_sample *s = NULL;
	struct manyi_table *t = NULL;
	struct manyi_item item = { "y", y, MANYI_PLAIN, 0, 0, NULL, 0 };
	struct manyi_ask ask;
	struct manyi_error e;
	struct manyi_rank rank[3];
	struct manyi_area area[5];
	struct manyi_estimate rate = manyi_rate(0, 10, 0.95), from = { 1, 1, 0, 0, 0.95, 10, 10, 10, 10, 1 }, to = from;
	struct manyi_alpha alpha;
	const double *items[] = { y, y };
	double between;

	manyi_init();
	if (manyi_language("xx") != -1 || manyi_language("en") != 0 || err_set() != 7)
		return 1;
	memset(&d, 0, sizeof(d));
	said("no rows", manyi_sample_open(&s, &d, &e), &e);
	d.n = 4;
	d.weight = bad;
	said("weight", manyi_sample_open(&s, &d, &e), &e);
	d.weight = NULL;
	d.stages = 1;
	d.cluster[0] = cluster;
	d.stratum[0] = lonely;
	said("lonely open", manyi_sample_open(&s, &d, &e), &e);
	memset(&ask, 0, sizeof(ask));
	said("nothing", manyi_sample_estimate(&t, s, &ask, &e), &e);
	ask.of = &item;
	ask.ofs = 1;
	said("lonely", manyi_sample_estimate(&t, s, &ask, &e), &e);
	if (t != NULL)
		printf("row %d\n", manyi_table_row(t, 0).no_interval);
	said("without error", manyi_sample_open(&s, (memset(&d, 0, sizeof(d)), &d), NULL), &e);
	manyi_table_free(t);
	manyi_sample_free(s);
	manyi_sample_free(NULL);
	manyi_table_free(NULL);
	said("ranks", manyi_rank_sets(rank, score, se, 3, NULL, &e), &e);
	printf("%d %d\n", (int)rank[0].low, (int)rank[2].high);
	said("areas", manyi_area_fit(area, &between, NULL, direct, variance, 5, x, 1, &e), &e);
	printf("%.4f %.4f\n", between, area[4].gamma);
	said("alpha", manyi_alpha_of(&alpha, items, 2, NULL, 4, 1, &e), &e);
	printf("%.3f\n", alpha.alpha);
	said("alpha of one", manyi_alpha_of(&alpha, items, 2, NULL, 1, 1, &e), &e);
	to.value = 4;
	printf("%.4f %.4f %.4f %.4f\n", rate.high, manyi_every_step(p, 2), manyi_step_between(&from, &to, 0, 0.95).p_up,
	    manyi_rate_compare(10, 1, 20, 1, 0.95).ratio);
	(void)one;
	return 0;
}
"""


def what_goes_wrong_is_named_and_the_rest_works():
    path = os.path.join(Installed.get(), "tries.c")
    with open(path, "w", encoding="utf-8") as f:
        f.write(TRIES)
    for how in ("shared", "static"):
        flags = Installed.flags("--cflags", "--libs", *(["--static"] if how == "static" else []))
        if how == "static":
            flags = [f if f != "-lmanyi-stats" else "-l:libmanyi-stats.a" for f in flags]
        text = run(build("tries-" + how, "-Wno-missing-prototypes", *flags, "-lm", source=path))
        lines = text.splitlines()
        same(lines[0], "no rows -1 input 1")
        same(lines[1], "weight -8 weight 1")
        same(lines[2], "lonely open 0  1")
        same(lines[3], "nothing -1 input 1")
        same(lines[4:6], ["lonely 0  1", "row -2"])
        contains(text, "ranks 0  1\n1 3\n")
        # Hand algebra: without covariates refvar = sample variance (9.7) less 1, gamma = 8.7 / 9.7.
        contains(text, "areas 0  1\n8.7000 0.8969\n")
        contains(text, "alpha 0  1\n1.000\n")
        contains(text, "alpha of one -15 too_few 1")
        # Garwood of 0 in 10: -log(0.025) / 10; t = 3 / sqrt 2 on 20 df.
        contains(text, "0.3689 0.0400 0.0233 2.0000")


def it_goes_as_it_came():
    root = tempfile.mkdtemp(prefix="manyi-library-")
    try:
        sh("make", "-s", "-C", BUILD, "install-library", f"DESTDIR={root}")
        sh("make", "-s", "-C", BUILD, "uninstall-library", f"DESTDIR={root}")
        left = [f for _, _, files in os.walk(root) for f in files]
        same(left, [])
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    if not os.path.exists(os.path.join(BUILD, "libmanyi-stats.a")):
        print("1..0 # SKIP the library is not built with sanitizers")
        sys.exit(0)
    try:
        run_tests([a_program_builds_with_what_pkg_config_says_and_runs, the_static_library_gives_the_same_numbers,
                   its_numbers_are_those_of_the_program, only_what_the_header_declares_is_exported,
                   the_header_is_plain_c99_and_cplusplus, what_goes_wrong_is_named_and_the_rest_works,
                   it_goes_as_it_came])
    finally:
        if Installed.dir:
            shutil.rmtree(Installed.dir, ignore_errors=True)
