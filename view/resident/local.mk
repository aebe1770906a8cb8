# what residents see: form pages, posters, codes
libview_a_SOURCES += view/approval.c view/approval.h view/paper/poster.c view/paper/poster.h \
	view/paper/qr.c view/paper/qr.h view/paper/sheet.c view/paper/sheet.h view/paper/slips.c \
	view/paper/slips.h view/resident/cache.c view/resident/fields.c view/resident/file.c \
	view/resident/form.c view/resident/frame.c view/resident/item.c view/resident/late.c \
	view/resident/note.c view/resident/order.c view/resident/part.h view/resident/privacy.c \
	view/resident/resident.h view/resident/say.c view/resident/say.h view/resident/skip.c \
	view/resident/skip_words.c view/resident/ticket.c
nodist_libview_a_SOURCES = view/resident/resident.css.c view/resident/resident.js.c
VIEW_SQUEEZE = $(AM_V_GEN)$(MKDIR_P) view/resident && f=$(srcdir)/$(@:.c=) && \
	$(SHELL) $(srcdir)/build-aux/squeeze $$f > $@.tmp
view/resident/resident.css.c: $(srcdir)/view/resident/resident.css $(srcdir)/build-aux/squeeze
	$(VIEW_SQUEEZE) && $(EMBED) $@.tmp resident_css > $@.tm2 && mv $@.tm2 $@ && rm $@.tmp
view/resident/resident.js.c: $(srcdir)/view/resident/resident.js $(srcdir)/build-aux/squeeze
	$(VIEW_SQUEEZE) && $(EMBED) $@.tmp resident_js > $@.tm2 && mv $@.tm2 $@ && rm $@.tmp
CLEANFILES += view/resident/resident.css.c view/resident/resident.js.c
EXTRA_DIST += view/resident/resident.css view/resident/resident.js build-aux/squeeze
