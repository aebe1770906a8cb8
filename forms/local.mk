### forms: what is asked; the only door from untrusted answers to a response
noinst_LIBRARIES += libforms.a
libforms_a_SOURCES = forms/accept.c forms/answers.c forms/answers.h forms/builtin.c \
	forms/builtin.h forms/clean.c forms/clean.h forms/code_unaided.c forms/code_unaided.h \
	forms/form.c forms/form.h forms/issue.c forms/kind.c forms/kind.h forms/load/condition.c \
	forms/load/fault.c forms/load/fault.h forms/load/fault_words.c forms/load/index.c \
	forms/load/item.c forms/load/language.c forms/load/limit.c forms/load/list.c \
	forms/load/load.c forms/load/load.h forms/load/survey.c forms/load/value.c \
	forms/mask/digit.c forms/mask/digit.h forms/mask/group.c forms/mask/in.h \
	forms/mask/mask.c forms/mask/mask.h forms/mask/row.c forms/paradata.c forms/paradata.h \
	forms/relevant.c forms/relevant.h forms/response.c forms/response.h forms/stream.c \
	forms/stream.h forms/term.c forms/term.h forms/texts.c forms/texts.h
nodist_libforms_a_SOURCES = $(FORM_SOURCES)
libforms_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
FORMS = libforms.a

# The questionnaires are installed to be read and changed, and embedded to need no path.
FORM_FILES = forms/questionnaires/A.json forms/questionnaires/B.json forms/questionnaires/C.json
FORM_SOURCES = forms/questionnaires/A.c forms/questionnaires/B.c forms/questionnaires/C.c
formsdir = $(pkgdatadir)/forms
dist_forms_DATA = $(FORM_FILES)
CLEANFILES += $(FORM_SOURCES)

forms/questionnaires/A.c: forms/questionnaires/A.json build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) forms/questionnaires && $(EMBED) $(srcdir)/forms/questionnaires/A.json form_A >$@.tmp && mv $@.tmp $@
forms/questionnaires/B.c: forms/questionnaires/B.json build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) forms/questionnaires && $(EMBED) $(srcdir)/forms/questionnaires/B.json form_B >$@.tmp && mv $@.tmp $@
forms/questionnaires/C.c: forms/questionnaires/C.json build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) forms/questionnaires && $(EMBED) $(srcdir)/forms/questionnaires/C.json form_C >$@.tmp && mv $@.tmp $@
dist_man_MANS += forms/form.5
