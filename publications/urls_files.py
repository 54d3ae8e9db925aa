"""URLs of files: the same in every language."""

from django.urls import URLPattern, URLResolver, path

from publications.files import views as files

app_name = "publications_files"
urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<reference:reference>/<slug:name>.pdf", files.download, name="download"),
    path("files/<reference:reference>/v<int:version>/<slug:name>.pdf", files.download, name="download_version"),
    path("files/<reference:reference>/v<int:version>/cover.webp", files.cover, name="cover"),
]
