// What a map is made of, fetched: Leaflet, our own basemap, the points. Its element says in data attributes where each lies.

export async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

export async function fetchPoints(box, query) {
  const url = new URL(box.dataset.points, location.href);
  url.search = query;
  url.searchParams.set("brief", "1");
  const { features } = await fetchJson(url);
  return features.map(({ id, geometry, properties }) => ({ id, lat: geometry.coordinates[1], lon: geometry.coordinates[0], ...properties }));
}

export async function fetchLeaflet(box) {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = box.dataset.leafletCss;
  const styled = new Promise((done) => { styles.onload = styles.onerror = done; });
  // Before our own styles, which then have the last word.
  const own = document.head.querySelector('link[href*="css/map"]');
  own ? own.before(styles) : document.head.append(styles);
  await Promise.all([import(box.dataset.leaflet), styled]);
  return window.L;
}

// GeoJSON says west, south, east, north; Leaflet wants two corners, latitude first.
export const corners = ([west, south, east, north]) => [[south, west], [north, east]];

export const outlines = ({ features }) => features.filter(({ geometry }) => geometry);
