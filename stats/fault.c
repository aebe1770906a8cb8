/* Why there is no figure, as words. */
#include "stats/fault.h"

static const char *const word[-FAULT_MIN + 1] = {
	[0] = "",
	[-FAULT_INPUT] = "input",
	[-FAULT_LONELY_PSU] = "lonely_psu",
	[-FAULT_ONE_PSU] = "one_psu",
	[-FAULT_EMPTY_DOMAIN] = "empty_domain",
	[-FAULT_ALL_MISSING] = "all_missing",
	[-FAULT_CONSTANT] = "constant",
	[-FAULT_NOT_NESTED] = "not_nested",
	[-FAULT_WEIGHT] = "weight",
	[-FAULT_FPC] = "fpc",
	[-FAULT_MARGIN_EMPTY] = "margin_empty",
	[-FAULT_MARGIN_UNLISTED] = "margin_unlisted",
	[-FAULT_MARGIN_TOTALS] = "margin_totals",
	[-FAULT_MARGIN_TARGET] = "margin_target",
	[-FAULT_NOT_CONVERGED] = "not_converged",
	[-FAULT_TOO_FEW] = "too_few",
	[-FAULT_COLUMN] = "column",
	[-FAULT_MISSING_DESIGN] = "missing_design",
	[-FAULT_NUMERIC] = "numeric",
	[-FAULT_LONELY_DOMAIN] = "lonely_domain",
	[-FAULT_ALIKE] = "all_alike",
};

const char *
fault_word(int fault)
{
	return fault > 0 || fault < FAULT_MIN ? word[-FAULT_INPUT] : word[-fault];
}

enum err_code
fault_code(int fault)
{
	switch (fault) {
	case FAULT_LONELY_PSU:
	case FAULT_ONE_PSU:
	case FAULT_EMPTY_DOMAIN:
	case FAULT_ALL_MISSING:
	case FAULT_CONSTANT:
	case FAULT_MARGIN_EMPTY:
	case FAULT_MARGIN_UNLISTED:
	case FAULT_NOT_CONVERGED:
	case FAULT_TOO_FEW:
	case FAULT_NUMERIC:
	case FAULT_LONELY_DOMAIN:
	case FAULT_ALIKE:
		return ERR_REFUSED;
	default:
		return ERR_INPUT;
	}
}
