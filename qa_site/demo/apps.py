from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qa_site.demo"
    verbose_name = "Demo content"
