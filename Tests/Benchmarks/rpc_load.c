/* Loads a JSON-RPC server with requests, and the floor to measure it by: Tests/Benchmarks/rpc builds and calls it.
 *
 *   rpc_load floor SOCKET            an echo server on epoll that finds the end of each message, looks at no JSON, and
 *                                    writes each answer by itself
 *   rpc_load --socket PATH [--clients N] [--in-flight N] [--seconds S] [--method NAME] [--params JSON] [--raw] [--errors]
 *                                    prints: answers, answers a second, and microseconds at 50, 99, 99.9 and 100 per cent
 *   rpc_load ... --pace US           one request after another, begun every US microseconds
 *   rpc_load ... --count N           ends after N answers, all counted, instead of after some time
 *   rpc_load ... --connections N     N connections one after another, a request on each
 *   rpc_load ... --program PROGRAM ARGUMENTS...     the same over the pipes of a language server
 *
 * Messages have a Content-Length header. Each answer must be to a request in flight on its connection, and no error unless
 * `--errors` allows that; `--raw` allows a server that sends back what it gets.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void stop(const char *why) {
  fprintf(stderr, "rpc_load: %s%s%s\n", why, errno ? ": " : "", errno ? strerror(errno) : "");
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* ---- Bytes that have arrived ---- */

typedef struct {
  char *bytes;
  size_t start, end, room;
} Buffer;

static void reserve(Buffer *buffer, size_t more) {
  if (buffer->start == buffer->end) buffer->start = buffer->end = 0;
  if (buffer->room - buffer->end >= more) return;
  if (buffer->start) {
    memmove(buffer->bytes, buffer->bytes + buffer->start, buffer->end - buffer->start);
    buffer->end -= buffer->start, buffer->start = 0;
    if (buffer->room - buffer->end >= more) return;
  }
  buffer->room = buffer->end + more;
  buffer->bytes = realloc(buffer->bytes, buffer->room);
  if (!buffer->bytes) stop("no memory");
}

/* The length of the next whole message with its header, 0 where it is not all there; the body begins at *body. */
static size_t message(const Buffer *buffer, size_t *body) {
  const char *text = buffer->bytes + buffer->start;
  size_t length = buffer->end - buffer->start;
  const char *end = length ? memmem(text, length, "\r\n\r\n", 4) : NULL;
  if (!end) return 0;
  const char *field = memmem(text, (size_t)(end - text), "Content-Length: ", 16);
  if (!field) errno = 0, stop("a message without Content-Length");
  size_t header = (size_t)(end - text) + 4, whole = header + strtoul(field + 16, NULL, 10);
  *body = header;
  return whole <= length ? whole : 0;
}

static struct sockaddr_un address(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) errno = 0, stop("the path is too long");
  strcpy(address.sun_path, path);
  return address;
}

/* ---- The floor ---- */

typedef struct {
  int number;
  Buffer in;
} Peer;

static void serve(const char *path) {
  struct sockaddr_un at = address(path);
  int listener = socket(AF_UNIX, SOCK_STREAM, 0), poll = epoll_create1(0);
  unlink(path);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 128)) stop("bind");
  struct epoll_event event = {.events = EPOLLIN}, events[64];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  while (1) {
    int count = epoll_wait(poll, events, 64, -1);
    for (int i = 0; i < count; i++) {
      Peer *peer = events[i].data.ptr;
      if (!peer) {
        peer = calloc(1, sizeof *peer);
        if (!peer || (peer->number = accept(listener, NULL, NULL)) < 0) stop("accept");
        event.data.ptr = peer;
        epoll_ctl(poll, EPOLL_CTL_ADD, peer->number, &event);
        continue;
      }
      reserve(&peer->in, 1 << 16);
      ssize_t got = read(peer->number, peer->in.bytes + peer->in.end, 1 << 16);
      if (got <= 0) {
        close(peer->number);
        free(peer->in.bytes), free(peer);
        continue;
      }
      peer->in.end += (size_t)got;
      size_t length, body;
      while ((length = message(&peer->in, &body))) {
        for (size_t done = 0; done < length;) {
          ssize_t took = write(peer->number, peer->in.bytes + peer->in.start + done, length - done);
          if (took < 0) break;
          done += (size_t)took;
        }
        peer->in.start += length;
      }
    }
  }
}

/* ---- The load ---- */

typedef struct {
  int in, out;
  Buffer arrived, leaving;
  uint64_t next;
  uint64_t *sent; /* for each id in flight, modulo `ring`, when it was sent; else 0 */
  uint64_t *ids;
} Client;

static const char *method = "echo", *params = "{}";
static uint64_t ring, serial = 100;
static int errors_count_as_answers, is_raw;
static uint32_t *latencies;
static size_t latency_count, latency_room, answered_before;

static void put(Client *client, const char *body, size_t length) {
  reserve(&client->leaving, length + 40);
  client->leaving.end += (size_t)sprintf(
      client->leaving.bytes + client->leaving.end, "Content-Length: %zu\r\n\r\n", length);
  memcpy(client->leaving.bytes + client->leaving.end, body, length);
  client->leaving.end += length;
}

