/* The A4 poster of a site: what, where, the code, the address in words, how long, and no tricks. */
#include "view/paper/poster.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "view/paper/sheet.h"

/*
 * All lengths in millimetres.  Read at 2 m: a Chinese character should be as high as the distance
 * divided by 200, which is 10 mm or 28 pt.  Scanned: a symbol should be as wide as the distance
 * divided by 10, so 90 mm serves 0.9 m, an arm over a counter, where 60 mm would ask people to
 * step up close.
 */
#define MARGIN 18.0
#define SYMBOL 90.0
#define SYMBOL_TOP 117.0
#define HEAD 21.0
#define DEMO 14.0
#define NAME_SHORT 24		/* columns that stand in one line at 40 pt */

/* ---- the address ---- */

static bool
has_scheme(const char *url)
{
	return strncmp(url, "HTTP://", 7) == 0 || strncmp(url, "HTTPS://", 8) == 0;
}

static int
refuse_characters(const char *base_url, const char *bad, struct err *err)
{
	return err_set(err, ERR_INPUT,
		"网址 %s 里的“%s”放不进大写字母二维码：只能用字母、数字和 - . : /",
		"the address %s has \"%s\", which an upper-case QR code cannot hold: use letters,"
		" digits and - . : /", base_url, bad);
}

/* Each character outside the set once, in order. */
static void
list_characters(char *bad, size_t room, const char *url)
{
	size_t n = 0;

	for (; *url != '\0'; url++)
		if (strchr(QR_CHARACTERS, *url) == NULL &&
				memchr(bad, *url, n) == NULL && n + 1 < room)
			bad[n++] = *url;
	bad[n] = '\0';
}

static int
check_base(const char *base_url, const char *upper, struct err *err)
{
	char bad[64];
	const char *host;

	list_characters(bad, sizeof(bad), upper);
	if (bad[0] != '\0')
		return refuse_characters(base_url, bad, err);
	if (!has_scheme(upper))
		return err_set(err, ERR_INPUT, "网址 %s 要以 http:// 或 https:// 开头",
			"the address %s must begin with http:// or https://", base_url);
	host = strstr(upper, "//") + 2;
	if (*host == '\0' || strchr(host, '/') != NULL)
		return err_set(err, ERR_INPUT,
			"网址 %s 只能写到域名（和端口）：二维码里全是大写，后面的路径会变样",
			"the address %s must end with the host (and port): upper"
			" case would change a path", base_url);
	return 0;
}

int
poster_address(struct text *out, const char *base_url, const char *path, const char *code,
	struct err *err)
{
	struct text url = TEXT_INIT;
	int rc;

	for (const char *s = base_url; *s != '\0'; s++)
		text_putc(&url, (char)toupper((unsigned char)*s));
	if (url.n > 0 && url.s[url.n - 1] == '/')
		url.s[--url.n] = '\0';
	rc = check_base(base_url, text_str(&url), err);
	if (rc == 0) {
		text_puts(&url, path);
		for (const char *s = code; *s != '\0'; s++)
			text_putc(&url, (char)toupper((unsigned char)*s));
		if (text_str(&url)[strspn(text_str(&url), QR_CHARACTERS)] != '\0')
			rc = refuse_characters(text_str(&url), code, err);
		else
			text_puts(out, text_str(&url));
	}
	text_clear(&url);
	return rc;
}

int
poster_url(struct text *out, const char *base_url, const char *code, struct err *err)
{
	return poster_address(out, base_url, "/Q/", code, err);
}

void
poster_in_words(struct text *out, const char *url)
{
	const char *host = strstr(url, "//") + 2, *path = host + strcspn(host, "/");
	const char *from = strncmp(url, "HTTPS://", 8) == 0 ? host : url;

	for (const char *s = from; s < path; s++)
		text_putc(out, (char)tolower((unsigned char)*s));
	text_puts(out, path);
}

/* ---- text on the sheet ---- */

