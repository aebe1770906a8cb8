/* A city as the board sees it: the real 52 rows, invented numbers, everything filled in. */
#ifndef TESTS_VIEW_BOARD_FIXTURE_H
#define TESTS_VIEW_BOARD_FIXTURE_H

#include "base/pool.h"
#include "view/board/board.h"

enum { FIXTURE_YEARS = 4, FIXTURE_SECTORS = 12, FIXTURE_DIMENSIONS = 5, FIXTURE_CITIES = 21,
	FIXTURE_PUBLISHED = 3, FIXTURE_HEADS = 3, FIXTURE_FIELDWORK = 9, FIXTURE_SITES = 6 };

struct fixture {
	struct pool pool;
	struct tracker tracker;
	struct series csi, csi_open, complaints, cqi, share, broken,
		dimension_series[FIXTURE_DIMENSIONS];
	struct figure sector[FIXTURE_SECTORS], dimension[FIXTURE_DIMENSIONS];
	struct rank_row rank[FIXTURE_CITIES];
	struct published_row published[FIXTURE_PUBLISHED];
	struct head_row head[FIXTURE_HEADS];
	struct board_fieldwork_row fieldwork[FIXTURE_FIELDWORK];
	struct board_site_row site[FIXTURE_SITES];
	const struct series *feed[FIXTURE_DIMENSIONS + 2];	/* of the page
								 * fixture_page() filled last */
};

/* file: data/programme.json, published: tests/data/published_43.json.
 * fixture_clear() gives everything back. */
void fixture_fill(struct fixture *fixture, const char *file, const char *published);
void fixture_clear(struct fixture *fixture);

struct board_frame fixture_frame(enum lang lang, bool open);
struct board_indicator fixture_page(struct fixture *fixture, const char *id);

/* mapping "acsi-1-10"; the interval is the value +- 1.96 se. */
struct estimate fixture_estimate(double value, double se, double n, double deff);
/* years from 2021 on, steps computed as for independent samples. */
void fixture_series(struct fixture *fixture, struct series *series, const char *form,
	const char *index, const char *stream, struct words label, const double value[],
	const double se[], const double n[]);

#endif
