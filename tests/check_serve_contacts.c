/* SPDX-License-Identifier: MIT */
/* Contacts as they are asked for: whose an ending or an address is, what is refused and how, which file of addresses is
 * taken, and that an address that somebody asks about is kept nowhere. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture_mmdb.h"
#include "serve_fixture.h"

enum { EPOCH = 1700000000 };

static struct snapshot *snapshot;
static char mmdb_path[512];

static bool open_with(const char *mmdb, struct err *err)
{
    const struct config config = {
        .cache_bytes = 256 * 1024, .public_url = "", .security_contact = "", .security_expires = "", .mmdb = mmdb};
    return snapshot_open(fixture_path(), &config, 2, &snapshot, err);
}

static void write_it(void)
{
    fixture_write("contacts");
    (void)snprintf(mmdb_path, sizeof(mmdb_path), "%s.mmdb", fixture_path());
    fixture_mmdb(mmdb_path, "country_code", EPOCH);
}

static void open_it(void)
{
    struct err err = {0};
    write_it();
#ifdef HAVE_MAXMINDDB
    ck_assert_msg(open_with(mmdb_path, &err), "%s", err.text);
#else
    ck_assert_msg(open_with("", &err), "%s", err.text);
#endif
}

static void close_it(void)
{
    snapshot_free(snapshot);
    snapshot = NULL;
    (void)unlink(mmdb_path);
    fixture_remove();
}

/* A request, its status, the answer's own address (NULL: any) and what stands in it. */
struct row {
    const char *target;
    unsigned status;
    const char *address, *part;
};

static void check_row(const struct row *row)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", row->target, NULL);
    ck_assert_msg(outcome.status == row->status, "%s: %u %s", row->target, outcome.status, outcome_body(&outcome));
    if (row->address != NULL)
        ck_assert_str_eq(outcome_address(&outcome), row->address);
    ck_assert_msg(strstr(outcome_body(&outcome), row->part) != NULL, "%s: %s", row->target, outcome_body(&outcome));
    outcome_done(&outcome);
}

static const struct row rows[] = {
    {"/v1/contacts?country=bel", 200, "/v1/contacts?country=BE", "\"asked\":{\"country\":\"BE\","},
    {"/v1/contacts?country=EL&purpose=any&audience=any", 200, "/v1/contacts?country=GR", "\"country\":\"GR\""},
    {"/v1/contacts.csv?country=056", 200, "/v1/contacts.csv?country=BE", "new-team"},
    {"/v1/contacts.vcf?country=BE", 200, "/v1/contacts.vcf?country=BE", "FN:New Team\r\n"},
    {"/v1/contacts.txt?country=BE&ascii=1", 200, "/v1/contacts.txt?ascii=1&country=BE", "1. New Team"},
    {"/v1/contacts?country=BE&pretty=1", 200, NULL, "\n        \"rule\": \"any-team\""},
    {"/v1/contacts?purpose=incident&country=BE", 200, "/v1/contacts?country=BE&purpose=incident",
     "\"purpose\":\"incident\""},
    {"/v1/contacts?country=BE&audience=citizen", 200, NULL, "\"audience\":\"citizen\""},
    {"/v1/contacts?domain=www.Example.BE.", 200, "/v1/contacts?domain=be", "\"asked\":{\"domain\":\"be\","},
    {"/v1/contacts?domain=be", 200, "/v1/contacts?domain=be", "where the domain is registered"},
    {"/v1/contacts?domain=.gr", 200, "/v1/contacts?domain=gr", "union-team"},
    {"/v1/contacts?domain=a_b.co.uk", 200, "/v1/contacts?domain=uk", "The list is empty because"},
    {"/v1/contacts?domain=europa.eu", 200, "/v1/contacts?domain=eu", "\"organisation\":\"eu\",\"name\":\"The Union\""},
    {"/v1/contacts?domain=x.eu", 200, NULL, "\"id\":\"union-team\""},
    {"/v1/contacts?domain=example.com", 400, NULL, ".com is no country's ending"},
    {"/v1/contacts?domain=xn--j1amh", 400, NULL, "No source here says whose ending .xn--j1amh is"},
    {"/v1/contacts?domain=%D1%83%D0%BA%D1%80", 400, NULL, "in ASCII"},
    {"/v1/contacts?domain=x.xk", 400, NULL, ".xk is the ending of no country"},
    {"/v1/contacts?domain=x.zz", 400, NULL, ".zz is the ending of no country"},
    {"/v1/contacts?domain=bel", 400, NULL, ".bel is no country's ending"},
    {"/v1/contacts?domain=https://a.be/", 400, NULL, "without path or port"},
    {"/v1/contacts?domain=a..be", 400, NULL, "the name of a host"},
    {"/v1/contacts?domain=", 400, NULL, "the name of a host"},
    {"/v1/contacts?domain=.", 400, NULL, "the name of a host"},
    {"/v1/contacts", 400, NULL, "Give one of country, domain and ip"},
    {"/v1/contacts?audience=citizen", 400, NULL, "Give one of country, domain and ip"},
    {"/v1/contacts?country=BE&domain=a.be", 400, NULL, "Give only one of"},
    {"/v1/contacts?country=BE,GR", 400, NULL, "the code of no country"},
    {"/v1/contacts?country=eu", 400, NULL, "The European Union is no country: for its teams ask with domain=eu."},
    {"/v1/contacts?country=BE&purpose=inciden", 400, NULL, "\"did_you_mean\":\"incident\""},
    {"/v1/contacts?country=BE&audience=all", 400, NULL, "\"allowed\":[\"any\",\"citizen\"]"},
    {"/v1/contacts?country=BE&weights=equal", 400, NULL, "\"parameter\":\"weights\""},
    {"/v1/contacts?ip=1.2.3", 400, NULL, "one IPv4 or IPv6 address"},
    {"/v1/countries/bel/contacts?purpose=incident", 200, "/v1/countries/BE/contacts?purpose=incident",
     "\"purpose\":\"incident\""},
    {"/v1/countries/BE/contacts?country=BE", 400, NULL, "takes no parameter"},
};

