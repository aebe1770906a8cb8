### stats: numbers in, estimates with intervals out
noinst_LIBRARIES += libstats.a
libstats_a_SOURCES = stats/estimate.c stats/estimate.h stats/fault.c stats/fault.h \
	stats/sum.h stats/dist.c stats/dist.h stats/linear.c stats/linear.h \
	stats/interval.c stats/interval.h stats/design.c stats/design.h \
	stats/rake.c stats/rake.h stats/table.c stats/table.h \
	stats/area.c stats/area.h stats/pls.c stats/pls.h stats/pls_moments.c stats/pls_quality.c \
	stats/pls_boot.c stats/pls_boot.h stats/pls_gram.c stats/pls_gram.h stats/pls_index.c \
	stats/score.c stats/score.h stats/score_sum.h stats/score_in.h stats/score_layout.c \
	stats/tally.c stats/tally.h \
	stats/survey.c stats/survey.h stats/survey_in.h stats/survey_sums.c stats/survey_estimate.c \
	stats/factor.c stats/factor.h stats/sample.c stats/sample.h stats/sample_in.h stats/column.c \
	stats/sample_cov.c stats/sample_block.c stats/sample_residual.c stats/sample_sums.c stats/sample_sums.h \
	stats/parallel.c stats/parallel.h stats/sample_stage.h stats/wide.h \
	stats/sample_estimate.c stats/sample_df.c stats/sample_quick.c stats/sample_theta.c stats/sample_work.h \
	stats/sample_index.c \
	stats/replicate.c stats/replicate.h stats/calibrate.c stats/calibrate.h \
	stats/calibrate_in.h stats/calibrate_margins.c stats/calibrate_totals.c \
	stats/trend.c stats/trend.h stats/rate.c stats/rate.h \
	stats/random.c stats/random.h stats/rank.c stats/rank.h \
	stats/quantile.c stats/quantile.h stats/regress.c stats/regress.h \
	stats/reliability.c stats/reliability.h stats/stats.c stats/stats.h
libstats_a_CPPFLAGS = $(AM_CPPFLAGS) $(GSL_CFLAGS)
STATS = libstats.a $(GSL_LIBS)
