### forms: what is asked; the only door from untrusted answers to a response
noinst_LIBRARIES += libforms.a
libforms_a_SOURCES = forms/form.h forms/relevant.h forms/answers.h forms/response.h \
	forms/sha256.c forms/sha256.h
libforms_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
FORMS = libforms.a

formsdir = $(pkgdatadir)/forms
dist_forms_DATA = forms/questionnaires/A.json forms/questionnaires/B.json \
	forms/questionnaires/C.json
