"""What an object with a life needs next: one step that stands out on its page, and what is missing for it, each with its mend."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one primary button of a page."""

    label: str | Promise
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing. `url`: where it is mended; `is_blocking`: the step is refused until then."""

    text: str | Promise
    url: str = ""
    is_blocking: bool = False
