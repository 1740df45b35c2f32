class Author: ...


class Story:
    plural = "stories"


class Log: ...
