/* SPDX-License-Identifier: MIT */
/* Filters and search. Each value of a filter has a posting list; a set of bits is the union of a filter's lists, and
 * the sets of all filters and of the search are intersected, then walked in the order asked for. SQL is asked for
 * ranges and the search. What stands in `q` is only ever words: no character of it reaches SQLite outside quotes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bits.h"
#include "internal.h"

const struct statement find_statements[FIND_COUNT] = {
    [FIND_RANGE] = {"SELECT ord FROM facet WHERE list = ?1 AND name = ?2 AND value BETWEEN ?3 AND ?4", 1},
    [FIND_VALUES] = {"SELECT value, ord FROM facet WHERE list = ?1 AND name = ?2 ORDER BY value, ord", 2},
    [FIND_SEARCH] = {"SELECT ord FROM search WHERE search MATCH ?2 AND list = ?1", 1},
    [FIND_HITS] = {"SELECT ord, rank, snippet(search, 0, '', '', '…', 24) FROM search "
                   "WHERE search MATCH ?2 AND list = ?1 ORDER BY ord",
                   3},
    [FIND_NAMES] = {"SELECT ord, words FROM search WHERE search MATCH ?2 AND list = ?1 || ':name'", 2},
};

enum {
    STEPS_PER_TURN = 100 * 1000, /* of SQLite's machine, between two calls of the progress handler */
    TURNS_MAX = 1000,
    MATCH_BYTES = 64 * 1024
};

static int take_turn(void *cls)
{
    struct store_reader *reader = cls;
    return reader->budget-- <= 0;
}

void reader_limit(struct store_reader *reader)
{
    reader->budget = TURNS_MAX;
    sqlite3_progress_handler(reader->db, STEPS_PER_TURN, take_turn, reader);
}

/* Sets the bit of every ord that the statement gives for the texts bound to it. */
static bool bits_mark(struct bits *bits, sqlite3_stmt *get, const char *const *texts, int count, struct err *err)
{
    sqlite3_stmt *rows CLEANUP(database_reset) = get;
    for (int i = 0; i < count; i++)
        if (sqlite3_bind_text(rows, i + 1, texts[i], -1, SQLITE_STATIC) != SQLITE_OK)
            return database_failed(sqlite3_db_handle(rows), "cannot ask the dataset", err);
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        sqlite3_int64 ord = sqlite3_column_int64(rows, 0);
        if (ord >= 0 && (size_t)ord < bits->count)
            bits->words[ord / 64] |= (uint64_t)1 << ord % 64;
    }
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "cannot ask the dataset", err);
}

/* One value of a filter, or all from one to another; an end that is left open is before or behind every text. */
static bool value_mark(struct store_reader *reader, const char *list, const struct store_filter *filter,
                       const char *value, struct bits *one, struct err *err)
{
    const char *dots = filter->ranges ? strstr(value, "..") : NULL;
    if (dots == NULL) {
        bits_unite(one, postings_words(reader->postings, list, filter->name, value));
        return true;
    }
    char *first = strndup(value, (size_t)(dots - value));
    if (first == NULL)
        return err_memory(err);
    const char *last = dots[2] == '\0' ? "\x7f" : dots + 2;
    bool done =
        bits_mark(one, reader->find[FIND_RANGE], (const char *const[]){list, filter->name, first, last}, 4, err);
    free(first);
    return done;
}

static bool filter_apply(struct store_reader *reader, const char *list, const struct store_filter *filter,
                         struct bits *kept, struct bits *one, struct err *err)
{
    if (filter->count > STORE_VALUES)
        return err_set(err, ERR_INPUT, "%s takes at most %d values", filter->name, (int)STORE_VALUES);
    bits_fill(one, 0);
    for (size_t i = 0; i < filter->count; i++)
        if (!value_mark(reader, list, filter, filter->values[i], one, err))
            return false;
    bits_intersect(kept, one);
    return true;
}

/* Letters, digits and everything beyond ASCII make words; the rest separates them. */
static bool in_word(char c)
{
    return (unsigned char)c >= 0x80 || isalnum((unsigned char)c) != 0;
}

/* Moves *at to the next word and returns its length; 0 at the end. */
static size_t word_next(const char **at)
{
    while (**at != '\0' && !in_word(**at))
        (*at)++;
    size_t len = 0;
    while ((*at)[len] != '\0' && in_word((*at)[len]))
        len++;
    return len;
}

size_t store_words(const char *q)
{
    size_t count = 0;
    for (size_t len; (len = word_next(&q)) > 0; q += len)
        count++;
    return count;
}

/* Appends every word of `q` in quotes with `between` them, the last as a beginning. */
static void put_phrases(const char *q, const char *before, const char *between, struct buf *match)
{
    size_t count = 0;
    buf_puts(match, before);
    for (size_t len; (len = word_next(&q)) > 0; q += len, count++) {
        buf_puts(match, count == 0 ? "\"" : between);
        buf_add(match, q, len);
    }
    buf_puts(match, "\"*");
}

