/* The supervisor. */
#include "serve/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "proc/listen.h"
#include "serve/child.h"
#include "serve/door.h"
#include "serve/nginx.h"

enum {
	SOCKET_PATH_MAX = 100,	/* sun_path holds 108, with the suffix while it is made */
	READY_SECONDS = 60,
	FILES_WANTED = 20480,
	STOP_SECONDS = 15
};

/* Started in this order, stopped from the end. */
enum { STORE, DESK, INTAKE, NGINX, CHILDREN };

static const char *const names[CHILDREN] = { "store", "desk", "intake", "nginx" };

/* All that is open while we run. */
struct serve {
	const char *address;
	int port;
	int lock[2];			/* the database file and the directory, flocked:
					 * one service for each */
	char self[PATH_MAX];
	char *runtime;			/* directory; in pool, as all strings */
	bool runtime_made;
	char *nginx;			/* nginx's own directory below it */
	char *socket[NGINX];
	struct child child[CHILDREN];
	bool leaving[CHILDREN];		/* told to end, to be followed by the
					 * program as it is now */
	struct pool pool;
};

static volatile sig_atomic_t signals;
static volatile int hurry;
static volatile sig_atomic_t replace;

static void
on_signal(int signal)
{
	(void)signal;
	if (++signals > 1)
		hurry = 1;
}

static void
on_replace(int signal)
{
	(void)signal;
	replace = 1;
}

static void
on_child(int signal)
{
	(void)signal;	/* only wakes the pause */
}

/* ---- where ---- */

static int
forget(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	return type == FTW_DP ? rmdir(path) : unlink(path);
}

static bool
fits(const char *dir, const char *below)
{
	return strlen(dir) + strlen(below) + strlen("/intake.sock") <= SOCKET_PATH_MAX;
}

static int
make_fresh_runtime(struct serve *s, struct err *err)
{
	const char *tmp = getenv("TMPDIR");

	s->runtime = pool_fmt(&s->pool, "%s/manyi-XXXXXX",
		tmp != NULL && fits(tmp, "/manyi-XXXXXX") ? tmp : "/tmp");
	if (mkdtemp(s->runtime) == NULL)
		return err_set_errno(err, ERR_IO, "%s：无法创建目录",
			"%s: cannot make the directory", s->runtime);
	s->runtime_made = true;
	return 0;
}

static int
make_runtime(struct serve *s, const struct serve_options *o, struct err *err)
{
	char *db = pool_strdup(&s->pool, o->db), whole[PATH_MAX];
	const char *dir = o->runtime != NULL ? o->runtime : file_join(&s->pool, dirname(db), "run");

	s->runtime_made = o->runtime == NULL || access(dir, F_OK) != 0;
	if (file_mkdir(dir, 0700, err) != 0)
		return -1;
	if (realpath(dir, whole) == NULL)
		return err_set_errno(err, ERR_IO, "%s：无法使用", "%s: cannot be used", dir);
	if (fits(whole, "")) {
		s->runtime = pool_strdup(&s->pool, whole);
		return 0;
	}
	if (s->runtime_made)
		rmdir(dir);
	if (o->runtime != NULL)
		return err_set(err, ERR_INPUT, "%s：路径太长，套接字放不下（目录最多 %zu 字节）",
			"%s: too long for a socket below it (at most %zu bytes)", whole,
			SOCKET_PATH_MAX - strlen("/intake.sock"));
	return make_fresh_runtime(s, err);
}

/* flock() and not SQLite's fcntl() locks: the two do not meet on Linux. */
static int
lock_one(int *lock, const char *path, struct err *err)
{
	*lock = open(path, O_RDONLY | O_CLOEXEC);
	if (*lock < 0)
		return err_set_errno(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s：无法打开",
			"%s: cannot open", path);
	if (flock(*lock, LOCK_EX | LOCK_NB) != 0)
		return err_set(err, ERR_CONFLICT, "%s：已有一个 manyi serve 在用，请先停止它",
			"%s: another manyi serve is using it; stop it first", path);
	return 0;
}

/* ---- what is run ---- */

static int
plan_ours(struct serve *s, const char *db, struct err *err)
{
	const char *const store[] = { s->self, "store", "--db", db, "--socket", s->socket[STORE],
		"--listen-fd", "3", NULL };
	const char *const desk[] = { s->self, "desk", "--db", db, "--socket", s->socket[DESK],
		"--listen-fd", "3", NULL };
	const char *const intake[] = { s->self, "intake", "--store", s->socket[STORE], "--socket",
		s->socket[INTAKE], "--listen-fd", "3", NULL };

	child_args(&s->child[STORE], store);
	child_args(&s->child[DESK], desk);
	child_args(&s->child[INTAKE], intake);
	for (int i = 0; i < NGINX; i++) {
		s->child[i].stop_signal = SIGTERM;
		/* ours, by the lock; perhaps a killed service's child still has it */
		unlink(s->socket[i]);
		s->child[i].fd = listen_open(s->socket[i], -1, err);
		if (s->child[i].fd < 0)
			return -1;
	}
	return 0;
}

