/* Paper: A4 sheets with words and symbols, as PDF by cairo and pango.  Inside view/ only. */
#ifndef VIEW_SHEET_H
#define VIEW_SHEET_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "view/qr.h"

#define SHEET_W 210.0	/* mm */
#define SHEET_H 297.0

/* A sheet being drawn; opaque. */
struct sheet;

/* How words look. */
struct type {
	double pt, least_pt;	/* size, and how far it may shrink to fit */
	int lines;		/* at most, down to least_pt; then an ellipsis */
	bool bold;
	double grey;		/* 0 ink, 1 paper */
};

/* Where they stand, in mm from the sheet's upper left corner. */
struct box {
	double x, y, width;
	bool middle;		/* centred; else from the left */
};

/* Put words into a box; returns the y of their bottom.  Nothing for NULL and "". */
double sheet_put(struct sheet *sheet, const struct type *type, const struct box *box, const char *words);
/* Would they, without an ellipsis?  True for NULL. */
bool sheet_fits(const struct sheet *sheet, const struct type *type, double width, const char *words);
/* A symbol of this size with its quiet zone around it on white. */
void sheet_symbol(struct sheet *sheet, const struct qr *qr, double x, double y, double size);
/* A filled rectangle of a grey; a thin line. */
void sheet_bar(struct sheet *sheet, double x, double y, double width, double height, double grey);
void sheet_line(struct sheet *sheet, double x0, double y0, double x1, double y1);

/*
 * pages sheets, each drawn by page(), as a PDF at the end of out; nothing is added when it fails:
 * ERR_SYSTEM without a font for Chinese.  The same drawing gives the same bytes, no date is in it.
 */
int sheet_pdf(struct text *out, const char *title, size_t pages,
	int (*page)(struct sheet *sheet, size_t i, void *ctx, struct err *err), void *ctx, struct err *err);

#endif
