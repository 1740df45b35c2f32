DEBUG = False
TESTING: bool = False
EXPERIMENTS = {"recommendations": True, "chat": False}
STAGE = "production"
