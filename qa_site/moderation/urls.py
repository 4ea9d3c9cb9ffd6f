"""Addresses of the moderation desk and of the public log."""

from django.urls import path

from qa_site.moderation.views import blocks, waves, words

urlpatterns = [
    path("review/waves/", waves.waves, name="waves"),
    path("review/waves/preview/", waves.preview, name="wave-preview"),
    path("review/waves/<int:pk>/undo/", waves.undo, name="undo-wave"),
    path("review/blocks/", blocks.blocks, name="blocks"),
    path("review/blocks/<int:pk>/lift/", blocks.lift, name="lift-block"),
    path("review/blocks/<int:pk>/again/", blocks.block_again, name="block-again"),
    path("review/words/", words.words, name="words"),
    path("review/words/<int:pk>/remove/", words.unwatch, name="unwatch"),
    path("review/words/<int:pk>/again/", words.watch_again, name="watch-again"),
]
