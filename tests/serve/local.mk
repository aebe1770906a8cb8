# tests of the service as a whole: nginx's configuration, and everything started, killed and stopped
check_PROGRAMS += tests/serve/test_door tests/serve/test_child tests/serve/test_nginx
TESTS += tests/serve/test_door tests/serve/test_child tests/serve/test_nginx tests/serve/serve.py tests/serve/stale.py
dist_check_SCRIPTS += tests/serve/serve.py tests/serve/stale.py
tests_serve_test_child_SOURCES = tests/serve/test_child.c
tests_serve_test_child_CPPFLAGS = $(T_CPPFLAGS)
tests_serve_test_child_LDADD = $(SERVE) $(BASE) $(CMOCKA_LIBS)
tests_serve_test_door_SOURCES = tests/serve/test_door.c
tests_serve_test_door_CPPFLAGS = $(T_CPPFLAGS)
tests_serve_test_door_LDADD = $(SERVE) $(BASE) $(CMOCKA_LIBS)
tests_serve_test_nginx_SOURCES = tests/serve/test_nginx.c
tests_serve_test_nginx_CPPFLAGS = $(T_CPPFLAGS)
tests_serve_test_nginx_LDADD = libcli.a $(SERVE) $(DESK) $(INTAKE) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STORE) $(STATS) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
# tickets, crowds, nonsense and slow visitors against the whole service; 20,000 of them with FULL=1
TESTS += tests/attack/abuse.py
dist_check_SCRIPTS += tests/attack/abuse.py
tests/attack/abuse.log: manyi
