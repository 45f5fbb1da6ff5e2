// SPDX-License-Identifier: MIT
// Scores of every country, computed anew for each question from what two statements find. Exact like the program's:
// integers, rounded once. (Quotients of integers as small as these differ as doubles exactly where they differ.)

const BASES = ["assessor", "our_reading", "eu_law"];
const SURENESSES = ["high", "medium", "low"];

function fraction(text) {
  const [over, under = "1"] = text.split("/");
  return Number(over) / Number(under);
}

/** The methodology's own question. */
export function readMethod(database, id) {
  const row = database.prepare(`SELECT * FROM methodology WHERE id = ? ORDER BY number DESC`).get(id);
  const weights = database.prepare(`
    SELECT criterion, weight FROM methodology_weight WHERE methodology = ? ORDER BY criterion`).all(row.number);
  const parts = database.prepare(`SELECT * FROM methodology_value WHERE methodology = ?`).all(row.number);
  const [over, under = "1"] = row.least_coverage.split("/");
  return {
    id, version: row.version, window: row.window_months, bases: row.bases.split(" "), sure: row.least_sure,
    least: [Number(over), Number(under)],
    criteria: weights.map((w) => w.criterion), weights: weights.map((w) => w.weight),
    // In quarters, which every fraction of the map is a whole number of.
    parts: Object.fromEntries(parts.map((p) => [p.value, [p.low, p.high, p.counted].map((x) => fraction(x) * 4)])),
  };
}

export function before(day, months, days = 0) {
  const [y, m, d] = day.split("-").map(Number);
  const count = y * 12 + m - 1 - months;
  const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(count / 12), count % 12, Math.min(d, last) - days)).toISOString().slice(0, 10);
}

/** Statements, prepared once; the answers are found by SQL for each question. */
export function prepare(database, method) {
  return {
    countries: database.prepare(`SELECT code, name FROM country ORDER BY code`),
    answers: database.prepare(`
      SELECT a.country, a.criterion, a.value, a.basis, a.sure, a.source, a.at, a.observed, a.observed_hi
      FROM answer a WHERE a.criterion IN (${method.criteria.map((c) => `'${c}'`)}) AND a.value <> 'unknown'
        AND a.basis IN (SELECT value FROM json_each(?)) AND a.sure IN (SELECT value FROM json_each(?))
        AND (a.observed_hi IS NULL OR a.observed_hi <= ?)`),
  };
}

function sign(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comesBefore(a, b) {
  return BASES.indexOf(a.basis) - BASES.indexOf(b.basis) || SURENESSES.indexOf(a.sure) - SURENESSES.indexOf(b.sure) ||
    sign(b.observed_hi ?? "", a.observed_hi ?? "") || sign(a.source, b.source) || sign(a.at ?? "", b.at ?? "");
}

function liveOnes(question, claims) {
  let newest = null;
  for (const { observed_hi: day } of claims) if (day !== null && (newest === null || day > newest)) newest = day;
  if (newest === null) return question.dated ? [] : claims;
  if (question.youngest !== undefined && newest < question.youngest) return [];
  let from = question.windows.get(newest);
  if (from === undefined) question.windows.set(newest, (from = before(newest, question.method.window)));
  return claims.filter((claim) => claim.observed_hi !== null && claim.observed_hi >= from);
}

function half(over, under) {
  return Math.floor((2 * over + under) / (2 * under));
}

/** One country's figures; `cells` are its claims by criterion. */
function score(question, country, cells) {
  const { criteria, parts } = question.method;
  const counts = { yes: 0, partial: 0, no: 0, unknown: 0, not_applicable: 0 };
  let [known, applicable, held, low, high, counted, disputed] = [0, 0, 0, 0, 0, 0, 0];
  let oldest;
  for (let i = 0; i < criteria.length; i++) {
    const weight = question.weights[i];
    const claims = cells?.get(criteria[i]);
    const live = claims === undefined ? [] : liveOnes(question, claims);
    if (live.length === 0) {
      counts.unknown++;
      applicable += weight;
      held += weight;
      low += weight * parts.unknown[0];
      high += weight * parts.unknown[1];
      continue;
    }
    let first = live[0];
    let [least, most, differ] = [4, 0, false];
    for (const claim of live) {
      const part = parts[claim.value] ?? [0, 4];
      least = Math.min(least, part[0]);
      most = Math.max(most, part[1]);
      if (claim.value !== live[0].value) differ = true;
      if (claim !== first && comesBefore(claim, first) < 0) first = claim;
    }
    counts[first.value]++;
    if (differ) disputed++;
    if (first.observed_hi !== null && (oldest === undefined || first.observed_hi < oldest.observed_hi)) oldest = first;
    if (first.value === "not_applicable" && !differ) continue;
    held += weight;
    low += weight * least;
    high += weight * most;
    if (first.value === "not_applicable") continue;
    known += weight;
    applicable += weight;
    counted += weight * parts[first.value][2];
  }
  const [over, under] = question.method.least;
  const has = known > 0 && known * under >= over * applicable;
  const figures = {
    country: country.code, name: country.name, value: has ? half(counted * 250, known) / 10 : undefined,
    low: held ? half(low * 250, held) / 10 : 0, high: held ? half(high * 250, held) / 10 : 100,
    coverage: applicable ? half(known * 1000, applicable) / 1000 : 0, counts, disputed, oldest: oldest?.observed,
    rank: undefined, self: `/v1/scores/${country.code}`,
  };
  return { figures, low: held ? low / held : 0, high: held ? high / held : 4 };
}

/** How many of the sorted numbers are below x (or equal to it, where asked). */
function countBelow(sorted, x, orEqual) {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] < x || (orEqual && sorted[middle] === x)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function giveRanks(scored) {
  const ranked = scored.filter(({ figures }) => figures.value !== undefined);
  const lows = Float64Array.from(ranked, ({ low }) => low).sort();
  const highs = Float64Array.from(ranked, ({ high }) => high).sort();
  for (const { figures, low, high } of ranked) {
    const best = 1 + ranked.length - countBelow(lows, high, true);
    figures.rank = { best, worst: ranked.length - countBelow(highs, low, false), of: ranked.length };
  }
}

export function scores(statements, question) {
  const cells = new Map();
  const sure = JSON.stringify(SURENESSES.slice(0, SURENESSES.indexOf(question.sure) + 1));
  for (const row of statements.answers.all(JSON.stringify(question.bases), sure, question.asOf)) {
    let own = cells.get(row.country);
    if (own === undefined) cells.set(row.country, (own = new Map()));
    const claims = own.get(row.criterion);
    if (claims === undefined) own.set(row.criterion, [row]);
    else claims.push(row);
  }
  const scored = statements.countries.all().map((country) => score(question, country, cells.get(country.code)));
  giveRanks(scored);
  return scored.map(({ figures }) => figures);
}
