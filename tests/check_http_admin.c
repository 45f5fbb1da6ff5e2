/* SPDX-License-Identifier: MIT */
/* For the operator: the admin listener, figures that parse, and an access log that no request can break out of. */
#include <ctype.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/running.h"

struct row {
    const char *path, *more;
    int status;
    const char *type, *body; /* body: what it must hold */
};

static const struct row rows[] = {
    {"/livez", "", 200, "text/plain; charset=utf-8", "live\n"},
    {"/livez", "Accept: application/json\r\n", 200, "application/json", "{\"status\":\"live\"}\n"},
    {"/readyz", "", 200, "text/plain; charset=utf-8", "ready\nrevision "},
    {"/readyz", "Accept: application/json\r\n", 200, "application/json", "{\"status\":\"ready\",\"revision\":\""},
    {"/version", "", 200, "text/plain; charset=utf-8", "cyberatlas " CYBERATLAS_VERSION "\n"},
    {"/version", "Accept: application/json\r\n", 200, "application/json", "{\"version\":\"" CYBERATLAS_VERSION "\""},
    {"/metrics", "", 200, "text/plain; version=0.0.4; charset=utf-8", "cyberatlas_dataset_info{revision=\""},
    {"/v1", "", 404, "application/problem+json", "/readyz"},
};

START_TEST(the_admin_listener_answers_in_text_and_json)
{
    char text[512];
    const struct row *row = &rows[_i];
    struct reply answer = client_get(http_admin_port(server), row->path, row->more);
    ck_assert_int_eq(answer.status, row->status);
    ck_assert(reply_field(&answer, "Content-Type", text));
    ck_assert_str_eq(text, row->type);
    ck_assert_msg(strstr(answer.body, row->body) != NULL, "%s: %s", row->path, answer.body);
    if (row->status == 200) {
        ck_assert(reply_field(&answer, "Cache-Control", text));
        ck_assert_str_eq(text, "no-store");
        ck_assert(!reply_field(&answer, "Access-Control-Allow-Origin", text));
        ck_assert(reply_field(&answer, "Cross-Origin-Resource-Policy", text));
        ck_assert_str_eq(text, "same-origin");
    }
    reply_done(&answer);
}
END_TEST

