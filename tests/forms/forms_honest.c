/* Random respondents who follow the form. */
#include "tests/forms/forms.h"

static const char *const said[] = {
	"很好", "排队太久，希望多开一个窗口", "12345", "打 12315 投诉", "good service & friendly",
	"a=b&c=d+e%20\"\\/<b>", "多谢！\n第二行", "😀👨‍👩‍👧", "99 分", "电话 13812345678",
};

/* How the answer given so far reads, for the conditions of later items. */
struct draft {
	struct value value[FORM_ITEMS_MAX];
	const struct choice *many[FORM_ITEMS_MAX][FORM_CHOICES_MAX];
	struct response r;
};

static void
answer_multi(struct text *body, const struct form *form, const struct item *item,
	struct draft *d, uint64_t *random)
{
	struct value *v = &d->value[item - form->item];

	v->many = d->many[item - form->item];
	for (size_t i = 0; i < item->choices; i++) {
		const struct choice *c = &item->choice[i];

		if (c->alone || forms_below(random, 3) != 0 ||
				!relevant_offered(form, item, c, &d->r))
			continue;
		v->many[v->count++] = c;
		forms_field(body, item->name, c->name, strlen(c->name));
	}
	v->state = v->count > 0 ? VALUE_GIVEN : VALUE_SKIPPED;
	if (v->count == 0)
		v->many = NULL;
}

static void
answer_text(struct text *body, const struct item *item, struct value *v, uint64_t *random)
{
	const char *s = item->kind == KIND_PHONE ? "138 1234 5678" :
		said[forms_below(random, sizeof(said) / sizeof(said[0]))];

	if (item->dont_know && forms_below(random, 4) == 0) {
		forms_field(body, item->name, "98", 2);
		*v = (struct value){ .state = VALUE_DONT_KNOW, .choice = item->choice };
		return;
	}
	forms_field(body, item->name, s, strlen(s));
	*v = (struct value){ .state = VALUE_GIVEN, .text = s };
	if (item->kind == KIND_PHONE)
		*v = (struct value){ .state = VALUE_NOT_ASKED };
}

static void
answer(struct text *body, const struct form *form, const struct item *item, struct draft *d,
	uint64_t *random)
{
	struct value *v = &d->value[item - form->item];
	const struct choice *c;

	if (!item->required && forms_below(random, 8) == 0) {
		if (forms_below(random, 2) == 0)
			forms_field(body, item->name, "99", 2);
		v->state = VALUE_SKIPPED;
	} else if (item->kind == KIND_MULTI) {
		answer_multi(body, form, item, d, random);
	} else if (item->kind == KIND_TEXT || item->kind == KIND_PHONE) {
		answer_text(body, item, v, random);
	} else {
		c = &item->choice[forms_below(random, item->choices)];
		forms_field(body, item->name, c->name, strlen(c->name));
		*v = (struct value){ .state = c->code == FORM_DONT_KNOW ? VALUE_DONT_KNOW :
			VALUE_GIVEN, .choice = c };
	}
}

void
forms_honest(struct text *body, const struct form *form, uint64_t *random)
{
	static struct draft d;

	memset(d.value, 0, sizeof(d.value));
	d.r = (struct response){ .form = form, .value = d.value };
	text_reset(body);
	for (size_t i = 0; i < form->items; i++)
		if (relevant_true(&form->item[i].relevant, form, &d.r))
			answer(body, form, &form->item[i], &d, random);
}
