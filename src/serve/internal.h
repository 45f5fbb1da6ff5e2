/* SPDX-License-Identifier: MIT */
/* What the files of serve/ share: a request on its way from target to bytes. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/nearest.h"
#include "cyberatlas/serve.h"
#include "cyberatlas/store.h"
#include "cyberatlas/view.h"

#include "exports.h"

enum {
    TARGET_SEGMENTS = 8,      /* more than any route has */
    PATH_BYTES = 512,         /* a canonical path with its suffix */
    LIMIT_MOST = 1000,        /* largest page that may be asked for */
    SEARCH_BYTES = 200,       /* longest q */
    QUERY_TEXT_BYTES = 16384, /* canonical text of the longest query, every byte escaped, with room */
    CURSOR_SIZE = 23,         /* 16 bytes in base64url and a NUL */
    PARAMETERS_MOST = STORE_FILTERS + 7 + ASK_COUNT,
    NUMBER_DIGITS = 5, /* of a number in a question; its ceilings are in score.h */
    CACHE_BUCKETS = 1024,
};

/* Makes room for one more item in a malloc'd array; false without memory. */
bool serve_grow(void **items, size_t *cap, size_t count, size_t size) MUST_USE;
/* --- say.c: filling faults in --- */
/* fault_set, and the parameter at fault. */
bool fault_parameter(struct fault *fault, enum fault_kind kind, const char *parameter, const char *fmt, ...)
    PRINTF(4, 5);
void fault_near(struct fault *fault, const struct nearest *best);
/* Appends one word to fault->allowed, and empties it for good when they do not fit: a cut list would be a lie. */
void fault_allow(struct fault *fault, const char *word, bool *full);
/* A bad value at one item of a comma list, counted from 1: `NAME, item 3, "WORD": ` and what `says` says; 0
 * where there are no items. */
bool fault_item(struct fault *fault, enum ask ask, size_t item, const char *word, const char *says);

/* --- target.c --- */
struct target {
    char text[SERVE_TARGET_BYTES + 1]; /* the decoded segments, each ended by NUL */
    const char *segments[TARGET_SEGMENTS];
    size_t count;      /* 0 for "/"; TARGET_SEGMENTS + 1 when there are more */
    bool slash;        /* ends in a slash that is not the root's */
    const char *query; /* still escaped, borrowed from the raw target; NULL when there is none */
};
bool target_split(const char *raw, struct target *ret, struct fault *fault) MUST_USE;
/* Decodes %XX (and + as a space where `plus`) into `out`, which is as long as the input and one more. What the bytes
 * may not be (control characters, half escapes, other than UTF-8) is a fault. */
bool percent_decode(const char *raw, size_t len, bool plus, char *out, struct fault *fault) MUST_USE;

/* --- route.c --- */
struct match {
    const struct route *route;
    const char *id; /* what stands in place of {…}, decoded, not NUL-terminated; NULL where the route has none */
    size_t id_len;
    const char *suffix; /* ".csv"; empty where there is none */
};
bool route_find(const struct target *target, struct match *ret, struct fault *fault) MUST_USE;
/* Same path but for the name between the braces. */
bool route_same(const char *a, const char *b);
struct offer { /* the media types of a route, its default first */
    enum media medias[MEDIA_COUNT];
    size_t count;
    bool only_asked; /* nothing of it is ready */
};
/* Of an element of route_table. */
const struct offer *route_offer(const struct route *route);
/* The same, copied; their number. */
size_t route_medias(const struct route *route, enum media ret[MEDIA_COUNT]);
bool route_has(const struct route *route, enum media media);
/* The row of document_kinds that makes it; NULL for none. */
const struct document_kind *route_kind(const struct route *route, enum media media);
/* Whether its addresses are whole names that take no suffix. */
bool route_whole(const struct route *route);
/* The path with `id` in place of {…}; false when it is too long. */
bool route_fill(const struct route *route, const char *id, char ret[PATH_BYTES]) MUST_USE;
/* The route whose template a canonical path (of a stored document) fits; NULL for none. */
const struct route *route_of_path(const char *path);
/* Names of the parameters it takes. */
size_t route_parameters(const struct route *route, const char *ret[PARAMETERS_MOST]);

