/*
 * A library to preload on Linux: lets one file operation of a process go wrong, below one folder.
 *
 *   gcc -O2 -shared -fPIC -o fault.so fault.c -ldl
 *   FAULT_FOLDER=/some/folder FAULT_CONTROL=/some/file LD_PRELOAD=fault.so java ...
 *
 * The process itself says what is to happen, by a file that both map into memory: `struct control`,
 * whose numbers kerava.reliability.Faults writes and reads. Operations are counted while it is
 * armed; the one whose number is `target` goes wrong. Operations on descriptors count where the
 * descriptor's file lies below the folder.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum mode {
  FAIL,       /* the operation fails with `error` */
  FULL,       /* so do all later ones that need space; removing goes on to work */
  SHORT,      /* a write takes the first half only, and says so, as the system may */
  SHORT_FAIL, /* a write takes the first half and fails */
  DEAD,       /* this and all later ones fail: the disk looks as if the process had been killed */
  KILL,       /* the process is killed before the operation */
  DELAY       /* each rename waits first, `error` milliseconds */
};

struct control {
  atomic_int armed, target, mode, error, count, fired;
  char what[256];
};

enum sort { SPACE, CHANGE, REMOVE, RENAME };

static struct control *control;
static const char *folder;
static size_t length;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FORWARD(name)                        \
  static __typeof__(&name) real;             \
  if (!real) real = REAL(name)

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULT_CONTROL");
  folder = getenv("FAULT_FOLDER");
  if (!file || !folder) return;
  length = strlen(folder);
  int descriptor = REAL(open64)(file, O_RDWR);
  if (descriptor < 0) return;
  void *memory = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  REAL(close)(descriptor);
  if (memory != MAP_FAILED) control = memory;
}

static int below(const char *path) {
  return control && control->armed && path && strncmp(path, folder, length) == 0;
}

/* Whether a descriptor's file lies below the folder; `path` takes its name. */
static int holds(int descriptor, char path[1024]) {
  if (!control || !control->armed || descriptor < 0) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t size = readlink(link, path, 1023);
  if (size < 0) return 0;
  path[size] = 0;
  return below(path);
}

static int writable(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

/* 0: go on; 1: fail with errno; 2: take half of it. */
static int gate(const char *name, const char *path, enum sort sort) {
  int mode = control->mode;
  if (mode == DELAY) {
    if (sort == RENAME) {
      struct timespec time = {control->error / 1000, control->error % 1000 * 1000000L};
      nanosleep(&time, NULL);
    }
    return 0;
  }
  int number = atomic_fetch_add(&control->count, 1) + 1;
  int target = control->target;
  int now = number == target;
  int later = number > target && (mode == DEAD || (mode == FULL && sort == SPACE));
  if (!now && !later) return 0;
  if (now) {
    snprintf(control->what, sizeof control->what, "%s %s", name, path + length);
    atomic_fetch_add(&control->fired, 1);
  }
  if (mode == KILL) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
  errno = mode == DEAD ? EIO : control->error;
  return mode == SHORT ? 2 : 1;
}

#define OPENING(name)                                                           \
  int name(const char *path, int flags, ...) {                                  \
    FORWARD(name);                                                              \
    va_list more;                                                               \
    va_start(more, flags);                                                      \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;   \
    va_end(more);                                                               \
    if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && below(path)                  \
        && gate("open", path, SPACE) == 1) return -1;                           \
    return real(path, flags, mode);                                             \
  }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                                        \
  int name(int at, const char *path, int flags, ...) {                          \
    FORWARD(name);                                                              \
    va_list more;                                                               \
    va_start(more, flags);                                                      \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;   \
    va_end(more);                                                               \
    if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && below(path)                  \
        && gate("open", path, SPACE) == 1) return -1;                           \
    return real(at, path, flags, mode);                                         \
  }
OPENING_AT(openat)
OPENING_AT(openat64)

/* A write of `size` bytes at `descriptor`; `half` writes the first half of them. */
#define WRITING(name, half, whole)                                              \
  {                                                                             \
    FORWARD(name);                                                              \
    char path[1024];                                                            \
    if (size > 0 && holds(descriptor, path)) {                                  \
      int verdict = gate(#name, path, SPACE);                                   \
      int error = errno;                                                        \
      if (verdict == 2 && size > 1) return half;                                \
      if (verdict == 1) {                                                       \
        if (control->mode == SHORT_FAIL && size > 1 && half < 0) return -1;     \
        errno = error;                                                          \
        return -1;                                                              \
      }                                                                         \
    }                                                                           \
    return whole;                                                               \
  }

ssize_t write(int descriptor, const void *bytes, size_t size)
WRITING(write, real(descriptor, bytes, size / 2), real(descriptor, bytes, size))

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at)
WRITING(pwrite, real(descriptor, bytes, size / 2, at), real(descriptor, bytes, size, at))

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
WRITING(pwrite64, real(descriptor, bytes, size / 2, at), real(descriptor, bytes, size, at))

