check_PROGRAMS += tests/test_base tests/test_base_files tests/test_utf8 tests/test_code tests/test_csv
TESTS += tests/test_base tests/test_base_files tests/test_utf8 tests/test_code tests/test_csv
tests_test_base_SOURCES = tests/test_base.c
tests_test_base_CPPFLAGS = $(T_CPPFLAGS)
tests_test_base_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_test_base_files_SOURCES = tests/test_base_files.c
tests_test_base_files_CPPFLAGS = $(T_CPPFLAGS)
tests_test_base_files_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_test_utf8_SOURCES = tests/test_utf8.c
tests_test_utf8_CPPFLAGS = $(T_CPPFLAGS)
tests_test_utf8_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_test_code_SOURCES = tests/test_code.c
tests_test_code_CPPFLAGS = $(T_CPPFLAGS)
tests_test_code_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_test_csv_SOURCES = tests/test_csv.c
tests_test_csv_CPPFLAGS = $(T_CPPFLAGS)
tests_test_csv_LDADD = $(BASE) $(CMOCKA_LIBS)

# Normal forms, beside another program's.
check_PROGRAMS += tests/put_nfc
TESTS += tests/nfc.py
tests_put_nfc_SOURCES = tests/put_nfc.c
tests_put_nfc_CPPFLAGS = $(T_CPPFLAGS)
tests_put_nfc_LDADD = $(BASE)
dist_check_SCRIPTS += tests/nfc.py
