/* SPDX-License-Identifier: MIT */
/* Which of the representations there are a client likes best (RFC 9110, 12.5). Elements that the grammar does not allow
 * are passed over; a parameter of a media range counts against a type only where the type says otherwise. */
#include <string.h>
#include <strings.h>

#include "internal.h"

struct span {
    const char *text;
    size_t len;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static struct span trim(struct span part)
{
    while (part.len > 0 && is_space(part.text[0]))
        part = (struct span){part.text + 1, part.len - 1};
    while (part.len > 0 && is_space(part.text[part.len - 1]))
        part.len--;
    return part;
}

/* Length of `part` up to `mark` outside of quotes, or all of it. */
static size_t length_to(struct span part, char mark)
{
    const char *hit = memchr(part.text, mark, part.len);
    size_t len = hit == NULL ? part.len : (size_t)(hit - part.text);
    if (memchr(part.text, '"', len) == NULL)
        return len;
    bool quoted = false;
    for (len = 0; len < part.len && (quoted || part.text[len] != mark); len++) {
        if (part.text[len] == '"')
            quoted = !quoted;
        else if (quoted && part.text[len] == '\\' && len + 1 < part.len)
            len++;
    }
    return len;
}

/* The next piece of *rest up to `mark` outside of quotes, trimmed; false at the end. */
static bool next_part(struct span *rest, char mark, struct span *ret)
{
    if (rest->text == NULL)
        return false;
    size_t len = length_to(*rest, mark);
    *ret = trim((struct span){rest->text, len});
    *rest = len < rest->len ? (struct span){rest->text + len + 1, rest->len - len - 1} : (struct span){NULL, 0};
    return true;
}

static bool same(struct span part, const char *word)
{
    return part.len == strlen(word) && strncasecmp(part.text, word, part.len) == 0;
}

/* A qvalue in thousandths; -1 when it is none. */
static int read_weight(struct span part)
{
    if (part.len < 1 || part.len > 5 || (part.text[0] != '0' && part.text[0] != '1') ||
        (part.len > 1 && part.text[1] != '.'))
        return -1;
    int weight = (part.text[0] - '0') * 1000;
    for (size_t i = 2, unit = 100; i < part.len; i++, unit /= 10) {
        if (part.text[i] < '0' || part.text[i] > '9')
            return -1;
        weight += (part.text[i] - '0') * (int)unit;
    }
    return weight <= 1000 ? weight : -1;
}

static struct span unquoted(struct span part)
{
    bool quoted = part.len >= 2 && part.text[0] == '"' && part.text[part.len - 1] == '"';
    return quoted ? (struct span){part.text + 1, part.len - 2} : part;
}

/* Does the type as sent have parameter `name` with another value? */
static bool contradicts(const char *content_type, struct span name, struct span value)
{
    struct span rest = {content_type, strlen(content_type)};
    struct span part;
    while (next_part(&rest, ';', &part)) {
        bool named =
            part.len > name.len && part.text[name.len] == '=' && strncasecmp(part.text, name.text, name.len) == 0;
        struct span stated = {part.text + name.len + 1, named ? part.len - name.len - 1 : 0};
        if (named && (stated.len != value.len || strncasecmp(stated.text, value.text, value.len) != 0))
            return true;
    }
    return false;
}

/* How well a range fits: 0 not at all, 1 by * / *, 2 by type / *, 3 by name, more with parameters. */
static int type_fits(struct span range, const char *type)
{
    if (same(range, "*/*"))
        return 1;
    if (same(range, type))
        return 3;
    if (range.len == 0 || range.text[range.len - 1] != '*')
        return 0;
    size_t head = (size_t)(strchr(type, '/') - type) + 1;
    return range.len == head + 1 && range.text[head] == '*' && strncasecmp(range.text, type, head) == 0 ? 2 : 0;
}

/* Reads one element of Accept against one media type: its fit, and its weight (1 where it says none). */
static int element_fits(struct span element, const struct media_info *media, int *ret_weight)
{
    struct span rest = element;
    struct span part;
    *ret_weight = 1000;
    int fit = next_part(&rest, ';', &part) ? type_fits(part, media->type) : 0;
    while (fit > 0 && next_part(&rest, ';', &part)) {
        const char *equals = memchr(part.text, '=', part.len);
        struct span name = {part.text, equals == NULL ? part.len : (size_t)(equals - part.text)};
        struct span value = {part.text + part.len, 0};
        if (equals != NULL)
            value = unquoted((struct span){equals + 1, part.len - name.len - 1});
        if (same(name, "q")) {
            *ret_weight = read_weight(value);
            return *ret_weight < 0 ? 0 : fit;
        }
        if (name.len > 0 && contradicts(media->content_type, name, value))
            return 0;
        fit += fit >= 3 ? 1 : 0;
    }
    return fit;
}

/* The weight of a media type by the range that fits best; *ret_fit 0 where none does. */
static int media_weight(const char *accept, enum media media, int *ret_fit)
{
    struct span rest = {accept, strlen(accept)};
    struct span element;
    int best = 0;
    *ret_fit = 0;
    while (next_part(&rest, ',', &element)) {
        int weight;
        int fit = element_fits(element, &media_table[media], &weight);
        if (fit > *ret_fit) {
            *ret_fit = fit;
            best = weight;
        }
    }
    return best;
}

static bool is_blank(const char *field)
{
    return field == NULL || field[strspn(field, " \t,")] == '\0';
}

bool negotiate_media(const char *accept, const enum media *medias, size_t count, enum media *ret)
{
    int best_weight = 0;
    int best_fit = 0;
    if (count > 0 && (is_blank(accept) || (strcmp(accept, "*/*") == 0 && medias[0] != MEDIA_HTML))) {
        *ret = medias[0];
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        int fit;
        int weight = media_weight(accept, medias[i], &fit);
        if (medias[i] == MEDIA_HTML && fit < 3)
            continue;
        if (weight > best_weight || (weight == best_weight && weight > 0 && fit > best_fit)) {
            *ret = medias[i];
            best_weight = weight;
            best_fit = fit;
        }
    }
    return best_weight > 0;
}

enum media negotiate_problem(const char *accept, bool text_first, bool page)
{
    enum media medias[] = {text_first ? MEDIA_TEXT : MEDIA_PROBLEM, text_first ? MEDIA_PROBLEM : MEDIA_TEXT, MEDIA_JSON,
                           MEDIA_HTML};
    enum media found;
    if (!negotiate_media(accept, medias, COUNT_OF(medias) - (page ? 0 : 1), &found))
        return medias[0];
    return found == MEDIA_JSON ? MEDIA_PROBLEM : found;
}

/* What an element of Accept-Encoding names, and its weight; false where it says nothing. */
static bool read_coding(struct span element, struct span *ret_name, int *ret_weight)
{
    struct span part;
    *ret_weight = 1000;
    if (!next_part(&element, ';', ret_name))
        return false;
    if (next_part(&element, ';', &part))
        *ret_weight = part.len > 2 && strncasecmp(part.text, "q=", 2) == 0
                          ? read_weight((struct span){part.text + 2, part.len - 2})
                          : -1;
    return *ret_weight >= 0;
}

/* The weight of each coding. Identity is welcome, but last, unless it is excluded. */
static void weigh_codings(const char *field, int ret[CODING_COUNT])
{
    struct span rest = {field, strlen(field)};
    struct span element, name;
    int weight, any = 0, bare = 1;
    for (size_t i = 0; i < CODING_COUNT; i++)
        ret[i] = -1;
    while (next_part(&rest, ',', &element)) {
        if (!read_coding(element, &name, &weight))
            continue;
        if (same(name, "*")) {
            any = weight;
            bare = weight == 0 ? 0 : bare;
        }
        for (size_t i = 0; i < CODING_COUNT; i++)
            if (ret[i] < 0 && (same(name, coding_names[i]) || (i == CODING_GZIP && same(name, "x-gzip"))))
                ret[i] = weight;
    }
    for (size_t i = 0; i < CODING_COUNT; i++)
        if (ret[i] < 0)
            ret[i] = i == CODING_IDENTITY ? bare : any;
}

bool negotiate_coding(const char *accept_encoding, const bool have[CODING_COUNT], enum coding *ret)
{
    static const enum coding order[] = {CODING_BR, CODING_GZIP, CODING_IDENTITY};
    int weights[CODING_COUNT] = {[CODING_IDENTITY] = 1};
    int best = 0;
    if (accept_encoding != NULL)
        weigh_codings(accept_encoding, weights);
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        enum coding coding = order[i];
        if (have[coding] && weights[coding] > best) {
            *ret = coding;
            best = weights[coding];
        }
    }
    return best > 0;
}
