from bus.core import handles


class OpenAccount:
    """Opens an account."""


class CloseAccount:
    pass


class RenameHTTPHost:
    pass


@handles(OpenAccount)
def open_account(command):
    return command


@handles(CloseAccount, method="DELETE", path="/account")
def close_account(command):
    return command


@handles(RenameHTTPHost, method="PUT")
def rename(command):
    return command
