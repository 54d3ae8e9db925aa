"""The report in files: nothing is a formula, small numbers stay inside, the PDF can be read by everybody."""

import csv
import io
from decimal import Decimal

import pikepdf
import pytest
from django.test import Client
from openpyxl import load_workbook

from core.files.tables import as_xlsx, csv_lines
from core.models import Sector
from tests.core.factories import SectorFactory
from tests.core.people import member, verified_browser_of
from tests.figures.asking import ask
from tests.figures.factories import SnapshotFactory

HOSTILE = ("=1+1", "+32", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")')


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def content_of(response: object) -> bytes:
    return b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content  # type: ignore[attr-defined]


def test_no_text_is_a_formula_in_a_table() -> None:
    rows = [[text, 7, Decimal("26.3"), None] for text in HOSTILE]
    sheet = load_workbook(io.BytesIO(as_xlsx(["=heading", "n", "share", "x"], rows))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert [sheet.cell(2, 2).value, sheet.cell(2, 3).value] == [7, 26.3]
    lines = read_csv(b"".join(csv_lines(["=heading", "n", "share", "x"], rows)))
    assert [line[0][0] for line in lines] == ["'"] * (len(HOSTILE) + 1)
    assert lines[1][1:] == ["7", "26.3", ""]


@pytest.mark.django_db
@pytest.mark.usefixtures("source")
class TestOfAYear:
    def test_the_table_has_every_number_and_the_public_one_no_small_one(self, direction: Client) -> None:
        for name, number in (("homeless", 9), ("housing", 3), ("drugs", 7)):
            ask(number, sector=SectorFactory(slug=name, name_en=f"={name}"))
        rows = read_csv(content_of(direction.get("/admin/report/2024/figures.csv")))
        assert {row[4]: row[6] for row in rows if row[2] == "test_sector" and row[4]} == {
            "'=homeless": "9",
            "'=drugs": "7",
            "'=housing": "3",
        }
        public = read_csv(content_of(direction.get("/admin/report/2024/figures.csv?public=1")))
        assert [row[6] for row in public if row[2] == "test_sector" and row[4]] == ["9", "10"]

    def test_rows_as_a_file_are_the_rows_of_the_screen(self) -> None:
        boss = verified_browser_of(member("Direction", "Map"))
        [first, *_others] = ask(3, sector=SectorFactory(slug="homeless"))
        Sector.objects.update(name_en="=cmd")
        content = content_of(boss.get("/admin/report/2024/test_sector/rows.xlsx?part=homeless"))
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet.max_row == 4
        assert first.name_fr in [cell.value for cell in sheet["A"]]
        assert verified_browser_of(member("Direction")).get("/admin/report/2024/test_sector/rows.xlsx?part=homeless").status_code == 302

    def test_the_pdf_is_tagged_and_in_the_language_asked(self, direction: Client) -> None:
        ask(9, sector=SectorFactory(slug="homeless", name_nl="Dakloosheid"))
        ask(3, sector=SectorFactory(slug="housing", name_nl="Huisvesting"))
        answer = direction.get("/admin/report/2024/figures.pdf?language=nl")
        with pikepdf.open(io.BytesIO(content_of(answer))) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "nl"
            with document.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"

    @pytest.mark.parametrize("path", ["2024/figures.doc", "2024/figures.pdf?language=xx"])
    def test_another_file_is_not_found(self, direction: Client, path: str) -> None:
        assert direction.get(f"/admin/report/{path}", follow=True).status_code == 404

    def test_an_approved_version_as_a_file_is_for_who_sees_its_programmes(self, direction: Client, coordinator: Client) -> None:
        snapshot = SnapshotFactory(version=1)
        path = f"/admin/report/approved/{snapshot.pk}/figures.xlsx"
        assert direction.get(path).status_code == 200
        assert coordinator.get(path, follow=True).status_code == 404
