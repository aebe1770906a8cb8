# The reference answers made again by R's survey as installed here.  Not part of check: it needs no build of ours to be
# wrong, only another version of survey.
check-oracle: manyi
	/usr/bin/python3 $(srcdir)/tests/oracle/live.py ./manyi $(srcdir)/tests/reference
	MANYI=./manyi /usr/bin/python3 $(srcdir)/tests/oracle/designs.py $(SAMPLES)
# How many random samples, and the first seed.
SAMPLES = 20 1
.PHONY: check-oracle
EXTRA_DIST += tests/oracle/live.py tests/oracle/designs.py tests/oracle/say.R tests/oracle/basic.R tests/oracle/calibration.R \
	tests/oracle/replicates.R tests/oracle/lonely.R tests/oracle/small.R
