/* Opening and trying the port. */
#include "serve/door.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PORT_FIRST = 8080, PORT_LAST = 8130 };

static int
bind_port(const struct addrinfo *at, struct err *err)
{
	const int one = 1;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return err_set_errno(err, ERR_SYSTEM, "无法创建套接字", "cannot make a socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (at->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
	if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 1024) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Bind address:port.  Returns the socket, or -1 with errno (and *err where it is no
 * matter of the port). */
static int
try_port(const char *address, int port, struct err *err)
{
	const struct addrinfo want = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_PASSIVE };
	struct addrinfo *at = NULL;
	char service[8];
	int fd, saved;

	snprintf(service, sizeof(service), "%d", port);
	if (getaddrinfo(address, service, &want, &at) != 0 || at == NULL) {
		errno = 0;
		return err_set(err, ERR_USAGE, "%s：不是 IP 地址",
			"%s: not an IP address", address);
	}
	fd = bind_port(at, err);
	saved = errno;
	freeaddrinfo(at);
	errno = saved;
	return fd;
}

int
door_open(int *port, const char *address, int wanted, struct err *err)
{
	int first = wanted != 0 ? wanted : PORT_FIRST, last = wanted != 0 ? wanted : PORT_LAST;

	for (*port = first; *port <= last; ++*port) {
		int fd = try_port(address, *port, err);

		if (fd >= 0)
			return fd;
		if (err->code != ERR_NONE)
			return -1;
		if (errno != EADDRINUSE)
			return err_set_errno(err, ERR_SYSTEM, "%s 端口 %d 无法监听",
				"%s port %d: cannot listen", address, *port);
	}
	if (wanted != 0)
		return err_set(err, ERR_BUSY,
			"端口 %d 已被占用：停掉占用它的程序，或用 --port 另选一个",
			"port %d is in use: stop the program that has it,"
			" or choose another with --port", wanted);
	return err_set(err, ERR_BUSY, "端口 %d–%d 都被占用：请用 --port 指定一个空闲端口",
		"ports %d-%d are all in use: name a free one with --port", PORT_FIRST, PORT_LAST);
}

const char *
door_visible(const char *address)
{
	if (strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0)
		return address[0] == ':' ? "::1" : "127.0.0.1";
	return address;
}

bool
door_answers(const char *address, int port)
{
	static const char ask[] = "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n";
	const struct addrinfo want = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST };
	const struct timeval deadline = { .tv_sec = 2 };
	struct addrinfo *at = NULL;
	char service[8], answer[16] = "";
	int fd;

	snprintf(service, sizeof(service), "%d", port);
	if (getaddrinfo(door_visible(address), service, &want, &at) != 0)
		return false;
	fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof(deadline));
	if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen) == 0 &&
			send(fd, ask, sizeof(ask) - 1, MSG_NOSIGNAL) == sizeof(ask) - 1 &&
			recv(fd, answer, sizeof(answer) - 1, MSG_WAITALL) < 12)
		answer[0] = '\0';
	if (fd >= 0)
		close(fd);
	freeaddrinfo(at);
	return strncmp(answer + strcspn(answer, " "), " 200", 4) == 0;
}
