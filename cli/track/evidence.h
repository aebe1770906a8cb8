/* Commands of manyi track that are about documents. */
#ifndef CLI_TRACK_EVIDENCE_H
#define CLI_TRACK_EVIDENCE_H

#include "cli/cli.h"

/* track evidence add, accept, return. */
int track_evidence_add(struct cli *cli, struct err *err);
int track_evidence_accept(struct cli *cli, struct err *err);
int track_evidence_return(struct cli *cli, struct err *err);
extern const struct args_option track_evidence_options[], track_accept_options[],
	track_return_options[];

/* A file's name without its folder and its SHA-256: it stays with its owner, its
 * digest is what we keep. */
int track_digest_file(const char **name, const char **digest, const char *path, struct pool *pool,
	struct err *err);

#endif
