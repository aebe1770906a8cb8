### track: the rows of the tracker: rules, readings, documents, verdicts
noinst_LIBRARIES += libtrack.a
libtrack_a_SOURCES = track/ask.c track/check.c track/check_effect.c track/check_in.h \
	track/check_record.c track/clause.c track/clause_reading.c track/clause_survey.c \
	track/criteria.c track/criteria.h track/departments.c track/english.c track/english.h \
	track/evidence.c track/governs.c track/known.c track/known.h track/programme/figures.c track/programme/import.c \
	track/programme/import.h track/programme/in.h track/programme/notes.c \
	track/programme/programme.c track/programme/programme.h track/programme/put.c \
	track/programme/read.c track/programme/row.c track/rule/gap.c track/rule/gap.h \
	track/rule/read.c track/rule/rule.c track/rule/rule.h track/rule/sentence.c \
	track/rule/sentence.h track/rule/value.c track/rule/value.h track/say.c track/sentence.c \
	track/signed.c track/surveys.c track/track.c track/track.h track/verdict.c \
	track/verdict.h track/words.c track/year.c track/year.h
libtrack_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
TRACK = libtrack.a
dist_man_MANS += track/programme/programme.5
