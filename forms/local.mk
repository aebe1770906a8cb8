### forms: what is asked; the only door from untrusted answers to a response
noinst_LIBRARIES += libforms.a
libforms_a_SOURCES = forms/form.c forms/form.h forms/relevant.c forms/relevant.h \
	forms/answers.h forms/response.h forms/fault.c forms/fault.h \
	forms/load.c forms/load.h forms/load_value.c forms/load_list.c forms/load_condition.c \
	forms/load_item.c forms/load_survey.c forms/load_index.c
libforms_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
FORMS = libforms.a

formsdir = $(pkgdatadir)/forms
dist_forms_DATA = forms/questionnaires/A.json forms/questionnaires/B.json \
	forms/questionnaires/C.json