START_TEST(a_question_about_contacts_is_answered_or_refused_clearly)
{
    check_row(&rows[_i]);
}
END_TEST

static const struct {
    const char *text, *same, *blurred;
} addresses[] = {
    {"192.0.2.255", "192.0.2.255", "192.0.2.0"},
    {"::ffff:192.0.2.1", "192.0.2.1", "192.0.2.0"},
    {"2001:DB8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1::"},
    {"::1", "::1", "::"},
    {"192.0.2", NULL, NULL},
    {"192.0.2.01", NULL, NULL},
    {"fe80::1%eth0", NULL, NULL},
    {" 192.0.2.1", NULL, NULL},
    {"", NULL, NULL},
};

START_TEST(addresses_have_one_form_and_can_be_blurred)
{
    struct ip ip;
    char text[IP_TEXT_SIZE];
    ck_assert_int_eq(ip_read(addresses[_i].text, &ip), addresses[_i].same != NULL);
    if (addresses[_i].same == NULL)
        return;
    ip_write(&ip, text);
    ck_assert_str_eq(text, addresses[_i].same);
    ip_blur(&ip);
    ip_write(&ip, text);
    ck_assert_str_eq(text, addresses[_i].blurred);
}
END_TEST

static const struct {
    const char *target, *logged;
    bool is_in;
} logged[] = {
    {"/v1/contacts?ip=192.0.2.77&purpose=incident", "/v1/contacts?ip=192.0.2.0&purpose=incident", true},
    {"/v1/contacts?a=1&%69p=192.0.2.77", "/v1/contacts?a=1&%69p=192.0.2.0", true},
    {"/v1/contacts?IP=2001%3Adb8%3A1%3A%3A7", "/v1/contacts?IP=2001:db8:1::", true},
    {"/intelmq/lookup?ip=198.51.100.9&ip=1.2.3.4", "/intelmq/lookup?ip=198.51.100.0&ip=1.2.3.0", true},
    {"/v1/contacts?ip=192.0.2.77%zz", "/v1/contacts?ip=-", true},
    {"/v1/contacts?ip=somebody", "/v1/contacts?ip=-", true},
    {"/v1/contacts?ip", "/v1/contacts?ip", true},
    {"/v1/contacts?ip=", "/v1/contacts?ip=-", true},
    {"/v1/contacts?zip=192.0.2.77&&", "/v1/contacts?zip=192.0.2.77&&", false},
    {"/v1/contacts?country=BE", "/v1/contacts?country=BE", false},
    {"/ip=192.0.2.77", "/ip=192.0.2.77", false},
    {"*", "*", false},
};