/* `@` in the parameters becomes a number that no request before had. */
static void put_request(Client *client) {
  static char *body;
  static size_t room;
  size_t want = strlen(params) + strlen(method) + 128;
  if (room < want && !(body = realloc(body, room = want))) stop("no memory");
  uint64_t id = client->next++;
  int length = sprintf(body, "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":\"%s\",\"params\":", (unsigned long long)id, method);
  const char *mark = strchr(params, '@');
  if (mark)
    length += sprintf(body + length, "%.*s%llu%s}", (int)(mark - params), params, (unsigned long long)++serial, mark + 1);
  else
    length += sprintf(body + length, "%s}", params);
  put(client, body, (size_t)length);
  client->ids[id % ring] = id;
  client->sent[id % ring] = now();
}

/* Returns whether all has gone. */
static int flush(Client *client) {
  Buffer *leaving = &client->leaving;
  while (leaving->start < leaving->end) {
    ssize_t took = write(client->out, leaving->bytes + leaving->start, leaving->end - leaving->start);
    if (took < 0 && errno == EAGAIN) return 0;
    if (took < 0) stop("write");
    leaving->start += (size_t)took;
  }
  return 1;
}

/* Reads once; returns how many answers that completed. */
static int take(Client *client) {
  reserve(&client->arrived, 1 << 18);
  ssize_t got = read(client->in, client->arrived.bytes + client->arrived.end, 1 << 18);
  if (got < 0 && errno == EAGAIN) return 0;
  if (got <= 0) stop("the server has gone");
  client->arrived.end += (size_t)got;
  uint64_t time = now();
  int count = 0;
  size_t length, start;
  while ((length = message(&client->arrived, &start))) {
    const char *body = client->arrived.bytes + client->arrived.start + start;
    size_t size = length - start;
    client->arrived.start += length;
    const char *found = memmem(body, size, "\"id\":", 5);
    if (!found) continue; /* a notification of the server's */
    uint64_t id = strtoull(found + 5, NULL, 10);
    if (client->ids[id % ring] != id || !client->sent[id % ring]) {
      errno = 0;
      fprintf(stderr, "%.*s\n", (int)(size < 200 ? size : 200), body);
      stop("an answer to no request in flight");
    }
    if (!is_raw && !errors_count_as_answers && (!memmem(body, size, "\"result\":", 9) || memmem(body, size, "\"error\":", 8))) {
      errno = 0;
      fprintf(stderr, "%.*s\n", (int)(size < 400 ? size : 400), body);
      stop("an error");
    }
    uint64_t taken = time - client->sent[id % ring];
    client->sent[id % ring] = 0;
    if (latency_count == latency_room) {
      latency_room = latency_room ? 2 * latency_room : 1 << 20;
      latencies = realloc(latencies, latency_room * sizeof *latencies);
      if (!latencies) stop("no memory");
    }
    latencies[latency_count++] = taken > UINT32_MAX ? UINT32_MAX : (uint32_t)taken;
    count++;
  }
  return count;
}

static void open_socket(Client *client, const char *path) {
  struct sockaddr_un at = address(path);
  client->in = client->out = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  /* A server that has just started may not listen yet. */
  for (int attempt = 0; connect(client->in, (struct sockaddr *)&at, sizeof at); attempt++) {
    if (attempt == 1000) stop(path);
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
  }
}

static void open_program(Client *client, char **program) {
  int to[2], from[2];
  if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC)) stop("pipe");
  if (fork() == 0) {
    dup2(to[0], 0), dup2(from[1], 1);
    execvp(program[0], program);
    _exit(127);
  }
  close(to[0]), close(from[1]);
  client->out = to[1], client->in = from[0];
  const char *body = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\","
                     "\"params\":{\"processId\":null,\"rootUri\":null,\"capabilities\":{}}}";
  client->ids[0] = 0, client->sent[0] = now();
  put(client, body, strlen(body));
  flush(client);
  while (!take(client)) {}
  body = "{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}";
  put(client, body, strlen(body));
  flush(client);
}

static int ascending(const void *first, const void *second) {
  uint32_t a = *(const uint32_t *)first, b = *(const uint32_t *)second;
  return (a > b) - (a < b);
}

static double percentile(double part) {
  return latency_count ? latencies[(size_t)(part * (double)(latency_count - 1) + 0.5)] / 1000.0 : 0;
}

/* What is answered before the caches are warm does not count. */
static const double warm_up_seconds = 0.1;

static void begin_to_count(uint64_t *start) {
  *start = now();
  answered_before = latency_count;
  latency_count = 0;
}

