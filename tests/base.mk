check_PROGRAMS += tests/test_base
TESTS += tests/test_base
tests_test_base_SOURCES = tests/test_base.c
tests_test_base_CPPFLAGS = $(T_CPPFLAGS)
tests_test_base_LDADD = $(BASE) $(CMOCKA_LIBS)
