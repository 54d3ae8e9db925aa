// The map in the browser: our own basemap, clusters with words, keyboard and focus. The list says the same, so nothing depends on this file.
// Bound by data-smes-map. Leaflet, basemap and points are fetched once the page is readable and the map is in sight.

import { clusters } from "./clusters.js";

const COUNTRY = [[49.48, 2.52], [51.52, 6.43]];
const CAPITAL = [[50.755, 4.235], [50.92, 4.49]];
const NAMES_FROM = { city: 8.5, commune: 11 }; // zoom from which they are named
const STEP = 120; // pixels a move button goes

async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

async function fetchPoints(box, query) {
  const url = new URL(box.dataset.points, location.href);
  url.search = query;
  url.searchParams.set("brief", "1");
  const { features } = await fetchJson(url);
  return features.map(({ id, geometry, properties }) => ({ id, lat: geometry.coordinates[1], lon: geometry.coordinates[0], ...properties }));
}

async function leaflet(box) {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = box.dataset.leafletCss;
  const styled = new Promise((done) => { styles.onload = styles.onerror = done; });
  // Before our own styles, which then have the last word.
  document.head.querySelector('link[href*="css/map"]').before(styles);
  await Promise.all([import(box.dataset.leaflet), styled]);
  return window.L;
}

class PlaceMap {
  constructor(box, L, basemap) {
    Object.assign(this, { box, L, shown: new Map(), opener: null });
    this.canvas = box.querySelector(".place-map__canvas");
    this.canvas.hidden = false;
    box.querySelector(".place-map__drawing").hidden = true;
    for (const tools of box.querySelectorAll(".place-map__tools, .place-map__jumps")) tools.hidden = false;
    const isTouch = matchMedia("(pointer: coarse)").matches;
    this.map = L.map(this.canvas, {
      zoomControl: false, attributionControl: false, minZoom: 6, maxZoom: 17, zoomSnap: 0.25,
      scrollWheelZoom: false, // the page scrolls; the buttons zoom
      dragging: !isTouch, // one finger scrolls the page, two move the map
      maxBounds: L.latLngBounds(COUNTRY).pad(0.6), closePopupOnClick: true,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.land(basemap);
    this.pins = L.layerGroup().addTo(this.map);
    this.map.fitBounds(COUNTRY, { animate: false });
    this.map.on("moveend", () => this.draw()); // a zoom ends with one, too
    this.map.on("popupclose", () => this.giveFocusBack());
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.map.closePopup();
    });
    box.addEventListener("click", (event) => this.move(event.target.closest("[data-smes-move]")));
  }

  land(basemap) {
    const { L, map, box } = this;
    L.geoJSON(basemap.features.filter(({ geometry }) => geometry), {
      interactive: false,
      style: ({ properties }) => ({ className: `map-land map-land--${properties.layer}`, weight: 1 }),
    }).addTo(map);
    this.names = { city: L.layerGroup(), commune: L.layerGroup() };
    for (const { properties } of basemap.features) {
      if (!properties.label) continue;
      const icon = L.divIcon({ className: `map-name map-name--${properties.layer}`, html: "", iconSize: null });
      const name = L.marker([properties.label[1], properties.label[0]], { icon, interactive: false, keyboard: false });
      name.on("add", () => { name.getElement().textContent = properties[box.dataset.language]; name.getElement().ariaHidden = "true"; });
      this.names[properties.layer].addLayer(name);
    }
  }

