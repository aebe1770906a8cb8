# tests of desk
noinst_HEADERS += tests/desk/city.h
check_PROGRAMS += tests/desk/test_desk tests/desk/test_login tests/desk/test_visit
TESTS += tests/desk/test_desk tests/desk/test_login tests/desk/test_visit
tests_desk_test_desk_SOURCES = tests/desk/test_desk.c
tests_desk_test_desk_CPPFLAGS = $(T_CPPFLAGS)
tests_desk_test_desk_LDADD = $(DESK) $(CGI) $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STATS) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_desk_test_login_SOURCES = tests/desk/test_login.c
tests_desk_test_login_CPPFLAGS = $(T_CPPFLAGS)
tests_desk_test_login_LDADD = $(tests_desk_test_desk_LDADD)
tests_desk_test_visit_SOURCES = tests/desk/test_visit.c
tests_desk_test_visit_CPPFLAGS = $(T_CPPFLAGS)
tests_desk_test_visit_LDADD = $(tests_desk_test_desk_LDADD)
