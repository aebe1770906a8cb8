# tests of plan: through the shell, against R's survey
dist_check_SCRIPTS += tests/analyse.py tests/rank_rate.py tests/area.py
TESTS += tests/analyse.py tests/rank_rate.py tests/area.py
tests/analyse.log tests/rank_rate.log tests/area.log: manyi
