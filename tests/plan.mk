# tests of plan: through the shell, against R's survey
dist_check_SCRIPTS += tests/analyse.py
TESTS += tests/analyse.py
tests/analyse.log: manyi
