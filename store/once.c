/* A bit for each row. */
#include "store/once.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static size_t
byte_of(int64_t id)
{
	return (size_t)(id / 8);
}

static unsigned char
mask_of(int64_t id)
{
	return (unsigned char)(1 << id % 8);
}

bool
once_done(const struct once *once, int64_t id)
{
	return id > 0 && byte_of(id) < once->n && (once->bit[byte_of(id)] & mask_of(id)) != 0;
}

/* Twice as much each time, so that ids which only grow are copied now and then. */
static void
grow(struct once *once, size_t least)
{
	size_t n = least > 2 * once->n ? least : 2 * once->n;
	unsigned char *bit = realloc(once->bit, n);

	if (bit == NULL)
		err_die("realloc");
	memset(bit + once->n, 0, n - once->n);
	*once = (struct once){ bit, n };
}

void
once_mark(struct once *once, int64_t id)
{
	if (byte_of(id) >= once->n)
		grow(once, byte_of(id) + 1);
	once->bit[byte_of(id)] |= mask_of(id);
}

void
once_forget(struct once *once, int64_t id)
{
	if (once_done(once, id))
		once->bit[byte_of(id)] &= (unsigned char)~mask_of(id);
}

void
once_clear(struct once *once)
{
	free(once->bit);
	*once = (struct once){ 0 };
}
