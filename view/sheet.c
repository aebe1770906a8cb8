/* Sheets by cairo, words by pango. */
#include "view/sheet.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define MM (72 / 25.4)			/* points a millimetre */
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

static PangoLayout *
layout_make(const struct sheet *sheet, const struct type *type, double width, bool middle, const char *words)
{
	PangoLayout *layout = pango_layout_new(sheet->fonts);
	double pt = type->pt;

	pango_layout_set_text(layout, words, -1);
	pango_layout_set_width(layout, (int)(width * MM * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, middle ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
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

double
sheet_put(struct sheet *sheet, const struct type *type, const struct box *box, const char *words)
{
	PangoLayout *layout;
	PangoRectangle took;

	if (words == NULL || *words == '\0')
		return box->y;
	layout = layout_make(sheet, type, box->width, box->middle, words);
	if (pango_layout_get_unknown_glyphs_count(layout) > 0)
		sheet->unknown = true;
	pango_layout_get_extents(layout, NULL, &took);
	cairo_set_source_rgb(sheet->cr, type->grey, type->grey, type->grey);
	cairo_move_to(sheet->cr, box->x * MM, box->y * MM);
	pango_cairo_show_layout(sheet->cr, layout);
	g_object_unref(layout);
	return box->y + (double)(took.y + took.height) / PANGO_SCALE / MM;
}

bool
sheet_fits(const struct sheet *sheet, const struct type *type, double width, const char *words)
{
	PangoLayout *layout;
	bool fit;

	if (words == NULL)
		return true;
	layout = layout_make(sheet, type, width, true, words);
	fit = !pango_layout_is_ellipsized(layout);
	g_object_unref(layout);
	return fit;
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
put_pages(cairo_surface_t *surface, size_t pages,
    int (*page)(struct sheet *, size_t, void *, struct err *), void *ctx, struct err *err)
{
	/* Our own map of fonts: the default one would stay with the process. */
	PangoFontMap *map = pango_cairo_font_map_new();
	struct sheet sheet = { .cr = cairo_create(surface), .fonts = pango_font_map_create_context(map) };
	int rc = 0;

	pango_cairo_update_context(sheet.cr, sheet.fonts);
	for (size_t i = 0; rc == 0 && i < pages; i++) {
		rc = page(&sheet, i, ctx, err);
		cairo_show_page(sheet.cr);
	}
	g_object_unref(sheet.fonts);
	g_object_unref(map);
	cairo_destroy(sheet.cr);
	if (rc == 0 && sheet.unknown)
		rc = err_set(err, ERR_SYSTEM, "没有可用的中文字体：请安装 fonts-wqy-microhei（或 Noto Sans CJK）",
		    "no font for Chinese: install fonts-wqy-microhei (or Noto Sans CJK)");
	return rc;
}

int
sheet_pdf(struct text *out, const char *title, size_t pages,
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
	rc = put_pages(surface, pages, page, ctx, err);
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
