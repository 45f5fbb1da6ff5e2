/* SPDX-License-Identifier: MIT */
/* What each kind of thing may say of itself. The order of the rows is the order in answers and on pages. Terms of
 * SHAPE_CODE fields stand in data/vocabularies.json. */
#include "cyberatlas/base/kind.h"

#include <string.h>

static const struct field group_parts[] = {
    {.name = "group", .label = "Group", .shape = SHAPE_CODE, .vocabulary = "groups", .required = true},
    {.name = "since", .label = "Since", .shape = SHAPE_DATE},
    {.name = "until", .label = "Until", .shape = SHAPE_DATE},
    {0}};

static const struct field point_parts[] = {
    {.name = "latitude", .label = "Latitude", .shape = SHAPE_TEXT, .required = true}, /* decimal degrees */
    {.name = "longitude", .label = "Longitude", .shape = SHAPE_TEXT, .required = true},
    {0}};

static const struct field country_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "official_name", .label = "Official name", .shape = SHAPE_TEXT},
    {.name = "alpha3", .label = "ISO alpha-3", .shape = SHAPE_TEXT, .required = true},
    {.name = "numeric", .label = "ISO numeric", .shape = SHAPE_TEXT},
    {.name = "standing",
     .label = "Standing of the code",
     .shape = SHAPE_CODE,
     .vocabulary = "standings",
     .required = true},
    {.name = "aliases", .label = "Other codes", .shape = SHAPE_TEXT, .many = MANY_LIST},
    {.name = "region", .label = "Region", .shape = SHAPE_CODE, .vocabulary = "regions"},
    {.name = "subregion", .label = "Subregion", .shape = SHAPE_CODE, .vocabulary = "subregions"},
    {.name = "point", .label = "Point", .shape = SHAPE_RECORD, .parts = point_parts},
    {.name = "groups", .label = "Groups", .shape = SHAPE_RECORD, .many = MANY_ITEMS, .parts = group_parts},
    {0}};

static const struct field organisation_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "short_name", .label = "Short name", .shape = SHAPE_TEXT},
    {.name = "kind", .label = "Kind", .shape = SHAPE_CODE, .vocabulary = "organisation-kinds"},
    {.name = "url", .label = "Web site", .shape = SHAPE_URL},
    {0}};

static const struct field profile_fields[] = {
    {.name = "analysed", .label = "Date of the last analysis", .shape = SHAPE_DATE},
    {.name = "strategy_established", .label = "National strategy established", .shape = SHAPE_FLAG},
    {.name = "monitoring", .label = "Implementation and monitoring", .shape = SHAPE_TEXT},
    {.name = "public_teams", .label = "Public response teams (stated number)", .shape = SHAPE_COUNT},
    {.name = "private_teams", .label = "Private response teams (stated number)", .shape = SHAPE_COUNT},
    {.name = "tools_for",
     .label = "Tools and guides for",
     .shape = SHAPE_CODE,
     .many = MANY_LIST,
     .vocabulary = "audiences"},
    {.name = "incident_reporting", .label = "Where to report an incident", .shape = SHAPE_TEXT},
    {.name = "languages",
     .label = "Languages of the linked pages",
     .shape = SHAPE_CODE,
     .many = MANY_LIST,
     .vocabulary = "languages"},
    {.name = "remarks", .label = "Remarks", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "not_read",
     .label = "Sections of the source that could not be read",
     .shape = SHAPE_CODE,
     .many = MANY_LIST,
     .vocabulary = "sections"},
    {0}};

static const struct field topic_parts[] = {
    {.name = "topic", .label = "Topic", .shape = SHAPE_CODE, .vocabulary = "strategy-topics", .required = true},
    {.name = "summary", .label = "What it says", .shape = SHAPE_TEXT},
    {0}};

static const struct field strategy_fields[] = {
    {.name = "title", .label = "Title", .shape = SHAPE_TEXT},
    {.name = "kind", .label = "Kind", .shape = SHAPE_CODE, .vocabulary = "strategy-kinds"},
    {.name = "issuer", .label = "Issued by", .shape = SHAPE_TEXT},
    {.name = "languages", .label = "Languages", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "languages"},
    {.name = "adopted", .label = "Adopted", .shape = SHAPE_DATE},
    {.name = "published", .label = "Published", .shape = SHAPE_DATE},
    {.name = "period_start", .label = "Period from", .shape = SHAPE_DATE},
    {.name = "period_end", .label = "Period to", .shape = SHAPE_DATE},
    {.name = "supersedes", .label = "Supersedes", .shape = SHAPE_REF},
    {.name = "summary", .label = "In short", .shape = SHAPE_TEXT},
    {.name = "objective_count", .label = "Number of objectives", .shape = SHAPE_COUNT},
    {.name = "objectives", .label = "Objectives", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "priority_count", .label = "Number of priorities", .shape = SHAPE_COUNT},
    {.name = "priorities", .label = "Priorities", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "action_domain_count", .label = "Number of action domains", .shape = SHAPE_COUNT},
    {.name = "action_domains", .label = "Action domains", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "topics", .label = "Topics", .shape = SHAPE_RECORD, .many = MANY_ITEMS, .parts = topic_parts},
    {.name = "url", .label = "Web address", .shape = SHAPE_URL},
    {0}};

