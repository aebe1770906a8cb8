/* The three questionnaires against the drafts they were made from. */
#include "base/csv.h"
#include "base/file.h"
#include "base/utf8.h"
#include "tests/forms/forms.h"
#include "tests/forms/pool.h"

static const struct form *form_a, *form_b, *form_c;

static const struct form *
by_id(const char *id)
{
	return strcmp(id, "A") == 0 ? form_a : strcmp(id, "B") == 0 ? form_b : form_c;
}

/* Lines of a tab-separated file, comments left out; each cut into its fields in place. */
static size_t
read_tsv(const char *name, char *field[][5], size_t room)
{
	struct err err = { 0 };
	const char *bytes;
	size_t n, rows = 0;
	char *p;

	if (file_read(&bytes, &n, check_path(name), 0, &pool, &err) != 0)
		fail_msg("%s", err.text);
	p = pool_strdup(&pool, bytes);
	for (char *line = strsep(&p, "\n"); line != NULL; line = strsep(&p, "\n")) {
		if (*line == '#' || *line == '\0')
			continue;
		assert_true(rows < room);
		for (int i = 0; i < 5; i++)
			field[rows][i] = line != NULL ? strsep(&line, "\t") : NULL;
		rows++;
	}
	return rows;
}

static void
has_words(const struct form *form, const char *var, const char *label, const char *words)
{
	if (strstr(label, words) == NULL)
		fail_msg("%s %s: \"%s\" does not hold \"%s\"", form->id, var, label, words);
}

/* "CODE=WORDS": the choice is there and says so; "=WORDS": some choice does. */
static void
check_code(const struct form *form, const struct item *item, char *spec)
{
	char *words = strchr(spec, '=');
	const struct choice *c;

	*words++ = '\0';
	if (*spec != '\0') {
		c = form_choice(item, spec);
		if (c == NULL)
			fail_msg("%s %s: no choice %s", form->id, item->name, spec);
		has_words(form, item->name, texts_for(&c->label, LANG_ZH), words);
		return;
	}
	for (size_t i = 0; i < item->choices; i++)
		if (strcmp(texts_for(&item->choice[i].label, LANG_ZH), words) == 0)
			return;
	fail_msg("%s %s: no choice says %s", form->id, item->name, words);
}

/* How many choices the list of codes allows; 98 may come on top. */
static void
check_codes(const struct form *form, const struct item *item, char *codes)
{
	size_t named = 0;
	char *spec;

	if (strncmp(codes, "scale", 5) == 0) {
		assert_int_equal(item->kind, KIND_SCALE);
		assert_int_equal(item->low, 1);
		assert_int_equal(item->high, 10);
		assert_int_equal(item->choices, 11);
		assert_true(item->dont_know);
	} else if (strncmp(codes, "townships", 9) == 0) {
		assert_int_equal(item->kind, KIND_TOWNSHIP);
		assert_int_equal(item->choices, strstr(codes, "97") != NULL ? 33 : 32);
	} else if (strncmp(codes, "text", 4) == 0) {
		assert_int_equal(item->kind, KIND_TEXT);
		assert_true(strstr(codes, "98") != NULL ? item->dont_know : item->max_chars == 200);
	} else if (strcmp(codes, "98") == 0) {
		assert_true(item->dont_know);
	} else if (strcmp(codes, "as A") == 0) {
		const struct item *a = forms_item(form_a, item->name);

		assert_int_equal(item->choices, a->choices);
		for (size_t i = 0; i < a->choices; i++)
			assert_string_equal(item->choice[i].name, a->choice[i].name);
	}
	while ((spec = strsep(&codes, "|")) != NULL)
		if (strchr(spec, '=') != NULL) {
			check_code(form, item, spec);
			named++;
		}
	if (named > 3 && item->kind != KIND_SCALE)
		assert_int_equal(named, item->choices);
}

static void
check_row(char *field[5])
{
	const struct form *form = by_id(field[0]);
	char *when = strchr(field[2], '.');
	const struct item *item;
	const struct texts *label;

	if (when != NULL)
		*when++ = '\0';
	item = forms_item(form, field[2]);
	label = form_label(form, item, when);
	if (strcmp(field[2], "reason") == 0 && when == NULL)
		label = form_label(form, item, "2");
	has_words(form, field[2], texts_for(label, LANG_ZH), field[3]);
	check_codes(form, item, field[4]);
}

