/* base/: errors, text, pools, dates, UTF-8, codes, SHA-256. */
#include "tests/check.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/code.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/pool.h"
#include "base/sha256.h"
#include "base/text.h"
#include "base/utf8.h"

/* ---- err, lang ---- */

static void
an_error_speaks_the_process_language(void **state)
{
	struct err zh = { 0 }, en = { 0 };

	(void)state;
	lang_set(LANG_ZH);
	assert_int_equal(err_set(&zh, ERR_INPUT, "%s：第 %d 行", "%s: line %d", "a.csv", 3), -1);
	lang_set(LANG_EN);
	err_set(&en, ERR_INPUT, "%s：第 %d 行", "%s: line %d", "a.csv", 3);
	lang_set(LANG_ZH);
	assert_string_equal(zh.text, "a.csv：第 3 行");
	assert_string_equal(en.text, "a.csv: line 3");
	assert_int_equal(en.code, ERR_INPUT);
}

static void
the_first_error_is_kept(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_FULL, "满", "full");
	assert_int_equal(err_set(&err, ERR_DB, "别的", "other"), -1);
	assert_int_equal(err.code, ERR_FULL);
	assert_string_equal(err.text, "满");
	assert_int_equal(err_set(NULL, ERR_DB, "无处可写", "nowhere to write"), -1);
}

static void
a_long_error_ends_on_a_whole_character_and_has_one_line(void **state)
{
	struct text t = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 400; i++)
		text_puts(&t, "满");
	err_set(&err, ERR_IO, "a\n%s", "a\n%s", text_str(&t));
	assert_null(strchr(err.text, '\n'));
	assert_int_equal(utf8_valid(err.text, strlen(err.text)), strlen(err.text));
	assert_true(strlen(err.text) > 600);
	text_clear(&t);
}

static void
a_full_disk_is_told_apart_by_errno(void **state)
{
	struct err full = { 0 }, io = { 0 };

	(void)state;
	errno = ENOSPC;
	err_set_errno(&full, ERR_IO, "x", "x");
	errno = EACCES;
	err_set_errno(&io, ERR_IO, "x", "x");
	assert_int_equal(full.code, ERR_FULL);
	assert_int_equal(io.code, ERR_IO);
	assert_string_equal(io.text, "x：没有权限");
}

static void
every_code_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < ERR_MAX; i++)
		assert_non_null(err_name((enum err_code)i));
	assert_string_equal(err_name(ERR_REFUSED), "refused");
	assert_string_equal(err_name(ERR_MAX), "system");
}

static void
languages_are_known_by_locale_names(void **state)
{
	enum lang lang = LANG_EN;

	(void)state;
	assert_int_equal(lang_parse(&lang, "zh_CN.UTF-8"), 0);
	assert_int_equal(lang, LANG_ZH);
	assert_int_equal(lang_parse(&lang, "EN-us"), 0);
	assert_int_equal(lang, LANG_EN);
	assert_int_equal(lang_parse(&lang, "C"), -1);
	assert_int_equal(lang_parse(&lang, "zha"), -1);
	assert_int_equal(lang_parse(&lang, ""), -1);
	assert_int_equal(lang, LANG_EN);
	assert_string_equal(lang_tag(LANG_ZH), "zh-CN");
}

/* ---- text, pool ---- */

static void
text_grows_and_keeps_its_end(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	assert_string_equal(text_str(&t), "");
	text_puts(&t, NULL);
	assert_string_equal(text_str(&t), "");
	for (int i = 0; i < 1000; i++)
		text_fmt(&t, "%03d,", i);
	text_add(&t, "\0x", 2);
	assert_int_equal(t.n, 4002);
	assert_memory_equal(t.s + 3996, "999,\0x", 7);
	text_reset(&t);
	assert_string_equal(text_str(&t), "");
	text_putc(&t, 'a');
	assert_string_equal(t.s, "a");
	for (int i = 0; i < TEXT_KEEP; i++)
		text_putc(&t, 'b');
	text_rest(&t);		/* so much room is not kept */
	assert_null(t.s);
	text_puts(&t, "a");
	text_rest(&t);
	assert_string_equal(t.s, "");
	assert_int_equal(t.n, 0);
	text_clear(&t);
	assert_null(t.s);
}

