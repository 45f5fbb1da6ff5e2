/* SPDX-License-Identifier: MIT */
/* Filters and search. Each value of a filter has a posting list; a set of bits is the union of a filter's lists, and
 * the sets of all filters and of the search are intersected, then walked in the order asked for. What stands in `q` is
 * only ever words: no character of it reaches SQLite outside quotes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

const struct statement find_statements[FIND_COUNT] = {
    [FIND_FACET] = {"SELECT ord FROM facet WHERE list = ?1 AND name = ?2 AND value = ?3", 1},
    [FIND_SEARCH] = {"SELECT ord FROM search WHERE search MATCH ?2 AND list = ?1", 1},
};

enum {
    STEPS_PER_TURN = 100 * 1000, /* of SQLite's machine, between two calls of the progress handler */
    TURNS_MAX = 1000
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

struct bits {
    uint64_t *words;
    size_t count; /* of bits */
};

static size_t words_of(const struct bits *bits)
{
    return bits->count / 64 + 1;
}

static bool bits_init(struct bits *bits, size_t count, struct err *err)
{
    bits->count = count;
    bits->words = calloc(words_of(bits), sizeof(uint64_t));
    if (bits->words != NULL)
        return true;
    (void)err_memory(err);
    return false;
}

static void bits_done(struct bits *bits)
{
    free(bits->words);
}

static void bits_fill(struct bits *bits, int byte)
{
    memset(bits->words, byte, words_of(bits) * sizeof(uint64_t));
}

static bool bits_has(const struct bits *bits, size_t at)
{
    return (bits->words[at / 64] >> at % 64 & 1) != 0;
}

static void bits_intersect(struct bits *bits, const struct bits *with)
{
    for (size_t i = 0; i < words_of(bits); i++)
        bits->words[i] &= with->words[i];
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

static bool filter_apply(struct store_reader *reader, const char *list, const struct store_filter *filter,
                         struct bits *kept, struct bits *one, struct err *err)
{
    if (filter->count > STORE_VALUES)
        return err_set(err, ERR_INPUT, "%s takes at most %d values", filter->name, (int)STORE_VALUES);
    bits_fill(one, 0);
    for (size_t i = 0; i < filter->count; i++)
        if (!bits_mark(one, reader->find[FIND_FACET], (const char *const[]){list, filter->name, filter->values[i]}, 3,
                       err))
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

/* `foo "bar` becomes "foo" "bar"*: every word must be there, the last may be a beginning. */
static bool match_of(const char *q, struct buf *match, struct err *err)
{
    for (size_t len; (len = word_next(&q)) > 0; q += len) {
        buf_puts(match, match->len == 0 ? "\"" : " \"");
        buf_add(match, q, len);
        buf_putc(match, '"');
    }
    buf_putc(match, '*');
    return buf_ok(match) || err_memory(err);
}

static bool search_apply(struct store_reader *reader, const char *list, const char *q, struct bits *kept,
                         struct bits *one, struct err *err)
{
    size_t count = store_words(q);
    if (count > STORE_WORDS)
        return err_set(err, ERR_INPUT, "q takes at most %d words", (int)STORE_WORDS);
    bits_fill(one, 0);
    struct buf match CLEANUP(buf_done);
    buf_init(&match, 64 * 1024);
    if (count > 0 && (!match_of(q, &match, err) ||
                      !bits_mark(one, reader->find[FIND_SEARCH], (const char *const[]){list, match.data}, 2, err)))
        return false;
    bits_intersect(kept, one);
    return true;
}

/* The kept items in order; `order` NULL is the default one. */
static bool collect(const struct bits *kept, const uint32_t *order, uint32_t **ret, size_t *ret_count, struct err *err)
{
    size_t count = 0;
    for (size_t ord = 0; ord < kept->count; ord++)
        count += bits_has(kept, ord);
    uint32_t *found = malloc((count + 1) * sizeof(*found));
    if (found == NULL)
        return err_memory(err);
    size_t at = 0;
    for (size_t place = 0; place < kept->count; place++) {
        uint32_t ord = order == NULL ? (uint32_t)place : order[place];
        if (bits_has(kept, ord))
            found[at++] = ord;
    }
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
    reader->budget = TURNS_MAX;
    for (size_t i = 0; i < count; i++)
        if (!filter_apply(reader, list, &filters[i], &kept, &one, err))
            return false;
    if (q != NULL && !search_apply(reader, list, q, &kept, &one, err))
        return false;
    return collect(&kept, order, ret, ret_count, err);
}
