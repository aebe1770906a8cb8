/* The generators as published, and whole-number draws from them. */
#include "cli/demo_random.h"

#include <assert.h>

uint64_t
demo_random_split(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

void
demo_random_start(struct demo_random *r, uint64_t seed, uint64_t stream)
{
	uint64_t state = seed;

	/* Two passes keep neighbouring seeds and streams apart. */
	state = demo_random_split(&state) ^ stream * 0xd1342543de82ef95u;
	for (size_t i = 0; i < 4; i++)
		r->s[i] = demo_random_split(&state);
}

static uint64_t
rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t
demo_random_bits(struct demo_random *r)
{
	uint64_t *s = r->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

uint32_t
demo_random_below(struct demo_random *r, uint32_t n)
{
	uint32_t first = (uint32_t)(((uint64_t)1 << 32) % n), x;

	assert(n >= 1);
	/* Values below `first` would make small results likelier. */
	do
		x = (uint32_t)(demo_random_bits(r) >> 32);
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
		uint64_t bits = demo_random_bits(r);

		for (int k = 0; k < 4; k++, bits >>= 16)
			sum += (int64_t)(bits & 0xffff);
	}
	/* Twelve uniforms on 0..65535 have mean 6 * 65535 and standard deviation 65536. */
	x = (sum - 6 * 65535) * sd;
	return (int)((x + (x < 0 ? -32768 : 32768)) / 65536);
}