static void
whole_numbers_are_written_as_printf_writes_them(void **state)
{
	static const long long number[] = { 0, 7, -1, 10, -10, 999, 1000, LLONG_MAX, LLONG_MIN, LLONG_MIN + 1 };
	char out[DECIMAL_MAX], want[32];
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++) {
		snprintf(want, sizeof(want), "%lld", number[i]);
		assert_int_equal(text_decimal(out, number[i]), strlen(want));
		assert_string_equal(out, want);
		text_reset(&t);
		text_number(&t, number[i]);
		assert_string_equal(text_str(&t), want);
	}
	text_clear(&t);
}

/* Whatever was left in a block, and whether the next things fit it or not. */
static void
a_pool_filled_again_gives_zeroed_memory(void **state)
{
	static const size_t size[] = { 1, 100, 5000, 70000, 300000, 8 };
	struct pool pool = POOL_INIT;

	(void)state;
	for (int turn = 0; turn < 50; turn++) {
		for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
			size_t n = size[(i + (size_t)turn) % 6] + (size_t)turn;
			unsigned char *p = pool_take(&pool, n);

			for (size_t k = 0; k < n; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xa5, n);
		}
		pool_adopt(&pool, malloc(10));
		pool_reset(&pool);
	}
	pool_clear(&pool);
	pool_reset(&pool);
	assert_string_equal(pool_join(&pool, "/T/", "ABC"), "/T/ABC");
	assert_string_equal(pool_join(&pool, "", ""), "");
	pool_clear(&pool);
}

static void
pool_memory_is_zeroed_aligned_and_apart(void **state)
{
	struct pool pool = POOL_INIT;
	unsigned char *p[2000];

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		size_t n = i * 7 % 900 + 1;

		p[i] = pool_take(&pool, n);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(p[i][k], 0);
		memset(p[i], (int)(i & 255), n);
	}
	for (size_t i = 0; i < 2000; i++)
		assert_int_equal(p[i][i * 7 % 900], i & 255);
	assert_non_null(pool_take(&pool, 0));
	memset(pool_take(&pool, 10 << 20), 1, 10 << 20);
	assert_string_equal(pool_fmt(&pool, "%d-%s", 5, "x"), "5-x");
	assert_string_equal(pool_strndup(&pool, "abcdef", 3), "abc");
	assert_string_equal(pool_strndup(&pool, "ab", 30), "ab");
	pool_clear(&pool);
	pool_clear(&pool);
}

