/* SPDX-License-Identifier: MIT */
/* That what is written can be read: facts, documents, fragments, aliases, allowed values, keys. The other files: what
 * is found, how a file is published, which files are refused. */
#include "check_store.h"

#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/facts.h"
#include "run_suites.h"

static bool join_documents(void *cls, const struct store_document *document)
{
    buf_printf(cls, "%s %s %s %zu|", document->path, media_table[document->media].name, coding_names[document->coding],
               document->len);
    return true;
}

static bool join_one_fragment(void *cls, const struct store_fragment *fragment)
{
    buf_printf(cls, "%s %s %u %s %.*s", fragment->list, media_table[fragment->media].name, fragment->ord, fragment->id,
               (int)fragment->len, fragment->body);
    return false;
}

static bool join_texts(void *cls, const char *a, const char *b, const char *c)
{
    buf_printf(cls, "%s %s %s|", a, b, c);
    return true;
}

static struct store *opened(struct buf *out)
{
    struct store *store;
    struct err err;
    fixture_publish(fixture_path("a.db"), 1);
    ck_assert_msg(store_open(fixture_path("a.db"), 1, &store, &err), "%s", err.text);
    buf_init(out, 4096);
    return store;
}

START_TEST(documents_come_back_in_the_order_written)
{
    struct buf out CLEANUP(buf_done);
    struct err err;
    struct store *store = opened(&out);
    ck_assert(store_documents(store, join_documents, &out, &err));
    ck_assert_str_eq(out.data, "/v1/countries/BE json identity 31|/v1/countries/BE text identity 8|"
                               "/empty text identity 0|");
    store_close(store);
}
END_TEST

START_TEST(a_walk_ends_where_each_says_so)
{
    struct buf out CLEANUP(buf_done);
    struct err err;
    struct store *store = opened(&out);
    for (int i = 0; i < 2; i++) {
        buf_reset(&out);
        ck_assert(store_fragments(store, join_one_fragment, &out, &err));
        ck_assert_str_eq(out.data, "certs json 0 cert-0 {\"id\":\"cert-0\"}");
    }
    store_close(store);
}
END_TEST

START_TEST(aliases_lead_from_every_spelling_to_the_id)
{
    struct buf out CLEANUP(buf_done);
    struct err err;
    struct store *store = opened(&out);
    ck_assert(store_aliases(store, join_texts, &out, &err));
    ck_assert_str_eq(out.data, "cert old-0 cert-0|cert old-1 cert-1|cert old-2 cert-2|cert old-3 cert-3|"
                               "cert old-4 cert-4|country BEL BE|country EL GR|country GRC GR|");
    store_close(store);
}
END_TEST

START_TEST(allowed_values_keep_the_order_written)
{
    struct buf out CLEANUP(buf_done);
    struct err err;
    struct store *store = opened(&out);
    ck_assert(store_allowed(store, join_texts, &out, &err));
    ck_assert_str_eq(out.data, "certs type sector|certs type national|");
    store_close(store);
}
END_TEST

START_TEST(keys_tell_what_the_dataset_says_of_itself)
{
    struct buf out CLEANUP(buf_done);
    struct store *store = opened(&out);
    ck_assert_str_eq(store_key(store, "date"), "2026-11-24");
    ck_assert_uint_eq(strlen(store_key(store, "revision")), 12);
    ck_assert_ptr_null(store_key(store, "homepage"));
    store_close(store);
}
END_TEST

START_TEST(the_revision_follows_the_facts_and_nothing_else)
{
    struct store_writer *one = fixture_writer(1);
    struct store_writer *other = fixture_writer(2);
    struct store_writer *bare;
    struct err err;
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(1);
    ck_assert(store_create(&bare, &err) && store_write_facts(bare, facts, &err));
    ck_assert_str_eq(store_writer_revision(one), store_writer_revision(bare));
    ck_assert_str_ne(store_writer_revision(one), store_writer_revision(other));
    store_writer_free(one);
    store_writer_free(other);
    store_writer_free(bare);
}
END_TEST

START_TEST(a_body_above_the_ceiling_is_refused)
{
    struct store_writer *writer = fixture_writer(1);
    struct err err;
    char *body = calloc(STORE_BODY_BYTES + 1, 1);
    ck_assert_ptr_nonnull(body);
    struct store_document document = {
        .path = "/big", .etag = "00000000000000000000000000000000", .body = body, .len = STORE_BODY_BYTES + 1};
    ck_assert(!store_write_document(writer, &document, &err));
    ck_assert_str_eq(err.text, "the answer to /big has 8388609 bytes; at most 8388608 are allowed");
    free(body);
    store_writer_free(writer);
}
END_TEST

START_TEST(a_fact_with_a_source_that_is_not_there_is_refused)
{
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(1);
    struct store_writer *writer;
    struct err err;
    facts->source_count = 0;
    ck_assert(store_create(&writer, &err));
    ck_assert(!store_write_facts(writer, facts, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "FOREIGN KEY"));
    store_writer_free(writer);
}
END_TEST

START_TEST(one_spelling_for_two_countries_is_refused)
{
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(1);
    struct thing things[2] = {facts->things[0], facts->things[1]};
    struct store_writer *writer;
    struct err err;
    things[1].claims = things[0].claims;
    things[1].claim_count = things[0].claim_count;
    facts->things = things;
    facts->thing_count = 2;
    ck_assert(store_create(&writer, &err));
    ck_assert(!store_write_facts(writer, facts, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "BEL: UNIQUE"));
    store_writer_free(writer);
}
END_TEST

static Suite *store_suite(void)
{
    Suite *suite = suite_create("store");
    TCase *tcase = tcase_create("written and read");
    tcase_add_checked_fixture(tcase, fixture_setup, fixture_teardown);
    tcase_add_test(tcase, documents_come_back_in_the_order_written);
    tcase_add_test(tcase, a_walk_ends_where_each_says_so);
    tcase_add_test(tcase, aliases_lead_from_every_spelling_to_the_id);
    tcase_add_test(tcase, allowed_values_keep_the_order_written);
    tcase_add_test(tcase, keys_tell_what_the_dataset_says_of_itself);
    tcase_add_test(tcase, the_revision_follows_the_facts_and_nothing_else);
    tcase_add_test(tcase, a_body_above_the_ceiling_is_refused);
    tcase_add_test(tcase, a_fact_with_a_source_that_is_not_there_is_refused);
    tcase_add_test(tcase, one_spelling_for_two_countries_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suites((Suite *[]){store_suite(), find_suite(), publish_suite(), damage_suite(), read_suite(),
                                  search_suite(), log_suite(), NULL});
}
