"""Pages written by tests/view/put_pages, served to a browser on this machine; what is sent to them is kept."""
import contextlib
import http.server
import os
import shutil
import subprocess
import threading
import time
import urllib.parse

from service import Tap

BUILD = os.path.join(os.environ.get('builddir', '.'), 'tests', 'view')
POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
          "frame-ancestors 'none'; base-uri 'none'")
posts = []
ok = Tap().ok


class Handler(http.server.SimpleHTTPRequestHandler):
    """Thanks after a moment, as a server that has something to do."""

    def end_headers(self):
        self.send_header('Content-Security-Policy', POLICY)
        super().end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        posts.append(urllib.parse.parse_qs(body, keep_blank_values=True))
        time.sleep(.3)
        self.path = '/thanks.html'
        self.do_GET()

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def pages(name):
    """Write every page into a folder of this name and serve it; gives the address, or ends the test."""
    where = os.path.abspath(os.path.join(BUILD, name))
    shutil.rmtree(where, ignore_errors=True)
    made = subprocess.run([os.path.join(BUILD, 'put_pages'), where]).returncode == 0
    ok(made, 'pages are written')
    if not made:
        raise SystemExit(1)
    server = http.server.ThreadingHTTPServer(
        ('127.0.0.1', 0), lambda *args: Handler(*args, directory=where))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield 'http://127.0.0.1:%d' % server.server_port
    server.shutdown()
