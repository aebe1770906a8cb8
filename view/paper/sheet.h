/* Paper: A4 sheets with words and symbols, as PDF by cairo and pango.  Inside view/ only. */
#ifndef VIEW_PAPER_SHEET_H
#define VIEW_PAPER_SHEET_H

#include <stdbool.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"
#include "view/paper/qr.h"

#define SHEET_W 210.0	/* mm */
#define SHEET_H 297.0

/* A sheet being drawn; opaque. */
struct sheet;

/* How words look. */
struct type {
	double pt, least_pt;	/* size, and how far it may shrink to fit */
	int lines;		/* at most */
	bool bold;
	double grey;		/* 0 ink, 1 paper */
};

/* Where they stand, in mm from the sheet's upper left corner. */
struct box {
	double x, y, width;
	bool middle;		/* centred; else from the left */
};

/* One of several lines that stand under each other. */
struct line {
	const struct type *type;
	const char *words;	/* NULL or "": no such line, and no gap */
	double gap;		/* mm above it */
};

/*
 * Put lines[n] into a box of this height from its top: as large as they fit, all smaller by the
 * same part of their ways to least_pt, a line that needs it by more.  Nothing is ever cut: what
 * does not fit at its smallest is refused, ERR_INPUT naming the words.  *bottom, unless NULL,
 * gets the y of their end.
 */
int sheet_stack(struct sheet *sheet, const struct box *box, double height, const struct line line[],
	size_t n, double *bottom, struct err *err);
/* The same with their bottom at y: *top gets the y of their beginning. */
int sheet_stack_up(struct sheet *sheet, const struct box *box, double height,
	const struct line line[], size_t n, double *top, struct err *err);
/* A symbol of this size with its quiet zone around it on white. */
void sheet_symbol(struct sheet *sheet, const struct qr *qr, double x, double y, double size);
/* A filled rectangle of a grey; a thin line. */
void sheet_bar(struct sheet *sheet, double x, double y, double width, double height, double grey);
void sheet_line(struct sheet *sheet, double x0, double y0, double x1, double y1);

/* Where something stands: the ink of words, a symbol with its quiet zone; mm. */
struct extent {
	size_t page;
	double x, y, width, height;
	const char *words;	/* "": a symbol */
};

/* All of a file, in the order of drawing; grows in pool. */
struct extents {
	struct pool *pool;
	struct extent *extent;
	size_t n, room;
};

/*
 * pages sheets, each drawn by page(), as a PDF at the end of out; nothing is added when it fails:
 * ERR_SYSTEM without a font for Chinese.  The same drawing gives the same bytes, no date is in it.
 * extents, unless NULL, gets where all of it stands.
 */
int sheet_pdf(struct text *out, const char *title, size_t pages, struct extents *extents,
	int (*page)(struct sheet *sheet, size_t i, void *ctx, struct err *err), void *ctx,
	struct err *err);

#endif
