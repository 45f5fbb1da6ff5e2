/* SPDX-License-Identifier: MIT */
/* Lists: fragments between their frame, total orders, and by what an item is found. */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "cyberatlas/view.h"
#include "view_ask.h"
#include "view_facts.h"

static const char *whole(const struct list_kind *kind, enum media media, size_t count)
{
    struct question question = view_question(view, view_methodology(view));
    struct selection *selection = kind->select == NULL ? NULL : kind->select(view, &question, NULL);
    struct list_page page = {.kind = kind, .self = kind->path, .total = count, .count = count, .selection = selection};
    buf_reset(&out);
    list_open(&page, media, &out);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            list_separate(media, &out);
        ck_assert(item_write(view, kind, i, media, &out));
    }
    list_close(&page, media, &out);
    selection_free(selection);
    ck_assert(buf_ok(&out));
    return out.len == 0 ? "" : out.data;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        count++;
    return count;
}

START_TEST(a_list_in_json_is_an_envelope_of_its_items)
{
    const struct list_kind *kind = &list_kinds[_i];
    size_t count = view_subjects(view, kind->subject);
    json_t *json = json_loads(whole(kind, MEDIA_JSON, count), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(json);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "data")), count);
    json_t *meta = json_object_get(json, "meta");
    ck_assert_int_eq(json_integer_value(json_object_get(meta, "total")), (json_int_t)count);
    ck_assert(json_is_true(json_object_get(meta, "complete")));
    for (size_t i = 0; i < count; i++)
        ck_assert_ptr_nonnull(json_object_get(json_array_get(json_object_get(json, "data"), i),
                                              strcmp(kind->name, "revisions") == 0 ? "changes_since" : "self"));
    json_decref(json);
}
END_TEST

START_TEST(an_empty_list_is_still_a_list)
{
    const struct list_kind *kind = &list_kinds[_i];
    json_t *json = json_loads(whole(kind, MEDIA_JSON, 0), 0, NULL);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "data")), 0);
    json_decref(json);
    ck_assert_str_eq(whole(kind, MEDIA_NDJSON, 0), "");
    ck_assert_uint_eq(count_of(whole(kind, MEDIA_CSV, 0), "\r\n"), 1);
}
END_TEST

START_TEST(ndjson_is_one_object_a_line)
{
    const struct list_kind *kind = &list_kinds[_i];
    size_t count = view_subjects(view, kind->subject);
    const char *text = whole(kind, MEDIA_NDJSON, count);
    ck_assert_uint_eq(count_of(text, "\n"), count);
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
        json_t *json = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
        ck_assert(json_is_object(json));
        json_decref(json);
    }
}
END_TEST

START_TEST(csv_has_a_row_for_every_item_at_least)
{
    const struct list_kind *kind = &list_kinds[_i];
    size_t count = view_subjects(view, kind->subject);
    ck_assert_uint_ge(count_of(whole(kind, MEDIA_CSV, count), "\r\n"), count + 1);
}
END_TEST

START_TEST(a_page_of_a_list_names_the_next_and_is_not_complete)
{
    struct list_page page = {.kind = &list_kinds[0],
                             .self = "/v1/countries?limit=1",
                             .next = "/v1/countries?cursor=x&limit=1",
                             .total = 3,
                             .count = 1};
    list_close(&page, MEDIA_JSON, &out);
    ck_assert_str_eq(out.data, "],\"meta\":{\"total\":3,\"count\":1,\"complete\":false},\"links\":{\"self\":"
                               "\"/v1/countries?limit=1\",\"next\":\"/v1/countries?cursor=x&limit=1\"}}\n");
}
END_TEST

START_TEST(every_order_is_total_and_consistent)
{
    const struct list_kind *kind = &list_kinds[_i];
    size_t count = view_subjects(view, kind->subject);
    for (size_t s = 0; kind->compare != NULL && kind->sorts[s] != NULL; s++)
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count; b++) {
                int order = kind->compare(view, kind->sorts[s], a, b);
                int back = kind->compare(view, kind->sorts[s], b, a);
                ck_assert_msg((order < 0) == (back > 0) && (order == 0) == (a == b), "%s by %s: %zu, %zu", kind->name,
                              kind->sorts[s], a, b);
            }
}
END_TEST

