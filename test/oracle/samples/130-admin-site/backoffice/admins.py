from .models import Author, Log, Story
from .site import ModelAdmin, site


@site.admin(Author, Story)
class WriterAdmin(ModelAdmin):
    extra = {"publish": "/publish"}

    async def publish(self):
        return "ok"


class LogAdmin(ModelAdmin):
    list_only = True

    def changelist(self):
        return ["log"]


site.register(Log, LogAdmin)
