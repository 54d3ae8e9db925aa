"""Questionnaires: building and opening versions, and answering one by link in several visits. Knows of no session and no request."""
