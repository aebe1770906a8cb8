/* QR symbols of addresses: upper-case alphanumeric, so that they stay small. */
#ifndef VIEW_PAPER_QR_H
#define VIEW_PAPER_QR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"

/* ISO/IEC 18004: so many light modules around the symbol, or phones do not find it. */
enum { QR_QUIET = 4 };

/* One symbol, without its quiet zone; lives in a pool.  Error correction is level Q (25 %), for
 * prints that are laminated, scratched and read at an angle. */
struct qr {
	int width;			/* modules a side: 17 + 4 * version */
	int version;			/* 1..40, the smallest that holds the text */
	const unsigned char *dark;	/* dark[y * width + x]: 1 dark, 0 light */
};

/* Characters that alphanumeric mode holds, the space left out as addresses have none. */
#define QR_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:"

/*
 * Domain: text consists of QR_CHARACTERS.
 * Fails:  with ERR_INPUT when it is too long for any symbol.
 */
int qr_make(struct qr *qr, const char *text, struct pool *pool, struct err *err);

/* Dark modules from (x, y) to the right, 0 if it is light: drawn in one piece
 * they leave no hairlines. */
int qr_run(const struct qr *qr, int x, int y);

/* The symbol with its quiet zone as SVG, one unit a module, or as PNG. */
void qr_svg(struct text *out, const struct qr *qr, const char *title);
int qr_png(struct text *out, const struct qr *qr, int px_per_module, struct err *err);

#endif