static const struct field institution_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "short_name", .label = "Short name", .shape = SHAPE_TEXT},
    {.name = "roles", .label = "Roles", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "institution-roles"},
    {.name = "established", .label = "Established", .shape = SHAPE_DATE},
    {.name = "ended", .label = "Ended", .shape = SHAPE_DATE},
    {.name = "languages", .label = "Languages", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "languages"},
    {.name = "parent", .label = "Part of", .shape = SHAPE_TEXT},
    {.name = "summary", .label = "In short", .shape = SHAPE_TEXT},
    {.name = "url", .label = "Web site", .shape = SHAPE_URL},
    {0}};

static const struct field membership_parts[] = {
    {.name = "body", .label = "Body", .shape = SHAPE_CODE, .vocabulary = "membership-bodies", .required = true},
    {.name = "level", .label = "Level", .shape = SHAPE_CODE, .vocabulary = "membership-levels", .required = true},
    {.name = "since", .label = "Since", .shape = SHAPE_DATE},
    {.name = "until", .label = "Until", .shape = SHAPE_DATE},
    {0}};

static const struct field contact_parts[] = {
    {.name = "kind", .label = "Channel", .shape = SHAPE_CODE, .vocabulary = "contact-kinds", .required = true},
    {.name = "address", .label = "Address", .shape = SHAPE_TEXT, .required = true},
    {.name = "purposes", .label = "Purposes", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "contact-purposes"},
    {.name = "hours", .label = "Hours", .shape = SHAPE_TEXT},
    {.name = "languages", .label = "Languages", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "languages"},
    {.name = "verified", .label = "Verified", .shape = SHAPE_DATE},
    {0}};

static const struct field cert_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "short_name", .label = "Short name", .shape = SHAPE_TEXT},
    {.name = "former_names", .label = "Former names", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "former_ids", .label = "Former ids", .shape = SHAPE_TEXT, .many = MANY_LIST},
    {.name = "status", .label = "Status", .shape = SHAPE_CODE, .vocabulary = "cert-statuses", .required = true},
    {.name = "merged_into", .label = "Merged into", .shape = SHAPE_REF},
    {.name = "types", .label = "Types", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "cert-types"},
    {.name = "sectors", .label = "Sectors", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "sectors"},
    {.name = "constituency", .label = "Constituency", .shape = SHAPE_TEXT},
    {.name = "audiences", .label = "Audiences", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "audiences"},
    {.name = "other_countries", .label = "Other countries served", .shape = SHAPE_COUNTRY, .many = MANY_LIST},
    {.name = "domains", .label = "Domains", .shape = SHAPE_TEXT, .many = MANY_LIST},
    {.name = "asns", .label = "AS numbers", .shape = SHAPE_COUNT, .many = MANY_LIST},
    {.name = "host", .label = "Host organisation", .shape = SHAPE_TEXT},
    {.name = "established", .label = "Established", .shape = SHAPE_DATE},
    {.name = "services", .label = "Services", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "free_of_charge", .label = "Free of charge", .shape = SHAPE_FLAG},
    {.name = "incorporates", .label = "Incorporates", .shape = SHAPE_REF, .many = MANY_ITEMS},
    {.name = "affiliates", .label = "Affiliates served", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "memberships",
     .label = "Memberships and accreditations",
     .shape = SHAPE_RECORD,
     .many = MANY_ITEMS,
     .parts = membership_parts},
    {.name = "contacts", .label = "Contacts", .shape = SHAPE_RECORD, .many = MANY_ITEMS, .parts = contact_parts},
    {.name = "pgp_fingerprints", .label = "OpenPGP fingerprints", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "rfc2350", .label = "RFC 2350 document", .shape = SHAPE_URL},
    {.name = "url", .label = "Web site", .shape = SHAPE_URL},
    {.name = "remarks", .label = "Remarks", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {0}};