START_TEST(a_log_keeps_the_network_of_an_address_alone)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, 4096);
    serve_log_target(logged[_i].target, &out);
    ck_assert_str_eq(out.data, logged[_i].logged);
    ck_assert_int_eq(ip_is_in(logged[_i].target), logged[_i].is_in);
}
END_TEST

START_TEST(without_a_file_of_addresses_the_answer_says_how_to_add_one)
{
    struct err err = {0};
    write_it();
    ck_assert_msg(open_with("", &err), "%s", err.text);
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/contacts?ip=192.0.2.1", NULL);
    ck_assert_uint_eq(outcome.status, 501);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "--mmdb FILE"));
    ck_assert(outcome.made->is_private);
    outcome_done(&outcome);
    close_it();
}
END_TEST

#ifdef HAVE_MAXMINDDB

static const struct row placed[] = {
    {"/v1/contacts?ip=198.51.100.9", 200, "/v1/contacts?ip=198.51.100.9", "\"country\":\"BE\",\"name\":\"Belgium\""},
    {"/v1/contacts?ip=198.51.100.9", 200, NULL, "\"located_by\":\"test-country of 2023-11-14\""},
    {"/v1/contacts?ip=%3A%3Affff%3A198.51.100.9", 200, "/v1/contacts?ip=198.51.100.9", "new-team"},
    {"/v1/contacts?ip=2001:db8:1::9", 200, "/v1/contacts?ip=2001:db8:1::9", "new-team"},
    {"/v1/contacts?ip=2001:db8:2::9", 200, NULL, "\"organisation\":\"eu\""},
    {"/v1/contacts?ip=192.0.2.1", 200, NULL, "\"contacts\":[],"}, /* of a country that the dataset has not */
    {"/v1/contacts?ip=203.0.113.1", 200, NULL, "names no country of this dataset"},
    {"/v1/contacts?ip=10.0.0.1", 200, NULL, "names no country of this dataset"},
    {"/v1/contacts.txt?ip=10.0.0.1", 200, NULL, "If nobody answers"},
    {"/v1/contacts.vcf?ip=10.0.0.1", 200, NULL, "FN:Nobody is known"},
};

START_TEST(an_address_is_of_the_country_in_the_file)
{
    check_row(&placed[_i]);
}
END_TEST

START_TEST(an_answer_about_an_address_is_private_and_in_no_cache)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/contacts?ip=198.51.100.9&pretty=1", NULL);
    ck_assert_uint_eq(outcome.status, 200);
    ck_assert(outcome.made->is_private);
    ck_assert_uint_eq(snapshot_figures(snapshot).cache_entries, 0);
    outcome_done(&outcome);
    outcome = fixture_ask(snapshot, "GET", "/v1/contacts?country=BE", NULL);
    ck_assert(!outcome.made->is_private);
    ck_assert_uint_eq(snapshot_figures(snapshot).cache_entries, 1);
    outcome_done(&outcome);
}
END_TEST

/* The tag of an answer by the file that is there now. */
static void tag_of(const char *target, char ret[48])
{
    struct err err = {0};
    snapshot_free(snapshot);
    ck_assert_msg(open_with(mmdb_path, &err), "%s", err.text);
    struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
    (void)snprintf(ret, 48, "%s", outcome_etag(&outcome));
    outcome_done(&outcome);
}

START_TEST(a_tag_hangs_on_the_file_of_addresses_where_the_answer_does)
{
    char before[2][48];
    char same[48];
    char after[2][48];
    tag_of("/v1/contacts?ip=198.51.100.9", before[0]);
    tag_of("/v1/contacts?country=BE", before[1]);
    tag_of("/v1/contacts?ip=198.51.100.9", same);
    fixture_mmdb(mmdb_path, "country_code", EPOCH + 86400);
    tag_of("/v1/contacts?ip=198.51.100.9", after[0]);
    tag_of("/v1/contacts?country=BE", after[1]);
    ck_assert_str_eq(before[0], same);
    ck_assert_str_ne(before[0], after[0]);
    ck_assert_str_eq(before[1], after[1]);
}
END_TEST