static void
an_overflowing_array_dies_at_once(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		struct pool pool = POOL_INIT;
		struct rlimit none = { 0, 0 };

		setrlimit(RLIMIT_CORE, &none);
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(9);
		pool_array(&pool, SIZE_MAX / 2, 4);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

/* ---- utf8 ---- */

/* Markus Kuhn's UTF-8 decoder capability and stress test, sections 1 to 5. */
static void
utf8_is_judged_as_rfc_3629_does(void **state)
{
	static const struct { const char *s; size_t n, valid; } row[] = {
		{ "\xce\xba\xe1\xbd\xb9\xcf\x83", 7, 7 },
		{ "\xf4\x8f\xbf\xbf", 4, 4 },			/* U+10FFFF */
		{ "\xf4\x90\x80\x80", 4, 0 },			/* beyond */
		{ "a\x80", 2, 1 }, { "a\xbf", 2, 1 },		/* continuation alone */
		{ "\xc0\xaf", 2, 0 }, { "\xe0\x80\xaf", 3, 0 },	/* overlong "/" */
		{ "\xf0\x80\x80\xaf", 4, 0 }, { "\xc1\xbf", 2, 0 },
		{ "\xe0\x9f\xbf", 3, 0 }, { "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "\xed\xa0\x80", 3, 0 }, { "\xed\xbf\xbf", 3, 0 },	/* surrogates */
		{ "\xe6\xbb", 2, 0 }, { "\xf8\x88\x80\x80\x80", 5, 0 }, { "\xfe", 1, 0 }, { "\xff", 1, 0 },
		{ "a\0b", 3, 3 }, { "", 0, 0 },
	};
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_int_equal(utf8_valid(row[i].s, row[i].n), row[i].valid);
	assert_int_equal(utf8_next("\xe6\xbb\xa1", 3, &len), 0x6ee1);
	assert_int_equal(len, 3);
	assert_int_equal(utf8_next("\xe6\xbb", 2, &len), 0xfffd);
	assert_int_equal(len, 1);
	assert_int_equal(utf8_next("", 0, &len), 0xfffd);	/* none left: as one that is bad */
	assert_int_equal(len, 1);
}

static void
what_cannot_be_shown_is_named(void **state)
{
	static const struct { const char *s, *shown; } row[] = {
		{ "满意 ok", "满意 ok" }, { "", "" }, { "\xd2\xf8", "\\xd2\\xf8" }, { "a\xc3", "a\\xc3" },
		{ "a\xe6\xbb" "b", "a\\xe6\\xbb" "b" }, { "\x1b[31m", "\\u001b[31m" }, { "a\n\tb", "a\\u000a\\u0009b" },
		{ "x\u202ey", "x\\u202ey" }, { "x\u200by", "x\\u200by" }, { "\ufeffx", "\\ufeffx" }, { "\U000e0041", "\\ue0041" },
		{ "𠮷🙂é\u3000", "𠮷🙂é\u3000" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		text_reset(&t);
		utf8_show(&t, row[i].s);
		assert_string_equal(text_str(&t), row[i].shown);
	}
	text_reset(&t);
	utf8_repair(&t, "a\0\xff" "b\n\u202e", 8);
	assert_string_equal(text_str(&t), "a\\x00\\xff" "b\n\u202e");
	text_clear(&t);
}

static void
an_error_is_text_whatever_it_quotes(void **state)
{
	char longer[2 * ERR_TEXT];
	struct err err = { 0 };

	(void)state;
	lang_set(LANG_EN);
	err_set(&err, ERR_INPUT, "%s：不对", "%s: wrong", "\xd2\xf8\x1b[2J\n");
	assert_string_equal(err.text, "\\xd2\\xf8\\u001b[2J : wrong");
	for (size_t n = ERR_TEXT - 20; n < ERR_TEXT + 20; n++) {
		memset(longer, 0xff, n);
		longer[n] = '\0';
		err = (struct err){ 0 };
		err_set(&err, ERR_INPUT, "%s", "%s", longer);
		assert_true(strlen(err.text) > ERR_TEXT / 2 && strlen(err.text) < ERR_TEXT);
		assert_int_equal(utf8_valid(err.text, strlen(err.text)), strlen(err.text));
	}
	lang_set(LANG_ZH);
}

static void
characters_and_columns_are_counted(void **state)
{
	(void)state;
	assert_int_equal(utf8_count("满意abc", 9), 5);
	assert_int_equal(utf8_width("满意abc"), 7);
	assert_int_equal(utf8_width("（é）"), 5);
	assert_int_equal(utf8_width(""), 0);
}

/* ---- date ---- */

static void
days_are_those_of_the_calendar(void **state)
{
	static const char *const bad[] = { "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10",
		"2024-04-31", "2024-1-01", "2024/01/01", "2024-01-01 ", "1899-12-31", "3000-01-01",
		"", "２０２４-01-01", "-024-01-01" };
	int y, m, d;

	(void)state;
	assert_int_equal(date_parse_day("2024-02-29", &y, &m, &d), 0);
	assert_int_equal(y * 10000 + m * 100 + d, 20240229);
	assert_int_equal(date_parse_day("2000-02-29", &y, &m, &d), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(date_parse_day(bad[i], &y, &m, &d), -1);
}

/* date(1): TZ=Asia/Shanghai date -d '2024-05-12 09:30' +%s = 1715477400. */
static void
minutes_are_shown_in_chinas_time(void **state)
{
	char day[11], minute[17];
	int64_t t;

	(void)state;
	date_minute(minute, 1715477400 / 60);
	assert_string_equal(minute, "2024-05-12 09:30");
	assert_int_equal(date_parse("2024-05-12", &t), 0);
	assert_int_equal(t, 1715443200 / 60);
	date_minute(minute, 0);
	assert_string_equal(minute, "1970-01-01 08:00");
	date_minute(minute, -8 * 60 - 1);
	assert_string_equal(minute, "1969-12-31 23:59");
	assert_int_equal(date_parse("2025-01-01", &t), 0);
	assert_int_equal(date_year(t), 2025);
	assert_int_equal(date_year(t - 1), 2024);
	date_day(day, t - 1);
	assert_string_equal(day, "2024-12-31");
	date_minute(minute, INT64_MAX);
	assert_string_equal(minute, "9999-12-31 23:59");
	date_minute(minute, INT64_MIN);
	assert_string_equal(minute, "0001-01-01 00:00");
}

/* The C library's gmtime() is the other program. */
static void
every_day_of_eleven_centuries_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t day = -25567; day < 376200; day += 13) {
		time_t t = (time_t)(day * 86400);
		char got[11], want[32];
		struct tm tm;
		int64_t back;

		assert_non_null(gmtime_r(&t, &tm));
		strftime(want, sizeof(want), "%Y-%m-%d", &tm);
		date_day(got, day * 1440 - 480);
		assert_string_equal(got, want);
		assert_int_equal(date_parse(got, &back), 0);
		assert_int_equal(back, day * 1440 - 480);
	}
}

/* ---- code ---- */

static void
a_code_comes_back_from_what_people_type(void **state)
{
	char code[7], back[7], typed[32];

	(void)state;
	for (uint64_t v = 0; v < 1u << 25; v += 9973) {
		code_make(code, 6, v);
		assert_int_equal(strlen(code), 6);
		assert_int_equal(code_normal(back, 6, code), 0);
		assert_string_equal(back, code);
	}
	code_make(code, 6, 0x1 << 20 | 0x0 << 15 | 10 << 10);
	assert_memory_equal(code, "10A00", 5);
	snprintf(typed, sizeof(typed), " lo-a oO %c", code[5]);
	assert_int_equal(code_normal(back, 6, typed), 0);
	assert_string_equal(back, code);
	snprintf(typed, sizeof(typed), "１０ＡＯ０—%c", code[5]);
	assert_int_equal(code_normal(back, 6, typed), 0);
	assert_string_equal(back, code);
}

/* %s is the code; what messages, apps and people put around it. */
static const char *const around[] = {
	"%s", "%s/", "%s//", "%s.", "%s。", "%s，只能用一次", "%s只能用一次，请勿转发", "%s ，2026-12-31前有效，只能用一次",
	"%s&from=groupmessage", "%s&from=groupmessage&isappinstalled=0", "%s?from=timeline", "%s#s2", "(%s)", "（%s）", "【%s】", "<%s>",
	"\"%s\"", "“%s”", "[%s]", "%s)", "%s]", "%s;", "%s,", "%s:", "%s!", "%s…", "%s、", "  %s  ", "\xe2\x80\x8b%s\xe2\x80\x8b",
	"\xef\xbb\xbf%s", "%s\xc2\xa0", "%s\xe2\x80\x8e", "https://example.cn/Q/%s", "HTTPS://EXAMPLE.CN/V/%s.",
	"请打开 https://example.cn/Q/%s，约1分钟", "%s 谢谢", "%s thank you", "码：%s", "code %s please", "/Q/%s/", "%s\r\n",
};

static void
a_code_is_found_in_what_came_along(void **state)
{
	char code[7], long_code[13], typed[200], out[13];

	(void)state;
	code_make(code, 6, 1234567);
	code_make(long_code, 12, 987654321012345);
	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
		snprintf(typed, sizeof(typed), around[i], code);
		if (code_find(out, 6, typed) != 0)
			fail_msg("\"%s\"", typed);
		assert_string_equal(out, code);
		snprintf(typed, sizeof(typed), around[i], long_code);
		assert_int_equal(code_find(out, 12, typed), 0);
		assert_string_equal(out, long_code);
	}
}

/* Longer or shorter runs are none, nor is one whose check character does not fit; groups and full width are. */
static void
nothing_else_is_taken_for_a_code(void **state)
{
	char code[7], typed[64], out[13];

	(void)state;
	code_make(code, 6, 1234567);
	snprintf(typed, sizeof(typed), "（%.3s-%s），", code, code + 3);
	assert_int_equal(code_find(out, 6, typed), 0);
	assert_string_equal(out, code);
	snprintf(typed, sizeof(typed), "%sX", code);
	assert_int_equal(code_find(out, 6, typed), -1);
	snprintf(typed, sizeof(typed), "X%s", code);
	assert_int_equal(code_find(out, 6, typed), -1);
	code[5] = code[5] == '0' ? '1' : '0';
	snprintf(typed, sizeof(typed), "%s，", code);
	assert_int_equal(code_find(out, 6, typed), -1);
	assert_int_equal(code_find(out, 6, ""), -1);
	assert_int_equal(code_find(out, 6, "，。/"), -1);
	code_make(code, 6, 0x1 << 20 | 0x0 << 15 | 10 << 10);
	snprintf(typed, sizeof(typed), "【ｌｏａｏ０%c】", code[5]);
	assert_int_equal(code_find(out, 6, typed), 0);
	assert_string_equal(out, code);
}

static void
a_key_is_of_few_characters_and_not_too_long(void **state)
{
	static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";
	char key[KEY_MAX + 2];

	(void)state;
	assert_int_equal(code_key(""), 0);
	for (size_t n = 1; n < sizeof(key); n++) {
		memset(key, 'k', n);
		key[n] = '\0';
		assert_int_equal(code_key(key), n <= KEY_MAX ? n : 0);
	}
	for (int c = 1; c < 256; c++) {
		strcpy(key, "abc");
		key[1] = (char)c;
		assert_int_equal(code_key(key), strchr(all, c) != NULL ? 3 : 0);
	}
}

static void
every_single_wrong_character_is_found(void **state)
{
	static const char all[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char code[7], wrong[7], out[7];

	(void)state;
	for (uint64_t v = 7; v < 1u << 25; v += 1234577) {
		code_make(code, 6, v);
		for (int i = 0; i < 6; i++)
			for (const char *c = all; *c != '\0'; c++) {
				memcpy(wrong, code, 7);
				wrong[i] = *c;
				assert_int_equal(code_normal(out, 6, wrong), *c == code[i] ? 0 : -1);
			}
	}
}

/* Luhn finds every neighbouring swap but that of the lowest and the highest digit. */
static void
neighbouring_swaps_are_found_but_for_one_pair(void **state)
{
	char code[7], out[7], c;
	int missed = 0, tried = 0;

	(void)state;
	for (uint64_t v = 3; v < 1u << 25; v += 7919) {
		code_make(code, 6, v);
		for (int i = 0; i < 5; i++) {
			if (code[i] == code[i + 1])
				continue;
			c = code[i], code[i] = code[i + 1], code[i + 1] = c;
			tried++;
			if (code_normal(out, 6, code) == 0) {
				missed++;
				assert_true((code[i] == '0' && code[i + 1] == 'Z') ||
				    (code[i] == 'Z' && code[i + 1] == '0'));
			}
			c = code[i], code[i] = code[i + 1], code[i + 1] = c;
		}
	}
	assert_true(tried > 10000);
	assert_true(missed * 200 < tried);
}

static void
what_is_no_code_is_refused(void **state)
{
	static const char *const bad[] = { "", "12345", "1234567", "12345U", "12345!", "满意满意满意",
		"12345\x80", "\xff", "      " };
	char out[7], code[7];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(code_normal(out, 6, bad[i]), -1);
	code_make(code, 6, 12345);
	assert_int_equal(code_normal(out, 5, code), -1);
}

static void
long_codes_carry_the_bits_of_bytes(void **state)
{
	const unsigned char bytes[10] = { 0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf };
	char out[17], back[17];

	(void)state;
	code_from_bytes(out, 16, bytes, 10);
	assert_memory_equal(out, "0123456789ABCDE", 15);	/* the bits of 0, 1, 2, ... 14 */
	assert_int_equal(code_normal(back, 16, out), 0);
	assert_string_equal(out, back);
}

/* ---- sha256 ---- */

/* FIPS 180-4 examples and NIST's long message of a million "a". */
static void
digests_are_those_nist_publishes(void **state)
{
	static const struct { const char *s, *digest; } row[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		    "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	};
	static char million[1000000];
	char hex[65];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		sha256_hex(hex, row[i].s, strlen(row[i].s));
		assert_string_equal(hex, row[i].digest);
	}
	memset(million, 'a', sizeof(million));
	sha256_hex(hex, million, sizeof(million));
	assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void
a_digest_does_not_depend_on_how_bytes_arrive(void **state)
{
	unsigned char bytes[300], whole[32], parts[32];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 31);
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		struct sha256 s;

		sha256(whole, bytes, n);
		sha256_init(&s);
		for (size_t at = 0, step = 1; at < n; at += step, step = step % 67 + 1)
			sha256_add(&s, bytes + at, step < n - at ? step : n - at);
		sha256_end(parts, &s);
		assert_memory_equal(whole, parts, 32);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_error_speaks_the_process_language),
	cmocka_unit_test(the_first_error_is_kept),
	cmocka_unit_test(a_long_error_ends_on_a_whole_character_and_has_one_line),
	cmocka_unit_test(a_full_disk_is_told_apart_by_errno),
	cmocka_unit_test(every_code_has_a_name),
	cmocka_unit_test(languages_are_known_by_locale_names),
	cmocka_unit_test(text_grows_and_keeps_its_end),
	cmocka_unit_test(whole_numbers_are_written_as_printf_writes_them),
	cmocka_unit_test(pool_memory_is_zeroed_aligned_and_apart),
	cmocka_unit_test(a_pool_filled_again_gives_zeroed_memory),
	cmocka_unit_test(an_overflowing_array_dies_at_once),
	cmocka_unit_test(utf8_is_judged_as_rfc_3629_does),
	cmocka_unit_test(characters_and_columns_are_counted),
	cmocka_unit_test(what_cannot_be_shown_is_named),
	cmocka_unit_test(an_error_is_text_whatever_it_quotes),
	cmocka_unit_test(days_are_those_of_the_calendar),
	cmocka_unit_test(minutes_are_shown_in_chinas_time),
	cmocka_unit_test(every_day_of_eleven_centuries_agrees_with_the_c_library),
	cmocka_unit_test(a_code_comes_back_from_what_people_type),
	cmocka_unit_test(every_single_wrong_character_is_found),
	cmocka_unit_test(neighbouring_swaps_are_found_but_for_one_pair),
	cmocka_unit_test(what_is_no_code_is_refused),
	cmocka_unit_test(long_codes_carry_the_bits_of_bytes),
	cmocka_unit_test(a_code_is_found_in_what_came_along),
		cmocka_unit_test(nothing_else_is_taken_for_a_code),
		cmocka_unit_test(a_key_is_of_few_characters_and_not_too_long),
	cmocka_unit_test(digests_are_those_nist_publishes),
	cmocka_unit_test(a_digest_does_not_depend_on_how_bytes_arrive),
};

CHECK_MAIN(tests)
