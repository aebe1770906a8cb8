# tests of plan: through the shell, against R's survey
dist_check_SCRIPTS += tests/analyse.py tests/rank_rate.py
TESTS += tests/analyse.py tests/rank_rate.py
tests/analyse.log tests/rank_rate.log: manyi
