"""Where the newsletter stands on the site."""

from newsletter.models import NewsletterIndexPage


def newsletter_page(language: str) -> NewsletterIndexPage | None:
    """The page of the newsletter in a language, None where there is none yet. One query."""
    page: NewsletterIndexPage | None = NewsletterIndexPage.objects.live().filter(locale__language_code=language).first()
    return page
