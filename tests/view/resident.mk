noinst_HEADERS += tests/view/resident/resident_page.h
T_PAGES = tests/support/markup.c tests/support/markup.h
T_VIEW = libview.a $(FORMS) $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/view/test_html tests/view/test_approval tests/view/resident/test_say
TESTS += tests/view/test_html tests/view/test_approval tests/view/resident/test_say
tests_view_test_approval_SOURCES = tests/view/test_approval.c
tests_view_test_approval_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_approval_LDADD = libview.a $(BASE) $(CMOCKA_LIBS)
tests_view_resident_test_say_SOURCES = tests/view/resident/test_say.c
tests_view_resident_test_say_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_say_LDADD = libview.a $(BASE) $(CMOCKA_LIBS)
tests_view_test_html_SOURCES = tests/view/test_html.c
tests_view_test_html_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_html_LDADD = libview.a $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/view/test_markup
TESTS += tests/view/test_markup
tests_view_test_markup_SOURCES = tests/view/test_markup.c $(T_PAGES)
tests_view_test_markup_CPPFLAGS = $(T_CPPFLAGS)
tests_view_test_markup_LDADD = $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/view/resident/test_resident tests/view/resident/test_resident_cache tests/view/resident/test_resident_skip tests/view/resident/test_resident_note
TESTS += tests/view/resident/test_resident tests/view/resident/test_resident_cache tests/view/resident/test_resident_skip tests/view/resident/test_resident_note
check_PROGRAMS += tests/view/resident/test_resident_refers tests/view/resident/test_resident_reach
TESTS += tests/view/resident/test_resident_refers tests/view/resident/test_resident_reach
check_PROGRAMS += tests/view/resident/test_resident_languages
TESTS += tests/view/resident/test_resident_languages
tests_view_resident_test_resident_languages_SOURCES = tests/view/resident/test_resident_languages.c $(T_PAGES)
tests_view_resident_test_resident_languages_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_languages_LDADD = $(T_VIEW)
tests_view_resident_test_resident_reach_SOURCES = tests/view/resident/test_resident_reach.c $(T_PAGES)
tests_view_resident_test_resident_reach_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_reach_LDADD = $(T_VIEW)
tests_view_resident_test_resident_refers_SOURCES = tests/view/resident/test_resident_refers.c $(T_PAGES)
tests_view_resident_test_resident_refers_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_refers_LDADD = $(T_VIEW)
tests_view_resident_test_resident_cache_SOURCES = tests/view/resident/test_resident_cache.c $(T_PAGES)
tests_view_resident_test_resident_cache_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_cache_LDADD = $(T_VIEW)
tests_view_resident_test_resident_SOURCES = tests/view/resident/test_resident.c $(T_PAGES)
tests_view_resident_test_resident_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_LDADD = $(T_VIEW)
tests_view_resident_test_resident_skip_SOURCES = tests/view/resident/test_resident_skip.c $(T_PAGES)
tests_view_resident_test_resident_skip_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_skip_LDADD = $(T_VIEW)
tests_view_resident_test_resident_note_SOURCES = tests/view/resident/test_resident_note.c $(T_PAGES)
tests_view_resident_test_resident_note_CPPFLAGS = $(T_CPPFLAGS)
tests_view_resident_test_resident_note_LDADD = $(T_VIEW)

PAPER_TESTS = tests/view/paper/test_poster tests/view/paper/test_qr tests/view/paper/test_sheet tests/view/paper/test_slips tests/view/paper/test_paper
noinst_HEADERS += tests/view/paper/paper.h
check_PROGRAMS += $(PAPER_TESTS) tests/view/put_poster
TESTS += $(PAPER_TESTS) tests/journey/poster.py
tests_view_paper_test_paper_SOURCES = tests/view/paper/test_paper.c
tests_view_paper_test_paper_CPPFLAGS = $(T_CPPFLAGS)
tests_view_paper_test_paper_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_view_paper_test_poster_SOURCES = tests/view/paper/test_poster.c
tests_view_paper_test_poster_CPPFLAGS = $(T_CPPFLAGS) $(QR_CFLAGS)
tests_view_paper_test_poster_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_view_paper_test_qr_SOURCES = tests/view/paper/test_qr.c
tests_view_paper_test_qr_CPPFLAGS = $(T_CPPFLAGS) $(QR_CFLAGS)
tests_view_paper_test_qr_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_view_paper_test_sheet_SOURCES = tests/view/paper/test_sheet.c
tests_view_paper_test_sheet_CPPFLAGS = $(T_CPPFLAGS)
tests_view_paper_test_sheet_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_view_paper_test_slips_SOURCES = tests/view/paper/test_slips.c
tests_view_paper_test_slips_CPPFLAGS = $(T_CPPFLAGS)
tests_view_paper_test_slips_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS) -lm
tests_view_put_poster_SOURCES = tests/view/put_poster.c
tests_view_put_poster_CPPFLAGS = $(T_CPPFLAGS)
tests_view_put_poster_LDADD = $(VIEW) $(FORMS) $(BASE)
dist_check_SCRIPTS += tests/journey/poster.py

# The pages in a real browser.
check_PROGRAMS += tests/view/put_pages
TESTS += tests/journey/resident.py tests/journey/draft.py
EXTRA_DIST += tests/support/shown.py
tests_view_put_pages_SOURCES = tests/view/put_pages.c
tests_view_put_pages_CPPFLAGS = $(T_CPPFLAGS)
tests_view_put_pages_LDADD = libview.a $(FORMS) $(BASE)
dist_check_SCRIPTS += tests/journey/resident.py tests/journey/draft.py

# What is in view when a screen opens: no size of screen may hide one end of a scale.
TESTS += tests/journey/first_view.py tests/journey/writing.py
dist_check_SCRIPTS += tests/journey/first_view.py tests/journey/writing.py

clean-view:
	rm -rf tests/poster.d tests/resident.d tests/first_view.d tests/writing.d
