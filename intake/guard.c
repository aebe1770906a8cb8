/* Giving up privileges. */
#include "intake/guard.h"

#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* A catalogue of a big city twice over, and every thread with the largest body, fit many times. */
#define MEMORY_MAX ((rlim_t)1 << 30)

static const struct { int resource; rlim_t most; } limits[] = {
	{ RLIMIT_CORE, 0 },
	{ RLIMIT_NOFILE, 1024 },
#ifndef __SANITIZE_ADDRESS__	/* its shadow memory is terabytes of address space */
	{ RLIMIT_DATA, MEMORY_MAX },
#endif
};

int
guard_self(struct err *err)
{
	struct rlimit now;
	size_t i;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法放弃特权", "cannot give up privileges");
#ifndef __SANITIZE_ADDRESS__	/* its leak check traces the process */
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法关闭内存转储", "cannot switch off core dumps");
#endif
	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		if (getrlimit(limits[i].resource, &now) != 0)
			return err_set_errno(err, ERR_SYSTEM, "无法读取资源上限", "cannot read the limits");
		if (limits[i].most < now.rlim_max)
			now.rlim_max = limits[i].most;
		if (now.rlim_cur > now.rlim_max)
			now.rlim_cur = now.rlim_max;
		if (setrlimit(limits[i].resource, &now) != 0)
			return err_set_errno(err, ERR_SYSTEM, "无法设置资源上限", "cannot set the limits");
	}
	return 0;
}
