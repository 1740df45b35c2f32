from .ordered import router

late = router("/late")
early = router("/early", order=1)
middle = router("/middle", 50)


@late.get("/")
def view_late(): ...


@early.get("/")
def view_early(): ...


@middle.get("/")
def view_middle(): ...
