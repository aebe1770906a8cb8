# whole journeys, through the real programs; pictures are kept under screenshots/
TESTS += tests/journey.py tests/ticket.py tests/words.py
EXTRA_DIST += tests/journey.py tests/ticket.py tests/words.py tests/service.py tests/browser.py
tests/journey.log tests/ticket.log tests/words.log: manyi
