/* SPDX-License-Identifier: MIT */
/* The answers of a build: every document of every subject, all representations of a path together, coded variants
 * where they pay. */
#include "check_build.h"

#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/facts.h"

static bool count_identity(void *cls, const struct store_document *document)
{
    *(size_t *)cls += document->coding == CODING_IDENTITY;
    return true;
}

START_TEST(every_document_of_every_subject_is_there)
{
    struct facts *facts CLEANUP(facts_cleanup) = NULL;
    struct view *view = view_of(&facts);
    struct store *store = opened("coded.db");
    struct err err;
    size_t wanted = 0;
    size_t found = 0;
    for (size_t i = 0; i < document_kind_count; i++)
        wanted += document_kinds[i].only_asked || document_kinds[i].apart
                      ? 0
                      : view_subjects(view, document_kinds[i].subject);
    for (size_t i = 0; i < export_kind_count; i++)
        wanted += export_kinds[i].media == MEDIA_JSONLD ? 0 : 1;
    ck_assert(store_documents(store, count_identity, &found, &err));
    ck_assert_uint_eq(found, wanted);
    ck_assert_uint_eq(plain.documents, wanted);
    store_close(store);
    view_free(view);
}
END_TEST

struct walk {
    struct buf seen; /* "\npath\n" of all paths that ended */
    char path[PATH_SIZE];
    enum media media;
    enum coding coding;
    size_t wrong;
};

/* All representations of a path stand together, the identity of each media type before its codings. */
static bool check_order(void *cls, const struct store_document *document)
{
    struct walk *walk = cls;
    if (strcmp(walk->path, document->path) != 0) {
        char line[PATH_SIZE + 2];
        (void)snprintf(line, sizeof(line), "\n%s\n", document->path);
        walk->wrong += walk->seen.data != NULL && strstr(walk->seen.data, line) != NULL;
        walk->wrong += document->coding != CODING_IDENTITY || strchr(document->path, '{') != NULL;
        buf_printf(&walk->seen, "\n%s\n", document->path);
        (void)snprintf(walk->path, sizeof(walk->path), "%s", document->path);
    } else if (document->media != walk->media)
        walk->wrong += document->coding != CODING_IDENTITY;
    else
        walk->wrong += document->coding <= walk->coding;
    walk->media = document->media;
    walk->coding = document->coding;
    return true;
}

START_TEST(all_representations_of_a_path_stand_together)
{
    struct store *store = opened("coded.db");
    struct walk walk = {.path = ""};
    struct err err;
    buf_init(&walk.seen, 4 * 1024 * 1024);
    ck_assert(store_documents(store, check_order, &walk, &err));
    ck_assert_uint_eq(walk.wrong, 0);
    buf_done(&walk.seen);
    store_close(store);
}
END_TEST

struct wanted {
    const char *path;
    enum media media;
    struct buf body;
};

static bool keep_body(void *cls, const struct store_document *document)
{
    struct wanted *wanted = cls;
    if (strcmp(document->path, wanted->path) != 0 || document->media != wanted->media)
        return true;
    buf_add(&wanted->body, document->body, document->len);
    return false;
}

static void body_of(struct store *store, struct wanted *wanted)
{
    struct err err;
    buf_init(&wanted->body, STORE_BODY_BYTES);
    ck_assert(store_documents(store, keep_body, wanted, &err));
    ck_assert_msg(wanted->body.len > 0, "%s", wanted->path);
}

