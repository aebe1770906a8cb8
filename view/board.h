/* What officials see: the board, a department, an indicator, fieldwork; and the public pages. */
#ifndef VIEW_BOARD_H
#define VIEW_BOARD_H

#include "base/text.h"
#include "forms/form.h"
#include "stats/estimate.h"
#include "track/track.h"

/* What frames every page. */
struct board_frame {
	enum lang lang;
	bool demo;
	bool public;		/* published figures only, no login links */
	const char *city;
	const char *root;	/* "/desk/" or "/": what links start with */
	const char *user, *role;	/* logged in as; NULL on public pages */
	const char *csrf;	/* token for the logout form; NULL on public pages */
	const char *department;	/* own department, or NULL */
	const char *self;	/* this page's path with query, for the language link */
	const char *made;	/* "2024-05-12 09:30" */
	const char *version;	/* program version */
};

struct board_filter {
	const char *department;	/* only its rows, lead before cooperating; NULL: all */
	int standing;		/* -1: all */
};

void board_page(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter);
void board_departments(struct text *out, const struct board_frame *frame, const struct tracker *tracker);

/* One indicator: headline, yearly line with its band, the numbers, the truth table, provenance, duties. */
struct board_indicator {
	const struct tracker *tracker;
	const struct track_row *row;
	const struct series *const *series;	/* index series that feed it, sampled first */
	size_t series_n;
	const struct measure *domain;		/* newest year by sector (43, 40) or dimension (47); may be NULL */
	size_t domains;
	const struct rank_row *rank;		/* 40: peers; may be NULL */
	size_t ranks;
	const struct published_row *published;	/* versions; newest last */
	size_t published_n;
	const char *ledger_head;		/* hex of the newest signed root, or NULL */
	long long ledger_size;
};
void board_indicator(struct text *out, const struct board_frame *frame, const struct board_indicator *page);

/* Answers so far by wave, stream and site. */
struct board_fieldwork_row {
	const char *wave, *stream, *site, *sector;
	long long n, flagged;
	const char *first, *last;	/* minutes as text */
};
void board_fieldwork(struct text *out, const struct board_frame *frame,
	const struct board_fieldwork_row row[], size_t n);
/* Sites with codes, addresses, poster links. */
struct board_site_row { const char *code, *url, *name, *window, *sector, *township; bool active; long long n; };
void board_sites(struct text *out, const struct board_frame *frame, const struct board_site_row row[], size_t n);

/* Login, change of a one-time password, and a plain message page. */
enum board_login { LOGIN_FRESH, LOGIN_WRONG, LOGIN_SLOW_DOWN, LOGIN_EXPIRED };
void board_login(struct text *out, const struct board_frame *frame, enum board_login state, const char *name);
enum board_password { PASSWORD_FRESH, PASSWORD_SHORT, PASSWORD_DIFFER, PASSWORD_SAME, PASSWORD_WRONG };
void board_password(struct text *out, const struct board_frame *frame, enum board_password state);
void board_message(struct text *out, const struct board_frame *frame, struct words title, struct words text);

/* Public: what this is, the published figures (sampled and open apart), heads of the ledger. */
void board_public(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct published_row published[], size_t n);
void board_ledger(struct text *out, const struct board_frame *frame, const struct head_row head[], size_t n,
	const char *public_key);

const char *board_css(size_t *n);

#endif