static void
every_item_of_the_drafts_is_there(void **state)
{
	static char *field[200][5];
	size_t rows = read_tsv("tests/reference/questionnaires.tsv", field, 200);

	(void)state;
	assert_true(rows > 80);
	for (size_t i = 1; i < rows; i++)
		check_row(field[i]);
}

/* And nothing else: the drafts' item numbers follow each other. */
static void
items_come_in_the_order_of_the_drafts(void **state)
{
	static char *field[200][5];
	size_t rows = read_tsv("tests/reference/questionnaires.tsv", field, 200), at[128] = { 0 };
	char last = 0;

	(void)state;
	for (size_t i = 1; i < rows; i++) {
		size_t *k = &at[(unsigned char)field[i][0][0]];
		const struct form *form = by_id(field[i][0]);

		if (strchr(field[i][2], '.') != NULL)
			continue;
		if (strcmp(form->item[*k].name, "phone") == 0)
			++*k;		/* belongs to 6 callback */
		assert_string_equal(form->item[(*k)++].name, field[i][2]);
		last = field[i][0][0];
	}
	assert_int_equal(last, 'C');
	assert_int_equal(at['A'], form_a->items);
	assert_int_equal(at['B'], form_b->items);
	assert_int_equal(at['C'], form_c->items);
}

static void
no_form_asks_more_than_it_promises(void **state)
{
	(void)state;
	assert_int_equal(form_a->items, 25);
	assert_int_equal(form_c->items, 25);
	/* B counts age and sex, and callback and its number, as one each */
	assert_int_equal(form_b->items, 8 + 2);
	assert_true(form_a->minutes == 4 && form_c->minutes == 4 && form_b->minutes == 1);
	assert_true(form_a->seconds >= 200 && form_a->seconds <= 270);
	assert_true(form_b->seconds >= 20 && form_b->seconds <= 60);
	assert_true(form_c->seconds >= 180 && form_c->seconds <= 240);
}

static void
screens_are_small_enough_for_a_phone(void **state)
{
	(void)state;
	for (char id[2] = "A"; *id <= 'C'; ++*id) {
		const struct form *f = by_id(id);
		size_t items = 0;

		for (size_t i = 0; i < f->screens; i++) {
			assert_int_equal(f->screen[i].first, items);
			assert_true(f->screen[i].items >= 1 && f->screen[i].items <= 4);
			for (size_t k = 0; k < f->screen[i].items; k++)
				assert_int_equal(f->item[items + k].screen, i);
			items += f->screen[i].items;
		}
		assert_int_equal(items, f->items);
	}
}

static void
townships_are_those_of_the_official_list(void **state)
{
	static char *field[64][5];
	size_t rows = read_tsv("tests/data/townships.tsv", field, 64);
	const struct item *a = forms_item(form_a, "town"), *b = forms_item(form_b, "town"),
		*c = forms_item(form_c, "town");

	(void)state;
	assert_int_equal(rows, 33);
	for (size_t i = 1; i < rows; i++) {
		const struct item *items[] = { a, b, c };

		for (int k = 0; k < 3; k++) {
			assert_string_equal(items[k]->choice[i - 1].name, field[i][0]);
			assert_string_equal(texts_for(&items[k]->choice[i - 1].label, LANG_ZH),
				field[i][1]);
			assert_int_equal(items[k]->choice[i - 1].code, atoi(field[i][0]));
		}
	}
	assert_string_equal(a->choice[32].name, "97");
	assert_string_equal(b->choice[32].name, "97");
	assert_int_equal(c->choices, 32);
}

static void
only_the_screening_question_is_required(void **state)
{
	static const char *const required[] = { "sector", "level", "phone", "resid" };

	(void)state;
	for (char id[2] = "A"; *id <= 'C'; ++*id)
		for (size_t i = 0; i < by_id(id)->items; i++) {
			const struct item *item = &by_id(id)->item[i];
			bool listed = false;

			for (int k = 0; k < 4; k++)
				listed |= strcmp(item->name, required[k]) == 0;
			assert_int_equal(item->required, listed);
		}
}

