/* What is downloaded: posters, codes, figures, the style sheet. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "db/survey.h"
#include "desk/visit.h"
#include "figure/figure.h"
#include "view/paper/poster.h"

/* Where residents reach us: the setting, or as this visitor came. */
const char *
visit_base_url(struct visit *visit, struct db *db)
{
	const char *url = db_setting(db, "base_url", visit->pool);

	if (url != NULL && url[0] != '\0')
		return url;
	return pool_fmt(visit->pool, "%s://%s", visit->req->https ? "https" : "http",
		visit->req->host);
}

static const char *
setting(struct visit *visit, struct db *db, const char *name)
{
	const char *value = db_setting(db, name, visit->pool);

	return value != NULL ? value : "";
}

/* A wave's own words where it has them, else the city's. */
static const char *
first_of(const char *a, const char *b)
{
	return a != NULL && a[0] != '\0' ? a : b;
}

/* The poster of one site: words of the wave its code opens, or of the newest form without one. */
static int
make_poster(struct visit *visit, struct db *db, struct poster *p, const struct site *site)
{
	struct wave wave = { 0 };
	struct err none = { 0 };
	const char *version = NULL;

	if (db_open_wave(db, &wave, site->form_id, visit->pool, &none) == 0)
		version = wave.form_version;
	else if (none.code != ERR_MISSING) {
		visit->err = none;
		return -1;
	}
	*p = (struct poster){ .base_url = visit_base_url(visit, db), .code = site->code,
		.site_name = site->name, .window = site->window, .city = setting(visit, db, "city"),
		.agency = first_of(wave.agency, setting(visit, db, "agency")),
		.table_number = first_of(wave.table_number, setting(visit, db, "table_number")),
		.approval = first_of(wave.approval, setting(visit, db, "approval")),
		.valid_until = first_of(wave.valid_until, setting(visit, db, "valid_until")),
		.demo = strcmp(setting(visit, db, "demo"), "1") == 0,
		.form = db_get_form(db, site->form_id, version, visit->pool, &visit->err) };
	return p->form != NULL ? 0 : -1;
}

static void
name_file(struct visit *visit, const char *type, const char *name)
{
	visit->reply->type = type;
	reply_header(visit->reply, "Content-Disposition",
		pool_fmt(visit->pool, "attachment; filename=\"%s\"", name));
}

static void
send_posters(struct visit *visit, struct db *db, const struct site site[], size_t n,
	const char *name)
{
	struct poster *p = pool_array(visit->pool, n + 1, sizeof(*p));
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (site[i].active && make_poster(visit, db, &p[k++], &site[i]) != 0)
			return;
	if (k == 0)
		err_set(&visit->err, ERR_MISSING, "没有启用的点位", "no active site");
	else if (poster_pdf(&visit->reply->body, p, k, &visit->err) == 0)
		name_file(visit, "application/pdf", name);
}

void
serve_posters(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct db *db = visit_read(visit);
	struct site *site;
	size_t n;

	if (db != NULL && db_list_sites(db, &site, &n, visit->pool, &visit->err) == 0)
		send_posters(visit, db, site, n, "posters.pdf");
}

void
serve_poster(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct db *db = visit_read(visit);
	struct site site;

	if (db != NULL && db_get_site(db, &site, call->arg[0], visit->pool, &visit->err) == 0)
		send_posters(visit, db, &site, 1,
			pool_fmt(visit->pool, "poster-%s.pdf", site.code));
}

void
serve_qr(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct db *db = visit_read(visit);
	struct site site;

	if (db != NULL && db_get_site(db, &site, call->arg[0], visit->pool, &visit->err) == 0 &&
			poster_qr_svg(&call->reply->body, visit_base_url(visit, db), site.code,
			&visit->err) == 0)
		call->reply->type = "image/svg+xml";
}

/* The desk's own style sheet; its name is the digest of its bytes. */
void
serve_css(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct text path = TEXT_INIT;
	const char *css;
	size_t n;

	board_css_path(&path);
	if (strcmp(text_str(&path), call->req->path) == 0) {
		css = board_css(&n);
		if (!reply_unchanged(call->reply, call->req,
				pool_fmt(visit->pool, "\"%s\"", call->req->path)))
			text_add(&call->reply->body, css, n);
		call->reply->type = "text/css; charset=utf-8";
		call->reply->cache = "public, max-age=31536000, immutable";
	} else {
		visit->err.code = ERR_MISSING;
	}
	text_clear(&path);
}

/* ---- every figure as a table ---- */

static void
put_number(struct text *out, double x)
{
	char cell[32];

	cell[0] = '\0';
	if (isfinite(x))
		snprintf(cell, sizeof(cell), "%.17g", x);
	text_putc(out, ',');
	text_puts(out, cell);
}

static void
put_cell(struct text *out, const char *s)
{
	text_putc(out, ',');
	csv_put(out, s != NULL ? s : "");
}

/* A figure that may not be given stands with its reason and without a number; others with what must
 * stand beside them. */
static void
put_figure(struct text *out, const struct figure *m, enum lang lang)
{
	const struct estimate *e = &m->estimate;
	bool given = m->err.code == ERR_NONE;
	double number[] = { e->value, e->se, e->low, e->high, e->level, e->df, e->n, e->n_eff,
		e->kish, e->deff };

	csv_put(out, m->indicator != NULL ? m->indicator : "");
	put_cell(out, m->form);
	put_cell(out, m->index);
	put_cell(out, m->index_label.in[lang]);
	put_cell(out, m->domain);
	put_cell(out, m->domain_label.in[lang]);
	put_number(out, m->year);
	put_cell(out, m->stream);
	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++)
		put_number(out, given ? number[i] : NAN);
	put_cell(out, given ? e->mapping : "");
	put_cell(out, given ? e->method : "");
	put_cell(out, given ? e->population : "");
	put_cell(out, m->margins);
	put_cell(out, given ? m->note.in[lang] : err_in(&m->err, lang));
	text_puts(out, "\r\n");
}

static int
put_form(struct visit *visit, struct db *db, const char *form)
{
	struct figure_ask ask = { .form = form };
	const struct figure *figure;
	struct err none = { 0 };
	size_t n;

	if (figure_index(db, &ask, &figure, &n, visit->pool, &none) != 0) {
		if (none.code == ERR_MISSING || none.code == ERR_INPUT || none.code == ERR_REFUSED)
			return 0;	/* a form nobody was asked yet */
		visit->err = none;
		return -1;
	}
	for (size_t i = 0; i < n; i++)
		put_figure(&visit->reply->body, &figure[i], visit->lang);
	return 0;
}

void
serve_figures(struct route_call *call)
{
	static const char header[] =
		"\xef\xbb\xbf"
		"indicator,form,index,label,domain,domain_label,year,stream,"
		"value,se,low,high,level,df,n,n_eff,kish_n,deff,mapping,"
		"method,population,margins,note\r\n";
	struct visit *visit = call->ctx;
	struct db *db = visit_write(visit);
	const char **form;
	size_t n;

	if (db == NULL || db_list_form_ids(db, &form, &n, visit->pool, &visit->err) != 0)
		return;
	text_puts(&call->reply->body, header);
	for (size_t i = 0; i < n; i++)
		if (put_form(visit, db, form[i]) != 0)
			return;
	name_file(visit, "text/csv; charset=utf-8", "figures.csv");
}
