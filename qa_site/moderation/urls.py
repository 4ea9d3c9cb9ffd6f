"""Addresses of the moderation desk and of the public log."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
