/* The fixture's city and its pages by name. */
#ifndef TESTS_VIEW_BOARD_PAGES_H
#define TESTS_VIEW_BOARD_PAGES_H

#include "tests/view/board_fixture.h"
#include "tests/support/check.h"
#include "tests/support/markup.h"

static struct fixture city;

static inline int
set_up(void **state)
{
	(void)state;
	fixture_fill(&city, check_path("data/programme.json"),
		check_path("tests/data/published_43.json"));
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	fixture_clear(&city);
	return 0;
}

static inline char *
indicator(enum lang lang, const char *id)
{
	struct board_frame frame = fixture_frame(lang, false);
	struct board_indicator page = fixture_page(&city, id);
	struct text out = TEXT_INIT;

	board_indicator(&out, &frame, &page);
	return out.s;
}

static inline char *
board(enum lang lang, const char *department, int standing)
{
	struct board_frame frame = fixture_frame(lang, false);
	struct board_filter filter = { department, standing };
	struct text out = TEXT_INIT;

	board_page(&out, &frame, &city.tracker, &filter);
	return out.s;
}

static inline char *
public_page(enum lang lang, const struct published_row published[], size_t n)
{
	struct board_frame frame = fixture_frame(lang, true);
	struct text out = TEXT_INIT;

	board_public(&out, &frame, &city.tracker, published, n);
	return out.s;
}

static inline bool
has_chinese(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0xe3 && (unsigned char)*s <= 0xe9)
			return true;
	return false;
}

#endif
