"""The statistics beside R's survey, task by task, in one run on the same data.

Each task is a process of its own: wall clock and processor time of the reading and of the work, measured inside; peak
memory from the kernel.  R is given BENCH_LIMIT seconds (120) and, where it does not finish, the same task on
BENCH_SMALL rows (20000) for both.  BENCH_ROWS (1000000) sets the size, BENCH_SEED the data.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(HERE)
BENCH = os.path.join(os.environ.get("builddir", "."), "bench", "bench_stats")
FOLDER = os.path.join(os.environ.get("builddir", "."), "bench", "stats-data")
ROWS = int(os.environ.get("BENCH_ROWS", 1000000))
SMALL = int(os.environ.get("BENCH_SMALL", 20000))
LIMIT = float(os.environ.get("BENCH_LIMIT", 120))
SEED = os.environ.get("BENCH_SEED", "1")
DRAWS = os.environ.get("BENCH_DRAWS", "20000")
REPLICATES = os.environ.get("BENCH_REPLICATES", "1000")


def r_version():
    if shutil.which("Rscript") is None:
        return None
    said = subprocess.run(["Rscript", "-e", 'cat(R.version$version.string, "survey", format(packageVersion("survey")))'],
                          capture_output=True, text=True)
    return said.stdout.strip() if said.returncode == 0 else None


def run(command, limit=None):
    """What a task said, with its peak memory; {"failed": why} where it did not finish."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    late = []
    timer = threading.Timer(limit, lambda: (late.append(1), child.send_signal(signal.SIGKILL))) if limit else None
    if timer:
        timer.start()
    said = child.stdout.read()
    complaint = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if timer:
        timer.cancel()
    result = {"peak_mb": used.ru_maxrss / 1024}
    for line in said.splitlines():
        part = json.loads(line.replace("nan", "NaN").replace(": NA", ": NaN"))
        part.pop("peak_mb", None)
        result.update(part)
    if late:
        result["failed"] = f"not finished after {limit:.0f} s"
    elif child.returncode != 0:
        wrong = [line for line in complaint.splitlines() if line.startswith("Error")] or complaint.splitlines()
        result["failed"] = (wrong or [f"ended with {child.returncode}"])[0][:60]
    return result


def data(rows):
    path = os.path.join(FOLDER, f"people-{rows}.csv")
    if not os.path.exists(path):
        subprocess.run([BENCH, "make", path, str(rows), SEED], check=True)
    return path


def answers(rows):
    mobi = os.path.join(SOURCE, "tests", "reference", "pls", "mobi.csv")
    path = os.path.join(FOLDER, f"mobi-{rows}.csv")
    if rows == 250:
        return mobi
    if not os.path.exists(path):
        subprocess.run([BENCH, "make_model", mobi, path, str(rows), SEED], check=True)
    return path


def pair(times):
    return "" if times is None else f"{times[0]:.3f} / {times[1]:.3f}"


def print_row(who, result, note=""):
    failed = result.get("failed")
    print(f"  {who:<22}{pair(result.get('read')):>18}{failed or pair(result.get('work')):>26}"
          f"{result['peak_mb']:>9.0f} MB  {note}", flush=True)


def ratio(theirs, ours, index=1):
    return theirs["work"][index] / max(ours["work"][index], 1e-4)


def compare(ours, theirs):
    note = f"R takes {ratio(theirs, ours):.1f} times our processor time"
    if ours["value"] == ours["value"] and theirs["value"] == theirs["value"] and theirs["value"] != 0:
        note += f"; value agrees to {abs(ours['value'] / theirs['value'] - 1):.1e}"
    if ours.get("se", float("nan")) == ours.get("se") and theirs.get("se") == theirs.get("se"):
        note += f", se to {abs(ours['se'] / theirs['se'] - 1):.1e}"
    return note


def task(title, name, r_names, make, rows, r, bare=None):
    """make(rows): what follows the task's name on the command line."""
    print(f"\n{title}, {rows} rows" if rows else f"\n{title}")
    print(f"  {'':<22}{'read wall / cpu s':>18}{'work wall / cpu s':>26}{'peak':>12}")
    base = run([BENCH, bare] + make(rows)) if bare else None
    if base:
        print_row("bare loop that sums", base)
    ours = run([BENCH, name] + make(rows))
    note = f"{ratio(ours, base):.1f} times the bare loop's processor time" if base and "work" in ours else ""
    print_row("manyi", ours, note)
    for r_name in r_names if r else []:
        theirs = run(["Rscript", os.path.join(HERE, "stats.R"), r_name] + make(rows), LIMIT)
        print_row(f"R {r_name}", theirs, compare(ours, theirs) if "work" in theirs and "work" in ours else "")
        if "failed" in theirs and rows and rows > SMALL:
            small = run([BENCH, name] + make(SMALL))
            theirs = run(["Rscript", os.path.join(HERE, "stats.R"), r_name] + make(SMALL), LIMIT)
            print_row(f"manyi, {SMALL} rows", small)
            print_row(f"R, {SMALL} rows", theirs, compare(small, theirs) if "work" in theirs else "")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    r = r_version()
    print(f"R: {r}" if r else "R with the package survey (r-cran-survey) is not installed: no columns of R")
    print("wall / processor seconds; processor time means something on a busy machine too")
    people = lambda rows: [data(rows)]
    small = min(ROWS, 100000)
    task("Means of 20 items", "means", ["means"], people, ROWS, r, "bare")
    task("Means of 20 items in 50 domains", "domains", ["domains"], people, ROWS, r, "bare")
    task("Raked to 3 margins: means of 20 items", "raked", ["raked", "raked_rake"], people, ROWS, r, "bare")
    task("Raked to 3 margins: 20 items in 50 domains", "raked_domains", ["raked_domains"], people, ROWS, r, "bare")
    task("500 replicate weights, 20 items", "replicates", ["replicates"], people, small, r, "bare_replicates")
    print("\nR below: plain R of the same algorithm, since Debian has no package for it")
    task(f"PLS path model, {REPLICATES} bootstraps", "pls", ["pls"], lambda rows: [answers(rows), REPLICATES], 250, r)
    task(f"PLS path model, {REPLICATES} bootstraps", "pls", ["pls"], lambda rows: [answers(rows), REPLICATES], small, r)
    task(f"Ranks of 300 cities, {DRAWS} draws", "ranks", ["ranks"], lambda rows: ["300", DRAWS], None, r)
    shutil.rmtree(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
