# The documents: what they name is there, their commands run, docs/extending.md works.
dist_check_SCRIPTS += tests/docs/documents.py tests/docs/extend.py
TESTS += tests/docs/documents.py tests/docs/extend.py
tests/docs/documents.log: manyi

# The steps of docs/extending.md on a copy of the tree in $(builddir)/extend: a minute or two.
.PHONY: extend
extend: all
	srcdir='$(srcdir)' builddir='$(builddir)' /usr/bin/python3 $(srcdir)/tests/docs/extend.py --apply
