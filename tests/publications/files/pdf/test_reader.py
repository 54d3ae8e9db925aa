"""What the links and the descriptions of an uploaded file say: harmful ones are refused for their reason, odd ones are read."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from publications.enums import Refusal
from publications.files.pdf import reader
from publications.files.pdf.inspect import Reading, inspect_pdf
from tests.publications.pdfs import changed

INPUTS = Path(__file__).with_name("inputs")


def reading_of(content: bytes, folder: Path) -> Reading:
    path = folder / "file.pdf"
    path.write_bytes(content)
    return inspect_pdf(path, cover=folder / "cover.webp")


def link(action: Dictionary) -> Callable[[Pdf], None]:
    """A step: a link on the first page that does `action` when somebody clicks."""

    def step(document: Pdf) -> None:
        document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])

    return step


def web(url: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=url)


def opened_then(action: Dictionary) -> Callable[[Pdf], None]:
    """A step: the document first shows a page, then does `action`, by itself."""

    def step(document: Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(Dictionary(S=Name.GoTo, D="x", Next=Array([action])))

    return step


def when_a_page_opens(url: str) -> Callable[[Pdf], None]:
    def step(document: Pdf) -> None:
        document.pages[0].AA = document.make_indirect(Dictionary(O=document.make_indirect(web(url))))

    return step


def entry(name: str, value: pikepdf.Object) -> Callable[[Pdf], None]:
    """A step: the document as a whole says `value` under `name`."""

    def step(document: Pdf) -> None:
        document.Root[name] = value

    return step


HARMFUL = {
    "javascript": link(web("javascript:alert(1)")),
    "javascript with a tab in it": link(web(" java\tscript:alert(1)")),
    "capitals": link(web("JavaScript:alert(1)")),
    "file": link(web("file:///C:/Users/x/notes.docx")),
    "drive": link(web("C:\\Users\\x\\notes.docx")),
    "share": link(web("\\\\attacker.example\\share")),
    "data": link(web("data:text/html,<script>1</script>")),
    "another program": link(web("ms-word:ofe|u|https://attacker.example/x")),
    "base": entry("/URI", Dictionary(Base="file:///")),
    "another file": link(Dictionary(S=Name.GoToR, F="chapter-2.pdf", D=Array([0, Name.Fit]))),
    "another file, by its specification": link(Dictionary(S=Name.GoToR, F=Dictionary(Type=Name.Filespec, UF="//attacker.example/x"))),
    "a file specification alone": lambda document: document.Root.__setitem__(
        "/X", Dictionary(Type=Name.Filespec, F="\\\\attacker.example\\x")
    ),
    "web page when it opens": opened_then(web("https://attacker.example/")),
    "web page when a page opens": when_a_page_opens("https://attacker.example/"),
}
HARMLESS = {
    "web": link(web("https://smes.be/fr/?a=1")),
    "mail": link(web("mailto:info@smes.be")),
    "phone": link(web("tel:+3225385887")),
    "without a scheme": link(web("www.smes.be")),
    "relative": link(web("fr/formations")),
    "inside the file": link(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))),
    "page shown when it opens": opened_then(Dictionary(S=Name.GoTo, D="x")),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_link_that_leads_to_a_computer_or_opens_by_itself_refuses_the_file(name: str, tmp_path: Path) -> None:
    assert reading_of(changed(HARMFUL[name]), tmp_path).refusal == Refusal.LEADING_AWAY


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("file", "file:///C:/Users/x/notes.docx"),
        ("another file", "chapter-2.pdf"),
        ("another file, by its specification", "//attacker.example/x"),
        ("web page when it opens", "https://attacker.example/"),
        ("web page when a page opens", "https://attacker.example/"),
    ],
)
def test_the_refusal_names_the_link_so_that_it_can_be_found(name: str, named: str, tmp_path: Path) -> None:
    assert reading_of(changed(HARMFUL[name]), tmp_path).detail == named


@pytest.mark.parametrize("name", HARMLESS)
def test_a_link_to_the_web_or_inside_the_file_passes(name: str, tmp_path: Path) -> None:
    assert reading_of(changed(HARMLESS[name]), tmp_path).refusal == ""


@pytest.mark.control
@pytest.mark.parametrize("name", HARMFUL)
def test_without_the_check_of_links_they_all_pass(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file.pdf").write_bytes(changed(HARMFUL[name]))
    monkeypatch.setattr(reader, "_leads_away", lambda dictionary: "")
    assert "refusal" not in reader.read(tmp_path / "file.pdf", tmp_path / "cover.webp")


@pytest.mark.parametrize(
    ("name", "refusal", "title"),
    [
        ("gotor-unc.pdf", Refusal.LEADING_AWAY, ""),
        ("openaction-uri.pdf", Refusal.LEADING_AWAY, ""),
        ("owner-password.pdf", "", ""),
        ("xmp-title-bag.pdf", "", "A title"),
    ],
)
def test_files_found_by_a_review(name: str, refusal: str, title: str, tmp_path: Path) -> None:
    reading = reading_of((INPUTS / name).read_bytes(), tmp_path)
    assert (reading.refusal, reading.title) == (refusal, title)


def protected(**how: str) -> bytes:
    target = io.BytesIO()
    pikepdf.open(io.BytesIO(changed())).save(target, encryption=pikepdf.Encryption(**how))
    return target.getvalue()


def test_a_file_that_opens_without_a_password_is_read_whatever_its_author_forbids(tmp_path: Path) -> None:
    reading = reading_of(protected(user="", owner="secret"), tmp_path)
    assert (reading.refusal, reading.page_count, reading.title) == ("", 1, "Étiquettes d’essai")
    assert "Maison d’exemple" in reading.texts[0]
    assert (tmp_path / "cover.webp").exists()


def test_a_file_that_asks_for_a_password_is_refused_for_that(tmp_path: Path) -> None:
    assert reading_of(protected(user="secret", owner="secret"), tmp_path).refusal == Refusal.ENCRYPTED


def test_a_file_that_asks_for_a_certificate_is_not_called_damaged(tmp_path: Path) -> None:
    content = protected(user="", owner="secret").replace(b"/Filter /Standard", b"/Filter /Adobe.PS")
    assert reading_of(content, tmp_path).refusal == Refusal.ENCRYPTED


def test_an_odd_mark_of_tags_is_no_damage(tmp_path: Path) -> None:
    reading = reading_of(changed(entry("/MarkInfo", Array([1]))), tmp_path)
    assert (reading.refusal, reading.is_tagged) == ("", False)
