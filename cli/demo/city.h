/* The simulated city: real township names, made-up numbers of residents, made-up places. */
#ifndef CLI_DEMO_CITY_H
#define CLI_DEMO_CITY_H

#include <stddef.h>

#include "cli/demo/random.h"

#define DEMO_CITY "瓦房店市（演示）"
#define DEMO_SOURCE "演示数据，模拟生成"

enum {
	DEMO_TOWNSHIPS = 32, DEMO_STRATA = 5, DEMO_PSUS = 120, DEMO_SECTORS = 12, DEMO_SITES = 60,
	DEMO_AGES = 6, DEMO_EDUS = 5, DEMO_SEXES = 2
};

/* Name and code are those of the administrative division; the rest is invented. */
struct demo_township {
	const char *code, *name;
	int stratum;		/* index into demo_stratum */
	int adults;		/* residents of 18 and over */
	int communities;	/* sampled 社区 or 村; they are the PSUs */
};
extern const struct demo_township demo_township[DEMO_TOWNSHIPS];
extern const char *const demo_stratum[DEMO_STRATA];

/* A place with a poster. */
struct demo_site {
	const char *name, *window;
	int sector;		/* 1..12: S01..S12 */
	int township;		/* index */
	const char *form;	/* what its poster opens */
};
extern const struct demo_site demo_site[DEMO_SITES];

/* A sampled community: the same ones every year. */
struct demo_psu {
	int township;
	char label[40];		/* "新华街道-03" */
	int effect;		/* on satisfaction, thousandths of a scale point */
};
void demo_city_psus(struct demo_psu psu[DEMO_PSUS], struct demo_random *r);

/* Adults of a stratum, and of the city. */
int demo_city_adults(int stratum);
int demo_city_all_adults(void);

/*
 * Shares of the adult population in thousandths: age bands; education given
 * age; women are a little more than half.  The margins are made from these.
 */
extern const int demo_age_share[DEMO_AGES];
extern const int demo_edu_share[DEMO_AGES][DEMO_EDUS];
extern const int demo_sex_share[DEMO_SEXES];

#endif
