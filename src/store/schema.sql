-- SPDX-License-Identifier: MIT
-- One dataset: the facts (who says what, and where), and the answers made of them. Written once, then only read.
-- Text dates are 2012, 2017-07 or 2016-07-05. A table that another one points to has an explicit INTEGER PRIMARY KEY,
-- so that copying the file never renumbers it. Comments stand inside the statements: `.schema` shows them.

CREATE TABLE dataset ( -- what the file says of itself: title, date, licence, revision, renderer, digests
    key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source ( -- who says it
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    publisher TEXT,
    url TEXT,
    published TEXT,
    captured TEXT, -- when the copy used was taken
    sha256 TEXT CHECK (length(sha256) = 64), -- of that copy
    terms TEXT NOT NULL,
    note TEXT
) STRICT;

CREATE TABLE vocabulary ( -- closed lists of words that fields take
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL
) STRICT;

CREATE TABLE term ( -- one word of a vocabulary
    number INTEGER PRIMARY KEY,
    vocabulary TEXT NOT NULL REFERENCES vocabulary (id),
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    note TEXT,
    UNIQUE (vocabulary, id)
) STRICT;

CREATE TABLE criterion ( -- a question asked of every country
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    theme TEXT NOT NULL,
    label TEXT NOT NULL,
    question TEXT NOT NULL,
    note TEXT,
    source TEXT REFERENCES source (id),
    at TEXT
) STRICT;

CREATE TABLE criterion_value ( -- which values may answer it, and what each means
    criterion TEXT NOT NULL REFERENCES criterion (id),
    value TEXT NOT NULL CHECK (value IN ('unknown', 'yes', 'partial', 'no', 'not_applicable', 'year')),
    allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
    meaning TEXT,
    PRIMARY KEY (criterion, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE methodology ( -- how answers become a score
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    theme TEXT NOT NULL,
    text TEXT NOT NULL,
    window_months INTEGER NOT NULL CHECK (window_months >= 0),
    bases TEXT NOT NULL, -- those that speak, in order, separated by spaces
    least_sure TEXT NOT NULL CHECK (least_sure IN ('high', 'medium', 'low')),
    least_coverage TEXT NOT NULL, -- a fraction
    UNIQUE (id, version)
) STRICT;

CREATE TABLE methodology_weight (
    methodology INTEGER NOT NULL REFERENCES methodology (number),
    criterion TEXT NOT NULL REFERENCES criterion (id),
    weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100),
    PRIMARY KEY (methodology, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE methodology_value ( -- the interval of each answer, as fractions
    methodology INTEGER NOT NULL REFERENCES methodology (number),
    value TEXT NOT NULL CHECK (value IN ('unknown', 'yes', 'partial', 'no')),
    low TEXT NOT NULL,
    high TEXT NOT NULL,
    counted TEXT NOT NULL,
    PRIMARY KEY (methodology, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE thing ( -- whatever claims are about
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('country', 'organisation', 'profile', 'strategy', 'institution', 'cert', 'law',
                                       'partnership', 'programme', 'guidance')),
    id TEXT NOT NULL,
    owner TEXT, -- code of the country or id of the organisation it belongs to
    UNIQUE (kind, id)
) STRICT;

CREATE TABLE claim ( -- all evidence: what one source says of one field of one thing
    number INTEGER PRIMARY KEY,
    thing INTEGER NOT NULL REFERENCES thing (number),
    field TEXT NOT NULL,
    item TEXT, -- "1", "2" ... where a field has many items
    n INTEGER NOT NULL CHECK (n >= 0), -- 0 is shown, the others stand beside it
    value TEXT CHECK (value <> ''), -- JSON
    unknown TEXT, -- why there is no value
    qualifier TEXT,
    source TEXT NOT NULL REFERENCES source (id),
    at TEXT, -- place in the source
    observed TEXT, -- when the source looked
    since TEXT, -- from when the fact holds
    note TEXT,
    CHECK ((value IS NULL) <> (unknown IS NULL)),
    UNIQUE (thing, field, item, n)
) STRICT;

CREATE TABLE answer ( -- one claim about country x criterion
    number INTEGER PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (code),
    criterion TEXT NOT NULL REFERENCES criterion (id),
    value TEXT NOT NULL CHECK (value IN ('unknown', 'yes', 'partial', 'no', 'not_applicable', 'year')),
    year INTEGER CHECK ((year IS NOT NULL) = (value = 'year')),
    unknown TEXT CHECK ((unknown IS NOT NULL) = (value = 'unknown')), -- why
    basis TEXT NOT NULL CHECK (basis IN ('assessor', 'our_reading', 'eu_law')),
    sure TEXT NOT NULL CHECK (sure IN ('high', 'medium', 'low')),
    source TEXT NOT NULL REFERENCES source (id),
    at TEXT,
    observed TEXT,
    observed_lo TEXT, -- first and last day that `observed` means
    observed_hi TEXT,
    since TEXT,
    note TEXT
) STRICT;
CREATE INDEX answer_by_country ON answer (country, criterion);

CREATE TABLE country ( -- shown values
    number INTEGER PRIMARY KEY REFERENCES thing (number),
    code TEXT NOT NULL UNIQUE CHECK (length(code) = 2), -- ISO 3166-1 alpha-2
    alpha3 TEXT,
    "numeric" TEXT,
    name TEXT NOT NULL,
    official_name TEXT,
    standing TEXT,
    region TEXT, -- UN M49
    subregion TEXT,
    latitude REAL CHECK (latitude BETWEEN -90 AND 90), -- of a point for maps
    longitude REAL CHECK (longitude BETWEEN -180 AND 180),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;

CREATE TABLE country_name ( -- what it is called in a language other than English
    number INTEGER PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (code),
    language TEXT NOT NULL, -- ISO 639-1
    name TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source (id),
    UNIQUE (country, language)
) STRICT;

CREATE TABLE country_group ( -- shown values: membership of the EU and the like
    number INTEGER PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (code),
    "group" TEXT NOT NULL,
    since TEXT,
    until TEXT
) STRICT;

CREATE TABLE cert ( -- shown values of response teams
    number INTEGER PRIMARY KEY REFERENCES thing (number),
    id TEXT NOT NULL UNIQUE,
    country TEXT REFERENCES country (code),
    organisation TEXT,
    name TEXT, -- a source may have lost it
    short_name TEXT,
    status TEXT,
    established TEXT,
    url TEXT,
    CHECK ((country IS NULL) <> (organisation IS NULL))
) STRICT;

CREATE TABLE cert_type (
    cert TEXT NOT NULL REFERENCES cert (id),
    type TEXT NOT NULL,
    PRIMARY KEY (cert, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE cert_sector (
    cert TEXT NOT NULL REFERENCES cert (id),
    sector TEXT NOT NULL,
    PRIMARY KEY (cert, sector)
) STRICT, WITHOUT ROWID;

CREATE TABLE cert_membership ( -- memberships and accreditations
    number INTEGER PRIMARY KEY,
    cert TEXT NOT NULL REFERENCES cert (id),
    body TEXT NOT NULL,
    level TEXT NOT NULL,
    since TEXT,
    until TEXT
) STRICT;

CREATE TABLE "index" ( -- figures that others publish, with their own scale
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    text TEXT NOT NULL,
    terms TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('number', 'date')),
    unit TEXT NOT NULL,
    lowest TEXT,
    highest TEXT,
    better TEXT CHECK (better IN ('higher', 'lower')),
    source TEXT REFERENCES source (id)
) STRICT;

CREATE TABLE index_part ( -- its editions and pillars
    number INTEGER PRIMARY KEY,
    "index" TEXT NOT NULL REFERENCES "index" (id),
    kind TEXT NOT NULL CHECK (kind IN ('edition', 'pillar')),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT,
    UNIQUE ("index", kind, id)
) STRICT;

CREATE TABLE index_value ( -- what it says of one country
    number INTEGER PRIMARY KEY,
    "index" TEXT NOT NULL REFERENCES "index" (id),
    country TEXT NOT NULL REFERENCES country (code),
    edition TEXT NOT NULL,
    pillar TEXT,
    value TEXT NOT NULL, -- a decimal number or a date, to the digit
    source TEXT NOT NULL REFERENCES source (id),
    at TEXT,
    observed TEXT,
    note TEXT,
    UNIQUE ("index", country, edition, pillar)
) STRICT;

CREATE TABLE contact_word ( -- what a question about contacts may be for, and who may ask it
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('purpose', 'audience')),
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    terms TEXT, -- of the vocabularies, separated by spaces
    UNIQUE (kind, id)
) STRICT;

CREATE TABLE contact_rule ( -- whom to tell first, in this order; words are separated by spaces, NULL is any
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    purposes TEXT,
    audiences TEXT,
    whose TEXT NOT NULL CHECK (whose IN ('country', 'organisation')),
    kind TEXT NOT NULL CHECK (kind IN ('cert', 'institution')),
    types TEXT, -- one of these
    without TEXT, -- types, none of these
    sectors TEXT,
    roles TEXT,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE alias ( -- other spellings that lead to a country or a team
    kind TEXT NOT NULL CHECK (kind IN ('country', 'cert')),
    alias TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision ( -- the log: what was published, oldest first; no fact and no part of the revision
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 12),
    date TEXT NOT NULL -- of that dataset
) STRICT;

CREATE TABLE change ( -- the log: what a revision did to a thing, or to the answers to one criterion
    revision INTEGER NOT NULL REFERENCES revision (number),
    kind TEXT NOT NULL, -- cert, law, source, assessment ...
    id TEXT NOT NULL, -- for an assessment BE/annual-audit
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'removed')),
    before TEXT CHECK (length(before) = 32), -- SHA-256 over all that is said of it, cut
    after TEXT CHECK (length(after) = 32),
    PRIMARY KEY (revision, kind, id),
    CHECK ((before IS NULL) = (change = 'added') AND (after IS NULL) = (change = 'removed') AND before IS NOT after)
) STRICT, WITHOUT ROWID;

CREATE TABLE document ( -- a ready answer in one media type and coding
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL CHECK (path LIKE '/%'),
    media TEXT NOT NULL,
    coding TEXT NOT NULL CHECK (coding IN ('identity', 'gzip', 'br')),
    etag TEXT NOT NULL CHECK (length(etag) = 32), -- SHA-256 of the body, cut
    body BLOB NOT NULL,
    UNIQUE (path, media, coding)
) STRICT;

CREATE TABLE fragment ( -- one item of a list, ready in one media type
    number INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    media TEXT NOT NULL,
    ord INTEGER NOT NULL CHECK (ord >= 0), -- place in the list's default order
    id TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (list, media, ord)
) STRICT;

CREATE TABLE facet ( -- posting lists: which items a filter's value finds
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    ord INTEGER NOT NULL CHECK (ord >= 0),
    PRIMARY KEY (list, name, value, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE ordering ( -- the items of a list in each order that may be asked for
    list TEXT NOT NULL,
    sort TEXT NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    ord INTEGER NOT NULL CHECK (ord >= 0),
    PRIMARY KEY (list, sort, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE allowed ( -- values that may be asked of a filter, whether or not an item has them
    number INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (list, name, value)
) STRICT;

-- Words by which `q` finds an item; capitals and diacritics make no difference. `folded` is `words` once more where it
-- holds letters that the tokenizer takes for others than their plain forms (ß, ø, ł, ά). Each name of an item of
-- LIST stands once more in a row of its own, of the list "LIST:name".
CREATE VIRTUAL TABLE search USING fts5 (words, folded, list UNINDEXED, ord UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