ssize_t writev(int descriptor, const struct iovec *parts, int size)
WRITING(writev, real(descriptor, parts, size / 2), real(descriptor, parts, size))

ssize_t sendfile64(int descriptor, int from, off64_t *at, size_t size);
ssize_t sendfile64(int descriptor, int from, off64_t *at, size_t size)
WRITING(sendfile64, real(descriptor, from, at, size / 2), real(descriptor, from, at, size))

ssize_t copy_file_range(int from, off64_t *at, int descriptor, off64_t *to, size_t size, unsigned f)
WRITING(copy_file_range, real(from, at, descriptor, to, size / 2, f),
        real(from, at, descriptor, to, size, f))

#define ON_DESCRIPTOR(name, sort, declared, ...)                                \
  int name declared {                                                           \
    FORWARD(name);                                                              \
    char path[1024];                                                            \
    if (holds(descriptor, path) && gate(#name, path, sort) == 1) return -1;     \
    return real(__VA_ARGS__);                                                   \
  }
ON_DESCRIPTOR(fsync, SPACE, (int descriptor), descriptor)
ON_DESCRIPTOR(fdatasync, SPACE, (int descriptor), descriptor)
ON_DESCRIPTOR(fchmod, CHANGE, (int descriptor, mode_t mode), descriptor, mode)
ON_DESCRIPTOR(ftruncate, CHANGE, (int descriptor, off_t size), descriptor, size)
ON_DESCRIPTOR(ftruncate64, CHANGE, (int descriptor, off64_t size), descriptor, size)

/* The descriptor is free afterwards in any case, as it is on Linux. */
int close(int descriptor) {
  FORWARD(close);
  char path[1024];
  if (holds(descriptor, path) && writable(descriptor) && gate("close", path, CHANGE) == 1) {
    int error = errno;
    real(descriptor);
    errno = error;
    return -1;
  }
  return real(descriptor);
}

#define ON_PATH(name, sort, declared, ...)                                      \
  int name declared {                                                           \
    FORWARD(name);                                                              \
    if (below(path) && gate(#name, path, sort) == 1) return -1;                 \
    return real(__VA_ARGS__);                                                   \
  }
ON_PATH(rename, RENAME, (const char *from, const char *path), from, path)
ON_PATH(renameat, RENAME, (int at, const char *from, int to, const char *path), at, from, to, path)
ON_PATH(renameat2, RENAME, (int at, const char *from, int to, const char *path, unsigned f), at,
        from, to, path, f)
ON_PATH(link, SPACE, (const char *from, const char *path), from, path)
ON_PATH(mkdir, SPACE, (const char *path, mode_t mode), path, mode)
ON_PATH(chmod, CHANGE, (const char *path, mode_t mode), path, mode)
ON_PATH(fchmodat, CHANGE, (int at, const char *path, mode_t mode, int flags), at, path, mode, flags)
ON_PATH(unlink, REMOVE, (const char *path), path)
ON_PATH(rmdir, REMOVE, (const char *path), path)

/* Java removes trees by the descriptors of their folders. */
int unlinkat(int at, const char *path, int flags) {
  FORWARD(unlinkat);
  char whole[1024];
  int ours = path[0] == '/' ? below(path) : holds(at, whole);
  if (ours && gate("unlinkat", path[0] == '/' ? path : whole, REMOVE) == 1) return -1;
  return real(at, path, flags);
}

/* TensorFlow writes through the C library's streams. */
#define STREAM(name)                                                            \
  FILE *name(const char *path, const char *mode) {                              \
    FORWARD(name);                                                              \
    if (mode[0] != 'r' && below(path) && gate("fopen", path, SPACE) == 1) return NULL; \
    return real(path, mode);                                                    \
  }
STREAM(fopen)
STREAM(fopen64)

size_t fwrite(const void *bytes, size_t each, size_t count, FILE *file) {
  FORWARD(fwrite);
  char path[1024];
  if (holds(fileno(file), path)) {
    int verdict = gate("fwrite", path, SPACE);
    int error = errno;
    /* A stream goes on by itself after a short write of the system's. */
    if (verdict == 1) {
      size_t half = control->mode == SHORT_FAIL ? real(bytes, each, count / 2, file) : 0;
      errno = error;
      return half;
    }
  }
  return real(bytes, each, count, file);
}

int fflush(FILE *file) {
  FORWARD(fflush);
  char path[1024];
  if (file && holds(fileno(file), path) && gate("fflush", path, SPACE) == 1) return EOF;
  return real(file);
}

int fclose(FILE *file) {
  FORWARD(fclose);
  char path[1024];
  if (holds(fileno(file), path) && writable(fileno(file)) && gate("fclose", path, SPACE) == 1) {
    int error = errno;
    real(file);
    errno = error;
    return EOF;
  }
  return real(file);
}
