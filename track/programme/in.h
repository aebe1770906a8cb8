/* Inside track: one reading of a programme's file. */
#ifndef TRACK_PROGRAMME_IN_H
#define TRACK_PROGRAMME_IN_H

#include "base/json.h"
#include "track/programme/programme.h"

enum { PROGRAMME_FAULTS_MAX = 100, PROGRAMME_ROWS_MAX = 999, PROGRAMME_BYTES_MAX = 4 << 20 };

struct programme_reader {
	struct pool *pool;
	const char *source;		/* the file's text, for lines and columns */
	struct fault *fault;
	size_t faults;
	struct programme *programme;	/* being filled */
	struct english english;		/* the same, grown as texts with English are met */
	size_t english_room;
};

/* ---- read.c: single values; where is the JSON Pointer of what holds them ---- */

enum need { NEED_NOT, NEED };

/* One fault of the value at where, "what; what to write instead", in the process's language. */
void programme_fault(struct programme_reader *r, const char *where, const char *zh, const char *en,
	...) __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
/* A pointer one step longer: "/rows" and 3 or "title". */
const char *programme_at(struct programme_reader *r, const char *where, const char *key);
const char *programme_nth(struct programme_reader *r, const char *where, size_t i);
/* Every key must be among allowed (NULL-terminated).  False where it is no object. */
bool programme_keys(struct programme_reader *r, const json_t *object, const char *where,
	const char *const allowed[]);

/* A text on one line, "" after a fault or where it is not there. */
const char *programme_text(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need);
/* A text, or {"zh", "en"}: the Chinese, its English put among the programme's. */
const char *programme_named(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need);
/* The same, both. */
struct words programme_words(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need);
/* A list of texts; joined by ';' or as an array. */
const char *programme_list(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need);
const char *const *programme_texts(struct programme_reader *r, const json_t *object,
	const char *key, const char *where, enum need need, size_t *n);
/* A whole number within bounds; none where it is not there. */
int programme_whole(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, int low, int high, int none);
/* Which of the NULL-terminated words it is; -1 after a fault or where it is not there. */
int programme_word(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need, const char *const word[]);
/* A list of some of those words, joined by ';'. */
const char *programme_choices(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, const char *const word[]);
/* The document that says so and its day: both or neither. */
void programme_proof(struct programme_reader *r, const json_t *object, const char *where,
	const char **document, const char **date);
/* English of a text that stands elsewhere. */
void programme_english(struct programme_reader *r, const char *zh, const char *en,
	const char *where);

/* ---- row.c ---- */

/* The rows, after chapters and departments. */
void programme_rows(struct programme_reader *r, const json_t *root);

#endif
