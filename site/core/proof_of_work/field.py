"""The field of a public form that carries the proof. Nobody sees it; it is empty, and shows nothing, until a proof is asked for."""

from typing import Any

from django import forms

from core.proof_of_work.challenge import LONGEST


class ProofWidget(forms.HiddenInput):
    """A hidden input. With a challenge: the script that solves it, and the place where it says so."""

    template_name = "core/proof_of_work.html"
    challenge = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"challenge": self.challenge}


class ProofField(forms.CharField):
    """What the browser found, or the ticket of a browser that cannot look for it."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=ProofWidget())

    def bound_data(self, data: Any, initial: Any) -> Any:
        """An answer is used once: the form shown again carries the new ticket, or nothing."""
        return initial

    def clean(self, value: Any) -> str:
        """What is too long is no answer; to say so would help nobody."""
        answer: str = super().clean(value)
        return answer if len(answer) <= LONGEST else ""

    def ask(self, challenge: str) -> None:
        """The form that is shown again has this challenge."""
        self.widget.challenge = challenge
