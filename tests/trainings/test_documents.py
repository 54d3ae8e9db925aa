"""The certificate and the sign-in sheet: right words, right language, readable by a screen reader."""

import datetime
import io

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone

from tests.core.factories import OrganisationFactory
from tests.pdf_structure import faults_of, tags_of
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, MeetingFactory, SessionFactory, TrainerFactory
from trainings.attendance.documents import certificate_pdf, hours_shown, sign_in_sheet_pdf

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def assert_is_accessible(pdf: bytes, language: str, title: str, tags: set[str]) -> None:
    """For every reader (tests/pdf_structure.py), with these parts, and the words in its title."""
    assert faults_of(pdf, language=language) == []
    assert tags <= set(tags_of(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        assert title in metadata["dc:title"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Certificate of attendance", "from 3 February 2026 to 10 February 2026", "Hours attended: 5 h 40 of 6 h."]),
        ("fr", ["3 février 2026", "10 février 2026", "5 h 40"]),
        ("nl", ["3 februari 2026", "10 februari 2026", "5 h 40"]),
    ],
)
def test_the_certificate_speaks_the_language_of_the_participant(language: str, words: list[str]) -> None:
    certificate = CertificateFactory(name="Zoë d’Exemple", title="Écouter, onthalen", language=language, minutes=340)

    pdf = certificate_pdf(certificate)

    text = words_of(pdf)
    code = f"{certificate.code[:4]}-{certificate.code[4:8]}-{certificate.code[8:]}"
    for word in [*words, "Zoë d’Exemple", "Écouter, onthalen", code, f"/{language}/"]:
        assert word in text
    assert_is_accessible(pdf, language, "Écouter, onthalen", {"/H1", "/P", "/Link"})


def test_a_name_stays_text_whatever_somebody_typed() -> None:
    name = '#panic("x") $ \\ ] *bold* </w:t> "quoted"'
    text = words_of(certificate_pdf(CertificateFactory(name=name)))
    assert '#panic("x") $ \\ ] *bold* </w:t> "quoted"' in text.replace("“", '"').replace("”", '"')


SCRIPTS = {
    "chinese": "王小明",
    "japanese": "漢字 さくら",
    "korean": "김민수",
    "persian": "علی\u200cرضا محمدی",
    "arabic": "محمد العربي",
    "hebrew": "דנה כהן",
    "georgian": "გიორგი",
    "armenian": "Նարեկ",
    "amharic": "አበበ ቢቂላ",
    "hindi": "प्रिया शर्मा",
    "tamil": "தமிழ்",
    "thai": "สมชาย",
    "greek": "Γιάννης",
    "cyrillic": "Олександр Їжак",
    "vietnamese": "Đặng Văn Lâm",
    "emoji": "Zoé 🎉",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_in_any_script_of_brussels_is_printed_without_a_box(script: str) -> None:
    pdf = certificate_pdf(CertificateFactory(name=SCRIPTS[script]))
    assert b"pdfuaid" in pdf, "the standards allow no character without a font"


LONG = {
    "words": ("Maria del Carmen " * 7)[:118].strip(),
    "one word": "Abcdefghij" * 11 + "Abcdefgh",
    "wide letters": "W" * 118,
    "chinese": "王小明" * 39,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_name_and_title_shrink_or_break_and_stay_on_the_one_page(kind: str) -> None:
    name = LONG[kind]
    document = pypdfium2.PdfDocument(certificate_pdf(CertificateFactory(name=name, title=name)))
    assert len(document) == 1
    words = document[0].get_textpage()
    width = document[0].get_width()
    boxes = [words.get_charbox(index) for index in range(words.count_chars())]
    assert max(right for _left, _bottom, right, _top in boxes) <= width - 70, "within the margin"
    said = "".join(char for char in words.get_text_range() if not char.isspace() and char not in "\u200b\ufffe\u00ad")
    assert said.count(name.replace(" ", "")) == 2


@pytest.mark.parametrize("kind", LONG)
def test_a_long_name_does_not_run_over_the_next_column_of_the_sheet(kind: str) -> None:
    meeting = MeetingFactory()
    EnrolmentFactory(session=meeting.session, name=LONG[kind])
    page = pypdfium2.PdfDocument(sign_in_sheet_pdf(meeting))[0]
    words = page.get_textpage()
    # The column of signatures is empty for her: nothing stands beyond its left edge but its heading and the lines to fill in.
    edge = page.get_width() - (18 + 60) * 72 / 25.4
    names = [words.get_charbox(index) for index in range(words.count_chars()) if words.get_text_range(index, 1) in set(LONG[kind]) - {" "}]
    rows = [box for box in names if box[3] < page.get_height() * 0.7]
    assert rows
    assert not [box for box in rows if box[0] < edge < box[2]]


def test_the_same_certificate_has_the_same_bytes() -> None:
    certificate = CertificateFactory()
    assert certificate_pdf(certificate) == certificate_pdf(certificate)


def test_one_day_and_all_hours_are_said_as_such() -> None:
    day = datetime.date(2026, 2, 3)
    text = words_of(certificate_pdf(CertificateFactory(language="en", starts_on=day, ends_on=day)))
    assert "on 3 February 2026" in text
    assert "Hours attended: 6 h, the whole training." in text


def test_hours_are_shown_without_decimals() -> None:
    assert [hours_shown(minutes) for minutes in (60, 90, 5, 725)] == ["1 h", "1 h 30", "0 h 05", "12 h 05"]


def test_the_sign_in_sheet_lists_who_has_a_seat_in_the_language_of_the_session() -> None:
    starts_at = timezone.make_aware(datetime.datetime(2026, 2, 3, 9, 30))
    session = SessionFactory(meetings=0, language="nl")
    session.trainers.add(TrainerFactory(name="Camille Exemple"))
    meeting = MeetingFactory(session=session, starts_at=starts_at)
    organisation = OrganisationFactory(name_nl="Voorbeeldhuis")
    EnrolmentFactory(session=session, name="Dominique Confirmed", organisation=organisation)
    EnrolmentFactory(session=session, name="Somebody Waiting", is_waiting=True)
    EnrolmentFactory(session=session, name="Somebody Gone", is_cancelled=True)

    pdf = sign_in_sheet_pdf(meeting)

    text = words_of(pdf)
    assert "Smes" in text
    for word in ("Dominique Confirmed", "Voorbeeldhuis", "Camille Exemple", "dinsdag 3 februari 2026", "9.30", "12.30", session.reference):
        assert word in text
    assert "Somebody" not in text
    assert_is_accessible(pdf, "nl", session.name, {"/H1", "/Table", "/TH", "/TD"})


def test_the_sign_in_sheet_of_an_empty_session_can_still_be_printed() -> None:
    pdf = sign_in_sheet_pdf(SessionFactory(venue=None).meetings.get())
    assert_is_accessible(pdf, "fr", "", {"/Table"})
