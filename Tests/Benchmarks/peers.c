/* What C reaches: peers OPERATION FILE SECONDS prints the nanoseconds that one run of the operation takes.
 *
 * Operations: events, nodes, roundtrip (libyaml), sha256, substitute. Each works on the file's bytes in memory.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

static unsigned char *text;
static size_t length;
static unsigned char *room;
static size_t room_length;
/* Depends on every run, so that none can be left out. */
static volatile size_t sum;

static void stop(const char *message) {
  fprintf(stderr, "peers: %s\n", message);
  exit(2);
}

static void events(void) {
  yaml_parser_t parser;
  yaml_event_t event;
  int is_last = 0;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, text, length);
  while (!is_last) {
    if (!yaml_parser_parse(&parser, &event)) stop("libyaml refuses the text");
    is_last = event.type == YAML_STREAM_END_EVENT;
    sum += event.type;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

static void nodes(void) {
  yaml_parser_t parser;
  yaml_document_t document;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, text, length);
  for (;;) {
    if (!yaml_parser_load(&parser, &document)) stop("libyaml refuses the text");
    yaml_node_t *root = yaml_document_get_root_node(&document);
    if (root) sum += root->type;
    yaml_document_delete(&document);
    if (!root) break;
  }
  yaml_parser_delete(&parser);
}

static void roundtrip(void) {
  yaml_parser_t parser;
  yaml_emitter_t emitter;
  yaml_event_t event;
  size_t written = 0;
  int is_last = 0;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, text, length);
  yaml_emitter_initialize(&emitter);
  yaml_emitter_set_output_string(&emitter, room, room_length, &written);
  while (!is_last) {
    if (!yaml_parser_parse(&parser, &event)) stop("libyaml refuses the text");
    is_last = event.type == YAML_STREAM_END_EVENT;
    /* The emitter takes the event over. */
    if (!yaml_emitter_emit(&emitter, &event)) stop("libyaml cannot emit the text");
  }
  yaml_emitter_delete(&emitter);
  yaml_parser_delete(&parser);
  sum += written;
}

/* FIPS 180-4, section 6.2, as it is written there. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotated(uint32_t word, int count) { return word >> count | word << (32 - count); }

static void compress(uint32_t state[8], const unsigned char *block) {
  uint32_t words[64], v[8];
  for (int t = 0; t < 16; t++)
    words[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 |
               (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
  for (int t = 16; t < 64; t++) {
    uint32_t a = words[t - 15], b = words[t - 2];
    words[t] = words[t - 16] + (rotated(a, 7) ^ rotated(a, 18) ^ a >> 3) + words[t - 7] +
               (rotated(b, 17) ^ rotated(b, 19) ^ b >> 10);
  }
  memcpy(v, state, sizeof v);
  for (int t = 0; t < 64; t++) {
    uint32_t first = v[7] + (rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)) +
                     ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[t] + words[t];
    uint32_t second = (rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)) +
                      ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    v[7] = v[6], v[6] = v[5], v[5] = v[4], v[4] = v[3] + first;
    v[3] = v[2], v[2] = v[1], v[1] = v[0], v[0] = first + second;
  }
  for (int i = 0; i < 8; i++) state[i] += v[i];
}

static void sha256(void) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  unsigned char last[128] = {0};
  size_t offset = 0, rest;
  for (; length - offset >= 64; offset += 64) compress(state, text + offset);
  rest = length - offset;
  memcpy(last, text + offset, rest);
  last[rest] = 0x80;
  size_t end = rest < 56 ? 64 : 128;
  for (int i = 0; i < 8; i++) last[end - 1 - i] = (unsigned char)((uint64_t)length * 8 >> 8 * i);
  for (size_t i = 0; i < end; i += 64) compress(state, last + i);
  sum += state[0];
}

/* `${pN}` by the value of the parameter N: one pass over the bytes, names found by comparing them. */
static const char *names[] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"};
static const char *values[] = {"12", "60", "0.25", "300", "1.5", "42", "7", "0.001", "99", "1000"};

static void substitute(void) {
  size_t in = 0, out = 0;
  while (in < length) {
    const unsigned char *dollar = memchr(text + in, '$', length - in);
    size_t run = dollar ? (size_t)(dollar - text) - in : length - in;
    memcpy(room + out, text + in, run);
    in += run, out += run;
    if (!dollar) break;
    const unsigned char *close = in + 1 < length && text[in + 1] == '{'
                                     ? memchr(text + in, '}', length - in) : NULL;
    size_t name_length = close ? (size_t)(close - text) - in - 2 : 0;
    int found = -1;
    for (int i = 0; close && i < 10 && found < 0; i++)
      if (strlen(names[i]) == name_length && !memcmp(names[i], text + in + 2, name_length)) found = i;
    if (found < 0) {
      room[out++] = text[in++];
      continue;
    }
    size_t value_length = strlen(values[found]);
    memcpy(room + out, values[found], value_length);
    out += value_length, in += name_length + 3;
  }
  sum += out;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(int count, char **arguments) {
  static const struct { const char *name; void (*run)(void); } operations[] = {
      {"events", events}, {"nodes", nodes}, {"roundtrip", roundtrip},
      {"sha256", sha256}, {"substitute", substitute},
  };
  if (count != 4) stop("usage: peers OPERATION FILE SECONDS");
  FILE *file = fopen(arguments[2], "rb");
  if (!file) stop("the file cannot be opened");
  fseek(file, 0, SEEK_END);
  length = (size_t)ftell(file);
  rewind(file);
  room_length = 4 * length + 4096;
  text = malloc(length + 1), room = malloc(room_length);
  if (!text || !room || fread(text, 1, length, file) != length) stop("the file cannot be read");
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    if (strcmp(operations[i].name, arguments[1])) continue;
    double start = now(), end = start + atof(arguments[3]) * 1e9, time = start;
    long runs = 0;
    while (time < end) {
      operations[i].run();
      runs++, time = now();
    }
    printf("%.1f\n", (time - start) / (double)runs);
    return 0;
  }
  stop("no such operation");
}
