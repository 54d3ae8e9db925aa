"""People known twice: found, merged with all their enrolments, undone. Above enrolment, whose seats a merge may free."""
