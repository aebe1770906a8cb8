# tests of intake
noinst_HEADERS += tests/web.h tests/intake_city.h
check_PROGRAMS += tests/test_intake tests/test_intake_address tests/test_intake_late tests/test_intake_crowd tests/intake_alone
TESTS += tests/test_intake tests/test_intake_address tests/test_intake_late tests/test_intake_crowd tests/intake_alone.sh
dist_check_SCRIPTS += tests/intake_alone.sh
tests_test_intake_SOURCES = tests/test_intake.c
tests_test_intake_CPPFLAGS = $(T_CPPFLAGS)
tests_test_intake_LDADD = $(INTAKE) $(CGI) $(VIEW) $(STORE) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
tests_test_intake_address_SOURCES = tests/test_intake_address.c
tests_test_intake_address_CPPFLAGS = $(T_CPPFLAGS)
tests_test_intake_address_LDADD = $(tests_test_intake_LDADD)
tests_test_intake_late_SOURCES = tests/test_intake_late.c
tests_test_intake_late_CPPFLAGS = $(T_CPPFLAGS)
tests_test_intake_late_LDADD = $(tests_test_intake_LDADD)
tests_test_intake_crowd_SOURCES = tests/test_intake_crowd.c
tests_test_intake_crowd_CPPFLAGS = $(T_CPPFLAGS)
tests_test_intake_crowd_LDADD = $(tests_test_intake_LDADD)

# The intake and nothing it need not have: links only while it needs no database and no key.
tests_intake_alone_SOURCES = tests/intake_alone.c
tests_intake_alone_CPPFLAGS = $(T_CPPFLAGS)
tests_intake_alone_LDADD = $(INTAKE) $(CGI) $(VIEW) $(STORE_CLIENT) $(FORMS) $(PROC) $(BASE)

check_PROGRAMS += tests/test_rate
TESTS += tests/test_rate
tests_test_rate_SOURCES = tests/test_rate.c
tests_test_rate_CPPFLAGS = $(T_CPPFLAGS)
tests_test_rate_LDADD = $(INTAKE) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS)
