INSTALLED_PLUGINS = [
    "plugins.weather:router",
    "plugins.news.api",
    "plugins.stocks:StocksPlugin",
]
