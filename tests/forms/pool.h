/* The memory that all tests of a group share, and its teardown. */
#ifndef TESTS_FORMS_POOL_H
#define TESTS_FORMS_POOL_H

#include "base/pool.h"

static struct pool pool;

static inline int
clear_pool(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

#endif
