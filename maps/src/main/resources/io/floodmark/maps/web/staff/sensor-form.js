// Says, while a sensor is registered, from which level on it will see a flood; asks for a mount height only where it counts.
// The server says the first once the form is sent, and checks the second.

/** Least depth under a sensor from which the depth at the low point is known (docs/http.md). */
const KNOWN_FROM_MM = 30;
const THRESHOLDS = ['attention_mm', 'warning_mm', 'danger_mm', 'severe_mm'];

const field = (name) => document.getElementById(`f-${name}`);
const lowest = document.getElementById('lowest');

/** The words for what stands in the form; '' while that is no sensor yet. */
function words() {
  if (field('kind').value === 'rain') return lowest.dataset.rain;
  const texts = [...THRESHOLDS, 'low_point_delta_mm'].map((name) => field(name).value.trim() || '0');
  if (!texts.every((text) => /^\d{1,6}$/.test(text))) return '';
  const delta = Number(texts.pop());
  const thresholds = texts.map(Number);
  if (thresholds.some((mm, i) => mm <= (thresholds[i - 1] ?? 0))) return '';
  const from = KNOWN_FROM_MM + delta;
  const level = Math.max(1, thresholds.filter((mm) => from >= mm).length);
  if (level === 1) return lowest.dataset.all;
  return lowest.dataset.some.replace('{level}', lowest.getAttribute(`data-level-${level}`)).replace('{mm}', String(from));
}

function update() {
  const text = words();
  lowest.hidden = text === '';
  if (lowest.textContent !== text) lowest.textContent = text;
  const hangs = field('kind').value === 'distance';
  const height = field('mount_height_mm');
  height.required = hangs;
  // A fault that the server found stays in sight.
  height.closest('.field').hidden = !hangs && !height.hasAttribute('aria-invalid');
}

for (const name of ['kind', 'low_point_delta_mm', ...THRESHOLDS]) field(name).addEventListener('input', update);
update();
