#!/usr/bin/env python3
"""The processes of a running service from the shell: how nginx is configured for them."""
from cli_case import contains, manyi, run_tests, same


def nginx_is_configured_for_a_real_domain(city):
    city.ok("config", "set", "base_url", "https://zl.example.cn")
    certificate = ("--certificate", "/etc/a.pem", "--certificate-key", "/etc/a.key")
    text = city.run("nginx-config", *certificate).text
    contains(text, 'server_name "zl.example.cn"')
    contains(text, "listen *:443 ssl")
    same(city.run("nginx-config", "--certificate", "/etc/a.pem").code, 2)
    answer = city.run("nginx-config", "--server-name", "a;b", *certificate)
    assert answer.code != 0


def no_password_travels_in_the_clear_unasked(city):
    """Neither for an https address nor for an http one or none; and what is said twice over is no answer."""
    for url in (None, "http://10.0.0.5", "https://zl.example.cn"):
        if url:
            city.ok("config", "set", "base_url", url)
        answer = city.run("nginx-config")
        same((answer.code, answer.text), (2, ""))
        contains(answer.err, "--https-outside")
        plain = city.run("nginx-config", "--plain-http")
        same(plain.code, 2 if url and url.startswith("https") else 0)
        same("listen *:80" in plain.text, plain.code == 0)
        contains(city.run("nginx-config", "--https-outside").text, "fastcgi_param HTTPS on")
        same(city.run("nginx-config", "--https-outside", "--plain-http").code, 2)
    contains(manyi("nginx-config", "--help").text, "--server-name")


if __name__ == "__main__":
    run_tests([
        nginx_is_configured_for_a_real_domain, no_password_travels_in_the_clear_unasked,
    ])
