"""Turns the sheet of a year into the streams of its page."""

from typing import Any

from demo.builders.bodies import SOURCE, YEAR, Body, key_figures, raw
from demo.reading import Text

Sheet = dict[str, Any]


def year_streams(sheet: Sheet, body: Body) -> dict[str, str]:
    """Shape: {field of the page: stream as its column holds it}."""
    return {
        "opening": raw(body.build(sheet["opening"])),
        "programmes": raw([("programme", _programme(each, body)) for each in sheet["programmes"]]),
        "stories": raw([("story", _headed(each, body) | {"links": _links(each, body)}) for each in sheet["stories"]]),
        "outlook": raw([("outlook", _headed(each, body)) for each in sheet["outlook"]]),
        "funding": raw(body.build(sheet["funding"])),
        "sources": raw(body.build(sheet["sources"])),
        "tables": raw([("tables", _tables(each, body)) for each in sheet["tables"]]),
    }


def _headed(each: Sheet, body: Body) -> Sheet:
    [(_name, text)] = body.build(each["text"])
    return {"programme": each["programme"], "title": body.text_of(each["title"]), "text": text}


def _programme(each: Sheet, body: Body) -> Sheet:
    charts = [value for _name, value in body.build([{"chart": chart} for chart in each["charts"]])]
    return _headed(each, body) | {
        "key_figures": [key_figures(each["figures"], body.text_of)],
        "charts": charts,
        "links": _links(each, body),
    }


def _links(each: Sheet, body: Body) -> list[Sheet]:
    [(_name, links)] = body.build([{"links": each["links"]}])
    return list(links)


def _tables(each: Sheet, body: Body) -> Sheet:
    tables = [_table(table, body) for table in each["tables"]]
    return {"title": body.text_of(each["title"]), "tables": tables, "year": YEAR, "source": body.text_of(SOURCE)}


def _table(table: Sheet, body: Body) -> Sheet:
    unit: Text | None = table.get("unit")
    return {
        "title": body.text_of(table["title"]),
        "unit": body.text_of(unit) if unit else "",
        "rows": key_figures(table["rows"], body.text_of)["figures"],
    }