static const struct type TYPE_SMALL = { 15, 11, 1, false, .25 };
static const struct type TYPE_FURTHER = { 15, 9, 2, false, .25 };
static const struct type TYPE_CITY = { 15, 9, 2, false, .25 };
static const struct type TYPE_SITE = { 58, 40, 1, true, 0 };
static const struct type TYPE_SITE_LONG = { 44, 18, 4, true, 0 };
static const struct type TYPE_WINDOW = { 34, 16, 2, true, 0 };
static const struct type TYPE_CALL = { 30, 18, 1, false, 0 };
static const struct type TYPE_ADDRESS = { 22, 10, 2, true, 0 };
static const struct type TYPE_PROMISE = { 29, 22, 1, true, 0 };
static const struct type TYPE_PRINT = { 10, 6, 4, false, .25 };
static const struct type TYPE_DEMO = { 24, 18, 1, true, 1 };

/* ---- parts of the sheet ---- */

static struct box
box_at(double y)
{
	return (struct box){ MARGIN, y, SHEET_W - 2 * MARGIN, true };
}

static int
put_demo(struct sheet *sheet, double y, struct err *err)
{
	const struct line line = { &TYPE_DEMO, "演示数据　请勿张贴", 0 };
	const struct box box = box_at(y + 2);

	sheet_bar(sheet, 0, y, SHEET_W, DEMO, 0);
	return sheet_stack(sheet, &box, DEMO - 2, &line, 1, NULL, err);
}

static int
put_head(struct sheet *sheet, const struct poster *poster, double bottom, struct err *err)
{
	const struct box box = box_at(HEAD);
	const char *name = poster->site_name != NULL ? poster->site_name : "";
	struct text city = TEXT_INIT;
	int rc;

	text_puts(&city, poster->city);
	if (poster->city != NULL && *poster->city != '\0')
		text_puts(&city, " · ");
	text_puts(&city, texts_for(&poster->form->title, LANG_ZH));
	rc = sheet_stack(sheet, &box, bottom - HEAD, (struct line[]){ { &TYPE_CITY, text_str(&city),
		0 }, { utf8_width(name) <= NAME_SHORT ? &TYPE_SITE : &TYPE_SITE_LONG, name, 4 },
		{ &TYPE_WINDOW, poster->window, 2 } }, 3, NULL, err);
	text_clear(&city);
	return rc;
}

/* The sentence stands right over the quiet zone, which begins at bottom; *top gets
 * the y of its beginning. */
static int
put_call(struct sheet *sheet, const struct poster *poster, double bottom, double *top,
	struct err *err)
{
	const struct box box = box_at(bottom);
	struct text line = TEXT_INIT;
	int rc;

	if (poster->form->minutes <= 1) {
		text_puts(&line, "扫一扫，评价这次服务");
	} else {
		text_puts(&line, "扫一扫，参加");
		text_puts(&line, texts_for(&poster->form->title, LANG_ZH));
	}
	rc = sheet_stack_up(sheet, &box, 15,
		&(struct line){ &TYPE_CALL, text_str(&line), 0 }, 1, top, err);
	text_clear(&line);
	return rc;
}

/* What the survey is called in languages that are neither Chinese nor English: who reads one knows
 * that he may answer in it. */
static void
further_titles(struct text *line, const struct form *form)
{
	enum lang lang;

	for (size_t i = 0; i < form->languages.n; i++)
		if (lang_parse(&lang, form->languages.of[i].tag) != 0)
			text_fmt(line, "%s%s", line->n > 0 ? " · " : "", texts_in(&form->title, i));
}

static int
put_foot(struct sheet *sheet, const struct poster *poster, const char *url, double y, double height,
	struct err *err)
{
	struct text address = TEXT_INIT, promise = TEXT_INIT;
	struct text english = TEXT_INIT, further = TEXT_INIT;
	const struct box box = box_at(y);
	int minutes = poster->form->minutes, rc;

	poster_in_words(&address, url);
	if (minutes > 0)
		text_fmt(&promise, "约 %d 分钟 · 不登录、不记名", minutes);
	else
		text_puts(&promise, "不到 1 分钟 · 不登录、不记名");
	text_puts(&english, "Scan to rate. ");
	text_fmt(&english, minutes > 0 ? "About %d min, " : "Under a minute, ", minutes);
	text_puts(&english, "no login, no name. Free; never asks for a password or ID.");
	further_titles(&further, poster->form);
	rc = sheet_stack(sheet, &box, height, (struct line[]){ {
		&TYPE_ADDRESS, text_str(&address), 0 },
		{ &TYPE_PROMISE, text_str(&promise), 6 },
		{ &TYPE_CALL, "本页不收费，不要密码、身份证", 2 }, { &TYPE_SMALL,
		text_str(&english), 2 }, { &TYPE_FURTHER, text_str(&further), 2 } }, 5, NULL, err);
	text_clear(&address);
	text_clear(&promise);
	text_clear(&english);
	text_clear(&further);
	return rc;
}

