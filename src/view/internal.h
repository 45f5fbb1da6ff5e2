/* SPDX-License-Identifier: MIT */
/* What the files of view/ share. */
#pragma once
#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/kind.h"
#include "cyberatlas/format.h"
#include "cyberatlas/score.h"
#include "cyberatlas/view.h"

#include "asked.h"
#include "log.h"

enum { BODY_ARENA_BYTES = 64 * 1024 * 1024 }; /* trees of one body */

/* A time in a group, in days, both ends included. */
struct membership {
    const char *group; /* term of `groups` */
    int32_t first;
    int32_t last;
};

/* What is derived once for each country; same index as view->countries. */
struct country_view {
    const char *name;
    struct score score;                   /* by view->methodology */
    struct verdict *verdicts;             /* one for each criterion of facts->criteria, by view->judges */
    const struct membership *memberships; /* in the seed's order */
    size_t membership_count;
    const char **groups; /* those that it belongs to on the dataset's date */
    size_t group_count;
    size_t answer_count; /* claims about it under any criterion */
};

/* A country and a criterion that some claim answers, by their indices. */
struct assessment {
    size_t country;
    size_t criterion;
    const char *id;
};

/* How much rests on a source. */
struct source_use {
    size_t claims;   /* about things */
    size_t answers;  /* to criteria */
    size_t criteria; /* the criteria themselves */
    size_t figures;  /* of indices */
};

struct view {
    const struct facts *facts;
    const char *revision;
    struct arena *arena;
    int32_t day;                           /* the dataset's date */
    const struct methodology *methodology; /* "legal-conditions", newest version; see view_methodology */
    struct cell *cells;                    /* country by country, each criterion of facts->criteria */
    size_t **weighed;              /* same index as facts->methodologies: the criterion of each of its weights */
    struct judge *judges;          /* by default; same index as facts->criteria */
    const struct thing *countries; /* slice of facts->things, by code */
    size_t country_count;
    struct country_view *by_country;
    const struct thing *certs; /* slice, by owner, then seed order */
    size_t cert_count;
    struct assessment *assessments; /* SUBJECT_ASSESSMENT */
    size_t assessment_count;
    const struct methodology **methodologies; /* the newest version of each, by id */
    size_t methodology_count;
    struct source_use *uses;     /* same index as facts->sources */
    view_parameters *parameters; /* NULL: none are told */
};

/* Index of a country in view->countries. The code must exist. */
size_t view_country_index(const struct view *view, const char *code);

/* --- view.c, envelope.c, assessment.c, score_node.c, scores.c, criterion.c, methodology.c, source.c, vocabulary.c ---
 */

/* {"data":…,"links":…} with a final newline. False when the arena or the buffer has failed. */
bool envelope_write(struct arena *arena, struct node *data, struct node *links, struct buf *out) MUST_USE;
/* The node alone, with a final newline. */
bool document_write(struct arena *arena, const struct node *node, struct buf *out) MUST_USE;
/* The body of one fragment: the node alone, without a newline. */
bool fragment_write(struct arena *arena, const struct node *node, struct buf *out) MUST_USE;
/* {"self":…,"list":…}; a NULL list is left out. */
struct node *links_node(struct arena *arena, const char *self, const char *list);
/* Cells for tables: 444 with one place is "44.4"; a count. */
const char *decimal_text(struct arena *arena, int32_t number, int places);
const char *count_text(struct arena *arena, size_t count);
/* "2017-07-31" */
const char *day_text(struct arena *arena, int32_t day);
/* Whether the methodology gives the criterion a weight. */
bool methodology_weighs(const struct methodology *methodology, const char *criterion);
/* An order that is the subjects' own: for lists that offer no other. */
int subject_compare(const struct view *view, const char *sort, size_t a, size_t b);
/* num / den in units of 10^-places, half away from zero. */
int64_t scaled_of(int64_t num, int64_t den, int places);
/* The fraction as a decimal of `places`, half away from zero. */
struct node *fraction_node(struct arena *arena, struct fraction fraction, int places);
/* A shown name for a country: its `name`, or its code. */
const char *country_name(const struct thing *country);
/* "/v1/countries/BE" and what follows. */
const char *country_path(struct arena *arena, const char *code, const char *rest);

