# tests of forms
noinst_HEADERS += tests/forms/pool.h
noinst_HEADERS += tests/forms/forms.h tests/forms/form_small.h
EXTRA_DIST += tests/data/three.json tests/data/townships.tsv tests/reference/questionnaires.tsv
FORMS_TESTS = tests/forms/test_accept tests/forms/test_answers tests/forms/test_builtin \
	tests/forms/test_clean tests/forms/test_code_unaided tests/forms/test_digit \
	tests/forms/test_fault tests/forms/test_form tests/forms/test_form_stress \
	tests/forms/test_kind tests/forms/test_load tests/forms/test_load_check \
	tests/forms/test_mask tests/forms/test_mask_corpus tests/forms/test_paradata \
	tests/forms/test_questionnaires tests/forms/test_relevant tests/forms/test_response tests/forms/test_stream \
	tests/forms/test_term tests/forms/test_texts
check_PROGRAMS += $(FORMS_TESTS)
TESTS += $(FORMS_TESTS)
FORMS_TEST = $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_forms_test_accept_LDADD = $(FORMS_TEST)
tests_forms_test_answers_LDADD = $(FORMS_TEST)
tests_forms_test_builtin_LDADD = $(FORMS_TEST)
tests_forms_test_clean_LDADD = $(FORMS_TEST)
tests_forms_test_code_unaided_LDADD = $(FORMS_TEST)
tests_forms_test_digit_LDADD = $(FORMS_TEST)
tests_forms_test_fault_LDADD = $(FORMS_TEST)
tests_forms_test_form_LDADD = $(FORMS_TEST)
tests_forms_test_form_stress_LDADD = $(FORMS_TEST)
tests_forms_test_kind_LDADD = $(FORMS_TEST)
tests_forms_test_load_LDADD = $(FORMS_TEST)
tests_forms_test_load_check_LDADD = $(FORMS_TEST)
tests_forms_test_mask_LDADD = $(FORMS_TEST)
tests_forms_test_mask_corpus_LDADD = $(FORMS_TEST)
tests_forms_test_paradata_LDADD = $(FORMS_TEST)
tests_forms_test_questionnaires_LDADD = $(FORMS_TEST)
tests_forms_test_relevant_LDADD = $(FORMS_TEST)
tests_forms_test_response_LDADD = $(FORMS_TEST)
tests_forms_test_stream_LDADD = $(FORMS_TEST)
tests_forms_test_term_LDADD = $(FORMS_TEST)
tests_forms_test_texts_LDADD = $(FORMS_TEST)

# with random respondents who follow the form
tests_forms_test_accept_SOURCES = tests/forms/test_accept.c tests/forms/forms_honest.c
tests_forms_test_response_SOURCES = tests/forms/test_response.c tests/forms/forms_honest.c
tests_forms_test_form_stress_SOURCES = tests/forms/test_form_stress.c tests/forms/forms_honest.c
