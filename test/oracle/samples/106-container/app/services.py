from .container import container


@container.provider("mailer")
def make_mailer(sender: str = "x"):
    return sender


@container.provider("prefix")
def make_prefix() -> str:
    return "/mail"


class Audit:
    def __init__(self, mailer=container["mailer"]):
        self.mailer = mailer


container.provider("audit")(Audit)
