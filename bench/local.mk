### bench: what is promised in figures, measured against a baseline of the same run
EXTRA_DIST += bench/visit.py

.PHONY: bench bench-visit
bench: bench-visit
bench-visit: manyi
	srcdir='$(srcdir)' builddir='$(builddir)' MANYI='$(abs_builddir)/manyi' /usr/bin/python3 $(srcdir)/bench/visit.py
