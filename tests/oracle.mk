# The reference answers made again by R's survey as installed here.  Not part of check: it needs no build of ours to be
# wrong, only another version of survey.
check-oracle: manyi
	/usr/bin/python3 $(srcdir)/tests/oracle/live.py ./manyi $(srcdir)/tests/reference
.PHONY: check-oracle
EXTRA_DIST += tests/oracle/live.py tests/oracle/say.R tests/oracle/basic.R tests/oracle/calibration.R \
	tests/oracle/replicates.R tests/oracle/lonely.R tests/oracle/small.R