/* Which items a body is asked, by name; the rest must be null. */
static void
asked(const struct form *form, const char *body, const char *const not_asked[], size_t n)
{
	struct issue issue[ISSUES_MAX];
	struct response r;
	struct pool p = POOL_INIT;

	if (forms_submit(form, &r, issue, body, strlen(body), NULL, &p) > 0)
		fail_msg("%s: %s %s", body, issue_name(issue[0].code), issue[0].name);
	for (size_t i = 0; i < form->items; i++) {
		bool want = form->item[i].kind != KIND_PHONE;

		for (size_t k = 0; k < n; k++)
			want &= strcmp(form->item[i].name, not_asked[k]) != 0;
		if ((r.value[i].state != VALUE_NOT_ASKED) != want)
			fail_msg("%s: %s is%s asked", body, form->item[i].name, want ? " not" : "");
	}
	pool_clear(&p);
}

static void
skip_logic_is_that_of_the_table(void **state)
{
	static const char *const handled[] = { "handled" }, *const callback[] = { "callback" };

	(void)state;
	asked(form_a, "sector=S01&problem=3", NULL, 0);
	asked(form_a, "sector=S01&problem=1", handled, 1);
	asked(form_a, "sector=S12&problem=2&again=98", handled, 1);
	asked(form_a, "sector=S12", handled, 1);
	asked(form_b, "level=5", callback, 1);
	asked(form_b, "level=3", callback, 1);
	asked(form_b, "level=2", NULL, 0);
	asked(form_b, "level=1&callback=2&phone=13812345678", NULL, 0);
	asked(form_c, "resid=1", NULL, 0);
	asked(form_c, "resid=2&P=98", NULL, 0);
}

/* After the screen-out nothing else is asked, and what came is still a row to be counted. */
static void
screened_out_people_are_asked_nothing_more(void **state)
{
	static const struct { const char *id, *body, *first; } outs[] = {
		{ "A", "sector=98", "[98" }, { "C", "resid=3", "[3" },
	};

	(void)state;
	for (int k = 0; k < 2; k++) {
		const struct form *form = by_id(outs[k].id);
		struct issue issue[ISSUES_MAX];
		struct response r;
		struct text t = TEXT_INIT;

		assert_int_equal(forms_submit(form, &r, issue, outs[k].body, strlen(outs[k].body),
			NULL, &pool), 0);
		response_put_json(&t, &r);
		assert_int_equal(strncmp(t.s, outs[k].first, strlen(outs[k].first)), 0);
		for (size_t i = 1; i < form->items; i++)
			assert_int_equal(r.value[i].state, VALUE_NOT_ASKED);
		text_clear(&t);
	}
}

static bool
flagged(const struct form *form, const char *body, const char *sector)
{
	struct issue issue[ISSUES_MAX];
	struct response r;

	if (forms_submit(form, &r, issue, body, strlen(body), sector, &pool) > 0)
		fail_msg("%s: %s", body, issue_name(issue[0].code));
	return r.flagged;
}

static void
rows_outside_the_main_estimate_are_flagged(void **state)
{
	(void)state;
	assert_false(flagged(form_a, "sector=S01&conflict=2&hukou=1&town=210281001", NULL));
	assert_true(flagged(form_a, "sector=S01&conflict=1", NULL));
	assert_true(flagged(form_a, "sector=S01&hukou=3", NULL));
	assert_true(flagged(form_a, "sector=S04&town=97", NULL));
	assert_false(flagged(form_a, "sector=S03&town=97", NULL));
	assert_false(flagged(form_a, "town=97", "S03"));
	assert_true(flagged(form_a, "town=97", "S04"));
	assert_false(flagged(form_a, "sector=S01", NULL));
	assert_true(flagged(form_c, "resid=1&occ=1", NULL));
	assert_false(flagged(form_c, "resid=1&occ=2", NULL));
	assert_false(flagged(form_b, "level=1", NULL));
}

