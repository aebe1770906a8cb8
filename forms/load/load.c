/* Reading a form file: bytes, then settings, lists, rows, indices, variants; every fault listed. */
#include "forms/load/load.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/filekind.h"
#include "base/json.h"
#include "base/sha256.h"

static const char *const consent_fields[] = { "city", "table_number", "agency", "approval",
	"valid_until", "minutes", "days", "processor", "contact", NULL };

/* Every {field} is one the page can fill. */
static void
check_consent(struct loader *l, const char *text, const char *where)
{
	const char *name;
	size_t n;

	for (const char *p = text; (p = strchr(p, '{')) != NULL; p += 1 + n) {
		n = strcspn(p + 1, "{}");
		name = pool_strndup(l->pool, p + 1, n);
		if (p[1 + n] != '}' || !load_in(name, consent_fields))
			fault_add(l->faults, where, FAULT_CONSENT, name, NULL, NULL,
				fault_suggest(l->faults, name, consent_fields));
	}
}

static void
check_consents(struct loader *l)
{
	const struct form *form = l->form;

	for (size_t i = 0; i < form->languages.n; i++)
		check_consent(l, texts_in(&form->consent, i),
			fault_key(l->faults, "/settings/consent", form->languages.of[i].tag));
}

/* Names that become part of file names and addresses; a version may hold dots. */
static void
check_id(struct loader *l, const char *value, const char *key, bool version)
{
	char copy[FORM_NAME_MAX + 2];

	snprintf(copy, sizeof(copy), "%s", value);
	for (char *p = copy; version && *p != '\0'; p++)
		if (*p == '.')
			*p = '-';
	if (value[0] != '\0' && !load_name_fits(copy, !version, true))
		fault_add(l->faults, fault_key(l->faults, "/settings", key), FAULT_ID, key, value,
			fault_number(l->faults, FORM_ID_MAX));
}

static void
load_names(struct loader *l, const json_t *settings)
{
	struct form *form = l->form;

	load_text(l, settings, "form_id", "/settings", NEED, &form->id);
	check_id(l, form->id, "form_id", false);
	load_text(l, settings, "version", "/settings", NEED, &form->version);
	check_id(l, form->version, "version", true);
	load_text(l, settings, "mapping", "/settings", NEED, &form->mapping);
	check_id(l, form->mapping, "mapping", false);
	if (json_string_length(json_object_get(settings, "indicators")) > 0 ||
			!json_is_string(json_object_get(settings, "indicators")))
		load_text(l, settings, "indicators", "/settings", NEED_NOT, &form->indicators);
	load_text(l, settings, "variant_by", "/settings", NEED_NOT, &form->variant_by);
}

void
load_settings(struct loader *l, const json_t *root)
{
	static const char *const keys[] = { "form_id", "version", "title", "population", "minutes",
		"seconds", "mapping", "indicators", "consent", "reverse_half", "flag", "work_order",
		"variant_by", "languages", NULL };
	const json_t *settings = json_object_get(root, "settings");
	struct form *form = l->form;

	form->id = form->version = form->mapping = form->indicators = "";
	load_languages(l, settings);
	if (!json_is_object(settings)) {
		fault_add(l->faults, settings != NULL ? "/settings" : "", FAULT_SETTINGS);
		return;
	}
	fault_keys(l->faults, settings, "/settings", keys);
	load_names(l, settings);
	load_texts(l, settings, "title", "/settings", NEED, &form->title);
	load_texts(l, settings, "population", "/settings", NEED, &form->population);
	load_int(l, settings, "minutes", "/settings", NEED, 0, 60, &form->minutes);
	load_int(l, settings, "seconds", "/settings", NEED, 1, 3600, &form->seconds);
	load_bool(l, settings, "reverse_half", "/settings", NEED_NOT, &form->reverse_half);
	if (load_texts(l, settings, "consent", "/settings", NEED, &form->consent))
		check_consents(l);
}

/* The two conditions of settings, which may name any item. */
static void
load_flags(struct loader *l, const json_t *root)
{
	const json_t *settings = json_object_get(root, "settings");
	const char *work_order = NULL;

	if (load_text(l, settings, "flag", "/settings", NEED_NOT, &l->form->flag_source) &&
			l->form->flag_source != NULL)
		load_condition(l, l->form->flag_source, "/settings/flag", 0, NULL, &l->form->flag);
	if (load_text(l, settings, "work_order", "/settings", NEED_NOT, &work_order) &&
			work_order != NULL)
		load_condition(l, work_order, "/settings/work_order", 0, NULL,
			&l->form->work_order);
}

