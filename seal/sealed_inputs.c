/* What a figure rests on besides the answers: taken when it is published, written out
 * when it is asked for. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "db/batch.h"
#include "seal/sealed_in.h"

static json_t *
margins_json(struct db *db, struct pool *pool, struct err *err)
{
	struct margin *m;
	json_t *list;
	size_t n;

	if (db_list_margins(db, &m, &n, pool, err) != 0)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:o, s:s, s:s, s:s}", "variable", m[i].variable,
			"category", m[i].category, "population", json_count(m[i].population),
			"source", m[i].source, "date", m[i].date, "area", m[i].area));
	return list;
}

static json_t *
complaints_json(struct db *db, struct pool *pool, struct err *err)
{
	struct complaint_row *c;
	json_t *list;
	size_t n;

	if (db_list_complaints(db, &c, &n, pool, err) != 0)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:i, s:I, s:o, s:o, s:s, s:s, s:s, s:s}",
			"year", c[i].year, "registered", (json_int_t)c[i].registered, "residents",
			json_count(c[i].residents), "national_per_10000",
			json_number(c[i].national_per_10000), "source", c[i].source,
			"date", c[i].date, "definition", c[i].definition, "national_definition",
			c[i].national_definition));
	return list;
}

json_t *
sealed_inputs(struct db *db, struct pool *pool, struct err *err)
{
	int64_t response = db_last_response(db), exclusion = db_last_exclusion(db),
		batch = db_last_batch_event(db, 0);
	json_t *margins = margins_json(db, pool, err), *complaints;
	const char *weights = db_setting(db, "sector_weights", pool);

	if (margins == NULL)
		return NULL;
	complaints = complaints_json(db, pool, err);
	if (complaints == NULL || response < 0 || exclusion < 0 || batch < 0) {
		json_decref(margins);
		json_decref(complaints);
		if (complaints != NULL)
			err_set(err, ERR_DB, "数据库读不出来", "the database cannot be read");
		return NULL;
	}
	return json_pack("{s:I, s:I, s:I, s:s, s:o, s:o}", "last_response", (json_int_t)response,
		"last_exclusion", (json_int_t)exclusion, "last_batch", (json_int_t)batch,
		"sector_weights", weights != NULL ? weights : "",
		"margins", margins, "complaints", complaints);
}

/* Objects as lines: column[] of each. */
void
sealed_table(struct text *out, const json_t *list, const char *const column[], size_t columns)
{
	const json_t *o;
	size_t i;

	for (i = 0; i < columns; i++)
		text_fmt(out, "%s%s", i > 0 ? "," : "", column[i]);
	text_putc(out, '\n');
	json_array_foreach((json_t *)list, i, o) {
		for (size_t c = 0; c < columns; c++) {
			const json_t *v = json_object_get(o, column[c]);

			text_puts(out, c > 0 ? "," : "");
			if (json_is_string(v))
				csv_put(out, json_string_value(v));
			else if (json_is_integer(v))
				text_fmt(out, "%lld", (long long)json_integer_value(v));
			else if (json_is_real(v))
				text_fmt(out, "%.17g", json_real_value(v));
		}
		text_putc(out, '\n');
	}
}
