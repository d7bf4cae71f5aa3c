# SPDX-License-Identifier: Apache-2.0
"""Another program that uses the service, by the real PC/SC library.

client.py states                              prints a line for each reader: the low 16 bits of its state, and its name
client.py exclusive|shared|transaction|transmit READER
                                              connects and says "ready"; "transmit" then sends a command that may hang,
                                              "transaction" has begun one. Waits to be ended.
"""
import ctypes
import signal
import sys

SYSTEM_SCOPE, EITHER_PROTOCOL = 2, 3
SHARE = {"exclusive": 1, "shared": 2, "transaction": 2, "transmit": 2}
NO_READERS = 0x8010002E
LIBRARY = ctypes.CDLL("libpcsclite.so.1")


class Protocol(ctypes.Structure):
    _fields_ = [("protocol", ctypes.c_ulong), ("length", ctypes.c_ulong)]


class ReaderState(ctypes.Structure):
    _fields_ = [("reader", ctypes.c_char_p), ("data", ctypes.c_void_p), ("current", ctypes.c_ulong),
                ("event", ctypes.c_ulong), ("length", ctypes.c_ulong), ("atr", ctypes.c_ubyte * 33)]


def must(code):
    if code & 0xFFFFFFFF:
        sys.exit(f"{code & 0xFFFFFFFF:08X}")


def states(context):
    names, length = ctypes.create_string_buffer(4096), ctypes.c_ulong(4096)
    code = LIBRARY.SCardListReaders(context, None, names, ctypes.byref(length))
    if code & 0xFFFFFFFF == NO_READERS:
        return
    must(code)
    for name in filter(None, names.raw[:length.value].split(b"\0")):
        state = ReaderState(name, None, 0, 0, 0)
        must(LIBRARY.SCardGetStatusChange(context, ctypes.c_ulong(0), ctypes.byref(state), ctypes.c_ulong(1)))
        print(f"{state.event & 0xFFFF:04x} {name.decode()}")


def use(context, manner, reader):
    card, protocol = ctypes.c_long(), ctypes.c_ulong()
    must(LIBRARY.SCardConnect(context, reader.encode(), ctypes.c_ulong(SHARE[manner]), ctypes.c_ulong(EITHER_PROTOCOL),
                              ctypes.byref(card), ctypes.byref(protocol)))
    if manner == "transaction":
        must(LIBRARY.SCardBeginTransaction(card))
    print("ready", flush=True)
    if manner == "transmit":
        answer, length = ctypes.create_string_buffer(300), ctypes.c_ulong(300)
        LIBRARY.SCardTransmit(card, ctypes.byref(Protocol(protocol.value, ctypes.sizeof(Protocol))), b"\0\xb0\0\0\0",
                              ctypes.c_ulong(5), None, answer, ctypes.byref(length))
    signal.pause()


def main():
    context = ctypes.c_long()
    must(LIBRARY.SCardEstablishContext(SYSTEM_SCOPE, None, None, ctypes.byref(context)))
    if sys.argv[1] == "states":
        states(context)
    else:
        use(context, *sys.argv[1:])


if __name__ == "__main__":
    main()
