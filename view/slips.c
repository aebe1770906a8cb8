/* Slips: two columns of five on a sheet, read at arm's length, so a symbol of 30 mm is large enough. */
#include "view/slips.h"

#include <stdint.h>
#include <string.h>

#include "view/poster.h"
#include "view/sheet.h"

/* All lengths in millimetres. */
#define COLUMNS 2
#define ROWS 5
#define MARGIN 10.0
#define SLIP_W ((SHEET_W - 2 * MARGIN) / COLUMNS)
#define SLIP_H ((SHEET_H - 2 * MARGIN) / ROWS)
#define SYMBOL 29.0
#define SYMBOL_X 6.5
#define SYMBOL_Y 9.0
#define WORDS_X 40.0
#define WORDS_W (SLIP_W - WORDS_X - 3)

static const struct type TYPE_TITLE = { 11, 8, 2, true, 0 };
static const struct type TYPE_CODE = { 17, 13, 1, true, 0 };
static const struct type TYPE_HOW = { 9, 7, 2, false, 0 };
static const struct type TYPE_UNTIL = { 10, 8, 1, true, 0 };
static const struct type TYPE_WHY = { 8, 6.5, 3, false, .2 };
static const struct type TYPE_ENGLISH = { 6.5, 5, 1, false, .3 };
static const struct type TYPE_PRINT = { 6.5, 5.5, 2, false, .3 };

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

static double
put(struct sheet *sheet, const struct type *type, double x, double y, double width, const struct text *line)
{
	const struct box box = { x, y, width, false };

	return sheet_put(sheet, type, &box, text_str(line));
}

static void
title_of(struct text *line, const struct slips *s)
{
	text_reset(line);
	text_puts(line, s->demo ? "演示 · " : "");
	text_puts(line, s->city);
	text_puts(line, s->form->title.in[LANG_ZH]);
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
	text_fmt(line, "扫码填写；或打开下面的网址，输入号码\n%.*s", (int)(slash + 1 - text_str(&words)), text_str(&words));
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
	text_fmt(line, "You were selected. Scan or type the code; once%s%s. No name, not linked to your answers.",
	    s->until[0] != '\0' ? ", until " : "", s->until);
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

static void
put_words(struct sheet *sheet, const struct slips *s, const char *url, const char *code, double x, double y)
{
	struct text line = TEXT_INIT;
	double at = y + 4;

	title_of(&line, s);
	at = put(sheet, &TYPE_TITLE, x + WORDS_X, at, WORDS_W, &line) + 1.5;
	text_reset(&line);
	slips_code(&line, code);
	at = put(sheet, &TYPE_CODE, x + WORDS_X, at, WORDS_W, &line) + 1;
	how_of(&line, url);
	at = put(sheet, &TYPE_HOW, x + WORDS_X, at, WORDS_W, &line) + 1.5;
	until_of(&line, s);
	at = put(sheet, &TYPE_UNTIL, x + WORDS_X, at, WORDS_W, &line) + 1;
	why_of(&line, s);
	put(sheet, &TYPE_WHY, x + WORDS_X, at, WORDS_W, &line);
	if (s->english) {
		english_of(&line, s);
		put(sheet, &TYPE_ENGLISH, x + 4, y + SLIP_H - 12, SLIP_W - 8, &line);
	}
	print_of(&line, s);
	put(sheet, &TYPE_PRINT, x + 4, y + SLIP_H - 8.5, SLIP_W - 8, &line);
	text_clear(&line);
}

static int
put_slip(struct sheet *sheet, const struct slips *s, const char *code, double x, double y, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text url = TEXT_INIT;
	struct qr qr;
	int rc = -1;

	if (slips_url(&url, s->base_url, code, err) == 0 && qr_make(&qr, text_str(&url), &pool, err) == 0) {
		sheet_symbol(sheet, &qr, x + SYMBOL_X, y + SYMBOL_Y, SYMBOL);
		put_words(sheet, s, text_str(&url), code, x, y);
		rc = 0;
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
		if (put_slip(sheet, s, s->code[page * SLIPS_ON_SHEET + i], MARGIN + (double)(i % COLUMNS) * SLIP_W,
		    MARGIN + (double)(i / COLUMNS) * SLIP_H, err) != 0)
			return -1;
	return 0;
}

int
slips_pdf(struct text *out, const struct slips *slips, struct err *err)
{
	return sheet_pdf(out, "邀请码", (slips->n + SLIPS_ON_SHEET - 1) / SLIPS_ON_SHEET, put_page,
	    (void *)(uintptr_t)slips, err);
}
