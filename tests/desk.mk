# tests of desk
check_PROGRAMS += tests/test_desk
TESTS += tests/test_desk
tests_test_desk_SOURCES = tests/test_desk.c
tests_test_desk_CPPFLAGS = $(T_CPPFLAGS)
tests_test_desk_LDADD = $(DESK) $(CGI) $(VIEW) $(TRACK) $(STATS) $(LEDGER) $(DB) $(FORMS) $(BASE) $(CMOCKA_LIBS)
