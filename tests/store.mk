# tests of store
noinst_HEADERS += tests/store.h
STORE_TESTS = tests/test_store tests/test_store_log tests/test_pen tests/test_store_failure tests/torture_kill
check_PROGRAMS += $(STORE_TESTS)
TESTS += $(STORE_TESTS)

tests_test_store_SOURCES = tests/test_store.c
tests_test_store_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_store_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_test_store_log_SOURCES = tests/test_store_log.c
tests_test_store_log_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_store_log_LDADD = $(tests_test_store_LDADD)
tests_test_pen_SOURCES = tests/test_pen.c
tests_test_pen_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_pen_LDADD = $(tests_test_store_LDADD)
tests_test_store_failure_SOURCES = tests/test_store_failure.c
tests_test_store_failure_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_store_failure_LDADD = $(tests_test_store_LDADD)
tests_torture_kill_SOURCES = tests/torture_kill.c
tests_torture_kill_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_torture_kill_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/test_ticket
TESTS += tests/test_ticket
tests_test_ticket_SOURCES = tests/test_ticket.c
tests_test_ticket_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_test_ticket_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
EXTRA_DIST += tests/data/schema-1.sql

# The intake's side: no database in what it links.
STORE_CLIENT_TESTS = tests/test_wire tests/test_client
check_PROGRAMS += $(STORE_CLIENT_TESTS)
TESTS += $(STORE_CLIENT_TESTS)
tests_test_wire_SOURCES = tests/test_wire.c
tests_test_wire_CPPFLAGS = $(T_CPPFLAGS)
tests_test_wire_LDADD = $(STORE_CLIENT) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_client_SOURCES = tests/test_client.c
tests_test_client_CPPFLAGS = $(T_CPPFLAGS)
tests_test_client_LDADD = $(STORE_CLIENT) $(FORMS) $(BASE) $(CMOCKA_LIBS)
