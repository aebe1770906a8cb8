/* Resident pages for tests: the three questionnaires and a frame around them. */
#ifndef TESTS_VIEW_RESIDENT_PAGE_H
#define TESTS_VIEW_RESIDENT_PAGE_H

#include "tests/support/check.h"
#include "tests/support/markup.h"

#include "base/pool.h"
#include "view/resident/resident.h"

static struct pool pool;
static struct text out = TEXT_INIT;

static inline const struct form *
load(const char *id)
{
	char name[64];
	struct err err = { 0 };
	const struct form *form;

	snprintf(name, sizeof(name), "forms/questionnaires/%s.json", id);
	form = form_load(check_path(name), &pool, &err);
	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

static inline struct resident_frame
frame_in(enum lang lang)
{
	return (struct resident_frame){ .lang = lang, .city = "瓦房店市", .self = "/Q/7K3M9P",
		.table_number = "瓦质调01表", .agency = "市场监督管理局",
		.approval = "瓦统制〔2024〕3号", .valid_until = "2025-12-31",
		.processor = "市场监督管理局", .contact = "0411-85610000" };
}

static inline struct resident_form
page_of(const struct form *form, enum lang lang)
{
	return (struct resident_form){ .frame = frame_in(lang), .form = form,
		.site_name = "瓦房店市政务服务中心", .window = "3号窗口", .key = "0123456789abcdef",
		.started = 1716000000 };
}

/* The page as text, checked as HTML; valid until the next. */
static inline const char *
shown(const struct resident_form *page)
{
	const char *fault;

	text_reset(&out);
	resident_form(&out, page);
	fault = markup_fault(text_str(&out));
	if (fault != NULL)
		fail_msg("form %s: %s", page->form->id, fault);
	return text_str(&out);
}

static inline size_t
count(const char *html, const char *needle)
{
	size_t n = 0;

	for (const char *s = html; (s = strstr(s, needle)) != NULL; s += strlen(needle))
		n++;
	return n;
}

/* Words are in the page, or are not. */
#define assert_shows(html, needle) do {								\
	if (strstr((html), (needle)) == NULL)							\
		fail_msg("not shown: %s", (needle));						\
} while (0)
#define assert_hides(html, needle) do {								\
	if (strstr((html), (needle)) != NULL)							\
		fail_msg("shown: %s", (needle));						\
} while (0)

/* What stands from `from` to the next `to`; in the pool. */
static inline const char *
between(const char *html, const char *from, const char *to)
{
	const char *begin = strstr(html, from), *end;

	if (begin == NULL)
		fail_msg("not shown: %s", from);
	end = strstr(begin + strlen(from), to);
	if (end == NULL)
		fail_msg("%s is not followed by %s", from, to);
	return pool_strndup(&pool, begin, (size_t)(end - begin));
}

static inline int
pages_done(void **state)
{
	(void)state;
	text_clear(&out);
	pool_clear(&pool);
	return 0;
}


#endif
