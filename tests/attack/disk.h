/* A disk that remembers what was written to it, and fails when told: a SQLite VFS
 * over the system's own. */
#ifndef TESTS_ATTACK_DISK_H
#define TESTS_ATTACK_DISK_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What happened, in the order it happened. */
enum disk_kind {
	DISK_WRITE,		/* offset, bytes */
	DISK_TRUNCATE,		/* offset: the new length; a deleted file is one of no length */
	DISK_SYNC,		/* all before it of this file is there to stay */
	DISK_ACK		/* somebody was told: bytes say what */
};

enum disk_file { DISK_DB, DISK_WAL, DISK_JOURNAL, DISK_FILES };

struct disk_entry {
	uint32_t kind, file, n;		/* n of bytes */
	int64_t offset;
	unsigned char bytes[];
};

/* Calls that can be told to fail. */
enum disk_call { CALL_WRITE, CALL_SYNC, CALL_TRUNCATE, CALL_READ, CALL_OPEN, CALL_SHM, CALLS };

/* One way to fail. */
struct disk_fault {
	const char *name;
	enum disk_call call;
	int engine;			/* SQLite's code */
	int number;			/* errno */
	bool half;			/* half of the bytes are written all the same */
};
extern const struct disk_fault disk_faults[];
extern const size_t disk_faults_n;

/* Shared by this process and those it forks. */
struct disk {
	atomic_bool recording;
	atomic_size_t used;		/* bytes of log taken */
	/* the n-th call from now fails, and all after it if for good */
	const struct disk_fault *_Atomic fault;
	atomic_long left;
	atomic_bool for_good;
	atomic_long hits;		/* how often it has failed */
	/* how databases are opened, whatever db/ says; 0: as it says */
	atomic_bool normal;		/* synchronous = NORMAL */
	atomic_int checkpoint_pages;
	unsigned char log[];
};
enum { DISK_ROOM = 192 << 20 };

/* Make it the VFS of every database opened from now on; call once, before any is. */
struct disk *disk_install(void);

/* Note that something was promised to somebody. */
void disk_ack(struct disk *disk, const void *bytes, size_t n);

/* The entry at *at, which moves on; NULL after the last. */
const struct disk_entry *disk_next(const struct disk *disk, size_t *at);

/* The n-th call (from 1) fails. */
void disk_arm(struct disk *disk, const struct disk_fault *fault, long n, bool for_good);
/* No more; returns how often it has failed. */
long disk_disarm(struct disk *disk);

#endif
