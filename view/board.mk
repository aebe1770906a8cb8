# what officials see: board, charts
libview_a_SOURCES += view/board_words.c view/board_words.h view/board_frame.c view/board_part.c \
	view/board_part.h view/board_tile.c view/board_tile.h view/board.c view/board.h \
	view/board_departments.c view/board_indicator.c view/board_indicator.h view/board_series.c view/board_trend.c \
	view/board_clauses.c view/board_domain.c view/board_record.c view/board_method.c \
	view/board_fieldwork.c view/board_login.c view/board_public.c view/board_figure.c view/board_ledger.c \
	view/chart_axis.c view/chart_axis.h view/chart.c view/chart.h view/chart_rows.c
nodist_libview_a_SOURCES += view/board.css.c view/board.svg.c

view/board.css.c: $(srcdir)/view/board.css $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) view && $(EMBED) $(srcdir)/view/board.css board_css > $@.tmp && mv $@.tmp $@
view/board.svg.c: $(srcdir)/view/board.svg $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) view && $(EMBED) $(srcdir)/view/board.svg board_svg > $@.tmp && mv $@.tmp $@
CLEANFILES += view/board.css.c view/board.svg.c
EXTRA_DIST += view/board.css view/board.svg
