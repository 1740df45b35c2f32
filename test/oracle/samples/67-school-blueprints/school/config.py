class Config:
    WITH_GRADES = True
    GRADES_PREFIX = "/grades"


class Testing(Config):
    GRADES_PREFIX = "/test-grades"


class Kiosk(Config):
    WITH_GRADES = False


config = {"default": Config, "testing": Testing, "kiosk": Kiosk}
