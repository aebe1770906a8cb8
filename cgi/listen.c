/* The socket a web server connects to. */
#include "cgi/server.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };	/* with 5, a restart lost 33 posts of 40 */

/* Say no to a socket somebody listens on; a dead one may be replaced. */
static int
socket_is_free(const char *path, const struct sockaddr_un *name, struct err *err)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int rc;

	if (fd < 0)
		return err_set_errno(err, ERR_SYSTEM, "无法创建套接字", "cannot make a socket");
	rc = connect(fd, (const struct sockaddr *)name, sizeof(*name));
	close(fd);
	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "%s：已有程序在此套接字上运行，请先停止它",
		    "%s: a program already listens on this socket; stop it first", path);
	return 0;
}

static int
socket_name(struct sockaddr_un *name, const char *path, const char *suffix, struct err *err)
{
	memset(name, 0, sizeof(*name));
	name->sun_family = AF_UNIX;
	if (strlen(path) + strlen(suffix) >= sizeof(name->sun_path))
		return err_set(err, ERR_INPUT, "%s：套接字路径太长（最多 %zu 字节），请换一个较短的目录",
		    "%s: the socket's path is too long (at most %zu bytes); use a shorter directory",
		    path, sizeof(name->sun_path) - strlen(suffix) - 1);
	strcpy(name->sun_path, path);
	strcat(name->sun_path, suffix);
	return 0;
}

/* Bound beside its name and then renamed onto it: at no moment is there a socket nobody may use or all may. */
int
server_listen(const char *path, struct err *err)
{
	struct sockaddr_un name, fresh;
	int fd;

	if (socket_name(&name, path, "", err) != 0 || socket_name(&fresh, path, "~", err) != 0 ||
	    socket_is_free(path, &name, err) != 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_set_errno(err, ERR_SYSTEM, "无法创建套接字", "cannot make a socket");
	unlink(fresh.sun_path);
	if (bind(fd, (struct sockaddr *)&fresh, sizeof(fresh)) != 0 ||
	    chmod(fresh.sun_path, 0660) != 0 || listen(fd, BACKLOG) != 0 ||
	    rename(fresh.sun_path, path) != 0) {
		err_set_errno(err, ERR_IO, "%s：无法监听", "%s: cannot listen", path);
		unlink(fresh.sun_path);
		close(fd);
		return -1;
	}
	return fd;
}
