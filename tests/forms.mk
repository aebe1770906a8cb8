# tests of forms
noinst_HEADERS += tests/forms.h
EXTRA_DIST += tests/data/townships.tsv tests/reference/questionnaires.tsv
FORMS_TESTS = tests/test_relevant tests/test_questionnaires tests/test_form_check
check_PROGRAMS += $(FORMS_TESTS)
TESTS += $(FORMS_TESTS)

tests_test_relevant_SOURCES = tests/test_relevant.c
tests_test_relevant_CPPFLAGS = $(T_CPPFLAGS)
tests_test_relevant_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_questionnaires_SOURCES = tests/test_questionnaires.c
tests_test_questionnaires_CPPFLAGS = $(T_CPPFLAGS)
tests_test_questionnaires_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_form_check_SOURCES = tests/test_form_check.c
tests_test_form_check_CPPFLAGS = $(T_CPPFLAGS)
tests_test_form_check_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)
