# tests of forms
noinst_HEADERS += tests/forms.h tests/form_small.h
EXTRA_DIST += tests/data/townships.tsv tests/reference/questionnaires.tsv
FORMS_TESTS = tests/test_relevant tests/test_questionnaires tests/test_form_check tests/test_form_fault \
	tests/test_answers tests/test_accept tests/test_response tests/test_mask tests/test_mask_corpus \
	tests/test_code_unaided tests/test_form_load tests/test_form_stress
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

tests_test_form_fault_SOURCES = tests/test_form_fault.c
tests_test_form_fault_CPPFLAGS = $(T_CPPFLAGS)
tests_test_form_fault_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_answers_SOURCES = tests/test_answers.c
tests_test_answers_CPPFLAGS = $(T_CPPFLAGS)
tests_test_answers_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_accept_SOURCES = tests/test_accept.c tests/forms_honest.c
tests_test_accept_CPPFLAGS = $(T_CPPFLAGS)
tests_test_accept_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_response_SOURCES = tests/test_response.c tests/forms_honest.c
tests_test_response_CPPFLAGS = $(T_CPPFLAGS)
tests_test_response_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_mask_corpus_SOURCES = tests/test_mask_corpus.c
tests_test_mask_corpus_CPPFLAGS = $(T_CPPFLAGS)
tests_test_mask_corpus_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_mask_SOURCES = tests/test_mask.c
tests_test_mask_CPPFLAGS = $(T_CPPFLAGS)
tests_test_mask_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_code_unaided_SOURCES = tests/test_code_unaided.c
tests_test_code_unaided_CPPFLAGS = $(T_CPPFLAGS)
tests_test_code_unaided_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_form_load_SOURCES = tests/test_form_load.c
tests_test_form_load_CPPFLAGS = $(T_CPPFLAGS)
tests_test_form_load_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_test_form_stress_SOURCES = tests/test_form_stress.c tests/forms_honest.c
tests_test_form_stress_CPPFLAGS = $(T_CPPFLAGS)
tests_test_form_stress_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)
