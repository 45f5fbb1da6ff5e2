/* SPDX-License-Identifier: MIT */
/* Facts as answers: which documents and lists there are, and the body of each. Two tables say it all: document_kinds
 * and list_kinds. Everything here is a pure function of the facts, so bodies may be made on several threads at once. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/err.h"
#include "cyberatlas/base/fact.h"
#include "cyberatlas/base/media.h"
#include "cyberatlas/format.h"
#include "cyberatlas/score.h"

struct view;
/* Derives once what many bodies need (each country's verdicts and score, counts). `facts` is borrowed and must outlive
 * it; `revision` too (it stands in /v1 only). */
bool view_new(const struct facts *facts, const char *revision, struct view **ret, struct err *err) MUST_USE;
void view_free(struct view *view); /* accepts NULL */
/* Which parameters the address of a path template takes; their number, at most `most`. Who answers requests knows. */
typedef size_t view_parameters(const char *path, const char **ret, size_t most);
/* Lets /v1 name them; without it, it names none. */
void view_set_parameters(struct view *view, view_parameters *parameters);

/* --- questions: what may be asked of scores --- */
enum { QUESTION_COUNTRIES_MAX = 60, COMPARE_LEAST = 2, COMPARE_MOST = 6 };

/* The values of one filter, any of them. */
struct choice {
    const char *name;
    const char *const *values;
    size_t count;
};

/* By what a question about contacts names a country. */
enum asked_by { ASKED_BY_PATH, ASKED_BY_COUNTRY, ASKED_BY_DOMAIN, ASKED_BY_ADDRESS };
enum { ASKED_AS_SIZE = 64 }; /* an ending or an address, and a NUL */

/* One question, resolved: every text is of the facts, every default filled in. */
struct question {
    struct score_question rule;
    bool weighted;     /* weights were asked for that are not the methodology's own */
    struct period age; /* max_age; both 0: none */
    bool based;        /* basis was asked for, and is not the methodology's own choice */
    bool surely;       /* so was sure */
    const char *groups[QUESTION_COUNTRIES_MAX];
    size_t group_count;
    const char *countries[QUESTION_COUNTRIES_MAX]; /* codes, sorted */
    size_t country_count;
    const char *theme;            /* NULL: every one; of /v1/assessments, where methodology was asked for */
    const struct choice *choices; /* filters of a list beside these */
    size_t choice_count;
    bool explain;
    bool ascii;                   /* of text */
    const struct revision *since; /* of changes, one of the log's; NULL: all that it holds */
    const char *base;             /* begins absolute addresses where a format wants them; NULL: none is known */
    /* About contacts. */
    const struct contact_word *audience; /* NULL: any */
    const struct contact_word *purpose;  /* NULL: any */
    enum asked_by asked_by;
    const struct thing *asked_for; /* a country or an organisation; NULL: none is known, or the path's own */
    char asked_as[ASKED_AS_SIZE];  /* the domain's ending, or the address */
    const char *located_by;        /* of an address: by which file; NULL otherwise */
    /* As a bot of IntelMQ asks. */
    const char *host;               /* the name of a host, in small letters; NULL: none */
    const struct thing *host_owner; /* whose ending it has; NULL: nobody's */
    bool filtered;                  /* of Austria alone */
    bool bare;                      /* without the team */
    char separator;                 /* of cells; 0: a semicolon */
};
/* The methodology's own question, of every country, on the dataset's date. */
struct question view_question(const struct view *view, const struct methodology *methodology);
/* "legal-conditions", or where the seeds have none the first. */
const struct methodology *view_methodology(const struct view *view);
/* How many countries `countries` and `group` select (membership on as_of); all without either. */
size_t view_selected(const struct view *view, const struct question *question);

/* What the facts cover, as Markdown for those who keep the seeds; no part of any answer. */
bool coverage_write(const struct facts *facts, struct buf *out, struct err *err) MUST_USE;

