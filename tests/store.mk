# tests of store
noinst_HEADERS += tests/store.h
check_PROGRAMS += tests/test_store
TESTS += tests/test_store

tests_test_store_SOURCES = tests/test_store.c
tests_test_store_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_store_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(BASE) $(CMOCKA_LIBS)
