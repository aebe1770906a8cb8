/* Why there is no figure: one stable word per reason, for scripts and for pages. */
#ifndef STATS_FAULT_H
#define STATS_FAULT_H

#include "base/err.h"

/*
 * Functions of stats/ that can fail return 0 or one of these (all negative),
 * and fill *err with the sentence that names the stratum, item or category.
 */
enum stats_fault {	/* forms/ has a struct fault */
	FAULT_NONE = 0,
	FAULT_INPUT = -1,		/* a number or name makes no sense */
	FAULT_LONELY_PSU = -2,		/* one PSU in a stratum */
	FAULT_ONE_PSU = -3,		/* one PSU in all: no variance */
	FAULT_EMPTY_DOMAIN = -4,	/* nobody belongs to it */
	FAULT_ALL_MISSING = -5,		/* nobody in it answered */
	FAULT_CONSTANT = -6,		/* a constant item where variation is needed */
	FAULT_NOT_NESTED = -7,		/* a cluster in two strata */
	FAULT_WEIGHT = -8,		/* a weight is missing, negative or not finite */
	FAULT_FPC = -9,			/* population sizes that cannot be */
	FAULT_MARGIN_EMPTY = -10,	/* a margin category without respondents */
	FAULT_MARGIN_UNLISTED = -11,	/* respondents in a category without a target */
	FAULT_MARGIN_TOTALS = -12,	/* margins of different totals */
	FAULT_MARGIN_TARGET = -13,	/* a target that is not positive */
	FAULT_NOT_CONVERGED = -14,	/* calibration cannot reach its targets */
	FAULT_TOO_FEW = -15,		/* too few values for this method */
	FAULT_COLUMN = -16,		/* no such column, variable or score */
	FAULT_MISSING_DESIGN = -17,	/* a stratum, cluster or population size is missing in a
					 * row */
	FAULT_NUMERIC = -18,		/* a singular system or a number out of range */
	FAULT_LONELY_DOMAIN = -19,	/* all of a domain's answers come from one sampling unit */
	FAULT_ALIKE = -20,		/* all answers are alike: no interval
					 * without further assumptions */
	FAULT_MIN = -20
};

/* "lonely_psu", "empty_domain", ...; "" for 0, "input" for an unknown number. */
const char *fault_word(int fault);
/* ERR_REFUSED where the data cannot give the figure, ERR_INPUT where the request is wrong. */
enum err_code fault_code(int fault);

/* Fill *err and be the fault: return fault_set(err, FAULT_X, zh, en, ...). */
#define fault_set(err, fault, ...) \
	(err_set((err), fault_code(fault), __VA_ARGS__), (int)(fault))

#endif
