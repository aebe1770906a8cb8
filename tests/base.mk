check_PROGRAMS += tests/test_base tests/test_base_files
TESTS += tests/test_base tests/test_base_files
tests_test_base_SOURCES = tests/test_base.c
tests_test_base_CPPFLAGS = $(T_CPPFLAGS)
tests_test_base_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_test_base_files_SOURCES = tests/test_base_files.c
tests_test_base_files_CPPFLAGS = $(T_CPPFLAGS)
tests_test_base_files_LDADD = $(BASE) $(CMOCKA_LIBS)
