// The HTTP calls of this page. Answers are JSON; anything but success is an error that names the address and the status.

export function fetchSensors() {
  return fetchJson('/api/v1/sensors');
}

export async function fetchOpenAlerts() {
  return (await fetchJson('/api/v1/alerts?state=open')).alerts;
}

/** Readings of one sensor, reduced by the server to at most `maxPoints` rows. Times are epoch milliseconds. */
export async function fetchReadings(code, fromMs, toMs, maxPoints, signal) {
  const query = new URLSearchParams({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    maxPoints: String(maxPoints),
  });
  return fetchJson(`/api/v1/sensors/${encodeURIComponent(code)}/readings?${query}`, signal);
}

/** The same, each row with the reasons of its doubts and what was measured raw; `words` gives the reasons' words. */
export async function fetchJudgedReadings(code, fromMs, toMs, maxPoints, language) {
  const query = new URLSearchParams({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    maxPoints: String(maxPoints),
    detail: 'raw',
    lang: language,
  });
  return fetchJson(`/api/v1/sensors/${encodeURIComponent(code)}/readings?${query}`);
}

/** Houses, trees and the like as GeoJSON; parameters as the API names them. */
export function fetchAssets(parameters, signal) {
  return fetchJson(`/api/v1/assets?${new URLSearchParams(parameters)}`, signal);
}

/** Residential groups: [{code, name}]. */
export async function fetchGroups() {
  return (await fetchJson('/api/v1/groups')).groups;
}

/** Kinds of things in the register: [{code, vi, en, enabled}] in the order of menus. */
export async function fetchKinds() {
  return (await fetchJson('/api/v1/kinds')).kinds;
}

/** Stretches of streets as GeoJSON, with the limits of the ways of travelling beside the features. */
export function fetchStreets() {
  return fetchJson('/api/v1/streets');
}

/** Confirmed flood reports as GeoJSON. */
export function fetchShownReports() {
  return fetchJson('/api/v1/reports?shown=map');
}

/** What the reader may do, as names of rights; nothing without sign-in. */
export async function fetchRights() {
  return (await fetchJson('/api/v1/session')).rights;
}

async function fetchJson(address, signal) {
  const response = await fetch(address, { headers: { Accept: 'application/json, application/geo+json' }, signal });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