/* `foo "bar` becomes "foo" "bar"*: every word must be there, the last may be a beginning; as a name it becomes
 * ^"foo bar"*. The same again in plain letters where there are others. */
static bool match_of(const char *q, bool name, struct buf *match, struct err *err)
{
    const char *before = name ? "^" : "";
    const char *between = name ? " " : "\" \"";
    struct buf folded CLEANUP(buf_done);
    buf_init(&folded, 2 * strlen(q) + 1);
    bool differs = fold_text(q, strlen(q), &folded);
    put_phrases(q, before, between, match);
    if (differs && buf_ok(&folded)) {
        buf_puts(match, " OR ");
        put_phrases(folded.data, before, between, match);
    }
    return (buf_ok(match) && buf_ok(&folded)) || err_memory(err);
}

static bool check_words(size_t count, struct err *err)
{
    return count <= STORE_WORDS || err_set(err, ERR_INPUT, "q takes at most %d words", (int)STORE_WORDS);
}

static bool search_apply(struct store_reader *reader, const char *list, const char *q, struct bits *kept,
                         struct bits *one, struct err *err)
{
    size_t count = store_words(q);
    if (!check_words(count, err))
        return false;
    bits_fill(one, 0);
    struct buf match CLEANUP(buf_done);
    buf_init(&match, MATCH_BYTES);
    if (count > 0 && (!match_of(q, false, &match, err) ||
                      !bits_mark(one, reader->find[FIND_SEARCH], (const char *const[]){list, match.data}, 2, err)))
        return false;
    bits_intersect(kept, one);
    return true;
}

/* The kept items in the default order. */
static void walk(const struct bits *kept, uint32_t *found)
{
    for (size_t i = 0; i < words_of(kept); i++)
        for (uint64_t word = kept->words[i]; word != 0; word &= word - 1)
            *found++ = (uint32_t)(i * 64 + (size_t)__builtin_ctzll(word));
}

/* The kept items in order; `order` NULL is the default one. */
static bool collect(const struct bits *kept, const uint32_t *order, uint32_t **ret, size_t *ret_count, struct err *err)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; i < words_of(kept); i++)
        count += (size_t)__builtin_popcountll(kept->words[i]);
    uint32_t *found = malloc((count + 1) * sizeof(*found));
    if (found == NULL)
        return err_memory(err);
    if (order == NULL)
        walk(kept, found);
    for (size_t place = 0; order != NULL && at < count; place++)
        if (bits_has(kept, order[place]))
            found[at++] = order[place];
    *ret = found;
    *ret_count = count;
    return true;
}

bool store_find(struct store_reader *reader, const char *list, const struct store_filter *filters, size_t count,
                const char *q, const char *sort, uint32_t **ret, size_t *ret_count, struct err *err)
{
    size_t size = lists_size(reader->lists, list);
    const uint32_t *order = sort == NULL ? NULL : lists_order(reader->lists, list, sort);
    if (sort != NULL && order == NULL && size > 0)
        return err_set(err, ERR_INPUT, "%s has no order %s", list, sort);
    if (count > STORE_FILTERS)
        return err_set(err, ERR_INPUT, "at most %d filters at once", (int)STORE_FILTERS);
    struct bits kept CLEANUP(bits_done) = {0};
    struct bits one CLEANUP(bits_done) = {0};
    if (!bits_init(&kept, size, err) || !bits_init(&one, size, err))
        return false;
    bits_fill(&kept, 0xff);
    kept.words[size / 64] = ((uint64_t)1 << size % 64) - 1; /* nothing behind the last item */
    reader->budget = TURNS_MAX;
    for (size_t i = 0; i < count; i++)
        if (!filter_apply(reader, list, &filters[i], &kept, &one, err))
            return false;
    if (q != NULL && !search_apply(reader, list, q, &kept, &one, err))
        return false;
    return collect(&kept, order, ret, ret_count, err);
}

/* The hits so far; the array doubles within the arena. */
struct hits {
    struct arena *arena;
    struct store_hit *items;
    size_t count, room;
};

static struct store_hit *add_hit(struct hits *hits)
{
    if (hits->count == hits->room) {
        size_t room = hits->room == 0 ? 64 : 2 * hits->room;
        struct store_hit *items = arena_array(hits->arena, room, sizeof(*items));
        if (items == NULL)
            return NULL;
        if (hits->count > 0)
            memcpy(items, hits->items, hits->count * sizeof(*items));
        hits->items = items;
        hits->room = room;
    }
    return &hits->items[hits->count++];
}

/* Binds list and match; the rows are then stepped through. */
static bool ask_match(sqlite3_stmt *get, const char *list, const char *match, struct err *err)
{
    return (sqlite3_bind_text(get, 1, list, -1, SQLITE_STATIC) == SQLITE_OK &&
            sqlite3_bind_text(get, 2, match, -1, SQLITE_STATIC) == SQLITE_OK) ||
           database_failed(sqlite3_db_handle(get), "cannot ask the dataset", err);
}

