// What the address sanitizer is to do, linked into programs that Tests/Sanitizers/run builds: tests start the program with an
// environment of their own, so it stands in the program.
//
// Leaks are not looked for. A value that Swift makes once for the whole process is taken for lost where an enum keeps bits of
// its own in the pointer to it.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "exitcode=66:detect_leaks=0:log_path=" REPORTS; }
