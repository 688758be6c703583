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

    def test_found_from_the_beginning(self):
        """A list that was scrolled shows the first of what is found, and all of it, again and again."""
        feed = self.path("feed.xml")
        with open(feed, "w", encoding="utf-8") as file:
            items = "".join(f"<item><title>{'Ferry' if n % 3 == 0 else 'Harbour'} {n}</title>"
                            f"<pubDate>{n // 28 % 28 + 1:02} Mar {1990 + n % 28} 00:00:00 GMT</pubDate>"
                            f"<description>Report {n} of the port.</description></item>" for n in range(1, 301))
            file.write(f"<rss version='2.0'><channel><title>Port News</title>{items}</channel></rss>")
        self.notebook = self.new_notebook(feed)
        app = self.start(self.notebook)
        self.sees("status bar", "300 posts")
        app.wheel(self.sees("list", "Posts"), 60)
        for query, posts in ("ferry", 100), ("harbour", 200), ("report", 300), ("ferry 30", 1), ("zebra", 0), ("ferry", 100):
            self.search(query)
            self.sees("status bar", f"{posts} posts" if posts != 1 else "1 post")
            found = [post["title"] for post in self.cli("search", self.notebook, query, "--limit", "3")["posts"]]
            for title in found:
                self.becomes(True, lambda title=title: self.is_in_list(title))
            if posts == 0:
                self.sees("label", "Nothing Found")
            else:
                app.wheel(self.sees("list", "Posts"), 20)

    def is_in_list(self, title):
        """Whether the whole of its row is within what is seen of the list."""
        _, top, _, height = self.app.find("list", "Posts").box
        rows = self.app.find_all("list item", re.compile(f"^{title}, "))
        return any(top <= row.box[1] and row.box[1] + row.box[3] <= top + height for row in rows)

    def count(self):
        return self.app.find("status bar", re.compile("^[0-9]+ posts?$")).label

    def test_filters(self):
        """A filter that is typed becomes a chip; a click on it, or Backspace, takes it away."""
        app = self.open_sample()
        self.search('source:"Islands Wire" ')
        self.button('Remove filter source: Islands Wire')
        self.sees("status bar", "3 posts")
        app.type("port -is:unread ")
        self.button("Remove filter not is: unread")
        self.sees("status bar", "0 posts")
        self.press("Remove filter not is: unread")
        self.sees_count('port source:"Islands Wire"')
        self.picture("search-chips")

        app.key("ctrl+a", "BackSpace", "BackSpace")        # the chip is text again
        self.becomes('source:"Islands Wire"', lambda: app.find("entry", "Search posts").text)
        app.key("ctrl+a")
        app.type("tag:nosuch ")
        self.sees("label", "column 1: there is no tag “nosuch”")
        app.key("Escape")
        self.sees("status bar", "12 posts")

    def test_completion(self):
        """Names of fields and their values are offered and taken by the keyboard; searches are remembered."""
        app = self.open_sample()
        self.search("so")
        self.sees("list item", "source:")
        app.key("Down", "Tab")
        self.becomes("source:", lambda: app.find("entry", "Search posts").text)
        app.type("isl")
        self.sees("list item", "Islands Wire")
        self.picture("search-completion")
        app.key("Down", "Return")
        self.button("Remove filter source: Islands Wire")
        self.sees("status bar", "3 posts")
        app.type("port")
        app.key("Return")
        self.sees_count('port source:"Islands Wire"')

        app.key("ctrl+f", "Escape")
        self.sees("status bar", "12 posts")
        self.search("")
        app.key("BackSpace", "Down")
        self.sees("list item", 'port source:"Islands Wire"')
        app.key("Return")
        self.button("Remove filter source: Islands Wire")

    def test_facets(self):
        """What the posts have in common narrows the list by a click, also by the keyboard."""
        app = self.open_sample()
        app.click(self.sees("push button", "Narrow the list"))
        self.press(re.compile("^Islands Wire: 3 posts"))
        self.sees("status bar", "3 posts")
        self.picture("search-facets")
        self.press("Remove filter source: Islands Wire")
        self.sees("status bar", "12 posts")
        bar = self.button(re.compile("^May 2021: "))
        app.click(bar)
        self.button("Remove filter date: 2021-05")
        self.sees_count("date:2021-05")

    def test_order(self):
        """Best first while words are looked for, and in the order that was chosen otherwise."""
        app = self.open_sample()
        self.search("port")
        self.sees("push button", "Relevance")
        self.press_sort("Title")
        self.sees("push button", "Title")
        app.key("ctrl+f", "Escape")
        self.sees("status bar", "12 posts")
        self.sees("push button", "Newest first")

    def press_sort(self, name):
        self.app.click(self.sees("push button", re.compile("^(Relevance|Title|Newest first|Oldest first|Source)$")))
        self.app.click(self.sees("menu item", name))

    def test_saved(self):
        """A search that was saved stands in the sidebar with its number, is live, and can be undone."""
        app = self.open_sample()
        self.search("port ")
        self.sees_count("port")
        total = len(self.cli("search", self.notebook, "port")["posts"])
        self.press("Search help", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.fill("Name of the search", "Harbours")
        self.picture("search-help")
        app.key("Return")
        self.toast("Search “Harbours” saved")
        row = self.sees("list item", f"Harbours, {total} posts")
        self.search("")
        app.key("BackSpace")
        self.sees("status bar", "12 posts")
        app.click(row)
        self.sees("status bar", f"{total} posts")
        self.becomes("port", lambda: app.find("entry", "Search posts").text)
        self.picture("search-saved")
        self.undo("Save search")
        app.gone("list item", f"Harbours, {total} posts")

    def save_search(self, query, name):
        """Search for it and keep it in the sidebar; its row."""
        self.search(query + " ")
        self.sees_count(query)
        self.press("Search help", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.fill("Name of the search", name)
        self.app.key("Return")
        self.toast(f"Search “{name}” saved")
        return self.saved_row(name)

    def saved_row(self, name):
        return self.sees("list item", re.compile(f"^{name}, [0-9]+ posts?"))

    def saved_menu(self, name, item):
        self.app.click(self.saved_row(name), button=3)
        self.app.click(self.sees("menu item", item))

    def test_saved_new(self):
        """What came since a saved search was opened last is told beside it, until it is opened."""
        self.open_sample()
        row = self.save_search("port", "Harbours")
        total = len(self.cli("search", self.notebook, "port")["posts"])
        more = self.path("june.md", "---\ntitle: A port in June\ndate: 2021-06-01\n---\n\nThe port is open again.\n")
        self.cli("import", self.notebook, more)
        row = self.sees("list item", f"Harbours, {total + 1} posts, 1 new")
        self.picture("search-saved-new")
        self.app.click(row)
        self.sees("status bar", f"{total + 1} posts")
        self.sees("list item", f"Harbours, {total + 1} posts")

    def test_saved_renamed(self):
        """A saved search gets another name, and becomes the rule of a timeline; each is one step."""
        app = self.open_sample()
        self.save_search("port", "Harbours")
        self.saved_menu("Harbours", "Rename…")
        self.has_focus("text", "Name of the search")
        app.key("ctrl+a")
        app.type("Quays")
        app.key("Return")
        self.toast("Search renamed to “Quays”")
        self.saved_row("Quays")

        self.saved_menu("Quays", "New Timeline with This Rule")
        self.toast("Timeline “Quays” added")
        self.becomes([("Quays", "port")], lambda: [(one["title"], one["rule"].strip())
                                                   for one in self.cli("timelines", self.notebook)["timelines"]])
        self.undo("Add timeline")
        self.undo("Rename search")
        self.saved_row("Harbours")

    def test_saved_deleted(self):
        app = self.open_sample()
        self.save_search("port", "Harbours")
        self.saved_menu("Harbours", "Delete")
        self.toast("Search “Harbours” deleted")
        app.gone("list item", re.compile("^Harbours, "))
        self.undo("Delete search")
        self.saved_row("Harbours")

    def test_same_text(self):
        """Posts of nearly the same text stand together, each group with its reason."""
        app = self.open_sample()
        text = "The ferry to Lower Merrin leaves at nine with bread, lamp oil and the post, if the ice lets it through. " * 6
        for name, end in (("first", ""), ("second", " Corrected.")):
            self.cli("import", self.notebook, self.path(name + ".md", f"---\ntitle: Ferry, {name}\n---\n\n{text}{end}\n"))
        self.sees("status bar", "14 posts")
        self.press_sort("Posts with the Same Text")
        self.button(re.compile("^Same Text"))
        self.sees("status bar", "2 posts")
        self.sees("label", "1 more post has nearly the same text:")
        self.sees("label", re.compile(r"^\d+ % of the text is the same$"))
        self.picture("search-same-text")
        self.press(re.compile("^Same Text"))
        self.sees("status bar", "14 posts")
        self.assertIsNotNone(app.find("list item", re.compile("^Ferry, first")))

    def test_more_facets(self):
        """Tags and languages narrow the list too, by the keyboard alone."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("import", self.notebook, "--language", "ko",
                 self.path("ko.md", "---\ntitle: 항구\n---\n\n북한이 항구를 닫았다. 제재는 계속된다.\n"))
        self.cli("tag", self.notebook, "relief", "title:" + self.title)
        app = self.app = self.start(self.notebook)
        self.sees("status bar", "13 posts")
        self.search("")
        self.tab_to("push button", "Narrow the list")
        app.key("space")
        self.button(re.compile("^relief: 1 post$"))
        self.tab_to("push button", re.compile("^relief: 1 post$"))
        app.key("Return")
        self.sees("status bar", "1 post")
        self.press("Remove filter tag: relief")
        self.sees("status bar", "13 posts")
        self.picture("search-facets-all")
        self.search("")
        # below the edge of the panel, which scrolls to it; the code where iso-codes are not installed
        self.tab_to("push button", re.compile("^(Korean|ko): 1 post$"))
        app.key("Return")
        self.sees("status bar", "1 post")
        app.find("list item", re.compile("^항구"))

    def test_others(self):
        """Words that stand in memos and events too: how many there are, and the way to each."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("memo", self.notebook, "On vaccines", "--text", self.path("memo.txt", "Who paid for the cholera vaccine?"))
        timeline = self.cli("timeline-new", self.notebook, "The flood")["uid"]
        self.cli("event", self.notebook, timeline, "--date", "2021-05-24", "--title", "Cholera is found")
        app = self.app = self.start(self.notebook)
        self.search("cholera")
        self.sees_count("cholera")
        self.press("Also in 1 memo and 1 event")
        self.sees("list item", re.compile("^Cholera is found, Event"))
        self.picture("search-others")
        app.click(self.sees("list item", re.compile("^On vaccines, Memo")))
        self.sees("page tab", "Memos")
        self.becomes(True, lambda: "selected" in app.find("page tab", "Memos").states)

    def test_similar(self):
        """Posts that are like one, with the words that they share; all posts again by the button."""
        app = self.open_sample()
        row = self.post_row("Vaccination begins on Lower Merrin")
        app.click(row)
        app.click(row, button=3)
        app.click(self.sees("menu item", "Find Similar Posts"))
        self.button(re.compile("^Like “Vaccination begins"))
        self.sees("label", re.compile("^Shares: .*"))
        self.picture("search-similar")
        self.press(re.compile("^Like “Vaccination begins"))
        self.sees("status bar", "12 posts")

    def test_date(self):
        """Go to a date: the last post of that day is chosen."""
        app = self.open_sample()
        app.click(self.post_row("Vaccination begins on Lower Merrin"))
        app.key("ctrl+j")
        self.has_focus("text", "Date to go to")
        app.type("soon")
        app.key("Return")
        self.sees("label", re.compile("soon"))
        app.key("ctrl+a")
        app.type("2021-05-15")
        app.key("Return")
        app.find("list item", re.compile("^Health ministry asks"), pred=lambda n: "selected" in n.states)

    def test_source(self):
        """A source in the sidebar narrows the list; a search looks in there only."""
        self.open_sample()
        self.app.click(self.sees("list item", "Islands Wire, 3 posts"))
        self.sees("status bar", "3 posts")
        self.search("port")
        self.sees_count("port", "Islands Wire")


main()
