/* The A4 poster of a site: what, where, the code, the address in words, how long, and no tricks. */
#include "view/poster.h"

#include <cairo-pdf.h>
#include <ctype.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "view/qr.h"

/*
 * All lengths in millimetres.  Read at 2 m: a Chinese character should be as high as the distance
 * divided by 200, which is 10 mm or 28 pt.  Scanned: a symbol should be as wide as the distance
 * divided by 10, so 90 mm serves 0.9 m, an arm over a counter, where 60 mm would ask people to
 * step up close.
 */
#define MM (72 / 25.4)			/* points a millimetre */
#define PAGE_W 210.0
#define PAGE_H 297.0
#define MARGIN 18.0
#define SYMBOL 90.0
#define SYMBOL_TOP 117.0
#define FONTS "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif"

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps its configuration until the process ends. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}
#endif

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
	    "the address %s has \"%s\", which an upper-case QR code cannot hold: use letters, digits and - . : /",
	    base_url, bad);
}

/* Each character outside the set once, in order. */
static void
list_characters(char *bad, size_t room, const char *url)
{
	size_t n = 0;

	for (; *url != '\0'; url++)
		if (strchr(QR_CHARACTERS, *url) == NULL && memchr(bad, *url, n) == NULL && n + 1 < room)
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
		    "the address %s must end with the host (and port): upper case would change a path",
		    base_url);
	return 0;
}

