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

async function fetchJson(address, signal) {
  const response = await fetch(address, { headers: { Accept: 'application/json, application/geo+json' }, signal });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
