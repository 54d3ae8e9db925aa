"""The drill: a site is saved, wiped and restored, and readers find the same pages with the same words."""

from django.core.management import call_command

from tests.core.backup.places import Place, empty_database, files_of, words_of_pages
from tests.databases import SUFFIX


def test_a_site_that_was_wiped_comes_back(saved, tmp_path, capsys, django_db_blocker):
    empty_database(f"smes_restored{SUFFIX}")
    place = Place(f"smes_restored{SUFFIX}", tmp_path)
    with django_db_blocker.unblock(), place.live_in():
        call_command("restore", saved.archive, private_key=saved.private_key)
        words = words_of_pages()
    assert words == saved.words
    assert files_of(tmp_path) == saved.files