enum method { METHOD_GET, METHOD_OPTIONS, METHOD_OTHER, METHOD_UNKNOWN };
enum method method_of(const char *name);

/* --- catalog.c: what may be asked of one dataset --- */
struct spelling {
    const char *text;
    const char *id;
};
struct spellings {
    struct spelling *items;
    size_t count, cap;
};
struct allowed {
    const char *list, *name, *value;
};
struct catalog {
    struct arena *arena; /* borrowed: holds the strings */
    const char *revision;
    const char *log;           /* tells this log of publications and the addresses in it from any other */
    const char *base;          /* of absolute addresses; NULL: none is known */
    const struct facts *facts; /* borrowed, as view is: what questions are about */
    const struct view *view;
    const struct geoip *geoip;  /* borrowed; NULL: the operator gave no file of addresses */
    struct spellings countries; /* by text, upper case; a code is a spelling of itself */
    struct spellings certs;     /* former ids */
    struct allowed *allowed;    /* in the order written */
    size_t allowed_count, allowed_cap;
};
/* What a list's tags and cursors are bound to: the revision, or for a list about the log the log; `list` may be NULL.
 */
const char *catalog_mark(const struct catalog *catalog, const struct list_kind *list);
void catalog_done(struct catalog *catalog);
bool catalog_add_country(struct catalog *catalog, const char *text, const char *code) MUST_USE;
bool catalog_add_cert(struct catalog *catalog, const char *former, const char *id) MUST_USE;
bool catalog_add_allowed(struct catalog *catalog, const char *list, const char *name, const char *value) MUST_USE;
/* To be called once after the last addition. */
void catalog_sort(struct catalog *catalog);
/* The canonical code of a country in any spelling; NULL for none. */
const char *catalog_country(const struct catalog *catalog, const char *text, size_t len);
const char *catalog_cert(const struct catalog *catalog, const char *former, size_t len);

/* --- ip.c, geoip.c: addresses, and the country in which each is registered --- */
struct ip {
    unsigned char bytes[16];
    size_t len; /* 4 or 16 */
};
enum { IP_TEXT_SIZE = 46 };
/* One address in the usual forms; IPv4 within IPv6 is IPv4. */
bool ip_read(const char *text, struct ip *ret) MUST_USE;
void ip_write(const struct ip *ip, char ret[IP_TEXT_SIZE]);
/* Forgets the last octet, or the last 80 bits. */
void ip_blur(struct ip *ip);
/* Whether the target has a parameter `ip`, however it is written. */
bool ip_is_in(const char *target);

struct geoip;
/* Reads an MMDB file and looks at every record of it; one that is damaged, or that names no country, is refused. */
bool geoip_open(const char *path, struct geoip **ret, struct err *err) MUST_USE;
void geoip_close(struct geoip *geoip); /* accepts NULL */
/* Its build epoch and SHA-256: what else an answer hangs on. */
const char *geoip_stamp(const struct geoip *geoip);
/* "geo-whois-asn-country of 2026-06-17". */
const char *geoip_words(const struct geoip *geoip);
/* The code that the file has for it; false where it has none. */
bool geoip_find(const struct geoip *geoip, const struct ip *ip, char ret[3]) MUST_USE;