static const struct field law_fields[] = {
    {.name = "title", .label = "Title", .shape = SHAPE_TEXT, .required = true},
    {.name = "kind", .label = "Kind", .shape = SHAPE_CODE, .vocabulary = "law-kinds"},
    {.name = "status", .label = "Status", .shape = SHAPE_CODE, .vocabulary = "law-statuses"},
    {.name = "adopted", .label = "Adopted", .shape = SHAPE_DATE},
    {.name = "in_force", .label = "In force from", .shape = SHAPE_DATE},
    {.name = "ended", .label = "Ended", .shape = SHAPE_DATE},
    {.name = "supersedes", .label = "Supersedes", .shape = SHAPE_REF},
    {.name = "transposes", .label = "Transposes", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "eu-acts"},
    {.name = "summary", .label = "In short", .shape = SHAPE_TEXT},
    {.name = "url", .label = "Web address", .shape = SHAPE_URL},
    {0}};

static const struct field partner_parts[] = {{.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
                                             {.name = "country", .label = "Country", .shape = SHAPE_COUNTRY},
                                             {0}};

static const struct field partnership_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "kind", .label = "Kind", .shape = SHAPE_CODE, .vocabulary = "partnership-kinds"},
    {.name = "sectors", .label = "Who takes part", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "audiences"},
    {.name = "members", .label = "Members", .shape = SHAPE_COUNT},
    {.name = "aims", .label = "Aims", .shape = SHAPE_TEXT},
    {.name = "area_count", .label = "Number of areas", .shape = SHAPE_COUNT},
    {.name = "areas", .label = "Areas", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "countries", .label = "Countries of operation", .shape = SHAPE_COUNTRY, .many = MANY_LIST},
    {.name = "partners", .label = "Partners", .shape = SHAPE_RECORD, .many = MANY_ITEMS, .parts = partner_parts},
    {.name = "partners_complete", .label = "List of partners is complete", .shape = SHAPE_FLAG},
    {.name = "started", .label = "Started", .shape = SHAPE_DATE},
    {.name = "ended", .label = "Ended", .shape = SHAPE_DATE},
    {.name = "url", .label = "Web site", .shape = SHAPE_URL},
    {0}};

static const struct field programme_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "short_name", .label = "Short name", .shape = SHAPE_TEXT},
    {.name = "kind", .label = "Kind", .shape = SHAPE_CODE, .vocabulary = "programme-kinds"},
    {.name = "organiser", .label = "Organiser", .shape = SHAPE_TEXT},
    {.name = "sectors", .label = "Who takes part", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "audiences"},
    {.name = "organisation_count", .label = "Number of organisations", .shape = SHAPE_COUNT},
    {.name = "organisations", .label = "Organisations", .shape = SHAPE_TEXT, .many = MANY_ITEMS},
    {.name = "started", .label = "Started", .shape = SHAPE_DATE},
    {.name = "ended", .label = "Ended", .shape = SHAPE_DATE},
    {.name = "summary", .label = "In short", .shape = SHAPE_TEXT},
    {.name = "url", .label = "Web site", .shape = SHAPE_URL},
    {0}};

static const struct field guidance_fields[] = {
    {.name = "name", .label = "Name", .shape = SHAPE_TEXT, .required = true},
    {.name = "kind", .label = "Kind", .shape = SHAPE_CODE, .vocabulary = "guidance-kinds"},
    {.name = "provider", .label = "Provider", .shape = SHAPE_TEXT},
    {.name = "audiences", .label = "Audiences", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "audiences"},
    {.name = "languages", .label = "Languages", .shape = SHAPE_CODE, .many = MANY_LIST, .vocabulary = "languages"},
    {.name = "summary", .label = "In short", .shape = SHAPE_TEXT},
    {.name = "url", .label = "Web address", .shape = SHAPE_URL},
    {0}};

const struct kind kind_table[THING_COUNT] = {
    [THING_COUNTRY] = {"country", "countries", "Country", country_fields},
    [THING_ORGANISATION] = {"organisation", "organisations", "Organisations", organisation_fields},
    [THING_PROFILE] = {"profile", "overview", "Overview", profile_fields},
    [THING_STRATEGY] = {"strategy", "strategies", "Strategies", strategy_fields},
    [THING_INSTITUTION] = {"institution", "institutions", "Institutions", institution_fields},
    [THING_CERT] = {"cert", "certs", "Response teams (CERT/CSIRT)", cert_fields},
    [THING_LAW] = {"law", "laws", "Laws", law_fields},
    [THING_PARTNERSHIP] = {"partnership", "partnerships", "Partnerships", partnership_fields},
    [THING_PROGRAMME] = {"programme", "programmes", "Education, research and exercises", programme_fields},
    [THING_GUIDANCE] = {"guidance", "guidance", "Awareness and guidance", guidance_fields},
};

const struct field *field_find(const struct field *fields, const char *name)
{
    for (; fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}
