/* base/: errors, languages, text, pools, dates, SHA-256. */
#include "tests/support/check.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

static void
days_and_times_are_read_as_people_write_them(void **state)
{
	static const char *const same[] = { "2024-05-12 09:30", "2024-5-12 9:30", "2024/5/12 09:30:59", "2024.05.12T9:30",
		"2024年5月12日 9:30", "2024-05-12   09:30:15.25" };
	static const char *const bad[] = { "", "45424", "24-05-12", "12.05.2024", "2024-02-30", "2024/13/1", "2024年5月12",
		"2024-05-12 24:00", "2024-05-12 9:60", "2024-05-12 9", "2024-05-12x", "2024-05/12", "2024-05-12 9:30 PM",
		"1899-12-31", "2024-123-1", "2024-05-12 123:00" };
	int64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_int_equal(date_read(same[i], &t), 0);
		assert_int_equal(t, 1715477400 / 60);
	}
	assert_int_equal(date_read("2024/5/12", &t), 0);
	assert_int_equal(t, 1715443200 / 60);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(date_read(bad[i], &t), -1);
}

static void
a_day_begins_at_midnight_in_china(void **state)
{
	static const int64_t minute[] = { 0, 1715477400 / 60, -8 * 60, -8 * 60 - 1, -3000 };
	char day[11], midnight[17];

	(void)state;
	for (size_t i = 0; i < sizeof(minute) / sizeof(minute[0]); i++) {
		date_day(day, minute[i]);
		date_minute(midnight, date_midnight(minute[i]));
		assert_int_equal(strncmp(midnight, day, 10), 0);
		assert_string_equal(midnight + 10, " 00:00");
	}
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
	cmocka_unit_test(a_pool_filled_again_gives_zeroed_memory),
	cmocka_unit_test(pool_memory_is_zeroed_aligned_and_apart),
	cmocka_unit_test(an_overflowing_array_dies_at_once),
	cmocka_unit_test(days_are_those_of_the_calendar),
	cmocka_unit_test(minutes_are_shown_in_chinas_time),
	cmocka_unit_test(days_and_times_are_read_as_people_write_them),
	cmocka_unit_test(a_day_begins_at_midnight_in_china),
	cmocka_unit_test(every_day_of_eleven_centuries_agrees_with_the_c_library),
	cmocka_unit_test(digests_are_those_nist_publishes),
	cmocka_unit_test(a_digest_does_not_depend_on_how_bytes_arrive),
};

CHECK_MAIN(tests)
