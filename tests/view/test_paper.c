/* view/slips, view/poster: on paper no two things meet, nothing leaves its slip or its sheet, no name is cut. */
#include "tests/support/check.h"

#include "base/pool.h"
#include "view/paper/poster.h"
#include "view/paper/sheet.h"
#include "view/paper/slips.h"

static struct pool pool;

/* Names as they come, and the longest one can expect. */
struct place {
	const char *city, *site, *window, *base;
	const char *table, *agency, *approval;
};

static const struct place places[] = {
	{ "瓦房店市", "瓦房店市政务服务中心", "3号窗口", "https://zl.wafangdian.gov.cn", "瓦质调01表", "市场监督管理局", "瓦统制〔2024〕3号" },
	{ "瓦房店市", "瓦房店市得利寺镇蔡房身村农村商业银行便民金融服务站（供销社综合楼一层）", "综合业务12号窗口（东侧）",
	    "https://zhiliang.diaocha.wafangdian.dalian.gov.cn:8443", "瓦质调01表（2024年修订）", "瓦房店市市场监督管理局、瓦房店市统计局",
	    "瓦统制〔2024〕3号、瓦市监发〔2024〕115号" },
	{ "积石山保安族东乡族撒拉族自治县", "积石山保安族东乡族撒拉族自治县大河家镇人民政府便民服务中心", "社保、医保、民政综合受理一号窗口",
	    "http://localhost:8080", "", "", "" },
	{ "", "A", "", "http://a.cn", "", "", "" },
	{ "Wafangdian", "Wafangdian Government Services Centre, Second Floor, East Wing, Counters for Business", "Counter 12 (east)",
	    "https://surveys-of-quality.wafangdian.example.gov.cn", "WQS-01", "Administration for Market Regulation", "WTZ [2024] 3" },
};

static const char *const code[] = { "K7Q29XMP4TDC", "WWWWWWWWWWWW", "MMMMMMMMMMMM", "777777777777", "ABCDEFGHJKLM", "K7Q29XMP4TDC",
    "WWWWWWWWWWWW", "MMMMMMMMMMMM", "777777777777", "ABCDEFGHJKLM", "QQQQQQQQQQQQ" };

