/* One question of a form file. */
#include <string.h>

#include "forms/load/load.h"

/* What may be written in a question's row, by its XLSForm type. */
static const char *const keys_select[] = { "type", "name", "label", "hint", "required",
	"relevant", "appearance", "choice_filter", "constraint", "construct", NULL };
static const char *const keys_text[] = { "type", "name", "label", "hint", "required",
	"relevant", "appearance", "constraint", "mask", "coding", "construct", NULL };
static const char *const keys_unaided[] = { "type", "name", "label", "hint", "required",
	"relevant", "appearance", "constraint", "mask", "coding", "construct", "dont_know", NULL };
static const char *const looks_one[] = { "scale", "likert", "minimal", NULL };
static const char *const looks_multi[] = { "minimal", NULL };
static const char *const looks_text[] = { "multiline", "callback", "unaided", NULL };

static const struct choice_list *
find_list(struct loader *l, const char *name, const char *where)
{
	const char **names = pool_array(l->pool, l->lists + 1, sizeof(names[0]));

	for (size_t i = 0; i < l->lists; i++) {
		if (strcmp(l->list[i].name, name) == 0)
			return &l->list[i];
		names[i] = l->list[i].name;
	}
	fault_add(l->faults, fault_key(l->faults, where, "type"), FAULT_NO_LIST, name, NULL, NULL,
		fault_suggest(l->faults, name, names));
	return NULL;
}

/* A word that must be in the list; "" where there is none or it is wrong. */
static const char *
word_of(struct loader *l, const json_t *row, const char *key, const char *where,
	const char *const list[], enum fault_id fault)
{
	const char *word = "";

	load_text(l, row, key, where, NEED_NOT, &word);
	if (word[0] == '\0' || load_in(word, list))
		return word;
	fault_add(l->faults, fault_key(l->faults, where, key), fault, word, NULL, NULL,
		fault_suggest(l->faults, word, list));
	return "";
}

/* "1 很差" at choice c, in every language: "很差". */
static struct texts
end_words(struct loader *l, const struct choice *c)
{
	size_t languages = l->form->languages.n, n = strlen(c->name);
	const char **in = pool_array(l->pool, languages, sizeof(in[0]));

	for (size_t i = 0; i < languages; i++) {
		const char *s = texts_in(&c->label, i);

		if (strncmp(s, c->name, n) != 0 || s[n] != ' ' || s[n + 1] == '\0')
			return (struct texts){ NULL, NULL };
		in[i] = pool_strdup(l->pool, s + n + 1);
	}
	return (struct texts){ &l->form->languages, in };
}

/* A scale is one whole run of codes, so that nothing but an answer can reach a mean. */
static void
load_scale(struct loader *l, const struct choice_list *list, struct item *item)
{
	item->kind = KIND_SCALE;
	if (list->faulty)
		return;
	if (list->run == 0 && list->broken < list->choices &&
			list->choice[list->broken].code != FORM_DONT_KNOW) {
		fault_add(l->faults, fault_index(l->faults, list->where, list->broken),
			FAULT_SCALE_ORDER, list->choice[list->broken].name, item->name);
		return;
	}
	if (list->run == 0) {
		fault_add(l->faults, list->where, FAULT_SCALE_LEVELS, list->name, item->name);
		return;
	}
	item->low = 1;
	item->high = (int)list->run;
	item->levels = item->high == 5 ? 5 : 0;
	item->low_words = end_words(l, form_choice_code(item, item->low));
	item->high_words = end_words(l, form_choice_code(item, item->high));
}

/* The leading choices that go up or down by one. */
static size_t
levels_of(const struct item *item)
{
	size_t n = 1;
	int step;

	if (item->choices < 2 || item->choice[0].code < 0 || item->choice[1].code < 0)
		return 0;
	step = item->choice[1].code - item->choice[0].code;
	if (step != 1 && step != -1)
		return 0;
	while (n < item->choices && item->choice[n].code == item->choice[n - 1].code + step)
		n++;
	return n;
}

static void
load_likert(struct loader *l, const char *where, struct item *item)
{
	item->levels = levels_of(item);
	if (item->levels < 3)
		fault_add(l->faults, fault_key(l->faults, where, "appearance"), FAULT_LIKERT,
			item->name);
}

