/*
 * A library to preload into a program under test, which gives pseudo terminals the modem lines that they lack.
 *
 * Linux only. A line request (TIOCMGET and its kin, break) on the slave /dev/pts/N is sent to the unix socket
 * $TTYMODEM_DIR/N as one text line, "get 0", "set 6", "bis 2", "bic 4", "brk 0" or "nobrk 0" with the bits of TIOCM_*
 * in hex, and waits for one line: the bits that hold afterwards. So a line never overtakes the bytes written before
 * it. Exclusive use (TIOCEXCL) becomes a lock, which ends with the descriptor: the kernel would keep it as long as somebody
 * holds the other side. Who asks for it has just opened the terminal, by which Linux raises both lines. Every other
 * request, and every terminal without such a socket, is left to the kernel.
 *
 *   cc -O2 -shared -fPIC -o ttymodem.so ttymodem.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/serial.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

/* The first and last major number of UNIX98 slaves; the minor number is N. */
enum { PTS_MAJOR_FIRST = 136, PTS_MAJOR_LAST = 143, MAX_TERMINALS = 32, LINE_SIZE = 32 };

struct terminal {
  dev_t device;
  int socket;
};

static struct terminal terminals[MAX_TERMINALS];
static int terminal_count;
static pid_t owner;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* A forked child must not share its parent's conversations: an answer would reach the wrong one. */
static void forget_after_fork(void) {
  if (owner == getpid()) return;
  for (int i = 0; i < terminal_count; i++) close(terminals[i].socket);
  terminal_count = 0;
  owner = getpid();
}

static int connect_to(dev_t device) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *directory = getenv("TTYMODEM_DIR");
  if (directory == NULL) return -1;
  int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/%u", directory, minor(device));
  if (length < 0 || (size_t)length >= sizeof address.sun_path) return -1;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

/* The conversation about the terminal behind a descriptor; NULL when it is none of ours. */
static struct terminal *terminal_of(int fd) {
  struct stat status;
  if (fstat(fd, &status) != 0 || !S_ISCHR(status.st_mode)) return NULL;
  unsigned number = major(status.st_rdev);
  if (number < PTS_MAJOR_FIRST || number > PTS_MAJOR_LAST) return NULL;
  forget_after_fork();
  for (int i = 0; i < terminal_count; i++)
    if (terminals[i].device == status.st_rdev) return &terminals[i];
  if (terminal_count == MAX_TERMINALS) return NULL;
  int socket = connect_to(status.st_rdev);
  if (socket < 0) return NULL;
  terminals[terminal_count] = (struct terminal){status.st_rdev, socket};
  return &terminals[terminal_count++];
}

static int send_line(int socket, const char *line, size_t length) {
  while (length > 0) {
    ssize_t sent = send(socket, line, length, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return -1;
    line += sent;
    length -= (size_t)sent;
  }
  return 0;
}

static int receive_line(int socket, char *line) {
  for (size_t length = 0; length < LINE_SIZE - 1;) {
    ssize_t received = recv(socket, line + length, 1, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return -1;
    if (line[length++] != '\n') continue;
    line[length] = '\0';
    return 0;
  }
  return -1;
}

/* Ends the conversation about a terminal. */
static void forget(struct terminal *terminal) {
  close(terminal->socket);
  *terminal = terminals[--terminal_count];
}

static int exchange(struct terminal *terminal, const char *operation, int bits, int *answer) {
  char line[LINE_SIZE];
  int length = snprintf(line, sizeof line, "%s %x\n", operation, (unsigned)bits);
  if (send_line(terminal->socket, line, (size_t)length) != 0) return -1;
  if (receive_line(terminal->socket, line) != 0) return -1;
  *answer = (int)strtol(line, NULL, 16);
  return 0;
}

/*
 * One request and its answer; -1 with EIO when the board is gone, as when an adapter is pulled out. A conversation that
 * has ended may have been with the board that had the terminal's number before.
 */
static int ask(int fd, const char *operation, int bits, int *answer) {
  for (int attempt = 0; attempt < 2; attempt++) {
    struct terminal *terminal = terminal_of(fd);
    if (terminal == NULL) break;
    if (exchange(terminal, operation, bits, answer) == 0) return 0;
    forget(terminal);
  }
  errno = EIO;
  return -1;
}

static const char *operation_of(unsigned long request) {
  switch (request) {
    case TIOCMGET: return "get";
    case TIOCMSET: return "set";
    case TIOCMBIS: return "bis";
    case TIOCMBIC: return "bic";
    case TIOCSBRK: return "brk";
    case TIOCCBRK: return "nobrk";
    default: return NULL;
  }
}

static int takes_bits(unsigned long request) {
  return request == TIOCMSET || request == TIOCMBIS || request == TIOCMBIC;
}

/* Some programs look for a UART before they trust the lines: an empty description will do. */
static int describe_uart(unsigned long request, void *argument) {
  if (request == TIOCGSERIAL) memset(argument, 0, sizeof(struct serial_struct));
  return 0;
}

static int hold_alone(int fd) {
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    errno = EBUSY;
    return -1;
  }
  int answer = 0;
  return ask(fd, "set", TIOCM_DTR | TIOCM_RTS, &answer);
}

static int is_ours(unsigned long request) {
  return operation_of(request) != NULL || request == TIOCGSERIAL || request == TIOCSSERIAL || request == TIOCEXCL;
}

static int serve(int fd, unsigned long request, void *argument) {
  if (request == TIOCEXCL) return hold_alone(fd);
  if (request == TIOCGSERIAL || request == TIOCSSERIAL) return describe_uart(request, argument);
  int bits = takes_bits(request) ? *(int *)argument : 0;
  int answer = 0;
  if (ask(fd, operation_of(request), bits, &answer) != 0) return -1;
  if (request == TIOCMGET) *(int *)argument = answer;
  return 0;
}

typedef int ioctl_function(int, unsigned long, ...);

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);

  if (is_ours(request)) {
    int errno_before = errno;
    pthread_mutex_lock(&lock);
    int has_board = terminal_of(fd) != NULL;
    int result = has_board ? serve(fd, request, argument) : 0;
    pthread_mutex_unlock(&lock);
    if (has_board) {
      if (result == 0) errno = errno_before;
      return result;
    }
    errno = errno_before;
  }
  static ioctl_function *kernel;
  if (kernel == NULL) *(void **)&kernel = dlsym(RTLD_NEXT, "ioctl");
  return kernel(fd, request, argument);
}
