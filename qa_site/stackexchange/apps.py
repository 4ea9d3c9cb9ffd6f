from django.apps import AppConfig


class StackExchangeConfig(AppConfig):
    name = "qa_site.stackexchange"
    verbose_name = "Stack Exchange imports"
