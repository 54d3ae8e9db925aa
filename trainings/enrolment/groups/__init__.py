"""Colleagues enrolled in one go: a contact answers for their places, each colleague for herself."""
