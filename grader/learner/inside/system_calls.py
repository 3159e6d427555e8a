"""The system calls that computing needs, with their numbers on x86-64 and on 64-bit ARM.

Source: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
"""

from __future__ import annotations

MACHINES = ("x86_64", "aarch64")  # as `uname` calls them, in the order of the numbers
ABSENT = "-"

_NUMBERS = """
    read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 lseek:8:62 close:3:57
    close_range:436:436 dup:32:23 dup2:33:- dup3:292:24 pipe:22:- pipe2:293:59
    stat:4:- lstat:6:- fstat:5:80 newfstatat:262:79 statx:332:291 access:21:- faccessat:269:48
    faccessat2:439:439 getdents64:217:61 getcwd:79:17
    poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create1:291:20 epoll_ctl:233:21
    epoll_wait:232:- epoll_pwait:281:22 eventfd2:290:19
    munmap:11:215 mremap:25:216 mprotect:10:226 madvise:28:233 brk:12:214
    futex:202:98 futex_waitv:449:449 set_robust_list:273:99 get_robust_list:274:100
    set_tid_address:218:96 rseq:334:293 membarrier:324:283
    sched_yield:24:124 sched_getaffinity:204:123 getcpu:309:168 exit:60:93 exit_group:231:94
    restart_syscall:219:128
    getpid:39:172 getppid:110:173 gettid:186:178 getuid:102:174 geteuid:107:175 getgid:104:176
    getegid:108:177 getgroups:115:158 getresuid:118:148 getresgid:120:150
    getpgrp:111:- getpgid:121:155 getsid:124:156 uname:63:160 sysinfo:99:179
    times:100:153 getrlimit:97:163
    clock_gettime:228:113 clock_getres:229:114 clock_nanosleep:230:115 nanosleep:35:101
    gettimeofday:96:169 time:201:-
    getitimer:36:102 setitimer:38:103 alarm:37:-
    rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136
    rt_sigsuspend:130:133 rt_sigtimedwait:128:137
    sigaltstack:131:132 getrandom:318:278 arch_prctl:158:-
    open:2:- openat:257:56 mmap:9:222 prctl:157:167 prlimit64:302:261 ioctl:16:29 fcntl:72:25
    tgkill:234:131
"""


def numbers_of(machine: str) -> dict[str, int]:
    """Return the number of each system call that a machine has, by name."""
    column = MACHINES.index(machine) + 1
    entries = (entry.split(":") for entry in _NUMBERS.split())
    return {entry[0]: int(entry[column]) for entry in entries if entry[column] != ABSENT}
