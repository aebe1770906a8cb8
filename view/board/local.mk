# what officials see: board, charts
libview_a_SOURCES += view/board/board.c view/board/board.h view/board/clauses.c \
	view/board/departments.c view/board/domain.c view/board/fieldwork.c view/board/figure.c \
	view/board/frame.c view/board/indicator.c view/board/indicator.h view/board/ledger.c \
	view/board/login.c view/board/method.c view/board/part.c view/board/part.h \
	view/board/public.c view/board/record.c view/board/series.c view/board/tile.c \
	view/board/tile.h view/board/trend.c view/board/words.c view/board/words.h view/chart.c \
	view/chart.h view/chart_axis.c view/chart_axis.h view/chart_rows.c
nodist_libview_a_SOURCES += view/board/board.css.c view/board/board.svg.c

view/board/board.css.c: $(srcdir)/view/board/board.css $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) view/board && $(EMBED) $(srcdir)/view/board/board.css board_css > $@.tmp && mv $@.tmp $@
view/board/board.svg.c: $(srcdir)/view/board/board.svg $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) view/board && $(EMBED) $(srcdir)/view/board/board.svg board_svg > $@.tmp && mv $@.tmp $@
CLEANFILES += view/board/board.css.c view/board/board.svg.c
EXTRA_DIST += view/board/board.css view/board/board.svg
