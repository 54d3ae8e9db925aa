"""What the figures of a year lack, as a list of work: what is missing, who is in charge, which figures it touches, where it is repaired."""
