### stats: numbers or a table in, estimates with intervals out; pure
noinst_LIBRARIES += libstats.a
STATS_NUMBERS = stats/column.c stats/compare/area.c stats/compare/area.h \
	stats/compare/rank.c stats/compare/rank.h stats/compare/rate.c stats/compare/rate.h \
	stats/compare/regress.c stats/compare/regress.h stats/compare/trend.c \
	stats/compare/trend.h stats/design.c stats/design.h stats/dist.c stats/dist.h \
	stats/estimate.c stats/estimate.h stats/factor.c stats/factor.h stats/fault.c \
	stats/fault.h stats/interval.c stats/interval.h stats/linear.c stats/linear.h \
	stats/parallel.c stats/parallel.h stats/path/boot.c stats/path/boot.h stats/path/gram.c \
	stats/path/gram.h stats/path/index.c stats/path/inner.c stats/path/inner.h \
	stats/path/moments.c stats/path/pls.c stats/path/pls.h stats/path/quality.c \
	stats/random.c stats/random.h stats/reliability.c stats/reliability.h \
	stats/sample/block.c stats/sample/cov.c stats/sample/df.c stats/sample/estimate.c stats/sample/exact.c \
	stats/sample/fixed.h \
	stats/sample/in.h stats/sample/index.c stats/sample/items.c stats/sample/items.h \
	stats/sample/numbers.c stats/sample/pairs.c \
	stats/sample/pass.c stats/sample/pass.h stats/sample/quantile.c stats/sample/quantile.h \
	stats/sample/quick.c stats/sample/replicate.c stats/sample/replicate.h \
	stats/sample/residual.c stats/sample/sample.c stats/sample/sample.h stats/sample/spread.c \
	stats/sample/srs.c \
	stats/sample/stage.h stats/sample/sums.c stats/sample/sums.h stats/sample/theta.c \
	stats/sample/work.h \
	stats/stats.c stats/stats.h stats/sum.h \
	stats/table.c \
	stats/table.h stats/weight/calibrate.c \
	stats/weight/calibrate.h stats/weight/in.h stats/weight/margins.c stats/weight/rake.c \
	stats/weight/rake.h stats/weight/totals.c stats/wide.h
# Frames read files: no part of the library for other programs.
libstats_a_SOURCES = $(STATS_NUMBERS) stats/frame.c stats/frame.h stats/frame_in.h stats/frame_met.c
libstats_a_CPPFLAGS = $(AM_CPPFLAGS) $(GSL_CFLAGS)
STATS = libstats.a $(GSL_LIBS)
