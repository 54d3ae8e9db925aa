"""Settings per environment, each read in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

NAMES = [
    "DEBUG",
    "DEMO",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "SECURE_CSP",
    "MAILERS",
    "TRUSTED_PROXY_COUNT",
    "SECOND_FACTOR_FOR_SUPERUSERS",
    "WAGTAIL_GRAVATAR_PROVIDER_URL",
    "WAGTAIL_ENABLE_UPDATE_CHECK",
    "WAGTAILADMIN_BASE_URL",
    "FORM_FASTEST_SECONDS",
    "SESSION_COOKIE_HTTPONLY",
    "X_FRAME_OPTIONS",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
]
PRINT = (
    "import json, sys; from django.conf import settings as s; "
    "print(json.dumps({n: getattr(s, n, None) for n in sys.argv[1:]}, default=str))"
)
PUBLIC = {
    "SECRET_KEY": "k" * 60,
    "ADDRESS_HASH_KEY": "h" * 60,
    "NOTES_KEYS": "n" * 60,
    "ALLOWED_HOSTS": "smes.be,www.smes.be",
    "BASE_URL": "https://smes.be",
    "SMTP_HOST": "mail.example.org",
    "DATABASE_URL": "postgresql://nobody@localhost/none",
}


def read(root: Path, name: str, folder: Path, *, names: Sequence[str] = NAMES, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{root}:{root / 'site'}", "VAR_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", PRINT, *names],
        env=clean | {"DJANGO_SETTINGS_MODULE": f"config.settings.{name}"} | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def values(root: Path, name: str, folder: Path, *, names: Sequence[str] = NAMES, **environment: str) -> dict[str, Any]:
    result = read(root, name, folder, names=names, **environment)
    assert result.returncode == 0, result.stderr[-2000:]
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_public_server_is_locked_down(root: Path, tmp_path: Path) -> None:
    found = values(root, "production", tmp_path, **PUBLIC)
    assert found["DEBUG"] is False
    assert not found["DEMO"], "the mailbox page does not exist there"
    assert found["ALLOWED_HOSTS"] == ["smes.be", "www.smes.be"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://smes.be", "https://www.smes.be"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_HTTPONLY"]
    assert found["SECOND_FACTOR_FOR_SUPERUSERS"]
    assert not found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
    assert found["MAILERS"]["default"]["OPTIONS"]["use_tls"] is True
    assert found["TRUSTED_PROXY_COUNT"] == 1
    assert found["FORM_FASTEST_SECONDS"] >= 2


@pytest.mark.parametrize("missing", ["SECRET_KEY", "NOTES_KEYS", "BASE_URL", "SMTP_HOST"])
def test_the_public_server_does_not_start_without_what_it_needs(root: Path, tmp_path: Path, missing: str) -> None:
    result = read(root, "production", tmp_path, **{name: value for name, value in PUBLIC.items() if name != missing})
    assert result.returncode != 0
    assert missing in result.stderr.splitlines()[-1]


def test_the_demo_keeps_its_mail_and_its_secret_at_home(root: Path, tmp_path: Path) -> None:
    found = values(root, "demo", tmp_path, PORT="8123")
    assert found["DEBUG"] is False
    assert found["DEMO"]
    assert found["MAILERS"]["default"]["BACKEND"] == "core.mail.mailbox.MailboxBackend"
    assert found["WAGTAILADMIN_BASE_URL"] == "http://localhost:8123"
    assert "*" not in found["ALLOWED_HOSTS"]
    assert (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("name", ["dev", "test", "demo", "production"])
def test_nobody_elses_server_is_asked_anywhere(root: Path, tmp_path: Path, name: str) -> None:
    found = values(root, name, tmp_path, **PUBLIC)
    assert found["WAGTAIL_GRAVATAR_PROVIDER_URL"] is None
    assert found["WAGTAIL_ENABLE_UPDATE_CHECK"] is False
    sources = {source for directive in found["SECURE_CSP"].values() for source in directive}
    assert not {source for source in sources if "://" in str(source) or "unsafe" in str(source) or "*" in str(source)}
