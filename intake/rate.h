/* How many answers come at once from one network and at one site: over the limit they
 * are slower and marked. */
#ifndef INTAKE_RATE_H
#define INTAKE_RATE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Nobody is ever refused: a service hall's Wi-Fi, or a carrier's one address for thousands of
 * phones, is many people.  A network is what nginx tells of it, the first three bytes of an IPv4
 * address or the first 48 bits of an IPv6 one; here it becomes a number under a key that lives in
 * memory alone and changes every day with all counts, and is forgotten.  Counts have a fixed size:
 * a sketch (Cormode and Muthukrishnan 2005) of leaky buckets, which may only err by counting
 * somebody for more than he is.
 */
struct rate;

struct rate *rate_new(void);
void rate_free(struct rate *rate);

/* Answers at once and then a minute, before they count as too many. */
enum {
	RATE_NETWORK_BURST = 300, RATE_NETWORK_MINUTE = 120,
	RATE_SITE_BURST = 60, RATE_SITE_MINUTE = 30,
	RATE_DELAY_MAX = 3000	/* milliseconds: slower, but no page gives up on it */
};

struct rate_verdict {
	int rush;		/* RUSH_* bits of forms/paradata.h */
	int64_t delay_ms;	/* 0..RATE_DELAY_MAX */
};

/*
 * One more answer.  network, site: "" is not counted.  now_ms of a clock that only goes forward,
 * second since 1970 for the day in China.
 */
struct rate_verdict rate_count(struct rate *rate, const char *network, const char *site,
	int64_t now_ms, int64_t second);

/* Bytes it takes, however many networks there are. */
size_t rate_size(void);

#endif