static const struct form *
load(const char *id)
{
	struct err err = { 0 };
	const struct form *form = form_load(check_path(pool_fmt(&pool, "forms/questionnaires/%s.json", id)), &pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

static bool
meet(const struct extent *a, const struct extent *b)
{
	const double slack = .01;

	return a->page == b->page && a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
	    a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

static void
nothing_meets(const struct extents *e)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < i; k++)
			if (meet(&e->extent[i], &e->extent[k]))
				fail_msg("\"%s\" and \"%s\" meet at y = %.1f", e->extent[k].words, e->extent[i].words, e->extent[i].y);
}

static void
inside(const struct extent *e, double x, double y, double width, double height)
{
	if (e->x < x || e->y < y || e->x + e->width > x + width || e->y + e->height > y + height)
		fail_msg("\"%s\" at %.1f %.1f, %.1f by %.1f, leaves %.1f %.1f, %.1f by %.1f", e->words, e->x, e->y, e->width, e->height,
		    x, y, width, height);
}

/* The words are all there, whatever lines they were broken into. */
static bool
says(const struct extents *e, const char *words)
{
	for (size_t i = 0; i < e->n; i++)
		if (strstr(e->extent[i].words, words) != NULL)
			return true;
	return false;
}

/* ---- slips ---- */

static struct slips
slips_of(const struct place *p, const struct form *form, struct extents *e)
{
	return (struct slips){ .base_url = p->base, .city = p->city, .agency = p->agency, .table_number = p->table,
	    .approval = p->approval, .valid_until = p->table[0] != '\0' ? "2025-12-31" : "", .place = p->site, .until = "2026-12-31",
	    .form = form, .english = true, .demo = true, .code = code, .n = sizeof(code) / sizeof(code[0]), .extents = e };
}

/* The slips: two columns of five, 10 mm from the edge of the sheet. */
static void
stays_on_its_slip(const struct extent *e)
{
	double x = 10 + (e->x > 105 ? 95 : 0), y = 10;

	while (y + 277 / 5. <= e->y)
		y += 277 / 5.;
	inside(e, x + 2, y + 2, 95 - 4, 277 / 5. - 4);
}

static void
slips_keep_apart(const struct slips *slips)
{
	struct text pdf = TEXT_INIT;
	struct err err = { 0 };
	const struct extents *e = slips->extents;

	if (slips_pdf(&pdf, slips, &err) != 0)
		fail_msg("form %s at %s: %s", slips->form->id, slips->place, err.text);
	text_clear(&pdf);
	assert_true(e->n >= slips->n * 6);
	nothing_meets(e);
	for (size_t i = 0; i < e->n; i++)
		stays_on_its_slip(&e->extent[i]);
	assert_true(says(e, slips->place) && says(e, texts_for(&slips->form->title, LANG_ZH)) && says(e, "只能用一次"));
	assert_true(says(e, "MMMM-MMMM-MMMM") && says(e, "QQQQ-QQQQ-QQQQ"));
	assert_true(slips->approval[0] == '\0' || says(e, slips->approval));
}

static void
slips_of_every_form_keep_apart(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (size_t k = 0; k < 12; k++) {
			struct extents e = { .pool = &pool };
			struct slips slips = slips_of(&places[i], load(ids[k % 3]), &e);

			slips.english = k < 6;
			slips.demo = k / 3 % 2;
			if (!slips.demo)
				slips.until = "";
			slips_keep_apart(&slips);
		}
}

static const char *
repeated(const char *what, size_t n)
{
	char *s = pool_take(&pool, strlen(what) * n + 1);

	for (size_t i = 0; i < n; i++)
		strcat(s, what);
	return s;
}

static void
what_a_slip_cannot_hold_is_refused_by_name(void **state)
{
	struct slips slips = slips_of(&places[0], load("B"), NULL);
	struct text pdf = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	slips.place = repeated("很长的名字", 60);
	assert_int_equal(slips_pdf(&pdf, &slips, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "很长的名字"));
	assert_int_equal(pdf.n, 0);
	text_clear(&pdf);
}

/* The line of English may make words smaller, but never keep a slip from being printed. */
static void
what_fits_in_chinese_fits_with_english(void **state)
{
	struct text pdf = TEXT_INIT;

	(void)state;
	for (size_t n = 10; n <= 90; n += 2) {
		struct slips slips = slips_of(&places[1], load("C"), NULL);
		struct err err = { 0 };

		slips.n = 1;
		slips.place = repeated("名", n);
		slips.english = false;
		if (slips_pdf(&pdf, &slips, &err) != 0)
			break;
		slips.english = true;
		if (slips_pdf(&pdf, &slips, &err) != 0)
			fail_msg("a name of %zu characters: %s", n, err.text);
	}
	text_clear(&pdf);
}

/* ---- posters ---- */

static struct poster
poster_of(const struct place *p, const struct form *form, bool demo)
{
	return (struct poster){ .base_url = p->base, .code = "7K3M9P", .site_name = p->site, .window = p->window, .city = p->city,
	    .agency = p->agency, .table_number = p->table, .approval = p->approval, .valid_until = "2025-12-31", .form = form,
	    .demo = demo };
}

static void
posters_of_every_form_keep_apart(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (size_t k = 0; k < 6; k++) {
			struct extents e = { .pool = &pool };
			struct poster poster = poster_of(&places[i], load(ids[k % 3]), k < 3);
			struct text pdf = TEXT_INIT;
			struct err err = { 0 };

			poster.extents = &e;
			if (poster_pdf(&pdf, &poster, 1, &err) != 0)
				fail_msg("%s: %s", poster.site_name, err.text);
			text_clear(&pdf);
			nothing_meets(&e);
			for (size_t n = 0; n < e.n; n++)
				inside(&e.extent[n], 5, 1, SHEET_W - 10, SHEET_H - 2);
			assert_true(says(&e, poster.site_name) && says(&e, poster.window) && says(&e, "不要密码") && says(&e, "7K3M9P"));
		}
}

static void
what_a_poster_cannot_hold_is_refused_by_name(void **state)
{
	struct poster poster = poster_of(&places[0], load("B"), false);
	struct text pdf = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	poster.window = repeated("很长的窗口", 30);
	assert_int_equal(poster_pdf(&pdf, &poster, 1, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "很长的窗口"));
	assert_int_equal(pdf.n, 0);
	text_clear(&pdf);
}

static int
done(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips_of_every_form_keep_apart),
		cmocka_unit_test(what_fits_in_chinese_fits_with_english),
		cmocka_unit_test(what_a_slip_cannot_hold_is_refused_by_name),
		cmocka_unit_test(posters_of_every_form_keep_apart),
		cmocka_unit_test(what_a_poster_cannot_hold_is_refused_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, done);
}
