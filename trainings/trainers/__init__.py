"""The pool: nobody is in two rooms at once, who gives what together, how much each gives, each one's calendar."""
