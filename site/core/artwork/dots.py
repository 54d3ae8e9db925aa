"""The tile drawings as bitmaps, for mails and social media, which do not show SVG."""

import math
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from core.artwork.tiles import Arc, Thread, draw_threads

# Drawn larger and made smaller: that is what makes the curves smooth.
SCALE = 3
COLOURS = 64


@lru_cache(maxsize=64)
def threads_png(seed: str, columns: int, rows: int, tile: int, ground: str, hues: tuple[str, ...], faint: str) -> bytes:
    """Hanging threads on a ground, the longest ones in `hues`, the others `faint`. The same arguments give the same bytes."""
    image = Image.new("RGB", (columns * tile * SCALE, rows * tile * SCALE), ground)
    pen = ImageDraw.Draw(image)
    threads = [thread for thread in draw_threads(seed, columns, rows, is_hanging=True) if len(thread.arcs) >= 4]
    for number, thread in reversed(list(enumerate(threads))):
        _draw(pen, thread, tile * SCALE / 2, hues[number] if number < len(hues) else faint)
    small = image.resize((columns * tile, rows * tile), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.quantize(colors=COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, thread: Thread, unit: float, colour: str) -> None:
    width = unit * 0.32
    for arc in thread.arcs:
        x, y, reach = arc.centre[0] * unit, arc.centre[1] * unit, unit + width / 2
        begin, end = _angles(arc)
        pen.arc((x - reach, y - reach, x + reach, y + reach), begin - 1, end + 1, fill=colour, width=round(width))
        for point in (arc.start, arc.end):
            left, top = point[0] * unit - width / 2, point[1] * unit - width / 2
            pen.ellipse((left, top, left + width, top + width), fill=colour)


def _angles(arc: Arc) -> tuple[float, float]:
    """Clockwise, as Pillow counts."""
    begin, end = (math.degrees(math.atan2(point[1] - arc.centre[1], point[0] - arc.centre[0])) for point in (arc.start, arc.end))
    if not arc.is_clockwise:
        begin, end = end, begin
    return begin, end if end > begin else end + 360