  show(points, { fit }) {
    this.points = points;
    this.map.closePopup();
    if (fit && this.points.length) {
      const bounds = this.L.latLngBounds(this.points.map(({ lat, lon }) => [lat, lon]));
      this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: 11.5, animate: false });
    }
    this.draw();
    this.box.dataset.ready = "true";
  }

  draw() {
    if (!this.points) return;
    const { L, map } = this;
    const zoom = map.getZoom();
    for (const [layer, names] of Object.entries(this.names)) zoom >= NAMES_FROM[layer] ? names.addTo(map) : names.remove();
    const seen = map.getBounds().pad(0.3);
    const groups = clusters(this.points, (point) => map.project([point.lat, point.lon], zoom)).filter(({ lat, lon }) => seen.contains([lat, lon]));
    const wanted = new Map(groups.map((group) => [`${group.points[0].id}/${group.points.length}/${group.lat.toFixed(4)}`, group]));
    for (const [key, pin] of this.shown) {
      if (wanted.has(key)) continue;
      this.pins.removeLayer(pin);
      this.shown.delete(key);
    }
    for (const [key, group] of wanted) {
      if (!this.shown.has(key)) this.shown.set(key, this.pin(group).addTo(this.pins));
    }
    if (this.wantsFocus) {
      const pin = this.pinOf(this.wantsFocus);
      this.wantsFocus = null;
      pin?.getElement()?.focus({ preventScroll: true });
    }
  }

  pin(group) {
    const { L, box } = this;
    const [first] = group.points;
    const count = group.points.length;
    const isOne = count === 1;
    const size = isOne ? 24 : Math.min(30 + Math.sqrt(count) * 4, 60);
    const looks = isOne ? `${first.x ? "" : " map-pin--vague"}${first.c ? " map-pin--unsure" : ""}` : "";
    const icon = L.divIcon({ className: `map-pin${looks}`, html: "", iconSize: [size, size] });
    const pin = L.marker([group.lat, group.lon], { icon, riseOnHover: true });
    const label = isOne ? `${first.n}, ${first.m}` : (group.isOneSpot ? box.dataset.list : box.dataset.many).replace("%n", count);
    pin.on("add", () => {
      const element = pin.getElement();
      element.setAttribute("aria-label", isOne ? label : `${label}: ${group.points.slice(0, 2).map(({ n }) => n).join(", ")}…`);
      element.textContent = isOne ? "" : count;
    });
    const act = () => (isOne || group.isOneSpot ? this.open(group) : this.closer(group));
    pin.on("click", act);
    pin.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key === "Enter" || originalEvent.key === " ") { originalEvent.preventDefault(); act(); }
    });
    pin.group = group;
    return pin;
  }

  closer(group) {
    this.wantsFocus = this.canvas.contains(document.activeElement) ? group.points[0].id : null;
    const bounds = this.L.latLngBounds(group.points.map(({ lat, lon }) => [lat, lon]));
    const zoom = Math.max(this.map.getZoom() + 1.5, Math.min(this.map.getBoundsZoom(bounds, false, this.L.point(60, 60)), 16));
    this.map.setView(bounds.getCenter(), Math.min(zoom, 17));
  }

  open(group) {
    this.opener = group.points[0].id;
    const content = document.createElement("div");
    const list = content.appendChild(document.createElement("ul"));
    for (const point of group.points) {
      const item = list.appendChild(document.createElement("li"));
      const link = item.appendChild(document.createElement("a"));
      link.href = point.u;
      link.textContent = point.n;
      if (this.box.dataset.newWindow) { link.target = "_blank"; link.rel = "noopener"; }
      const where = item.appendChild(document.createElement("p"));
      const marks = [point.m, point.s, point.c ? this.box.dataset.unsure : "", point.e ? this.box.dataset.example : ""];
      where.textContent = marks.filter(Boolean).join(" · ");
    }
    const popup = this.L.popup({ maxWidth: 280, minWidth: 180, autoPanPadding: [30, 60], closeButton: true }).setLatLng([group.lat, group.lon]).setContent(content);
    popup.openOn(this.map);
    const element = popup.getElement();
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", group.points.length === 1 ? group.points[0].n : this.box.dataset.list.replace("%n", group.points.length));
    element.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.box.dataset.close);
    list.querySelector("a").focus({ preventScroll: true });
  }

  pinOf(id) {
    return [...this.shown.values()].find(({ group }) => group.points.some((point) => point.id === id));
  }

  giveFocusBack() {
    const active = document.activeElement;
    if (!this.opener || (active !== document.body && !active.closest(".leaflet-popup"))) return;
    (this.pinOf(this.opener)?.getElement() ?? this.canvas).focus({ preventScroll: true });
    this.opener = null;
  }

  move(button) {
    if (!button) return;
    const { map } = this;
    const ways = {
      in: () => map.zoomIn(1), out: () => map.zoomOut(1),
      left: () => map.panBy([-STEP, 0]), right: () => map.panBy([STEP, 0]), up: () => map.panBy([0, -STEP]), down: () => map.panBy([0, STEP]),
      belgium: () => map.fitBounds(COUNTRY), brussels: () => map.fitBounds(CAPITAL),
      streets: () => this.streets(button),
    };
    ways[button.dataset.smesMove]();
  }

  // Only a press on the button asks the tile service for anything; nothing is remembered.
  streets(button) {
    const { L, map, box } = this;
    this.tiles ??= L.tileLayer(box.dataset.tiles, { attribution: box.dataset.tilesBy, maxZoom: 17 });
    const isOn = map.hasLayer(this.tiles);
    isOn ? this.tiles.remove() : this.tiles.addTo(map);
    box.classList.toggle("place-map--streets", !isOn);
    button.setAttribute("aria-pressed", String(!isOn));
    if (!this.thanks) this.thanks = L.control.attribution({ prefix: false }).addTo(map);
  }
}

function query(page) {
  return page.querySelector(".place-map .belgium")?.dataset.query ?? "";
}

async function start(box) {
  const asked = query(document);
  // All at once: a map with 2,000 places waits for the slowest of the three, not for their sum.
  const [L, basemap, points] = await Promise.all([leaflet(box), fetchJson(box.dataset.basemap), fetchPoints(box, asked)]);
  const map = new PlaceMap(box, L, basemap);
  map.show(points, { fit: asked.length > 1 });
  let latest = 0;
  document.addEventListener("smes:list", async ({ detail }) => {
    const mine = ++latest;
    const found = await fetchPoints(box, query(detail));
    if (mine === latest) map.show(found, { fit: true }); // else a later choice is under way
  });
}

const box = document.querySelector("[data-smes-map]");
if (box) {
  const whenSeen = new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    // A failure leaves the drawing of the server where it is.
    const begin = () => start(box).catch((error) => console.warn("map:", error));
    document.readyState === "complete" ? begin() : addEventListener("load", begin, { once: true });
  }, { rootMargin: "200px" });
  whenSeen.observe(box);
}
