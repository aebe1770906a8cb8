/* Whole files: read at once, replaced at once. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>


enum { LIMIT_DEFAULT = 1 << 30, CHUNK = 1 << 16 };

/* What is read, on the heap. */
struct reading {
	char *s;
	size_t n, room;
};

/* Room for at least one byte more; the first time for the whole file where its size is known. */
static void
reading_grow(struct reading *r, int fd, size_t limit)
{
	struct stat st;
	size_t size = r->room == 0 ? CHUNK : 2 * r->room;

	if (r->room == 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		size = (size_t)st.st_size < limit ? (size_t)st.st_size + 1 : limit + 1;
	r->s = realloc(r->s, size + FILE_SLACK);
	if (r->s == NULL)
		err_die("out of memory");
	pool_advise(r->s, size);
	r->room = size;
}

static int
read_all(struct reading *r, int fd, const char *path, size_t limit, struct err *err)
{
	ssize_t got;

	for (;;) {
		if (r->n == r->room)
			reading_grow(r, fd, limit);
		got = read(fd, r->s + r->n, r->room - r->n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set_errno(err, ERR_IO, "%s：读不出来", "%s: cannot read", path);
		if (got == 0)
			return 0;
		if ((size_t)got > limit - r->n)
			return err_set(err, ERR_INPUT, "%s：文件太大，最多 %zu 字节",
				"%s: too large, at most %zu bytes", path, limit);
		r->n += (size_t)got;
	}
}

int
file_read(const char **bytes, size_t *n, const char *path, size_t limit,
	struct pool *pool, struct err *err)
{
	struct reading r = { NULL, 0, 0 };
	int fd, rc;

	fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set_errno(err, errno == ENOENT ? ERR_MISSING : ERR_IO,
			"%s：打不开", "%s: cannot open", path);
	rc = read_all(&r, fd, path, limit != 0 ? limit : LIMIT_DEFAULT, err);
	pool_adopt(pool, r.s);
	if (rc == 0) {
		memset(r.s + r.n, 0, FILE_SLACK);
		*bytes = r.s;
		*n = r.n;
	}
	if (fd != STDIN_FILENO)
		close(fd);
	return rc;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

/* The new name must be on the disk too, not only the bytes. */
static int
sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct pool pool = POOL_INIT;
	const char *dir;
	int fd, rc;

	dir = slash == NULL ? "." : slash == path ? "/" :
		pool_strndup(&pool, path, (size_t)(slash - path));
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	pool_clear(&pool);
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	if (rc != 0 && errno == EINVAL)	/* a file system that has nothing to flush */
		rc = 0;
	close(fd);
	return rc;
}

int
file_write(const char *path, const void *bytes, size_t n, int mode, struct err *err)
{
	struct pool pool = POOL_INIT;
	char *temp = pool_fmt(&pool, "%s.XXXXXX", path);
	int fd, rc = -1, made = 0;

	fd = mkostemp(temp, O_CLOEXEC);
	if (fd < 0)
		goto fail;
	made = 1;
	if (fchmod(fd, (mode_t)mode) != 0 || write_all(fd, bytes, n) != 0 || fsync(fd) != 0)
		goto fail;
	if (close(fd) != 0) {
		fd = -1;
		goto fail;
	}
	fd = -1;
	if (rename(temp, path) != 0)
		goto fail;
	made = 0;
	if (sync_folder(path) != 0)
		goto fail;
	rc = 0;
	goto out;
fail:
	err_set_errno(err, ERR_IO, "%s：写不进去", "%s: cannot write", path);
out:
	if (fd >= 0)
		close(fd);
	if (made)
		unlink(temp);
	pool_clear(&pool);
	return rc;
}

int
file_mkdir(const char *path, int mode, struct err *err)
{
	struct pool pool = POOL_INIT;
	char *part = pool_strdup(&pool, path);
	struct stat st;
	int rc = -1;

	for (char *p = part + 1; part[0] != '\0'; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(part, (mode_t)mode) != 0 && errno != EEXIST)
			goto out;
		if (stat(part, &st) != 0)
			goto out;
		if (!S_ISDIR(st.st_mode)) {
			errno = ENOTDIR;
			goto out;
		}
		*p = c;
		if (c == '\0')
			break;
	}
	rc = 0;
out:
	if (rc != 0)
		err_set_errno(err, ERR_IO, "%s：建不了目录", "%s: cannot make the folder", part);
	pool_clear(&pool);
	return rc;
}

char *
file_folder(struct pool *pool, const char *path)
{
	char *real = realpath(path, NULL);
	const char *whole = real != NULL ? real : path, *slash = strrchr(whole, '/');
	char *folder = slash == NULL ? pool_strdup(pool, ".") :
		pool_strndup(pool, whole, slash == whole ? 1 : (size_t)(slash - whole));

	free(real);
	return folder;
}

char *
file_join(struct pool *pool, const char *dir, const char *name)
{
	size_t n = strlen(dir);

	if (n == 0)
		return pool_strdup(pool, name);
	return pool_fmt(pool, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}
