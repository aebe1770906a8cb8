/* What officials see: the board, a department, an indicator, fieldwork; and the public pages. */
#ifndef VIEW_BOARD_BOARD_H
#define VIEW_BOARD_BOARD_H

#include "base/text.h"
#include "forms/form.h"
#include "stats/estimate.h"
#include "track/track.h"

/*
 * Where the pages' links and forms lead; ROOT is frame.root.  Every form carries _csrf.
 *
 *	GET  ROOT				board; ?department=NAME and ?state=met|missed|...
 *						filter it ("" and unknown: all)
 *	ROOT, departments, indicator/ID		?year=2023: of that year; links among them keep it
 *	GET  ROOT departments			who answers for what
 *	GET  ROOT indicator/ID			one row, "indicator/43"
 *	GET  ROOT ledger, ROOT published, ROOT published/ID
 *	GET  ROOT fieldwork, ROOT sites		shown to the roles that may open them
 *	GET  ROOT export/figures.csv
 *	GET  ROOT poster/CODE.pdf, ROOT poster/all.pdf, ROOT qr/CODE.svg
 *	POST ROOT login				fields name, password
 *	POST ROOT password			fields old, new, again
 *	POST ROOT logout
 *	GET  /, /published/ID, /ledger, /privacy, /r/	public
 *
 * POSTs of a login and a password carry `next`, where to go on to; every other form `_page`, where
 * it stands.  The language link is frame.self with lang=zh-CN or lang=en in place of any it had.
 * Pages hold no script and no inline style; the style sheet is board_css_path().
 */

/* What frames every page. */
struct board_frame {
	enum lang lang;
	bool demo;
	bool public;		/* published figures only, no login links */
	const char *city;
	const char *root;	/* "/desk/" or "/": what links start with */
	const char *user, *role;	/* logged in as; NULL on public pages */
	const char *csrf;	/* field _csrf of every form; NULL before a login has a token */
	const char *department;	/* own department, or NULL */
	const char *self;	/* this page's path with query, for the language link */
	const char *next;	/* login, password: the page of the desk to go
				 * on to; NULL: its first */
	const char *made;	/* "2024-05-12 09:30" */
	int year;		/* the board's, where one was asked for: kept in links; 0 */
	const char *version;	/* program version */
	const struct programme *programme;	/* in force: its English, and who everyone
						 * is; NULL: none known */
};

/* Zeroed standing would mean MET: set it to -1. */
struct board_filter {
	const char *department;	/* only its rows, lead before cooperating; NULL: all */
	int standing;		/* -1: all */
};

void board_page(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter);

/* ---- departments.c ---- */
void board_departments(struct text *out, const struct board_frame *frame,
	const struct tracker *tracker);

/* One indicator: headline, yearly line with its band, numbers, truth table, record, method. */
struct board_indicator {
	const struct tracker *tracker;
	const struct track_row *row;
	const struct series *const *series;	/* the one that answers first, then the other
						 * sampled ones, complaints, the open stream */
	size_t series_n;
	const struct figure *domain;		/* newest year by sector or
						 * dimension, one stream, or NULL */
	size_t domains;
	const struct rank_row *rank;		/* peers; may be NULL */
	size_t ranks;
	const struct published_row *published;	/* versions; newest last */
	size_t published_n;
	const char *ledger_head;		/* hex of the newest signed root, or NULL */
	long long ledger_size;
};

/* ---- indicator.c ---- */
void board_indicator(struct text *out, const struct board_frame *frame,
	const struct board_indicator *page);

/* Answers so far by wave, stream and site. */
struct board_fieldwork_row {
	const char *wave, *stream, *site, *sector;	/* sector: in words */
	long long n, flagged;
	const char *first, *last;	/* minutes as text */
	const char *sector_code;	/* "S07", shown small; "" if none */
};
/* Single-use tickets of a wave. */
struct board_ticket_row {
	const char *wave, *title;	/* "C-2026"; the form's, "" if unknown */
	long long made, used, taken_back, expired;	/* expired: unused
							 * when their time was over */
};

/* ---- fieldwork.c ---- */
/* warning[warnings]: what is to be known of a wave's approval, in words. */
void board_fieldwork(struct text *out, const struct board_frame *frame,
	const struct board_fieldwork_row row[], size_t n, const struct board_ticket_row ticket[],
	size_t tickets, const char *const warning[], size_t warnings);
/* Sites with codes, addresses, poster links. */
struct board_site_row {
	const char *code, *url, *name, *window, *sector, *township;	/* the last two in words */
	bool active;
	long long n;		/* answers */
	const char *sector_code, *township_code;	/* shown small; "" if none */
};
void board_sites(struct text *out, const struct board_frame *frame,
	const struct board_site_row row[], size_t n);

/* Login, change of a one-time password, and a plain message page. */
/* minutes: how long to wait, with LOGIN_SLOW_DOWN and PASSWORD_SLOW_DOWN. */
enum board_login { LOGIN_FRESH, LOGIN_WRONG, LOGIN_SLOW_DOWN, LOGIN_CROWDED, LOGIN_EXPIRED };

/* ---- login.c ---- */
void board_login(struct text *out, const struct board_frame *frame, enum board_login state,
	int minutes, const char *name);
enum board_password {
	PASSWORD_FRESH, PASSWORD_SHORT, PASSWORD_DIFFER, PASSWORD_SAME, PASSWORD_WRONG,
	PASSWORD_SLOW_DOWN, PASSWORD_CROWDED
};
void board_password(struct text *out, const struct board_frame *frame,
	enum board_password state, int minutes);
void board_message(struct text *out, const struct board_frame *frame, struct words title,
	struct words text);

/* ---- public.c ---- */
/*
 * Public: what this is, the published figures (sampled and open apart), heads of the ledger.
 *
 * A published row's body is shown from these members, all optional:
 *	"headline", "reason"	{"zh":"","en":""}
 *	"standing"		standing_name()
 *	"both", "governs"	{"zh","en"}; {"value","signed_by"}: the two readings, the one signed
 *				to govern
 *	"estimates"		as `manyi index --json` writes them, "label" {"zh":"","en":""} too
 *	"clauses"		[{"text","sentence":{"zh","en"},"literal":true|false|null,
 *				"value","unit","year","source","date","strength":{"zh","en"}}];
 *				the sentence is made from the rule in "text" where there is none
 * and its provenance from "program", "form", "form_version", "mapping", "method", "margins",
 * "margins_hash", "ledger_head", "command".  Words may be one string instead of {"zh","en"}.  An
 * estimate without interval and n, or with "error", is never shown as a number.
 */
void board_public(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct published_row published[], size_t n);

/* ---- ledger.c ---- */
void board_ledger(struct text *out, const struct board_frame *frame,
	const struct head_row head[], size_t n, const char *public_key);

/* ---- frame.c ---- */
/* The style sheet's bytes (static), and its address "/s/HASH.css": the bytes decide the HASH,
 * so it may be cached for ever. */
const char *board_css(size_t *n);
void board_css_path(struct text *out);

#endif
