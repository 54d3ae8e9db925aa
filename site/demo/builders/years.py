"""Turns the sheet of a year into the streams of its page."""

from typing import Any

from demo.builders.bodies import Body, key_figures, raw
from demo.reading import Text

Sheet = dict[str, Any]


def year_streams(sheet: Sheet, body: Body) -> dict[str, str]:
    """Shape: {field of the page: stream as its column holds it}."""
    return {
        "opening": raw(body.build(sheet["opening"])),
        "programmes": raw([("programme", _programme(each, body)) for each in sheet["programmes"]]),
        "stories": raw([("story", _linked(each, body)) for each in sheet["stories"]]),
        "outlook": raw([("outlook", _linked(each, body)) for each in sheet["outlook"]]),
        "funding": raw(body.build(sheet["funding"])),
        "sources": raw(body.build(sheet["sources"])),
        "tables": raw([("tables", _tables(each, body)) for each in sheet["tables"]]),
    }


def _linked(each: Sheet, body: Body) -> Sheet:
    """What a programme, a story and an outlook share."""
    [(_, text)] = body.build(each["text"])
    [(_, links)] = body.build([{"links": each["links"]}])
    return {"programme": each["programme"], "title": body.text_of(each["title"]), "text": text, "links": links}


def _programme(each: Sheet, body: Body) -> Sheet:
    charts = [value for _name, value in body.build([{"chart": chart} for chart in each["charts"]])]
    return _linked(each, body) | {"key_figures": [key_figures(each["figures"], body.text_of)], "charts": charts}


def _tables(each: Sheet, body: Body) -> Sheet:
    return {"title": body.text_of(each["title"]), "tables": [_table(table, body) for table in each["tables"]]}


def _table(table: Sheet, body: Body) -> Sheet:
    unit: Text | None = table.get("unit")
    rows = key_figures(table["rows"], body.text_of)
    return {
        "title": body.text_of(table["title"]),
        "unit": body.text_of(unit) if unit else "",
        "rows": rows["figures"],
        "year": rows["year"],
        "source": rows["source"],
    }
