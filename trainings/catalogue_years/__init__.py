"""The catalogue of a year as a PDF: drawn from the pages and dates of the web, frozen when a coordinator says so."""
