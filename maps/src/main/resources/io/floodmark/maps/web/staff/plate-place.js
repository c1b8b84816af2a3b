// The phone's position for mounting and checking a plate: the page is asked for again with it, and the server says how
// far that is. Without this script one goes on without a position.

const place = document.getElementById('place');
const button = document.getElementById('take-place');
const said = document.getElementById('place-said');

const GEOLOCATION = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 };

if (place && 'geolocation' in navigator) {
  button.hidden = false;
  button.addEventListener('click', () => {
    said.textContent = place.dataset.busy;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const found = new URLSearchParams({
          lon: coords.longitude.toFixed(6),
          lat: coords.latitude.toFixed(6),
          accuracy: coords.accuracy.toFixed(0),
        });
        window.location.replace(`${place.dataset.here}?${found}`);
      },
      () => {
        said.textContent = place.dataset.denied;
      },
      GEOLOCATION,
    );
  });
}
