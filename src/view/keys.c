/* SPDX-License-Identifier: MIT */
/* Which members the items of each list have in JSON, in their order: what `fields` may choose from. A test holds every
 * item of every list to it. */
#include "internal.h"

const char *const country_keys[] = {"code",     "alpha3",  "numeric", "name",       "region",           "groups",
                                    "standing", "profile", "certs",   "strategies", "legal_conditions", "self",
                                    NULL};
const char *const cert_keys[] = {"id",    "name",    "short_name", "country",     "organisation",
                                 "types", "sectors", "status",     "established", "accreditations",
                                 "url",   "self",    NULL};
const char *const criterion_keys[] = {"id",     "theme", "label",        "question",  "allowed", "meanings", "note",
                                      "source", "at",    "distribution", "scored_by", "self",    NULL};
const char *const assessment_keys[] = {"country",    "criterion", "label", "theme",    "value",  "unknown",
                                       "disputed",   "source",    "at",    "observed", "basis",  "sure",
                                       "decided_by", "oldest",    "low",   "high",     "weight", "obliged_by",
                                       "claims",     "points",    "self",  NULL};
const char *const score_keys[] = {"country",  "name",   "value", "low",      "high", "coverage", "counts",
                                  "disputed", "oldest", "rank",  "criteria", "self", NULL};
const char *const methodology_keys[] = {"id", "version", "title", "theme", "criteria", "self", NULL};
const char *const source_keys[] = {"id",    "title", "publisher", "url",     "published", "captured", "sha256",
                                   "terms", "note",  "claims",    "answers", "self",      NULL};
const char *const vocabulary_keys[] = {"id", "title", "terms", "self", NULL};
const char *const indices_keys[] = {"id",    "title",    "publisher", "text",      "terms",  "source", "form", "unit",
                                    "scale", "editions", "pillars",   "countries", "values", "self",   NULL};
const char *const revision_keys[] = {"revision", "date", "added", "changed", "removed", "changes_since", NULL};
const char *const change_keys[] = {"change", "kind", "id", "name", "revision", "date", "self", NULL};
const char *const finding_keys[] = {"kind", "id", "title", "country", "snippet", "self", NULL};
