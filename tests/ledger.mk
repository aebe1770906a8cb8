check_PROGRAMS += tests/test_ledger
TESTS += tests/test_ledger
tests_test_ledger_SOURCES = tests/test_ledger.c
tests_test_ledger_CPPFLAGS = $(T_CPPFLAGS)
tests_test_ledger_LDADD = $(LEDGER) $(BASE) $(CMOCKA_LIBS)
