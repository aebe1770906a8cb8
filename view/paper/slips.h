/* Sheets of slips to cut out, each with one single-use code: as a symbol, in letters, with what,
 * why and until when. */
#ifndef VIEW_PAPER_SLIPS_H
#define VIEW_PAPER_SLIPS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "forms/form.h"

struct extents;

enum { SLIPS_ON_SHEET = 10 };

struct slips {
	const char *base_url;		/* "https://zl.wafangdian.gov.cn" */
	/* "" where unknown */
	const char *city, *agency, *table_number, *approval, *valid_until;
	const char *place;		/* where it is handed out, or "" */
	const char *until;		/* last day it is good, "2026-12-31"; "":
					 * as long as the survey */
	const struct form *form;
	bool english;			/* a line of it below */
	bool demo;
	const char *const *code;	/* code[n]: bare, "K7Q29XMP4TDC" */
	size_t n;
	struct extents *extents;	/* filled with where all of it stands
					 * (view/paper/sheet.h); or NULL */
};

/* "HTTPS://HOST/V/K7Q29XMP4TDC" */
int slips_url(struct text *out, const char *base_url, const char *code, struct err *err);
/* "K7Q2-9XMP-4TDC": groups of four. */
void slips_code(struct text *out, const char *code);

/* An A4 sheet for every ten.  Names that do not fit at the smallest size are refused by name
 * (ERR_INPUT), never cut. */
int slips_pdf(struct text *out, const struct slips *slips, struct err *err);

#endif
