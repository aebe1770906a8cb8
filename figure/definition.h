/* What a number of complaints counts: two rates can be compared only where both count the same. */
#ifndef FIGURE_DEFINITION_H
#define FIGURE_DEFINITION_H

#include <stdbool.h>

#include "base/err.h"
#include "base/lang.h"
#include "base/pool.h"

/*
 * Written as parts joined by '+': at least one channel whose complaints are counted, and what is
 * counted besides complaints (投诉):
 *     12315        complaints only (投诉), as 12315 registers them
 *     12315+12345  with the cases of 12345; what 12345 passed on to 12315 counts once
 *     12315+举报   reports of offences (举报) counted in
 * Parts: 12315 12345 12365 举报 咨询 (reports, enquiries).  The order does not matter.
 */
enum {
	COUNTS_12315 = 1, COUNTS_12345 = 2, COUNTS_12365 = 4,	/* channels */
	COUNTS_REPORTS = 8, COUNTS_ENQUIRIES = 16		/* besides complaints */
};

/* *counts gets the parts, 0 for "" (unknown).  0, or -1 with *err for an
 * unknown part or no channel. */
int definition_read(unsigned *counts, const char *text, struct err *err);
/* In the order above, as it is stored; "" for 0. */
const char *definition_write(unsigned counts, struct pool *pool);
/* "12315、12345 登记的投诉，含举报"; "口径未登记" for 0. */
struct words definition_words(unsigned counts, struct pool *pool);

/* May rates that count these be compared?  Both known, and the same.  Texts that definition_read()
 * refuses are unknown. */
bool definition_same(const char *a, const char *b);

#endif