static int
plan_nginx(struct serve *s, bool https, struct err *err)
{
	const struct passwd *account = geteuid() == 0 ? getpwuid(0) : NULL;
	const struct nginx_options o = { .address = s->address, .port = s->port,
		.intake = s->socket[INTAKE], .desk = s->socket[DESK], .https_outside = https,
		.runtime = s->nginx, .user = account != NULL ? account->pw_name : NULL };
	char *conf = file_join(&s->pool, s->nginx, "nginx.conf");
	const char *program = nginx_find(err);
	/* its notices before it has read the configuration; errors come to
	 * standard error as well */
	char *log = file_join(&s->pool, s->nginx, "start.log");
	const char *const arg[] = { program, "-p", s->nginx, "-c", conf, "-e", log, NULL };
	struct text text = TEXT_INIT;
	int rc = -1;

	if (program != NULL && nginx_config(&text, &o, err) == 0 &&
			file_write(conf, text_str(&text), text.n, 0600, err) == 0) {
		child_args(&s->child[NGINX], arg);
		s->child[NGINX].stop_signal = SIGQUIT;
		s->child[NGINX].env = "NGINX=3;";	/* its way to inherit a listening socket */
		rc = 0;
	}
	text_clear(&text);
	return rc;
}

static int
plan(struct serve *s, const struct serve_options *o, struct err *err)
{
	char db[PATH_MAX];

	if (realpath(o->db, db) == NULL)
		return err_set_errno(err, ERR_MISSING, "%s：无法打开", "%s: cannot open", o->db);
	if (realpath("/proc/self/exe", s->self) == NULL)
		return err_set_errno(err, ERR_SYSTEM, "/proc/self/exe", "/proc/self/exe");
	if (nginx_find(err) == NULL ||
			lock_one(&s->lock[0], db, err) != 0 ||
			(s->child[NGINX].fd = door_open(&s->port, s->address, o->port, err)) < 0 ||
			make_runtime(s, o, err) != 0 || lock_one(&s->lock[1], s->runtime, err) != 0)
		return -1;
	for (int i = 0; i < CHILDREN; i++)
		s->child[i].name = names[i];
	for (int i = 0; i < NGINX; i++)
		s->socket[i] = pool_fmt(&s->pool, "%s/%s.sock", s->runtime, names[i]);
	s->nginx = file_join(&s->pool, s->runtime, "nginx");
	nftw(s->nginx, forget, 8, FTW_DEPTH | FTW_PHYS);	/* left by a power cut */
	if (file_mkdir(s->nginx, 0700, err) != 0 ||
			plan_ours(s, pool_strdup(&s->pool, db), err) != 0)
		return -1;
	return plan_nginx(s, o->https, err);
}

/* ---- running ---- */

/* Sleep until a signal comes, at most ms. */
static void
pause_ms(int64_t ms, const sigset_t *open)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	pselect(0, NULL, NULL, NULL, &t, open);
}

