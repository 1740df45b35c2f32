from . import main


@main.get("/timetable/{form}")
def timetable(form: str) -> str:
    return form
