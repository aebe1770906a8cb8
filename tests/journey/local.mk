# whole journeys, through the real programs; pictures are kept under screenshots/
TESTS += tests/journey/journey.py tests/journey/ticket.py tests/journey/words.py tests/journey/programme.py tests/journey/languages.py
EXTRA_DIST += tests/journey/journey.py tests/journey/ticket.py tests/journey/words.py tests/journey/programme.py tests/journey/languages.py tests/support/service.py tests/support/browser.py
tests/journey/journey.log tests/journey/ticket.log tests/journey/words.log tests/journey/programme.log tests/journey/languages.log: manyi
