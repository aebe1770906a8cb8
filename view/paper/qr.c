/* QR symbols by libqrencode. */
#include "view/paper/qr.h"

#include <assert.h>
#include <cairo.h>
#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "view/html.h"

/* Mode is forced: the library would choose it for such text, but a poster hangs for years. */
static QRcode *
encode(const char *text)
{
	QRinput *input = QRinput_new2(0, QR_ECLEVEL_Q);
	QRcode *code = NULL;

	if (input == NULL)
		return NULL;
	if (QRinput_append(input, QR_MODE_AN, (int)strlen(text), (const unsigned char *)text) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

int
qr_make(struct qr *qr, const char *text, struct pool *pool, struct err *err)
{
	QRcode *code;
	unsigned char *dark;

	assert(text[strspn(text, QR_CHARACTERS)] == '\0' && *text != '\0');
	code = encode(text);
	if (code == NULL && errno == ERANGE)
		return err_set(err, ERR_INPUT, "网址有 %zu 个字符，二维码放不下，请用短一些的域名",
			"the address has %zu characters, too many"
			" for a QR code: use a shorter domain", strlen(text));
	if (code == NULL)
		return err_set_errno(err, ERR_SYSTEM, "生成二维码失败", "cannot make the QR code");
	dark = pool_array(pool, (size_t)code->width * (size_t)code->width, 1);
	for (int i = 0; i < code->width * code->width; i++)
		dark[i] = code->data[i] & 1;
	*qr = (struct qr){ .width = code->width, .version = code->version, .dark = dark };
	QRcode_free(code);
	return 0;
}

int
qr_run(const struct qr *qr, int x, int y)
{
	int run = 0;

	while (x + run < qr->width && qr->dark[y * qr->width + x + run])
		run++;
	return run;
}

void
qr_svg(struct text *out, const struct qr *qr, const char *title)
{
	int side = qr->width + 2 * QR_QUIET;

	text_fmt(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90mm\" height=\"90mm\""
		" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">\n<title>", side, side);
	html_text(out, title);
	text_fmt(out,
		"</title>\n<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>\n<path d=\"", side, side);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++) {
			int run = qr_run(qr, x, y);

			if (run > 0)
				text_fmt(out, "M%d %dh%dv1h-%dz", x + QR_QUIET,
					y + QR_QUIET, run, run);
			x += run;
		}
	html_lit(out, "\"/>\n</svg>\n");
}

static cairo_status_t
add(void *closure, const unsigned char *bytes, unsigned int n)
{
	text_add(closure, bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
paint(cairo_t *cr, const struct qr *qr)
{
	cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++)
			if (qr->dark[y * qr->width + x])
				cairo_rectangle(cr, x + QR_QUIET, y + QR_QUIET, 1, 1);
	cairo_fill(cr);
}

int
qr_png(struct text *out, const struct qr *qr, int px_per_module, struct err *err)
{
	int side = (qr->width + 2 * QR_QUIET) * px_per_module;
	cairo_surface_t *surface;
	cairo_status_t status;
	cairo_t *cr;

	if (px_per_module < 1 || px_per_module > 64)
		return err_set(err, ERR_INPUT, "每个模块的像素数应在 1 到 64 之间，现在是 %d",
			"pixels per module must be 1 to 64, not %d", px_per_module);
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
	cr = cairo_create(surface);
	cairo_scale(cr, px_per_module, px_per_module);
	paint(cr, qr);
	cairo_destroy(cr);
	status = cairo_surface_write_to_png_stream(surface, add, out);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(err, ERR_SYSTEM, "生成 PNG 失败：%s", "cannot make the PNG: %s",
			cairo_status_to_string(status));
	return 0;
}
