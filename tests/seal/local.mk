# tests of seal: what is signed, proved and handed out
noinst_HEADERS += tests/seal/city.h
SEAL_TESTS = tests/seal/test_publish tests/seal/test_sealed tests/seal/test_proof tests/seal/test_approvals
check_PROGRAMS += $(SEAL_TESTS)
TESTS += $(SEAL_TESTS)
SEAL_TEST_LDADD = $(SEAL) $(VIEW) $(TRACK) $(FIGURE) $(STATS) $(DB) $(LEDGER) $(FORMS) $(PROC) $(BASE) $(CMOCKA_LIBS) -lm
tests_seal_test_publish_SOURCES = tests/seal/test_publish.c
tests_seal_test_publish_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_seal_test_publish_LDADD = $(SEAL_TEST_LDADD)
tests_seal_test_sealed_SOURCES = tests/seal/test_sealed.c
tests_seal_test_sealed_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_seal_test_sealed_LDADD = $(SEAL_TEST_LDADD)
tests_seal_test_proof_SOURCES = tests/seal/test_proof.c
tests_seal_test_proof_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_seal_test_proof_LDADD = $(SEAL_TEST_LDADD)
tests_seal_test_approvals_SOURCES = tests/seal/test_approvals.c
tests_seal_test_approvals_CPPFLAGS = $(T_CPPFLAGS) $(SQLITE_CFLAGS)
tests_seal_test_approvals_LDADD = $(SEAL_TEST_LDADD)
