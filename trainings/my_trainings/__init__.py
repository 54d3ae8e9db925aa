"""My trainings: all enrolments of one email address on one page, behind a link that only this address is sent."""
