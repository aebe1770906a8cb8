/* Simulated residents: who they are, how they were reached, how they feel. */
#ifndef CLI_DEMO_PEOPLE_H
#define CLI_DEMO_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/demo/city.h"

enum { DEMO_FIRST_YEAR = 2021, DEMO_YEARS = 4 };

/* What does not change from person to person. */
struct demo_world {
	uint64_t seed;
	struct demo_psu psu[DEMO_PSUS];
	int psu_year[DEMO_PSUS][DEMO_YEARS];	/* small yearly moves of a community,
						 * thousandths of a point */
	int sector[DEMO_SECTORS + 1];		/* effect of a sector; [0] unused */
	int sector_year[DEMO_SECTORS + 1][DEMO_YEARS];
	int site[DEMO_SITES];			/* effect of a place on those who scan its poster */
	int communities[DEMO_STRATA];		/* sampled PSUs of a stratum */
};
void demo_world_make(struct demo_world *world, uint64_t seed);

/*
 * The truth the waves try to see: city-wide feeling by year, in thousandths of a point of
 * the ten-point scale, above the first year.  Form A: +0.4, +0.1, +0.6 points of the
 * index, about a fifth of which is lost where answers are cut off at 10.
 */
extern const int demo_truth_a[DEMO_YEARS];
extern const int demo_truth_c[DEMO_YEARS];

/* One wave and stream to fill. */
struct demo_scene {
	char form;		/* 'A', 'B' or 'C' */
	int year;		/* index, 0..DEMO_YEARS-1 */
	bool open;		/* whoever scanned the poster; else a phone or household sample */
	int64_t first, last;	/* minutes of the fieldwork */
	int size;		/* answers wanted */
};

struct demo_person {
	int sex, age, edu, hukou, occ;	/* codes of the questionnaires */
	int township;			/* index, or -1: from outside */
	int sector;			/* 1..12 used last; 0: none of them */
	bool conflict;			/* works there, or above it */
	int feeling;			/* thousandths of a point above or below the usual */
	int psu;			/* sampled: index; else -1 */
	int site;			/* open: index; else -1 */
	bool phone;			/* sampled: by phone, else at home */
	int64_t weight;			/* base weight in millionths */
	int64_t minute;
	int seconds;			/* taken to answer */
};

/* The i-th person of a scene. */
void demo_person_make(struct demo_person *p, const struct demo_world *world,
	const struct demo_scene *scene, int i, struct demo_random *r);

#endif
