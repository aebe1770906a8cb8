/* The kinds of question: one row each. */
#include "forms/kind.h"

#include <string.h>

#include "base/utf8.h"
#include "forms/clean.h"
#include "forms/mask/mask.h"

static bool
is(const struct pair *p, const char *word)
{
	return p->value_n == strlen(word) && memcmp(p->value, word, p->value_n) == 0;
}

/* No NUL, no control character, whole UTF-8: what a choice's name can be compared with. */
static bool
readable(const struct pair *p)
{
	for (size_t i = 0; i < p->value_n; i++)
		if ((unsigned char)p->value[i] < 0x20 || p->value[i] == 0x7f)
			return false;
	return utf8_valid(p->value, p->value_n) == p->value_n;
}

/* An integer as people write it: then it is a wrong number, not a wrong word. */
static bool
number(const struct pair *p)
{
	size_t sign = p->value_n > 1 && p->value[0] == '-';

	return strspn(p->value + sign, "0123456789") == p->value_n - sign;
}

static int
find_choice(const struct choice **choice, const struct reading *in, const struct pair *p)
{
	if (!readable(p))
		return ISSUE_ENCODING;
	*choice = form_choice(in->item, p->value);
	if (*choice == NULL)
		return in->item->kind == KIND_SCALE && number(p) ? ISSUE_RANGE : ISSUE_CHOICE;
	return relevant_offered(in->form, in->item, *choice, in->so_far) ? READ_FINE : ISSUE_CHOICE;
}

static int
read_one(struct value *v, const struct reading *in)
{
	int issue;

	if (in->n > 1)
		return ISSUE_DOUBLED;
	if (is(in->sent[0], "99")) {
		v->state = VALUE_SKIPPED;
		return READ_FINE;
	}
	issue = find_choice(&v->choice, in, in->sent[0]);
	if (issue == READ_FINE)
		v->state = v->choice->code == FORM_DONT_KNOW ? VALUE_DONT_KNOW : VALUE_GIVEN;
	return issue;
}

/* Mark what was chosen; at most one of each. */
static int
mark(bool chosen[], const struct reading *in, bool *alone)
{
	const struct choice *choice;
	int issue;

	for (size_t i = 0; i < in->n; i++) {
		if (is(in->sent[i], "99"))
			return ISSUE_TOGETHER;
		issue = find_choice(&choice, in, in->sent[i]);
		if (issue != READ_FINE)
			return issue;
		if (chosen[choice - in->item->choice])
			return ISSUE_DOUBLED;
		chosen[choice - in->item->choice] = true;
		*alone |= choice->alone;
	}
	return READ_FINE;
}

static int
read_multi(struct value *v, const struct reading *in)
{
	bool chosen[FORM_CHOICES_MAX] = { false }, alone = false;
	int issue;

	if (in->n == 1 && is(in->sent[0], "99")) {
		v->state = VALUE_SKIPPED;
		return READ_FINE;
	}
	issue = mark(chosen, in, &alone);
	if (issue != READ_FINE)
		return issue;
	if (alone && in->n > 1)
		return ISSUE_TOGETHER;
	v->many = pool_array(in->pool, in->n, sizeof(v->many[0]));
	for (size_t i = 0; i < in->item->choices; i++)
		if (chosen[i])
			v->many[v->count++] = &in->item->choice[i];
	v->state = VALUE_GIVEN;
	if (v->many[0]->code == FORM_DONT_KNOW)
		*v = (struct value){ .state = VALUE_DONT_KNOW, .choice = v->many[0] };
	return READ_FINE;
}

static int
read_text(struct value *v, const struct reading *in)
{
	const struct pair *p = in->sent[0];
	char *text;

	if (in->n > 1)
		return ISSUE_DOUBLED;
	if (is(p, "98") && in->item->dont_know) {
		*v = (struct value){ .state = VALUE_DONT_KNOW, .choice = &in->item->choice[0] };
		return READ_FINE;
	}
	text = clean_text(p->value, p->value_n, in->pool);
	if (text == NULL)
		return ISSUE_ENCODING;
	if (utf8_count(text, strlen(text)) > in->item->max_chars)
		return ISSUE_TOO_LONG;
	v->state = text[0] == '\0' || strcmp(text, "99") == 0 ? VALUE_SKIPPED : VALUE_GIVEN;
	if (in->item->mask)
		v->masked = mask_digits(text) > 0;
	v->text = v->state == VALUE_GIVEN ? text : NULL;
	return READ_FINE;
}

static int
read_phone(struct value *v, const struct reading *in)
{
	int issue = read_text(v, in);

	if (issue != READ_FINE || v->state != VALUE_GIVEN)
		return issue;
	v->text = clean_phone(v->text, in->pool);
	return v->text != NULL ? READ_FINE : ISSUE_PHONE;
}

static const struct {
	const char *name;
	int (*read)(struct value *v, const struct reading *in);
	bool written;
} kinds[KIND_MAX] = {
	[KIND_SCALE] = { "scale", read_one },
	[KIND_SINGLE] = { "single", read_one },
	[KIND_MULTI] = { "multi", read_multi },
	[KIND_TEXT] = { "text", read_text, .written = true },
	[KIND_TOWNSHIP] = { "township", read_one },
	[KIND_PHONE] = { "phone", read_phone, .written = true },
};

const char *
kind_name(enum kind kind)
{
	return kinds[kind].name;
}

bool
kind_written(enum kind kind)
{
	return kinds[kind].written;
}

int
kind_read(struct value *v, const struct reading *in)
{
	int issue;

	*v = (struct value){ .state = VALUE_SKIPPED };
	issue = kinds[in->item->kind].read(v, in);
	if (issue != READ_FINE)
		*v = (struct value){ .state = VALUE_SKIPPED };
	return issue;
}
