/* SPDX-License-Identifier: MIT */
/* What the files of the seed room share: reporting, the schema validator, reading, and the load in progress. */
#pragma once
#include <jansson.h>
#include <stdarg.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/kind.h"
#include "cyberatlas/seed.h"

/* --- report.c: where a fault stands, and its line --- */
/* A place in a JSON text, as a chain from the inside out; NULL is the whole text. */
struct at {
    const struct at *up;
    const char *key; /* NULL: item `index` of an array */
    size_t index;
};
size_t at_depth(const struct at *at);
/* The JSON pointer (RFC 6901). */
void at_write(const struct at *at, struct buf *out);
void report_at(struct seed_faults *faults, const char *file, const struct at *at, const char *fmt, ...) PRINTF(4, 5);
void report_list(struct seed_faults *faults, const char *file, const struct at *at, const char *fmt, va_list args)
    PRINTF(4, 0);
/* For faults of syntax; line and column count from 1. */
void report_line(struct seed_faults *faults, const char *file, size_t line, size_t column, const char *fmt, ...)
    PRINTF(5, 6);
/* For faults of a file as a whole. */
void report_file(struct seed_faults *faults, const char *file, const char *fmt, ...) PRINTF(3, 4);
/* Whether a character acts on a terminal or turns its writing direction. */
bool report_acts(uint32_t point);
/* Tells how many faults were not printed. */
void report_end(struct seed_faults *faults);

/* --- schema*.c: the validator --- */
enum keyword {
#define KEYWORD(name, text) KEYWORD_##name,
#include "keywords.def"
#undef KEYWORD
    KEYWORD_COUNT
};
extern const char *const keyword_names[KEYWORD_COUNT];

struct schemas; /* the parsed schemas of the program and their compiled patterns */
struct schemas *schemas_new(void) MUST_USE;
void schemas_free(struct schemas *schemas);
void schemas_cleanup(struct schemas **schemas);

/* The schema document that a $ref without file part stays in; name is "seed/certs.json", or "" for one of a test. */
struct scope {
    const json_t *root;
    const char *name;
};

/* One run. */
struct check {
    struct schemas *schemas;
    struct seed_faults *faults; /* NULL while only the answer counts */
    const char *file;           /* as shown in faults */
    bool closed;                /* objects take no property that no schema names */
    unsigned depth;             /* of schemas within schemas */
    size_t deepest;             /* depth of the innermost failure of this silent run */
    size_t reached;             /* that of the silent run which ended last */
    bool broken;                /* *err holds why nothing can be said: memory, or the schema itself */
    struct err *err;
};

/* A schema applied to a value at a place. */
struct spot {
    struct scope scope;
    const json_t *schema;
    const json_t *value;
    const struct at *at;
};

/* The document "seed/certs.json", borrowed; NULL with *err. */
const json_t *schemas_document(struct schemas *schemas, const char *name, struct err *err);
/* True when the text matches; a pattern that does not compile breaks the run. */
bool schemas_match(struct check *check, const char *pattern, const char *text);
/* Where a $ref leads. */
bool schema_resolve(struct check *check, const struct scope *scope, const char *ref, struct spot *ret);
/* Applies a schema to the place it belongs to. False: it does not hold, or the run broke. */
bool schema_apply(struct check *check, const struct spot *spot);
/* The same for a part (member or item) of a value: where `closed` is looked at. */
bool schema_apply_part(struct check *check, const struct spot *spot);
/* Whether it holds, without a report; what `closed` asks is left out when `plain`. */
bool schema_holds(struct check *check, const struct spot *spot, bool plain);
/* A spot in the same value, for a schema that stands in the schema of `spot`. */
struct spot spot_within(const struct spot *spot, const json_t *schema);
/* Reports (or, in a silent run, notes) a failure; returns false. */
bool schema_fail(struct check *check, const struct at *at, const char *fmt, ...) PRINTF(3, 4);
/* Gives up the run; returns false. */
bool schema_break(struct check *check, const char *fmt, ...) PRINTF(2, 3);
/* "not a date (…)" from the schema's description where it is a noun, else `otherwise`. */
bool schema_fail_noun(struct check *check, const struct spot *spot, const char *otherwise);
/* Equality as JSON Schema has it: 1 and 1.0 are the same. */
bool schema_same(const json_t *a, const json_t *b);
/* In `closed` runs: what no schema names, and schemas that say nothing. */
bool schema_check_closed(struct check *check, const struct spot *spot);

