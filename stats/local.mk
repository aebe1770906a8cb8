### stats: numbers in, estimates with intervals out
noinst_LIBRARIES += libstats.a
libstats_a_SOURCES = stats/estimate.c stats/estimate.h stats/fault.c stats/fault.h \
	stats/interval.h stats/design.h stats/rake.h stats/table.h \
	stats/score.c stats/score.h stats/score_sum.h stats/tally.c stats/tally.h stats/survey.h
libstats_a_CPPFLAGS = $(AM_CPPFLAGS) $(GSL_CFLAGS)
STATS = libstats.a $(GSL_LIBS)
