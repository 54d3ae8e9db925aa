"""In which languages, with and without JavaScript, a journey is made: every language and both ways, not every pair of the two.

A language changes words and addresses, JavaScript changes what happens between two pages; nothing of ours depends on both.
"""

import pytest

FRENCH, DUTCH, ENGLISH = ("fr", True), ("nl", False), ("en", True)


def _parametrized(*variants: tuple[str, bool]) -> pytest.MarkDecorator:
    ids = [f"{language}-{'with' if javascript else 'without'}-js" for language, javascript in variants]
    return pytest.mark.parametrize(("language", "javascript"), variants, ids=ids)


three_languages = _parametrized(FRENCH, DUTCH, ENGLISH)
# Trainings are given in French and in Dutch.
two_languages = _parametrized(FRENCH, DUTCH)
