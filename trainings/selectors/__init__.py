"""Reads that join models, one subject a file."""

from trainings.selectors.seats import Seats, can_be_changed, session_seats, waiting_rank
from trainings.selectors.titles import page_for_module, session_title

__all__ = ["Seats", "can_be_changed", "page_for_module", "session_seats", "session_title", "waiting_rank"]
