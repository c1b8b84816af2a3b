// The depth chart as SVG: band and line, where the levels begin, breaks where readings are missing, marks on doubted
// ones. To assistive technology it is a slider over the readings; the same numbers stand in the table below it.

import { el, setAttribute, setText, svg } from './dom.js';
import {
  DEPTH, MAX, MIN, REASONS, T,
  bandPath, depthTicks, depthTop, isBad, isDoubted, isGap, linePath, nearestIndex, neighbourIndex, rawPath, segments,
  thresholdLines, timeTicks,
} from './chart-geometry.js';
import { centimetres, clockTime, dayMonth } from './format.js';

const HEIGHT = 230;
const EDGE = { top: 24, right: 50, bottom: 26, left: 36 };
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

export class Chart {
  #root;
  #plot = el('div', { class: 'chart-plot', role: 'slider', tabindex: '0', 'aria-valuemin': '0' });
  #readout = el('p', { class: 'chart-readout' });
  #data = null;
  #texts = null;
  #chosenT = null;
  #scale = null;
  #cursor = null;

  constructor(root) {
    this.#root = root;
    root.append(this.#readout, this.#plot);
    this.#plot.addEventListener('keydown', (event) => this.#keyed(event));
    this.#plot.addEventListener('pointermove', (event) => this.#pointed(event));
    this.#plot.addEventListener('pointerdown', (event) => this.#pointed(event));
    // A finger that is lifted leaves, too: what it chose is to be read.
    this.#plot.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && this.#choose(null));
    this.#plot.addEventListener('blur', () => this.#choose(null));
    new ResizeObserver(() => this.#draw()).observe(root);
  }

  /** @param data {rows, fromMs, toMs, range, thresholdsMm, lowPointDeltaMm, reasons: words of doubts by their names} */
  show(data, { words, language }) {
    this.#data = data;
    this.#texts = { words, language };
    this.#draw();
  }

  #draw() {
    const width = Math.floor(this.#root.clientWidth);
    if (!this.#data || width === 0) return;
    const { rows, fromMs, toMs, thresholdsMm, lowPointDeltaMm } = this.#data;
    const { words } = this.#texts;
    const lines = thresholdLines(thresholdsMm, lowPointDeltaMm);
    const topMm = depthTop(rows, lines);
    const right = width - EDGE.right;
    const bottom = HEIGHT - EDGE.bottom;
    const x = (t) => EDGE.left + ((t - fromMs) / (toMs - fromMs)) * (right - EDGE.left);
    const y = (mm) => bottom - (Math.max(0, Math.min(mm, topMm)) / topMm) * (bottom - EDGE.top);
    this.#scale = { x, y, fromMs, toMs, left: EDGE.left, right };
    this.#cursor = svg('g', { class: 'chart-cursor' });
    this.#plot.replaceChildren(
      svg(
        'svg',
        { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, 'aria-hidden': 'true' },
        this.#axes(topMm, { x, y, right, bottom }),
        this.#levels(lines.filter(({ depthMm }) => depthMm < topMm), topMm, { y, right }),
        svg('path', { class: 'raw', d: rawPath(rows, x, y) }),
        segments(rows).flatMap((run) => drawRun(run, x, y)),
        rows.filter((row) => !isGap(row) && isDoubted(row)).map((row) => drawDoubt(row, x, y)),
        this.#cursor,
      ),
    );
    setAttribute(this.#plot, 'aria-label', words('chart.label'));
    this.#readOut();
  }

  #axes(topMm, { x, y, right, bottom }) {
    const { words } = this.#texts;
    const depths = depthTicks(topMm).map((mm) => [
      svg('path', { class: 'grid', d: `M${EDGE.left} ${y(mm)}H${right}` }),
      svg('text', { x: EDGE.left - 6, y: y(mm), dy: '.33em', 'text-anchor': 'end' }, String(mm / 10)),
    ]);
    const times = timeTicks(this.#data.fromMs, this.#data.toMs, right - EDGE.left)
      .filter(({ t }) => x(t) <= right - 4)
      .map(({ t, midnight }) => [
        svg('path', { class: midnight ? 'tick midnight' : 'tick', d: `M${x(t)} ${midnight ? EDGE.top : bottom}V${bottom + 4}` }),
        svg(
          'text',
          { class: midnight ? 'date' : null, x: x(t), y: bottom + 18, 'text-anchor': 'middle' },
          midnight ? dayMonth(t) : clockTime(t),
        ),
      ]);
    const title = svg('text', { class: 'axis-title', x: 2, y: 10 }, words('chart.axis'));
    return [svg('path', { class: 'base', d: `M${EDGE.left} ${bottom}H${right}` }), depths, times, title].flat(3);
  }

  /** Where each level begins, as a dashed line with its name, and the span of the level as a strip at the edge. */
  #levels(lines, topMm, { y, right }) {
    const { words, language } = this.#texts;
    return lines.flatMap(({ level, depthMm, thresholdMm }, index) => {
      const above = lines[index + 1]?.depthMm ?? topMm;
      const said = words('chart.levelLong', {
        level,
        low: centimetres(thresholdMm, language),
        depth: centimetres(depthMm, language),
      });
      const room = y(depthMm) - y(above) >= 12;
      return [
        svg('rect', { class: `level-strip level-${level}`, x: right, y: y(above), width: 5, height: y(depthMm) - y(above) }),
        svg('path', { class: `level-start level-${level}`, d: `M${EDGE.left} ${y(depthMm)}H${right}` }, svg('title', {}, said)),
        room && svg('text', { class: 'level-name', x: right + 9, y: y(depthMm) - 4 }, words('chart.level', { level })),
      ].filter(Boolean);
    });
  }

  #keyed(event) {
    const { rows } = this.#data;
    const step = STEPS[event.key];
    if (step === undefined && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    const newest = nearestIndex(rows, this.#data.toMs);
    let index = this.#chosenT === null ? newest : nearestIndex(rows, this.#chosenT);
    if (event.key === 'Home') index = nearestIndex(rows, this.#data.fromMs);
    else if (event.key === 'End') index = newest;
    else for (let i = 0; i < Math.abs(step); i++) index = neighbourIndex(rows, index, Math.sign(step));
    this.#choose(rows[index]?.[T] ?? null);
  }

  #pointed(event) {
    if (!this.#scale || !this.#data) return;
    const { left, right, fromMs, toMs } = this.#scale;
    const share = (event.clientX - this.#plot.getBoundingClientRect().left - left) / (right - left);
    const index = nearestIndex(this.#data.rows, fromMs + share * (toMs - fromMs));
    this.#choose(this.#data.rows[index]?.[T] ?? null);
  }

  #choose(t) {
    this.#chosenT = t;
    this.#readOut();
  }

  #readOut() {
    if (!this.#cursor) return;
    const { words } = this.#texts;
    const { rows } = this.#data;
    const index = nearestIndex(rows, this.#chosenT ?? this.#data.toMs);
    const text = index < 0 ? words('chart.empty') : this.#sentence(rows[index]);
    setAttribute(this.#plot, 'aria-valuemax', Math.max(0, rows.length - 1));
    setAttribute(this.#plot, 'aria-valuenow', Math.max(0, index));
    setAttribute(this.#plot, 'aria-valuetext', text);
    setText(this.#readout, this.#chosenT === null ? words('chart.hint') : text);
    this.#readout.classList.toggle('is-reading', this.#chosenT !== null);
    this.#cursor.replaceChildren();
    if (this.#chosenT === null || index < 0) return;
    const { x, y } = this.#scale;
    const [at, depth] = [x(rows[index][T]), y(rows[index][DEPTH])];
    this.#cursor.append(
      svg('path', { d: `M${at} ${EDGE.top}V${HEIGHT - EDGE.bottom}` }),
      svg('circle', { cx: at, cy: depth, r: 4.5 }),
    );
  }

  #sentence(row) {
    const { words, language } = this.#texts;
    const time = this.#data.range === '1h' ? clockTime(row[T]) : `${clockTime(row[T])} ${dayMonth(row[T])}`;
    const said = [words('chart.reading', { time, depth: centimetres(row[DEPTH], language) })];
    if (row[MAX] !== null && row[MAX] - row[MIN] >= 10) {
      said.push(words('chart.readingRange', { min: centimetres(row[MIN], language), max: centimetres(row[MAX], language) }));
    }
    if (isBad(row)) said.push(words('chart.bad'));
    else if (isDoubted(row)) said.push(words('chart.doubted'));
    const reasons = (row[REASONS] ?? []).map((reason) => this.#data.reasons?.[reason] ?? reason);
    return reasons.length > 0 ? `${said.join(', ')}: ${reasons.join('; ')}` : said.join(', ');
  }
}

function drawRun(run, x, y) {
  // A single reading between two gaps makes no line; a dot keeps it in sight.
  if (run.length === 1) return [svg('circle', { class: 'single', cx: x(run[0][T]), cy: y(run[0][DEPTH]), r: 2.2 })];
  return [svg('path', { class: 'band', d: bandPath(run, x, y) }), svg('path', { class: 'depth', d: linePath(run, x, y) })];
}

function drawDoubt(row, x, y) {
  const [at, depth] = [x(row[T]), y(row[DEPTH])];
  return isBad(row)
    ? svg('path', { class: 'bad', d: `M${at - 3.5} ${depth - 3.5}l7 7m0 -7l-7 7` })
    : svg('circle', { class: 'doubted', cx: at, cy: depth, r: 3 });
}
