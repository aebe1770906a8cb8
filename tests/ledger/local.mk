check_PROGRAMS += tests/ledger/test_ledger
TESTS += tests/ledger/test_ledger
tests_ledger_test_ledger_SOURCES = tests/ledger/test_ledger.c
tests_ledger_test_ledger_CPPFLAGS = $(T_CPPFLAGS)
tests_ledger_test_ledger_LDADD = $(LEDGER) $(BASE) $(CMOCKA_LIBS)
