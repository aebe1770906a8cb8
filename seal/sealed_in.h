/* The inside of a sealed bundle; for sealed*.c only. */
#ifndef SEAL_SEALED_IN_H
#define SEAL_SEALED_IN_H

#include "base/json.h"
#include "figure/survey.h"
#include "seal/sealed.h"

enum { SEALED_WAVES = 32, SEALED_COLUMNS = 64, SEALED_SCORES = 128 };

/* One wave the figures draw on. */
struct sealed_wave {
	int64_t id;
	const char *name;		/* "A-2024" */
	const struct form *form;
	struct scores scores;
	struct site *site;
	size_t sites;
	bool stream[STREAM_MAX];	/* rows of it are wanted */
};

enum column_kind { COLUMN_LEVEL, COLUMN_ITEM, COLUMN_CODE };

/* One column of answers.csv after those every row has. */
struct sealed_column {
	const char *name;		/* of the item or variable; of COLUMN_CODE: "item.code" */
	const char *item;
	enum column_kind kind;		/* level of a margin or sector; answer;
					 * code of an open answer */
};

/* One line of R that makes a score from items. */
struct sealed_score {
	const char *column;		/* score.COLUMN */
	const char *text;		/* what stands right of "<-" */
};

struct sealed_work {
	struct db *db;
	struct pool *pool;
	struct err *err;
	struct sealed *out;
	const json_t *inputs;
	const char *weights;		/* of sectors */
	struct sealed_wave wave[SEALED_WAVES];
	size_t waves;
	struct sealed_column column[SEALED_COLUMNS];
	size_t columns;
	struct sealed_score score[SEALED_SCORES];
	size_t scores;
	struct text calls;		/* the script's part about these figures */
	const char *seen[4 * SEALED_SCORES];	/* what was written already */
	size_t seen_n;
};

/* ---- sealed.c ---- */
/* The wave, opened when first asked for; NULL with *err. */
struct sealed_wave *sealed_wave(struct sealed_work *w, int64_t id);
/* sealed_score.c: a figure of a wave and stream as R's list(...), its scores defined; NULL: there
 * is none. korn: its interval is Korn and Graubard's, not the logit's. */
const char *sealed_figure(struct sealed_work *w, struct sealed_wave *wave, const char *index,
	enum stream stream, const char *margins, bool korn);
/* sealed_rows.c: the rows of every wave and stream wanted. */
int sealed_rows(struct sealed_work *w);
/* sealed_inputs.c: objects as CSV, column[] of each. */
void sealed_table(struct text *out, const json_t *list, const char *const column[], size_t columns);

#endif
