"""The editions of an issue."""

from newsletter.compose.previews import SAMPLE_TOKEN, mail_of
from newsletter.compose.rendering import Mail
from newsletter.models import Issue, IssuePage


def pages_of(issue: Issue) -> list[IssuePage]:
    """The pages of the issue as they are stored, French first. One query."""
    pages = list(IssuePage.objects.filter(issue=issue).select_related("locale", "issue"))
    order = {"fr": 0, "nl": 1, "en": 2}
    return sorted(pages, key=lambda page: order.get(page.locale.language_code, 9))


def drafts_of(issue: Issue) -> list[IssuePage]:
    """Their latest drafts: what would be sent."""
    return [page.get_latest_revision_as_object() for page in pages_of(issue)]


def mail_to_send(issue: Issue, page: IssuePage) -> Mail:
    """What subscribers get or got, with a sample token: the frozen edition if there is one, else the draft on `page`.

    Linked pages may change after freezing: whoever approves the sending must see what was frozen.
    """
    frozen = issue.editions.filter(language=page.locale.language_code).first()
    if frozen is None:
        return mail_of(page)
    html, text = (part.replace(frozen.token_placeholder, SAMPLE_TOKEN) for part in (frozen.html, frozen.text))
    return Mail(frozen.subject, html, text, SAMPLE_TOKEN)
