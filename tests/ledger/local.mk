# tests of ledger
noinst_HEADERS += tests/ledger/rfc6962.h
LEDGER_TESTS = tests/ledger/test_head tests/ledger/test_leaf tests/ledger/test_proof tests/ledger/test_secret \
	tests/ledger/test_ticket tests/ledger/test_tree
check_PROGRAMS += $(LEDGER_TESTS)
TESTS += $(LEDGER_TESTS)
LEDGER_TEST = $(LEDGER) $(BASE) $(CMOCKA_LIBS)
tests_ledger_test_head_LDADD = $(LEDGER_TEST)
tests_ledger_test_leaf_LDADD = $(LEDGER_TEST)
tests_ledger_test_proof_LDADD = $(LEDGER_TEST)
tests_ledger_test_secret_LDADD = $(LEDGER_TEST)
tests_ledger_test_ticket_LDADD = $(LEDGER_TEST)
tests_ledger_test_tree_LDADD = $(LEDGER_TEST)
