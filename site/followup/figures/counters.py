"""What the counters are called in the report, and how readers are told what each counts."""
