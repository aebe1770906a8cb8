/* Sheets by cairo, words by pango. */
#include "view/paper/sheet.h"

#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define MM (72 / 25.4)			/* points a millimetre */
#define SIZES 20			/* steps between the largest size and the smallest */
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

struct sheet {
	cairo_t *cr;
	PangoContext *fonts;
	bool unknown;	/* a character no font has */
	size_t page;
	struct extents *extents;	/* or NULL */
};

/* ---- words ---- */

static void
font_size(PangoLayout *layout, double pt, bool bold)
{
	PangoFontDescription *font = pango_font_description_from_string(FONTS);

	pango_font_description_set_absolute_size(font, pt * PANGO_SCALE);
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

static void
note_extent(struct sheet *sheet, double x, double y, double width, double height, const char *words)
{
	struct extents *e = sheet->extents;

	if (e == NULL)
		return;
	if (e->n == e->room) {
		struct extent *more = pool_array(e->pool, e->room * 2 + 64, sizeof(*more));

		if (e->n > 0)
			memcpy(more, e->extent, e->n * sizeof(*more));
		e->extent = more;
		e->room = e->room * 2 + 64;
	}
	e->extent[e->n++] =
		(struct extent){ sheet->page, x, y, width, height, pool_strdup(e->pool, words) };
}

/* "有效期至：2036-12-31" is read as one: no line ends behind the colon, nor within the day. */
static PangoAttrList *
keep_days_whole(const char *words)
{
	PangoAttrList *list = pango_attr_list_new();

	for (const char *s = words; (s = strstr(s, "：")) != NULL; s += strlen("：")) {
		size_t n = strlen("：") + strspn(s + strlen("："), "0123456789-");
		PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);

		whole->start_index = (guint)(s - words);
		whole->end_index = (guint)((size_t)(s - words) + n);
		pango_attr_list_insert(list, whole);
	}
	return list;
}