/* --- query.c, filter.c, canon.c --- */
struct query {
    const struct list_kind *list; /* NULL: a document's */
    struct store_filter filters[STORE_FILTERS];
    size_t filter_count;
    const char **values; /* the filters', malloc'd */
    size_t value_count;
    const char *q;                     /* NULL: none */
    const char *sort;                  /* NULL: the default */
    const char *limit;                 /* NULL: none */
    const char *cursor;                /* NULL: none */
    const char *pretty;                /* "1" or NULL */
    char *fields_given;                /* decoded; NULL: none */
    struct chosen fields;              /* of the list's own names, in its order; none: all of each item */
    const char *facets[STORE_FILTERS]; /* names of filters, sorted */
    size_t facet_count;
    char *given[ASK_COUNT];   /* of a question, decoded; NULL: none */
    struct question question; /* set on routes that take one, and but for `choices`; those are the filters */
    bool by_methodology;      /* it stands in the canonical text: it is not the one that speaks anyway */
    bool by_version;          /* so does its version, in full: an address that pins one keeps its meaning */
    size_t page;              /* limit as a number; 0: none */
    uint32_t place;           /* of the cursor */
    char *text;               /* names and values, decoded, malloc'd */
    size_t text_used;
};
/* Accepts a query that was zeroed and never read. */
void query_done(struct query *query);
/* Reads a raw query (NULL: none) by the rules of a route. *ret is to be given to
 * query_done either way; its strings are its own or the catalog's. */
bool query_read(const char *raw, const struct route *route, const struct catalog *catalog, struct query *ret,
                struct fault *fault) MUST_USE;
bool query_read_filter(struct query *query, const struct list_filter *filter, const struct catalog *catalog,
                       char *value, struct fault *fault) MUST_USE;
/* Sorts the texts and drops doubles; how many are left. */
size_t sort_values(const char **values, size_t count);
/* Parts of the canonical text beside filters, question, q and sort; QUERY_PARTS are fields and facets. With the page
 * goes explain. */
enum { QUERY_PAGE = 1, QUERY_PRETTY = 2, QUERY_ASCII = 4, QUERY_PARTS = 8, QUERY_WHOLE = 15 };
/* Reads what `fields` chooses, once the media type is known. */
bool query_read_fields(struct query *query, enum media media, struct fault *fault) MUST_USE;
/* A comma list of filters that are to be counted. */
bool query_read_facets(struct query *query, char *value, struct fault *fault) MUST_USE;
/* The canonical text without "?"; nothing where all is default. `cursor` stands for query->cursor. */
void query_text(const struct query *query, const char *cursor, unsigned parts, struct buf *out);
/* What a cursor is bound to: the list, the filters, q and the order, whatever the page. */
void query_question(const struct query *query, const struct route *route, struct buf *out);

/* --- question.c, question_choice.c, _contacts.c, _intelmq.c, _time.c, _weights.c, _text.c --- */

/* What one reading needs at hand. */
struct reader {
    const struct route *route;
    const struct catalog *catalog;
    struct query *query;
    struct fault *fault;
};
extern const char *const ask_names[ASK_COUNT];
/* Makes query->question of query->given; nothing on a route that takes none. */
bool question_read(struct reader *reader) MUST_USE;
/* Each reads one parameter into query->question, whose rule is the methodology's. */
typedef bool question_reader(struct reader *reader, char *value);
question_reader question_weights;
question_reader question_as_of;
question_reader question_max_age;
question_reader question_basis;
question_reader question_sure;
question_reader question_group;
question_reader question_countries;
question_reader question_country; /* one */
question_reader question_domain;
question_reader question_ip;
question_reader question_audience;
question_reader question_purpose;
/* Whether the route ignores parameters that it does not know; all that was given on such a one. */
bool route_is_lenient(const struct route *route);
bool question_intelmq(struct reader *reader);
/* The word of a separator; NULL for the default. */
const char *question_separator(const struct question *question);
/* The last label of a host's name, which becomes small letters; NULL where it is none. */
char *question_ending(char *value);
/* Whose ending it is, in any case: a country's or the Union's; NULL for nobody's. */
const struct thing *question_ending_owner(const struct facts *facts, const char *ending);
/* That exactly one of country, domain and ip was given. */
bool question_asks_for_one(struct reader *reader);
/* A word that is none of `names`, with all of them beside. */
bool question_bad_word(struct reader *reader, enum ask ask, size_t item, const char *word, const char *const *names,
                       size_t count);
