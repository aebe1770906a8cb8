/* Complaint series and peers' scores: checked row by row, stored at once. */
#include "cli/track/files.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/entry.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "db/track.h"
#include "figure/definition.h"
#include "track/programme/programme.h"
#include "track/year.h"

const struct args_option track_complaint_options[] = {
	ROWS_ENCODING_OPTION,
	{ .name = "definition", .value = "WHAT",
		.help = { {
			"本市投诉的统计口径，如 12315；用于没有写的行",
			"what our count counts, as 12315; for rows that do not say" } } },
	{ .name = "national-definition", .value = "WHAT", .help = { { "全国投诉率的统计口径",
		"the same of the national rate" } } },
	{ .name = NULL }
};
const struct args_option track_file_options[] = {
	ROWS_ENCODING_OPTION,
	{ .name = NULL }
};

/* A number that is missing or within low..high. */
static void
number_cell(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column,
	double *x, double low, double high)
{
	if (rows_number(x, rows_cell(csv, row, column)) != 0 ||
			(isfinite(*x) && (*x < low || *x > high)))
		rows_error(errors, csv, row, column,
			LANG_PICK("不是合理的数", "not a number that can be"));
}

static void
whole_cell(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column,
	long long *x, long long low, long long high)
{
	if (rows_whole(x, rows_cell(csv, row, column), low, high) != 0)
		rows_error(errors, csv, row, column,
			LANG_PICK("应是整数", "must be a whole number"));
}

static int
year_cell(struct rows_errors *errors, const struct csv *csv, size_t row, int first)
{
	long long year = 0;
	struct err err = { .code = ERR_NONE };

	whole_cell(errors, csv, row, "year", &year, 1000, 9999);
	if (year != 0 && entry_year_from((int)year, first, &err) != 0)
		rows_error(errors, csv, row, "year", err.text);
	return (int)year;
}

static void
day_cell(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column)
{
	const char *s = rows_cell(csv, row, column);
	struct err err = { .code = ERR_NONE };

	if (*s != '\0' && entry_day(s, &err) != 0)
		rows_error(errors, csv, row, column, err.text);
}

/* What was counted, by the row's own cell or by the option, as it is stored. */
static const char *
definition_cell(struct rows_errors *errors, const struct csv *csv, size_t i, const char *column,
	const char *option, struct pool *pool)
{
	const char *s = rows_cell(csv, i, column);
	struct err err = { 0 };
	unsigned counts = 0;

	if (*s == '\0' && option != NULL)
		s = option;
	if (definition_read(&counts, s, &err) != 0)
		rows_error(errors, csv, i, column, pool_strdup(pool, err.text));
	return definition_write(counts, pool);
}

static struct complaint_row
complaint_from(struct rows_errors *errors, const struct csv *csv, size_t i, int first,
	struct cli *cli)
{
	struct complaint_row r = { .source = rows_cell(csv, i, "source"),
		.date = rows_cell(csv, i, "date"), .break_note = rows_cell(csv, i, "break_note"),
		.residents = NAN, .national_per_10000 = NAN };
	long long registered = 0;

	r.year = year_cell(errors, csv, i, first);
	whole_cell(errors, csv, i, "registered", &registered, 0, INT64_MAX / 2);
	number_cell(errors, csv, i, "residents", &r.residents, 1, 1e10);
	number_cell(errors, csv, i, "national_per_10000", &r.national_per_10000, 0, 10000);
	day_cell(errors, csv, i, "date");
	if (year_in_text(r.date) != 0 && year_in_text(r.date) < r.year)
		rows_error(errors, csv, i, "date", LANG_PICK("早于这一行的年度，说明不了这一年",
			"before the row's year: it cannot "
			"speak of it"));
	r.definition = definition_cell(errors, csv, i, "definition",
		args_value(&cli->args, "definition"), &cli->pool);
	r.national_definition = definition_cell(errors, csv, i, "national_definition",
		args_value(&cli->args, "national-definition"), &cli->pool);
	r.registered = registered;
	return r;
}

static void
same_year_twice(struct rows_errors *errors, const struct csv *csv, const struct complaint_row row[])
{
	for (size_t i = 1; i < csv->rows; i++)
		for (size_t k = 0; k < i; k++)
			if (row[i].year == row[k].year) {
				rows_error(errors, csv, i, "year",
					LANG_PICK("这一年写了两次", "this year stands twice"));
				break;
			}
}

