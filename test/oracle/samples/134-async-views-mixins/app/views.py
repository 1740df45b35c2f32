from .generic import GetMixin, PostMixin, View


class Home(GetMixin, View):
    template = "home"


class Form(GetMixin, PostMixin, View):
    http_method_names = [m for m in View.http_method_names if m != "get"]
