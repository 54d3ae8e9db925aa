"""Rows of the follow-up. None of them knows a patient, a user of a service or a tenant."""

from followup.models.files import File, FileEvent, FileTransition
from followup.models.requests import Request, RequestTransition

__all__ = ["File", "FileEvent", "FileTransition", "Request", "RequestTransition"]
