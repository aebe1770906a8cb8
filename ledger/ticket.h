/* Tickets: single-use codes on paper, and the keyed hash that is all we keep of one. */
#ifndef LEDGER_TICKET_H
#define LEDGER_TICKET_H

#include "base/err.h"
#include "base/pool.h"

enum {
	TICKET_CODE_N = 12,	/* 11 characters of 5 random bits and a check character */
	TICKET_BYTES = 16	/* of the hash */
};

/*
 * The key of all tickets of one database: 32 bytes in a file beside it (mode 0600, hex).  Who has a
 * copy of the database without it, a backup say, can neither try codes against the hashes nor
 * recognise one he holds.
 */
struct ticket_key {
	unsigned char bytes[32];
};

/* "ticket.key" beside the database. */
const char *ticket_key_path(const char *db_path, struct pool *pool);
/* Fails when the file is missing (ERR_MISSING), malformed, or readable by others (ERR_DENIED). */
int ticket_key_load(struct ticket_key *key, const char *path, struct err *err);
/* The same, made first where there is none; it belongs to whoever owns the
 * database, who must read it. */
int ticket_key_ready(struct ticket_key *key, const char *path, const char *db_path,
	struct err *err);
void ticket_key_clear(struct ticket_key *key);

/* A fresh code, 55 random bits: who tries a million a day against a million tickets meets
 * one in a hundred years. */
void ticket_code(char code[TICKET_CODE_N + 1]);
/* "K7Q2-9XMP-4TDC", as printed. */
void ticket_print(char out[TICKET_CODE_N + 3], const char *code);

/* BLAKE2b keyed with the key, of a code as code_normal() leaves it. */
void ticket_hash(unsigned char hash[TICKET_BYTES], const struct ticket_key *key, const char *code);

#endif
