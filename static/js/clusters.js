// Points that stand closer than a finger is wide become one. Pure: points and a projection in, groups out.

const REACH = 46; // pixels
const SAME_SPOT = 1e-5; // degrees, about a metre

export function clusters(points, project) {
  const cells = new Map();
  const groups = [];
  for (const point of points) {
    const { x, y } = project(point);
    const [column, row] = [Math.floor(x / REACH), Math.floor(y / REACH)];
    let group = null;
    for (let i = column - 1; i <= column + 1 && !group; i += 1) {
      for (let j = row - 1; j <= row + 1 && !group; j += 1) {
        group = cells.get(`${i}/${j}`)?.find((each) => Math.hypot(each.x - x, each.y - y) < REACH) ?? null;
      }
    }
    if (!group) {
      group = { x, y, points: [] };
      groups.push(group);
      const key = `${column}/${row}`;
      cells.set(key, [...(cells.get(key) ?? []), group]);
    }
    group.points.push(point);
  }
  return groups.map(({ points: own }) => ({
    points: own,
    lat: own.reduce((sum, { lat }) => sum + lat, 0) / own.length,
    lon: own.reduce((sum, { lon }) => sum + lon, 0) / own.length,
    isOneSpot: own.length > 1 && own.every(({ lat, lon }) => Math.abs(lat - own[0].lat) < SAME_SPOT && Math.abs(lon - own[0].lon) < SAME_SPOT),
  }));
}
