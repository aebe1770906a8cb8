"""How many answers a second become durable, what each costs, and beside it what cannot be had cheaper.

One run, one machine, one nginx: a static file, our FastCGI reader that only echoes, Manyi, Manyi with a
commit for each answer, and a bare PHP-FPM page that inserts one row.  Read the ratios.

BENCH_SECONDS (3) for each measurement, BENCH_CLIENTS ("1 8 64 256").
"""
import os
import sys

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "bench"))
from load import SECONDS, load  # noqa: E402
from stack import Stack, cpu_seconds, find, memory_kb  # noqa: E402

CLIENTS = [int(n) for n in os.environ.get("BENCH_CLIENTS", "1 8 64 256").split()]
OURS = ("store", "intake", "desk")
wrong = []


def run(*words, **options):
    """load(), with what went wrong remembered."""
    got = load(*words, **options)
    if got["refused"] or got["broken"]:
        wrong.append("%s at %d clients: %d refused, %d broken" % (words[0], words[1], got["refused"], got["broken"]))
    return got


def stored(stack, kind, clients, count, pids, fresh=False, where=None):
    """Answers handed in: rows are counted and must be those thanked."""
    port, path = where or (stack.port, stack.path)
    before, cpu = count(), cpu_seconds(pids)
    got = run(kind, clients, port, path, stack.body, fresh)
    got["cpu_us"] = (cpu_seconds(pids) - cpu) * 1e6 / max(1, got["posts"])
    rows, thanked = count() - before, got["posts"] - got["refused"]
    if rows != thanked:
        wrong.append("%s %s at %d clients: %d rows, %d thanked" % (stack.name, kind, clients, rows, thanked))
    got["answers"] = rows / SECONDS
    return got


def row(name, clients, got, answers=None):
    print("%-37s %4d %9.0f %9s %8.2f %8.2f %9s" % (
        name, clients, got["rate"], "%.0f" % answers if answers is not None else "-", got["p50"], got["p99"],
        "%.0f" % got["cpu_us"] if "cpu_us" in got else "-"), flush=True)


def measure(stack, single, clients):
    """All setups at so many clients."""
    got = {}
    got["static"] = run("get", clients, stack.extra, "/small.txt")
    row("nginx, a file of 1 KB", clients, got["static"])
    got["echo"] = run("post", clients, stack.extra, "/echo", stack.body)
    row("nginx and our reader: echo", clients, got["echo"])
    got["bare"] = stored(stack, "post", clients, lambda: stack.beside("bare"), stack.pids("bare"),
                         where=(stack.extra, "/bare"))
    row("our reader, one bare row, one process", clients, got["bare"], got["bare"]["answers"])
    got["post"] = stored(stack, "post", clients, stack.rows, stack.pids("store", "intake"))
    row("Manyi, answers", clients, got["post"], got["post"]["answers"])
    got["single"] = stored(single, "post", clients, single.rows, single.pids("store", "intake"))
    row("Manyi, a commit for each", clients, got["single"], got["single"]["answers"])
    if stack.php:
        got["php"] = stored(stack, "post", clients, lambda: stack.beside("php"), [], where=(stack.extra, "/php"))
        row("PHP-FPM, one row", clients, got["php"], got["php"]["answers"])
    got["pages"] = run("pages", clients, stack.extra, "/page.html", fresh=True)
    row("fresh: nginx, the form as a file", clients, got["pages"])
    got["visit"] = stored(stack, "visit", clients, stack.rows, stack.pids("store", "intake"), fresh=True)
    row("fresh: Manyi, whole visits", clients, got["visit"], got["visit"]["answers"])
    got["memory"] = memory_kb(stack.pids(*OURS))
    print("%-37s %4d %9.1f MB resident, %.1f MB proportional" % (
        "memory of store, intake and desk", clients, got["memory"][0] / 1024, got["memory"][1] / 1024), flush=True)
    return got


def judge(name, value, aim, holds):
    print("%-58s %8.2f   aim %-8s %s" % (name, value, aim, "met" if holds else "NOT MET"))


def ratios(all_got):
    at = all_got.get(64) or all_got[max(all_got)]
    most = all_got[max(all_got)]
    answers = at["post"]["answers"]
    print("\nat 64 clients" if 64 in all_got else "\nat %d clients" % max(all_got))
    r = answers / at["static"]["rate"]
    judge("durable answers / static files", r, ">= 0.45", r >= 0.45)
    r = answers / at["echo"]["rate"]
    judge("durable answers / echo of our reader", r, ">= 0.6", r >= 0.6)
    r = answers / max(1, at["bare"]["answers"])
    print("%-58s %8.2f" % ("durable answers / bare rows of one process", r))
    for name, rate in (("static files", at["static"]["rate"]), ("echo of our reader", at["echo"]["rate"])):
        print("%-58s %8.2f" % ("bare rows of one process / " + name, at["bare"]["answers"] / rate))
    if "php" in at:
        r = answers / max(1, at["php"]["answers"])
        judge("durable answers / a PHP page's rows", r, ">= 10", r >= 10)
    r = at["visit"]["rate"] / at["pages"]["rate"]
    judge("requests of whole visits / the same bytes as files", r, ">= 0.45", r >= 0.45)
    r = answers / max(1, at["single"]["answers"])
    print("%-58s %8.2f" % ("group commit / a commit for each", r))
    judge("p99 of an answer, ms", at["post"]["p99"], "< 20", at["post"]["p99"] < 20)
    judge("p99 in whole visits, ms", at["visit"]["p99"], "< 20", at["visit"]["p99"] < 20)
    mb = most["memory"][0] / 1024
    judge("resident MB of all processes at %d clients" % max(all_got), mb, "< 64", mb < 64)


def main():
    missing = [p for p in ("wrk", "nginx", "curl") if find(p) is None]
    if missing:
        raise SystemExit("needed: " + " ".join(missing) + " (build-aux/install-packages run bench)")
    php = find("php-fpm", "/usr/sbin/php-fpm*") is not None
    if not php:
        print("php-fpm is not installed (build-aux/install-packages bench): no comparison with it")
    print("%-37s %4s %9s %9s %8s %8s %9s" % (
        "", "at", "requests", "answers", "p50 ms", "p99 ms", "cpu us"))
    print("%-37s %4s %9s %9s %8s %8s %9s" % ("", "once", "a second", "a second", "", "", "an answer"))
    with Stack("group commit", bare=True, php=php) as stack, Stack("single", batch=1) as single:
        got = {n: measure(stack, single, n) for n in CLIENTS}
    ratios(got)
    for line in wrong:
        print("WRONG: " + line)
    sys.exit(1 if wrong else 0)


main()