/* The words at the part f (0..1) of their way to the smallest size. */
static PangoLayout *
layout_make(const struct sheet *sheet, const struct line *line, const struct box *box, double f)
{
	const struct type *type = line->type;
	PangoLayout *layout = pango_layout_new(sheet->fonts);
	PangoAttrList *whole = keep_days_whole(line->words);

	pango_layout_set_text(layout, line->words, -1);
	pango_layout_set_width(layout, (int)(box->width * MM * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_attributes(layout, whole);
	pango_attr_list_unref(whole);
	pango_layout_set_alignment(layout, box->middle ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
	pango_layout_set_line_spacing(layout, 1.15F);
	font_size(layout, type->pt - f * (type->pt - type->least_pt), type->bold);
	return layout;
}

static bool
has_words(const struct line *line)
{
	return line->words != NULL && line->words[0] != '\0';
}

/* A line at part f, or further where its count of lines asks for it; NULL: it
 * does not fit at all. */
static PangoLayout *
layout_fit(const struct sheet *sheet, const struct line *line, const struct box *box, double f)
{
	for (int k = (int)(f * SIZES + .5); k <= SIZES; k++) {
		PangoLayout *layout = layout_make(sheet, line, box, (double)k / SIZES);

		if (pango_layout_get_line_count(layout) <= line->type->lines)
			return layout;
		g_object_unref(layout);
	}
	return NULL;
}

static double
layout_height(PangoLayout *layout)
{
	PangoRectangle took;

	pango_layout_get_extents(layout, NULL, &took);
	return (double)(took.y + took.height) / PANGO_SCALE / MM;
}

/* Of all lines at part f; -1 if one does not fit, *worst then that one, else the
 * one that takes most. */
static double
stack_height(const struct sheet *sheet, const struct box *box, const struct line line[], size_t n,
	double f, const struct line **worst)
{
	double height = 0, most = -1;

	for (size_t i = 0; i < n; i++) {
		PangoLayout *layout = has_words(&line[i]) ? layout_fit(sheet, &line[i], box, f) :
			NULL;
		double one;

		if (!has_words(&line[i]))
			continue;
		if (layout == NULL) {
			*worst = &line[i];
			return -1;
		}
		one = layout_height(layout);
		g_object_unref(layout);
		if (one > most) {
			most = one;
			*worst = &line[i];
		}
		height += line[i].gap + one;
	}
	return height;
}

/* The smallest part at which they fit into height, which *took gets; -1, said, if they do not. */
static double
stack_fit(const struct sheet *sheet, const struct box *box, double height, const struct line line[],
	size_t n, double *took, struct err *err)
{
	const struct line *worst = NULL;

	for (int k = 0; k <= SIZES; k++) {
		*took = stack_height(sheet, box, line, n, (double)k / SIZES, &worst);
		if (*took < 0)
			break;
		if (*took <= height)
			return (double)k / SIZES;
	}
	err_set(err, ERR_INPUT, "纸上放不下“%s”：请缩短名称",
		"there is no room on the paper for \"%s\": shorten the name", worst->words);
	return -1;
}

/* Lines are about as long as each other: no single character or word stands below.  Returns
 * the width they take. */
static double
layout_balance(PangoLayout *layout, double width)
{
	int lines = pango_layout_get_line_count(layout);
	double less = width;

	while (lines > 1 && less > width / 2) {
		pango_layout_set_width(layout, (int)((less - 1) * MM * PANGO_SCALE));
		if (pango_layout_get_line_count(layout) > lines)
			break;
		less -= 1;
	}
	pango_layout_set_width(layout, (int)(less * MM * PANGO_SCALE));
	return less;
}

/* Draw one line with its top at y; returns its bottom. */
static double
put_line(struct sheet *sheet, const struct line *line, const struct box *box, double y, double f)
{
	PangoLayout *layout = layout_fit(sheet, line, box, f);
	PangoRectangle ink;
	double width = layout_balance(layout, box->width),
		x = box->x + (box->middle ? (box->width - width) / 2 : 0);
	double bottom = y + layout_height(layout), grey = line->type->grey, unit = PANGO_SCALE * MM;

	if (pango_layout_get_unknown_glyphs_count(layout) > 0)
		sheet->unknown = true;
	cairo_set_source_rgb(sheet->cr, grey, grey, grey);
	cairo_move_to(sheet->cr, x * MM, y * MM);
	pango_cairo_show_layout(sheet->cr, layout);
	pango_layout_get_extents(layout, &ink, NULL);
	note_extent(sheet, x + ink.x / unit, y + ink.y / unit, ink.width / unit,
		ink.height / unit, line->words);
	g_object_unref(layout);
	return bottom;
}

static double
put_stack(struct sheet *sheet, const struct box *box, const struct line line[], size_t n,
	double y, double f)
{
	for (size_t i = 0; i < n; i++)
		if (has_words(&line[i]))
			y = put_line(sheet, &line[i], box, y + line[i].gap, f);
	return y;
}

int
sheet_stack(struct sheet *sheet, const struct box *box, double height, const struct line line[],
	size_t n, double *bottom, struct err *err)
{
	double took, f = stack_fit(sheet, box, height, line, n, &took, err), end;

	if (f < 0)
		return -1;
	end = put_stack(sheet, box, line, n, box->y, f);
	if (bottom != NULL)
		*bottom = end;
	return 0;
}

int
sheet_stack_up(struct sheet *sheet, const struct box *box, double height, const struct line line[],
	size_t n, double *top, struct err *err)
{
	double took, f = stack_fit(sheet, box, height, line, n, &took, err);

	if (f < 0)
		return -1;
	put_stack(sheet, box, line, n, box->y - took, f);
	*top = box->y - took;
	return 0;
}

/* ---- shapes ---- */

void
sheet_bar(struct sheet *sheet, double x, double y, double width, double height, double grey)
{
	cairo_set_source_rgb(sheet->cr, grey, grey, grey);
	cairo_rectangle(sheet->cr, x * MM, y * MM, width * MM, height * MM);
	cairo_fill(sheet->cr);
}

void
sheet_line(struct sheet *sheet, double x0, double y0, double x1, double y1)
{
	const double dash[] = { 3, 3 };

	cairo_set_source_rgb(sheet->cr, .5, .5, .5);
	cairo_set_line_width(sheet->cr, .5);
	cairo_set_dash(sheet->cr, dash, 2, 0);
	cairo_move_to(sheet->cr, x0 * MM, y0 * MM);
	cairo_line_to(sheet->cr, x1 * MM, y1 * MM);
	cairo_stroke(sheet->cr);
}

void
sheet_symbol(struct sheet *sheet, const struct qr *qr, double left, double top, double size)
{
	double module = size / qr->width * MM, quiet = size / qr->width * QR_QUIET;
	cairo_t *cr = sheet->cr;

	sheet_bar(sheet, left - quiet, top - quiet, size + 2 * quiet, size + 2 * quiet, 1);
	note_extent(sheet, left - quiet, top - quiet, size + 2 * quiet, size + 2 * quiet, "");
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++) {
			int run = qr_run(qr, x, y);

			if (run > 0)
				cairo_rectangle(cr, left * MM + x * module,
					top * MM + y * module, run * module, module);
			x += run;
		}
	cairo_fill(cr);
}

/* ---- the file ---- */

static cairo_status_t
add(void *closure, const unsigned char *bytes, unsigned int n)
{
	text_add(closure, bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static int
put_pages(cairo_surface_t *surface, size_t pages, struct extents *extents,
	int (*page)(struct sheet *, size_t, void *, struct err *), void *ctx, struct err *err)
{
	/* Our own map of fonts: the default one would stay with the process. */
	PangoFontMap *map = pango_cairo_font_map_new();
	struct sheet sheet = { .cr = cairo_create(surface),
		.fonts = pango_font_map_create_context(map), .extents = extents };
	int rc = 0;

	pango_cairo_update_context(sheet.cr, sheet.fonts);
	for (size_t i = 0; rc == 0 && i < pages; i++) {
		sheet.page = i;
		rc = page(&sheet, i, ctx, err);
		cairo_show_page(sheet.cr);
	}
	g_object_unref(sheet.fonts);
	g_object_unref(map);
	cairo_destroy(sheet.cr);
	if (rc == 0 && sheet.unknown)
		rc = err_set(err, ERR_SYSTEM,
			"没有可用的中文字体：请安装 fonts-wqy-microhei（或 Noto Sans CJK）",
			"no font for Chinese: install fonts-wqy-microhei (or Noto Sans CJK)");
	return rc;
}

int
sheet_pdf(struct text *out, const char *title, size_t pages, struct extents *extents,
	int (*page)(struct sheet *, size_t, void *, struct err *), void *ctx, struct err *err)
{
	cairo_surface_t *surface;
	cairo_status_t status;
	size_t before = out->n;
	int rc;

	surface = cairo_pdf_surface_create_for_stream(add, out, SHEET_W * MM, SHEET_H * MM);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
	/* Not a date, so none is written: the same drawing gives the same bytes. */
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
	rc = put_pages(surface, pages, extents, page, ctx, err);
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