START_TEST(a_file_that_changes_under_the_service_changes_no_answer)
{
    ck_assert_int_eq(truncate(mmdb_path, 10), 0);
    check_row(&placed[0]);
}
END_TEST

static void refused_with(const char *path, const char *part)
{
    struct err err = {0};
    ck_assert(!open_with(path, &err));
    ck_assert_msg(strstr(err.text, part) != NULL, "%s", err.text);
    ck_assert_ptr_null(snapshot);
}

START_TEST(a_bad_file_of_addresses_refuses_the_load)
{
    snapshot_free(snapshot);
    snapshot = NULL;
    refused_with("/nowhere/x.mmdb", "No such file");
    refused_with("/", "is no regular file");
    refused_with(fixture_path(), "MaxMind");
    fixture_mmdb(mmdb_path, "city_code", EPOCH);
    refused_with(mmdb_path, "names no country");
    ck_assert_int_eq(truncate(mmdb_path, 2000), 0);
    refused_with(mmdb_path, mmdb_path);
}
END_TEST

/* Whatever byte is wrong: the file is refused, or every look-up in it still ends. */
START_TEST(no_damage_to_a_file_of_addresses_is_fatal)
{
    char bytes[65536];
    FILE *file = fopen(mmdb_path, "r+b");
    ck_assert_ptr_nonnull(file);
    size_t len = fread(bytes, 1, sizeof(bytes), file);
    size_t refused = 0;
    for (size_t at = 0; at < len; at += at < len - 400 ? 29 : 1) {
        const char wrong = (char)(bytes[at] ^ (_i == 0 ? 0xFF : 0x21));
        struct geoip *geoip = NULL;
        struct err err = {0};
        ck_assert(fseek(file, (long)at, SEEK_SET) == 0 && fwrite(&wrong, 1, 1, file) == 1 && fflush(file) == 0);
        refused += geoip_open(mmdb_path, &geoip, &err) ? 0 : 1;
        for (size_t i = 0; geoip != NULL && i < COUNT_OF(addresses); i++) {
            struct ip ip;
            char code[3];
            if (ip_read(addresses[i].text, &ip))
                (void)!geoip_find(geoip, &ip, code);
        }
        geoip_close(geoip);
        ck_assert(fseek(file, (long)at, SEEK_SET) == 0 && fwrite(bytes + at, 1, 1, file) == 1);
    }
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_uint_gt(refused, 20);
}
END_TEST

#else

START_TEST(a_program_without_the_library_refuses_a_file_of_addresses)
{
    struct err err = {0};
    struct geoip *geoip = NULL;
    ck_assert(!geoip_open(mmdb_path, &geoip, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "without libmaxminddb"));
}
END_TEST

#endif

TCase *serve_contact_cases(void)
{
    TCase *tcase = tcase_create("contacts");
    tcase_add_checked_fixture(tcase, open_it, close_it);
    tcase_add_loop_test(tcase, a_question_about_contacts_is_answered_or_refused_clearly, 0, COUNT_OF(rows));
#ifdef HAVE_MAXMINDDB
    tcase_add_loop_test(tcase, an_address_is_of_the_country_in_the_file, 0, COUNT_OF(placed));
    tcase_add_test(tcase, an_answer_about_an_address_is_private_and_in_no_cache);
    tcase_add_test(tcase, a_tag_hangs_on_the_file_of_addresses_where_the_answer_does);
    tcase_add_test(tcase, a_file_that_changes_under_the_service_changes_no_answer);
    tcase_add_test(tcase, a_bad_file_of_addresses_refuses_the_load);
    tcase_add_loop_test(tcase, no_damage_to_a_file_of_addresses_is_fatal, 0, 2);
#else
    tcase_add_test(tcase, a_program_without_the_library_refuses_a_file_of_addresses);
#endif
    return tcase;
}

TCase *serve_ip_cases(void)
{
    TCase *tcase = tcase_create("ip");
    tcase_add_loop_test(tcase, addresses_have_one_form_and_can_be_blurred, 0, COUNT_OF(addresses));
    tcase_add_loop_test(tcase, a_log_keeps_the_network_of_an_address_alone, 0, COUNT_OF(logged));
    tcase_add_test(tcase, without_a_file_of_addresses_the_answer_says_how_to_add_one);
    return tcase;
}