/* Each item has its own copy of the list: whether a choice stands alone is the item's business. */
static void
take_choices(struct loader *l, const struct choice_list *list, struct item *item)
{
	struct choice *choice = pool_array(l->pool, list->choices, sizeof(choice[0]));

	if (list->choices > 0)
		memcpy(choice, list->choice, list->choices * sizeof(choice[0]));
	item->list = list->name;
	item->choice = choice;
	item->choices = list->choices;
	for (size_t i = 0; i < item->choices; i++)
		if (choice[i].code == FORM_DONT_KNOW) {
			item->dont_know = true;
			choice[i].alone = true;
		}
}

static void
load_select(struct loader *l, const json_t *row, const char *where, const char *list_name,
	bool many, struct item *item)
{
	const struct choice_list *list = NULL;
	const char *look = word_of(l, row, "appearance", where, many ? looks_multi : looks_one,
		FAULT_LOOK);

	item->kind = many ? KIND_MULTI : KIND_SINGLE;
	if (!many && strcmp(list_name, "townships") == 0)
		item->kind = KIND_TOWNSHIP;
	if (list_name[0] != '\0')
		list = find_list(l, list_name, where);
	if (list == NULL)
		return;
	take_choices(l, list, item);
	if (strcmp(look, "scale") == 0)
		load_scale(l, list, item);
	else if (strcmp(look, "likert") == 0)
		load_likert(l, where, item);
}

/* Its words where the file gives none; false: the program has none in some language of the form. */
static bool
dont_know_words(struct loader *l, struct texts *out)
{
	static const struct words own = { { [LANG_ZH] = "不知道", [LANG_EN] = "I don't know" } };
	const struct languages *all = &l->form->languages;
	const char **in = pool_array(l->pool, all->n, sizeof(in[0]));
	enum lang lang;

	for (size_t i = 0; i < all->n; i++) {
		if (lang_parse(&lang, all->of[i].tag) != 0)
			return false;
		in[i] = own.in[lang];
	}
	*out = (struct texts){ all, in };
	return true;
}

/* 不知道 for an open question: the one choice text can have. */
static void
offer_dont_know(struct loader *l, const json_t *row, const char *where, struct item *item)
{
	struct choice *c = pool_take(l->pool, sizeof(*c));

	*c = (struct choice){ .name = "98", .code = FORM_DONT_KNOW, .alone = true };
	load_texts(l, row, "dont_know", where, dont_know_words(l, &c->label) ? NEED_NOT : NEED,
		&c->label);
	item->choice = c;
	item->choices = 1;
	item->dont_know = true;
}

static bool
is_unaided(const json_t *row)
{
	const char *look = json_string_value(json_object_get(row, "appearance"));

	return look != NULL && strcmp(look, "unaided") == 0;
}

static void
load_open(struct loader *l, const json_t *row, const char *where, struct item *item)
{
	static const char *const rules[] = { "unaided-1", NULL };
	const char *look = word_of(l, row, "appearance", where, looks_text, FAULT_LOOK);
	const char *coding = word_of(l, row, "coding", where, rules, FAULT_CODING);

	item->kind = strcmp(look, "callback") == 0 ? KIND_PHONE : KIND_TEXT;
	item->multiline = strcmp(look, "multiline") == 0;
	item->max_chars = item->kind == KIND_PHONE ? 30 : FORM_TEXT_MAX;
	item->coding = coding[0] != '\0' ? coding : NULL;
	if (is_unaided(row))
		offer_dont_know(l, row, where, item);
	load_bool(l, row, "mask", where, NEED_NOT, &item->mask);
}

void
load_item(struct loader *l, const json_t *row, const char *where, const char *type,
	const char *list, struct item *item)
{
	bool text = strcmp(type, "text") == 0, many = strcmp(type, "select_multiple") == 0;

	item->filter.item = -1;
	fault_keys(l->faults, row, where,
		!text ? keys_select : is_unaided(row) ? keys_unaided : keys_text);
	load_texts(l, row, "label", where, NEED, &item->label);
	load_texts(l, row, "hint", where, NEED_NOT, &item->hint);
	load_text(l, row, "construct", where, NEED_NOT, &item->construct);
	load_bool(l, row, "required", where, NEED_NOT, &item->required);
	if (text)
		load_open(l, row, where, item);
	else
		load_select(l, row, where, list, many, item);
}
