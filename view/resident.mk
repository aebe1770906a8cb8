# what residents see: form pages, posters, codes
libview_a_SOURCES += view/say_resident.c view/say_resident.h view/resident.h view/resident_part.h \
	view/resident_form.c view/resident_item.c view/resident_skip.c view/resident_order.c view/resident_cache.c \
	view/resident_frame.c view/resident_file.c view/resident_note.c view/resident_late.c view/resident_privacy.c view/resident_ticket.c \
	view/approval.c view/approval.h view/poster.c view/poster.h view/sheet.c view/sheet.h view/slips.c view/slips.h view/qr.c view/qr.h
nodist_libview_a_SOURCES = view/resident.css.c view/resident.js.c
VIEW_SQUEEZE = $(AM_V_GEN)$(MKDIR_P) view && f=$(srcdir)/$(@:.c=) && \
	$(SHELL) $(srcdir)/build-aux/squeeze $$f > $@.tmp
view/resident.css.c: $(srcdir)/view/resident.css $(srcdir)/build-aux/squeeze
	$(VIEW_SQUEEZE) && $(EMBED) $@.tmp resident_css > $@.tm2 && mv $@.tm2 $@ && rm $@.tmp
view/resident.js.c: $(srcdir)/view/resident.js $(srcdir)/build-aux/squeeze
	$(VIEW_SQUEEZE) && $(EMBED) $@.tmp resident_js > $@.tm2 && mv $@.tm2 $@ && rm $@.tmp
CLEANFILES += view/resident.css.c view/resident.js.c
EXTRA_DIST += view/resident.css view/resident.js build-aux/squeeze
