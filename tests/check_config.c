/* SPDX-License-Identifier: MIT */
/* The settings: each source of a value, each kind, each way to be wrong, and that the help tells every row. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/common.h"
#include "cyberatlas/config.h"
#include "run_suites.h"
#include "settings.h"

enum { MOST = 8 };

struct reading {
    bool done;
    struct config config;
    const char *operands[2];
    size_t count;
    struct err err;
};

/* Splits `line` at spaces, in place, and reads it. */
static struct reading read_line(char *line)
{
    struct reading reading = {.config = config_defaults};
    char *argv[MOST + 1] = {0};
    int argc = 0;
    for (char *word = line; word != NULL && *word != '\0' && argc < MOST;) {
        argv[argc++] = word;
        word = strchr(word, ' ');
        if (word != NULL)
            *word++ = '\0';
    }
    reading.done = config_read(argc, argv, &reading.config, reading.operands, COUNT_OF(reading.operands),
                               &reading.count, &reading.err);
    return reading;
}

static struct reading read_words(const char *words, char line[256])
{
    (void)snprintf(line, 256, "%s", words);
    return read_line(line);
}

START_TEST(nothing_given_means_the_defaults)
{
    char line[256];
    struct reading reading = read_words("", line);
    ck_assert(reading.done);
    ck_assert_uint_eq(reading.count, 0);
    ck_assert_str_eq(reading.config.listen, "127.0.0.1");
    ck_assert_uint_eq(reading.config.port, 8080);
    ck_assert_uint_eq(reading.config.head_timeout_ms, 10000);
    ck_assert_int_eq((int)reading.config.log_level, LOG_INFO);
}
END_TEST

START_TEST(options_and_operands_may_mix)
{
    char line[256];
    struct reading reading = read_words("--port 81 atlas.db --log-level=debug -- --port", line);
    ck_assert_msg(reading.done, "%s", reading.err.text);
    ck_assert_uint_eq(reading.config.port, 81);
    ck_assert_int_eq((int)reading.config.log_level, LOG_DEBUG);
    ck_assert_uint_eq(reading.count, 2);
    ck_assert_str_eq(reading.operands[0], "atlas.db");
    ck_assert_str_eq(reading.operands[1], "--port");
}
END_TEST

START_TEST(an_option_wins_over_its_variable)
{
    char line[256];
    ck_assert_int_eq(setenv("CYBERATLAS_ADMIN_PORT", "9001", 1), 0);
    ck_assert_int_eq(setenv("CYBERATLAS_CACHE", "1m", 1), 0);
    struct reading reading = read_words("--admin-port 9002", line);
    ck_assert(reading.done);
    ck_assert_uint_eq(reading.config.admin_port, 9002);
    ck_assert_uint_eq(reading.config.cache_bytes, 1024 * 1024);
    (void)unsetenv("CYBERATLAS_ADMIN_PORT");
    (void)unsetenv("CYBERATLAS_CACHE");
}
END_TEST

START_TEST(a_bad_variable_is_named_as_such)
{
    char line[256];
    ck_assert_int_eq(setenv("CYBERATLAS_LOG_LEVEL", "wran", 1), 0);
    struct reading reading = read_words("", line);
    (void)unsetenv("CYBERATLAS_LOG_LEVEL");
    ck_assert(!reading.done);
    ck_assert_int_eq((int)reading.err.kind, ERR_USAGE);
    ck_assert_str_eq(reading.err.text,
                     "CYBERATLAS_LOG_LEVEL: \"wran\" is not allowed; allowed: error, warn, info, debug; "
                     "did you mean \"warn\"?");
}
END_TEST

/* What a line of options is refused with: a part of the sentence. */
static const struct {
    const char *line, *part;
} refused[] = {
    {"--prot 80", "there is no option --prot here; did you mean --port?"},
    {"--nothing-like-it", "there is no option --nothing-like-it here; --help lists them"},
    {"-p 80", "there is no option -p here"},
    {"--port", "--port needs a value: NUMBER"},
    {"--port 65536", "--port: \"65536\" is not allowed; allowed: 0 to 65535"},
    {"--port 80x", "--port"},
    {"--port -1", "--port"},
    {"--port=", "--port: \"\" is not allowed"},
    {"--port 99999999999999999999", "--port"},
    {"--port +80", "--port"},
    {"--threads 257", "allowed: 0 to 256"},
    {"--connections 15", "allowed: 16 to 65536"},
    {"--connection-memory 8k", "allowed: 16k to 64k"},
    {"--connection-memory 20kb", "--connection-memory"},
    {"--cache 4097m", "--cache: \"4097m\" is not allowed; allowed: 0 to 1024m"},
    {"--head-timeout 10", "allowed: 100ms to 10m"},
    {"--head-timeout 5ms", "--head-timeout"},
    {"--drain 4294967295m", "--drain"},
    {"--listen localhost", "--listen: \"localhost\" is not allowed; allowed: an IPv4 or IPv6 address, or unix:/path"},
    {"--listen unix:relative", "--listen"},
    {"--listen unix:/", "--listen"},
    {"--listen 127.0.0.1:80", "--listen"},
    {"--listen=", "--listen"},
    {"--public-url https://atlas.example/", "--public-url"},
    {"--public-url ftp://atlas.example", "--public-url"},
    {"--public-url https://a\"b", "--public-url"},
    {"--public-url https://a?b=c", "--public-url"},
    {"--public-url https:///x", "--public-url"},
    {"--security-contact someone@example.org", "--security-contact"},
    {"--security-contact mailto:nobody --security-expires 2027-01-01T00:00:00Z", "--security-contact"},
    {"--security-contact mailto:cert@example.org", "give both or none"},
    {"--security-expires 2027-01-01T00:00:00Z", "give both or none"},
    {"--security-expires 2027-01-01", "--security-expires"},
    {"--security-expires 2027-02-30T00:00:00Z", "--security-expires"},
    {"--security-expires 2027-01-01T24:00:00Z", "--security-expires"},
    {"--security-expires 2027-01-01T00:60:00Z", "--security-expires"},
    {"--security-expires 2027-01-01T00:00:00", "--security-expires"},
    {"--security-expires 2027-01-01T00:00:00+25:00", "--security-expires"},
    {"--access-log jsno", "did you mean \"json\"?"},
    {"--access-log", "--access-log needs a value: WORD"},
    {"one two three", "\"three\" is one argument too many"},
};

