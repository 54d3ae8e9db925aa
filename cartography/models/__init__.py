"""Places, submissions about them, and the page that shows them: one subject a file."""

from cartography.models.imports import PlaceImport, PlaceImportRow
from cartography.models.pages import MapPage
from cartography.models.places import EDITABLE, Place, PlaceCheck, PlaceTransition
from cartography.models.submissions import Submission, SubmissionTransition

__all__ = [
    "EDITABLE",
    "MapPage",
    "Place",
    "PlaceCheck",
    "PlaceImport",
    "PlaceImportRow",
    "PlaceTransition",
    "Submission",
    "SubmissionTransition",
]