bool question_bad_country(struct reader *reader, enum ask ask, size_t item, const char *word);
/* The code of a country in any spelling; NULL for none. */
const char *question_find_country(const struct reader *reader, const char *word);
question_reader question_since;
/* Whether a question is about every criterion, each judged by a methodology of its own. */
bool question_of_all(const struct reader *reader);
/* A whole number up to `most`, without sign or leading zeros; moves *at behind it. */
bool question_number(const char **at, int32_t most, int32_t *ret) MUST_USE;
/* Whether a parameter stands in the canonical text, and its value there, which needs no escape. */
bool question_says(const struct query *query, enum ask ask);
void question_value(const struct query *query, enum ask ask, struct buf *out);

/* --- negotiate.c --- */
/* The best of `medias` for an Accept field; NULL or empty: the first. HTML only where it is named. */
bool negotiate_media(const char *accept, const enum media *medias, size_t count, enum media *ret) MUST_USE;
bool negotiate_coding(const char *accept_encoding, const bool have[CODING_COUNT], enum coding *ret) MUST_USE;
/* What a problem is told in: JSON, text (before JSON if `text_first`), or if `page` the HTML that a browser wants. */
enum media negotiate_problem(const char *accept, bool text_first, bool page);

/* --- etag.c --- */
/* Weak comparison with one strong tag, which has its quotes. NULL never matches. */
bool etag_matches(const char *if_none_match, const char *etag);
/* The tag of a computed answer: of what was asked, not of its bytes. */
void etag_computed(const char *revision, const char *address, enum media media, char ret[48]);

/* --- cursor.c --- */
void cursor_write(const char *revision, const char *question, uint32_t place, char ret[CURSOR_SIZE]);
bool cursor_read(const char *text, const char *revision, const char *question, uint32_t *ret_place,
                 struct fault *fault) MUST_USE;

/* --- made.c, cache.c --- */
/* Takes the body, which may be NULL only when empty, and copies the rest; NULL without memory, the body freed. */
struct made *made_new(enum media media, char *body, size_t len) MUST_USE;
struct made *made_ref(struct made *made);
void made_cleanup(struct made **made);
struct cache;
struct cache *cache_new(size_t ceiling) MUST_USE;
void cache_free(struct cache *cache);
/* A reference to the answer at that address, or NULL. */
struct made *cache_find(struct cache *cache, const char *address);
/* Keeps a reference of its own, if it fits; the first of two equal answers stays. */
void cache_keep(struct cache *cache, struct made *made);
void cache_figures(struct cache *cache, struct snapshot_figures *figures);

/* --- problem.c --- */
/* As MEDIA_PROBLEM, MEDIA_TEXT or MEDIA_HTML; `view` makes the page, and may be NULL for the others. */
void problem_outcome(const struct fault *fault, enum media media, const struct view *view, struct outcome *ret);

/* --- address.c --- */
/* An answer's own address: path, suffix where the media type is not the route's default, query (may be NULL). */
void link_address(const struct route *route, const char *path, enum media media, const char *query, struct buf *out);
/* The Link field of an answer; `next` may be NULL. */
void link_field(const struct route *route, const char *path, enum media media, const char *query, const char *next,
                struct buf *out);

