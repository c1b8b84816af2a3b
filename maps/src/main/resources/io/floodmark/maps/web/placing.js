// Where a report belongs: by a tap on the map, by its middle (which arrow keys move), or by an address in the list.
// Dragging is never asked for.

import { reportLink } from './route.js';

/**
 * Binds the button that begins and the bar that then says how.
 *
 * @param parts {button, bar, here, address, none, cancel}
 * @param on {begin, address: the reader wants to choose from the list, go: given an address to go to}
 */
export function bindPlacing(map, container, parts, language, on) {
  function begin() {
    on.begin();
    parts.bar.hidden = false;
    container.classList.add('placing-on');
    parts.button.setAttribute('aria-expanded', 'true');
    parts.here.focus();
  }

  function end() {
    parts.bar.hidden = true;
    container.classList.remove('placing-on');
    parts.button.setAttribute('aria-expanded', 'false');
  }

  function placeAt({ lat, lng }) {
    end();
    on.go(reportLink([lng, lat], language.code));
  }

  parts.button.addEventListener('click', () => (parts.bar.hidden ? begin() : end()));
  parts.here.addEventListener('click', () => placeAt(map.getCenter()));
  parts.address.addEventListener('click', () => {
    end();
    on.address();
  });
  parts.cancel.addEventListener('click', () => {
    end();
    parts.button.focus();
  });
  parts.bar.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    parts.cancel.click();
  });
  // In the capturing phase: while a place is being chosen, a tap on a sensor or a tree means the place.
  container.addEventListener(
    'click',
    (event) => {
      if (parts.bar.hidden || event.target.closest('.leaflet-control')) return;
      event.stopPropagation();
      event.preventDefault();
      placeAt(map.mouseEventToLatLng(event));
    },
    true,
  );
}
