/* view/paper/sheet.c: words as large as they fit, and where they stand. */
#include "tests/support/check.h"

#include "view/paper/sheet.h"

static const struct type large = { .pt = 24, .least_pt = 12, .lines = 1, .bold = true };

/* What is put on the one sheet of a file. */
struct wish {
	const char *first, *second;
	double height, bottom;
	struct qr *qr;
};

static int
draw(struct sheet *sheet, size_t i, void *ctx, struct err *err)
{
	struct wish *w = ctx;
	const struct box box = { .x = 20, .y = 30, .width = 100 };
	const struct line line[2] = { { &large, w->first, 0 }, { &large, w->second, 5 } };

	assert_int_equal(i, 0);
	if (w->qr != NULL)
		sheet_symbol(sheet, w->qr, 150, 200, 40);
	sheet_line(sheet, 0, 100, SHEET_W, 100);
	return sheet_stack(sheet, &box, w->height, line, 2, &w->bottom, err);
}

static int
made(struct wish *w, struct text *out, struct extents *e, struct err *err)
{
	text_reset(out);
	return sheet_pdf(out, "a sheet", 1, e, draw, w, err);
}

static void
words_stand_in_their_box_one_under_the_other(void **state)
{
	struct pool pool = POOL_INIT;
	struct extents e = { .pool = &pool };
	struct text out = TEXT_INIT, again = TEXT_INIT;
	struct err err = { 0 };
	struct wish w = { "瓦房店市", "3号窗口", 60, 0, NULL };

	(void)state;
	assert_int_equal(made(&w, &out, &e, &err), 0);
	assert_memory_equal(text_str(&out), "%PDF-", 5);
	assert_int_equal(e.n, 2);
	assert_true(e.extent[0].x >= 20 - .5 && e.extent[0].x + e.extent[0].width <= 120);
	assert_true(e.extent[0].y >= 30 && e.extent[1].y >= e.extent[0].y + e.extent[0].height + 4);
	assert_true(w.bottom >= e.extent[1].y + e.extent[1].height && w.bottom <= 90);
	assert_string_equal(e.extent[1].words, "3号窗口");
	assert_int_equal(made(&w, &again, NULL, &err), 0);	/* no date is in it */
	assert_int_equal(again.n, out.n);
	assert_memory_equal(text_str(&again), text_str(&out), out.n);
	text_clear(&out);
	text_clear(&again);
	pool_clear(&pool);
}

static void
what_does_not_fit_shrinks_and_then_is_refused_by_name(void **state)
{
	struct pool pool = POOL_INIT;
	struct extents e = { .pool = &pool };
	struct text out = TEXT_INIT;
	struct err err = { 0 };
	struct wish w = { "短", "", 60, 0, NULL };
	double height;

	(void)state;
	assert_int_equal(made(&w, &out, &e, &err), 0);
	assert_int_equal(e.n, 1);			/* no words, no line */
	height = e.extent[0].height;
	w.first = "瓦房店市政务服务中心综合";
	e.n = 0;
	assert_int_equal(made(&w, &out, &e, &err), 0);
	assert_true(e.extent[0].width <= 100 && e.extent[0].height < height * 1.5);
	w.first = "瓦房店市得利寺镇蔡房身村农村商业银行便民金融服务站供销社综合楼一层东侧";
	assert_int_equal(made(&w, &out, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "瓦房店市得利寺镇"));
	assert_int_equal(out.n, 0);
	text_clear(&out);
	pool_clear(&pool);
}

static void
a_symbol_keeps_its_quiet_zone(void **state)
{
	struct pool pool = POOL_INIT;
	struct extents e = { .pool = &pool };
	struct text out = TEXT_INIT;
	struct err err = { 0 };
	struct qr qr;
	struct wish w = { "甲", "", 60, 0, &qr };
	double quiet;

	(void)state;
	assert_int_equal(qr_make(&qr, "HTTP://A.CN/Q/7K3M9P", &pool, &err), 0);
	quiet = 40. / qr.width * QR_QUIET;
	assert_int_equal(made(&w, &out, &e, &err), 0);
	assert_string_equal(e.extent[0].words, "");
	assert_true(e.extent[0].width >= 40 && e.extent[0].width <= 40 + 2 * quiet + .01);
	assert_close(e.extent[0].width, e.extent[0].height, 1e-9);
	text_clear(&out);
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(words_stand_in_their_box_one_under_the_other),
	cmocka_unit_test(what_does_not_fit_shrinks_and_then_is_refused_by_name),
	cmocka_unit_test(a_symbol_keeps_its_quiet_zone),
};

CHECK_MAIN(tests)
