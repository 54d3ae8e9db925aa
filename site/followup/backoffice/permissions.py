"""Permissions of the admin views. Nothing compares group names."""

from followup.querysets.files import VIEW_ANY_FILE
from followup.requests.selectors import HANDLE_REQUESTS

VIEW_REQUESTS = "followup.view_request"
ADD_REQUESTS = "followup.add_request"
VIEW_FILES = "followup.view_file"
OPEN_FILES = "followup.add_file"
WORK_ON_FILES = "followup.change_file"

__all__ = ["ADD_REQUESTS", "HANDLE_REQUESTS", "OPEN_FILES", "VIEW_ANY_FILE", "VIEW_FILES", "VIEW_REQUESTS", "WORK_ON_FILES"]
