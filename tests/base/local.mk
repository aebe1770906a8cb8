check_PROGRAMS += tests/base/test_base tests/base/test_base_files tests/base/test_utf8 tests/base/test_code tests/base/test_csv
TESTS += tests/base/test_base tests/base/test_base_files tests/base/test_utf8 tests/base/test_code tests/base/test_csv
tests_base_test_base_SOURCES = tests/base/test_base.c
tests_base_test_base_CPPFLAGS = $(T_CPPFLAGS)
tests_base_test_base_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_base_test_base_files_SOURCES = tests/base/test_base_files.c
tests_base_test_base_files_CPPFLAGS = $(T_CPPFLAGS)
tests_base_test_base_files_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_base_test_utf8_SOURCES = tests/base/test_utf8.c
tests_base_test_utf8_CPPFLAGS = $(T_CPPFLAGS)
tests_base_test_utf8_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_base_test_code_SOURCES = tests/base/test_code.c
tests_base_test_code_CPPFLAGS = $(T_CPPFLAGS)
tests_base_test_code_LDADD = $(BASE) $(CMOCKA_LIBS)
tests_base_test_csv_SOURCES = tests/base/test_csv.c
tests_base_test_csv_CPPFLAGS = $(T_CPPFLAGS)
tests_base_test_csv_LDADD = $(BASE) $(CMOCKA_LIBS)

# Normal forms, beside another program's.
check_PROGRAMS += tests/base/put_nfc
TESTS += tests/base/nfc.py
tests_base_put_nfc_SOURCES = tests/base/put_nfc.c
tests_base_put_nfc_CPPFLAGS = $(T_CPPFLAGS)
tests_base_put_nfc_LDADD = $(BASE)
dist_check_SCRIPTS += tests/base/nfc.py
