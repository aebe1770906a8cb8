/* figure/keep.c: texts in memory, up to so many bytes, by database and key. */
#include "tests/support/check.h"

#include <pthread.h>

#include "figure/keep.h"
#include "tests/track/city.h"

enum { THREADS = 4, TURNS = 2000 };

static void
nothing_is_kept_unasked(void **state)
{
	struct db *db = city_open();

	(void)state;
	assert_false(keep_on());
	keep_put(db, "a", "text");
	assert_null(keep_get(db, "a", &city_pool));
	city_close(db);
}

static void
a_text_is_found_by_its_key_and_replaced(void **state)
{
	struct db *db = city_open();

	(void)state;
	keep_start(1 << 16);
	assert_true(keep_on());
	keep_put(db, "a", "one");
	keep_put(db, "b", "");
	assert_string_equal(keep_get(db, "a", &city_pool), "one");
	assert_string_equal(keep_get(db, "b", &city_pool), "");
	assert_null(keep_get(db, "ab", &city_pool));
	keep_put(db, "a", "two");
	assert_string_equal(keep_get(db, "a", &city_pool), "two");
	keep_start(0);
	assert_null(keep_get(db, "a", &city_pool));
	city_close(db);
}

/* What was asked for least recently goes first; what has no room is not kept. */
static void
room_is_made_by_what_nobody_asks_for(void **state)
{
	struct db *db = city_open();
	char *text = pool_take(&city_pool, 2001), *key;

	(void)state;
	memset(text, 'x', 2000);
	keep_start(10000);
	keep_put(db, "first", text);
	for (int i = 0; i < 20; i++) {
		key = pool_fmt(&city_pool, "key %d", i);
		keep_put(db, key, text);
		assert_non_null(keep_get(db, "first", &city_pool));
		assert_non_null(keep_get(db, key, &city_pool));
	}
	assert_null(keep_get(db, "key 10", &city_pool));
	key = pool_take(&city_pool, 20001);
	memset(key, 'y', 20000);
	keep_put(db, "large", key);
	assert_null(keep_get(db, "large", &city_pool));
	keep_start(0);
	city_close(db);
}

static struct db *shared;

static void *
use(void *arg)
{
	struct pool pool = POOL_INIT;
	long seed = (long)(intptr_t)arg;
	const char *key, *text;

	for (long i = 0; i < TURNS; i++) {
		key = pool_fmt(&pool, "key %ld", (seed * 31 + i * 7) % 50);
		text = keep_get(shared, key, &pool);
		if (text != NULL && strcmp(text, key) != 0)
			return (void *)key;
		keep_put(shared, key, key);
		pool_reset(&pool);
	}
	pool_clear(&pool);
	return NULL;
}

static void
threads_do_not_disturb_each_other(void **state)
{
	pthread_t thread[THREADS];
	void *wrong;

	(void)state;
	shared = city_open();
	keep_start(2000);
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, use, (void *)(intptr_t)i), 0);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(thread[i], &wrong);
		assert_null(wrong);
	}
	keep_start(0);
	city_close(shared);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(nothing_is_kept_unasked),
	cmocka_unit_test(a_text_is_found_by_its_key_and_replaced),
	cmocka_unit_test(room_is_made_by_what_nobody_asks_for),
	cmocka_unit_test(threads_do_not_disturb_each_other),
};

CHECK_MAIN(tests)
