# tests of plan: through the shell, against R's survey
dist_check_SCRIPTS += tests/analyse.py tests/rank_rate.py tests/area.py tests/wave.py
TESTS += tests/analyse.py tests/rank_rate.py tests/area.py tests/wave.py
tests/analyse.log tests/rank_rate.log tests/area.log tests/wave.log: manyi

# path models
dist_check_SCRIPTS += tests/model.py tests/model_resample.py tests/model_refuse.py
TESTS += tests/model.py tests/model_resample.py tests/model_refuse.py
tests/model.log tests/model_resample.log tests/model_refuse.log: manyi