int main(int count, char **arguments) {
  if (count == 3 && !strcmp(arguments[1], "floor")) serve(arguments[2]);
  int client_count = 1, in_flight = 1;
  double seconds = 1;
  long pace = 0, connection_count = 0;
  size_t answer_count = 0;
  const char *path = NULL;
  char **program = NULL;
  for (int i = 1; i < count; i++) {
    char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : NULL;
    errno = 0;
    if (!strcmp(name, "--raw")) { is_raw = 1; continue; }
    if (!strcmp(name, "--errors")) { errors_count_as_answers = 1; continue; }
    if (!value) stop(name);
    i++;
    if (!strcmp(name, "--socket")) path = value;
    else if (!strcmp(name, "--clients")) client_count = atoi(value);
    else if (!strcmp(name, "--in-flight")) in_flight = atoi(value);
    else if (!strcmp(name, "--seconds")) seconds = atof(value);
    else if (!strcmp(name, "--pace")) pace = atol(value);
    else if (!strcmp(name, "--count")) answer_count = (size_t)atoll(value);
    else if (!strcmp(name, "--connections")) connection_count = atol(value);
    else if (!strcmp(name, "--method")) method = value;
    else if (!strcmp(name, "--params")) params = value;
    else if (!strcmp(name, "--program")) { program = arguments + i; break; }
    else stop(name);
  }
  errno = 0;
  if ((!path && !program) || client_count < 1 || in_flight < 1)
    stop("usage: rpc_load --socket PATH [--clients N] [--in-flight N] [--seconds S] [--method NAME] [--params JSON]"
         " [--raw] [--errors] [--pace US] [--count N] [--connections N] [--program PROGRAM ARGUMENTS...]");
  ring = (uint64_t)in_flight * 4 + 4;
  Client *clients = calloc((size_t)client_count, sizeof *clients);
  if (!clients) stop("no memory");
  for (int i = 0; i < client_count; i++) {
    Client *client = clients + i;
    client->next = 1;
    client->sent = calloc(ring, sizeof *client->sent), client->ids = calloc(ring, sizeof *client->ids);
    if (!client->sent || !client->ids) stop("no memory");
    if (path) open_socket(client, path);
    else open_program(client, program);
  }
  uint64_t begin = now(), start = 0;
  double total = answer_count ? 1e30 : (seconds + warm_up_seconds) * 1e9, warm_up = answer_count ? 0 : warm_up_seconds * 1e9;
  if (connection_count) {
    begin_to_count(&start);
    close(clients->in);
    for (long turn = 0; turn < connection_count; turn++) {
      open_socket(clients, path);
      put_request(clients);
      flush(clients);
      while (!take(clients)) {}
      close(clients->in);
    }
  } else if (client_count == 1 && in_flight == 1) {
    /* Nothing but a write and a read: waiting in epoll would cost as much again. */
    for (uint64_t turn = 0; ; turn++) {
      if (pace) {
        uint64_t at = begin + turn * (uint64_t)pace * 1000;
        struct timespec time = {.tv_sec = (time_t)(at / 1000000000), .tv_nsec = (long)(at % 1000000000)};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
      }
      if (turn % 16 == 0 || pace) {
        double passed = (double)(now() - begin);
        if (!start && passed >= warm_up) begin_to_count(&start);
        if (passed >= total || (answer_count && latency_count >= answer_count)) break;
      }
      put_request(clients);
      flush(clients);
      while (!take(clients)) {}
    }
  } else {
    int poll = epoll_create1(0);
    struct epoll_event events[256];
    for (int i = 0; i < client_count; i++) {
      fcntl(clients[i].in, F_SETFL, O_NONBLOCK);
      struct epoll_event event = {.events = EPOLLIN, .data.ptr = clients + i};
      epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].in, &event);
      for (int k = 0; k < in_flight; k++) put_request(clients + i);
      flush(clients + i);
    }
    while (1) {
      double passed = (double)(now() - begin);
      if (!start && passed >= warm_up) begin_to_count(&start);
      if (passed >= total || (answer_count && latency_count >= answer_count)) break;
      int ready = epoll_wait(poll, events, 256, 20000);
      if (ready <= 0) errno = 0, stop("no answer for 20 seconds");
      for (int i = 0; i < ready; i++) {
        Client *client = events[i].data.ptr;
        for (int got = take(client); got > 0; got--) put_request(client);
        int has_gone = flush(client), is_socket = client->in == client->out;
        if (!has_gone && !is_socket) errno = 0, stop("the program does not read");
        if (is_socket) {
          struct epoll_event event = {.events = EPOLLIN | (has_gone ? 0 : EPOLLOUT), .data.ptr = client};
          if (event.events != EPOLLIN || events[i].events & EPOLLOUT) epoll_ctl(poll, EPOLL_CTL_MOD, client->in, &event);
        }
      }
    }
  }
  double took = (double)(now() - start) / 1e9;
  size_t answered = latency_count;
  qsort(latencies, latency_count, sizeof *latencies, ascending);
  printf("%zu %.0f %.1f %.1f %.1f %.1f\n", answered_before + answered, (double)answered / took, percentile(0.5),
         percentile(0.99), percentile(0.999), percentile(1));
  return 0;
}
