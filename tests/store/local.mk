# tests of store
noinst_HEADERS += tests/store/store.h
STORE_TESTS = tests/store/test_store tests/store/test_log tests/store/test_pen tests/store/test_book tests/store/test_failure tests/attack/torture_kill
check_PROGRAMS += $(STORE_TESTS)
TESTS += $(STORE_TESTS)

tests_store_test_store_SOURCES = tests/store/test_store.c
tests_store_test_store_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_store_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_store_test_log_SOURCES = tests/store/test_log.c
tests_store_test_log_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_log_LDADD = $(tests_store_test_store_LDADD)
tests_store_test_pen_SOURCES = tests/store/test_pen.c
tests_store_test_pen_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_pen_LDADD = $(tests_store_test_store_LDADD)
tests_store_test_book_SOURCES = tests/store/test_book.c
tests_store_test_book_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_book_LDADD = $(tests_store_test_store_LDADD)
tests_store_test_failure_SOURCES = tests/store/test_failure.c
tests_store_test_failure_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_failure_LDADD = $(tests_store_test_store_LDADD)
tests_attack_torture_kill_SOURCES = tests/attack/torture_kill.c
tests_attack_torture_kill_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_attack_torture_kill_LDADD = $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/store/test_ticket
TESTS += tests/store/test_ticket
tests_store_test_ticket_SOURCES = tests/store/test_ticket.c
tests_store_test_ticket_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_ticket_LDADD = $(tests_store_test_store_LDADD)

check_PROGRAMS += tests/store/test_first_version
TESTS += tests/store/test_first_version
tests_store_test_first_version_SOURCES = tests/store/test_first_version.c
tests_store_test_first_version_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_first_version_LDADD = $(tests_store_test_store_LDADD)
EXTRA_DIST += tests/data/schema-1.sql

STORE_INSIDE_TESTS = tests/store/test_peer tests/store/test_writer
check_PROGRAMS += $(STORE_INSIDE_TESTS)
TESTS += $(STORE_INSIDE_TESTS)
tests_store_test_peer_SOURCES = tests/store/test_peer.c
tests_store_test_peer_CPPFLAGS = $(T_CPPFLAGS)
tests_store_test_peer_LDADD = $(STORE) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_store_test_writer_SOURCES = tests/store/test_writer.c
tests_store_test_writer_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_test_writer_LDADD = $(tests_store_test_store_LDADD)

# The intake's side: no database in what it links.
STORE_CLIENT_TESTS = tests/store/test_wire tests/store/test_client tests/store/test_catalogue
check_PROGRAMS += $(STORE_CLIENT_TESTS)
TESTS += $(STORE_CLIENT_TESTS)
tests_store_test_wire_SOURCES = tests/store/test_wire.c
tests_store_test_wire_CPPFLAGS = $(T_CPPFLAGS)
tests_store_test_wire_LDADD = $(STORE_CLIENT) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_store_test_client_SOURCES = tests/store/test_client.c
tests_store_test_client_CPPFLAGS = $(T_CPPFLAGS)
tests_store_test_client_LDADD = $(STORE_CLIENT) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_store_test_catalogue_SOURCES = tests/store/test_catalogue.c
tests_store_test_catalogue_CPPFLAGS = $(T_CPPFLAGS)
tests_store_test_catalogue_LDADD = $(STORE_CLIENT) $(FORMS) $(BASE) $(CMOCKA_LIBS)

# A bit for each row: nothing of the database.
check_PROGRAMS += tests/store/test_once
TESTS += tests/store/test_once
tests_store_test_once_SOURCES = tests/store/test_once.c
tests_store_test_once_CPPFLAGS = $(T_CPPFLAGS)
tests_store_test_once_LDADD = libstore.a $(BASE) $(CMOCKA_LIBS)