static bool
ordered(const char *body)
{
	struct issue issue[ISSUES_MAX];
	struct response r;

	assert_int_equal(forms_submit(form_b, &r, issue, body, strlen(body), NULL, &pool), 0);
	return r.work_order;
}

static void
bad_ratings_open_a_work_order(void **state)
{
	(void)state;
	assert_true(ordered("level=1"));
	assert_true(ordered("level=2"));
	assert_false(ordered("level=3"));
	assert_false(ordered("level=5"));
}

static void
dimensions_come_in_random_order_with_the_total_last(void **state)
{
	static const char *const total[] = { "P", "E", "S", "N", "G" };
	int unit = 0;

	(void)state;
	for (size_t i = 0; i < form_c->screens; i++) {
		const struct screen *s = &form_c->screen[i];

		if (s->block == 0)
			continue;
		assert_int_equal(s->block, 1);
		assert_int_equal(s->unit, unit + 1);
		assert_int_equal(s->items, 3);
		assert_string_equal(form_c->item[s->first + 2].name, total[unit]);
		unit++;
	}
	assert_int_equal(unit, 5);
}

static void
indices_are_those_of_the_drafts(void **state)
{
	static const char *const single[][2] = { { "product", "P" }, { "construction", "E" },
		{ "service", "S" }, { "environment", "N" }, { "government", "G" },
		{ "overall", "T" } };
	const struct index_def *csi = form_index(form_a, "csi"), *cqi = form_index(form_c, "cqi");

	(void)state;
	assert_int_equal(csi->items, 3);
	assert_string_equal(csi->item[0], "sat");
	assert_string_equal(csi->item[2], "sat_ideal");
	assert_true(csi->person && csi->min_items == 2);
	assert_true(csi->weight[0] == 1 && csi->weight[1] == 1 && csi->weight[2] == 1);
	assert_int_equal(cqi->items, 5);
	assert_false(cqi->person);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(form_index(form_c, single[i][0])->item[0], single[i][1]);
		assert_int_equal(form_index(form_c, single[i][0])->items, 1);
	}
	assert_int_equal(form_b->indices, 0);
	assert_string_equal(form_a->mapping, "acsi-1-10");
	assert_string_equal(form_b->mapping, "share");
	assert_null(form_index(form_a, "cqi"));
}

static void
decoy_and_none_of_these_are_marked(void **state)
{
	const struct item *aided = forms_item(form_c, "aided");

	(void)state;
	for (size_t i = 0; i < aided->choices; i++) {
		const struct choice *c = &aided->choice[i];

		assert_int_equal(c->decoy,
			strstr(texts_for(&c->label, LANG_ZH), "质量直通码") != NULL);
		assert_int_equal(c->alone,
			strcmp(texts_for(&c->label, LANG_ZH), "都没听说过") == 0);
	}
}

static void
consent_says_what_the_law_asks(void **state)
{
	static const char *const must[] = { "{table_number}", "{agency}", "{approval}",
		"{valid_until}", "{minutes}", "认不出是谁", "不保存网络地址", "{processor}",
		"{contact}", "自愿参加", "不记名", "未满 18 周岁",
		"不问姓名", "身份证号", "不定位", "不提供给被评价单位" };

	(void)state;
	for (char id[2] = "A"; *id <= 'C'; ++*id)
		for (size_t i = 0; i < sizeof(must) / sizeof(must[0]); i++)
			has_words(by_id(id), "consent",
				texts_for(&by_id(id)->consent, LANG_ZH), must[i]);
}

static bool
asks_for_phone(const struct form *form)
{
	for (size_t i = 0; i < form->items; i++)
		if (form->item[i].kind == KIND_PHONE)
			return true;
	return false;
}

