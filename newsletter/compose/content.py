"""An issue ready to be shown: plain words and absolute addresses, the same for the mail, its text part and the web page."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of an issue. `note` stands above the title (a date, a newspaper), `extra` below the words (seats).

    `state` is a TrainingState, empty for whatever is no training.
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
    """A rubric with its items, or free words (`html`, clean and with absolute addresses) without a heading."""

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
        """Every address a reader can follow in the items, in order. Those in free words are found in the HTML."""
        return [item.url for section in self.sections for item in section.items if item.url]
