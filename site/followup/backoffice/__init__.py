"""Back-office of the follow-up: stands above all its subjects."""
