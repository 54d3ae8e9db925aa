"""The report in the Wagtail admin, and what it lacks. Stands above all subjects."""
