"""Submissions: proposals, reports and edits, with their forms and pages, and the decision on them."""