/* What the one {…} of a path ranges over. */
enum subject {
    SUBJECT_NONE, /* one document */
    SUBJECT_COUNTRY,
    SUBJECT_CERT,
    SUBJECT_CRITERION,
    SUBJECT_METHODOLOGY,
    SUBJECT_SOURCE,
    SUBJECT_VOCABULARY,
    SUBJECT_INDEX,
    SUBJECT_PROBLEM,
    SUBJECT_SCHEMA,
    SUBJECT_EXPORT,
    SUBJECT_FINDING, /* all that a search goes through; ids are of several kinds */
    SUBJECT_SCRIPT,  /* of the dashboard; none where the program was built without it */
    SUBJECT_STYLE,
    SUBJECT_ASSESSMENT, /* country × criterion with at least one claim: "BE/annual-audit" */
    SUBJECT_COUNT
};
struct fault;
/* A page that tells a person of a fault and what to do, as the dashboard's pages look. */
bool fault_page_write_html(const struct view *view, const struct fault *fault, const char *hint, struct buf *out);

size_t view_subjects(const struct view *view, enum subject subject); /* 1 for SUBJECT_NONE */
const char *view_subject_id(const struct view *view, enum subject subject, size_t index);

/* Writes the body for subject number `index`; false when memory or the buffer's ceiling ends first. */
typedef bool view_write(const struct view *view, size_t index, struct buf *out);
/* So does this one, as the answer to a question; `self` is the answer's own address in JSON, with its canonical query.
 */
typedef bool view_answer(const struct view *view, const struct question *question, const char *self, size_t index,
                         struct buf *out);

struct document_kind {
    const char *path; /* template: "/v1/countries/{code}" */
    enum subject subject;
    enum media media;
    view_write *write;   /* both NULL: the whole list of that path */
    view_answer *answer; /* of a path that takes questions; build asks it the default one */
    bool only_asked;     /* there is no answer without a question, so none is built */
    bool explains;       /* explain shows in it; elsewhere it says nothing */
    bool apart;          /* made by build as a file, or by serve when it loads or is asked; no body of a subject */
    size_t number;       /* of SUBJECT_NONE: the index that `write` gets, so that one function writes several pages */
};
/* Kinds of one path stand together; its first media type is the path's default. */
extern const struct document_kind document_kinds[];
extern const size_t document_kind_count;

/* --- exports: whole files to keep --- */
struct export_kind {
    const char *name; /* "countries.csv", the last segment of its address */
    enum media media;
    const char *title;
    const char *list; /* of which it is the CSV; NULL for none */
};
extern const struct export_kind export_kinds[];
extern const size_t export_kind_count;
/* One that is made. */
struct export_file {
    const struct export_kind *kind;
    size_t bytes;
    char sha256[65];
};
/* datapackage.json (Frictionless Data Package 2.0) over the files; addresses in it are relative to its own. */
bool export_write_package(const struct view *view, const struct export_file *files, size_t count, struct buf *out);
/* dataset.jsonld (DCAT and schema.org); `base` as in a question. */
bool export_write_catalog(const struct view *view, const struct export_file *files, size_t count, const char *base,
                          struct buf *out);
/* The body of /v1/exports. */
bool export_write_index(const struct export_file *files, size_t count, struct buf *out);

enum filter_kind {
    FILTER_TERM,    /* a term of `vocabulary` */
    FILTER_COUNTRY, /* a country in any spelling */
    FILTER_ID,      /* an id of `subject` */
    FILTER_WORD,    /* one of the words in `words`, NULL-terminated */
    FILTER_YEAR,    /* a year, or years from one to another: "2012", "2010..2015", "2010..", "..2015" */
};
struct list_filter {
    const char *name; /* NULL ends the list */
    const char *summary;
    enum filter_kind kind;
    const char *vocabulary;
    enum subject subject;
    const char *const *words;
};

/* The items that a question finds, in order; freed by the caller. */
struct selection {
    const struct view *view;
    const struct question *question;
    struct arena *arena;
    uint32_t *items; /* subject numbers */
    size_t count;
    void *own; /* what the list's functions keep of each */
};
/* An empty one, with an arena of its own; NULL without memory. */
struct selection *selection_new(const struct view *view, const struct question *question);
void selection_free(struct selection *selection); /* accepts NULL */

struct list_page;
/* Told each (filter, value) that finds an item. */
typedef void view_emit(void *cls, const char *name, const char *value);

