/* Memory that is given back together: one pool per process, form or request. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

struct pool_block;
struct pool_wide;

/* Zeroed memory is an empty pool.  Not for two threads at once. */
struct pool {
	struct pool_block *block;
	struct pool_wide *wide;
	size_t large;
};

#define POOL_INIT { NULL, NULL, 0 }

/* Zeroed, aligned for any type, lives until pool_clear().  Never NULL (dies instead). */
void *pool_take(struct pool *pool, size_t size);
/* n elements of size each; dies on overflow of n * size. */
void *pool_array(struct pool *pool, size_t n, size_t size);
char *pool_strdup(struct pool *pool, const char *s);
char *pool_strndup(struct pool *pool, const char *s, size_t n);
/* a and then b */
char *pool_join(struct pool *pool, const char *a, const char *b);
char *pool_fmt(struct pool *pool, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Give heap memory to the pool, which frees it when it is cleared; NULL is fine. */
void pool_adopt(struct pool *pool, void *heap);

/* Heap memory that will be used in full: the kernel may give it in large pages.  Only advice. */
void pool_advise(void *heap, size_t size);

void pool_clear(struct pool *pool);

/*
 * As pool_clear(), but the newest block stays for what is taken next: for pools that are filled and
 * emptied all the time, where asking the system anew costs more than the work.
 */
void pool_reset(struct pool *pool);

#endif
