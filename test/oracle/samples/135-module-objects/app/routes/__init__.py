from . import alpha, beta

MODULES = [alpha, beta]
