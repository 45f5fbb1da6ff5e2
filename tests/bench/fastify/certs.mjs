// SPDX-License-Identifier: MIT
// GET /v1/certs?country=&status=&limit= in the usual way: one statement for each question, rows made into objects.

export function prepareCerts(database) {
  const rows = (where) => `
    SELECT c.id, c.name, c.short_name, c.country, c.organisation, c.status, c.established, c.url,
      (SELECT json_group_array(type) FROM cert_type t WHERE t.cert = c.id) AS types,
      (SELECT json_group_array(sector) FROM cert_sector s WHERE s.cert = c.id) AS sectors,
      (SELECT json_group_array(body || ':' || level) FROM
        (SELECT body, level FROM cert_membership m WHERE m.cert = c.id ORDER BY number))
        AS accreditations
    FROM cert c JOIN fragment f ON f.list = 'certs' AND f.media = 'json' AND f.id = c.id
    WHERE ${where} ORDER BY f.ord`;
  const inside = (column, name) => `(@${name} IS NULL OR ${column} IN (SELECT value FROM json_each(@${name})))`;
  return database.prepare(rows(`${inside("c.country", "country")} AND ${inside("c.status", "status")}`));
}

function list(text) {
  const items = JSON.parse(text);
  return items.length ? items : undefined;
}

export function certs(statement, query) {
  const asked = (text) => (text === undefined ? null : JSON.stringify(text.split(",")));
  const found = statement.all({ country: asked(query.country), status: asked(query.status) });
  const data = found.slice(0, Number(query.limit ?? found.length)).map((row) => ({
    id: row.id, name: row.name ?? undefined, short_name: row.short_name ?? undefined,
    country: row.country ?? undefined, organisation: row.organisation ?? undefined, types: list(row.types),
    sectors: list(row.sectors), status: row.status ?? undefined, established: row.established ?? undefined,
    accreditations: list(row.accreditations), url: row.url ?? undefined, self: `/v1/certs/${row.id}`,
  }));
  return { data, total: found.length };
}