static int
load(struct csv *csv, struct rows_errors *errors, struct cli *cli, const char *const known[],
	size_t required, struct err *err)
{
	if (csv_load(csv, cli_operand(cli, 0), args_value(&cli->args, "encoding"),
			&cli->pool, err) != 0)
		return -1;
	(void)rows_columns(errors, csv, known, required);
	return 0;
}

static int
finish(struct cli *cli, const struct csv *csv, struct rows_errors *errors)
{
	if (errors->list != NULL) {
		cli->said = rows_refused(errors);
		return 1;
	}
	cli->said = json_pack("{s:I}", "rows", (json_int_t)csv->rows);
	rows_notes(cli->said, csv);
	return 0;
}

int
track_complaints(struct cli *cli, struct err *err)
{
	static const char *const known[] = { "year", "registered", "residents",
		"national_per_10000",
		"source", "date", "break_note", "definition", "national_definition", NULL };
	struct rows_errors errors = { .list = NULL };
	const struct programme *programme = programme_in_force(cli->db, &cli->pool, err);
	struct complaint_row *row;
	struct csv csv;

	if (programme == NULL || load(&csv, &errors, cli, known, 2, err) != 0)
		return -1;
	row = pool_array(&cli->pool, csv.rows + 1, sizeof(*row));
	if (errors.list == NULL) {
		for (size_t i = 0; i < csv.rows; i++)
			row[i] = complaint_from(&errors, &csv, i, programme->first_year, cli);
		same_year_twice(&errors, &csv, row);
	}
	if (errors.list == NULL && db_put_complaints(cli->db, row, csv.rows, cli_who(),
			date_now_minute(), err) != 0)
		return -1;
	return finish(cli, &csv, &errors);
}

static struct peer_row
peer_from(struct rows_errors *errors, const struct csv *csv, size_t i, int first)
{
	struct peer_row r = { .indicator = rows_cell(csv, i, "indicator"),
		.city = rows_cell(csv, i, "city"), .agency = rows_cell(csv, i, "agency"),
		.report_sha256 = rows_cell(csv, i, "report_sha256"), .score = NAN, .se = NAN };
	long long n = 0;

	r.year = year_cell(errors, csv, i, first);
	number_cell(errors, csv, i, "score", &r.score, 0, 100);
	number_cell(errors, csv, i, "se", &r.se, 1e-9, 100);
	if (*rows_cell(csv, i, "n") != '\0')
		whole_cell(errors, csv, i, "n", &n, 1, INT64_MAX / 2);
	if (!isfinite(r.score))
		rows_error(errors, csv, i, "score", LANG_PICK("缺少得分", "the score is missing"));
	if (*r.city == '\0')
		rows_error(errors, csv, i, "city", LANG_PICK("缺少城市", "the city is missing"));
	r.n = n;
	return r;
}

int
track_peers(struct cli *cli, struct err *err)
{
	static const char *const known[] = { "indicator", "year", "city", "score", "se", "n",
		"agency", "report_sha256", NULL };
	struct rows_errors errors = { .list = NULL };
	const struct programme *programme = programme_in_force(cli->db, &cli->pool, err);
	struct peer_row *row;
	struct csv csv;

	if (programme == NULL || load(&csv, &errors, cli, known, 4, err) != 0)
		return -1;
	row = pool_array(&cli->pool, csv.rows + 1, sizeof(*row));
	if (errors.list == NULL) {
		for (size_t i = 0; i < csv.rows; i++) {
			row[i] = peer_from(&errors, &csv, i, programme->first_year);
			if (programme_row(programme, row[i].indicator, NULL) == NULL)
				rows_error(&errors, &csv, i, "indicator",
					LANG_PICK("没有这个指标", "there is no such indicator"));
		}
	}
	if (errors.list == NULL && db_put_peers(cli->db, row, csv.rows, err) != 0)
		return -1;
	return finish(cli, &csv, &errors);
}

void
track_show_import(struct text *out, const json_t *said)
{
	if (json_object_get(said, "errors") != NULL)
		rows_show(out, said);
	else
		show_line(out, "导入 %lld 行。", "%lld rows imported.", show_whole(said, "rows"));
	rows_show_notes(out, said);
}
