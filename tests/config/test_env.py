"""Values of the environment: typed, and named when they are wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "SMES_TEST_VALUE"


def test_a_missing_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.text(NAME)
    assert env.text(NAME, "default") == "default"


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " smes.be, www.smes.be ,,")
    assert env.strings(NAME) == ["smes.be", "www.smes.be"]


@pytest.mark.parametrize(("written", "meant"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False), ("", False)])
def test_flags_are_yes_or_no(monkeypatch: pytest.MonkeyPatch, written: str, meant: bool) -> None:
    monkeypatch.setenv(NAME, written)
    assert env.flag(NAME) is meant


@pytest.mark.parametrize(("read", "wrong"), [(env.flag, "perhaps"), (lambda name: env.number(name, 0), "many")])
def test_a_wrong_value_stops_the_start(monkeypatch: pytest.MonkeyPatch, read: object, wrong: str) -> None:
    monkeypatch.setenv(NAME, wrong)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}.*{wrong}"):
        read(NAME)  # type: ignore[operator]


def test_a_secret_is_made_once_and_kept_for_its_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    kept = tmp_path / "var" / "secret"
    first = env.kept_secret(NAME, kept)
    assert len(first) > 50
    assert env.kept_secret(NAME, kept) == first
    assert kept.stat().st_mode & 0o077 == 0
    monkeypatch.setenv(NAME, "given")
    assert env.kept_secret(NAME, kept) == "given"


def test_networks_are_read_and_a_wrong_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETWORKS", "10.0.0.0/8, fd00::/8")
    assert env.networks("NETWORKS") == ["10.0.0.0/8", "fd00::/8"]
    monkeypatch.setenv("NETWORKS", "10.0.0.1/8")
    with pytest.raises(ImproperlyConfigured, match=r"NETWORKS must hold networks .* not '10.0.0.1/8'"):
        env.networks("NETWORKS")
