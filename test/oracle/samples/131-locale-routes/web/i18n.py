CATALOGUE = {
    "de": {"about": "ueber-uns", "contact": "kontakt"},
    "fr": {"about": "a-propos"},
}
LANGUAGES = ("en", *CATALOGUE)
DEFAULT = LANGUAGES[0]


def translated(language: str, key: str) -> str:
    try:
        return CATALOGUE[language][key]
    except KeyError:
        return key


def prefix(language: str) -> str:
    return "" if language == DEFAULT else f"/{language}"
