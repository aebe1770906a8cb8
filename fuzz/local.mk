### fuzz: what strangers may send, taken by the functions that read it
# With --enable-fuzz (clang) these are fuzzers; without, each runs its seeds once in `make check`.
FUZZ_TARGETS = answers accept form csv wire record plan
FUZZERS = fuzz/fuzz_answers fuzz/fuzz_accept fuzz/fuzz_form fuzz/fuzz_csv fuzz/fuzz_wire fuzz/fuzz_record \
	fuzz/fuzz_plan
noinst_HEADERS += fuzz/fuzz.h
FUZZ_SEEDS = fuzz/answers.seeds fuzz/accept.seeds fuzz/form.seeds fuzz/csv.seeds fuzz/wire.seeds fuzz/record.seeds \
	fuzz/plan.seeds
EXTRA_DIST += $(FUZZ_SEEDS) fuzz/form.dict fuzz/answers.dict fuzz/accept.dict fuzz/plan.dict fuzz/run fuzz/seed fuzz/replay.c

# The seeds as files, in the build: fuzz/seeds/TARGET/NAME.
fuzz/seeds/unpacked: $(FUZZ_SEEDS) fuzz/seed
	$(AM_V_GEN)rm -rf fuzz/seeds && mkdir -p fuzz && \
		/usr/bin/python3 $(srcdir)/fuzz/seed unpack fuzz/seeds $(srcdir)/fuzz/*.seeds && touch $@
check_DATA += fuzz/seeds/unpacked
clean-fuzz:
	rm -rf fuzz/seeds

if FUZZ
FUZZ_MAIN =
EXTRA_PROGRAMS += $(FUZZERS)
CLEANFILES += $(FUZZERS)
else
FUZZ_MAIN = fuzz/replay.c
check_PROGRAMS += $(FUZZERS)
TESTS += tests/seeds.sh
endif
dist_check_SCRIPTS += tests/seeds.sh
FUZZ_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
FUZZ_LINK = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

fuzz_fuzz_answers_SOURCES = fuzz/fuzz_answers.c $(FUZZ_MAIN)
fuzz_fuzz_answers_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_answers_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_answers_LDADD = $(FORMS) $(BASE)
fuzz_fuzz_accept_SOURCES = fuzz/fuzz_accept.c $(FUZZ_MAIN)
fuzz_fuzz_accept_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_accept_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_accept_LDADD = $(FORMS) $(BASE)
fuzz_fuzz_form_SOURCES = fuzz/fuzz_form.c $(FUZZ_MAIN)
fuzz_fuzz_form_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_form_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_form_LDADD = $(FORMS) $(BASE)
fuzz_fuzz_csv_SOURCES = fuzz/fuzz_csv.c $(FUZZ_MAIN)
fuzz_fuzz_csv_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_csv_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_csv_LDADD = $(STATS) $(BASE)
fuzz_fuzz_wire_SOURCES = fuzz/fuzz_wire.c $(FUZZ_MAIN)
fuzz_fuzz_wire_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_wire_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_wire_LDADD = $(STORE_CLIENT) $(FORMS) $(BASE)
fuzz_fuzz_record_SOURCES = fuzz/fuzz_record.c $(FUZZ_MAIN)
fuzz_fuzz_record_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_record_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_record_LDADD = $(CGI) $(PROC) $(BASE)
fuzz_fuzz_plan_SOURCES = fuzz/fuzz_plan.c $(FUZZ_MAIN)
fuzz_fuzz_plan_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_fuzz_plan_LDFLAGS = $(FUZZ_LINK)
fuzz_fuzz_plan_LDADD = $(PLAN) $(BASE)

# FUZZ_SECONDS each (SECONDS is a clock of some shells), two at a time, in a build of their own.
.PHONY: fuzz fuzz-programs
fuzz-programs: $(FUZZERS) fuzz/seeds/unpacked
fuzz:
	$(SHELL) $(srcdir)/fuzz/run '$(srcdir)' '$(abs_builddir)/fuzz-build' $${FUZZ_SECONDS:-60} $(FUZZ_TARGETS)
