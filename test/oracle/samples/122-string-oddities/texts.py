import posixpath
import textwrap
from string import Template
from types import SimpleNamespace
from urllib.parse import quote, urljoin, urlparse

info = SimpleNamespace(version="v3", name="texts")
DATA = {"name": "data", "depth": {"x": "deep"}}

BY_KEY = "/{0[name]}/{1.version}".format(DATA, info)
TEMPLATE = Template("/$area/${name}s").substitute(area="a", name="thing")
JOINED = posixpath.join("/base", "inner", "leaf")
URL_PATH = urlparse("https://example.org/callback/here?x=1").path
URLJOIN = urljoin("/root/", "child")
DEDENTED = textwrap.dedent(
    """\
    /dedented"""
)
WIDTH = 4
PADDED = f"/{7:0{WIDTH}d}"
CONCATENATED = "/con" "cat" f"/{info.name}" r"/{id}"
ESCAPED = "/tab\x2fsl\u0061sh"
PERCENT = "/%(name)s/%(count)d" % {"name": "percent", "count": 2}
CENTER = "x".center(3, "-")
LINES = """
/line-one
/line-two
""".split()
