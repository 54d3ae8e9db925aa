"""The editions of an issue."""

from newsletter.models import Issue, IssuePage


def pages_of(issue: Issue) -> list[IssuePage]:
    """The pages of the issue as they are stored, French first. One query."""
    pages = list(IssuePage.objects.filter(issue=issue).select_related("locale", "issue"))
    order = {"fr": 0, "nl": 1, "en": 2}
    return sorted(pages, key=lambda page: order.get(page.locale.language_code, 9))


def drafts_of(issue: Issue) -> list[IssuePage]:
    """The same as their latest drafts say: what would be sent."""
    return [page.get_latest_revision_as_object() for page in pages_of(issue)]
