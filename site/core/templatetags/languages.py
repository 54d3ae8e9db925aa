"""Names of languages in the reader's language."""

from django import template

from core.languages import language_name, language_names

register = template.Library()
register.filter(language_name)
register.filter(language_names)