/* The cells of a country in the order of the criteria: those of one theme, or (NULL) all, whether answered or not. */
struct node *assessment_cells(const struct view *view, struct arena *arena, size_t country, const char *theme,
                              bool claims);
/* Whether any claim answers a criterion of the theme for this country. */
bool assessment_any(const struct view *view, size_t country, const char *theme);
bool criterion_is_of(const struct criterion *criterion, const char *theme); /* true for NULL */
/* Links of an answer about a country's answers. */
struct node *assessment_links(struct arena *arena, const char *code, const char *self);
view_write assessment_write_country_json, assessment_write_country_csv; /* /v1/countries/{code}/assessments */
extern const struct list_filter assessment_filters[];                   /* the list "assessments" */
struct selection *assessment_select(const struct view *view, const struct question *question, const char *sort);
bool assessment_item(const struct selection *selection, size_t place, enum media media, struct buf *out);

view_answer legal_write_json, legal_write_csv, legal_write_text; /* /v1/countries/{code}/legal-conditions */

/* A sentence on what a score of the methodology says and what not. */
const char *score_measures(const struct methodology *methodology);
/* The score object of answers; `methodology` NULL leaves its id and version out. */
void score_set(struct arena *arena, struct node *object, const struct methodology *methodology,
               const struct score *score);
/* The same fields straight into a body, for lists that must be quick: "value":44.4,… without brackets. */
void score_put(const struct score *score, struct buf *out);
void number_put(int64_t number, int places, struct buf *out);
/* {"value"?,"low","high","coverage"}, for summaries. */
void score_set_short(struct arena *arena, struct node *object, const struct score *score);
struct node *score_short_node(struct arena *arena, const struct score *score);
/* "├──●─┤" in `width` columns, on the scale from 0 to 100. */
void score_draw(const struct score *score, size_t width, struct buf *out);
/* "44.4 (31.8–59.1)  82 %", in columns that are the same for all. */
void score_put_words(const struct score *score, struct buf *out);
/* Sign of (a − b) by published value, countries without one last in both directions; ties by number. */
int score_compare_value(const struct view *view, size_t a, size_t b, bool down);
int score_compare_coverage(const struct view *view, size_t a, size_t b);
view_answer score_write_json, score_write_csv, score_write_text; /* /v1/scores/{code} */
extern const struct column score_columns[];                      /* the list "scores" */
extern const char *const score_sorts[];
struct selection *score_select(const struct view *view, const struct question *question, const char *sort);
bool score_item(const struct selection *selection, size_t place, enum media media, struct buf *out);
bool score_head(const struct list_page *page, struct buf *out);
bool score_foot(const struct list_page *page, struct buf *out);

view_write criterion_write; /* /v1/criteria/{id} */
extern const struct list_filter criterion_filters[];
extern const struct column criterion_columns[];
bool criterion_fragment(const struct view *view, size_t index, enum media media, struct buf *out);
void criterion_facets(const struct view *view, size_t index, view_emit *emit, void *cls);

view_write methodology_write; /* /v1/methodologies/{id} */
extern const struct column methodology_columns[];
bool methodology_fragment(const struct view *view, size_t index, enum media media, struct buf *out);

view_write source_write; /* /v1/sources/{id} */
extern const struct column source_columns[];
bool source_fragment(const struct view *view, size_t index, enum media media, struct buf *out);
void source_words(const struct view *view, size_t index, struct buf *out);

/* --- intelmq.c --- */
view_answer intelmq_write_lookup, intelmq_write_national; /* /intelmq/lookup, /intelmq/national */
view_write intelmq_write_teams;                           /* /intelmq/teams.json */

