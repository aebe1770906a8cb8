### track: indicators, targets, readings, verdicts; the one meeting of db and stats
noinst_LIBRARIES += libtrack.a
libtrack_a_SOURCES = track/rule.c track/rule_value.c track/rule.h track/rule_sentence.c \
	track/rule_sentence.h track/english.c track/english.h track/value.c track/value.h \
	track/gap.c track/gap.h track/verdict.c track/verdict.h track/table.c track/fill.c \
	track/embed.h track/track.h track/year.c track/year.h track/known.h track/say.c \
	track/words.c track/departments.c track/clause.c track/clause_reading.c \
	track/clause_survey.c track/evidence.c track/governs.c track/sentence.c track/check.c \
	track/check_in.h track/check_record.c track/check_effect.c track/signed.c track/track.c
nodist_libtrack_a_SOURCES = track/indicators.tsv.c track/indicators.en.tsv.c
libtrack_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
TRACK = libtrack.a

track/indicators.tsv.c: $(srcdir)/data/indicators.tsv $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) track && $(EMBED) $(srcdir)/data/indicators.tsv indicators_tsv > $@.tmp && mv $@.tmp $@
track/indicators.en.tsv.c: $(srcdir)/data/indicators.en.tsv $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) track && $(EMBED) $(srcdir)/data/indicators.en.tsv indicators_en_tsv > $@.tmp && mv $@.tmp $@
CLEANFILES += track/indicators.tsv.c track/indicators.en.tsv.c
EXTRA_DIST += data/indicators.tsv data/indicators.en.tsv data/seed.txt