static void
load_all(struct loader *l, const json_t *root)
{
	static const char *const keys[] = { "settings", "choices", "survey", "indices",
		"variants", NULL };

	if (!json_is_object(root)) {
		fault_add(l->faults, "", FAULT_ROOT);
		return;
	}
	fault_keys(l->faults, root, "", keys);
	load_settings(l, root);
	load_lists(l, root);
	load_survey(l, root);
	load_indices(l, root);
	load_variants(l, root);
	load_flags(l, root);
}

/* What jansson found wrong, as the only fault. */
static void
syntax_fault(struct fault_list *l, const json_error_t *e)
{
	static const struct { enum json_error_code code; enum fault_id id; } known[] = {
		{ json_error_invalid_utf8, FAULT_UTF8 },
		{ json_error_premature_end_of_input, FAULT_BROKEN_OFF },
		{ json_error_end_of_input_expected, FAULT_AFTER_END },
		{ json_error_duplicate_key, FAULT_KEY_TWICE },
		{ json_error_stack_overflow, FAULT_NESTED },
		{ json_error_numeric_overflow, FAULT_NUMBER },
	};
	enum fault_id id = FAULT_SYNTAX;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].code == json_error_code(e))
			id = known[i].id;
	fault_add(l, "", id);
	l->fault[0].line = e->line < 1 ? 1 : (size_t)e->line;
	l->fault[0].column = e->column < 1 ? 1 : (size_t)e->column;
}

static void
fill(struct loader *l, const char *body, size_t n)
{
	struct form *form = l->form;

	form->body = body;
	form->body_n = n;
	form->item = l->item = pool_array(l->pool, FORM_ITEMS_MAX, sizeof(l->item[0]));
	form->screen = l->screen = pool_array(l->pool, FORM_ITEMS_MAX, sizeof(l->screen[0]));
	sha256_hex(form->sha256, body, n);
}

/* The form, or NULL with faults in list; body is NUL-terminated and in the pool. */
static const struct form *
load(const char *body, size_t n, struct fault_list *faults, struct pool *pool)
{
	struct loader l = { .pool = pool, .faults = faults };
	json_error_t e;
	json_t *root;

	fault_init(faults, body, pool);
	l.form = pool_take(pool, sizeof(*l.form));
	fill(&l, body, n);
	root = json_parse(body, n, &e);
	if (root == NULL) {
		syntax_fault(faults, &e);
		return NULL;
	}
	load_all(&l, root);
	json_decref(root);
	fault_finish(faults);
	return faults->n == 0 ? l.form : NULL;
}

/* The first fault and how many more, as one line. */
static int
report(const struct fault_list *l, const char *name, struct err *err)
{
	const struct fault *f = &l->fault[0];

	if (l->n == 1)
		return err_set(err, ERR_INPUT, "%s:%zu:%zu：%s；%s", "%s:%zu:%zu: %s; %s",
			name, f->line, f->column, f->what, f->instead);
	return err_set(err, ERR_INPUT, "%s:%zu:%zu：%s；%s（另有 %zu 处）",
		"%s:%zu:%zu: %s; %s (and %zu more)", name, f->line, f->column, f->what,
		f->instead, l->n - 1);
}

const struct form *
form_parse(const char *body, size_t n, const char *name, struct pool *pool, struct err *err)
{
	struct fault_list faults;
	const struct form *form;
	char *copy;

	if (n > FORM_FILE_MAX) {
		err_set(err, ERR_INPUT, "%s：问卷文件太大，最多 %d 字节",
			"%s: the form is too large, at most %d bytes", name, FORM_FILE_MAX);
		return NULL;
	}
	copy = pool_take(pool, n + 1);
	if (n > 0)
		memcpy(copy, body, n);
	form = load(copy, n, &faults, pool);
	if (form == NULL)
		report(&faults, name, err);
	return form;
}

const struct form *
form_load(const char *path, struct pool *pool, struct err *err)
{
	const char *body;
	size_t n;

	if (file_read(&body, &n, path, FORM_FILE_MAX, pool, err) != 0 ||
			filekind_json(body, n, path, err) != 0)
		return NULL;
	return form_parse(body, n, path, pool, err);
}

const struct form *
form_check(const char *path, const struct fault **fault, size_t *faults, struct pool *pool,
	struct err *err)
{
	struct fault_list list;
	const struct form *form;
	const char *body;
	size_t n;

	*fault = NULL;
	*faults = 0;
	if (file_read(&body, &n, path, FORM_FILE_MAX, pool, err) != 0 ||
			filekind_json(body, n, path, err) != 0)
		return NULL;
	form = load(body, n, &list, pool);
	*fault = list.fault;
	*faults = list.n;
	return form;
}