/* --- snapshot.c, load.c, find.c --- */
struct place { /* all that stands at one path */
    const char *path;
    uint32_t at[MEDIA_COUNT][CODING_COUNT]; /* index of the representation + 1 */
    const struct route *route;              /* whose very address the path is; NULL: go the long way */
};
struct piece {
    const char *id;
    const char *body;
    size_t len;
};
struct pieces { /* the fragments of one list in one media type, by ord */
    const char *list;
    enum media media;
    struct piece *items;
    size_t count, cap;
};
struct snapshot {
    struct store *store;
    struct arena *arena;
    struct catalog catalog;
    struct facts *facts; /* what questions are about, and the view that answers them; threads share both */
    struct view *view;
    struct geoip *geoip;   /* NULL: none */
    const char *placed_by; /* revision, and the stamp of the file of addresses: for tags of answers to `ip` */
    struct cache *cache;
    struct representation *items;
    size_t count, cap;
    struct place *places; /* in the store's order, so sorted by no promise */
    size_t place_count, place_cap;
    uint32_t *slots; /* hash table over places: index + 1 */
    size_t slot_count;
    struct pieces *pieces;
    size_t pieces_count, pieces_cap;
    size_t body_bytes;
};
bool snapshot_load(struct snapshot *snapshot, struct err *err) MUST_USE;
const struct place *snapshot_place(const struct snapshot *snapshot, const char *path);
const struct pieces *snapshot_pieces(const struct snapshot *snapshot, const char *list, enum media media);
/* --- ready.c, request.c --- */
/* Says of every place whether its path is an address as it is; once, when all is loaded. */
void ready_index(struct snapshot *snapshot);
/* The answer to a target that is such an address; NULL: go the long way. */
const struct representation *ready_find(const struct snapshot *snapshot, const struct request *request);
/* The media types there are at a place, the default first; `place` may be NULL where answers are made. */
size_t ready_medias(const struct place *place, const struct route *route, enum media ret[MEDIA_COUNT]);
/* The canonical path of what a match names; false where its id is none, or fills no path. */
bool request_path(const struct snapshot *snapshot, const struct match *match, char ret[PATH_BYTES]);
/* The id nearest to `wanted` among the stored paths of a route, or that of the country it names; empty where there is
 * none. */
void snapshot_nearest(const struct snapshot *snapshot, const struct route *route, const char *wanted, char ret[128]);

/* --- list.c, list_asked.c --- */
enum { ENVELOPE_BYTES = 128 * 1024 }; /* more than brackets, links and a header row ever take */

struct page_made {
    struct buf body;
    char *next; /* address of the next page; NULL on the last */
};
void page_made_done(struct page_made *page);
/* One list to be made. */
struct listing {
    struct snapshot *snapshot;
    const struct route *route;
    const struct query *query;
    enum media media;
    struct fault *fault;
};
bool list_make(const struct listing *listing, struct page_made *ret) MUST_USE;
/* What of each item the query chooses; NULL for all. */
const struct chosen *list_chosen(const struct query *query);
/* The same for a list whose items follow from a question, or from what its q finds. */
bool list_make_asked(const struct listing *listing, struct page_made *ret) MUST_USE;
/* --- list_search.c --- */
/* What the query's q finds, in order; NULL without memory, or with *listing->fault. */
struct selection *list_search(const struct listing *listing, const struct question *question) MUST_USE;
/* Whether the cursor's place is within what was found. */
bool list_check_place(const struct listing *listing, size_t found) MUST_USE;
/* The page's own address into `self`, and into *ret_next that of the one behind it, which begins at `next` of `total`;
 * false without memory. */
bool list_addresses(const struct listing *listing, size_t next, size_t total, struct buf *self,
                    char **ret_next) MUST_USE;

/* --- facets.c --- */
struct facets {
    struct arena *arena; /* of the counts and their words */
    struct facet items[STORE_FILTERS];
};
void facets_done(struct facets *facets);
/* Counts, for each filter that the query names, the values of the items found. */
bool facets_find(const struct listing *listing, const uint32_t *ords, size_t count, struct facets *ret) MUST_USE;

/* --- compute.c --- */
struct computing {
    struct snapshot *snapshot;
    const struct route *route;
    const char *path;
    enum media media;
    const struct query *query;
    const struct representation *ready; /* the same without a query; NULL for none */
    struct fault *fault;
};
/* The answer at the canonical text of computing->query, from the cache or made now; one reference for the caller. NULL:
 * *computing->fault says why. */
struct made *compute(const struct computing *computing, const char *query) MUST_USE;
