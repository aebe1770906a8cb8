# Every SQL statement a program runs, with its values: gdb -q -batch -x build-aux/sql.gdb -ex run --args build/manyi ...
# On a machine that is not x86-64 the first argument lies elsewhere: $x0 in place of $rdi on arm64.
set debuginfod enabled off
set breakpoint pending on
set confirm off
break sqlite3_step if ((int (*)(void *))sqlite3_stmt_busy)($rdi) == 0
commands
silent
printf "%s\n", ((char *(*)(void *))sqlite3_expanded_sql)($rdi)
continue
end