START_TEST(each_wrong_option_is_refused)
{
    char line[256];
    struct reading reading = read_words(refused[_i].line, line);
    ck_assert_msg(!reading.done, "taken: %s", refused[_i].line);
    ck_assert_int_eq((int)reading.err.kind, ERR_USAGE);
    ck_assert_msg(strstr(reading.err.text, refused[_i].part) != NULL, "%s: %s", refused[_i].line, reading.err.text);
    ck_assert_uint_eq(reading.config.port, config_defaults.port);
}
END_TEST

static const char *const taken[] = {
    "--listen ::1",
    "--listen unix:/run/cyberatlas/http",
    "--admin-listen=",
    "--port 0",
    "--port 00080",
    "--cache 0",
    "--watch 0",
    "--head-timeout 100ms",
    "--idle-timeout 60m",
    "--connection-memory 65536",
    "--public-url https://atlas.example/facts",
    "--security-contact mailto:cert@example.org --security-expires 2027-12-31T23:59:59+01:00",
    "--security-contact https://example.org/report --security-expires 2027-12-31T00:00:00Z",
    "--access-log common",
};

START_TEST(each_right_option_is_taken)
{
    char line[256];
    struct reading reading = read_words(taken[_i], line);
    ck_assert_msg(reading.done, "%s: %s", taken[_i], reading.err.text);
}
END_TEST

START_TEST(units_multiply)
{
    char line[256];
    struct reading reading = read_words("--cache 3m --connection-memory 17k --drain 2s --watch 5m", line);
    ck_assert_msg(reading.done, "%s", reading.err.text);
    ck_assert_uint_eq(reading.config.cache_bytes, 3 * 1024 * 1024);
    ck_assert_uint_eq(reading.config.connection_memory, 17 * 1024);
    ck_assert_uint_eq(reading.config.drain_ms, 2000);
    ck_assert_uint_eq(reading.config.watch_ms, 300000);
}
END_TEST

START_TEST(a_listen_path_fits_a_socket_address)
{
    char path[160] = "unix:/";
    memset(path + 6, 'a', 106);
    char *fits[] = {(char *)"--listen", path, NULL};
    struct config config;
    size_t count = 0;
    struct err err;
    ck_assert(config_read(2, fits, &config, NULL, 0, &count, &err));
    path[112] = 'a';
    ck_assert(!config_read(2, fits, &config, NULL, 0, &count, &err));
}
END_TEST

START_TEST(a_flag_takes_no_value_and_a_letter_works)
{
    struct target {
        bool json;
        const char *output;
    } target = {0};
    const struct setting table[] = {
        {.name = "json", .kind = SETTING_FLAG, .offset = offsetof(struct target, json)},
        {.name = "output",
         .letter = 'o',
         .kind = SETTING_TEXT,
         .offset = offsetof(struct target, output),
         .value = "FILE"},
        {.name = NULL},
    };
    char *good[] = {(char *)"-o", (char *)"-", (char *)"--json", NULL};
    char *bad[] = {(char *)"--json=yes", NULL};
    struct operands operands = {0};
    struct err err;
    ck_assert(settings_read(table, 3, good, &target, &operands, &err));
    ck_assert(target.json);
    ck_assert_str_eq(target.output, "-");
    ck_assert(!settings_read(table, 1, bad, &target, &operands, &err));
    ck_assert_str_eq(err.text, "--json takes no value");
}
END_TEST

START_TEST(the_help_names_option_variable_and_default)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    ck_assert_ptr_nonnull(out);
    config_help(out);
    ck_assert_int_eq(fclose(out), 0);
    static const char *const parts[] = {"--head-timeout TIME",
                                        "default: 10s; CYBERATLAS_HEAD_TIMEOUT",
                                        "default: 16k; CYBERATLAS_CONNECTION_MEMORY",
                                        "default: none; CYBERATLAS_PUBLIC_URL",
                                        "default: info; CYBERATLAS_LOG_LEVEL",
                                        "default: 0; CYBERATLAS_THREADS",
                                        "allowed: off, common, json"};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        ck_assert_msg(strstr(text, parts[i]) != NULL, "%s is missing in:\n%s", parts[i], text);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config");
    TCase *tcase = tcase_create("config");
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, nothing_given_means_the_defaults);
    tcase_add_test(tcase, options_and_operands_may_mix);
    tcase_add_test(tcase, an_option_wins_over_its_variable);
    tcase_add_test(tcase, a_bad_variable_is_named_as_such);
    tcase_add_loop_test(tcase, each_wrong_option_is_refused, 0, COUNT_OF(refused));
    tcase_add_loop_test(tcase, each_right_option_is_taken, 0, COUNT_OF(taken));
    tcase_add_test(tcase, units_multiply);
    tcase_add_test(tcase, a_listen_path_fits_a_socket_address);
    tcase_add_test(tcase, a_flag_takes_no_value_and_a_letter_works);
    tcase_add_test(tcase, the_help_names_option_variable_and_default);
    return run_suites((Suite *[]){suite, NULL});
}
