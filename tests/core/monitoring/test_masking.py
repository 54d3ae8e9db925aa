"""The last net: what must not stay in a log line, and what must."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.test import RequestFactory

from core.monitoring.formatters import LineFormatter
from core.monitoring.masking import MaskingFilter, masked, masked_traceback, without_quotes

TOKEN = "kR3w-9xQbT1uVz8LmN0pYs5dFg7hJk2aCe4oXi6_uWq"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("550 5.1.1 <camille.dupont+x@example.org>: no such user", "550 5.1.1 <…>: no such user"),
        ("to=camille%40example.org&x=1", "to=…&x=1"),
        ("no mailbox Zoé@exämple.be", "no mailbox …"),
        ("call +32 2 555 12 34 now", "call … now"),
        ("call 0478/12.34.56 now", "call … now"),
        ("02 555 12 34", "…"),
        (f"Internal Server Error: /fr/mon-inscription/{TOKEN}/", "Internal Server Error: /fr/mon-inscription/…/"),
        ("key aB3dE6gH9jK2mN5pQ8sT1v", "key …"),
        ("Task id=0b0e7f4e-8c1b-4c0e-9a57-3b1f0d0a1234 state=FAILED", "Task id=0b0e7f4e-8c1b-4c0e-9a57-3b1f0d0a1234 state=FAILED"),
        ("2026-12-01 10:15:00 a SMTPServerDisconnected of ContentSecurityPolicyMiddleware", None),
        ("/fr/formations/prevenir-les-expulsions-a-bruxelles/", None),
        ("trainings_organisations:inspect 200 in 1234 ms, 00:00:10", None),
    ],
)
def test_addresses_numbers_and_secrets_go_and_words_of_code_stay(line: str, kept: str | None) -> None:
    assert masked(line) == (line if kept is None else kept)


def test_what_is_quoted_goes_but_names_of_the_database_stay() -> None:
    assert (
        without_quotes("""constraint "core_attempt_once" of 'Camille Dupont' and « Zoé »""") == 'constraint "core_attempt_once" of … and …'
    )


def failure(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as raised:  # noqa: BLE001, RUF100 (any kind is tried)
        return raised


DETAIL = 'duplicate key value violates unique constraint "trainings_person_once"\nDETAIL:  Key (name)=(Camille Dupont) already exists.'


@pytest.mark.parametrize(
    ("error", "last_line"),
    [
        (ValueError("could not enrol Camille Dupont"), "ValueError"),
        (KeyError("Camille Dupont"), "KeyError"),
        (IntegrityError(DETAIL), 'django.db.utils.IntegrityError: duplicate key value violates unique constraint "trainings_person_once"'),
        (AttributeError("'NoneType' object has no attribute 'pk'"), "AttributeError: 'NoneType' object has no attribute 'pk'"),
        (OSError(28, "No space left on device", "/srv/Camille Dupont.pdf"), "OSError: [Errno 28] No space left on device: …"),
    ],
    ids=["ours", "key", "database", "code", "disk"],
)
def test_an_exception_says_where_and_what_but_not_whom(error: Exception, last_line: str) -> None:
    text = masked_traceback(failure(error))
    assert text.splitlines()[-1] == last_line
    assert "in failure" in text
    assert "Camille" not in text


def test_the_whole_chain_is_told() -> None:
    text = masked_traceback(failure(RuntimeError("Camille"), cause=failure(ValueError("Dupont"))))
    assert [line for line in text.splitlines() if line.endswith("Error")] == ["ValueError", "RuntimeError"]


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger behind the net, and what it wrote."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(MaskingFilter())
    handler.setFormatter(LineFormatter())
    logger = logging.getLogger("tests.masking")
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)


def test_nobody_forges_a_second_line(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.error("Invalid host %s", "x\r\n2026-12-01 INFO all is well")
    assert len(written.getvalue().splitlines()) == 1


def test_the_path_of_a_failed_request_is_told_by_its_route(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    request = RequestFactory().get("/fr/mon-inscription/secret/")
    logger.error("Internal Server Error: %s", request.path, extra={"request": request})
    assert "Internal Server Error: unmatched" in written.getvalue()


def test_other_handlers_still_get_the_record_as_it_was(log: tuple[logging.Logger, io.StringIO], caplog: pytest.LogCaptureFixture) -> None:
    logger, written = log
    logger.error("to %s", "camille@example.org")
    assert "camille" not in written.getvalue()
    assert caplog.messages == ["to camille@example.org"]
