#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a command on a terminal of its own and prints what it shows.

usage: terminal.py [--width N] [--type TEXT=KEYS]... COMMAND [ARG]...

Each --type waits until TEXT was shown, then types KEYS (\\n is Enter, \\x03
Ctrl-C, \\x04 Ctrl-D). Leaves with the command's status, 128 + N when signal N
ended it, and 99 after twenty seconds of silence, so that a command that waits
for ever is a failed test.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def arguments(words):
    width, keys = 80, []
    while words and words[0].startswith("--"):
        if words[0] == "--width":
            width = int(words[1])
        elif words[0] == "--type":
            shown, _, typed = words[1].partition("=")
            keys.append((shown.encode(), typed.encode().decode("unicode_escape")))
        else:
            sys.exit("unknown option " + words[0])
        words = words[2:]
    return width, keys, words


def follow(fd, keys):
    """Copies what is shown, typing what was asked for; false: it hangs."""
    seen, typed = b"", 0
    while True:
        if not select.select([fd], [], [], 20)[0]:
            return False
        try:
            some = os.read(fd, 65536)
        except OSError:  # the terminal's last user has left
            some = b""
        if not some:
            return True
        sys.stdout.buffer.write(some.replace(b"\r\n", b"\n"))
        seen += some
        while typed < len(keys) and keys[typed][0] in seen:
            seen = seen.partition(keys[typed][0])[2]
            os.write(fd, keys[typed][1].encode())
            typed += 1


def main():
    width, keys, command = arguments(sys.argv[1:])
    pid, fd = pty.fork()
    if pid == 0:
        # A shell's background jobs ignore them, and so would the command.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
        os.execvp(command[0], command)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    if not follow(fd, keys):
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        return 99
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