struct list_kind {
    const char *name; /* "countries" */
    const char *path; /* "/v1/countries" */
    enum subject subject;
    const struct list_filter *filters;
    const char *const *sorts;     /* NULL-terminated; the first is the default order; "-x" is x downwards */
    bool searchable;              /* takes q */
    const enum media *medias;     /* MEDIA_COUNT ends it; the first is the default */
    const struct column *columns; /* of its CSV */
    const char *const *keys;      /* of its items in JSON, in their order, NULL-terminated */
    /* One item's fragment: a JSON object (also one NDJSON line), CSV rows, a feature of GeoJSON, a vCard, or objects of
     * STIX of which the first may be a place that others share. No separators around it. */
    bool (*fragment)(const struct view *view, size_t index, enum media media, struct buf *out);
    /* In place of fragment, facets, words and compare where items follow from a question: the items in the order `sort`
     * (NULL: the default), NULL without memory; and the item at `place` of a selection. */
    struct selection *(*select)(const struct view *view, const struct question *question, const char *sort);
    bool (*item)(const struct selection *selection, size_t place, enum media media, struct buf *out);
    /* For a list of what q finds, which nothing is without: its items are those of a selection with `own` an array of
     * excerpts; `names` tells what each is called, `group` which are told before others that fit as well. */
    bool found;
    void (*names)(const struct view *view, size_t index, view_emit *emit, void *cls);
    unsigned (*group)(const struct view *view, size_t index);
    bool of_log; /* it is about the log of publications and not about the facts */
    /* Further members of meta in JSON, each with a comma before it, in place of the question; NULL: the question. */
    bool (*meta)(const struct list_page *page, struct buf *out);
    /* What stands above and below the items in MEDIA_TEXT and MEDIA_ATOM; NULL where there is neither. */
    bool (*head)(const struct list_page *page, struct buf *out);
    bool (*foot)(const struct list_page *page, struct buf *out);
    void (*facets)(const struct view *view, size_t index, view_emit *emit, void *cls);
    /* Appends the words by which q finds it; NULL where not searchable. */
    void (*words)(const struct view *view, size_t index, struct buf *out);
    /* Sign of (a − b) in the order `sort`, named as it stands in `sorts` with its "-", so that the caller never turns
     * a result round: what has no value comes last both ways. Total: ties are broken by subject number. */
    int (*compare)(const struct view *view, const char *sort, size_t a, size_t b);
};
extern const struct list_kind list_kinds[];
extern const size_t list_kind_count;
const struct list_kind *list_kind_find(const char *name); /* NULL when there is none */

/* How many of the items that match have each value of one filter. */
struct value_count {
    const char *value;
    size_t count;
};
struct facet {
    const char *name;
    const struct value_count *values;
    size_t count;
};

/* Places that stand in a body of STIX already, by their ids within its items. */
enum { PLACES_MOST = 512 };
struct places {
    const char *ids[PLACES_MOST];
    size_t count;
};

/* A list's body is: open, items with a separator between two, close. Used by build and serve alike. */
struct list_page {
    const struct list_kind *kind;
    const char *self;                  /* path and canonical query, with suffix where the media is not the default */
    const char *next;                  /* NULL on the last page */
    size_t total;                      /* items that match */
    size_t count;                      /* items in this body */
    const struct selection *selection; /* NULL for lists of fragments; its question stands in meta */
    const struct chosen *fields;       /* NULL: all of each item; else of JSON, NDJSON or CSV */
    const struct facet *facets;        /* of JSON; NULL for none */
    size_t facet_count;
    struct places *places; /* of STIX */
};
void list_open(const struct list_page *page, enum media media, struct buf *out);
void list_separate(enum media media, struct buf *out);
/* One item, whole or what of it is chosen; its bytes live as long as page->places. */
void list_put(const struct list_page *page, enum media media, const char *item, size_t len, struct buf *out);
void list_close(const struct list_page *page, enum media media, struct buf *out);
/* The names that `fields` takes in a media type, in the list's own order; their number, 0 where it takes none. */
size_t list_fields(const struct list_kind *kind, enum media media, const char *ret[CHOSEN_MOST]);
