# tests of desk
noinst_HEADERS += tests/desk_city.h
check_PROGRAMS += tests/test_desk tests/test_desk_login
TESTS += tests/test_desk tests/test_desk_login
tests_test_desk_SOURCES = tests/test_desk.c
tests_test_desk_CPPFLAGS = $(T_CPPFLAGS)
tests_test_desk_LDADD = $(DESK) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STATS) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_test_desk_login_SOURCES = tests/test_desk_login.c
tests_test_desk_login_CPPFLAGS = $(T_CPPFLAGS)
tests_test_desk_login_LDADD = $(tests_test_desk_LDADD)
