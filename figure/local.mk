### figure: stored rows to named figures, series and ranks
noinst_LIBRARIES += libfigure.a
libfigure_a_SOURCES = figure/cache.c figure/complaints.c figure/definition.c figure/definition.h \
	figure/figures.c figure/figures.h figure/fold.c figure/fold.h figure/fold_by.c figure/fold_by.h \
	figure/fold_in.h figure/fold_keep.c figure/fold_own.c figure/fold_part.c figure/fold_rows.c \
	figure/inquiry.c figure/inquiry.h figure/inquiry_in.h figure/inquiry_table.c \
	figure/margins.c figure/margins.h figure/figure.c figure/figure.h figure/memo.c \
	figure/memo.h figure/ranks.c figure/scan.c figure/scan.h figure/scores.c figure/scores.h \
	figure/screen.c figure/screen.h figure/series.c figure/series.h figure/session.c \
	figure/session.h
libfigure_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
FIGURE = libfigure.a