typedef bool keyword_check(struct check *check, const struct spot *spot, const json_t *argument);
/* schema_value.c */
keyword_check schema_type, schema_enum, schema_const, schema_pattern, schema_min_length, schema_max_length,
    schema_minimum, schema_maximum;
/* schema_part.c */
keyword_check schema_items, schema_contains, schema_min_items, schema_max_items, schema_unique_items, schema_properties,
    schema_pattern_properties, schema_additional_properties, schema_property_names, schema_required,
    schema_min_properties, schema_max_properties;
/* schema_logic.c */
keyword_check schema_ref, schema_all_of, schema_any_of, schema_one_of, schema_not, schema_if;

/* --- files.c: which seeds there are --- */
enum seed_kind {
    SEED_DATASET,
    SEED_VOCABULARIES,
    SEED_SOURCES,
    SEED_CRITERIA,
    SEED_METHODOLOGIES,
    SEED_COUNTRIES,
    SEED_ORGANISATIONS,
    SEED_PROFILES,
    SEED_CERTS,
    SEED_ASSESSMENTS,
    SEED_INDICES,
    SEED_NAMES,
    SEED_CONTACT_ORDER,
    SEED_KIND_COUNT
};
struct seed_file {
    enum seed_kind kind;
    char *name;             /* "be.json" */
    char *shown;            /* "data/profiles/be.json" */
    const struct buf *text; /* borrowed, in place of the file's bytes; NULL: read the file */
};
struct seed_tree {
    int fd;                  /* of the seed folder */
    char *shown;             /* its name in faults */
    struct seed_file *files; /* by kind, then name: the order in which they are read */
    size_t count;
    size_t entries; /* names seen, against SEED_FILES */
};
/* The folder of one kind within the seed folder ("profiles"); "." for files that stand in it directly. */
const char *seed_kind_folder(enum seed_kind kind);
const char *seed_kind_schema(enum seed_kind kind);
bool seed_kind_required(enum seed_kind kind); /* whether there are no seeds without a file of that kind */
/* Lists the folder; what does not belong there and what is missing are faults. False: *err. */
bool tree_open(const char *data, struct seed_tree *ret, struct seed_faults *faults, struct err *err) MUST_USE;
void tree_close(struct seed_tree *tree);
/* Has `text` read in place of the file of that name, which need not be there. False without memory. */
bool tree_put(struct seed_tree *tree, enum seed_kind kind, const char *name, const struct buf *text) MUST_USE;

/* --- read.c --- */
/* json_loadb with duplicate keys refused, which tells (*ret_short, and NULL) when memory ran out. */
json_t *read_parse(const char *text, size_t len, size_t flags, json_error_t *ret_error, bool *ret_short);
enum read_result { READ_DONE, READ_FAULT, READ_BROKEN };
/* The bytes of a file: regular, no link, within the ceiling, UTF-8 without NUL. `folder` is kept open by the caller. */
enum read_result read_text(int folder, const struct seed_file *file, struct buf *ret, struct seed_faults *faults,
                           struct err *err) MUST_USE;
/* Text to JSON, within the ceilings of depth, length and number. */
enum read_result read_json(const struct seed_file *file, const struct buf *text, json_t **ret,
                           struct seed_faults *faults, struct err *err) MUST_USE;
/* The folder that holds the files of a kind; -1 with a fault. */
int read_folder(const struct seed_tree *tree, enum seed_kind kind, struct seed_faults *faults);
/* All three steps. */
enum read_result read_file(const struct seed_tree *tree, const struct seed_file *file, json_t **ret,
                           struct seed_faults *faults, struct err *err) MUST_USE;

/* --- format.c --- */
/* The canonical text of a seed. False: *err. */
bool format_canonical(struct schemas *schemas, enum seed_kind kind, const json_t *root, struct buf *ret,
                      struct err *err) MUST_USE;
/* The new text beside the file, with the file's mode, then in its place; the file need not be there. */
bool format_replace(int folder, const struct seed_file *file, const struct buf *text, struct err *err) MUST_USE;

/* --- list.c --- */
/* A list that grows in the arena. */
struct list {
    void *items;
    size_t count;
    size_t cap;
    size_t size; /* of one item */
};
/* A new zeroed item; NULL without memory. Earlier items may move. */
void *list_add(struct arena *arena, struct list *list) MUST_USE;