/* BE (0.0), FR and XK without a value; by name Ållo stands first. Certs: 0 established 2009, 1 without a date. */
static const struct {
    const char *list, *sort;
    size_t first, second;
} orders[] = {
    {"countries", "name", 2, 0},      {"countries", "-name", 1, 0},    {"countries", "code", 0, 1},
    {"countries", "-code", 2, 1},     {"countries", "value", 0, 1},    {"countries", "-value", 0, 1},
    {"countries", "-coverage", 0, 1}, {"countries", "coverage", 1, 0}, {"certs", "country", 0, 1},
    {"certs", "-country", 1, 0},      {"certs", "name", 0, 1},         {"certs", "-name", 1, 0},
    {"certs", "established", 0, 1},   {"certs", "-established", 0, 1},
};

START_TEST(what_has_no_value_comes_last_both_ways)
{
    const struct list_kind *kind = list_kind_find(orders[_i].list);
    ck_assert_int_lt(kind->compare(view, orders[_i].sort, orders[_i].first, orders[_i].second), 0);
}
END_TEST

static void collect(void *cls, const char *name, const char *value)
{
    buf_printf(cls, "%s=%s ", name, value);
}

static const struct {
    const char *list;
    size_t index;
    const char *facets;
} found_by[] = {
    {"countries", 0,
     "code=BE group=eu region=150 has=profile has=overview has=strategies has=institutions has=certs has=partnerships "
     "has=assessments has=score "},
    {"countries", 1, "code=FR "},
    {"certs", 0,
     "country=BE type=national type=government accreditation=first status=active "
     "established=2009 has=url "},
    {"certs", 1, "status=active "},
};

START_TEST(items_are_found_by_their_facets)
{
    list_kind_find(found_by[_i].list)->facets(view, found_by[_i].index, collect, &out);
    ck_assert_str_eq(out.data, found_by[_i].facets);
}
END_TEST

static bool is_word(const struct list_filter *filter, const char *value)
{
    for (size_t i = 0; filter->words[i] != NULL; i++)
        if (strcmp(filter->words[i], value) == 0)
            return true;
    return false;
}

static void check_facet(void *cls, const char *name, const char *value)
{
    const struct list_kind *kind = cls;
    const struct list_filter *filter = kind->filters;
    while (filter->name != NULL && strcmp(filter->name, name) != 0)
        filter++;
    ck_assert_msg(filter->name != NULL, "%s has no filter %s", kind->name, name);
    if (filter->kind == FILTER_WORD)
        ck_assert_msg(is_word(filter, value), "%s is no word of %s", value, name);
}

START_TEST(facets_are_of_filters_that_there_are)
{
    const struct list_kind *kind = &list_kinds[_i];
    for (size_t i = 0; kind->facets != NULL && i < view_subjects(view, kind->subject); i++)
        kind->facets(view, i, check_facet, (void *)kind);
    ck_assert_ptr_nonnull(kind->sorts[0]);
    ck_assert_int_eq(kind->searchable, kind->words != NULL);
    bool asked = kind->select != NULL;
    ck_assert((asked || kind->found) == (kind->item != NULL) && (kind->item != NULL) == (kind->fragment == NULL));
    ck_assert(asked == (kind->facets == NULL) && (asked || kind->found) == (kind->compare == NULL));
    ck_assert(kind->found == (kind->names != NULL) && kind->found == (kind->group != NULL));
}
END_TEST

/* So that no member of an item is out of reach of `fields`, nor named there in vain. */
START_TEST(members_of_items_are_the_lists_keys_in_their_order)
{
    const struct list_kind *kind = &list_kinds[_i];
    ck_assert_ptr_nonnull(kind->keys);
    for (size_t i = 0; i < view_subjects(view, kind->subject); i++) {
        buf_reset(&out);
        ck_assert(item_write(view, kind, i, MEDIA_JSON, &out));
        json_t *item = json_loads(out.data, 0, NULL);
        size_t at = 0;
        const char *key;
        json_t *value;
        json_object_foreach(item, key, value)
        {
            while (kind->keys[at] != NULL && strcmp(kind->keys[at], key) != 0)
                at++;
            ck_assert_msg(kind->keys[at] != NULL, "%s: %s has no place in its keys", kind->name, key);
        }
        json_decref(item);
    }
}
END_TEST

static const struct {
    enum media media;
    const char *sliced;
} slices[] = {{MEDIA_JSON, "{\"code\":\"BE\",\"name\":\"Belgium\"}"},
              {MEDIA_NDJSON, "{\"code\":\"BE\",\"name\":\"Belgium\"}"},
              {MEDIA_CSV, "BE,Belgium\r\n"}};

