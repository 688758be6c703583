#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching: words, a phrase, nothing found, a mistake, and the parts of the notebook in the sidebar."""
import re

from annals_case import main
from annals_steps import Steps


class Search(Steps):
    def search(self, query):
        self.app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        self.app.key("ctrl+a")
        self.app.type(query)

    def test_search(self):
        app = self.open_sample()
        self.sees("status bar", "12 posts")
        self.search("cholera vaccine")
        self.sees_count("cholera vaccine")
        self.sees("label", re.compile("oral cholera vaccine"))   # the words in their sentence

        self.search('"oral vaccine"')
        self.sees("status bar", "1 post")
        app.find("list item", re.compile("^Health ministry asks"))
        self.picture("search")

        self.search("zebra")
        self.sees("status bar", "0 posts")
        self.sees("label", "Nothing Found")
        self.press("Clear Search")
        self.sees("status bar", "12 posts")

    def sees_count(self, query, source=None):
        """As many posts as annals-cli finds."""
        found = self.cli("search", self.notebook, query)["posts"]
        total = sum(source in (None, post["source"]) for post in found)
        self.assertGreater(total, 0)
        self.sees("status bar", f"{total} posts" if total != 1 else "1 post")

    def test_mistake(self):
        """A mistake is one sentence with its column, never an empty list."""
        self.open_sample()
        self.search('"oral vac')
        self.sees("label", re.compile("^column 1: .*quotation mark"))
        self.sees("list item", re.compile("^Vaccination begins"))
        self.picture("search-mistake")
        self.search("port before:")
        self.sees("label", re.compile("^column 6: .*before:"))

    def test_source(self):
        """A source in the sidebar narrows the list; a search looks in there only."""
        self.open_sample()
        self.app.click(self.sees("list item", "Islands Wire, 3 posts"))
        self.sees("status bar", "3 posts")
        self.search("port")
        self.sees_count("port", "Islands Wire")


main()
