"""The one place where tests start a browser: Debian's Chromium by Debian's chromedriver, under their own names.

Newer selenium looks for a driver of its own unless it is told where one is.  chromedriver asks the system what
"localhost" is and hangs up where nobody knows: that is said here instead.
"""
import shutil
import socket

CHROMIUM = "/usr/bin/chromium"
DRIVER = "/usr/bin/chromedriver"

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--hide-scrollbars")


def missing():
    """What is not installed of what a browser test needs, as a reason to skip; '' if nothing is."""
    for name in ("chromium", "chromedriver"):
        if shutil.which(name, path="/usr/bin") is None:
            return f"{name} is not installed"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "python3-selenium is not installed"
    try:
        socket.getaddrinfo("localhost", 80)
    except OSError:
        return "localhost has no address here, and chromedriver asks for it: put \"127.0.0.1 localhost\" into /etc/hosts"
    return ""


def chrome(script=True, lang="zh-CN", size=None, phone=None, flags=(), logs=False):
    """A fresh Chromium with an empty profile.

    size: a window of width and height; phone: a screen of width and height with touch, as a telephone's;
    logs: keep what the pages' scripts complain about.
    """
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--lang={lang}", *flags):
        options.add_argument(flag)
    if size:
        options.add_argument("--window-size=%d,%d" % size)
    if phone:
        options.add_experimental_option("mobileEmulation", {
            "deviceMetrics": {"width": phone[0], "height": phone[1], "pixelRatio": 2.0, "touch": True}})
    options.add_experimental_option("prefs", {
        "intl.accept_languages": f"{lang},{lang[:2]}",
        "profile.managed_default_content_settings.javascript": 1 if script else 2})
    if logs:
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service(DRIVER), options=options)
    driver.set_page_load_timeout(60)
    return driver
