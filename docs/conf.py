"""How Sphinx builds the site from the pages that `python -m docs.site` gathers."""

from sphinx.ext.napoleon import NumpyDocstring

import cgsim

project = "cgsim"
author = "The cgsim authors"
copyright = author
release = version = cgsim.__version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["files"]
html_theme = "furo"
html_title = f"cgsim {release}"
html_copy_source = False
html_show_sphinx = False

myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_heading_anchors = 4

# docstrings are numpydoc, with `names` between single back quotes
default_role = "code"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True  # attributes are told once, where the class tells of them
napoleon_custom_sections = ["Source"]
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say types in words
autosummary_generate = False
# classes share names of attributes, and a docstring names its own
suppress_warnings = ["ref.python"]

# a property's first sentence may hold a colon; what stands before it is no type
NumpyDocstring._parse_attribute_docstring = lambda docstring: docstring._consume_to_end()