/* --- finding.c: the list "search" --- */
size_t finding_count(const struct view *view);
const char *finding_id(const struct view *view, size_t index);
unsigned finding_group(const struct view *view, size_t index);
extern const struct list_filter finding_filters[];
extern const char *const finding_sorts[];
extern const struct column finding_columns[];
void finding_names(const struct view *view, size_t index, view_emit *emit, void *cls);
void finding_words(const struct view *view, size_t index, struct buf *out);
void finding_facets(const struct view *view, size_t index, view_emit *emit, void *cls);
bool finding_item(const struct selection *selection, size_t place, enum media media, struct buf *out);
bool finding_head(const struct list_page *page, struct buf *out);
bool finding_foot(const struct list_page *page, struct buf *out);

view_write vocabulary_write; /* /v1/vocabularies/{id} */
extern const struct column vocabulary_columns[];
bool vocabulary_fragment(const struct view *view, size_t index, enum media media, struct buf *out);

view_write indices_write_json, indices_write_csv; /* /v1/indices/{id} */
extern const struct column indices_columns[];
bool indices_fragment(const struct view *view, size_t index, enum media media, struct buf *out);
/* What each index says of a country; empty where none does. */
struct node *indices_of_country(const struct view *view, struct arena *arena, const char *code);
bool indices_any(const struct view *view, const char *code);
/* "points, 0 to 100, higher is better". */
const char *indices_scale(struct arena *arena, const struct index *index);

/* For lists without filters: one empty row, and facets that find nothing. */
extern const struct list_filter no_filters[];
void no_facets(const struct view *view, size_t index, view_emit *emit, void *cls);

/* --- thing.c, words.c, list.c, country.c, cert.c, pages.c, country_page.c, index.c --- */

/* One claim object with its `others`: `count` claims of one field and item, the shown one first. */
struct node *claim_node(struct arena *arena, const struct claim *claims, size_t count);
/* Sets every field that a source speaks of, in the order of the kind's table. */
void thing_set_fields(struct arena *arena, struct node *object, const struct thing *thing);
/* The things of one owner as an array of objects with id; empty when there are none. */
struct node *thing_array(const struct view *view, struct arena *arena, enum thing_kind kind, const char *owner);
/* Claims from `start` on that speak of the same field and item. */
size_t thing_run(const struct thing *thing, size_t start);
/* The shown name or title; the id where there is none. */
const char *thing_name(const struct thing *thing);

/* What a value says, for people: labels for codes, names for countries. */
void value_words(const struct view *view, const struct field *field, const struct value *value, struct buf *out);
/* One claim: its value with its qualifier, or "unknown" and why. */
void claim_words(const struct view *view, const struct field *field, const struct claim *claim, struct buf *out);
/* Sign of (a − b) as a person would order names: case and the marks of Latin-1 letters count only between equals. */
int name_compare(const char *a, const char *b);

/* The shown list of texts, its items joined by `between`; NULL where there is none. */
const char *list_text(struct arena *arena, const struct value *value, const char *between);
/* Adds what `value` lists to `array` as texts. NULL adds nothing. */
void node_push_texts(struct arena *arena, struct node *array, const struct value *value);

view_write country_write_json; /* /v1/countries/{code} */
extern const struct list_filter country_filters[];
extern const struct column country_columns[];
extern const char *const country_sorts[];
bool country_fragment(const struct view *view, size_t index, enum media media, struct buf *out);
void country_facets(const struct view *view, size_t index, view_emit *emit, void *cls);
void country_words(const struct view *view, size_t index, struct buf *out);
int country_compare(const struct view *view, const char *sort, size_t a, size_t b);
size_t *countries_by_name(const struct view *view, struct arena *arena); /* their indices; NULL without memory */
/* Whether anything but its codes and groups is known of a country. */
bool country_has_profile(const struct view *view, size_t index);
/* Whether it has names in other languages: all of a country's are one statement of their source. */
bool country_has_names(const struct view *view, size_t index);

