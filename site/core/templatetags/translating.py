"""What the screens on pages say of their other languages."""

from django import template

from core.translation.families import other_versions

register = template.Library()
register.simple_tag(other_versions)
