/* SPDX-License-Identifier: MIT */
/* The short way to a ready answer: a target that is, byte for byte, the address of something stored needs no taking
 * apart. Which addresses those are is found when a dataset is loaded, by the long way itself, so the two never differ;
 * what is asked in any other words, or for a part, and what has no acceptable form, goes the long way. */
#include <string.h>

#include "internal.h"

/* The long way leads from this path to itself. */
static bool leads_here(const struct snapshot *snapshot, const char *path, struct match *match)
{
    struct target target;
    struct fault fault;
    char found[PATH_BYTES];
    return target_split(path, &target, &fault) && target.query == NULL && route_find(&target, match, &fault) &&
           match->suffix[0] == '\0' && route_offer(match->route)->count > 0 && request_path(snapshot, match, found) &&
           strcmp(found, path) == 0;
}

void ready_index(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->place_count; i++) {
        struct match match;
        struct place *place = &snapshot->places[i];
        place->route = leads_here(snapshot, place->path, &match) ? match.route : NULL;
    }
}

size_t ready_medias(const struct place *place, const struct route *route, enum media ret[MEDIA_COUNT])
{
    const struct offer *offer = route_offer(route);
    bool all = route->list != NULL || offer->only_asked;
    size_t kept = 0;
    for (size_t i = 0; i < offer->count; i++)
        if (all || place->at[offer->medias[i]][CODING_IDENTITY] != 0)
            ret[kept++] = offer->medias[i];
    return kept;
}

const struct representation *ready_find(const struct snapshot *snapshot, const struct request *request)
{
    enum media medias[MEDIA_COUNT], media;
    enum coding coding;
    bool have[CODING_COUNT];
    const struct place *place = snapshot_place(snapshot, request->target);
    if (place == NULL || place->route == NULL || request->range != NULL || method_of(request->method) != METHOD_GET)
        return NULL;
    size_t count = ready_medias(place, place->route, medias);
    const char *accept = route_whole(place->route) ? NULL : request->accept;
    if (!negotiate_media(accept, medias, count, &media) || place->at[media][CODING_IDENTITY] == 0)
        return NULL;
    for (size_t i = 0; i < CODING_COUNT; i++)
        have[i] = place->at[media][i] != 0;
    if (!negotiate_coding(request->accept_encoding, have, &coding))
        return NULL;
    return &snapshot->items[place->at[media][coding] - 1];
}
