# whole journeys, through the real programs; pictures are kept under screenshots/
TESTS += tests/journey.py
EXTRA_DIST += tests/journey.py tests/service.py
tests/journey.log: manyi
