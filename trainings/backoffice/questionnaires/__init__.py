"""Back-office screens: questionnaires, their versions and questions."""
