/* Memory pools: blocks of growing size, given back together. */
#include "base/pool.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/err.h"

enum { BLOCK_FIRST = 4096, BLOCK_LAST = 1 << 18, ALIGN = alignof(max_align_t), WIDE_HEAD = 64,
	WIDE_FROM = 1 << 16, SPARES_MOST = 4 };

#define LARGE_PAGE ((uintptr_t)1 << 21)
#define LARGE ((size_t)1 << 22)

#define WIDE ((size_t)1 << 24)
#define WIDE_MAPPED (WIDE + 2 * LARGE_PAGE)

/* Blocks are linked newest first; only the first is taken from. */
struct pool_block {
	struct pool_block *next;
	size_t used, size;	/* of bytes */
	void *adopted;		/* freed with the block */
	alignas(max_align_t) unsigned char bytes[];
};

/* Memory of the kernel for many large things, one after the other. */
struct pool_wide {
	struct pool_wide *next;
	void *map;
	size_t mapped, used, size;	/* size: from the wide itself on */
	size_t clean;			/* from here on no byte was ever used */
};

/*
 * What was given back, for whoever asks next: fresh pages cost far more than to zero these.  For
 * all threads.
 */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct pool_wide *spare;
static atomic_size_t spares;

/*
 * Columns of millions of numbers come in pages of 4 kB, each of which the kernel has to be asked
 * for: larger ones cost a fraction.
 */
