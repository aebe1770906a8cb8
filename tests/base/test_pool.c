/* Memory given back together: zeroed, aligned, apart, and no overflow. */
#include "tests/support/check.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pool.h"

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

/* Large things that share pages, and some larger than all of those. */
static void
large_things_are_zeroed_and_apart(void **state)
{
	static const size_t size[] = { 1500000, 300000, 1 << 21, 40 << 20, 77, 9000000, 150001 };
	enum { SIZES = sizeof(size) / sizeof(size[0]) };
	struct pool pool = POOL_INIT;
	unsigned char *p[SIZES];

	(void)state;
	for (int turn = 0; turn < 3; turn++) {
		for (size_t i = 0; i < SIZES; i++) {
			p[i] = pool_take(&pool, size[i]);
			assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
			for (size_t k = 0; k < size[i]; k++)
				if (p[i][k] != 0)
					fail_msg("byte %zu of %zu", k, size[i]);
			memset(p[i], (int)(i + 1), size[i]);
		}
		for (size_t i = 0; i < SIZES; i++)
			for (size_t k = 0; k < size[i]; k += size[i] - 1)
				assert_int_equal(p[i][k], i + 1);
		pool_reset(&pool);
	}
	pool_clear(&pool);
}

/* Texts of every length side by side: none is written over by the next. */
static void
texts_have_room_for_their_end(void **state)
{
	struct pool pool = POOL_INIT;
	const char *text[100];

	(void)state;
	for (int i = 0; i < 100; i += 2) {
		text[i] = pool_fmt(&pool, "%0*d", i + 1, 7);
		text[i + 1] = pool_join(&pool, text[i], "x");
	}
	for (int i = 0; i < 100; i++)
		assert_int_equal(strlen(text[i]), i + 1);
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
		pool_array(&pool, SIZE_MAX / 4 + 2, 4);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_pool_filled_again_gives_zeroed_memory),
	cmocka_unit_test(pool_memory_is_zeroed_aligned_and_apart),
	cmocka_unit_test(large_things_are_zeroed_and_apart),
	cmocka_unit_test(texts_have_room_for_their_end),
	cmocka_unit_test(an_overflowing_array_dies_at_once),
};

CHECK_MAIN(tests)