view_write cert_write;                           /* /v1/certs/{id} */
view_write cert_write_text, cert_write_markdown; /* cert_page.c */
view_write cert_write_card, cert_write_bundle;   /* cert_card.c, stix.c */
/* One card; a place that may be shared, an identity, and what joins them. */
bool cert_put_card(const struct view *view, struct arena *arena, const struct thing *cert, struct buf *out) MUST_USE;
bool cert_put_objects(const struct view *view, struct arena *arena, const struct thing *cert, struct buf *out) MUST_USE;
/* The team that it was merged into; NULL for none. */
const struct thing *cert_heir(const struct view *view, const struct thing *cert);
/* A part that is a text, of a shown record; NULL for none. */
const char *record_text(const struct claim *claim, const char *key);
extern const char *const cert_has_words[];
/* The term of STIX for one of the vocabulary `sectors`; NULL for none. */
const char *stix_sector(const char *sector);
/* The id of the place that a team's objects begin with, and where those behind it begin; NULL where they have none. */
const char *stix_place(const char *objects, size_t len, size_t *ret_behind);
view_write cert_write_country_json, cert_write_country_csv; /* /v1/countries/{code}/certs */
struct node *cert_summary(const struct view *view, struct arena *arena, const struct thing *cert);
extern const struct list_filter cert_filters[];
extern const struct column cert_columns[];
extern const char *const cert_sorts[];
bool cert_fragment(const struct view *view, size_t index, enum media media, struct buf *out);
void cert_facets(const struct view *view, size_t index, view_emit *emit, void *cls);
void cert_words(const struct view *view, size_t index, struct buf *out);
int cert_compare(const struct view *view, const char *sort, size_t a, size_t b);

view_write home_write_text, home_write_html; /* / */

/* --- screens.c, screen_forms.c: the dashboard's pages, as they are without a script --- */
enum screen {
    SCREEN_HOME,
    SCREEN_COMPARE,
    SCREEN_WHAT_IF,
    SCREEN_TEAMS,
    SCREEN_TELL,
    SCREEN_METHOD,
    SCREEN_DOCS,
    SCREEN_COUNTRY,
    SCREEN_PROBLEM
};
view_write screen_write_text, screen_write_html; /* by enum screen */
view_write docs_write;                           /* the reference as Markdown */
/* Puts the menu and the line below around a page; `code` where it is a country's. */
void screen_put_site(const struct view *view, struct arena *arena, struct page *page, enum screen screen,
                     const char *code);
/* The form of a page that has one. */
void screen_ask(const struct view *view, struct arena *arena, struct page *page, enum screen screen);
/* --- country_sheet.c, country_answers.c, country_brief.c --- */

/* A page in the making, with the sources it has named so far. */
struct sheet {
    const struct view *view;
    struct arena *arena;
    struct page *page;
    const char **sources;
    size_t source_count;
    bool failed;
};
/* "1:L22": number of the source, place in it. */
const char *sheet_origin(struct sheet *sheet, const struct evidence *evidence);
/* The buffer's text in the page's arena; a failure is kept, so that no page is given out without it. */
const char *sheet_kept(struct sheet *sheet, const struct buf *text);
/* One field or item, `label` NULL for a further one. Where one claim is all there is, its origin stands apart. */
void sheet_put_claims(struct sheet *sheet, const char *label, const struct field *field, const struct claim *claims,
                      size_t count);
/* Every field of a thing but `skip` (NULL: none). */
void sheet_put_fields(struct sheet *sheet, const struct thing *thing, const char *skip);
/* A page that answers a question about a country: its title, and what was asked. False without memory. */
bool sheet_start(struct sheet *sheet, const struct question *question, size_t country) MUST_USE;
/* The list of the sources named so far. */
void sheet_put_sources(struct sheet *sheet);
/* Every theme with an answer: the score where it is the scored one, then each criterion with its claims. */
void sheet_put_themes(struct sheet *sheet, size_t index);
/* A score drawn and in figures. */
void sheet_put_score(struct sheet *sheet, const struct methodology *methodology, const struct score *score);
/* One criterion: its value with who says so, then every other claim by how it stands. */
void sheet_put_answer(struct sheet *sheet, const struct pair *pair);
/* A name for people: name or title, else the kind of strategy and its date, else the id. */
const char *thing_heading(const struct view *view, struct arena *arena, const struct thing *thing);
/* The shown date of adoption, publication or start of its period; NULL where none is known. */
const char *strategy_date(const struct thing *strategy);
/* The date from which a team's status is unverified; NULL where it is not, or undated. */
const char *unverified_since(const struct claim *status);
/* Heads a country's page; false when memory is short. */
bool country_put_brief(const struct view *view, struct arena *arena, struct page *page, size_t index);
view_write country_page_write_text, country_page_write_html;                          /* /{code} */
view_write country_page_write_markdown;                                               /* /v1/countries/{code} */
view_write problem_page_write_text, problem_page_write_html, problem_page_write_json; /* /problems/{id} */

