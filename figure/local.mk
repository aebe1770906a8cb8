### figure: stored rows to named figures, series and ranks
noinst_LIBRARIES += libfigure.a
libfigure_a_SOURCES = figure/counted.c figure/counted.h figure/block.c figure/block.h \
	figure/cache.c figure/complaints.c figure/definition.c figure/definition.h \
	figure/figure.c figure/figure.h figure/figures.c figure/figures.h figure/figures_city.c \
	figure/figures_in.h figure/figures_one.c figure/figures_rows.c figure/figures_say.c figure/inquiry.c \
	figure/inquiry.h figure/keep.c figure/keep.h figure/level.c figure/level.h figure/margins.c \
	figure/margins.h figure/none.c figure/none.h figure/ranks.c figure/rows.c figure/rows.h figure/scan.c figure/scan.h \
	figure/scores.c figure/scores.h figure/screen.c figure/screen.h figure/series.c \
	figure/series.h figure/session.c figure/session.h figure/survey.c figure/survey.h figure/survey_frame.c \
	figure/survey_frame.h
libfigure_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
FIGURE = libfigure.a
