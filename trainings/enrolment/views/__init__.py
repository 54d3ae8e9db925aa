"""The public pages of an enrolment: the form, its receipt, and the manage link."""
