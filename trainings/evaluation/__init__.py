"""Evaluation of sessions, without names: at the end (hot), some months later (cold), and by the team lead where the participant agreed."""
