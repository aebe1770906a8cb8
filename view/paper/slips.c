/* Slips: two columns of five on a sheet, read at arm's length, so a symbol of
 * 30 mm is large enough. */
#include "view/paper/slips.h"

#include <stdint.h>
#include <string.h>

#include "view/paper/poster.h"
#include "view/paper/sheet.h"

/* All lengths in millimetres. */
#define COLUMNS 2
#define ROWS 5
#define MARGIN 10.0
#define SLIP_W ((SHEET_W - 2 * MARGIN) / COLUMNS)
#define SLIP_H ((SHEET_H - 2 * MARGIN) / ROWS)
#define SYMBOL 36.0		/* with its quiet zone */
#define SYMBOL_X 3.0
#define SYMBOL_Y 4.0
#define WORDS_X 40.0
#define WORDS_W (SLIP_W - WORDS_X - 3)

#define FOOT 11.5		/* what the small print may take, below symbol and quiet zone */
#define EDGE 3.0		/* from the line one cuts along to the words */

static const struct type TYPE_TITLE = { 11, 5.5, 5, true, 0 };
static const struct type TYPE_CODE = { 17, 13, 1, true, 0 };
static const struct type TYPE_HOW = { 9, 5.5, 3, false, 0 };
static const struct type TYPE_UNTIL = { 10, 7, 2, true, 0 };
static const struct type TYPE_WHY = { 8, 5, 4, false, .2 };
static const struct type TYPE_ENGLISH = { 6.5, 5, 2, false, .3 };
static const struct type TYPE_PRINT = { 6.5, 5, 3, false, .3 };

int
slips_url(struct text *out, const char *base_url, const char *code, struct err *err)
{
	return poster_address(out, base_url, "/V/", code, err);
}

