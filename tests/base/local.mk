# tests of base
noinst_HEADERS += tests/base/folder.h
BASE_TESTS = tests/base/test_code tests/base/test_csv tests/base/test_date tests/base/test_entry \
	tests/base/test_err tests/base/test_file tests/base/test_filekind \
	tests/base/test_hash tests/base/test_json tests/base/test_lang tests/base/test_name \
	tests/base/test_part tests/base/test_pool tests/base/test_progress \
	tests/base/test_sha256 tests/base/test_siphash tests/base/test_text \
	tests/base/test_utf8
check_PROGRAMS += $(BASE_TESTS)
TESTS += $(BASE_TESTS)
BASE_TEST = $(BASE) $(CMOCKA_LIBS)
tests_base_test_code_LDADD = $(BASE_TEST)
tests_base_test_csv_LDADD = $(BASE_TEST)
tests_base_test_date_LDADD = $(BASE_TEST)
tests_base_test_entry_LDADD = $(BASE_TEST)
tests_base_test_err_LDADD = $(BASE_TEST)
tests_base_test_file_LDADD = $(BASE_TEST)
tests_base_test_filekind_LDADD = $(BASE_TEST)
tests_base_test_hash_LDADD = $(BASE_TEST)
tests_base_test_json_LDADD = $(BASE_TEST)
tests_base_test_lang_LDADD = $(BASE_TEST)
tests_base_test_name_LDADD = $(BASE_TEST)
tests_base_test_part_LDADD = $(BASE_TEST)
tests_base_test_pool_LDADD = $(BASE_TEST)
tests_base_test_progress_LDADD = $(BASE_TEST)
tests_base_test_sha256_LDADD = $(BASE_TEST)
tests_base_test_siphash_LDADD = $(BASE_TEST)
tests_base_test_text_LDADD = $(BASE_TEST)
tests_base_test_utf8_LDADD = $(BASE_TEST)

# Normal forms, beside another program's.
check_PROGRAMS += tests/base/put_nfc
TESTS += tests/base/nfc.py
tests_base_put_nfc_LDADD = $(BASE)
dist_check_SCRIPTS += tests/base/nfc.py
