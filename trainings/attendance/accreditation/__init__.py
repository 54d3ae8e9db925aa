"""RIZIV/INAMI numbers of doctors, given for accredited days: checked, kept apart, exported, erased."""