void
pool_advise(void *heap, size_t size)
{
	uintptr_t from = ((uintptr_t)heap + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE,
		to = ((uintptr_t)heap + size) / LARGE_PAGE * LARGE_PAGE;

	if (size >= LARGE && to > from)
		madvise((void *)from, to - from, MADV_HUGEPAGE);
}

/* To be taken from in pieces: each is zeroed when it is taken, what is never taken is not. */
static struct pool_block *
block_make(size_t size)
{
	struct pool_block *b = malloc(sizeof(*b) + size);

	if (b == NULL)
		err_die("out of memory");
	*b = (struct pool_block){ .size = size };
	return b;
}

/* From a large page's border on; the kernel gives it zeroed, and as it is used. */
static struct pool_wide *
wide_make(size_t size)
{
	size_t mapped = size < WIDE ? WIDE_MAPPED : size + 2 * LARGE_PAGE;
	unsigned char *from, *map = mmap(NULL, mapped, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct pool_wide *w;

	if (map == MAP_FAILED)
		err_die("out of memory");
	from = map + (LARGE_PAGE - (uintptr_t)map % LARGE_PAGE) % LARGE_PAGE;
	w = (struct pool_wide *)from;
	madvise(from, (size_t)(map + mapped - from), MADV_HUGEPAGE);
	*w = (struct pool_wide){ .map = map, .mapped = mapped, .used = WIDE_HEAD,
		.size = (size_t)(map + mapped - from), .clean = WIDE_HEAD };
	return w;
}

/* A spare one where there is room in it. */
static struct pool_wide *
wide_get(size_t size)
{
	struct pool_wide *w = NULL;

	pthread_mutex_lock(&lock);
	if (size < WIDE && spare != NULL) {
		w = spare;
		spare = w->next;
		spares--;
	}
	pthread_mutex_unlock(&lock);
	return w != NULL ? w : wide_make(size);
}

static void
wide_put(struct pool_wide *w)
{
	bool kept;

	pthread_mutex_lock(&lock);
	kept = w->mapped == WIDE_MAPPED && spares < SPARES_MOST;
	if (kept) {
		w->clean = w->used > w->clean ? w->used : w->clean;
		w->used = WIDE_HEAD;
		w->next = spare;
		spare = w;
		spares++;
	}
	pthread_mutex_unlock(&lock);
	if (!kept)
		munmap(w->map, w->mapped);
}

/* In a pool that has many large things they share large pages. */
static void *
take_wide(struct pool *pool, size_t size)
{
	struct pool_wide *w = pool->wide;
	unsigned char *p;

	if (w == NULL || size > w->size - w->used) {
		w = wide_get(size);
		w->next = pool->wide;
		pool->wide = w;
	}
	p = (unsigned char *)w + w->used;
	if (w->used < w->clean)
		memset(p, 0, size < w->clean - w->used ? size : w->clean - w->used);
	w->used += size;
	return p;
}

/* What is larger than a block gets its own, behind the one in use. */
static void *
take_large(struct pool *pool, size_t size)
{
	struct pool_block *b;

	if (pool->large > LARGE_PAGE || size > LARGE_PAGE || (size >= WIDE_FROM && spares > 0))
		return take_wide(pool, size);
	pool->large += size;
	/* fresh pages are zero already */
	b = calloc(1, sizeof(*b) + size);
	if (b == NULL)
		err_die("out of memory");
	b->size = b->used = size;
	if (pool->block == NULL) {
		pool->block = b;
	} else {
		b->next = pool->block->next;
		pool->block->next = b;
	}
	return b->bytes;
}

void *
pool_take(struct pool *pool, size_t size)
{
	struct pool_block *b = pool->block;
	size_t next;
	void *p;

	if (size > SIZE_MAX / 2)
		err_die("pool: too much asked for");
	size = size == 0 ? ALIGN : (size + ALIGN - 1) / ALIGN * ALIGN;
	if (b == NULL || size > b->size - b->used) {
		next = b == NULL || b->size < BLOCK_FIRST ? BLOCK_FIRST : b->size * 2;
		if (next > BLOCK_LAST)
			next = BLOCK_LAST;
		if (size > next / 2)
			return take_large(pool, size);
		b = block_make(next);
		b->next = pool->block;
		pool->block = b;
	}
	p = memset(b->bytes + b->used, 0, size);
	b->used += size;
	return p;
}

void *
pool_array(struct pool *pool, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		err_die("pool: too much asked for");
	return pool_take(pool, n * size);
}

char *
pool_strndup(struct pool *pool, const char *s, size_t n)
{
	char *p;

	n = strnlen(s, n);
	p = pool_take(pool, n + 1);
	memcpy(p, s, n);
	return p;
}

char *
pool_strdup(struct pool *pool, const char *s)
{
	return pool_strndup(pool, s, strlen(s));
}

char *
pool_join(struct pool *pool, const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	char *p = pool_take(pool, n + m + 1);

	memcpy(p, a, n);
	memcpy(p + n, b, m);
	return p;
}

char *
pool_fmt(struct pool *pool, const char *fmt, ...)
{
	va_list ap, again;
	char *p, most[128];
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(most, sizeof(most), fmt, again);
	va_end(again);
	if (n < 0)
		err_die("pool_fmt: bad format");
	p = pool_take(pool, (size_t)n + 1);
	if ((size_t)n < sizeof(most))
		memcpy(p, most, (size_t)n);
	else
		vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void
pool_adopt(struct pool *pool, void *heap)
{
	struct pool_block *b;

	if (heap == NULL)
		return;
	if (pool->block == NULL)
		pool_take(pool, 1);
	b = block_make(0);
	b->adopted = heap;
	b->next = pool->block->next;
	pool->block->next = b;
}

static void
free_blocks(struct pool_block *b)
{
	struct pool_block *next;

	for (; b != NULL; b = next) {
		next = b->next;
		free(b->adopted);
		free(b);
	}
}

static void
free_wides(struct pool *pool)
{
	struct pool_wide *next;

	for (struct pool_wide *w = pool->wide; w != NULL; w = next) {
		next = w->next;
		wide_put(w);
	}
	pool->wide = NULL;
	pool->large = 0;
}

void
pool_clear(struct pool *pool)
{
	free_wides(pool);
	free_blocks(pool->block);
	pool->block = NULL;
}

void
pool_reset(struct pool *pool)
{
	struct pool_block *b = pool->block;

	if (b == NULL || b->size > BLOCK_LAST || b->adopted != NULL) {
		pool_clear(pool);
		return;
	}
	free_wides(pool);
	free_blocks(b->next);
	b->next = NULL;
	b->used = 0;
}
