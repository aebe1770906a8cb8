/* A wave's rows as a file. */
#include "cli/analyse/stored_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/date.h"

static const char *const columns[] = { "key", "mode", "site", "minute", "seconds", "stratum",
	"cluster", "weight", "sector", "township" };
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* A file being written. */
struct writing {
	const struct counted *answers;
	enum stream stream;
	struct text out, cell;
	struct text in;		/* a byte a row: part of the main estimate? */
};

static void
put(struct writing *w, const char *cell)
{
	if (w->out.n > 0 && w->out.s[w->out.n - 1] != '\n')
		text_putc(&w->out, ',');
	csv_put(&w->out, cell);
}

static bool
special(const json_t *v)
{
	return json_is_integer(v) &&
		(json_integer_value(v) == FORM_DONT_KNOW || json_integer_value(v) == FORM_SKIPPED);
}

/* A code, codes separated by spaces, or words; 98, 99 and not asked are empty. */
static void
put_value(struct writing *w, const json_t *v)
{
	const json_t *part;
	size_t i;

	text_reset(&w->cell);
	if (json_is_string(v))
		text_puts(&w->cell, json_string_value(v));
	else if (json_is_integer(v) && !special(v))
		text_fmt(&w->cell, "%lld", (long long)json_integer_value(v));
	json_array_foreach((json_t *)v, i, part)
		if (!special(part))
			text_fmt(&w->cell, json_is_string(part) ? "%s%s" : "%s%.0s%lld",
				w->cell.n > 0 ? " " : "", json_is_string(part) ?
				json_string_value(part) : "", (long long)json_integer_value(part));
	put(w, text_str(&w->cell));
}

static bool
has_item(const struct writing *w, size_t column)
{
	return form_item(w->answers->form, columns[column]) >= 0;
}

/* The sampling unit: its own where it has none. */
static const char *
unit_of(struct writing *w, const struct response_row *r, const struct site *site)
{
	if (r->cluster[0] != '\0')
		return r->cluster;
	if (w->stream == STREAM_OPEN && site != NULL)
		return site->code;
	text_reset(&w->cell);
	text_fmt(&w->cell, "row %" PRId64, r->id);
	return text_str(&w->cell);
}

static void
put_envelope(struct writing *w, const struct response_row *r, bool in)
{
	const struct counted *a = w->answers;
	const struct site *site = r->site == 0 ? NULL : level_site(a->site, a->sites, r->site);
	const char *stratum = w->stream == STREAM_OPEN || r->stratum[0] == '\0' ? "-" : r->stratum;
	char minute[17], seconds[24], weight[32] = "0";

	date_minute(minute, r->minute);
	snprintf(seconds, sizeof(seconds), "%lld", (long long)r->seconds);
	if (in)
		snprintf(weight, sizeof(weight), "%lld.%06lld", (long long)(r->weight / 1000000),
			(long long)(r->weight % 1000000));
	put(w, r->key);
	put(w, r->mode);
	put(w, site != NULL ? site->code : "");
	put(w, minute);
	put(w, r->seconds >= 0 ? seconds : "");
	put(w, stratum);
	put(w, unit_of(w, r, site));
	put(w, weight);
	if (!has_item(w, COLUMNS - 2))
		put(w, site != NULL ? site->sector : "");
	if (!has_item(w, COLUMNS - 1))
		put(w, site != NULL ? site->township : "");
}

static int
put_row(const struct response_row *r, void *ctx)
{
	struct writing *w = ctx;
	bool in = !r->flagged && !r->excluded;
	json_t *answers;

	if (strcmp(r->stream, stream_name(w->stream)) != 0)
		return 0;
	answers = json_loads(r->answers, 0, NULL);
	put_envelope(w, r, in);
	for (size_t i = 0; i < w->answers->form->items; i++)
		put_value(w, json_array_get(answers, i));
	json_decref(answers);
	text_puts(&w->out, "\r\n");
	text_putc(&w->in, in);
	return 0;
}

static void
put_header(struct writing *w)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (i < COLUMNS - 2 || !has_item(w, i))
			put(w, columns[i]);
	for (size_t i = 0; i < w->answers->form->items; i++)
		put(w, w->answers->form->item[i].name);
	text_puts(&w->out, "\r\n");
}

static json_t *
calibrate_of(const struct margins *m)
{
	json_t *margins = json_object();

	for (size_t i = 0; i < m->n; i++) {
		json_t *one = json_object();

		for (size_t c = 0; c < m->margin[i].categories; c++)
			json_object_set_new(one, m->margin[i].category[c],
				json_real(m->margin[i].target[c]));
		json_object_set_new(margins, m->margin[i].variable, one);
	}
	return json_pack("{s:s, s:o, s:b}", "method", "rake", "margins", margins, "aside", 1);
}

/* Which questions take several choices, and what choices there are. */
static void
form_say(struct stored_with *with, const struct form *form)
{
	with->multi = json_object();
	with->choices = json_object();
	for (size_t i = 0; i < form->items; i++) {
		const struct item *item = &form->item[i];
		json_t *list = json_array();

		for (size_t c = 0; c < item->choices; c++)
			json_array_append_new(list, json_string(item->choice[c].name));
		json_object_set_new(with->multi, item->name,
			json_boolean(item->kind == KIND_MULTI));
		if (item->choices > 0)
			json_object_set(with->choices, item->name, list);
		json_decref(list);
	}
}

static const bool *
in_of(const struct text *byte, struct pool *pool)
{
	bool *in = pool_array(pool, byte->n + 1, sizeof(*in));

	for (size_t i = 0; i < byte->n; i++)
		in[i] = byte->s[i] != 0;
	return in;
}

int
stored_rows(const char **csv, size_t *n, struct stored_with *with, const struct inquiry *q,
	struct pool *pool, struct err *err)
{
	const struct margins *m = inquiry_margins(q, 0);
	struct figures *figures = inquiry_figures(q, 0, err);
	struct writing w = { .stream = q->stream };
	int rc;

	if (figures == NULL)
		return -1;
	w.answers = &figures->answers;
	put_header(&w);
	rc = db_each_response(w.answers->db, w.answers->wave.id, 0, put_row, &w, err);
	*n = w.out.n;
	*csv = pool_strndup(pool, text_str(&w.out), w.out.n);
	with->in = in_of(&w.in, pool);
	text_clear(&w.out);
	text_clear(&w.cell);
	text_clear(&w.in);
	if (rc != 0)
		return -1;
	form_say(with, w.answers->form);
	with->design = json_pack("{s:s, s:s, s:s, s:b}", "cluster", "cluster", "strata", "stratum",
		"weight", "weight", "nest", 1);
	with->calibrate = q->stream == STREAM_SAMPLED && m->n > 0 && m->fault == NULL ?
		calibrate_of(m) : NULL;
	return 0;
}