void
slips_code(struct text *out, const char *code)
{
	for (size_t i = 0; code[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			text_putc(out, '-');
		text_putc(out, code[i]);
	}
}

/* ---- one slip, its upper left corner at (x, y) ---- */

static void
title_of(struct text *line, const struct slips *s)
{
	text_reset(line);
	text_puts(line, s->demo ? "演示 · " : "");
	text_puts(line, s->city);
	text_puts(line, texts_for(&s->form->title, LANG_ZH));
	if (s->place[0] != '\0')
		text_fmt(line, " · %s", s->place);
}

/* The address without its code: what a person types who cannot scan. */
static void
how_of(struct text *line, const char *url)
{
	struct text words = TEXT_INIT;
	const char *slash;

	poster_in_words(&words, url);
	slash = strrchr(text_str(&words), '/');
	text_reset(line);
	text_fmt(line, "扫码填写；或打开下面的网址，输入号码\n%.*s",
		(int)(slash + 1 - text_str(&words)), text_str(&words));
	text_clear(&words);
}

static void
until_of(struct text *line, const struct slips *s)
{
	text_reset(line);
	if (s->until[0] != '\0')
		text_fmt(line, "有效期至 %s，只能用一次", s->until);
	else
		text_puts(line, "本次调查期间有效，只能用一次");
}

static void
why_of(struct text *line, const struct slips *s)
{
	text_reset(line);
	text_puts(line, "您是抽取到的受访者，您的回答代表许多人。");
	if (s->form->minutes > 0)
		text_fmt(line, "约 %d 分钟，", s->form->minutes);
	text_puts(line, "不登录、不记名，不收费；号码与您的回答不相连。");
}

static void
english_of(struct text *line, const struct slips *s)
{
	text_reset(line);
	text_fmt(line,
		"You were selected. Scan or type the code; once%s%s. No name,"
		" not linked to your answers.", s->until[0] != '\0' ? ", until " : "", s->until);
}

static void
add_fact(struct text *line, const char *name, const char *value)
{
	if (value[0] == '\0')
		return;
	text_puts(line, line->n > 0 ? "　" : "");
	text_puts(line, name);
	text_puts(line, value);
}

static void
print_of(struct text *line, const struct slips *s)
{
	text_reset(line);
	add_fact(line, "表号：", s->table_number);
	add_fact(line, "制定机关：", s->agency);
	add_fact(line, "批准文号：", s->approval);
	add_fact(line, "有效期至：", s->valid_until);
}

/* What one slip says. */
struct words_of {
	struct text title, code, how, until, why, english, print;
};

static void
words_clear(struct words_of *w)
{
	struct text *all[] = { &w->title, &w->code, &w->how, &w->until, &w->why,
		&w->english, &w->print };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		text_clear(all[i]);
}

static void
words_make(struct words_of *w, const struct slips *s, const char *url, const char *code)
{
	*w = (struct words_of){ .title = TEXT_INIT };
	title_of(&w->title, s);
	slips_code(&w->code, code);
	how_of(&w->how, url);
	until_of(&w->until, s);
	why_of(&w->why, s);
	if (s->english)
		english_of(&w->english, s);
	print_of(&w->print, s);
}

/* The small print takes what it needs at the foot; the words beside the symbol get all
 * that is left above it. */
static int
put_words(struct sheet *sheet, const struct words_of *w, double x, double y, struct err *err)
{
	const struct box foot = { x + EDGE + 1, y + SLIP_H - EDGE, SLIP_W - 2 * EDGE - 2, false };
	const struct box side = { x + WORDS_X, y + EDGE + 1, WORDS_W, false };
	const struct line small[] = {
		{ &TYPE_ENGLISH, text_str(&w->english), 0 },
		{ &TYPE_PRINT, text_str(&w->print), .5 },
	};
	const struct line line[] = {
		{ &TYPE_TITLE, text_str(&w->title), 0 }, { &TYPE_CODE, text_str(&w->code), 1.2 },
		{ &TYPE_HOW, text_str(&w->how), .8 }, { &TYPE_UNTIL, text_str(&w->until), 1.2 },
		{ &TYPE_WHY, text_str(&w->why), .8 },
	};
	double top;

	if (sheet_stack_up(sheet, &foot, FOOT, small, 2, &top, err) != 0)
		return -1;
	return sheet_stack(sheet, &side, top - 1 - side.y, line,
		sizeof(line) / sizeof(line[0]), NULL, err);
}

static int
put_slip(struct sheet *sheet, const struct slips *s, const char *code, double x, double y,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text url = TEXT_INIT;
	struct qr qr;
	int rc = -1;

	if (slips_url(&url, s->base_url, code, err) == 0 &&
			qr_make(&qr, text_str(&url), &pool, err) == 0) {
		double quiet = SYMBOL * QR_QUIET / (qr.width + 2 * QR_QUIET);
		struct words_of words;

		sheet_symbol(sheet, &qr, x + SYMBOL_X + quiet, y + SYMBOL_Y + quiet,
			SYMBOL - 2 * quiet);
		words_make(&words, s, text_str(&url), code);
		rc = put_words(sheet, &words, x, y, err);
		words_clear(&words);
	}
	text_clear(&url);
	pool_clear(&pool);
	return rc;
}

/* ---- sheets ---- */

/* Lines to cut along, right across: a guillotine takes the whole stack. */
static void
put_cuts(struct sheet *sheet)
{
	for (int i = 0; i <= COLUMNS; i++)
		sheet_line(sheet, MARGIN + i * SLIP_W, 0, MARGIN + i * SLIP_W, SHEET_H);
	for (int i = 0; i <= ROWS; i++)
		sheet_line(sheet, 0, MARGIN + i * SLIP_H, SHEET_W, MARGIN + i * SLIP_H);
}

static int
put_page(struct sheet *sheet, size_t page, void *ctx, struct err *err)
{
	const struct slips *s = ctx;

	put_cuts(sheet);
	for (size_t i = 0; i < SLIPS_ON_SHEET && page * SLIPS_ON_SHEET + i < s->n; i++)
		if (put_slip(sheet, s, s->code[page * SLIPS_ON_SHEET + i],
				MARGIN + (double)(i % COLUMNS) * SLIP_W,
				MARGIN + (double)(i / COLUMNS) * SLIP_H, err) != 0)
			return -1;
	return 0;
}

int
slips_pdf(struct text *out, const struct slips *slips, struct err *err)
{
	return sheet_pdf(out, "邀请码", (slips->n + SLIPS_ON_SHEET - 1) / SLIPS_ON_SHEET,
		slips->extents, put_page,
		(void *)(uintptr_t)slips, err);
}
