/* Posters and bare codes: A4 PDF by cairo and pango, QR by libqrencode, SVG and PNG of the code. */
#ifndef VIEW_PAPER_POSTER_H
#define VIEW_PAPER_POSTER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "forms/form.h"

struct extents;

struct poster {
	const char *base_url;		/* "https://zl.wafangdian.gov.cn" */
	const char *code;		/* "7K3M9P" */
	const char *site_name, *window;
	const char *city, *agency, *table_number, *approval, *valid_until;
	const struct form *form;	/* the form its code opens: gives
					 * title and honest duration */
	bool demo;
	struct extents *extents;	/* of the first of several: filled with where all of it
					 * stands (view/paper/sheet.h); or NULL */
};

/* "HTTPS://HOST/Q/7K3M9P": all upper-case, so that QR alphanumeric mode holds.  -1 if the base
 * URL has characters outside that mode (names them). */
int poster_url(struct text *out, const char *base_url, const char *code, struct err *err);

/* The same with another path: "/V/" of a ticket. */
int poster_address(struct text *out, const char *base_url, const char *path, const char *code,
	struct err *err);
/* Such an address as people type it: host in small letters, code in capitals; https
 * goes without saying. */
void poster_in_words(struct text *out, const char *url);

/* Level Q for print (laminated, angled); version as small as it goes; quiet zone 4. */
/* Names that do not fit at the smallest size are refused by name (ERR_INPUT), never cut. */
/* a page each */
int poster_pdf(struct text *out, const struct poster poster[], size_t n, struct err *err);
int poster_qr_svg(struct text *out, const char *base_url, const char *code, struct err *err);
int poster_qr_png(struct text *out, const char *base_url, const char *code, int px_per_module,
	struct err *err);

#endif
