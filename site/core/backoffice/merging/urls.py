"""URLs of the screens of one kind, for a viewset: below its own, under its name."""

from typing import Any

from django.urls import URLPattern, path

from core.backoffice.merging.compare import CompareView, KeepApartView, UndoMergeView
from core.backoffice.merging.lists import KnownTwiceView, PartnersView


class MergeableMixin:
    """For a viewset whose rows may be known twice."""

    def get_urlpatterns(self) -> list[URLPattern]:
        own: Any = self
        facts = {"model": own.model, "viewset_name": own.name}
        return [
            *super().get_urlpatterns(),  # type: ignore[misc]
            path("known-twice/", KnownTwiceView.as_view(**facts), name="known_twice"),
            path("known-twice/with/<int:pk>/", PartnersView.as_view(**facts), name="partners"),
            path("known-twice/<int:first>/<int:second>/", CompareView.as_view(**facts), name="compare"),
            path("known-twice/<int:first>/<int:second>/apart/", KeepApartView.as_view(**facts), name="keep_apart"),
            path("known-twice/undo/<int:pk>/", UndoMergeView.as_view(**facts), name="undo_merge"),
        ]
