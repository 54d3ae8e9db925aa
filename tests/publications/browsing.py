"""The pages as a reader's browser gets them."""

import re

from django.test import Client

from publications.models import PublicationPage, Work


def library(client: Client, query: str = "", language: str = "fr") -> str:
    slug = "publicaties" if language == "nl" else "publications"
    response = client.get(f"/{language}/{slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h3 class="card__title"><a href="[^"]+">([^<]+)</a>', html)


def page_of(client: Client, work: Work, language: str = "fr") -> str:
    response = client.get(PublicationPage.objects.get(work=work, locale__language_code=language).url)
    assert response.status_code == 200
    return response.content.decode()