/* What it says of a telephone number is what the form does, and so is what it says one rates. */
static void
consent_says_what_this_form_keeps(void **state)
{
	static const char *const none[] = { "不问姓名、身份证号和手机号，不定位",
		"no name, identity number or phone number and take no location" };
	static const char *const some[] = {
		"单独存放，和您的回答之间没有可以对上的编号，只供这一次回访，15 个工作日内删除",
		"kept apart, with nothing that leads to your answers, used for this one call"
			" and deleted within 15 working days" };
	static const char *const place[] = { "这个单位、这个窗口", "this unit and counter" };
	static const char *const city[] = { "本市的产品、服务和城市管理",
		"products, services and city management here" };

	(void)state;
	for (char id[2] = "A"; *id <= 'C'; ++*id)
		for (int lang = 0; lang < LANG_MAX; lang++) {
			const struct form *form = by_id(id);
			const char *consent = texts_for(&form->consent, lang);

			assert_int_equal(strstr(consent, none[lang]) != NULL,
				!asks_for_phone(form));
			assert_int_equal(strstr(consent, some[lang]) != NULL, asks_for_phone(form));
			assert_int_equal(strstr(consent, place[lang]) != NULL, form->minutes <= 1);
			assert_int_equal(strstr(consent, city[lang]) != NULL, strcmp(id, "C") == 0);
		}
}

static void
every_text_exists_in_both_languages(void **state)
{
	(void)state;
	for (char id[2] = "A"; *id <= 'C'; ++*id)
		for (size_t i = 0; i < by_id(id)->items; i++) {
			const struct item *item = &by_id(id)->item[i];

			/* a Chinese text has bytes beyond ASCII, an English one has none
			 * but a dash or quotes */
			assert_true(utf8_count(texts_for(&item->label, LANG_ZH),
				strlen(texts_for(&item->label, LANG_ZH))) <
				strlen(texts_for(&item->label, LANG_ZH)));
			assert_true(utf8_count(texts_for(&item->label, LANG_EN),
				strlen(texts_for(&item->label, LANG_EN))) + 6 >
				strlen(texts_for(&item->label, LANG_EN)));
			for (size_t k = 0; k < item->choices; k++)
				assert_string_not_equal(texts_for(&item->choice[k].label, LANG_EN),
					"");
		}
}

static void
ends_of_scales_are_words(void **state)
{
	const struct item *sat = forms_item(form_a, "sat"), *level = forms_item(form_b, "level");

	(void)state;
	assert_string_equal(texts_for(&sat->low_words, LANG_ZH), "很不满意");
	assert_string_equal(texts_for(&sat->high_words, LANG_ZH), "非常满意");
	assert_string_equal(texts_for(&sat->high_words, LANG_EN), "very satisfied");
	assert_int_equal(level->high, 5);
	assert_int_equal(level->levels, 5);
	assert_false(texts_given(&level->low_words));
	assert_false(form_b->reverse_half);
	assert_true(form_a->reverse_half && form_c->reverse_half);
	assert_int_equal(forms_item(form_a, "handled")->levels, 5);
	assert_int_equal(forms_item(form_a, "handled")->choices, 6);
}

static int
load_all(void **state)
{
	(void)state;
	form_a = forms_load("A", &pool);
	form_b = forms_load("B", &pool);
	form_c = forms_load("C", &pool);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_of_the_drafts_is_there),
		cmocka_unit_test(items_come_in_the_order_of_the_drafts),
		cmocka_unit_test(no_form_asks_more_than_it_promises),
		cmocka_unit_test(screens_are_small_enough_for_a_phone),
		cmocka_unit_test(townships_are_those_of_the_official_list),
		cmocka_unit_test(only_the_screening_question_is_required),
		cmocka_unit_test(skip_logic_is_that_of_the_table),
		cmocka_unit_test(screened_out_people_are_asked_nothing_more),
		cmocka_unit_test(rows_outside_the_main_estimate_are_flagged),
		cmocka_unit_test(bad_ratings_open_a_work_order),
		cmocka_unit_test(dimensions_come_in_random_order_with_the_total_last),
		cmocka_unit_test(indices_are_those_of_the_drafts),
		cmocka_unit_test(decoy_and_none_of_these_are_marked),
		cmocka_unit_test(consent_says_what_the_law_asks),
		cmocka_unit_test(consent_says_what_this_form_keeps),
		cmocka_unit_test(every_text_exists_in_both_languages),
		cmocka_unit_test(ends_of_scales_are_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load_all, clear_pool);
}
