"""One run of wrk, the load generator, with bench/visit.lua."""
import json
import os
import subprocess
import time

from stack import SRC, find

SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))


def load(kind, clients, port, path, body="", fresh=False):
    """Its own account of a run, with "rate", requests a second.  fresh: a connection for every request."""
    words = [find("wrk"), "-t", str(min(2, clients)), "-c", str(clients), "-d", "%ds" % (SECONDS + 2),
             "--timeout", "30s", "-s", os.path.join(SRC, "bench", "visit.lua")]
    words += ["-H", "Connection: close"] if fresh else []
    words += ["http://127.0.0.1:%d" % port, "--", kind, str(SECONDS), path, body, "%x" % time.time_ns()]
    out = subprocess.run(words, capture_output=True, text=True)
    line = next((w for w in out.stdout.splitlines() if w.startswith("bench ")), None)
    if line is None:
        raise SystemExit("wrk: " + out.stdout + out.stderr)
    got = json.loads(line[6:])
    got["rate"] = got["requests"] / SECONDS
    return got
