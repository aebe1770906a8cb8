/* Giving up privileges. */
#include "proc/guard.h"

#include <sys/prctl.h>
#include <sys/resource.h>

enum { FILES_MAX = 1024 };

static int
limit(int resource, rlim_t most, struct err *err)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法读取资源上限", "cannot read the limits");
	if (most < now.rlim_max)
		now.rlim_max = most;
	if (now.rlim_cur > now.rlim_max)
		now.rlim_cur = now.rlim_max;
	if (setrlimit(resource, &now) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法设置资源上限", "cannot set the limits");
	return 0;
}

int
guard_self(size_t memory, struct err *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法放弃特权", "cannot give up privileges");
#ifdef __SANITIZE_ADDRESS__
	/* Its leak check traces the process, its shadow is terabytes of address space. */
	memory = 0;
#else
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法关闭内存转储",
			"cannot switch off core dumps");
#endif
	if (limit(RLIMIT_CORE, 0, err) != 0 || limit(RLIMIT_NOFILE, FILES_MAX, err) != 0)
		return -1;
	return memory != 0 ? limit(RLIMIT_DATA, memory, err) : 0;
}
