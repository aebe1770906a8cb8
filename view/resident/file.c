/* The files resident pages refer to, under names that are their digests. */
#include "view/resident/part.h"

#include <pthread.h>
#include <string.h>

#include "base/sha256.h"

extern const unsigned char embed_resident_css[], embed_resident_js[];
extern const size_t embed_resident_css_n, embed_resident_js_n;

const char *
resident_css(size_t *n)
{
	*n = embed_resident_css_n;
	return (const char *)embed_resident_css;
}

const char *
resident_js(size_t *n)
{
	*n = embed_resident_js_n;
	return (const char *)embed_resident_js;
}

void
file_path(struct text *out, const char *bytes, size_t n, const char *ending)
{
	char hex[65];

	sha256_hex(hex, bytes, n);
	text_fmt(out, "/s/%.16s%s", hex, ending);
}

static char css_path[32], js_path[32];
static pthread_once_t named = PTHREAD_ONCE_INIT;

static void
name_file(char path[32], const char *bytes, size_t n, const char *ending)
{
	struct text name = TEXT_INIT;

	file_path(&name, bytes, n, ending);
	memcpy(path, name.s, name.n + 1);
	text_clear(&name);
}

static void
name_files(void)
{
	name_file(css_path, (const char *)embed_resident_css, embed_resident_css_n, ".css");
	name_file(js_path, (const char *)embed_resident_js, embed_resident_js_n, ".js");
}

const char *
file_css_path(void)
{
	pthread_once(&named, name_files);
	return css_path;
}

const char *
file_js_path(void)
{
	pthread_once(&named, name_files);
	return js_path;
}

/* ---- the form's own style sheet ---- */

/* Rules being written, with the conditions that have one already. */
struct rules {
	struct text *out;
	const struct form *form;
	struct pool *pool;
	const char **seen;	/* tokens */
	size_t n, room;
};

static bool
rule_seen(struct rules *rules, const char *tokens)
{
	for (size_t i = 0; i < rules->n; i++)
		if (strcmp(rules->seen[i], tokens) == 0)
			return true;
	if (rules->n == rules->room) {
		const char **seen = pool_array(rules->pool, rules->room * 2 + 32, sizeof(*seen));

		if (rules->n > 0)
			memcpy(seen, rules->seen, rules->n * sizeof(*seen));
		rules->seen = seen;
		rules->room = rules->room * 2 + 32;
	}
	rules->seen[rules->n++] = pool_strdup(rules->pool, tokens);
	return false;
}

/*
 * While a condition does not hold, what carries it is hidden; but never a question that has a
 * mistake to show, nor its choices.  What CSS cannot judge stays in view, unless it is a
 * button or a note that stands for hidden questions.  The script takes the form's class "css"
 * away and decides alone.
 */
static void
rule_put(const struct relevant_node *node, bool asks, void *ctx)
{
	struct rules *rules = ctx;
	struct text tokens = TEXT_INIT, not = TEXT_INIT;

	if (node == NULL)
		return;
	skip_tokens(&tokens, rules->form, node);
	if (!rule_seen(rules, text_str(&tokens))) {
		if (rules->n > 1)
			text_puts(rules->out, ",\n");
		if (skip_css_not(&not, rules->form, node))
			text_fmt(rules->out, ".css%s [data-if=\"%s\"]%s", text_str(&not),
				text_str(&tokens), asks ? ":not(.bad,.bad .opts *)" : "");
		else
			text_fmt(rules->out, ".css :is(.none,.end)[data-if=\"%s\"]",
				text_str(&tokens));
	}
	text_clear(&tokens);
	text_clear(&not);
}

void
resident_form_css(struct text *out, const struct form *form)
{
	struct pool pool = POOL_INIT;
	struct rules rules = { .out = out, .form = form, .pool = &pool };

	/* A step more than screens: the consent. */
	for (size_t step = 1; step <= form->screens + 1; step++)
		text_fmt(out, "%s#s%zu:target~.p%zu", step > 1 ? "," : "", step, step);
	text_puts(out, "{display:flex}\n@supports selector(:has(*)){\n");
	skip_each(form, &pool, rule_put, &rules);
	text_puts(out, rules.n > 0 ? "{display:none}\n}\n" : "}\n");
	pool_clear(&pool);
}

/* ---- answering a request ---- */

static int
file_fits(struct text *out, const char **type, const char *path, const char *bytes, size_t n,
	const char *ending, const char *as)
{
	struct text name = TEXT_INIT;
	bool same;

	file_path(&name, bytes, n, ending);
	same = strcmp(text_str(&name), path) == 0;
	text_clear(&name);
	if (!same)
		return -1;
	text_add(out, bytes, n);
	*type = as;
	return 0;
}

int
resident_file(struct text *out, const char **type, const char *path,
	const struct form *const form[], size_t n)
{
	static const char css[] = "text/css; charset=utf-8",
		js[] = "text/javascript; charset=utf-8";
	struct text sheet = TEXT_INIT;
	size_t bytes_n;
	const char *bytes = resident_css(&bytes_n);
	int rc;

	rc = file_fits(out, type, path, bytes, bytes_n, ".css", css);
	bytes = resident_js(&bytes_n);
	if (rc != 0)
		rc = file_fits(out, type, path, bytes, bytes_n, ".js", js);
	for (size_t i = 0; rc != 0 && i < n; i++) {
		text_reset(&sheet);
		resident_form_css(&sheet, form[i]);
		rc = file_fits(out, type, path, text_str(&sheet), sheet.n, ".css", css);
	}
	text_clear(&sheet);
	return rc;
}