static void
say_death(const struct child *child, int status)
{
	char text[160];
	struct err say = { 0 };
	long long wait = (long long)(child->restart - child_clock());

	snprintf(text, sizeof(text), WIFSIGNALED(status) ? "signal %d" : "exit %d",
		WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	err_set(&say, ERR_SYSTEM, "%s 意外结束（%s），%.1f 秒后重新启动",
		"%s ended unexpectedly (%s); again in %.1f s",
		child->name, text, wait > 0 ? (double)wait / 1000 : 0.0);
	fprintf(stderr, "manyi: %s\n", say.text);
}

/* Start all and wait until they answer.  A death on the way is a failure: its cause
 * is on standard error. */
static int
start(struct serve *s, const sigset_t *open, struct err *err)
{
	int64_t deadline = child_clock() + READY_SECONDS * 1000;
	struct child *dead;
	int status;

	for (int i = 0; i < CHILDREN; i++)
		if (child_start(&s->child[i], err) != 0)
			return -1;
	while (signals == 0) {
		dead = child_reap(s->child, CHILDREN, &status);
		if (dead != NULL)
			return err_set(err, ERR_SYSTEM, "%s 启动不了，原因见上面几行",
				"%s would not start; the lines above say why", dead->name);
		if (door_answers(s->address, s->port))
			return 0;
		if (child_clock() > deadline)
			return err_set(err, ERR_SYSTEM, "%d 秒内没有启动好",
				"not up within %d seconds", READY_SECONDS);
		pause_ms(20, open);
	}
	return 0;
}

static void
revive(struct serve *s)
{
	struct err err = { 0 };

	for (int i = 0; i < CHILDREN; i++)
		if (s->child[i].pid == 0 && child_clock() >= s->child[i].restart &&
				child_start(&s->child[i], &err) != 0)
			child_failed(&s->child[i]);
}

/*
 * Ours end when they have answered what they took, and the program that then lies at our path
 * follows them; meanwhile the sockets are open here, so that who comes waits.  nginx stays.
 */
static void
replace_ours(struct serve *s)
{
	replace = 0;
	for (int i = 0; i < NGINX; i++)
		if (s->child[i].pid != 0) {
			s->leaving[i] = true;
			kill(s->child[i].pid, s->child[i].stop_signal);
		}
}

static void
bury(struct serve *s, struct child *dead, int status)
{
	bool *leaving = &s->leaving[dead - s->child];

	child_failed(dead);
	if (*leaving)
		dead->restart = 0;
	else
		say_death(dead, status);
	*leaving = false;
}

static void
watch(struct serve *s, const sigset_t *open)
{
	struct child *dead;
	int status;

	while (signals == 0) {
		if (replace)
			replace_ours(s);
		while ((dead = child_reap(s->child, CHILDREN, &status)) != NULL)
			bury(s, dead, status);
		revive(s);
		pause_ms(s->child[STORE].pid != 0 && s->child[DESK].pid != 0 &&
			s->child[INTAKE].pid != 0 && s->child[NGINX].pid != 0 ? 1000 : 20, open);
	}
}

/* The door first, the store last; then nothing is left of us on the disk. */
static void
stop(struct serve *s)
{
	for (int i = CHILDREN - 1; i >= 0; i--) {
		child_stop(&s->child[i], STOP_SECONDS, &hurry);
		if (s->child[i].fd >= 0)
			close(s->child[i].fd);
		if (i < NGINX && s->socket[i] != NULL)
			unlink(s->socket[i]);
	}
	if (s->nginx != NULL)
		nftw(s->nginx, forget, 8, FTW_DEPTH | FTW_PHYS);
	if (s->runtime_made && s->runtime != NULL)
		rmdir(s->runtime);
	for (size_t k = 0; k < sizeof(s->lock) / sizeof(s->lock[0]); k++)
		if (s->lock[k] >= 0)
			close(s->lock[k]);
	pool_clear(&s->pool);
}

/* Signals are blocked but in pselect(), so none is lost between looking and sleeping. */
static void
catch_signals(sigset_t *before)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction end = { .sa_handler = on_signal }, child = { .sa_handler = on_child };
	struct sigaction again = { .sa_handler = on_replace };
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		sigaction(ends[i], &end, NULL);
		sigaddset(&block, ends[i]);
	}
	sigaction(SIGCHLD, &child, NULL);
	sigaction(SIGUSR2, &again, NULL);
	sigaddset(&block, SIGUSR2);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &block, before);
}

/* Descriptors for nginx's connections: as many as this account may have; it inherits the limit. */
static void
raise_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < FILES_WANTED) {
		files.rlim_cur = files.rlim_max < FILES_WANTED ? files.rlim_max : FILES_WANTED;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

static void
say_ready(const struct serve *s)
{
	const char *address = door_visible(s->address);
	bool six = strchr(address, ':') != NULL;

	printf("ready http://%s%s%s:%d\n", six ? "[" : "", address, six ? "]" : "", s->port);
	fflush(stdout);
	if (geteuid() == 0)
		fprintf(stderr, "manyi: %s\n",
			LANG_PICK("以 root 运行只适合试用；正式使用请按 docs 为各程序分设账户",
			"running as root is for trying out; in production give"
			" each program its own account (docs)"));
}

int
serve_run(const struct serve_options *options, struct err *err)
{
	struct serve s = { .address = options->address != NULL ? options->address : "127.0.0.1",
		.lock = { -1, -1 } };
	sigset_t open;
	int rc = -1;

	for (int i = 0; i < CHILDREN; i++)
		s.child[i].fd = -1;
	/* nginx's workers come to us if their master is killed */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	raise_limit();
	catch_signals(&open);
	if (plan(&s, options, err) == 0 && start(&s, &open, err) == 0) {
		if (signals == 0)
			say_ready(&s);
		watch(&s, &open);
		rc = 0;
	}
	sigprocmask(SIG_SETMASK, &open, NULL);	/* a second signal is heard while we stop */
	stop(&s);
	return rc;
}
