// A comfort for the report form, which is complete without it: the phone's own position, once asked for.

const button = document.getElementById('locate');
const said = document.getElementById('position');
const lon = document.getElementById('lon');
const lat = document.getElementById('lat');

if (button && 'geolocation' in navigator) {
  button.hidden = false;
  button.addEventListener('click', () => {
    said.textContent = said.dataset.busy;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        lon.value = coords.longitude.toFixed(6);
        lat.value = coords.latitude.toFixed(6);
        said.textContent = said.dataset.known;
      },
      () => {
        said.textContent = said.dataset.denied;
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });
}
