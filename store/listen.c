/* The socket the store listens on. */
#include "store/listen.h"

#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool
is_live(const struct sockaddr_un *a)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool live = fd >= 0 && connect(fd, (const struct sockaddr *)a, sizeof(*a)) == 0;

	if (fd >= 0)
		close(fd);
	return live;
}

int
store_listen(const char *path, struct err *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct stat st;
	mode_t mask;
	int fd, rc;

	if (strlen(path) >= sizeof(a.sun_path))
		return err_set(err, ERR_INPUT, "%s：套接字路径太长（最多 %zu 字节）",
		    "%s: the socket's path is too long (at most %zu bytes)", path, sizeof(a.sun_path) - 1);
	strcpy(a.sun_path, path);
	if (is_live(&a))
		return err_set(err, ERR_CONFLICT, "%s：已有存储进程在运行",
		    "%s: another store is running there", path);
	if (lstat(path, &st) == 0 && !S_ISSOCK(st.st_mode))
		return err_set(err, ERR_CONFLICT, "%s：这里有一个不是套接字的文件，请换个路径",
		    "%s: a file that is no socket is in the way; choose another path", path);
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	mask = umask(0117);
	rc = fd < 0 ? -1 : bind(fd, (struct sockaddr *)&a, sizeof(a));
	umask(mask);
	if (rc != 0 || listen(fd, 1024) != 0) {
		err_set_errno(err, ERR_IO, "%s：无法监听", "%s: cannot listen", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}
