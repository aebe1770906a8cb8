# tests of forms
noinst_HEADERS += tests/forms/forms.h tests/forms/form_small.h
EXTRA_DIST += tests/data/townships.tsv tests/reference/questionnaires.tsv
FORMS_TESTS = tests/forms/test_relevant tests/forms/test_questionnaires tests/forms/test_form_check tests/forms/test_form_fault \
	tests/forms/test_answers tests/forms/test_accept tests/forms/test_response tests/forms/test_mask tests/forms/test_mask_corpus \
	tests/forms/test_code_unaided tests/forms/test_form_load tests/forms/test_form_stress
check_PROGRAMS += $(FORMS_TESTS)
TESTS += $(FORMS_TESTS)

tests_forms_test_relevant_SOURCES = tests/forms/test_relevant.c
tests_forms_test_relevant_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_relevant_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_questionnaires_SOURCES = tests/forms/test_questionnaires.c
tests_forms_test_questionnaires_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_questionnaires_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_form_check_SOURCES = tests/forms/test_form_check.c
tests_forms_test_form_check_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_form_check_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_form_fault_SOURCES = tests/forms/test_form_fault.c
tests_forms_test_form_fault_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_form_fault_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_answers_SOURCES = tests/forms/test_answers.c
tests_forms_test_answers_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_answers_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_accept_SOURCES = tests/forms/test_accept.c tests/forms/forms_honest.c
tests_forms_test_accept_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_accept_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_response_SOURCES = tests/forms/test_response.c tests/forms/forms_honest.c
tests_forms_test_response_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_response_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_mask_corpus_SOURCES = tests/forms/test_mask_corpus.c
tests_forms_test_mask_corpus_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_mask_corpus_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_mask_SOURCES = tests/forms/test_mask.c
tests_forms_test_mask_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_mask_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_code_unaided_SOURCES = tests/forms/test_code_unaided.c
tests_forms_test_code_unaided_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_code_unaided_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_form_load_SOURCES = tests/forms/test_form_load.c
tests_forms_test_form_load_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_form_load_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)

tests_forms_test_form_stress_SOURCES = tests/forms/test_form_stress.c tests/forms/forms_honest.c
tests_forms_test_form_stress_CPPFLAGS = $(T_CPPFLAGS)
tests_forms_test_form_stress_LDADD = $(FORMS) $(BASE) $(CMOCKA_LIBS)
