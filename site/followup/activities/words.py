"""Words that stand in a data file, in each language, as words of the interface."""

from collections.abc import Mapping

from django.utils.functional import lazy

from core.languages import current_language


def in_reader_language(labels: Mapping[str, str]) -> str:
    """`{"fr": …, "nl": …, "en": …}` where Dutch is read."""
    return labels.get(current_language()) or labels["fr"]


# The same, read each time it is shown: for labels that are made once, when the site starts.
lazy_words = lazy(in_reader_language, str)
