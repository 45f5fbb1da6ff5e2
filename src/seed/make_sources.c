/* SPDX-License-Identifier: MIT */
/* sources.json: what the claims rest on. A source that nothing refers to is no fault: that it was read and said
 * nothing is worth keeping. */
#include "internal.h"

static void check_dates(const struct reader *reader, const struct source *source, const struct at *at)
{
    struct date published = {0};
    struct date captured = {0};
    bool has_published =
        source->published != NULL && date_of(reader, source->published, &(struct at){at, "published", 0}, &published);
    bool has_captured =
        source->captured != NULL && date_of(reader, source->captured, &(struct at){at, "captured", 0}, &captured);
    struct at place = {at, "captured", 0};
    if (has_published && has_captured && published.first > captured.last)
        fault_of(reader, &place, "lies before published (%s)", source->published);
    if (has_captured && !reader->load->lacking[SEED_DATASET] && captured.first > reader->load->day.last)
        fault_of(reader, &place, "lies after the dataset's date");
}

void make_sources(const struct reader *reader)
{
    struct load *load = reader->load;
    const json_t *all = json_object_get(reader->root, "sources");
    struct at list = {NULL, "sources", 0};
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *json = json_array_get(all, i);
        struct at at = {&list, NULL, i};
        const char *id = text_of(reader, json, "id");
        if (id != NULL && facts_source(load->facts, id) != NULL)
            fault_of(reader, &(struct at){&at, "id", 0}, "stands twice");
        struct source *made = list_add(load->arena, &load->sources);
        if (made == NULL || id == NULL)
            return;
        *made = (struct source){.id = id,
                                .title = text_of(reader, json, "title"),
                                .publisher = text_of(reader, json, "publisher"),
                                .url = text_of(reader, json, "url"),
                                .published = text_of(reader, json, "published"),
                                .captured = text_of(reader, json, "captured"),
                                .sha256 = text_of(reader, json, "sha256"),
                                .terms = text_of(reader, json, "terms"),
                                .note = text_of(reader, json, "note")};
        load->facts->sources = load->sources.items;
        load->facts->source_count = load->sources.count;
        check_dates(reader, made, &at);
    }
}
