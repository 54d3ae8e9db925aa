"""Open data in GeoJSON and CSV, streamed, with the filters of the list."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cartography.directory.entries import Entry
from cartography.directory.listing import DIRECTORY
from cartography.models import Place
from cartography.open_data.geojson import brief_collection, csv_lines, feature_collection
from cartography.open_data.records import open_records
from core import clock
from core.browsing.state import State
from core.languages import current_language
from core.web.throttle import count_document

FRESH_FOR = "public, max-age=300"


def _found(request: HttpRequest) -> list[Entry]:
    state = State.from_query(request.GET, DIRECTORY)
    entries: list[Entry] = Place.objects.found(state, language=current_language(), today=clock.today())
    return entries


@require_safe
def geojson(request: HttpRequest) -> StreamingHttpResponse:
    """RFC 7946. `?brief=1` is what our own map reads: names and points only."""
    entries = _found(request)
    if "brief" in request.GET:
        for entry in entries:
            entry.url = reverse("cartography:place", args=[entry.slug])
        return _streamed(brief_collection(entries), "application/geo+json")
    count_document(request)
    about = {"generated": clock.now().isoformat(timespec="seconds"), "source": request.build_absolute_uri(request.path)}
    return _streamed(feature_collection(open_records([entry.page_id for entry in entries]), about=about), "application/geo+json", "geojson")


@require_safe
def csv(request: HttpRequest) -> StreamingHttpResponse:
    """For spreadsheets and programs."""
    count_document(request)
    return _streamed(csv_lines(open_records([entry.page_id for entry in _found(request)])), "text/csv; charset=utf-8", "csv")


@require_safe
def belgian_csv(request: HttpRequest) -> StreamingHttpResponse:
    """For a spreadsheet that is set to Belgium: it opens the standard one in a single column."""
    count_document(request)
    lines = csv_lines(open_records([entry.page_id for entry in _found(request)]), is_belgian=True)
    return _streamed(lines, "text/csv; charset=utf-8", "csv")


def _streamed(pieces: Iterator[str], content_type: str, ending: str = "") -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Cache-Control"] = FRESH_FOR
    response["X-Robots-Tag"] = "noindex"
    # Open data, without cookies or log-in: maps and notebooks on other sites may read it.
    response["Access-Control-Allow-Origin"] = "*"
    if ending:
        response["Content-Disposition"] = f'attachment; filename="smes-peer-support-{clock.today().isoformat()}.{ending}"'
    return response
