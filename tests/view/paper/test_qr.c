/* view/paper/qr.c: symbols as small as they go, drawn to the module. */
#include "tests/support/check.h"

#include <qrencode.h>

#include "base/pool.h"
#include "view/paper/poster.h"
#include "view/paper/qr.h"

static struct text out = TEXT_INIT;

static struct pool pool;

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
	/* ISO/IEC 18004 table 7: at level Q, version 3 holds 47 alphanumeric
	 * characters or 32 bytes. */
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
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_poster_symbol_is_alphanumeric_at_level_q),
		cmocka_unit_test(a_symbol_is_smaller_than_one_in_byte_mode),
		cmocka_unit_test(capacities_are_those_of_the_standard),
		cmocka_unit_test(an_address_beyond_every_symbol_is_refused),
		cmocka_unit_test(svg_draws_exactly_the_dark_modules_inside_four_light_ones),
		cmocka_unit_test(png_has_whole_pixels_a_module),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, done);
}
