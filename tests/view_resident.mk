noinst_HEADERS += tests/resident_page.h
T_PAGES = tests/markup.c tests/markup.h
T_VIEW = libview.a $(FORMS) $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/test_html
TESTS += tests/test_html
tests_test_html_SOURCES = tests/test_html.c
tests_test_html_CPPFLAGS = $(T_CPPFLAGS)
tests_test_html_LDADD = libview.a $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/test_markup
TESTS += tests/test_markup
tests_test_markup_SOURCES = tests/test_markup.c $(T_PAGES)
tests_test_markup_CPPFLAGS = $(T_CPPFLAGS)
tests_test_markup_LDADD = $(BASE) $(CMOCKA_LIBS)

check_PROGRAMS += tests/test_resident_form tests/test_resident_cache tests/test_resident_skip tests/test_resident_note
TESTS += tests/test_resident_form tests/test_resident_cache tests/test_resident_skip tests/test_resident_note
check_PROGRAMS += tests/test_resident_refers tests/test_resident_reach
TESTS += tests/test_resident_refers tests/test_resident_reach
tests_test_resident_reach_SOURCES = tests/test_resident_reach.c $(T_PAGES)
tests_test_resident_reach_CPPFLAGS = $(T_CPPFLAGS)
tests_test_resident_reach_LDADD = $(T_VIEW)
tests_test_resident_refers_SOURCES = tests/test_resident_refers.c $(T_PAGES)
tests_test_resident_refers_CPPFLAGS = $(T_CPPFLAGS)
tests_test_resident_refers_LDADD = $(T_VIEW)
tests_test_resident_cache_SOURCES = tests/test_resident_cache.c $(T_PAGES)
tests_test_resident_cache_CPPFLAGS = $(T_CPPFLAGS)
tests_test_resident_cache_LDADD = $(T_VIEW)
tests_test_resident_form_SOURCES = tests/test_resident_form.c $(T_PAGES)
tests_test_resident_form_CPPFLAGS = $(T_CPPFLAGS)
tests_test_resident_form_LDADD = $(T_VIEW)
tests_test_resident_skip_SOURCES = tests/test_resident_skip.c $(T_PAGES)
tests_test_resident_skip_CPPFLAGS = $(T_CPPFLAGS)
tests_test_resident_skip_LDADD = $(T_VIEW)
tests_test_resident_note_SOURCES = tests/test_resident_note.c $(T_PAGES)
tests_test_resident_note_CPPFLAGS = $(T_CPPFLAGS)
tests_test_resident_note_LDADD = $(T_VIEW)

check_PROGRAMS += tests/test_poster tests/put_poster tests/test_paper
TESTS += tests/test_poster tests/poster.py tests/test_paper
tests_test_paper_SOURCES = tests/test_paper.c
tests_test_paper_CPPFLAGS = $(T_CPPFLAGS)
tests_test_paper_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_test_poster_SOURCES = tests/test_poster.c
tests_test_poster_CPPFLAGS = $(T_CPPFLAGS) $(QR_CFLAGS)
tests_test_poster_LDADD = $(VIEW) $(FORMS) $(BASE) $(CMOCKA_LIBS)
tests_put_poster_SOURCES = tests/put_poster.c
tests_put_poster_CPPFLAGS = $(T_CPPFLAGS)
tests_put_poster_LDADD = $(VIEW) $(FORMS) $(BASE)
dist_check_SCRIPTS += tests/poster.py

# The pages in a real browser.
check_PROGRAMS += tests/put_pages
TESTS += tests/resident.py tests/draft.py
EXTRA_DIST += tests/shown.py
tests_put_pages_SOURCES = tests/put_pages.c
tests_put_pages_CPPFLAGS = $(T_CPPFLAGS)
tests_put_pages_LDADD = libview.a $(FORMS) $(BASE)
dist_check_SCRIPTS += tests/resident.py tests/draft.py

# What is in view when a screen opens: no size of screen may hide one end of a scale.
TESTS += tests/first_view.py tests/writing.py
dist_check_SCRIPTS += tests/first_view.py tests/writing.py

clean-view:
	rm -rf tests/poster.d tests/resident.d tests/first_view.d tests/writing.d
