"""The daily work beside the trainings: requests for help, their files and notes, and what is only counted."""