START_TEST(an_item_is_cut_down_to_the_chosen_fields)
{
    const struct list_kind *kind = list_kind_find("countries");
    const struct chosen chosen = {{"name", "code"}, 2};
    const struct list_page page = {.kind = kind, .fields = &chosen};
    struct buf item;
    buf_init(&item, 1 << 16);
    ck_assert(item_write(view, kind, 0, slices[_i].media, &item));
    list_put(&page, slices[_i].media, item.data, item.len, &out);
    ck_assert_str_eq(out.data, slices[_i].sliced);
    buf_done(&item);
}
END_TEST

START_TEST(facets_stand_in_meta)
{
    const struct value_count types[] = {{"govern\"ment", 2}, {"national", 12}};
    const struct facet facets[] = {{"country", NULL, 0}, {"type", types, 2}};
    const struct list_page page = {
        .kind = list_kind_find("certs"), .self = "/v1/certs", .facets = facets, .facet_count = COUNT_OF(facets)};
    list_close(&page, MEDIA_JSON, &out);
    ck_assert_ptr_nonnull(
        strstr(out.data, "\"facets\":{\"country\":{},\"type\":{\"govern\\\"ment\":2,\"national\":12}}},\"links\""));
}
END_TEST

START_TEST(words_hold_every_name)
{
    list_kind_find("countries")->words(view, 0, &out);
    ck_assert_str_eq(out.data, "BE Belgium Kingdom of Belgium BEL B");
    buf_reset(&out);
    list_kind_find("countries")->words(view, 1, &out);
    ck_assert_str_eq(out.data, "FR France FRA Frankreich France");
    buf_reset(&out);
    list_kind_find("certs")->words(view, 0, &out);
    ck_assert_str_eq(out.data, "cert-be =CERT, \"<b>\" CERT.be Belgium");
}
END_TEST

START_TEST(a_summary_is_plain_shown_values)
{
    ck_assert(list_kind_find("countries")->fragment(view, 0, MEDIA_JSON, &out));
    ck_assert_str_eq(out.data,
                     "{\"code\":\"BE\",\"alpha3\":\"BEL\",\"numeric\":\"056\",\"name\":\"Belgium\",\"region\":"
                     "\"150\",\"groups\":[\"eu\"],\"standing\":\"iso\",\"profile\":\"available\",\"certs\":1,"
                     "\"strategies\":1,\"legal_conditions\":{\"value\":0.0,\"low\":0.0,\"high\":87.5,"
                     "\"coverage\":0.500},\"self\":\"/v1/countries/BE\"}");
    buf_reset(&out);
    ck_assert(list_kind_find("countries")->fragment(view, 0, MEDIA_CSV, &out));
    ck_assert_str_eq(out.data, "BE,BEL,056,Belgium,150,eu,iso,available,1,1,0.0,0.0,87.5,0.500\r\n");
}
END_TEST

TCase *view_list_cases(void)
{
    TCase *tests = tcase_create("lists");
    int kinds = (int)list_kind_count;
    tcase_add_checked_fixture(tests, view_set_up, view_tear_down);
    tcase_add_loop_test(tests, a_list_in_json_is_an_envelope_of_its_items, 0, kinds);
    tcase_add_loop_test(tests, an_empty_list_is_still_a_list, 0, kinds);
    tcase_add_loop_test(tests, ndjson_is_one_object_a_line, 0, kinds);
    tcase_add_loop_test(tests, csv_has_a_row_for_every_item_at_least, 0, kinds);
    tcase_add_test(tests, a_page_of_a_list_names_the_next_and_is_not_complete);
    tcase_add_loop_test(tests, every_order_is_total_and_consistent, 0, kinds);
    tcase_add_loop_test(tests, what_has_no_value_comes_last_both_ways, 0, COUNT_OF(orders));
    tcase_add_loop_test(tests, items_are_found_by_their_facets, 0, COUNT_OF(found_by));
    tcase_add_loop_test(tests, facets_are_of_filters_that_there_are, 0, kinds);
    tcase_add_loop_test(tests, members_of_items_are_the_lists_keys_in_their_order, 0, kinds);
    tcase_add_loop_test(tests, an_item_is_cut_down_to_the_chosen_fields, 0, COUNT_OF(slices));
    tcase_add_test(tests, facets_stand_in_meta);
    tcase_add_test(tests, words_hold_every_name);
    tcase_add_test(tests, a_summary_is_plain_shown_values);
    return tests;
}
