from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cartography.geo.drawing import basemap_json, basemap_svg


class Command(BaseCommand):
    """Makes the two files of the basemap from cartography/geodata."""

    help = "Write static/map/basemap.json and static/map/belgium.svg from cartography/geodata/basemap.topojson."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "static" / "map"
        folder.mkdir(exist_ok=True)
        for name, text in (("basemap.json", basemap_json()), ("belgium.svg", basemap_svg())):
            (folder / name).write_text(text, "utf-8")
            self.stdout.write(f"{name}: {len(text.encode())} bytes")
