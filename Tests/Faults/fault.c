/* Lets one system call of a program fail: preloaded by Tests/Faults/faults.py and Tests/Store/store.py.
 *
 *   FAULT_CALL    read, write (send too), accept, open, fsync, rename, mkdir or syncfs
 *   FAULT_AT      which of these calls, from 1; 0 lets none fail
 *   FAULT_ERROR   a number of errno, or -1: the call does only a byte of what it could
 *   FAULT_COUNT   a file of eight 8-byte numbers, in the order above: how often each was called
 *
 * What standard error is written to does not count: it is where a program says what failed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ, WRITE, ACCEPT, OPEN, FSYNC, RENAME, MKDIR, SYNCFS, CALLS };
static const char *const names[CALLS] = {"read", "write", "accept", "open", "fsync", "rename", "mkdir", "syncfs"};
static atomic_long *counts;
static int failing = -1, error;
static long failing_at;

__attribute__((constructor)) static void begin(void) {
  const char *call = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *code = getenv("FAULT_ERROR"), *path = getenv("FAULT_COUNT");
  if (!call || !at || !code || !path) return;
  int (*really_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  int number = really_open(path, O_RDWR | O_CLOEXEC);
  if (number < 0) return;
  void *shared = mmap(NULL, CALLS * sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, number, 0);
  close(number);
  if (shared == MAP_FAILED) return;
  failing_at = atol(at), error = atoi(code);
  for (int i = 0; i < CALLS; i++)
    if (!strcmp(call, names[i])) failing = i;
  counts = shared;
}

/* Whether this is the call that fails. */
static int fails(int call) { return counts && atomic_fetch_add(counts + call, 1) + 1 == failing_at && call == failing; }

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = dlsym(RTLD_NEXT, #name)

/* 0 where the call shall fail; else the length to go on with. */
static size_t bounded(int call, size_t length, int *fault) {
  *fault = fails(call);
  if (!*fault) return length;
  if (error == -1) return *fault = 0, length ? 1 : 0;
  errno = error;
  return 0;
}

ssize_t read(int number, void *room, size_t length) {
  REAL(read);
  int fault;
  length = bounded(READ, length, &fault);
  return fault ? -1 : real(number, room, length);
}

ssize_t write(int number, const void *bytes, size_t length) {
  REAL(write);
  int fault = 0;
  /* A pipe has always room for the byte with which a thread wakes another: that call has no EAGAIN. */
  int is_wake = length == 1 && error == EAGAIN;
  if (number != STDERR_FILENO && !is_wake) length = bounded(WRITE, length, &fault);
  return fault ? -1 : real(number, bytes, length);
}

ssize_t send(int number, const void *bytes, size_t length, int flags) {
  REAL(send);
  int fault;
  length = bounded(WRITE, length, &fault);
  return fault ? -1 : real(number, bytes, length, flags);
}

int accept(int number, struct sockaddr *address, socklen_t *length) {
  REAL(accept);
  if (!fails(ACCEPT) || error == -1) return real(number, address, length);
  errno = error;
  return -1;
}

static int open_or_fail(const char *name, const char *path, int flags, mode_t mode) {
  int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
  if (!fails(OPEN) || error == -1) return real(path, flags, mode);
  errno = error;
  return -1;
}

#define OPEN_CALL(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    return open_or_fail(#name, path, flags, mode); \
  }
OPEN_CALL(open)
OPEN_CALL(open64)

int openat(int directory, const char *path, int flags, ...) {
  REAL(openat);
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
  va_end(more);
  if (!fails(OPEN) || error == -1) return real(directory, path, flags, mode);
  errno = error;
  return -1;
}

int fsync(int number) {
  REAL(fsync);
  if (!fails(FSYNC) || error == -1) return real(number);
  errno = error;
  return -1;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (!fails(RENAME) || error == -1) return real(from, to);
  errno = error;
  return -1;
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  if (!fails(MKDIR) || error == -1) return real(path, mode);
  errno = error;
  return -1;
}

int syncfs(int number) {
  REAL(syncfs);
  if (!fails(SYNCFS) || error == -1) return real(number);
  errno = error;
  return -1;
}