/* --- geo.c --- */

/* A feature up to its properties, which are one JSON object, and its end. */
void geo_open(const struct thing *country, struct buf *out);
void geo_close(struct buf *out);

/* --- keys.c: the members of list items in JSON --- */
extern const char *const country_keys[];
extern const char *const cert_keys[];
extern const char *const criterion_keys[];
extern const char *const assessment_keys[];
extern const char *const score_keys[];
extern const char *const methodology_keys[];
extern const char *const source_keys[];
extern const char *const vocabulary_keys[];
extern const char *const indices_keys[];
extern const char *const finding_keys[];

/* --- statements.c --- */

/* Counts view->uses; a failure marks view->arena. */
void statements_count(struct view *view);
/* Sets "statements", each claim that rests on the source, and whether these are all. */
void statements_set(const struct view *view, struct arena *arena, struct node *object, const char *source);

/* --- timeline.c, timeline_text.c: what happened when --- */

struct event {
    const char *text; /* the date as the source gives it */
    struct date date;
    const char *what; /* field, or field and part: "adopted", "groups_since"; of answers "assessed" or "holds_since" */
    const char *kind; /* of thing, or "answer" */
    const char *id;
    const char *item; /* of a field of many items, else NULL */
    const char *name;
    const char *value; /* what the date is about, where it does not say so itself: a status, an answer, a group */
    const char *qualifier;
    const struct evidence *evidence;
    const char *basis;
    const char *sure;
    bool shown;
    size_t number; /* in the order they were found: breaks ties */
};
struct timeline {
    const struct view *view;
    struct arena *arena;
    struct event *events; /* by date */
    size_t count;
    size_t room;
};
/* Fills `timeline`, whose view and arena stand already, with all about a country. False without memory. */
bool timeline_gather(struct timeline *timeline, size_t index) MUST_USE;

/* --- the answers of compare, contacts, history and timeline --- */

view_answer wide_write_json, wide_write_csv;                           /* /v1/assessments/wide */
view_answer compare_write_json, compare_write_csv, compare_write_text; /* /v1/compare */
view_answer contact_write_json, contact_write_csv;                     /* /v1/contacts, /v1/countries/{code}/contacts */
view_answer contact_write_text, contact_write_card;
view_answer history_write_json, history_write_csv, history_write_text; /* /v1/scores/{code}/history */
view_write timeline_write_json, timeline_write_csv;                    /* /v1/countries/{code}/timeline */
view_answer timeline_write_text;

/* --- coverage.c, coverage_legal.c --- */

/* `text` so that Markdown takes no character of it for its own. */
void coverage_text(struct buf *out, const char *text);
/* Opens the row of a country or an organisation. */
void coverage_country(struct buf *out, const struct thing *country);
void coverage_legal_totals(const struct view *view, struct buf *out);
void coverage_legal_matrix(const struct view *view, struct buf *out);
void coverage_sources(const struct view *view, struct buf *out);

view_write index_write;               /* /v1 */
view_write openapi_write;             /* /openapi.json */
view_write schema_write;              /* /schemas/{name} */
view_write robots_write;              /* /robots.txt */
view_write icon_write;                /* /favicon.ico */
view_write script_write, style_write; /* /assets/js/{name}, /assets/css/{name} */
