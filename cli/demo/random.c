/* Streams under one seed, and whole-number draws from them. */
#include "cli/demo/random.h"

#include <assert.h>

void
demo_random_start(struct demo_random *r, uint64_t seed, uint64_t stream)
{
	uint64_t state = seed;

	/* Two passes keep neighbouring seeds and streams apart. */
	state = random_split(&state) ^ stream * 0xd1342543de82ef95u;
	for (size_t i = 0; i < 4; i++)
		r->bits.s[i] = random_split(&state);
}

uint32_t
demo_random_below(struct demo_random *r, uint32_t n)
{
	uint32_t first, x;

	assert(n >= 1);
	first = (uint32_t)(((uint64_t)1 << 32) % n);
	/* Values below `first` would make small results likelier. */
	do
		x = (uint32_t)(random_bits(&r->bits) >> 32);
	while (x < first);
	return x % n;
}

bool
demo_random_chance(struct demo_random *r, int per_mille)
{
	return (int)demo_random_below(r, 1000) < per_mille;
}

size_t
demo_random_pick(struct demo_random *r, const int weight[], size_t n)
{
	uint32_t sum = 0, x;
	size_t i;

	for (i = 0; i < n; i++)
		sum += (uint32_t)weight[i];
	x = demo_random_below(r, sum);
	for (i = 0; i < n && x >= (uint32_t)weight[i]; i++)
		x -= (uint32_t)weight[i];
	return i;
}

int
demo_random_normal(struct demo_random *r, int sd)
{
	int64_t sum = 0, x;

	for (int i = 0; i < 3; i++) {
		uint64_t bits = random_bits(&r->bits);

		for (int k = 0; k < 4; k++, bits >>= 16)
			sum += (int64_t)(bits & 0xffff);
	}
	/* Twelve uniforms on 0..65535 have mean 6 * 65535 and standard deviation 65536. */
	x = (sum - 6 * 65535) * sd;
	return (int)((x + (x < 0 ? -32768 : 32768)) / 65536);
}
