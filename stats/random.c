/* xoshiro256** */
#include "stats/random.h"

#include <gsl/gsl_cdf.h>

static uint64_t
rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t
random_split(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

void
random_seed(struct random *r, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
		r->s[i] = random_split(&seed);
}

uint64_t
random_bits(struct random *r)
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

double
random_uniform(struct random *r)
{
	return ((double)(random_bits(r) >> 11) + 0.5) * 0x1p-53;
}

double
random_normal(struct random *r)
{
	return gsl_cdf_ugaussian_Pinv(random_uniform(r));
}

uint64_t
random_below(struct random *r, uint64_t n)
{
	uint64_t least = -n % n, x;

	do
		x = random_bits(r);
	while (x < least);
	return x % n;
}
