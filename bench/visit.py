"""What a visit costs: bytes and requests of the form page, time from POST to receipt.

Every request on a fresh connection, as phones do.  Prints medians and 99th percentiles of
the same run; the baseline beside them is a static file of the same nginx.
"""
import http.client
import os
import re
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ.get("srcdir", "."), "tests", "support"))
from service import Service  # noqa: E402


def fetch(service, method, path, body=None):
    """(status, headers, bytes, seconds) of one request on its own connection."""
    began = time.perf_counter()
    c = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    head = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    c.request(method, path, body, head)
    r = c.getresponse()
    data = r.read()
    c.close()
    return r.status, dict(r.getheaders()), data, time.perf_counter() - began


def quantiles(seconds):
    s = sorted(seconds)
    return s[len(s) // 2] * 1e3, s[min(len(s) - 1, int(len(s) * 0.99))] * 1e3


def page_weight(service, path):
    """Bytes on the wire of the page and all it refers to, and how many requests."""
    status, _, page, _ = fetch(service, "GET", path)
    assert status == 200, status
    total, requests = len(page), 1
    for ref in set(re.findall(rb'(?:href|src)="(/s/[^"]+)"', page)):
        status, _, data, _ = fetch(service, "GET", ref.decode())
        assert status == 200, (ref, status)
        total += len(data)
        requests += 1
    return total, requests


def visit(service, path, fields):
    """GET the form, POST the answers; seconds of the POST until the receipt is on the page."""
    _, _, page, got = fetch(service, "GET", path)
    key = re.search(rb'name="_key" value="([^"]+)"', page).group(1).decode()
    stamp = re.search(rb'name="_t" value="([^"]+)"', page)
    body = dict(fields, _key=key, _consent="1", _t=stamp.group(1).decode() if stamp else "0")
    status, head, data, post = fetch(service, "POST", path, urllib.parse.urlencode(body))
    if status == 303:
        status, _, data, more = fetch(service, "GET", head["Location"])
        post += more
    assert status == 200, (status, data[:300])
    return got, post


ANSWERS = {
    "B": {"level": "5"},
    "C": dict({k: "8" for k in "p1 p2 P e1 e2 E s1 s2 S n1 n2 N g1 g2 G T".split()},
              resid="1", used="1", sex="1", age="2", edu="3", occ="4", town="210281001"),
}


def main():
    visits = int(os.environ.get("VISITS", "300"))
    with Service(seed=7, answers=600) as service:
        sites = {}
        for site in service.manyi("site", "list"):
            sites.setdefault(site["form"], site["code"])
        for form, code in sorted(sites.items()):
            path = "/Q/" + code
            total, requests = page_weight(service, path)
            print("form %s: %d bytes in %d requests" % (form, total, requests))
            if form not in ANSWERS:
                continue
            times = [visit(service, path, ANSWERS[form]) for _ in range(visits)]
            get, post = quantiles([t[0] for t in times]), quantiles([t[1] for t in times])
            print("form %s, %d visits one after another: GET %.2f ms (p99 %.2f), "
                  "POST to receipt %.2f ms (p99 %.2f)" % ((form, visits) + get + post))
        css = re.search(rb'href="(/s/[^"]+)"', fetch(service, "GET", path)[2]).group(1).decode()
        base = quantiles([fetch(service, "GET", css)[3] for _ in range(visits)])
        print("baseline, the style sheet through the same nginx: %.2f ms (p99 %.2f)" % base)


main()
