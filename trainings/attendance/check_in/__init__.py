"""Self check-in: a code in the room, and the person who confirms that she is there."""
