/* view/poster, view/qr: addresses, symbols and sheets. */
#include "tests/support/check.h"

#include <qrencode.h>

#include "base/pool.h"
#include "view/paper/poster.h"
#include "view/paper/qr.h"

static struct text out = TEXT_INIT;
static struct pool pool;

static const char *
url(const char *base, const char *code)
{
	struct err err = { 0 };

	text_reset(&out);
	if (poster_url(&out, base, code, &err) != 0)
		fail_msg("%s", err.text);
	return text_str(&out);
}

static void
refused(const char *base, const char *code, const char *names)
{
	struct err err = { 0 };

	text_reset(&out);
	assert_int_equal(poster_url(&out, base, code, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(out.n, 0);
	if (strstr(err.text, names) == NULL)
		fail_msg("\"%s\" does not name \"%s\"", err.text, names);
}

/* ---- addresses ---- */

static void
an_address_is_upper_case_throughout(void **state)
{
	(void)state;
	assert_string_equal(url("https://zl.wafangdian.gov.cn", "7K3M9P"),
	    "HTTPS://ZL.WAFANGDIAN.GOV.CN/Q/7K3M9P");
	assert_string_equal(url("http://localhost:8080/", "7k3m9p"), "HTTP://LOCALHOST:8080/Q/7K3M9P");
}

static void
what_a_symbol_cannot_hold_is_named(void **state)
{
	(void)state;
	refused("https://zl_w.gov.cn", "7K3M9P", "_");
	refused("https://a.cn/?x=1&y", "7K3M9P", "?=&");
	refused("https://市.cn", "7K3M9P", "https://市.cn");
	refused("https://a.cn", "7K3M 9P", "7K3M 9P");
	refused("zl.wafangdian.gov.cn", "7K3M9P", "http");
	refused("ftp://a.cn", "7K3M9P", "http");
	refused("https://", "7K3M9P", "https://");
	refused("", "7K3M9P", "http");
	/* A path would be turned into capitals, which is another path. */
	refused("https://a.cn/survey", "7K3M9P", "/survey");
}

/* ---- symbols ---- */

static struct qr
symbol(const char *text)
{
	struct err err = { 0 };
	struct qr qr = { 0 };

	if (qr_make(&qr, text, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return qr;
}

/* ISO/IEC 18004 7.8.2: the mask turns a module where its condition on row i and column j is 0. */
static bool
masked(int mask, int i, int j)
{
	switch (mask) {
	case 0: return (i + j) % 2 == 0;
	case 1: return i % 2 == 0;
	case 2: return j % 3 == 0;
	case 3: return (i + j) % 3 == 0;
	case 4: return (i / 2 + j / 3) % 2 == 0;
	case 5: return i * j % 2 + i * j % 3 == 0;
	case 6: return (i * j % 2 + i * j % 3) % 2 == 0;
	default: return ((i + j) % 2 + i * j % 3) % 2 == 0;
	}
}

/* The first five format bits (row 8, columns 0 to 4), with the standard's 10101 taken off: two of
 * error correction, three of the mask. */
static int
format_bits(const struct qr *qr)
{
	int bits = 0;

	for (int j = 0; j < 5; j++)
		bits = bits << 1 | qr->dark[8 * qr->width + j];
	return bits ^ 0x15;
}

static void
a_poster_symbol_is_alphanumeric_at_level_q(void **state)
{
	struct qr qr = symbol("HTTPS://ZL.WAFANGDIAN.GOV.CN/Q/7K3M9P");
	int format = format_bits(&qr), last = qr.width - 1, mode = 0;

	(void)state;
	assert_int_equal(format >> 3, 3);	/* Q is 11 */
	/* Data begins at the lower right: two columns, upwards. */
	for (int k = 0; k < 4; k++) {
		int i = last - k / 2, j = last - k % 2;

		mode = mode << 1 | (qr.dark[i * qr.width + j] ^ masked(format & 7, i, j));
	}
	assert_int_equal(mode, 2);		/* alphanumeric is 0010 */
}

static void
a_symbol_is_smaller_than_one_in_byte_mode(void **state)
{
	static const char text[] = "HTTPS://ZL.WAFANGDIAN.GOV.CN/Q/7K3M9P";
	struct qr qr = symbol(text);
	QRcode *bytes = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q);

	(void)state;
	/* ISO/IEC 18004 table 7: at level Q, version 3 holds 47 alphanumeric characters or 32 bytes. */
	assert_int_equal(qr.version, 3);
	assert_int_equal(qr.width, 29);
	assert_int_equal(bytes->version, 4);
	QRcode_free(bytes);
}

static void
capacities_are_those_of_the_standard(void **state)
{
	/* Same table: characters at level Q of versions 1 to 4. */
	static const size_t holds[] = { 16, 29, 47, 67 };

	(void)state;
	for (int v = 1; v <= 4; v++) {
		char text[80];

		memset(text, 'A', sizeof(text));
		text[holds[v - 1]] = '\0';
		assert_int_equal(symbol(text).version, v);
		text[holds[v - 1]] = 'A';
		text[holds[v - 1] + 1] = '\0';
		assert_int_equal(symbol(text).version, v + 1);
	}
}

static void
an_address_beyond_every_symbol_is_refused(void **state)
{
	static char text[3000];
	struct err err = { 0 };
	struct qr qr;

	(void)state;
	memset(text, 'A', sizeof(text) - 1);
	assert_int_equal(qr_make(&qr, text, &pool, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "2999"));
}

/* The path's runs "M5 4h7v1h-7z" laid on squared paper again. */
static void
svg_draws_exactly_the_dark_modules_inside_four_light_ones(void **state)
{
	static const char text[] = "HTTP://LOCALHOST:8080/Q/7K3M9P";
	struct qr qr = symbol(text);
	int side = qr.width + 8, x, y, run, used;
	unsigned char *paper = pool_take(&pool, (size_t)side * (size_t)side);
	const char *s;

	(void)state;
	text_reset(&out);
	qr_svg(&out, &qr, text);
	assert_non_null(strstr(out.s, "viewBox=\"0 0 37 37\""));
	assert_non_null(strstr(out.s, "M0 0h37v37H0z"));
	s = strstr(strstr(out.s, "H0z") + 3, "d=\"") + 3;
	for (; sscanf(s, "M%d %dh%dv1h-%*dz%n", &x, &y, &run, &used) == 3; s += used)
		for (int k = 0; k < run; k++)
			paper[y * side + x + k]++;
	assert_int_equal(*s, '"');
	for (y = 0; y < side; y++)
		for (x = 0; x < side; x++) {
			bool inside = x >= 4 && y >= 4 && x < side - 4 && y < side - 4;

			assert_int_equal(paper[y * side + x],
			    inside ? qr.dark[(y - 4) * qr.width + x - 4] : 0);
		}
}

static void
png_has_whole_pixels_a_module(void **state)
{
	static const unsigned char sign[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
	struct err err = { 0 };

	(void)state;
	text_reset(&out);
	assert_int_equal(poster_qr_png(&out, "https://zl.wafangdian.gov.cn", "7K3M9P", 8, &err), 0);
	assert_memory_equal(out.s, sign, sizeof(sign));
	/* IHDR: width and height, big-endian: (29 + 8) * 8 = 296. */
	assert_memory_equal(out.s + 16, "\0\0\1\50\0\0\1\50", 8);
	assert_int_equal(poster_qr_png(&out, "https://a.cn", "7K3M9P", 0, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
}

/* ---- sheets ---- */

static const struct form form_b = { .id = "B", .title = { &languages_two, (const char *const[]){ "现场一分钟评价", "One-minute rating" } },
	.minutes = 1 };

static struct poster
poster_of(const char *code)
{
	return (struct poster){ .base_url = "https://zl.wafangdian.gov.cn", .code = code,
	    .site_name = "瓦房店市政务服务中心", .window = "3号窗口", .city = "瓦房店市",
	    .agency = "市场监督管理局", .table_number = "瓦质调01表", .approval = "瓦统制〔2024〕3号",
	    .valid_until = "2025-12-31", .form = &form_b };
}

static void
the_same_sites_give_the_same_bytes(void **state)
{
	struct poster poster[2] = { poster_of("7K3M9P"), poster_of("7K3M9P") };
	struct text again = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	poster[1].demo = true;
	text_reset(&out);
	assert_int_equal(poster_pdf(&out, poster, 2, &err), 0);
	assert_int_equal(poster_pdf(&again, poster, 2, &err), 0);
	assert_memory_equal(out.s, "%PDF-", 5);
	assert_int_equal(out.n, again.n);
	assert_memory_equal(out.s, again.s, out.n);
	assert_null(memmem(out.s, out.n, "CreationDate", 12));
	text_clear(&again);
}

static void
unknown_facts_leave_no_hole_and_markup_is_words(void **state)
{
	struct poster bare = { .base_url = "http://localhost:8080", .code = "7K3M9P",
	    .site_name = "<b>&amp;</b>", .form = &form_b };
	struct err err = { 0 };

	(void)state;
	text_reset(&out);
	assert_int_equal(poster_pdf(&out, &bare, 1, &err), 0);
	bare.site_name = NULL;
	assert_int_equal(poster_pdf(&out, &bare, 1, &err), 0);
}

static void
a_sheet_that_cannot_be_made_leaves_nothing(void **state)
{
	struct poster poster[2] = { poster_of("7K3M9P"), poster_of("7K3M9P") };
	struct err err = { 0 };

	(void)state;
	text_reset(&out);
	poster[1].base_url = "https://a_b.cn";
	assert_int_equal(poster_pdf(&out, poster, 2, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(out.n, 0);
}

static int
done(void **state)
{
	(void)state;
	text_clear(&out);
	pool_clear(&pool);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_upper_case_throughout),
		cmocka_unit_test(what_a_symbol_cannot_hold_is_named),
		cmocka_unit_test(a_poster_symbol_is_alphanumeric_at_level_q),
		cmocka_unit_test(a_symbol_is_smaller_than_one_in_byte_mode),
		cmocka_unit_test(capacities_are_those_of_the_standard),
		cmocka_unit_test(an_address_beyond_every_symbol_is_refused),
		cmocka_unit_test(svg_draws_exactly_the_dark_modules_inside_four_light_ones),
		cmocka_unit_test(png_has_whole_pixels_a_module),
		cmocka_unit_test(the_same_sites_give_the_same_bytes),
		cmocka_unit_test(unknown_facts_leave_no_hole_and_markup_is_words),
		cmocka_unit_test(a_sheet_that_cannot_be_made_leaves_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, done);
}
