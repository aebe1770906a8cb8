# What makes a mistake cost less: hardened programs, sandboxes, units.
dist_check_SCRIPTS += tests/hardened.sh tests/units.sh
TESTS += tests/hardened.sh tests/units.sh
check_PROGRAMS += tests/test_sandbox
TESTS += tests/test_sandbox
tests_test_sandbox_SOURCES = tests/test_sandbox.c
tests_test_sandbox_CPPFLAGS = $(T_CPPFLAGS)
tests_test_sandbox_LDADD = $(PROC) $(BASE) $(CMOCKA_LIBS)
