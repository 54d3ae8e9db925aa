"""What happens to a row in time: its changes of status, the note each leaves, its place in a queue."""
