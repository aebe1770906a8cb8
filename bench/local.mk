### bench: what is promised in figures, measured against a baseline of the same run
EXTRA_DIST += bench/visit.py bench/intake.py bench/growth.py bench/load.py bench/stack.py bench/visit.lua bench/insert.php

.PHONY: bench bench-visit bench-index
bench: bench-visit bench-index bench-stats
bench-visit: manyi
	srcdir='$(srcdir)' builddir='$(builddir)' MANYI='$(abs_builddir)/manyi' /usr/bin/python3 $(srcdir)/bench/visit.py

# Durable answers a second beside what nginx, a bare reader and a bare PHP page do.  Needs the group
# bench of build-aux/packages: build-aux/install-packages bench
EXTRA_PROGRAMS += bench/echo
bench_echo_SOURCES = bench/echo.c
bench_echo_LDADD = $(CGI) $(PROC) $(BASE)
EXTRA_PROGRAMS += bench/bare
bench_bare_SOURCES = bench/bare.c
bench_bare_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS)
bench_bare_LDADD = $(CGI) $(PROC) $(BASE) $(SQLITE_LIBS)
CLEANFILES += bench/echo bench/bare
.PHONY: bench-intake
bench-intake: manyi bench/echo bench/bare
	srcdir='$(srcdir)' builddir='$(builddir)' MANYI='$(abs_builddir)/manyi' /usr/bin/python3 $(srcdir)/bench/intake.py

# What an answer costs after a million of them (GROWTH=10000000 in full).
EXTRA_PROGRAMS += bench/fill
bench_fill_SOURCES = bench/fill.c
bench_fill_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
bench_fill_LDADD = $(DB) $(FORMS) $(BASE)
CLEANFILES += bench/fill
.PHONY: bench-growth
bench-growth: manyi bench/fill
	srcdir='$(srcdir)' builddir='$(builddir)' MANYI='$(abs_builddir)/manyi' /usr/bin/python3 $(srcdir)/bench/growth.py

# An index over a million stored answers, beside sqlite3's own sum of one item.
EXTRA_PROGRAMS += bench/bench_index
bench_bench_index_SOURCES = bench/bench_index.c
bench_bench_index_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
bench_bench_index_LDADD = $(TRACK) $(FIGURE) $(STATS) $(DB) $(FORMS) $(BASE) -lm
bench-index: bench/bench_index
	./bench/bench_index $(srcdir)/forms/questionnaires/C.json bench/index.db $(BENCH_ROWS)
	rm -f bench/index.db bench/index.db-wal bench/index.db-shm
CLEANFILES += bench/bench_index bench/index.db

# How often the intervals hold the truth, by simulation: BENCH_SAMPLES samples a row (10000 in the published table);
# BENCH_PART is one of its parts: intervals composites rises ranks.
EXTRA_PROGRAMS += bench/coverage
bench_coverage_SOURCES = bench/coverage.c bench/people.c bench/people.h bench/world.c bench/world.h
bench_coverage_CPPFLAGS = $(AM_CPPFLAGS)
bench_coverage_LDADD = $(STATS) $(BASE) -lm
bench-coverage: bench/coverage
	nice -n 19 ./bench/coverage $${BENCH_SAMPLES:-200} $${BENCH_SEED:-1} $${BENCH_PART:-}
CLEANFILES += bench/coverage
.PHONY: bench-coverage

# The statistics beside R's survey: BENCH_ROWS rows (a million), BENCH_LIMIT seconds for each of R's tasks.
EXTRA_PROGRAMS += bench/bench_stats
bench_bench_stats_SOURCES = bench/bench_stats.c
bench_bench_stats_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
bench_bench_stats_LDADD = $(PLAN) $(BASE) -lm
bench-stats: bench/bench_stats
	builddir='$(builddir)' /usr/bin/python3 $(srcdir)/bench/stats.py
.PHONY: bench-stats
CLEANFILES += bench/bench_stats
EXTRA_DIST += bench/stats.py bench/stats.R
