### stats: numbers in, estimates with intervals out; pure
noinst_LIBRARIES += libstats.a
libstats_a_SOURCES = stats/estimate.c stats/estimate.h stats/fault.c stats/fault.h \
	stats/sum.h stats/dist.c stats/dist.h stats/linear.c stats/linear.h \
	stats/interval.c stats/interval.h stats/design.c stats/design.h \
	stats/weight/rake.c stats/weight/rake.h stats/table.c stats/table.h \
	stats/compare/area.c stats/compare/area.h stats/path/pls.c stats/path/pls.h stats/path/moments.c stats/path/inner.c stats/path/inner.h stats/path/quality.c \
	stats/path/boot.c stats/path/boot.h stats/path/gram.c stats/path/gram.h stats/path/index.c \
	stats/score.c stats/score.h stats/score_sum.h stats/score_in.h stats/score_layout.c \
	stats/tally.c stats/tally.h \
	stats/survey.c stats/survey.h stats/survey_in.h stats/survey_sums.c stats/survey_estimate.c \
	stats/factor.c stats/factor.h stats/sample/sample.c stats/sample/sample.h stats/sample/in.h stats/column.c \
	stats/sample/cov.c stats/sample/block.c stats/sample/residual.c stats/sample/sums.c stats/sample/sums.h \
	stats/parallel.c stats/parallel.h stats/sample/stage.h stats/wide.h \
	stats/sample/estimate.c stats/sample/df.c stats/sample/quick.c stats/sample/srs.c stats/sample/theta.c stats/sample/work.h \
	stats/sample/index.c \
	stats/sample/replicate.c stats/sample/replicate.h stats/weight/calibrate.c stats/weight/calibrate.h \
	stats/weight/in.h stats/weight/margins.c stats/weight/totals.c \
	stats/compare/trend.c stats/compare/trend.h stats/compare/rate.c stats/compare/rate.h \
	stats/random.c stats/random.h stats/compare/rank.c stats/compare/rank.h \
	stats/sample/quantile.c stats/sample/quantile.h stats/compare/regress.c stats/compare/regress.h \
	stats/reliability.c stats/reliability.h stats/stats.c stats/stats.h
libstats_a_CPPFLAGS = $(AM_CPPFLAGS) $(GSL_CFLAGS)
STATS = libstats.a $(GSL_LIBS)
