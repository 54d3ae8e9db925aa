"""Addresses and pages of the librarian."""

from typing import Any

from django.test import Client
from django.urls import reverse


def action(name: str, row: Any) -> str:
    return reverse(f"publications_backoffice:{name}", args=[row.pk])


def page(librarian: Client, name: str, row: Any) -> str:
    return librarian.get(reverse(f"publications_{name}:inspect", args=[row.pk])).content.decode()
