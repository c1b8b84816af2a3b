// The panel of one sensor: a column beside the map, on a phone a sheet over its lower part. Escape closes it.

import { el, setText } from './dom.js';
import { Chart } from './chart.js';
import { ReadingsTable } from './readings-table.js';
import { RANGES_MS, SensorReadings } from './readings.js';
import { presentFacts, standingFacts } from './sensor-facts.js';
import { travelFacts } from './travel-facts.js';

export class SensorPanel {
  #root;
  #parts;
  #chart;
  #table;
  #readings;
  #ranges = new Map();
  #code = null;
  #context = null;

  /** @param root the panel's section in the page; @param onClose called when the reader closes it */
  constructor(root, clock, onClose) {
    this.#root = root;
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.#parts = Object.fromEntries(
      ['title', 'street', 'present', 'history', 'status', 'key', 'standing'].map((name) => [name, part(name)]),
    );
    this.#chart = new Chart(part('chart'));
    this.#table = new ReadingsTable(part('table'));
    this.#readings = new SensorReadings(clock, () => this.#drawHistory());
    part('ranges').append(...Object.keys(RANGES_MS).map((range) => this.#rangeButton(range)));
    part('close').addEventListener('click', onClose);
    root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onClose();
    });
  }

  /** Shows a sensor, or what is wrong with the code that was asked for. Moves the focus in if it was not open on it. */
  show(code, sensor, context) {
    this.#context = { ...context, sensor };
    this.#root.hidden = false;
    const opened = code !== this.#code;
    this.#code = code;
    this.#drawFacts(code, sensor);
    if (sensor && sensor.kind !== 'rain') this.#readings.open(sensor);
    else this.#readings.close();
    this.#drawHistory();
    if (opened) {
      this.#root.scrollTop = 0;
      this.#parts.title.focus({ preventScroll: true });
    }
  }

  hide() {
    this.#root.hidden = true;
    this.#code = null;
    this.#readings.close();
  }

  /** Where the panel covers the map from, in pixels from the window's top: a sheet on a phone; Infinity as a column. */
  get coversFrom() {
    const sheet = !this.#root.hidden && getComputedStyle(this.#root).position === 'fixed';
    return sheet ? this.#root.getBoundingClientRect().top : Infinity;
  }

  /** The newest feature of a sensor has arrived. */
  heard(sensor) {
    if (sensor.code === this.#code) this.#readings.heard(sensor);
  }

  /** Time has passed, or a snapshot came: the chart's right edge moves on. */
  refresh() {
    if (this.#code !== null) this.#readings.refresh();
  }

  #drawFacts(code, sensor) {
    const { words } = this.#context;
    setText(this.#parts.title, sensor ? sensor.name : words('panel.missing', { code }));
    setText(this.#parts.street, sensor ? [sensor.street, sensor.zone].filter(Boolean).join(' · ') : '');
    replaceIfDifferent(this.#parts.present, sensor ? [...presentFacts(sensor, this.#context), ...travelFacts(sensor, this.#context)] : []);
    replaceIfDifferent(this.#parts.standing, sensor ? standingFacts(sensor, this.#context) : []);
  }

  #drawHistory() {
    const { words, language, sensor } = this.#context;
    const { history, status, key } = this.#parts;
    const rain = sensor?.kind === 'rain';
    history.hidden = !sensor || rain;
    if (history.hidden) return;
    const view = this.#readings.view;
    for (const [range, button] of this.#ranges) {
      setText(button, words(`chart.${range}`));
      button.setAttribute('aria-pressed', String(range === view.range));
    }
    setText(status, view.status === 'ready' ? '' : words(`chart.${view.status}`));
    status.hidden = view.status === 'ready';
    this.#chart.show(
      { ...view, thresholdsMm: sensor.thresholdsMm, lowPointDeltaMm: sensor.lowPointDeltaMm },
      { words, language },
    );
    this.#table.show(view.rows, { words, language });
    drawKey(key, words);
  }

  #rangeButton(range) {
    const button = el('button', {
      type: 'button',
      'aria-pressed': 'false',
      'data-range': range,
      on: { click: () => this.#chooseRange(range) },
    });
    this.#ranges.set(range, button);
    return button;
  }

  #chooseRange(range) {
    this.#readings.open(this.#context.sensor, range);
    this.#drawHistory();
  }
}

/** Leaves what reads the same in the page, so that a selection or a screen reader keeps its place. */
function replaceIfDifferent(parent, nodes) {
  const old = [...parent.childNodes];
  if (old.length === nodes.length && old.every((node, index) => node.isEqualNode(nodes[index]))) return;
  parent.replaceChildren(...nodes);
}

function drawKey(key, words) {
  if (key.dataset.for === words('chart.keyLine')) return;
  key.dataset.for = words('chart.keyLine');
  const names = { line: 'keyLine', band: 'keyBand', doubted: 'keyDoubted', bad: 'keyBad' };
  key.replaceChildren(
    ...Object.entries(names).map(([kind, name]) => el('li', { class: `key-${kind}` }, words(`chart.${name}`))),
  );
}
