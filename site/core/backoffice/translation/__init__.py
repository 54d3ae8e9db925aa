"""What editors meet when they translate pages: no page goes public in the words of another language unasked."""
