/* How far long work has come: a bar on a terminal, silence in a pipe. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/lang.h"

/* On standard error, so that standard output stays the command's answer.  Zeroed
 * memory shows nothing. */
struct progress {
	struct words what;	/* "生成答卷" */
	int64_t total;		/* steps in all, > 0 */
	int64_t done;
	int shown;		/* per mille last drawn; -1: none */
	bool terminal;
};

void progress_begin(struct progress *p, struct words what, int64_t total);
/* n more steps are done; draws at most 1000 times in all. */
void progress_step(struct progress *p, int64_t n);
/* Wipes the bar. */
void progress_end(struct progress *p);

#endif