int
poster_url(struct text *out, const char *base_url, const char *code, struct err *err)
{
	struct text url = TEXT_INIT;
	int rc;

	for (const char *s = base_url; *s != '\0'; s++)
		text_putc(&url, (char)toupper((unsigned char)*s));
	if (url.n > 0 && url.s[url.n - 1] == '/')
		url.s[--url.n] = '\0';
	rc = check_base(base_url, text_str(&url), err);
	if (rc == 0) {
		text_puts(&url, "/Q/");
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

/* As people type it: host in small letters, code in capitals; https goes without saying. */
static void
address_in_words(struct text *out, const char *url)
{
	const char *path = strstr(url, "/Q/");
	const char *from = strncmp(url, "HTTPS://", 8) == 0 ? url + 8 : url;

	for (const char *s = from; s < path; s++)
		text_putc(out, (char)tolower((unsigned char)*s));
	text_puts(out, path);
}

/* ---- text on the sheet ---- */

struct sheet {
	cairo_t *cr;
	PangoContext *fonts;
	bool unknown;	/* a character no font has */
};

static void
font_size(PangoLayout *layout, double pt, bool bold)
{
	PangoFontDescription *font = pango_font_description_from_string(FONTS);

	pango_font_description_set_absolute_size(font, pt * PANGO_SCALE);
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

struct type {
	double pt, least_pt;	/* size, and how far it may shrink */
	int lines;		/* at most, down to least_pt */
	bool bold;
	double grey;		/* 0 ink, 1 paper */
};

static PangoLayout *
layout_make(const struct sheet *sheet, const struct type *type, const char *words)
{
	PangoLayout *layout = pango_layout_new(sheet->fonts);
	double pt = type->pt;

	pango_layout_set_text(layout, words, -1);
	pango_layout_set_width(layout, (int)((PAGE_W - 2 * MARGIN) * MM * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
	pango_layout_set_line_spacing(layout, 1.15F);
	font_size(layout, pt, type->bold);
	while (pango_layout_get_line_count(layout) > type->lines && pt > type->least_pt)
		font_size(layout, --pt, type->bold);
	if (pango_layout_get_line_count(layout) > type->lines) {
		pango_layout_set_height(layout, -type->lines);
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	}
	return layout;
}

/* Put words with their top at y, in the middle of the sheet; returns their bottom. */
static double
put(struct sheet *sheet, const struct type *type, double y, const char *words)
{
	PangoLayout *layout;
	PangoRectangle box;

	if (words == NULL || *words == '\0')
		return y;
	layout = layout_make(sheet, type, words);
	if (pango_layout_get_unknown_glyphs_count(layout) > 0)
		sheet->unknown = true;
	pango_layout_get_extents(layout, NULL, &box);
	cairo_set_source_rgb(sheet->cr, type->grey, type->grey, type->grey);
	cairo_move_to(sheet->cr, MARGIN * MM, y * MM);
	pango_cairo_show_layout(sheet->cr, layout);
	g_object_unref(layout);
	return y + (double)(box.y + box.height) / PANGO_SCALE / MM;
}

static const struct type TYPE_SMALL = { 15, 11, 1, false, .25 };
static const struct type TYPE_SITE = { 58, 40, 1, true, 0 };
static const struct type TYPE_SITE_LONG = { 40, 24, 2, true, 0 };
static const struct type TYPE_WINDOW = { 34, 22, 1, true, 0 };
static const struct type TYPE_CALL = { 30, 22, 1, false, 0 };
static const struct type TYPE_ADDRESS = { 22, 12, 1, true, 0 };
static const struct type TYPE_PROMISE = { 29, 22, 1, true, 0 };
static const struct type TYPE_PRINT = { 10, 7, 2, false, .25 };
static const struct type TYPE_DEMO = { 24, 18, 1, true, 1 };

/* ---- parts of the sheet ---- */

static void
put_demo(struct sheet *sheet, double y)
{
	cairo_set_source_rgb(sheet->cr, 0, 0, 0);
	cairo_rectangle(sheet->cr, 0, y * MM, PAGE_W * MM, 14 * MM);
	cairo_fill(sheet->cr);
	put(sheet, &TYPE_DEMO, y + 2, "演示数据　请勿张贴");
}

static void
put_symbol(struct sheet *sheet, const struct qr *qr)
{
	double module = SYMBOL / qr->width * MM, left = (PAGE_W - SYMBOL) / 2 * MM;
	double quiet = QR_QUIET * module;
	cairo_t *cr = sheet->cr;

	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_rectangle(cr, left - quiet, SYMBOL_TOP * MM - quiet, SYMBOL * MM + 2 * quiet,
	    SYMBOL * MM + 2 * quiet);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++) {
			int run = qr_run(qr, x, y);

			if (run > 0)
				cairo_rectangle(cr, left + x * module,
				    SYMBOL_TOP * MM + y * module, run * module, module);
			x += run;
		}
	cairo_fill(cr);
}

static bool
fits(const struct sheet *sheet, const struct type *type, const char *words)
{
	PangoLayout *layout;
	bool fit;

	if (words == NULL)
		return true;
	layout = layout_make(sheet, type, words);
	fit = !pango_layout_is_ellipsized(layout);
	g_object_unref(layout);
	return fit;
}

static void
put_head(struct sheet *sheet, const struct poster *poster)
{
	struct text line = TEXT_INIT;
	double y = 21;

	text_puts(&line, poster->city);
	if (poster->city != NULL && *poster->city != '\0')
		text_puts(&line, " · ");
	text_puts(&line, poster->form->title.in[LANG_ZH]);
	y = put(sheet, &TYPE_SMALL, y, text_str(&line)) + 4;
	y = put(sheet, fits(sheet, &TYPE_SITE, poster->site_name) ? &TYPE_SITE : &TYPE_SITE_LONG, y,
	    poster->site_name) + 2;
	put(sheet, &TYPE_WINDOW, y, poster->window);
	text_clear(&line);
}

/* The sentence stands right over the quiet zone, whatever the name above it took. */
static void
put_call(struct sheet *sheet, const struct poster *poster, double bottom)
{
	struct text line = TEXT_INIT;

	if (poster->form->minutes <= 1) {
		text_puts(&line, "扫一扫，评价这次服务");
	} else {
		text_puts(&line, "扫一扫，参加");
		text_puts(&line, poster->form->title.in[LANG_ZH]);
	}
	put(sheet, &TYPE_CALL, bottom - 15, text_str(&line));
	text_clear(&line);
}

static void
put_foot(struct sheet *sheet, const struct poster *poster, const char *url, double y)
{
	struct text line = TEXT_INIT;
	int minutes = poster->form->minutes;

	address_in_words(&line, url);
	y = put(sheet, &TYPE_ADDRESS, y, text_str(&line)) + 6;
	text_reset(&line);
	if (minutes > 0)
		text_fmt(&line, "约 %d 分钟 · 不登录、不记名", minutes);
	else
		text_puts(&line, "不到 1 分钟 · 不登录、不记名");
	y = put(sheet, &TYPE_PROMISE, y, text_str(&line)) + 2;
	y = put(sheet, &TYPE_CALL, y, "本页不收费，不要密码、身份证") + 2;
	text_reset(&line);
	text_puts(&line, "Scan to rate. ");
	text_fmt(&line, minutes > 0 ? "About %d min, " : "Under a minute, ", minutes);
	text_puts(&line, "no login, no name. Free; never asks for a password or ID.");
	put(sheet, &TYPE_SMALL, y, text_str(&line));
	text_clear(&line);
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

static void
put_print(struct sheet *sheet, const struct poster *poster)
{
	struct text line = TEXT_INIT;

	add_fact(&line, "表号：", poster->table_number);
	add_fact(&line, "制定机关：", poster->agency);
	if (line.n > 0)
		text_putc(&line, '\n');
	add_fact(&line, "批准文号：", poster->approval);
	add_fact(&line, "有效期至：", poster->valid_until);
	add_fact(&line, "评价点编号：", poster->code);
	put(sheet, &TYPE_PRINT, 272, text_str(&line));
	text_clear(&line);
}

static int
put_page(struct sheet *sheet, const struct poster *poster, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text url = TEXT_INIT;
	struct qr qr;
	int rc = -1;

	if (poster_url(&url, poster->base_url, poster->code, err) != 0 ||
	    qr_make(&qr, text_str(&url), &pool, err) != 0)
		goto out;
	put_head(sheet, poster);
	put_symbol(sheet, &qr);
	put_call(sheet, poster, SYMBOL_TOP - QR_QUIET * SYMBOL / qr.width);
	put_foot(sheet, poster, text_str(&url), SYMBOL_TOP + SYMBOL + QR_QUIET * SYMBOL / qr.width);
	put_print(sheet, poster);
	if (poster->demo) {
		put_demo(sheet, 0);
		put_demo(sheet, PAGE_H - 14);
	}
	cairo_show_page(sheet->cr);
	rc = 0;
out:
	text_clear(&url);
	pool_clear(&pool);
	return rc;
}

/* ---- files ---- */

static cairo_status_t
add(void *closure, const unsigned char *bytes, unsigned int n)
{
	text_add(closure, bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static int
put_pages(cairo_surface_t *surface, const struct poster poster[], size_t n, struct err *err)
{
	/* Our own map of fonts: the default one would stay with the process. */
	PangoFontMap *map = pango_cairo_font_map_new();
	struct sheet sheet = { .cr = cairo_create(surface), .fonts = pango_font_map_create_context(map) };
	int rc = 0;

	pango_cairo_update_context(sheet.cr, sheet.fonts);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = put_page(&sheet, &poster[i], err);
	g_object_unref(sheet.fonts);
	g_object_unref(map);
	cairo_destroy(sheet.cr);
	if (rc == 0 && sheet.unknown)
		rc = err_set(err, ERR_SYSTEM, "没有可用的中文字体：请安装 fonts-wqy-microhei（或 Noto Sans CJK）",
		    "no font for Chinese: install fonts-wqy-microhei (or Noto Sans CJK)");
	return rc;
}

int
poster_pdf(struct text *out, const struct poster poster[], size_t n, struct err *err)
{
	cairo_surface_t *surface;
	cairo_status_t status;
	size_t before = out->n;
	int rc;

	surface = cairo_pdf_surface_create_for_stream(add, out, PAGE_W * MM, PAGE_H * MM);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, "评价海报");
	/* Not a date, so none is written: the same sites give the same bytes. */
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
	rc = put_pages(surface, poster, n, err);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (rc == 0 && status != CAIRO_STATUS_SUCCESS)
		rc = err_set(err, ERR_SYSTEM, "生成 PDF 失败：%s", "cannot make the PDF: %s",
		    cairo_status_to_string(status));
	if (rc != 0)
		out->n = before;
	return rc;
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
