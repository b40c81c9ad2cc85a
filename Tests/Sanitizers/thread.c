// What the thread sanitizer must be told of `Synchronization.Mutex`, linked into programs that Tests/Sanitizers/run builds.
//
// A mutex that is free is taken by an atomic exchange in the code of whoever takes it, which the sanitizer sees. One that is
// held is waited for in the library of Swift, by a futex that the kernel hands over, and neither is built with the sanitizer.
// These functions stand before the library's, call them, and say what they mean: who waited has seen all that was done
// under the mutex before. Nothing is suppressed, so a value that is touched without its mutex is still a race.
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void __tsan_acquire(void *);
void __tsan_release(void *);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// `_MutexHandle._lockSlow(_:)`, `._tryLockSlow()` and `._unlockSlow()`; the handle is its one atomic word.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

static void *library(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) {
    // This version of Swift names it otherwise; without it every mutex that was waited for would be reported.
    fprintf(stderr, "Tests/Sanitizers/thread.c: no %s in the Swift library\n", name);
    abort();
  }
  return found;
}

SWIFT void lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void lock(uint32_t thread, SELF) {
  ((SWIFT void (*)(uint32_t, SELF))library(LOCK))(thread, self);
  __tsan_acquire(self);
}

SWIFT bool try_lock(SELF) __asm__(TRY_LOCK);
SWIFT bool try_lock(SELF) {
  bool taken = ((SWIFT bool (*)(SELF))library(TRY_LOCK))(self);
  if (taken) __tsan_acquire(self);
  return taken;
}

SWIFT void unlock(SELF) __asm__(UNLOCK);
SWIFT void unlock(SELF) {
  __tsan_release(self);
  ((SWIFT void (*)(SELF))library(UNLOCK))(self);
}

// Tests start the program with an environment of their own, so what is wanted stands in the program. The first report does
// not end it: one run tells all. Nor does it wait a second at its end for threads that might still race, which each of the
// many that the tests start would do.
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) {
  return "exitcode=66:atexit_sleep_ms=0:second_deadlock_stack=1:log_path=" REPORTS;
}
