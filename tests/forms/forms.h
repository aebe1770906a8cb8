/* What the tests of forms/ share: loading a questionnaire, handing in a body. */
#ifndef TESTS_FORMS_FORMS_H
#define TESTS_FORMS_FORMS_H

#include <stdbool.h>

#include "forms/builtin.h"
#include "forms/response.h"
#include "tests/support/check.h"

/* One questionnaire from its file, or fail. */
static inline const struct form *
forms_load(const char *id, struct pool *pool)
{
	char name[64];
	struct err err = { 0 };
	const struct form *form;

	snprintf(name, sizeof(name), "forms/questionnaires/%s.json", id);
	form = form_load(check_path(name), pool, &err);
	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

static inline const struct item *
forms_item(const struct form *form, const char *name)
{
	int i = form_item(form, name);

	if (i < 0)
		fail_msg("form %s has no item %s", form->id, name);
	return &form->item[i];
}

/* A body handed in at the door: the number of issues, the first of them in issue[]. */
static inline size_t
forms_submit(const struct form *form, struct response *r, struct issue issue[], const char *body,
	size_t n, const char *sector, struct pool *pool)
{
	struct answers a;
	struct err err = { 0 };

	if (answers_parse(&a, body, n, pool, &err) != 0)
		fail_msg("%s", err.text);
	return form_accept(form, r, issue, &a, sector, pool);
}

/* xorshift64*: the same numbers on every machine. */
static inline uint64_t
forms_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1dull;
}

static inline size_t
forms_below(uint64_t *state, size_t n)
{
	return (size_t)(forms_random(state) >> 33) % n;
}

/* Add "name=value" to a body, every byte that needs it as %XX. */
static inline void
forms_field(struct text *body, const char *name, const char *value, size_t n)
{
	if (body->n > 0)
		text_putc(body, '&');
	text_puts(body, name);
	text_putc(body, '=');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)value[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			text_putc(body, (char)c);
		else
			text_fmt(body, "%%%02X", c);
	}
}

/*
 * A random honest submission to form: skip logic followed, some questions skipped, some 98,
 * text of several scripts.  Returns nothing that form_accept() may refuse.
 */
void forms_honest(struct text *body, const struct form *form, uint64_t *random);

#endif
