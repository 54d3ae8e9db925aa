"""The content of an edition: plain text and absolute URLs, the same for the mail, its text part and the web page."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `note` is shown above the title (a date, a newspaper), `extra` below the text (seats).

    `state` is a TrainingState, empty for anything but a training.
    """

    title: str
    text: str = ""
    url: str = ""
    note: str = ""
    extra: str = ""
    label: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its items, or free text (`html`, sanitised, with absolute URLs) without a heading."""

    kind: str
    title: str = ""
    html: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueContent:
    """One language edition of an issue."""

    language: str
    subject: str
    preheader: str
    number: int
    month: str
    intro: str
    web_url: str
    sections: tuple[Section, ...] = field(default=())

    @property
    def urls(self) -> list[str]:
        """The URLs of the items, in order. Those of free text are in its HTML."""
        return [item.url for section in self.sections for item in section.items if item.url]
