"""Reads that join models."""

from publications.selectors.recent import PublicationCard, latest_publication, published_between

__all__ = ["PublicationCard", "latest_publication", "published_between"]
