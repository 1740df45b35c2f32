from . import users  # noqa: F401
from .kernel import Api, Kernel, get_kernel

app = Kernel.current().app
get_kernel().boot("api", Api.default().router())
vars_api = Api.from_dict(dict(version="v0", name="second"))
Kernel().boot("", vars_api.router())
app.add_api_route("/booted/" + str(len(get_kernel().booted)), lambda: 1, name="booted")