static void
add_fact(struct text *line, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	if (line->n > 0 && line->s[line->n - 1] != '\n')
		text_puts(line, "　");
	text_puts(line, name);
	text_puts(line, value);
}

/* At the foot of the sheet; *top gets the y of its beginning. */
static int
put_print(struct sheet *sheet, const struct poster *poster, double *top, struct err *err)
{
	const struct box box = box_at(SHEET_H - DEMO - 1);
	struct text line = TEXT_INIT;
	int rc;

	add_fact(&line, "表号：", poster->table_number);
	add_fact(&line, "制定机关：", poster->agency);
	if (line.n > 0)
		text_putc(&line, '\n');
	add_fact(&line, "批准文号：", poster->approval);
	add_fact(&line, "有效期至：", poster->valid_until);
	add_fact(&line, "评价点编号：", poster->code);
	rc = sheet_stack_up(sheet, &box, 12,
		&(struct line){ &TYPE_PRINT, text_str(&line), 0 }, 1, top, err);
	text_clear(&line);
	return rc;
}

/* From the symbol, which never moves, up and down: each part gets what the
 * ones before have left. */
static int
put_parts(struct sheet *sheet, const struct poster *poster, const struct qr *qr, const char *url,
	struct err *err)
{
	double quiet = QR_QUIET * SYMBOL / qr->width, top, bottom = SYMBOL_TOP + SYMBOL + quiet;

	sheet_symbol(sheet, qr, (SHEET_W - SYMBOL) / 2, SYMBOL_TOP, SYMBOL);
	if (put_call(sheet, poster, SYMBOL_TOP - quiet, &top, err) != 0 ||
			put_head(sheet, poster, top - 2, err) != 0 ||
			put_print(sheet, poster, &top, err) != 0 ||
			put_foot(sheet, poster, url, bottom, top - 1 - bottom, err) != 0)
		return -1;
	if (!poster->demo)
		return 0;
	return put_demo(sheet, 0, err) != 0 || put_demo(sheet, SHEET_H - DEMO, err) != 0 ? -1 : 0;
}

static int
put_page(struct sheet *sheet, size_t i, void *ctx, struct err *err)
{
	const struct poster *poster = (const struct poster *)ctx + i;
	struct pool pool = POOL_INIT;
	struct text url = TEXT_INIT;
	struct qr qr;
	int rc = -1;

	if (poster_url(&url, poster->base_url, poster->code, err) != 0 ||
			qr_make(&qr, text_str(&url), &pool, err) != 0)
		goto out;
	rc = put_parts(sheet, poster, &qr, text_str(&url), err);
out:
	text_clear(&url);
	pool_clear(&pool);
	return rc;
}

/* ---- files ---- */

int
poster_pdf(struct text *out, const struct poster poster[], size_t n, struct err *err)
{
	return sheet_pdf(out, "评价海报", n, n > 0 ? poster[0].extents : NULL, put_page,
		(void *)(uintptr_t)poster, err);
}

/* The symbol of a code's address; the address goes to *url. */
static int
make_symbol(struct qr *qr, struct text *url, const char *base_url, const char *code,
	struct pool *pool, struct err *err)
{
	if (poster_url(url, base_url, code, err) != 0)
		return -1;
	return qr_make(qr, text_str(url), pool, err);
}

int
poster_qr_svg(struct text *out, const char *base_url, const char *code, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text url = TEXT_INIT;
	struct qr qr;
	int rc = make_symbol(&qr, &url, base_url, code, &pool, err);

	if (rc == 0)
		qr_svg(out, &qr, text_str(&url));
	text_clear(&url);
	pool_clear(&pool);
	return rc;
}

int
poster_qr_png(struct text *out, const char *base_url, const char *code, int px_per_module,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text url = TEXT_INIT;
	struct qr qr;
	int rc = make_symbol(&qr, &url, base_url, code, &pool, err);

	if (rc == 0)
		rc = qr_png(out, &qr, px_per_module, err);
	text_clear(&url);
	pool_clear(&pool);
	return rc;
}