static const struct body_case {
    const char *path;
    enum media media;
    const char *start, *part, *end;
} body_cases[] = {
    {"/v1/countries", MEDIA_JSON, "{\"data\":[{", "\"total\":250,\"count\":250,\"complete\":true}", "}}\n"},
    {"/v1/countries", MEDIA_JSON, "{\"data\":[{", "\"links\":{\"self\":\"/v1/countries\"}", "}}\n"},
    {"/v1/countries", MEDIA_CSV, "code,", "\r\nBE,", "\r\n"},
    {"/v1/countries", MEDIA_NDJSON, "{", "}\n{", "}\n"},
    {"/v1/countries/BE", MEDIA_JSON, "{\"data\":{\"code\":\"BE\"", "\"profile\":\"available\"", "}}\n"},
    {"/BE", MEDIA_TEXT, "", "Belgium", "\n"},
    {"/v1/scores", MEDIA_JSON, "{\"data\":[{\"country\":\"AD\"", "\"total\":250,\"count\":250,\"complete\":true",
     "}}\n"},
    {"/v1/scores", MEDIA_JSON, "{", "\"question\":{\"methodology\":\"legal-conditions\",\"version\":\"1.", "}}\n"},
    {"/v1/scores", MEDIA_CSV, "country,", "\r\nBE,", "\r\n"},
    {"/v1/scores", MEDIA_TEXT, "", "\nBE  ", "\n"},
    {"/v1/assessments", MEDIA_JSON, "{\"data\":[{", "\"links\":{\"self\":\"/v1/assessments\"}", "}}\n"},
    {"/v1/assessments", MEDIA_NDJSON, "{", "}\n{", "}\n"},
    {"/v1/scores/BE", MEDIA_JSON, "{\"data\":{\"country\":\"BE\"", "\"self\":\"/v1/scores/BE\"", "}}\n"},
    {"/v1/scores/BE", MEDIA_CSV, "country,criterion,", "\r\nBE,", "\r\n"},
    {"/v1/scores/BE/history", MEDIA_JSON, "{", "\"self\":\"/v1/scores/BE/history\"", "}}\n"},
    {"/openapi.json", MEDIA_OPENAPI, "{", "\"openapi\"", "}\n"},
};

START_TEST(bodies_are_what_the_views_make)
{
    const struct body_case *it = &body_cases[_i];
    struct store *store = opened("plain.db");
    struct wanted wanted = {.path = it->path, .media = it->media};
    body_of(store, &wanted);
    ck_assert_int_eq(strncmp(wanted.body.data, it->start, strlen(it->start)), 0);
    ck_assert_msg(strstr(wanted.body.data, it->part) != NULL, "%s lacks %s", it->path, it->part);
    ck_assert_str_eq(wanted.body.data + wanted.body.len - strlen(it->end), it->end);
    buf_done(&wanted.body);
    store_close(store);
}
END_TEST

/* --- codings --- */

/* CRC-32 of the identity body is what a gzip member ends with. */
static uint32_t crc32_of(const unsigned char *bytes, size_t len)
{
    uint32_t crc = 0xffffffffU;
    for (size_t i = 0; i < len; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xedb88320U & (0U - (crc & 1U)));
    }
    return ~crc;
}

static uint32_t little_endian(const unsigned char *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

struct codings {
    size_t identity_len;
    uint32_t identity_crc;
    size_t count[CODING_COUNT];
    size_t wrong;
};

static bool check_coding(void *cls, const struct store_document *document)
{
    static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0}; /* deflate, no flags, no time */
    struct codings *codings = cls;
    const unsigned char *body = (const unsigned char *)document->body;
    codings->count[document->coding]++;
    if (document->coding == CODING_IDENTITY) {
        codings->identity_len = document->len;
        codings->identity_crc = crc32_of(body, document->len);
        return true;
    }
    codings->wrong += codings->identity_len <= 1024;
    codings->wrong += document->len > codings->identity_len - codings->identity_len / 10;
    if (document->coding == CODING_GZIP)
        codings->wrong += document->len < 18 || memcmp(body, head, sizeof(head)) != 0 ||
                          little_endian(body + document->len - 8) != codings->identity_crc ||
                          little_endian(body + document->len - 4) != codings->identity_len;
    return true;
}

START_TEST(coded_variants_stand_where_they_pay_and_hold_the_body)
{
    struct store *store = opened("coded.db");
    struct codings codings = {0};
    struct err err;
    ck_assert(store_documents(store, check_coding, &codings, &err));
    ck_assert_uint_eq(codings.wrong, 0);
    ck_assert_uint_eq(codings.count[CODING_IDENTITY], plain.documents);
    size_t variants = codings.count[CODING_GZIP] + codings.count[CODING_BR];
    ck_assert_uint_eq(codings.count[CODING_IDENTITY] + variants, coded.documents);
    store_close(store);
}
END_TEST

void build_document_cases(TCase *tcase)
{
    tcase_add_test(tcase, every_document_of_every_subject_is_there);
    tcase_add_test(tcase, all_representations_of_a_path_stand_together);
    tcase_add_loop_test(tcase, bodies_are_what_the_views_make, 0, (int)COUNT_OF(body_cases));
    tcase_add_test(tcase, coded_variants_stand_where_they_pay_and_hold_the_body);
}
