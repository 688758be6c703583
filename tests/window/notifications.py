#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notifications of a desktop that has none: each that is sent is said as a line of JSON, and a line of its number
and an action on the input is that action, chosen by the user."""
import json
import sys

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
XML = f"""<node><interface name="{NAME}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""
count = 0


def say(**said):
    print(json.dumps(said), flush=True)


def call(connection, sender, path, interface, method, args, invocation):
    global count
    if method == "Notify":
        _, _, _, title, body, actions, _, _ = args.unpack()
        count += 1
        say(number=count, title=title, body=body, actions=actions)
        invocation.return_value(GLib.Variant("(u)", (count,)))
    elif method == "GetCapabilities":
        invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
    else:
        say(closed=args.unpack()[0])
        invocation.return_value(None)


def typed(channel, condition):
    line = channel.readline()
    if not line:
        loop.quit()
        return False
    number, action = line.split()
    bus.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (int(number), action)))
    return True


loop = GLib.MainLoop()
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], call, None, None)
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: say(ready=True), None)
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, typed)
loop.run()