/* --- load.c: facts in the making --- */
/* A thing with the place where it stands, for faults that are found later. */
struct made {
    struct thing thing;
    const char *file;
    const char *pointer; /* "/strategies/0" */
    size_t seq;          /* order of reading */
};
/* A reference to a thing that may not have been read yet. */
struct pending {
    const char *id;
    enum thing_kind kind;
    const char *self; /* id of the thing that refers */
    const char *file;
    const char *pointer;
};
struct load {
    struct facts *facts;
    struct arena *arena; /* that of the facts */
    struct schemas *schemas;
    struct seed_faults *faults;
    bool short_of_memory;          /* outside the arena, which keeps its own mark */
    bool lacking[SEED_KIND_COUNT]; /* a file of that kind had faults, so what refers to it cannot be judged */
    struct date day;               /* of the dataset; valid if it was read */
    const char *words_file;        /* vocabularies.json as faults show it */
    struct list sources, vocabularies, criteria, methodologies, answers, indices, names;
    struct list things;   /* struct made */
    struct list pendings; /* struct pending */
};
/* The check of a folder that is listed, into facts; as seed_load. */
bool load_tree(const struct seed_tree *tree, struct facts **ret, struct seed_faults *faults, struct err *err) MUST_USE;
/* What one claim says before it is a claim: inherited from the file's defaults, the thing and the field. */
struct said {
    const json_t *value; /* NULL where unknown */
    const char *unknown;
    const char *qualifier;
    const char *basis;
    const char *sure;
    struct evidence evidence;
    uint32_t n;
};

/* What is being read from which file. */
struct reader {
    struct load *load;
    const char *file; /* as shown; in the arena */
    const char *name; /* its name without folder and ".json" */
    const json_t *root;
    struct said defaults;      /* of the file */
    const struct thing *thing; /* the thing being read; NULL outside one */
};
/* One function for each kind: from schema-valid JSON to facts, reporting what a schema cannot see. */
typedef void make_facts(const struct reader *reader);
/* The country that a file belongs to, which its name must say; NULL when it names none. */
const char *country_of_file(const struct reader *reader);
make_facts make_dataset, make_vocabularies, make_sources, make_criteria, make_methodology, make_countries,
    make_organisations, make_profile, make_certs, make_assessment, make_index, make_names, make_contact_order;

/* --- refer.c: what any reader of a seed asks --- */
/* The JSON pointer of a place, in the arena. */
const char *pointer_of(const struct reader *reader, const struct at *at);
/* A copy in the arena of a member that is a text; NULL when it is absent. */
const char *text_of(const struct reader *reader, const json_t *object, const char *key);
void fault_of(const struct reader *reader, const struct at *at, const char *fmt, ...) PRINTF(3, 4);
/* False, with a fault, when a text in the form of a date is no day of the calendar. */
bool date_of(const struct reader *reader, const char *text, const struct at *at, struct date *ret);
/* A fault unless the word is a term of the vocabulary, a country's code, a source's id. */
void term_of(const struct reader *reader, const char *vocabulary, const char *word, const struct at *at);
void country_of(const struct reader *reader, const char *code, const struct at *at);
void source_of(const struct reader *reader, const char *id, const struct at *at);
/* NULL when there is none. */
const struct made *made_country(const struct load *load, const char *code);

/* --- fields.c: fields and their evidence --- */
/* Overrides `said` with the evidence keys of an object at `at`. Where that names another source, what was said of the
 * one before goes: at, observed, since and note. */
void said_over(const struct reader *reader, const json_t *object, const struct at *at, struct said *said);
/* Checks a claim's evidence once it is complete; false, with a fault, when it has no source. */
bool said_check(const struct reader *reader, const struct said *said, const struct at *at);
/* Calls `each` for every claim of a field, in order; its `at` is the place of the value. */
struct said_call {
    void (*each)(void *cls, const struct reader *reader, const struct said *said, const struct at *at);
    void *cls;
    bool wrapped; /* the field is an object with value, claims or unknown */
};
void said_spread(const struct reader *reader, const json_t *field, const struct said *base, const struct at *at,
                 const struct said_call *call);
/* Reads the fields of a thing whose kind, id and owner are set (in the arena), and adds it. */
void make_thing(const struct reader *file, const struct thing *thing, const json_t *object, const struct at *at);

/* --- value.c --- */
/* Reads a value of the field's shape; faults are reported. */
void value_read(const struct reader *reader, const struct field *field, const json_t *json, const struct at *at,
                struct value *ret);

/* --- cross*.c: what only shows when everything is read --- */
void cross_words(struct load *load);
void cross_things(struct load *load);
void cross_codes(struct load *load);
/* --- finish.c --- */
/* Puts everything into its final order in load->facts. */
bool finish_facts(struct load *load);
