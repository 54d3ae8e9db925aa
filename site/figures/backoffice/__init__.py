"""The report in the Wagtail admin. Stands above all subjects."""
