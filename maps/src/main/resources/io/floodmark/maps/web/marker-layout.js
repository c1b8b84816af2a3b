// Room for signs and plates: neighbours that would hide each other move a little apart, and no plate covers a sign or
// another plate. Pure arithmetic in pixels.

/** Least distance of two signs: every one can be seen, and hit with a finger. */
const APART_PX = 35;
const ROUNDS = 24;

const SIGN_PX = 34;
const PLATE_HEIGHT_PX = 22;
const GAP_PX = 1;

/** Centre of a plate relative to its marker, by side. */
const SIDES = {
  below: () => [0, (SIGN_PX + PLATE_HEIGHT_PX) / 2 + GAP_PX + 3],
  above: () => [0, -(SIGN_PX + PLATE_HEIGHT_PX) / 2 - GAP_PX - 3],
  right: (width) => [(SIGN_PX + width) / 2 + GAP_PX + 5, 0],
  left: (width) => [-(SIGN_PX + width) / 2 - GAP_PX - 5, 0],
};

/** Shifts [dx, dy] that bring points at least APART_PX apart, or nearly so in a crowd; [0, 0] for all that have room. */
export function spread(points) {
  const at = points.map(({ x, y }) => [x, y]);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let i = 0; i < at.length; i++) {
      for (let j = i + 1; j < at.length; j++) moved = pushApart(at[i], at[j], i + j) || moved;
    }
    if (!moved) break;
  }
  return at.map(([x, y], index) => [x - points[index].x, y - points[index].y]);
}

function pushApart(a, b, seed) {
  let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let distance = Math.hypot(dx, dy);
  if (distance >= APART_PX - 0.5) return false;
  if (distance < 0.01) {
    // On one and the same spot: any direction will do, but the same one every time.
    [dx, dy, distance] = [Math.cos(seed), Math.sin(seed), 1];
  }
  const push = (APART_PX - distance) / 2;
  a[0] -= (dx / distance) * push;
  a[1] -= (dy / distance) * push;
  b[0] += (dx / distance) * push;
  b[1] += (dy / distance) * push;
  return true;
}

/**
 * Moves round signs until none hides another or lies under one of the fixed ones, or nearly so in a crowd.
 *
 * @param signs [{x, y, radius}], changed in place
 * @param fixed the same, not moved
 */
export function keepApart(signs, fixed) {
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    signs.forEach((sign, index) => {
      for (const other of fixed) moved = pushAway(sign, other, 1, index) || moved;
      for (const other of signs.slice(index + 1)) {
        const before = { ...sign };
        moved = pushAway(sign, other, 0.5, index) || moved;
        pushAway(other, before, 0.5, index + 1);
      }
    });
    if (!moved) return;
  }
}

/** Moves `sign` by a share of what it lacks in distance from `other`. */
function pushAway(sign, other, share, seed) {
  const lack = sign.radius + other.radius + GAP_PX - Math.hypot(sign.x - other.x, sign.y - other.y);
  if (lack < 0.5) return false;
  const same = Math.hypot(sign.x - other.x, sign.y - other.y) < 0.01;
  const angle = same ? seed : Math.atan2(sign.y - other.y, sign.x - other.x);
  sign.x += Math.cos(angle) * lack * share;
  sign.y += Math.sin(angle) * lack * share;
  return true;
}

/**
 * The side of each plate, most important first: 'below', 'above', 'right', 'left', or 'none' where there is no room.
 *
 * @param markers [{x, y, width}] in order of importance; width 0 for a marker without a plate
 */
export function placePlates(markers) {
  const taken = markers.map(({ x, y }) => box(x, y, SIGN_PX, SIGN_PX));
  return markers.map(({ x, y, width }, index) => {
    if (width === 0) return 'none';
    for (const [side, offset] of Object.entries(SIDES)) {
      const [dx, dy] = offset(width);
      const plate = box(x + dx, y + dy, width, PLATE_HEIGHT_PX);
      if (!taken.some((other, i) => i !== index && overlap(plate, other))) {
        taken.push(plate);
        return side;
      }
    }
    return 'none';
  });
}

function box(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
