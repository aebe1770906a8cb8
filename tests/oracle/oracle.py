"""Reference answers held leaf by leaf: what was compared, and what was not and why."""
import fnmatch
import json
import os

from cli_case import SOURCE, manyi

REFERENCE = os.path.join(SOURCE, "tests", "reference")
CLOSED, ITERATED = 1e-9, 1e-7


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{path}/{key}")
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from leaves(part, f"{path}/{i}")
    else:
        yield path


def undefined(value):
    return value is None or value in ("NaN", "Inf", "-Inf")


class Oracle:
    """One file: every leaf of it must be compared or excused."""

    def __init__(self, folder, name):
        self.name = f"{folder}/{name}"
        with open(os.path.join(REFERENCE, folder, name), encoding="utf-8") as f:
            self.whole = json.load(f)
        self.left = set(leaves(self.whole))

    def at(self, path):
        value = self.whole
        for part in path.strip("/").split("/"):
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    def has(self, path):
        try:
            self.at(path)
        except (KeyError, IndexError, ValueError):
            return False
        return True

    def close(self, path, got, tolerance=CLOSED, scale=0.0):
        """got, a number or lists of them, against the leaves below path; undefined matches undefined."""
        want = self.at(path)
        if isinstance(want, list):
            got = got if isinstance(got, list) else [got]
            assert len(want) == len(got), f"{path}: {len(got)} against {len(want)}"
            for i, part in enumerate(got):
                self.close(f"{path}/{i}", part, tolerance, scale)
            return
        got = got[0] if isinstance(got, list) and len(got) == 1 else got
        self.left.discard(f"/{path.strip('/')}")
        if undefined(want):
            assert got is None, f"{self.name} {path}: got {got}, want none"
            return
        assert got is not None, f"{self.name} {path}: got none, want {want}"
        if isinstance(want, (str, bool)):
            assert got == want, f"{self.name} {path}: got {got!r}, want {want!r}"
            return
        assert abs(got - want) <= tolerance * max(abs(want), scale), f"{self.name} {path}: got {got!r}, want {want!r}"

    def held(self, path):
        """The leaves below path were compared by the caller's own means."""
        self.left -= {f"/{path.strip('/')}{leaf}" for leaf in leaves(self.at(path))}

    def covariance(self, path, got, tolerance=CLOSED, floor=0.0):
        """Against the geometric mean of the variances; where R gives none ours is not held to anything."""
        want = self.at(path)
        for i, line in enumerate(want):
            for j, w in enumerate(line):
                leaf = f"{path}/{i}/{j}"
                if undefined(w):
                    self.left.discard(f"/{leaf}")
                    continue
                scale = 0 if undefined(want[i][i]) or undefined(want[j][j]) else (want[i][i] * want[j][j]) ** 0.5
                self.close(leaf, got[i][j], tolerance, max(scale, floor))

    def finish(self, excuses):
        """Fails for a leaf nobody compared nor excused, and for an excuse nobody needs."""
        for pattern, why in excuses:
            hit = fnmatch.filter(self.left, pattern)
            assert why, pattern
            assert hit, f"{self.name}: nothing is left for the excuse {pattern}"
            if isinstance(why, tuple):
                elsewhere, word = why
                with open(os.path.join(SOURCE, elsewhere), encoding="utf-8") as f:
                    assert word in f.read(), f"{elsewhere} does not mention {word}"
            self.left -= set(hit)
        assert not self.left, f"{self.name}: {len(self.left)} leaves nobody compared: {sorted(self.left)[:8]}"


def results(data, requests, code=0, **plan):
    answer = manyi("analyse", "-", "--json", stdin=json.dumps({"data": data, "requests": requests, **plan}).encode())
    assert answer.code == code, f"{answer.code} {answer.text[:1500]} {answer.err}"
    return answer.json["results"]


def flat(x):
    return x if isinstance(x, list) else [x]


def hold(oracle, path, result, tolerance=CLOSED, floor=0.0, only=None):
    """A result of a plan against an entry of R's: names, estimates, errors, intervals, covariances."""
    assert "error" not in result, f"{path}: {result.get('error')}"
    rows, want = result["rows"], oracle.at(path)
    by = list(want.get("keys", {}))
    ours = {
        "names": [".".join(r["by"].values()) if by else r["of"] for r in rows],
        "est": [r["estimate"] for r in rows], "se": [r["se"] for r in rows],
        "ci": [[r["low"], r["high"]] for r in rows], "df": rows[0]["df"], "level": rows[0]["level"],
        "deff": [r["deff"] for r in rows], "n_nonmiss": rows[0]["n"], "p": [r.get("quantile") for r in rows],
    }
    for key in want:
        if only is not None and key not in only:
            continue
        if key == "vcov":
            oracle.covariance(f"{path}/vcov", result["vcov"], tolerance, floor * floor)
        elif key == "keys":
            for name in by:
                oracle.close(f"{path}/keys/{name}", [r["by"][name] for r in rows])
        elif key in ours:
            got = ours[key]
            square = key == "deff" and isinstance(want[key], list) and isinstance(want[key][0], list)
            if square:
                for i, x in enumerate(got):
                    oracle.close(f"{path}/deff/{i}/{i}", x, tolerance)
                continue
            if not isinstance(want[key], list):
                got = got[0] if isinstance(got, list) else got
            elif key == "ci" and not isinstance(want[key][0], list):
                got = got[0]
            scale = floor if key == "se" else 0
            oracle.close(f"{path}/{key}", got, tolerance, scale)
