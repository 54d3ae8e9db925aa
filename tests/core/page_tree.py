"""Many pages at once."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page


def create_pages(parent: Page, pages: Sequence[Page]) -> None:
    """Live children of `parent`, all of one type, in three statements: treebeard and the signals take minutes for a thousand.

    Their words are not indexed; `update_index` does that.
    """
    parent.refresh_from_db()
    model = type(pages[0])
    kind = ContentType.objects.get_for_model(model)
    for number, page in enumerate(pages, start=parent.numchild + 1):
        page.content_type = kind
        page.draft_title = page.title
        page.path = Page._get_path(parent.path, parent.depth + 1, number)
        page.depth = parent.depth + 1
        page.url_path = f"{parent.url_path}{page.slug}/"
    shared = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in shared}) for page in pages)
    own = model._meta.local_concrete_fields
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = row.pk
    values = [[field.get_db_prep_save(getattr(page, field.attname), connection) for field in own] for page in pages]
    columns, places = ", ".join(field.column for field in own), ", ".join(["%s"] * len(own))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", values)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
