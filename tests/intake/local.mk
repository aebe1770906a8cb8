# tests of intake
noinst_HEADERS += tests/support/web.h tests/intake/city.h tests/intake/crowd.h
INTAKE_TESTS = tests/intake/test_post tests/intake/test_link tests/intake/test_shelf
check_PROGRAMS += $(INTAKE_TESTS)
TESTS += $(INTAKE_TESTS)
tests_intake_test_post_SOURCES = tests/intake/test_post.c
tests_intake_test_post_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_post_LDADD = $(tests_intake_test_intake_LDADD)
tests_intake_test_link_SOURCES = tests/intake/test_link.c
tests_intake_test_link_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_link_LDADD = $(tests_intake_test_intake_LDADD)
tests_intake_test_shelf_SOURCES = tests/intake/test_shelf.c
tests_intake_test_shelf_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_shelf_LDADD = $(tests_intake_test_intake_LDADD)
check_PROGRAMS += tests/intake/test_intake tests/intake/test_address tests/intake/test_late tests/intake/test_crowd tests/intake/intake_alone
TESTS += tests/intake/test_intake tests/intake/test_address tests/intake/test_late tests/intake/test_crowd tests/intake/intake_alone.sh
dist_check_SCRIPTS += tests/intake/intake_alone.sh
tests_intake_test_intake_SOURCES = tests/intake/test_intake.c
tests_intake_test_intake_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_intake_LDADD = $(INTAKE) $(CGI) $(VIEW) $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_intake_test_address_SOURCES = tests/intake/test_address.c
tests_intake_test_address_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_address_LDADD = $(tests_intake_test_intake_LDADD)
tests_intake_test_late_SOURCES = tests/intake/test_late.c
tests_intake_test_late_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_late_LDADD = $(tests_intake_test_intake_LDADD)
tests_intake_test_crowd_SOURCES = tests/intake/test_crowd.c
tests_intake_test_crowd_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_crowd_LDADD = $(tests_intake_test_intake_LDADD)

# The intake and nothing it need not have: links only while it needs no database and no key.
tests_intake_intake_alone_SOURCES = tests/intake/intake_alone.c
tests_intake_intake_alone_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_intake_alone_LDADD = $(INTAKE) $(CGI) $(VIEW) $(STORE_CLIENT) $(FORMS) $(PROC) $(BASE)

check_PROGRAMS += tests/intake/test_rate
TESTS += tests/intake/test_rate
tests_intake_test_rate_SOURCES = tests/intake/test_rate.c
tests_intake_test_rate_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_test_rate_LDADD = $(INTAKE) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
