/* English for what the programme's table says in Chinese. */
#ifndef TRACK_ENGLISH_H
#define TRACK_ENGLISH_H

#include "base/lang.h"
#include "base/pool.h"

/* The English of a title, a clause, a department or a group of peers as data/indicators.en.tsv has it; NULL if it has none. */
const char *english_of(const char *zh, struct pool *pool);

/* Both; the Chinese stands for itself where there is no English. */
struct words english_words(const char *zh, struct pool *pool);

#endif
