/* A table from anybody; the same table as a frame, and written and read again. */
#include <string.h>

#include "base/csv.h"
#include "fuzz/fuzz.h"
#include "stats/frame.h"

/* A cell that a spreadsheet would run comes back with an apostrophe; all others as they were. */
static int
same(const char *was, const char *is)
{
	return strcmp(was, is) == 0 || (is[0] == '\'' && strcmp(was, is + 1) == 0);
}

static void
write_and_read(const struct csv *csv, struct pool *pool)
{
	struct text out = TEXT_INIT;
	struct err err = { 0 };
	struct csv again;
	size_t cells = csv->rows * csv->columns;

	for (size_t i = 0; i < csv->columns; i++) {
		csv_put(&out, csv->header[i]);
		text_putc(&out, i + 1 < csv->columns ? ',' : '\n');
	}
	for (size_t i = 0; i < cells; i++) {
		csv_put(&out, csv->cell[i]);
		text_putc(&out, (i + 1) % csv->columns != 0 ? ',' : '\n');
	}
	/* One column may be empty in every row, which is an empty line, and lines like
	 * that are passed over. */
	if (csv->columns > 1 && csv_parse(&again, text_str(&out), out.n, "again.csv", NULL,
			pool, &err) == 0) {
		FUZZ_TRUE(again.columns == csv->columns && again.rows == csv->rows);
		for (size_t i = 0; i < cells; i++)
			FUZZ_TRUE(same(csv->cell[i], again.cell[i]));
	}
	text_clear(&out);
}

/* Read as columns it is the same table, or refused with the same words. */
static void
read_as_frame(const char *bytes, size_t n, const struct csv *csv, const char *refused,
	struct pool *pool)
{
	struct err err = { 0 };
	struct frame *f;

	if (frame_parse(&f, bytes, n, "fuzz.csv", pool, &err) != 0) {
		FUZZ_TRUE(refused != NULL && strcmp(refused, err.text) == 0);
		return;
	}
	FUZZ_TRUE(refused == NULL && frame_rows(f) == csv->rows);
	FUZZ_TRUE(frame_columns(f) == csv->columns);
	for (size_t i = 0; i < csv->rows; i++) {
		FUZZ_TRUE(frame_line(f, i) == csv->line[i]);
		for (size_t c = 0; c < csv->columns; c++)
			FUZZ_TRUE(strcmp(frame_cell(f, c, i),
				csv->cell[i * csv->columns + c]) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct csv csv;
	bool gb;

	if (n < 1)
		return 0;
	gb = bytes[0] & 1;
	if (csv_parse(&csv, (const char *)bytes + 1, n - 1, "fuzz.csv", gb ? "gb18030" : NULL,
			&pool, &err) == 0) {
		for (size_t i = 0; i < csv.rows; i++)
			FUZZ_TRUE(csv.line[i] >= 2);
		/* columns without a name may be many */
		for (size_t i = 0; i < csv.columns; i++)
			FUZZ_TRUE(csv.header[i][0] == '\0' ||
				csv_column(&csv, csv.header[i]) == (int)i);
		write_and_read(&csv, &pool);
	} else {
		FUZZ_TRUE(err.code != ERR_NONE && err.text[0] != '\0');
	}
	if (!gb)
		read_as_frame((const char *)bytes + 1, n - 1, &csv,
			err.code != ERR_NONE ? err.text : NULL, &pool);
	pool_clear(&pool);
	return 0;
}
