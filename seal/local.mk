### seal: what is published: computed from the rows, signed, proved, written out
noinst_LIBRARIES += libseal.a
libseal_a_SOURCES = seal/approvals.c seal/approvals.h seal/embed.h seal/proof.c seal/proof.h seal/publish.c \
	seal/publish.h seal/sealed.c seal/sealed.h seal/sealed_in.h seal/sealed_inputs.c \
	seal/sealed_rows.c seal/sealed_score.c
nodist_libseal_a_SOURCES = seal/recompute.R.c
libseal_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
SEAL = libseal.a

seal/recompute.R.c: $(srcdir)/seal/recompute.R $(srcdir)/build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) seal && $(EMBED) $(srcdir)/seal/recompute.R recompute_R > $@.tmp && mv $@.tmp $@
CLEANFILES += seal/recompute.R.c
EXTRA_DIST += seal/recompute.R
