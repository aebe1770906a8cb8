/* The same work on several processors, block by block: who does a block never
 * shows in the result. */
#ifndef STATS_PARALLEL_H
#define STATS_PARALLEL_H

#include <stddef.h>

/* Does block i of arg; writes nothing another block reads. */
typedef void parallel_block(void *arg, size_t i);

/*
 * Every block 0 .. n - 1 once, in any order, on as many threads as there are
 * processors (parallel_threads() sets another number; 0 puts it back).  Where
 * threads cannot be started the caller does all itself.
 */
void parallel_each(size_t n, parallel_block *block, void *arg);
void parallel_threads(size_t n);

#endif
