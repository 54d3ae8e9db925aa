"""What people send: proposals, reports and edits, their forms and pages, and the decision."""
