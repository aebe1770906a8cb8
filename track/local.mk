### track: the rows of the tracker: rules, readings, documents, verdicts
noinst_LIBRARIES += libtrack.a
libtrack_a_SOURCES = track/rule.c track/rule_value.c track/rule.h track/rule_sentence.c \
	track/rule_sentence.h track/english.c track/english.h track/value.c track/value.h \
	track/gap.c track/gap.h track/verdict.c track/verdict.h track/programme.c track/programme.h \
	track/programme_in.h track/programme_read.c track/programme_row.c track/programme_put.c track/programme_import.c track/programme_import.h track/notes.c track/criteria.c track/criteria.h track/surveys.c track/ask.c \
	track/track.h track/year.c track/year.h track/known.c track/known.h track/say.c \
	track/words.c track/departments.c track/clause.c track/clause_reading.c \
	track/clause_survey.c track/evidence.c track/governs.c track/sentence.c track/check.c \
	track/check_in.h track/check_record.c track/check_effect.c track/signed.c track/track.c
libtrack_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
TRACK = libtrack.a
dist_man_MANS += track/programme.5
