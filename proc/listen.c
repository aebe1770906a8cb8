/* Listening on a Unix socket. */
#include "proc/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };	/* with 5, a restart lost 33 posts of 40 */

static int
name_socket(struct sockaddr_un *name, const char *path, const char *suffix, struct err *err)
{
	*name = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) + strlen(suffix) >= sizeof(name->sun_path))
		return err_set(err, ERR_INPUT,
			"%s：套接字路径太长（最多 %zu 字节），请换一个较短的目录",
			"%s: the socket's path is too long (at most %zu bytes);"
			" use a shorter directory",
			path, sizeof(name->sun_path) - strlen(suffix) - 1);
	strcpy(name->sun_path, path);
	strcat(name->sun_path, suffix);
	return 0;
}

static int
make_socket(struct err *err)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		err_set_errno(err, ERR_SYSTEM, "无法创建套接字", "cannot make a socket");
	return fd;
}

/* Nothing may be there, or a socket that refuses: then nobody has it open any more. */
static int
check_vacant(const struct sockaddr_un *name, struct err *err)
{
	const char *path = name->sun_path;
	struct stat st;
	int fd, why;

	if (lstat(path, &st) != 0)
		return 0;
	if (!S_ISSOCK(st.st_mode))
		return err_set(err, ERR_CONFLICT, "%s：这里有一个不是套接字的文件，请换个路径",
			"%s: a file that is no socket is in the way; choose another path", path);
	fd = make_socket(err);
	if (fd < 0)
		return -1;
	why = connect(fd, (const struct sockaddr *)name, sizeof(*name)) == 0 ? 0 : errno;
	close(fd);
	if (why == ECONNREFUSED || why == ENOENT)
		return 0;
	errno = why;
	if (why != 0 && why != EAGAIN)	/* EAGAIN: so many wait there that nobody else can */
		return err_set_errno(err, ERR_CONFLICT,
			"%s：无法确认是否有程序在此套接字上运行；确认没有后请删除该文件",
			"%s: cannot tell whether a program listens here; if none does,"
			" remove the file", path);
	return err_set(err, ERR_CONFLICT, "%s：已有程序在此套接字上运行，请先停止它",
		"%s: a program already listens on this socket; stop it first", path);
}

/* Beside its name first, so that nobody meets a socket that is not ready. */
static int
bind_and_rename(int fd, const struct sockaddr_un *fresh, const char *path)
{
	const char *beside = fresh->sun_path;

	unlink(beside);
	if (bind(fd, (const struct sockaddr *)fresh, sizeof(*fresh)) != 0)
		return -1;
	if (chmod(beside, 0660) == 0 && listen(fd, BACKLOG) == 0 && rename(beside, path) == 0)
		return 0;
	unlink(beside);
	return -1;
}

static int
listen_at(const char *path, struct err *err)
{
	struct sockaddr_un name, fresh;
	int fd;

	if (name_socket(&name, path, "", err) != 0 || name_socket(&fresh, path, "~", err) != 0 ||
			check_vacant(&name, err) != 0 || check_vacant(&fresh, err) != 0 ||
			(fd = make_socket(err)) < 0)
		return -1;
	if (bind_and_rename(fd, &fresh, path) == 0)
		return fd;
	err_set_errno(err, ERR_IO, "%s：无法监听", "%s: cannot listen", path);
	close(fd);
	return -1;
}

static int
check_inherited(int fd, struct err *err)
{
	int listens = 0, flags = fcntl(fd, F_GETFL);
	socklen_t n = sizeof(listens);

	if (flags < 0 || getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) != 0 || !listens)
		return err_set(err, ERR_INPUT, "描述符 %d 不是正在监听的套接字",
			"descriptor %d is no socket that listens", fd);
	if (fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
		return err_set_errno(err, ERR_SYSTEM, "描述符 %d 无法使用",
			"descriptor %d cannot be used", fd);
	return 0;
}

int
listen_open(const char *path, int inherited, struct err *err)
{
	if (inherited < 0)
		return listen_at(path, err);
	return check_inherited(inherited, err) == 0 ? inherited : -1;
}

int
listen_accept(int listener)
{
	int fd;

	do
		fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	while (fd < 0 && (errno == ECONNABORTED || errno == EINTR));
	if (fd >= 0)
		return fd;
	return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM ?
		LISTEN_FULL : LISTEN_NOBODY;
}