START_TEST(the_admin_listener_only_reads)
{
    char text[512];
    int fd = client_connect(http_admin_port(server));
    client_say(fd, "POST /livez HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, 405);
    ck_assert(reply_field(&answer, "Allow", text));
    ck_assert_str_eq(text, "GET, HEAD");
    reply_done(&answer);
    client_close(fd);
}
END_TEST

START_TEST(the_public_listener_does_not_have_the_admin_addresses)
{
    struct reply answer = client_get(http_port(server), "/metrics", "");
    ck_assert_int_eq(answer.status, 404);
    reply_done(&answer);
}
END_TEST

/* name[{label="value",…}] number */
static bool is_sample(const char *line, size_t len)
{
    size_t at = 0;
    while (at < len && (islower((unsigned char)line[at]) || line[at] == '_'))
        at++;
    if (at == 0)
        return false;
    if (at < len && line[at] == '{') {
        const char *close = memchr(line, '}', len);
        if (close == NULL || close[-1] != '"')
            return false;
        at = (size_t)(close - line) + 1;
    }
    if (at >= len || line[at] != ' ')
        return false;
    size_t digits = strspn(line + at + 1, "0123456789.");
    return digits > 0 && at + 1 + digits == len;
}

START_TEST(metrics_parse_line_by_line_and_count)
{
    for (int i = 0; i < 3; i++) {
        struct reply ignored = client_get(http_port(server), "/nothing", "");
        reply_done(&ignored);
    }
    struct reply answer = client_get(http_admin_port(server), "/metrics", "");
    size_t samples = 0;
    for (const char *line = answer.body; *line != '\0'; line += strcspn(line, "\n") + 1) {
        size_t len = strcspn(line, "\n");
        ck_assert_int_eq(line[len], '\n');
        if (strncmp(line, "# HELP ", 7) == 0 || strncmp(line, "# TYPE ", 7) == 0)
            continue;
        ck_assert_msg(is_sample(line, len), "%.*s", (int)len, line);
        samples++;
    }
    ck_assert_uint_gt(samples, 20);
    const char *count = strstr(answer.body, "\ncyberatlas_http_responses_total{code=\"404\"} ");
    ck_assert_ptr_nonnull(count);
    ck_assert_int_ge(strtoll(strchr(count, '}') + 1, NULL, 10), 3);
    reply_done(&answer);
}
END_TEST

/* Runs a server that logs to a file, sends the text, and gives what was logged. */
static void log_of(enum access_log kind, const char *text, int answers, char *ret, size_t size)
{
    char path[128];
    (void)snprintf(path, sizeof(path), "%s/access", fixture_folder());
    (void)fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    int file = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
    ck_assert_int_ge(file, 0);
    (void)dup2(file, STDOUT_FILENO);
    struct config logging = fixture_config();
    logging.access_log = kind;
    struct http_server *other = fixture_start(&logging);
    int fd = client_connect(http_port(other));
    client_say(fd, text);
    for (int i = 0; i < answers; i++) {
        struct reply answer = client_answer(fd, false);
        reply_done(&answer);
    }
    client_close(fd);
    http_stop(other);
    (void)dup2(saved, STDOUT_FILENO);
    (void)close(saved);
    ssize_t len = pread(file, ret, size - 1, 0);
    (void)close(file);
    ret[len < 0 ? 0 : len] = '\0';
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n' ? 1 : 0;
    return lines;
}

static const char nasty[] = "GET /v1 HTTP/1.1\r\nHost: t\r\n\r\n"
                            "GET /a\"b\\c#d HTTP/1.1\r\nHost: t\r\n\r\n";

START_TEST(the_common_log_escapes_what_clients_send)
{
    static char text[16384];
    log_of(ACCESS_LOG_COMMON, nasty, 2, text, sizeof(text));
    ck_assert_uint_eq(lines_of(text), 2);
    ck_assert_ptr_nonnull(strstr(text, "127.0.0.1 - - ["));
    ck_assert_ptr_nonnull(strstr(text, " +0000] \"GET /v1 HTTP/1.1\" 200 "));
    ck_assert_ptr_nonnull(strstr(text, "\"GET /a\\x22b\\x5cc#d HTTP/1.1\" 400 "));
}
END_TEST

START_TEST(the_json_log_escapes_what_clients_send)
{
    static char text[16384];
    log_of(ACCESS_LOG_JSON, nasty, 2, text, sizeof(text));
    ck_assert_uint_eq(lines_of(text), 2);
    ck_assert_ptr_nonnull(strstr(text, "\"client\":\"127.0.0.1\",\"method\":\"GET\",\"target\":\"/v1\""));
    ck_assert_ptr_nonnull(strstr(text, "\"target\":\"/a\\u0022b\\u005cc#d\""));
    ck_assert_ptr_nonnull(strstr(text, "\"status\":400,"));
}
END_TEST

START_TEST(an_address_asked_about_is_not_logged_in_full)
{
    static const char asked[] = "GET /v1/contacts?ip=192.0.2.77 HTTP/1.1\r\nHost: t\r\n\r\n";
    static char text[2][4096];
    log_of(ACCESS_LOG_COMMON, asked, 1, text[0], sizeof(text[0]));
    log_of(ACCESS_LOG_JSON, asked, 1, text[1], sizeof(text[1]));
    for (size_t i = 0; i < COUNT_OF(text); i++) {
        ck_assert_ptr_nonnull(strstr(text[i], "/v1/contacts?ip=192.0.2.0"));
        ck_assert_ptr_null(strstr(text[i], "192.0.2.77"));
    }
}
END_TEST

START_TEST(the_log_is_off_unless_asked_for)
{
    static char text[1024];
    log_of(ACCESS_LOG_OFF, nasty, 2, text, sizeof(text));
    ck_assert_str_eq(text, "");
}
END_TEST

static void wait_for_socket(const char *path)
{
    int fd = -1;
    for (int i = 0; i < 500 && fd < 0; i++) {
        fd = client_connect_unix(path);
        if (fd < 0)
            (void)usleep(10000);
    }
    ck_assert_int_ge(fd, 0);
    client_close(fd);
}

static bool says(const char *path, const char *text)
{
    int fd = client_connect_unix(path);
    client_say(fd, "GET /v1 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    struct reply answer = client_answer(fd, false);
    bool found = answer.status == 200 && strstr(answer.body, text) != NULL;
    reply_done(&answer);
    client_close(fd);
    return found;
}

START_TEST(signals_reload_and_stop)
{
    char listen[128];
    (void)snprintf(listen, sizeof(listen), "unix:%s/run", fixture_folder());
    fixture_dataset(fixture_path(), 1, 0);
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        struct config running = fixture_config();
        running.listen = listen;
        running.admin_listen = "";
        struct err err = {0};
        _exit(http_run(&running, fixture_path(), &err) ? 0 : 3);
    }
    wait_for_socket(listen + 5);
    ck_assert(says(listen + 5, "\"number\":1,"));
    fixture_dataset(fixture_path(), 2, 0);
    (void)kill(pid, SIGHUP);
    bool fresh = false;
    for (int i = 0; i < 500 && !fresh; i++) {
        fresh = says(listen + 5, "\"number\":2,");
        (void)usleep(10000);
    }
    ck_assert(fresh);
    (void)kill(pid, SIGTERM);
    int status = -1;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
    ck_assert_int_ne(access(listen + 5, F_OK), 0);
}
END_TEST

void add_admin_cases(Suite *suite)
{
    TCase *tcase = tcase_create("admin");
    tcase_add_unchecked_fixture(tcase, start_server, stop_server);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, the_admin_listener_answers_in_text_and_json, 0, (int)(sizeof(rows) / sizeof(rows[0])));
    tcase_add_test(tcase, the_admin_listener_only_reads);
    tcase_add_test(tcase, the_public_listener_does_not_have_the_admin_addresses);
    tcase_add_test(tcase, metrics_parse_line_by_line_and_count);
    suite_add_tcase(suite, tcase);
    TCase *own = tcase_create("operator");
    tcase_set_timeout(own, 60);
    tcase_add_test(own, the_common_log_escapes_what_clients_send);
    tcase_add_test(own, the_json_log_escapes_what_clients_send);
    tcase_add_test(own, an_address_asked_about_is_not_logged_in_full);
    tcase_add_test(own, the_log_is_off_unless_asked_for);
    tcase_add_test(own, signals_reload_and_stop);
    suite_add_tcase(suite, own);
}
