"""Spreadsheets as the back-office exports them."""

from io import BytesIO
from typing import Any

from django.test import Client
from openpyxl import load_workbook


def sheet(client: Client, path: str, **query: Any) -> list[list[Any]]:
    content = b"".join(client.get(path, {"export": "xlsx"} | query).streaming_content)  # type: ignore[attr-defined]
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]
