/* Sketches of leaky buckets. */
#include "intake/rate.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/date.h"
#include "base/err.h"
#include "base/siphash.h"
#include "forms/paradata.h"

enum { ROWS = 4, CELLS = 4096 };

struct cell {
	float level;		/* answers that have not leaked away yet */
	uint32_t ms;		/* when that was, since the sketch began */
};

struct sketch {
	struct cell cell[ROWS][CELLS];
};

struct rate {
	unsigned char key[16];
	int64_t day;		/* midnight of the key's; -1: none yet */
	int64_t began;		/* now_ms when the day's counts began */
	struct sketch network, site;
};

/* What one kind of place may send. */
struct limit {
	double burst, ms;	/* answers at once; answers a millisecond after that */
};

static const struct limit networks = { RATE_NETWORK_BURST, RATE_NETWORK_MINUTE / 60000. };
static const struct limit sites = { RATE_SITE_BURST, RATE_SITE_MINUTE / 60000. };

struct rate *
rate_new(void)
{
	struct rate *rate = calloc(1, sizeof(*rate));

	if (rate == NULL)
		err_die("calloc");
	rate->day = -1;
	return rate;
}

void
rate_free(struct rate *rate)
{
	if (rate != NULL)
		explicit_bzero(rate, sizeof(*rate));
	free(rate);
}

size_t
rate_size(void)
{
	return sizeof(struct rate);
}

static void
change_key(struct rate *rate, int64_t day, int64_t now_ms)
{
	explicit_bzero(rate, sizeof(*rate));
	if (getrandom(rate->key, sizeof(rate->key), 0) != sizeof(rate->key))
		err_die("getrandom");
	rate->day = day;
	rate->began = now_ms;
}

/* The bucket's level now, one answer more. */
static double
fill(struct cell *cell, const struct limit *limit, uint32_t ms)
{
	double level = cell->level - limit->ms * (double)(ms - cell->ms);

	cell->level = (float)(level > 0 ? level : 0) + 1;
	cell->ms = ms;
	return cell->level;
}

/* How far over the limit, in answers; 0 or less: within it.  The least full of its buckets is the
 * nearest to the truth. */
static double
count(struct sketch *sketch, const struct limit *limit, uint64_t hash, uint32_t ms)
{
	double least = fill(&sketch->cell[0][hash % CELLS], limit, ms);

	for (int row = 1; row < ROWS; row++) {
		double level = fill(&sketch->cell[row][(hash >> 12 * row) % CELLS], limit, ms);

		least = level < least ? level : least;
	}
	return least - limit->burst;
}

/* Slow down to what is allowed, within reason. */
static void
judge(struct rate_verdict *verdict, double over, const struct limit *limit, int rush)
{
	double wait = over / limit->ms;

	if (over <= 0)
		return;
	verdict->rush |= rush;
	if (wait > RATE_DELAY_MAX)
		wait = RATE_DELAY_MAX;
	if ((int64_t)wait > verdict->delay_ms)
		verdict->delay_ms = (int64_t)wait;
}

struct rate_verdict
rate_count(struct rate *rate, const char *network, const char *site, int64_t now_ms, int64_t second)
{
	struct rate_verdict verdict = { 0 };
	int64_t day = date_midnight(second / 60);
	uint32_t ms;

	if (day != rate->day)
		change_key(rate, day, now_ms);
	ms = (uint32_t)(now_ms - rate->began);
	if (network[0] != '\0')
		judge(&verdict, count(&rate->network, &networks,
			siphash(rate->key, network, strlen(network)), ms), &networks, RUSH_NETWORK);
	if (site[0] != '\0')
		judge(&verdict,
			count(&rate->site, &sites, siphash(rate->key, site, strlen(site)), ms),
			&sites, RUSH_SITE);
	return verdict;
}