static bool read_hits(sqlite3_stmt *get, const char *list, const char *match, struct hits *hits, struct err *err)
{
    sqlite3_stmt *rows CLEANUP(database_reset) = get;
    int status;
    if (!ask_match(rows, list, match, err))
        return false;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        struct store_hit *hit = add_hit(hits);
        if (hit == NULL)
            return err_memory(err);
        *hit = (struct store_hit){.ord = (uint32_t)sqlite3_column_int64(rows, 0),
                                  .rank = sqlite3_column_double(rows, 1),
                                  .excerpt = arena_text(hits->arena, column_text(rows, 2))};
        if (hit->excerpt == NULL)
            return err_memory(err);
    }
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "cannot ask the dataset", err);
}

static int compare_hit(const void *ord, const void *hit)
{
    uint32_t left = *(const uint32_t *)ord;
    uint32_t right = ((const struct store_hit *)hit)->ord;
    return (left > right) - (left < right);
}

/* A search for names: the words as they were asked for, and as FTS5 takes them. */
struct naming {
    const char *list, *q, *match;
};

static bool mark_named(sqlite3_stmt *get, const struct naming *naming, struct hits *hits, struct err *err)
{
    sqlite3_stmt *rows CLEANUP(database_reset) = get;
    int status;
    if (!ask_match(rows, naming->list, naming->match, err))
        return false;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        uint32_t ord = (uint32_t)sqlite3_column_int64(rows, 0);
        struct store_hit *hit =
            hits->count == 0 ? NULL : bsearch(&ord, hits->items, hits->count, sizeof(*hits->items), compare_hit);
        bool is_whole = strcasecmp(column_text(rows, 1), naming->q) == 0;
        if (hit != NULL && hit->named != STORE_NAME_IS)
            hit->named = is_whole ? STORE_NAME_IS : STORE_NAME_BEGINS;
    }
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "cannot ask the dataset", err);
}

bool store_search(struct store_reader *reader, const char *list, const char *q, struct arena *arena,
                  struct store_hit **ret, size_t *ret_count, struct err *err)
{
    struct hits hits = {.arena = arena};
    struct buf words CLEANUP(buf_done);
    struct buf name CLEANUP(buf_done);
    size_t count = store_words(q);
    buf_init(&words, MATCH_BYTES);
    buf_init(&name, MATCH_BYTES);
    reader->budget = TURNS_MAX;
    if (!check_words(count, err))
        return false;
    if (count > 0 && (!match_of(q, false, &words, err) || !match_of(q, true, &name, err) ||
                      !read_hits(reader->find[FIND_HITS], list, words.data, &hits, err) ||
                      !mark_named(reader->find[FIND_NAMES], &(struct naming){list, q, name.data}, &hits, err)))
        return false;
    *ret = hits.items;
    *ret_count = hits.count;
    return true;
}

struct counting { /* one value, row by row */
    char *value;  /* NULL before the first */
    size_t count;
    bool (*each)(void *cls, const char *value, size_t count);
    void *cls;
};

static void counting_done(struct counting *counting)
{
    free(counting->value);
}

/* Tells the value that ends here, if any item has it, and begins the next (NULL: none). */
static bool counting_turn(struct counting *counting, const char *next, struct err *err)
{
    if (counting->count > 0 && !counting->each(counting->cls, counting->value, counting->count))
        return err_memory(err);
    free(counting->value);
    counting->value = next == NULL ? NULL : strdup(next);
    counting->count = 0;
    return next == NULL || counting->value != NULL || err_memory(err);
}

static bool count_rows(sqlite3_stmt *rows, const struct bits *kept, struct counting *counting, struct err *err)
{
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *value = column_text(rows, 0);
        sqlite3_int64 ord = sqlite3_column_int64(rows, 1);
        if (counting->value == NULL || strcmp(counting->value, value) != 0)
            if (!counting_turn(counting, value, err))
                return false;
        counting->count += ord >= 0 && (size_t)ord < kept->count && bits_has(kept, (size_t)ord) ? 1 : 0;
    }
    if (status != SQLITE_DONE)
        return database_failed(sqlite3_db_handle(rows), "cannot ask the dataset", err);
    return counting_turn(counting, NULL, err);
}

bool store_count(struct store_reader *reader, const char *list, const char *name, const uint32_t *ords, size_t count,
                 bool (*each)(void *cls, const char *value, size_t count), void *cls, struct err *err)
{
    struct bits kept CLEANUP(bits_done) = {0};
    struct counting counting CLEANUP(counting_done) = {.each = each, .cls = cls};
    sqlite3_stmt *rows CLEANUP(database_reset) = reader->find[FIND_VALUES];
    if (!bits_init(&kept, lists_size(reader->lists, list), err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (ords[i] < kept.count)
            kept.words[ords[i] / 64] |= (uint64_t)1 << ords[i] % 64;
    reader->budget = TURNS_MAX;
    if (sqlite3_bind_text(rows, 1, list, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_bind_text(rows, 2, name, -1, SQLITE_STATIC) != SQLITE_OK)
        return database_failed(sqlite3_db_handle(rows), "cannot ask the dataset", err);
    return count_rows(rows, &kept, &counting, err);
}
