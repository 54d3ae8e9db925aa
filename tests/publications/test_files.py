"""An editor uploads a file: a good one becomes the current version, a bad one is refused in words and leaves nothing."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation

from publications.enums import FileState, Refusal
from publications.files.pdf import inspect
from publications.files.pdf.inspect import Reading, inspect_pdf, inspect_pdfs
from publications.files.reading import accept_reading, read_file
from publications.files.upload import LARGEST, FileRefused, quick_check, upload_file
from publications.models import EditionFile, PageText
from publications.signals import file_uploaded
from tests.publications import pdfs
from tests.publications.factories import EditionFactory, EditionFileFactory
from tests.publications.pdfs import changed, good_pdf, many_pages, no_page, upload

pytestmark = pytest.mark.django_db

BAD = {
    "encrypted": changed(password="secret"),
    "scripted": changed(pdfs.run_a_script),
    "scripted, deep inside": changed(pdfs.hide_a_script),
    "scripted, launches a program": changed(pdfs.launch_a_program),
    "scripted, carries a file": changed(pdfs.carry_a_file),
    "scripted, carries a file no list names": changed(pdfs.hide_a_file),
    "scripted, a form of its own": changed(pdfs.be_a_form),
    "broken": good_pdf()[:900],
    "broken, only a header": b"%PDF-1.7\n" + b"\x00" * 4000,
    "empty": no_page(),
    "too_long": many_pages(1001),
    "too_long, one huge page": changed(pdfs.grow_a_page),
}


def stored() -> set[str]:
    folder = Path(storages["private"].location)  # type: ignore[attr-defined]
    return {str(path) for path in folder.rglob("*") if path.is_file()}


def uploaded(content: bytes, **more: Any) -> EditionFile:
    """Uploaded, then read as the worker does."""
    file = upload_file(edition=more.pop("edition", None) or EditionFactory(**more), upload=upload(content), now=timezone.now())
    read_file(file_id=file.pk)
    file.refresh_from_db()
    return file


def test_a_good_file_becomes_the_current_version_and_the_editor_sees_what_it_is() -> None:
    content = good_pdf()
    file = uploaded(content)
    assert file.state == FileState.READY
    assert (file.page_count, file.is_tagged, file.pdf_language, file.pdf_title) == (1, True, "fr", "Étiquettes d’essai")
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.edition.current_file == file
    assert file.cover.read()[8:12] == b"WEBP"


def test_its_words_are_kept_page_by_page_and_under_both_languages_of_a_bilingual_edition() -> None:
    file = uploaded(good_pdf(["Une muselière, een muilkorf"]), languages=["fr", "nl"])
    assert [(text.page, text.language) for text in PageText.objects.filter(file=file).order_by("language")] == [(1, "fr"), (1, "nl")]
    assert "muselière" in PageText.objects.filter(file=file)[0].text
    assert "museliere" in PageText.objects.filter(file=file)[0].folded


def test_a_file_that_is_not_tagged_is_accepted_and_known_as_such() -> None:
    assert uploaded(changed(pdfs.lose_the_tags)).is_tagged is False


@pytest.mark.parametrize(("step", "title", "language"), [(pdfs.say_nul, "Un titre", "f r"), (pdfs.say_lists, "", "")])
def test_a_file_that_says_odd_things_of_itself_does_not_stay_in_the_queue(step: Any, title: str, language: str) -> None:
    """PostgreSQL holds no NUL: the task failed each time it ran, and the editor read "being checked" for ever."""
    file = uploaded(changed(step))
    assert (file.state, file.pdf_title, file.pdf_language) == (FileState.READY, title, language)


def test_only_the_beginning_of_a_very_long_page_is_read() -> None:
    (page,) = PageText.objects.filter(file=uploaded(changed(pdfs.never_stop_talking)))
    assert 59_000 < len(page.text) <= 60_000


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_its_reason_and_nothing_of_it_is_kept(
    content: bytes, request: pytest.FixtureRequest, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    good = uploaded(good_pdf())
    with django_capture_on_commit_callbacks(execute=True):
        file = uploaded(content, edition=good.edition)
    reason = request.node.callspec.id.partition(",")[0]
    assert (file.state, file.refusal) == (FileState.REFUSED, reason)
    assert not file.file
    assert not file.cover
    assert not PageText.objects.filter(file=file).exists()
    good.edition.refresh_from_db()
    assert good.edition.current_file == good, "the version before stays"
    assert stored() - before == {good.file.path, good.cover.path}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_refusal_says_what_to_do_in_the_language_of_the_editor(language: str) -> None:
    with translation.override("en"):
        english = {str(reason.label) for reason in Refusal}
    with translation.override(language):
        assert not english & {str(reason.label) for reason in Refusal}


def test_what_is_no_pdf_is_refused_at_once_whatever_its_name() -> None:
    before = stored()
    with pytest.raises(FileRefused) as refusal:
        upload_file(edition=EditionFactory(), upload=upload(b"MZ\x90 a program", "brochure.pdf"), now=timezone.now())
    assert refusal.value.reason == Refusal.NOT_PDF
    assert not EditionFile.objects.exists()
    assert stored() == before


def test_a_file_of_more_than_40_mb_is_refused_before_it_is_read() -> None:
    big = upload(good_pdf())
    big.size = LARGEST + 1
    with pytest.raises(FileRefused) as refusal:
        quick_check(big)
    assert refusal.value.reason == Refusal.TOO_LARGE


def test_a_file_that_keeps_its_reader_busy_is_given_up_and_the_worker_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time\ntime.sleep(30)\n")
    monkeypatch.setattr(inspect, "READER", sleeper)
    (reading,) = inspect_pdfs([(tmp_path / "x.pdf", tmp_path / "x.webp")], seconds=1)
    assert reading.refusal == Refusal.TOO_SLOW


def test_a_file_that_kills_its_reader_is_refused_and_the_worker_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killer = tmp_path / "killer.py"
    killer.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(inspect, "READER", killer)
    assert inspect_pdf(tmp_path / "x.pdf", cover=tmp_path / "x.webp").refusal == Refusal.BROKEN


def test_reading_a_file_twice_changes_nothing() -> None:
    """The worker may be killed just after it was done; the task then runs again."""
    file = uploaded(good_pdf())
    assert read_file(file_id=file.pk) == FileState.READY
    assert PageText.objects.filter(file=file).count() == 1


def test_a_newer_version_replaces_the_current_one_and_an_older_one_that_is_read_late_does_not() -> None:
    edition = EditionFactory()
    first = upload_file(edition=edition, upload=upload(good_pdf(["un"])), now=timezone.now())
    second = upload_file(edition=edition, upload=upload(good_pdf(["deux"])), now=timezone.now())
    assert (first.number, second.number) == (1, 2)
    read_file(file_id=second.pk)
    read_file(file_id=first.pk)
    edition.refresh_from_db()
    assert edition.current_file == second


def test_an_upload_whose_transaction_fails_leaves_no_bytes_behind() -> None:
    before = stored()

    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    file_uploaded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            upload_file(edition=EditionFactory(), upload=upload(good_pdf()), now=timezone.now())
    finally:
        file_uploaded.disconnect(fail)
    assert stored() == before


def test_a_reading_that_cannot_be_written_leaves_no_cover_behind() -> None:
    file = upload_file(edition=EditionFactory(), upload=upload(good_pdf()), now=timezone.now())
    before = stored()
    with pytest.raises(DataError):
        accept_reading(file_id=file.pk, reading=Reading(page_count=1, title="x" * 300), cover=b"RIFF....WEBP")
    assert stored() == before
    assert read_file(file_id=file.pk) == FileState.READY, "the worker tries once more"


def test_the_nightly_check_finds_a_changed_and_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    good, altered, lost = uploaded(good_pdf()), uploaded(good_pdf()), uploaded(good_pdf())
    call_command("run_duties", only=["check_files"])
    assert "3 files, all as they came" in capsys.readouterr().out
    Path(altered.file.path).write_bytes(b"%PDF-1.7 something else")
    Path(lost.file.path).unlink()
    with pytest.raises(CommandError, match="check_files"):
        call_command("run_duties", only=["check_files"])
    told = capsys.readouterr().out
    assert "2 damaged files" in told
    assert f"{altered.file.name} (changed)" in told
    assert f"{lost.file.name} (missing)" in told
    assert good.file.name not in told


def test_a_refused_file_cannot_keep_bytes_whoever_writes_the_row() -> None:
    file = EditionFileFactory()
    with pytest.raises(IntegrityError, match="refused_keeps_nothing"), transaction.atomic():
        EditionFile.objects.filter(pk=file.pk).update(state=FileState.REFUSED, refusal=Refusal.BROKEN)
