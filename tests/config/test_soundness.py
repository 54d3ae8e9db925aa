"""A public server that would be unsafe does not start, and says all that is wrong at once."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.soundness import problems, refuse_unsound
from tests.config.test_settings import PUBLIC

# What was set, and how the one sentence about it begins. None takes a variable away.
UNSOUND: dict[str, tuple[dict[str, str | None], str]] = {
    **{f"no {name}": ({name: None}, f"{name} is missing") for name in PUBLIC},
    "an empty list": ({"NOTES_KEYS": " , "}, "NOTES_KEYS is missing"),
    "a short key": ({"SECRET_KEY": "k3y-0f-s1gnatures"}, "SECRET_KEY is too short"),
    "a short key of hashes": ({"ADDRESS_HASH_KEY": "k3y-0f-hashes"}, "ADDRESS_HASH_KEY is too short"),
    "one short key of two": ({"NOTES_KEYS": f"{PUBLIC['NOTES_KEYS']},short"}, "NOTES_KEYS is too short"),
    "one character": ({"SECRET_KEY": "k" * 60}, "SECRET_KEY can be guessed"),
    "a key from the code": ({"NOTES_KEYS": "only-for-development-and-tests-never-for-notes-of-real-files"}, "NOTES_KEYS can be guessed"),
    "a shared key": ({"ADDRESS_HASH_KEY": PUBLIC["SECRET_KEY"]}, "ADDRESS_HASH_KEY is the same as SECRET_KEY"),
    "a shared key of notes": (
        {"NOTES_KEYS": f"{PUBLIC['NOTES_KEYS']},{PUBLIC['ADDRESS_HASH_KEY']}"},
        "NOTES_KEYS is the same as ADDRESS_HASH",
    ),
    "every host": ({"ALLOWED_HOSTS": "smes.be,*"}, "ALLOWED_HOSTS must name each host"),
    "every host below": ({"ALLOWED_HOSTS": "smes.be,.smes.be"}, "ALLOWED_HOSTS must name each host"),
    "a host with a scheme": ({"ALLOWED_HOSTS": "smes.be,https://www.smes.be"}, "ALLOWED_HOSTS holds names only"),
    "http": ({"BASE_URL": "http://smes.be"}, "BASE_URL must begin with https"),
    "a path": ({"BASE_URL": "https://smes.be/site"}, "BASE_URL is the host alone"),
    "another host": ({"BASE_URL": "https://smes.example.org"}, "BASE_URL names a host that is not in ALLOWED_HOSTS"),
    "debugging": ({"DEBUG": "true"}, "DEBUG must not be set"),
    "sqlite": ({"DATABASE_URL": "sqlite:///site.sqlite3"}, "DATABASE_URL must name a PostgreSQL"),
    "mail in the clear": ({"SMTP_TLS": "false"}, "SMTP_TLS is off"),
    "half a log-in": ({"SMTP_USER": "smes"}, "SMTP_USER and SMTP_PASSWORD"),
    "no proxy": ({"TRUSTED_PROXY_COUNT": "0"}, "TRUSTED_PROXY_COUNT is 0"),
    "a private key": ({"BACKUP_RECIPIENTS": "AGE-SECRET-KEY-1X"}, "BACKUP_RECIPIENTS holds something else"),
    "a word for a number": ({"SMTP_PORT": "tls"}, "SMTP_PORT must be a whole number"),
    "a word for a flag": ({"SMTP_TLS": "perhaps"}, "SMTP_TLS must be true or false"),
}


def environment(changes: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in (PUBLIC | changes).items() if value is not None}


def test_sound_values_start() -> None:
    """The control of all that follows."""
    refuse_unsound(PUBLIC)
    local_mail = {"SMTP_HOST": "localhost", "SMTP_TLS": "false", "NOTES_KEYS": f"{'an0ther-key-of-notes' * 2},{PUBLIC['NOTES_KEYS']}"}
    refuse_unsound(environment({**local_mail, "BACKUP_RECIPIENTS": "age1abc,age1def", "TRUSTED_PROXY_COUNT": "2", "DEBUG": "false"}))


@pytest.mark.parametrize("case", UNSOUND)
def test_each_unsound_value_stops_the_start(case: str) -> None:
    changes, words = UNSOUND[case]
    [found] = problems(environment(changes))
    assert found.startswith(words)


def test_all_that_is_wrong_is_said_at_once_and_no_value_is_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsound({"SECRET_KEY": "hunter2", "ALLOWED_HOSTS": "*", "SMTP_TLS": "no", "SMTP_HOST": "mail.example.org"})
    words = str(refused.value)
    assert words.startswith("The site does not start, 7 settings need a look")
    assert {line.split()[1] for line in words.splitlines()[1:]} >= {
        "SECRET_KEY",
        "ADDRESS_HASH_KEY",
        "ALLOWED_HOSTS",
        "BASE_URL",
        "SMTP_TLS",
    }
    assert "hunter2" not in words
