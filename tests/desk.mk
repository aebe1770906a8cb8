# tests of desk
EXTRA_DIST += tests/test_desk.c tests/test_nginx.c tests/serve.py
