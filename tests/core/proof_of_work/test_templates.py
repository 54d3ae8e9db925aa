"""Every form can carry a proof: where a template writes the invisible fields itself, it writes this one too."""

from config.env import ROOT


def test_whoever_writes_the_hidden_moment_writes_the_proof() -> None:
    written = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    by_hand = {path.name for path, text in written.items() if "form.started" in text}
    assert by_hand
    assert {path.name for path, text in written.items() if "form.proof" in text} == by_hand
