# tests of the service as a whole: nginx's configuration, and everything started, killed and stopped
check_PROGRAMS += tests/test_nginx
TESTS += tests/test_nginx tests/serve.py tests/stale.py
dist_check_SCRIPTS += tests/serve.py tests/stale.py
tests_test_nginx_SOURCES = tests/test_nginx.c
tests_test_nginx_CPPFLAGS = $(T_CPPFLAGS)
tests_test_nginx_LDADD = libcli.a $(SERVE) $(DESK) $(INTAKE) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STORE) $(STATS) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
# tickets, crowds, nonsense and slow visitors against the whole service; 20,000 of them with FULL=1
TESTS += tests/abuse.py
dist_check_SCRIPTS += tests/abuse.py
tests/abuse.log: manyi
