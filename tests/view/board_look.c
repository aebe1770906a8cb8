/* Write every page into a folder, to be looked at.  usage: srcdir=DIR board_look FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/view/board_fixture.h"

static const char *folder;

/* The page's style sheet is beside it, not at the root of a server. */
static void
keep(const char *name, enum lang lang, struct text *page)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	char *link = strstr(page->s, "href=\"/s/");
	char *path = pool_fmt(&pool, "%s/%s%s.html", folder, name, lang == LANG_ZH ? "" : "-en");

	if (link != NULL)
		memmove(link + 6, link + 7, strlen(link + 7) + 1);
	if (file_write(path, page->s, strlen(page->s), 0644, &err) != 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(3);
	}
	printf("%-24s %zu\n", strrchr(path, '/') + 1, page->n);
	pool_clear(&pool);
	text_reset(page);
}

static void
write_board(struct fixture *f, enum lang lang, struct text *out)
{
	struct board_frame frame = fixture_frame(lang, false);
	struct board_filter all = { NULL, -1 }, one = { "市商务局", -1 }, missed = { NULL,
		STANDING_MISSED };
	const char *const id[] = { "43", "40", "47", "27", "28" };
	char name[32];

	board_page(out, &frame, &f->tracker, &all);
	keep("board", lang, out);
	board_page(out, &frame, &f->tracker, &one);
	keep("department", lang, out);
	board_page(out, &frame, &f->tracker, &missed);
	keep("missed", lang, out);
	board_departments(out, &frame, &f->tracker);
	keep("departments", lang, out);
	for (size_t i = 0; i < sizeof(id) / sizeof(*id); i++) {
		struct board_indicator page = fixture_page(f, id[i]);

		snprintf(name, sizeof(name), "indicator-%s", id[i]);
		board_indicator(out, &frame, &page);
		keep(name, lang, out);
	}
	board_fieldwork(out, &frame, f->fieldwork, FIXTURE_FIELDWORK, NULL, 0, NULL, 0);
	keep("fieldwork", lang, out);
	board_sites(out, &frame, f->site, FIXTURE_SITES);
	keep("sites", lang, out);
	board_password(out, &frame, PASSWORD_SHORT, 0);
	keep("password", lang, out);
}

static void
write_public(struct fixture *f, enum lang lang, struct text *out)
{
	struct board_frame frame = fixture_frame(lang, true);

	board_public(out, &frame, &f->tracker, f->published, FIXTURE_PUBLISHED);
	keep("public", lang, out);
	board_ledger(out, &frame, f->head, FIXTURE_HEADS,
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	keep("ledger", lang, out);
	board_login(out, &frame, LOGIN_WRONG, 0, "wang");
	keep("login", lang, out);
	board_message(out, &frame, (struct words){ { "没有这个页面", "No such page" } },
		(struct words){ { "请从看板进入。", "Please start from the board." } });
	keep("message", lang, out);
}

int
main(int argc, char **argv)
{
	struct fixture fixture;
	struct text out = TEXT_INIT;
	struct err err = { 0 };
	const char *source = getenv("srcdir"), *css;
	struct pool pool = POOL_INIT;
	size_t n;

	if (argc != 2) {
		fprintf(stderr, "usage: board_look FOLDER\n");
		return 2;
	}
	folder = argv[1];
	if (source == NULL)
		source = ".";
	fixture_fill(&fixture, pool_fmt(&pool, "%s/data/programme.json", source),
		pool_fmt(&pool, "%s/tests/data/published_43.json", source));
	css = board_css(&n);
	board_css_path(&out);
	if (file_mkdir(pool_fmt(&pool, "%s/s", folder), 0755, &err) != 0 ||
			file_write(pool_fmt(&pool, "%s%s", folder, text_str(&out)), css, n,
			0644, &err) != 0) {
		fprintf(stderr, "%s\n", err.text);
		return 3;
	}
	text_reset(&out);
	for (int lang = 0; lang < LANG_MAX; lang++) {
		write_board(&fixture, (enum lang)lang, &out);
		write_public(&fixture, (enum lang)lang, &out);
	}
	text_clear(&out);
	fixture_clear(&fixture);
	pool_clear(&pool);
	return 0;
}
