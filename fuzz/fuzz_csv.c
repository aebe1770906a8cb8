/* A table from anybody, and the same table written and read again. */
#include <string.h>

#include "base/csv.h"
#include "fuzz/fuzz.h"

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

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct csv csv;

	if (n < 1)
		return 0;
	if (csv_parse(&csv, (const char *)bytes + 1, n - 1, "fuzz.csv",
			bytes[0] & 1 ? "gb18030" : NULL, &pool, &err) == 0) {
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
	pool_clear(&pool);
	return 0;
}
