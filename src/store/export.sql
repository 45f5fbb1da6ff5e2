-- SPDX-License-Identifier: MIT
-- What makes the export dataset.sqlite of a dataset: the answers go, views for people come. Comments stand inside the
-- statements: `.schema` shows them.

DROP TABLE document;
DROP TABLE fragment;
DROP TABLE facet;
DROP TABLE ordering;
DROP TABLE allowed;
DROP TABLE search;
DROP TABLE change;
DROP TABLE revision;
DELETE FROM dataset WHERE key = 'renderer';

CREATE VIEW v_country AS -- every country: its name, codes, groups on record, and how much is said of it
SELECT country.code, country.alpha3, country."numeric", country.name, country.official_name, country.standing,
       (SELECT label FROM term WHERE vocabulary = 'regions' AND id = country.region) AS region,
       (SELECT label FROM term WHERE vocabulary = 'subregions' AND id = country.subregion) AS subregion,
       (SELECT group_concat("group", ' ') FROM (SELECT "group" FROM country_group
         WHERE country_group.country = country.code ORDER BY number)) AS groups,
       (SELECT count(*) FROM cert WHERE cert.country = country.code) AS certs,
       (SELECT count(*) FROM thing WHERE kind = 'strategy' AND owner = country.code) AS strategies,
       (SELECT count(DISTINCT criterion) FROM answer WHERE answer.country = country.code) AS criteria_answered
FROM country;

CREATE VIEW v_cert AS -- every response team with its shown values; types and sectors are separated by spaces
SELECT cert.id, coalesce(cert.short_name, cert.name, cert.id) AS team, cert.name, cert.country, country.name AS country_name,
       cert.organisation, cert.status, cert.established,
       (SELECT group_concat(type, ' ') FROM (SELECT type FROM cert_type WHERE cert_type.cert = cert.id
         ORDER BY type)) AS types,
       (SELECT group_concat(sector, ' ') FROM (SELECT sector FROM cert_sector WHERE cert_sector.cert = cert.id
         ORDER BY sector)) AS sectors,
       cert.url
FROM cert LEFT JOIN country ON country.code = cert.country;

CREATE VIEW v_cert_contact AS -- how to reach a team: one row for each channel, the shown claim alone, with its source
SELECT cert.id AS cert, coalesce(cert.short_name, cert.name, cert.id) AS team, cert.country,
       claim.value ->> '$.kind' AS channel, claim.value ->> '$.address' AS address,
       claim.value ->> '$.hours' AS hours, claim.value ->> '$.verified' AS verified,
       claim.source, claim.at, claim.observed
FROM cert JOIN claim ON claim.thing = cert.number AND claim.field = 'contacts' AND claim.n = 0
WHERE claim.value IS NOT NULL;

CREATE VIEW v_claim AS -- every claim about a thing, readable: what one source says of one field; n = 0 is shown
SELECT thing.kind, thing.id, thing.owner, claim.field, claim.item, claim.n, claim.value ->> '$' AS value,
       claim.unknown, claim.qualifier, source.id AS source, source.title AS source_title, source.url AS source_url,
       claim.at, claim.observed, claim.since, claim.note
FROM claim JOIN thing ON thing.number = claim.thing JOIN source ON source.id = claim.source;

CREATE VIEW v_answer AS -- every claim about country x criterion, readable; which of them decides is the score's method
SELECT answer.country, country.name AS country_name, criterion.theme, answer.criterion, criterion.label,
       coalesce(CAST(answer.year AS TEXT), answer.value) AS value, answer.unknown, answer.basis, answer.sure,
       answer.source, source.title AS source_title, answer.at, answer.observed, answer.since, answer.note
FROM answer JOIN country ON country.code = answer.country JOIN criterion ON criterion.id = answer.criterion
     JOIN source ON source.id = answer.source;

CREATE VIEW v_strategy AS -- every strategy: its shown title and dates; NULL where no source says
SELECT thing.owner AS country, country.name AS country_name, thing.id,
       (SELECT value ->> '$' FROM claim WHERE thing = thing.number AND field = 'title' AND n = 0) AS title,
       (SELECT value ->> '$' FROM claim WHERE thing = thing.number AND field = 'kind' AND n = 0) AS kind,
       (SELECT value ->> '$' FROM claim WHERE thing = thing.number AND field = 'adopted' AND n = 0) AS adopted,
       (SELECT value ->> '$' FROM claim WHERE thing = thing.number AND field = 'published' AND n = 0) AS published,
       (SELECT value ->> '$' FROM claim WHERE thing = thing.number AND field = 'url' AND n = 0) AS url
FROM thing LEFT JOIN country ON country.code = thing.owner WHERE thing.kind = 'strategy';

CREATE VIEW v_index_value AS -- every figure that others publish, with its index and unit
SELECT "index".id AS "index", "index".title, index_value.country, country.name AS country_name, index_value.edition,
       index_value.pillar, index_value.value, "index".unit, index_value.source, index_value.at, index_value.observed
FROM index_value JOIN "index" ON "index".id = index_value."index" JOIN country ON country.code = index_value.country;
