"""RIZIV/INAMI numbers of physicians, given for accredited days: checked, kept apart, exported, erased."""
