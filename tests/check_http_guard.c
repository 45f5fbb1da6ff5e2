/* SPDX-License-Identifier: MIT */
/* Hostile and odd requests, byte for byte: what each gets, and whether the connection ends. A row that smuggles must
 * get exactly one answer and a closed connection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "http/running.h"

/* LIBRARY: refused by libmicrohttpd before the guard sees it; 0.9.75 then writes its own head twice. */
enum ending { OPEN, CLOSED, LIBRARY };

struct row {
    const char *name;
    const char *bytes;
    int status; /* of the only answer; 0: none */
    enum ending ending;
};

#define HOST "Host: test\r\n"
#define SECOND "GET /second HTTP/1.1\r\n" HOST "\r\n"

static const struct row rows[] = {
    {"plain", "GET /v1 HTTP/1.1\r\n" HOST "\r\n", 200, OPEN},
    {"HTTP/1.0 without Host", "GET /v1 HTTP/1.0\r\n\r\n", 200, CLOSED},
    {"TAB as separator", "GET\t/v1\tHTTP/1.1\r\n" HOST "\r\n", 0, CLOSED},
    {"space in the target", "GET /v1 b HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"HTTP/0.9", "GET /v1\r\n\r\n", 400, CLOSED},
    {"HTTP/2.0", "GET /v1 HTTP/2.0\r\n" HOST "\r\n", 505, CLOSED},
    {"HTTP/1.10", "GET /v1 HTTP/1.10\r\n" HOST "\r\n", 400, CLOSED},
    {"small letters", "get /v1 HTTP/1.1\r\n" HOST "\r\n", 501, CLOSED},
    {"unknown method", "BREW /v1 HTTP/1.1\r\n" HOST "\r\n", 501, CLOSED},
    {"method that is no token", "GE{T /v1 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"0x01 in the target", "GET /v1\x01 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"0xFF in the target", "GET /v1\xff HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"0x7F in the target", "GET /v1\x7f HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"fragment", "GET /v1#frag HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"GET of *", "GET * HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"OPTIONS of *", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 204, OPEN},
    {"absolute target", "GET http://h/v1 HTTP/1.1\r\n" HOST "\r\n", 200, OPEN},
    {"absolute target in capitals", "GET HTTP://h:80/v1 HTTP/1.1\r\n" HOST "\r\n", 200, OPEN},
    {"absolute target with user", "GET http://u@h/v1 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"absolute target without host", "GET http:///v1 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"absolute target of another scheme", "GET ftp://h/v1 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"target without a slash", "GET v1 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"CONNECT", "CONNECT h:80 HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"TRACE", "TRACE /v1 HTTP/1.1\r\n" HOST "Cookie: secret=1\r\n\r\n", 405, OPEN},
    {"POST without content", "POST /v1 HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", 405, OPEN},
    {"dots", "GET /%2e%2e/..etc/passwd HTTP/1.1\r\n" HOST "\r\n", 404, OPEN},
    {"hidden slash", "GET /v1%2fx HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"hidden NUL", "GET /v1%00.json HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"hidden control byte", "GET /v1%0a HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"escape without digits", "GET /v1/%zz HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"escape cut short", "GET /v1/%a HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"escape cut short in the query", "GET /v1?q=% HTTP/1.1\r\n" HOST "\r\n", 400, CLOSED},
    {"overlong UTF-8", "GET /v1/%c0%ae HTTP/1.1\r\n" HOST "\r\n", 400, OPEN},
    {"no Host", "GET /v1 HTTP/1.1\r\n\r\n", 400, CLOSED},
    {"empty Host", "GET /v1 HTTP/1.1\r\nHost:\r\n\r\n", 400, CLOSED},
    {"two Hosts", "GET /v1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, CLOSED},
    {"the same Host twice", "GET /v1 HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400, CLOSED},
    {"Host with user and path", "GET /v1 HTTP/1.1\r\nHost: a b@c/d\r\n\r\n", 400, CLOSED},
    {"Host with a bad port", "GET /v1 HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400, CLOSED},
    {"Host as IPv6", "GET /v1 HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200, OPEN},
    {"Host with an open bracket", "GET /v1 HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, CLOSED},
    {"space before the colon", "GET /v1 HTTP/1.1\r\nHost : x\r\n\r\n", 400, CLOSED},
    {"space before the colon of another field", "GET /v1 HTTP/1.1\r\n" HOST "X-A : x\r\n\r\n", 400, CLOSED},
    {"folded name that becomes a length", "GET /v1 HTTP/1.1\r\n" HOST "Content: 5\r\n -Length\r\n\r\nAAAAA" SECOND, 413,
     CLOSED},
    {"space before the first field", "GET /v1 HTTP/1.1\r\n X: y\r\n" HOST "\r\n", 400, CLOSED},
    {"no colon", "GET /v1 HTTP/1.1\r\n" HOST "nothing\r\n\r\n", 400, CLOSED},
    {"control byte in a value", "GET /v1 HTTP/1.1\r\n" HOST "X: a\x01z\r\n\r\n", 400, CLOSED},
    {"bare CR in a value", "GET /v1 HTTP/1.1\r\n" HOST "X: a\rb: c\r\n\r\n", 400, CLOSED},
    {"length and coding, then a request",
     "POST /v1 HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND, 400,
     CLOSED},
    {"two lengths, then a request",
     "POST /v1 HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 0\r\n\r\nAAAAA" SECOND, 400, CLOSED},
    {"the same length twice", "GET /v1 HTTP/1.1\r\n" HOST "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" SECOND, 400,
     CLOSED},
    {"list of lengths", "GET /v1 HTTP/1.1\r\n" HOST "Content-Length: 0, 0\r\n\r\n", 400, LIBRARY},
    {"signed length", "POST /v1 HTTP/1.1\r\n" HOST "Content-Length: +3\r\n\r\nAAA" SECOND, 400, LIBRARY},
    {"empty length", "POST /v1 HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n" SECOND, 400, LIBRARY},
    {"length of 20 digits", "POST /v1 HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n", 413, LIBRARY},
    {"coding xchunked", "POST /v1 HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n" SECOND, 501, CLOSED},
    {"coding gzip, chunked", "POST /v1 HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n" SECOND, 501,
     CLOSED},
    {"coding chunked", "POST /v1 HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND, 501, CLOSED},
    {"coding with a space before the colon, and a length",
     "POST /v1 HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" SECOND, 400,
     CLOSED},
    {"coding in HTTP/1.0",
     "POST /v1 HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND, 400, CLOSED},
    {"content that holds a request", "GET /v1 HTTP/1.1\r\n" HOST "Content-Length: 40\r\n\r\n" SECOND SECOND, 413,
     CLOSED},
    {"chunk lines that end in LF", "POST /v1 HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1\nA\n0\n\n" SECOND,
     501, CLOSED},
    {"TLS", "\x16\x03\x01\x02\x01\x01\xfc\x03\x03\r\n\r\n", 0, CLOSED},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, CLOSED},
};

/* Whatever still comes until the connection ends, it is no answer to what was smuggled. */
static void expect_no_further_success(int fd, const char *name)
{
    static char rest[65536];
    size_t len = 0;
    for (ssize_t got = 1; got > 0 && len + 1 < sizeof(rest); len += (size_t)(got > 0 ? got : 0))
        got = recv(fd, rest + len, sizeof(rest) - 1 - len, 0);
    rest[len] = '\0';
    ck_assert_msg(strstr(rest, "HTTP/1.1 2") == NULL && strstr(rest, "HTTP/1.1 404") == NULL, "%s: %s", name, rest);
}

/* One answer, and then the end of the connection or silence. */
static void check_row(const struct row *row)
{
    int fd = client_connect(http_port(server));
    client_say(fd, row->bytes);
    struct reply answer = client_answer(fd, false);
    ck_assert_msg(answer.status == row->status, "%s: status %d, expected %d", row->name, answer.status, row->status);
    char text[512] = "";
    bool told = reply_field(&answer, "Connection", text) && strcmp(text, "close") == 0;
    ck_assert_msg(row->status == 0 || told == (row->ending != OPEN), "%s: Connection: %s", row->name, text);
    reply_done(&answer);
    if (row->ending == LIBRARY)
        expect_no_further_success(fd, row->name);
    else if (row->ending == CLOSED)
        ck_assert_msg(client_ended(fd), "%s: a second answer, or still open", row->name);
    else
        ck_assert_msg(client_open(fd, 20), "%s: closed, or more than one answer", row->name);
    client_close(fd);
}

START_TEST(guard_answers_as_the_standards_ask)
{
    check_row(&rows[_i]);
}
END_TEST

/* A request line or head of which one part is repeated until it is `size` bytes long. */
static char *repeat(const char *before, const char *part, size_t size, const char *after)
{
    char *text = calloc(1, strlen(before) + size + strlen(part) + strlen(after) + 1);
    ck_assert_ptr_nonnull(text);
    char *at = stpcpy(text, before);
    for (const char *end = at + size; at < end;)
        at = stpcpy(at, part);
    (void)stpcpy(at, after);
    return text;
}

struct bulk {
    const char *name, *before, *part, *after;
    size_t size;
    int status, other;
};

#define REST " HTTP/1.1\r\n" HOST "\r\n"
static const struct bulk bulks[] = {
    {"target of 2,048 bytes", "GET /", "a", REST, 2047, 404, 404},
    {"target of 2,049 bytes", "GET /", "a", REST, 2048, 414, 414},
    {"target of 8,000 bytes", "GET /", "a", REST, 7999, 414, 414},
    {"target of 64 KiB", "GET /", "a", REST, 65536, 414, 414},
    {"method of 20 kB", "G", "E", " /v1" REST, 20000, 414, 431},
    {"32 parameters", "GET /nothing?a", "&b", REST, 62, 404, 404},
    {"33 parameters", "GET /v1?a", "&b", REST, 64, 400, 400},
    {"1,000 empty parameters", "GET /v1?", "&", REST, 1000, 400, 400},
    {"2,000 empty parameters", "GET /v1?", "&", REST, 2000, 400, 400},
    {"48 fields", "GET /v1 HTTP/1.1\r\n" HOST, "A: b\r\n", "\r\n", 6 * 47, 200, 200},
    {"49 fields", "GET /v1 HTTP/1.1\r\n" HOST, "A: b\r\n", "\r\n", 6 * 48, 431, 431},
    {"2,000 fields", "GET /v1 HTTP/1.1\r\n" HOST, "A: b\r\n", "\r\n", 6 * 2000, 431, 431},
    {"one field of 6,000 bytes", "GET /v1 HTTP/1.1\r\n" HOST "X: ", "x", "\r\n\r\n", 6000, 200, 200},
    {"one field of 6,400 bytes", "GET /v1 HTTP/1.1\r\n" HOST "X: ", "x", "\r\n\r\n", 6400, 431, 431},
    {"one field of 64 KiB", "GET /v1 HTTP/1.1\r\n" HOST "X: ", "x", "\r\n\r\n", 65536, 431, 431},
    {"600 ranges", "GET /v1 HTTP/1.1\r\n" HOST "Range: bytes=", "0-1,", "5-6\r\n\r\n", 2400, 200, 200},
};

START_TEST(guard_keeps_its_ceilings)
{
    const struct bulk *bulk = &bulks[_i];
    char *text = repeat(bulk->before, bulk->part, bulk->size, bulk->after);
    int fd = client_connect(http_port(server));
    client_say(fd, text);
    int64_t sent = fixture_now_ms();
    struct reply answer = client_answer(fd, false);
    ck_assert_msg(answer.status == bulk->status || answer.status == bulk->other, "%s: %d", bulk->name, answer.status);
    ck_assert_msg(fixture_now_ms() - sent < 5000, "%s: waited", bulk->name);
    if (answer.status >= 400 && answer.status != 404)
        ck_assert_msg(client_ended(fd), "%s: still open", bulk->name);
    reply_done(&answer);
    client_close(fd);
    free(text);
}
END_TEST

START_TEST(refusals_are_problems_that_any_page_may_read)
{
    char text[512];
    int fd = client_connect(http_port(server));
    client_say(fd, "GET /v1 HTTP/1.1\r\n\r\n");
    struct reply answer = client_answer(fd, false);
    ck_assert(reply_field(&answer, "Content-Type", text));
    ck_assert_str_eq(text, "application/problem+json");
    ck_assert(reply_field(&answer, "Access-Control-Allow-Origin", text));
    ck_assert_str_eq(text, "*");
    ck_assert_ptr_nonnull(strstr(answer.body, "Host"));
    ck_assert(reply_field(&answer, "Dataset-Revision", text));
    reply_done(&answer);
    client_close(fd);
}
END_TEST

START_TEST(a_page_may_ask_for_what_is_not_there_and_read_that_it_is_not)
{
    static const char *const fields[] = {"", "Origin: https://example.org\r\nAccess-Control-Request-Method: GET\r\n"};
    char text[512];
    int fd = client_connect(http_port(server));
    for (size_t i = 0; i < 2; i++) {
        client_say(fd, "OPTIONS /nothing HTTP/1.1\r\n" HOST);
        client_say(fd, fields[i]);
        client_say(fd, "\r\n");
        struct reply answer = client_answer(fd, false);
        ck_assert_int_eq(answer.status, i == 0 ? 404 : 204);
        ck_assert(reply_field(&answer, "Access-Control-Allow-Origin", text));
        ck_assert_str_eq(text, "*");
        ck_assert_int_eq(reply_field(&answer, "Access-Control-Allow-Headers", text), i == 1);
        reply_done(&answer);
    }
    client_close(fd);
}
END_TEST

void add_guard_cases(Suite *suite)
{
    TCase *tcase = tcase_create("guard");
    tcase_add_unchecked_fixture(tcase, start_server, stop_server);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, guard_answers_as_the_standards_ask, 0, (int)(sizeof(rows) / sizeof(rows[0])));
    tcase_add_loop_test(tcase, guard_keeps_its_ceilings, 0, (int)(sizeof(bulks) / sizeof(bulks[0])));
    tcase_add_test(tcase, refusals_are_problems_that_any_page_may_read);
    tcase_add_test(tcase, a_page_may_ask_for_what_is_not_there_and_read_that_it_is_not);
    suite_add_tcase(suite, tcase);
}
