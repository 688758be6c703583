# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags: their tree, the editor, merging, rules, many posts at once, by pointer and by keyboard."""
import os
import re
import time

from annals_case import PATIENCE, Timeout, main, until, xdo
from annals_steps import Steps, starts


class Tags(Steps):
    def tags(self):
        return {one["name"]: one for one in self.cli("tags", self.notebook)["tags"]}

    def row(self, name):
        return self.sees("list item", starts(name + ", "))

    def menu(self, node, *items):
        """The context menu of a node, by the right button; its item."""
        self.app.click(node, button=3)
        for item in items:
            self.app.click(self.sees("menu item", item))

    def write(self, name, text):
        """Replace what stands in a field of the editor; of an AdwEntryRow's focus GTK 4.8 tells nothing."""
        field = self.sees("text", name)

        def written():
            self.app.click(field)
            self.app.key("ctrl+a")
            self.app.type(text)
            try:
                return until(lambda: field.text == text, 3, "")
            except Timeout:
                return None
        until(written, PATIENCE, f"{text!r} in {name!r}")

    def drag(self, source, target, fx=0.3):
        """Drag a widget onto another with the pointer."""
        x1, y1 = self.app.point(source, fx)
        x2, y2 = self.app.point(target, fx)
        xdo("mousemove", x1, y1)
        time.sleep(0.1)
        xdo("mousedown", 1)
        time.sleep(0.2)
        for step in range(1, 21):
            xdo("mousemove", round(x1 + (x2 - x1) * step / 20), round(y1 + (y2 - y1) * step / 20))
            time.sleep(0.03)
        self.app.heard()
        time.sleep(0.5)
        xdo("mouseup", 1)

    def open_with_tags(self, *names):
        self.notebook = self.new_notebook(self.sample)
        for name in names:
            self.cli("tag-new", self.notebook, name)
        self.start(self.notebook)
        return self.app

    def select_all(self):
        self.app.click(self.post_row())
        self.app.key("ctrl+a")

    # ---- the tree ----------------------------------------------------------------------------------
    def test_drag_below_and_back(self):
        self.open_with_tags("sea", "ships")
        self.drag(self.row("ships"), self.row("sea"))
        self.toast("“ships” moved below “sea”")
        self.becomes("sea", lambda: self.tags()["ships"]["parent"])
        # onto what is below it: a sentence, and nothing changes
        self.drag(self.row("sea"), self.row("ships"))
        self.sees("label", "“sea” cannot move below “ships”, which is below it")
        self.app.key("Escape")
        self.assertIsNone(self.tags()["sea"]["parent"])
        self.drag(self.row("ships"), self.sees("label", "Tags"))
        self.toast("“ships” moved to the top")
        self.becomes(None, lambda: self.tags()["ships"]["parent"])
        self.undo("Move tag")
        self.becomes("sea", lambda: self.tags()["ships"]["parent"])

    def test_move_by_keyboard(self):
        app = self.open_with_tags("sea", "ships")
        self.focus_row("ships")
        app.key("Menu")
        self.sees("menu item", "Move Below…")
        app.key("m")
        self.has_focus("text", "Find a tag")
        app.type("sea")
        app.key("Return")
        self.toast("“ships” moved below “sea”")
        self.becomes("sea", lambda: self.tags()["ships"]["parent"])

    def test_by_keyboard(self):
        """Without the pointer: to the tags by Tab and the arrows; renamed, merged, and undone."""
        app = self.open_with_tags("sea", "ships")
        self.post_row()
        self.walk_to_row("ships")
        app.key("F2")
        self.has_window("Edit Tag")
        app.key("ctrl+a")
        app.type("vessels")
        app.key("Return")
        self.no_window("Edit Tag")
        self.toast("“vessels” changed")
        self.row("vessels")
        self.has_focus("list item")
        app.key("shift+F10")
        self.sees("menu item", "Merge Into…")
        app.key("i")
        self.has_focus("text", "Find a tag")
        app.type("sea")
        app.key("Return")
        self.toast("“vessels” merged into “sea”")
        self.assertEqual(self.tags()["sea"]["synonyms"], ["vessels"])
        self.undo("Merge tags")
        self.undo("Change tag")
        self.becomes(["sea", "ships"], lambda: sorted(self.tags()))

        # a post, by the menu of its row; the keyboard comes back to the row
        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")

        def in_posts():
            focused = app.focused()
            if focused is not None and focused.role == "list item":
                return True
            app.key("Tab")
            app.heard()
            time.sleep(0.2)
            return False
        until(in_posts, 60, "the posts by Tab")
        app.key("Down")     # chosen as well
        until(lambda: "selected" in app.focused().states, PATIENCE, "a post to be chosen")
        app.key("Menu")
        self.sees("menu item", "Add Tag…")
        app.key("t")
        self.has_focus("text", "Find or create a tag")
        app.type("sea")
        app.key("Return")
        self.toast("“sea” added to 1 post")
        self.has_focus("list item")

    def walk_to_row(self, name):
        """To a row of the sidebar by Tab and the arrows."""
        def there():
            focused = self.app.focused()
            if focused is not None and focused.label.startswith(name + ", "):
                return focused
            in_sidebar = focused is not None and focused.role == "list item" and re.search(", [0-9]+ posts?$",
                                                                                           focused.label)
            self.app.key("Up" if in_sidebar else "shift+Tab")   # which comes to the end of the sidebar
            self.app.heard()
            time.sleep(0.2)
            return None
        return until(there, 60, f"the row {name!r} by Tab and the arrows")

    def focus_row(self, name):
        """To a row of the sidebar by the arrows."""
        row = self.row("All Posts")
        self.app.click(row)
        for _ in range(20):
            focused = self.app.focused()
            if focused is not None and focused.label.startswith(name + ", "):
                return focused
            self.app.key("Down")
            self.app.heard()
        raise Timeout(f"no row {name!r} by the arrows")

    # ---- the editor --------------------------------------------------------------------------------
    def test_editor(self):
        app = self.open_with_tags("sea", "ships")
        self.menu(self.row("ships"), "Edit…")
        self.has_window("Edit Tag")
        self.write("Name", "Vessels")
        app.click(self.sees("list item", "Below"))
        app.find("text", "Find a tag", pred=lambda n: "focused" in n.states)
        app.type("sea")
        app.key("Return")
        app.click(self.sees("push button", "Teal"))
        self.write("Description", "All that floats")
        self.write("Another Name", "boats")
        app.key("Return")
        self.button("Remove “boats”")
        self.write("Search", "cholera")
        self.sees("status bar", re.compile("posts? fits?. .* lacks? the tag"))
        self.picture("tag-editor")
        self.assert_named()
        app.click(self.sees("check box", re.compile("^Tag th.* when saving")))
        self.press("Save")
        self.no_window("Edit Tag")
        self.toast("“Vessels” changed")
        tag = self.tags()["Vessels"]
        self.assertEqual((tag["parent"], tag["colour"], tag["description"], tag["synonyms"], tag["rule"]),
                         ("sea", "teal", "All that floats", ["boats"], "cholera"))
        found = self.cli("search", self.notebook, "cholera", "--count")["total"]
        self.assertEqual(tag["posts"], found)
        # one step
        self.undo("Change tag")
        self.assertEqual(self.tags()["ships"]["posts"], 0)

    def test_editor_refuses(self):
        """What cannot be is said where it was typed, and nothing of it is lost."""
        app = self.open_with_tags("sea", "ships")
        self.focus_row("ships")
        app.key("F2")
        self.has_window("Edit Tag")
        self.write("Name", "SEA")
        app.key("Return")
        self.sees("alert", "There is a tag “sea” already")
        self.write("Name", "boats")
        self.write("Search", "\"cholera")
        self.sees("status bar", re.compile("^column "))
        app.key("Return")
        self.sees("alert", re.compile("^column "))
        app.key("Escape")
        self.no_window("Edit Tag")
        self.assertEqual(sorted(self.tags()), ["sea", "ships"])

    # ---- merge, delete -----------------------------------------------------------------------------
    def test_merge(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag-new", self.notebook, "sea")
        self.cli("tag", self.notebook, "ships", "title:" + self.title)
        app = self.start(self.notebook)
        self.menu(self.row("ships"), "Merge Into…")
        self.has_focus("text", "Find a tag")
        app.type("se")
        self.sees("label", "1 post gets “sea”.")
        self.picture("tag-merge")
        app.key("Return")
        self.toast("“ships” merged into “sea”")
        self.row("sea")
        self.assertEqual(self.tags()["sea"]["synonyms"], ["ships"])
        self.undo("Merge tags")
        self.becomes(["sea", "ships"], lambda: sorted(self.tags()))

    def test_delete_by_key(self):
        app = self.open_with_tags("sea", "ships")
        self.focus_row("ships")
        app.key("Delete")
        self.toast("“ships” deleted")
        app.gone("list item", starts("ships, "))
        self.press("Undo")
        self.row("ships")

    # ---- many posts --------------------------------------------------------------------------------
    def test_bulk(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag", self.notebook, "sea", "title:" + self.title)
        app = self.start(self.notebook)
        self.select_all()
        app.key("ctrl+t")
        self.sees("label", "Tag 12 Posts")
        self.has_focus("text", "Find or create a tag")
        app.type("se")
        self.sees("label", "12 posts get the new tag.")
        app.key("Down")
        self.sees("label", "11 posts get “sea”; 1 has it already.")
        self.picture("bulk-tag")
        app.key("Return")
        self.toast("“sea” added to 12 posts")
        self.sees("list item", "sea, 12 posts")
        app.key("ctrl+r")
        self.sees("label", "Remove a Tag from 12 Posts")
        app.type("se")
        self.sees("label", "“sea” is taken off 12 posts.")
        app.key("Return")
        self.toast("“sea” removed from 12 posts")
        self.sees("list item", "sea, 0 posts")
        self.undo("Remove tag from 12 posts")
        self.undo("Tag 12 posts")
        self.sees("list item", "sea, 1 post")

    def test_select_some(self):
        """Shift and Ctrl choose several; a tag's other name will do; new tags are made."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag-new", self.notebook, "sea", "--synonym", "ocean")
        app = self.start(self.notebook)
        app.click(self.post_row())
        app.key("shift+Down", "shift+Down")
        app.key("ctrl+t")
        self.sees("label", "Tag 3 Posts")
        app.type("ocean")
        self.sees("label", "3 posts get “sea”.")
        app.key("Return")
        self.toast("“sea” added to 3 posts")
        app.key("ctrl+t")
        self.sees("label", "Tag 3 Posts")
        app.type("brand new")
        self.sees("label", "3 posts get the new tag.")
        app.key("Return")
        self.sees("list item", "brand new, 3 posts")

    def test_trash(self):
        app = self.open_with_tags()
        found = self.cli("search", self.notebook, "cholera", "--count")["total"]
        self.select_all()
        app.key("Delete")
        self.toast("12 posts moved to the trash")
        self.row("Trash")
        app.click(self.row("Trash"))
        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        app.type("cholera")
        self.sees("status bar", f"{found} posts")
        app.key("Escape")
        self.sees("status bar", "12 posts")
        self.select_all()
        self.menu(self.post_row(), "Put Back")
        self.toast("12 posts put back")
        self.sees("list item", "All Posts, 12 posts")
        app.gone("list item", starts("Trash, "))

    def test_drag_posts(self):
        """Onto a tag and onto a timeline in the sidebar."""
        self.open_with_tags("sea")
        self.new_timeline("Relief")
        self.drag(self.post_row(), self.row("sea"))
        self.toast("“sea” added to 1 post")
        self.sees("list item", "sea, 1 post")
        self.drag(self.post_row(), self.row("Relief"))
        self.toast("1 post added to “Relief”")
        self.sees("list item", "Relief, 1 event")

    # ---- rules -------------------------------------------------------------------------------------
    def test_rule_is_offered(self):
        """What fits is offered on the tag's row, and tagged when one says so."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag-new", self.notebook, "disease", "--rule", "cholera")
        found = self.cli("search", self.notebook, "cholera", "--count")["total"]
        app = self.start(self.notebook)
        due = self.button(re.compile(f"^{found} new posts? fits? the rule"))
        self.assertEqual(self.tags()["disease"]["posts"], 0)
        self.picture("rule-offered")
        app.click(due)
        self.sees("label", re.compile("^Tag .* “disease”\\?$"))
        self.picture("rule-asked")
        self.press(re.compile(f"^Tag {found} Posts?$"))
        self.sees("list item", starts(f"disease, {found} post"))
        app.gone("push button", re.compile("the rule$"))
        self.undo(f"Tag {found} posts")
        self.button(re.compile("the rule$"))
        # put off by keyboard
        self.focus_row("disease")
        app.key("shift+F10")
        self.sees("menu item", "Leave New Posts Untagged")
        app.key("l")
        app.gone("push button", re.compile("the rule$"))
        self.assertEqual(self.tags()["disease"]["posts"], 0)

    def test_rule_by_keyboard(self):
        """A rule is written in the tag's editor and applied, refused and mended, without the pointer; so are new posts."""
        app = self.open_with_tags("disease")
        found = self.cli("search", self.notebook, "cholera", "--count")["total"]
        self.post_row()
        self.walk_to_row("disease")
        app.key("F2")
        self.has_window("Edit Tag")
        self.tab_to("text", "Description")
        app.key("Tab", "Tab")       # of the focus of entry rows 4.8 tells nothing
        rule = self.sees("text", "Search")
        app.type('"cholera')
        self.becomes('"cholera', lambda: rule.text)
        self.sees("status bar", re.compile("^column "))
        app.key("Return")
        self.sees("alert", re.compile("^column "))
        app.key("ctrl+a")
        app.type("cholera")
        self.sees("status bar", re.compile("posts? fits?. .* lacks? the tag"))
        self.tab_to("check box", re.compile("^Tag th.* when saving"))
        app.key("space")
        until(lambda: "checked" in app.focused().now, PATIENCE, "the posts to be tagged when saving")
        self.tab_to("push button", "Save")
        app.key("space")
        self.no_window("Edit Tag")
        self.becomes(found, lambda: self.tags()["disease"]["posts"])
        self.undo("Change tag")
        self.becomes(0, lambda: self.tags()["disease"]["posts"])
        self.redo("Change tag")

        # an import brings one more
        file = self.path("june.txt", "Monthly Archives: June 2021\n\nAgain\n\nPosted on by\n\nThe cholera is back.\n")
        self.cli("import", self.notebook, file)
        self.button(re.compile("^1 new post fits the rule"))
        self.walk_to_row("disease")
        app.key("shift+F10")
        self.sees("menu item", "Tag Posts That Fit Its Rule…")
        app.key("t")
        self.sees("label", "Tag 1 post “disease”?")
        self.tab_to("push button", "Tag 1 Post")
        app.key("space")
        self.becomes(found + 1, lambda: self.tags()["disease"]["posts"])
        app.gone("push button", re.compile("the rule$"))

    # ---- menus -------------------------------------------------------------------------------------
    def test_menus(self):
        """By the right button and by both keys, on places and sources as well."""
        app = self.open_with_tags("sea")
        self.menu(self.row("All Posts"), "Mark All as Read")
        self.toast("All posts of “All Posts” marked as read")
        self.sees("list item", "Unread, 0 posts")
        for key in ("Menu", "shift+F10"):
            self.focus_row("sea")
            app.key(key)
            self.sees("menu item", "Merge Into…")
            app.key("Escape")
            app.gone("menu item", "Merge Into…")
            app.click(self.post_row())
            app.key(key)
            self.sees("menu item", "Add Tag…")
            app.key("Escape")
            app.gone("menu item", "Add Tag…")

    # ---- two windows -------------------------------------------------------------------------------
    def test_two_windows(self):
        """A tag that is made in one window stands in the other, renamed, moved and gone as there."""
        app = self.open_with_tags("sea")

        def frames():
            return [w for w in app.windows() if w.role == "frame"]

        def seen_in(window, pattern):
            return app.find_all("list item", re.compile(pattern), visible=False, under=window)
        first = frames()[0]
        app.key("shift+ctrl+n")
        until(lambda: len(frames()) == 2, PATIENCE, "a second window")
        second = next(w for w in frames() if w != first)
        until(lambda: seen_in(second, "^sea, "), PATIENCE, "the tags in it")
        self.press("New tag", under=second)
        self.has_focus("text", "Name")
        app.type("ships")
        app.key("Return")
        for window in (first, second):
            until(lambda: seen_in(window, "^ships, 0 posts"), PATIENCE, "the tag in both windows")
        self.cli("tag-edit", self.notebook, "ships", "--name", "vessels")
        for window in (first, second):
            until(lambda: seen_in(window, "^vessels, ") and not seen_in(window, "^ships, "), PATIENCE,
                  "the new name in both windows")
        app.key("ctrl+w")
        until(lambda: len(frames()) == 1, PATIENCE, "one window")
        self.row("vessels")

    # ---- codebooks ---------------------------------------------------------------------------------
    def more(self, item):
        self.press("More about tags")
        self.app.click(self.sees("menu item", item))

    def test_codebook(self):
        """Out as REFI-QDA, and a changed one in again, with a look at what it changes."""
        app = self.open_with_tags("sea", "ships")
        os.mkdir(self.path("out"))
        path = self.path("out/tags.qdc")
        self.more("Export as REFI-QDA Codebook…")
        self.assertTrue(self.choose_to_save("Export Tags", path).endswith(" tags.qdc"))
        self.toast("2 tags exported to “tags.qdc”")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.path("out/tags.qdc", text.replace('name="ships"', 'name="vessels"').replace(
            "</Codes>", '<Code guid="1ff58b12-6f6f-4b0c-8be5-bbdc91f55294" name="crew" isCodable="true"/></Codes>'))
        self.more("Import Tags…")
        self.choose_to_open("Import Tags", path)
        self.has_window("Tags of “tags.qdc”")
        self.sees("label", "1 new tag · 1 changed · 1 the same")
        self.picture("codebook")
        app.key("Return")
        self.toast("1 tag added, 1 changed")
        self.row("crew")
        self.row("vessels")
        self.undo("Import tags")
        self.row("ships")
        app.gone("list item", starts("crew, "))

    def test_codebook_by_keyboard(self):
        """The same without the pointer, and a table as well."""
        app = self.open_with_tags("sea", "ships")
        os.mkdir(self.path("out"))
        for key, name in (("q", "tags.qdc"), ("c", "tags.csv")):
            self.more_by_key(key)
            self.choose_to_save("Export Tags", self.path("out/" + name))
            self.toast(f"2 tags exported to “{name}”")
        path = self.path("out/tags.csv")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.path("out/tags.csv", re.sub(r"\bships\b", "vessels", text))
        self.more_by_key("i")
        self.choose_to_open("Import Tags", path)
        self.has_window("Tags of “tags.csv”")
        self.picture("codebook-by-keyboard")
        self.tab_to("push button", "Import")
        app.key("space")
        self.no_window("Tags of “tags.csv”")
        self.row("vessels")
        self.undo("Import tags")
        app.gone("list item", starts("vessels, "))
        self.row("ships")
        # the other way out of it
        self.more_by_key("i")
        self.choose_to_open("Import Tags", path)
        self.has_window("Tags of “tags.csv”")
        app.key("Escape")
        self.no_window("Tags of “tags.csv”")
        self.assertEqual(sorted(self.tags()), ["sea", "ships"])

    def more_by_key(self, key):
        """An item of the menu beside the tags, by its letter."""
        self.tab_to("push button", "More about tags")
        self.app.key("space")
        self.sees("menu item", "Import Tags…")
        self.app.key(key)
        self.app.gone("menu item", "Import Tags…")

    def test_bad_codebook(self):
        app = self.open_with_tags("sea")
        os.mkdir(self.path("out"))
        path = self.path("out/notes.csv", "day,weather\n1,rain\n")
        self.more("Import Tags…")
        self.choose_to_open("Import Tags", path)
        self.sees("label", re.compile("“notes.csv” is no list of tags"))
        app.key("Escape")

if __name__ == "__main__":
    main()
